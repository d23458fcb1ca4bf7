"""The last days that matter to one person: of what they deliver or approve, now and in the year to come."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.periode import Kwartaal
from monitor.eigenaars import is_aan_zet
from monitor.invoer.bezetting.kader import lees_ontbrekend
from monitor.invoer.werklijst.punten import Bezigheid
from monitor.invoer.werklijst.selectors import beurt_van, verschuldigde_cellen
from monitor.invoer.werklijst.takenlijst import Stapel, lees_lijst, mijn_bezetting
from monitor.invoer.werklijst.voor_mij.kalender import Termijn
from monitor.reikwijdte import lees_reikwijdte

VOORUIT = 4
"""Quarters, the running one first."""


def lees_termijnen(persoon: User, vandaag: date) -> list[Termijn]:
    """The earliest first. Of what is over only what still waits for this person; no figure, no name of an indicator."""
    stapel = Stapel(vandaag)
    paren = {*_nu(persoon, stapel), *_straks(persoon, stapel)}
    return [_termijn(kwartaal, wat) for kwartaal, wat in sorted(paren)]


def _termijn(kwartaal: Kwartaal, wat: str) -> Termijn:
    dag = kwartaal.uiterste_dag(settings.INLEVERTERMIJN_DAGEN)
    return Termijn(f"{kwartaal}-{wat.replace(' ', '-')}", dag, f"Uiterste dag: {wat} over {kwartaal.leesbaar}")


_LEVEREN, _BEZETTING, _VASTSTELLEN = "waarden leveren", "bezetting leveren", "cijfers vaststellen"
_WAT = {Bezigheid.LEVEREN: _LEVEREN, Bezigheid.BEZETTING: _BEZETTING}


def _nu(persoon: User, stapel: Stapel) -> Iterator[tuple[Kwartaal, str]]:
    """Of the quarters that are over."""
    for groep in lees_lijst(persoon, stapel).groepen:
        if groep.kwartaal and groep.bezigheid in _WAT:
            yield groep.kwartaal, _WAT[groep.bezigheid]
    if _stelt_vast(persoon):
        yield from ((kwartaal, _VASTSTELLEN) for kwartaal in stapel.open_[:1])


def _straks(persoon: User, stapel: Stapel) -> Iterator[tuple[Kwartaal, str]]:
    """Of the running quarter and the ones after it, as far as an agenda asks for something."""
    eerste = Kwartaal.van(stapel.vandaag).index
    kwartalen = [Kwartaal.van_index(index) for index in range(eerste, eerste + VOORUIT)]
    gevraagd = [kwartaal for kwartaal in kwartalen if verschuldigde_cellen(kwartaal, stapel.plan)]
    for kwartaal in gevraagd:
        if _levert(persoon, kwartaal, stapel):
            yield kwartaal, _LEVEREN
        if _stelt_vast(persoon):
            yield kwartaal, _VASTSTELLEN
    if persoon.mag(Recht.BEZETTING_INVOEREN):
        ontbreekt = lees_ontbrekend(gevraagd, stapel.plan.onderdelen)
        yield from ((k, _BEZETTING) for k, plekken in mijn_bezetting(persoon, ontbreekt, stapel).items() if plekken)


def _levert(persoon: User, kwartaal: Kwartaal, stapel: Stapel) -> bool:
    """By who owns it on the last day for it, as far as that is known now."""
    reikwijdte = lees_reikwijdte(persoon, Recht.METING_INVOEREN)
    dag = kwartaal.uiterste_dag(settings.INLEVERTERMIJN_DAGEN)
    binnen = (
        cel
        for cel in verschuldigde_cellen(kwartaal, stapel.plan)
        if reikwijdte.bevat(cel.indicator.code, cel.onderdeel.code)
    )
    return any(is_aan_zet(persoon, beurt_van(cel, stapel.eigenaars, dag)) for cel in binnen)


def _stelt_vast(persoon: User) -> bool:
    return persoon.mag_overal(Recht.METING_VASTSTELLEN) or persoon.mag_overal(Recht.BEZETTING_VASTSTELLEN)
