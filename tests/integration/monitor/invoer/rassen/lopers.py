"""What a runner can do. Before the ``yield`` it has read what a person would have seen; after it, it acts on that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils import timezone

from accounts.beheer.personen import zet_uit
from accounts.beheer.services import bevestig, stel_rol_voor
from accounts.models import User
from accounts.toegangslink.services import gebruik_link
from common.tekst.periode import Kwartaal
from monitor.invoer.eigenaren.selectors import lees_beeld
from monitor.invoer.eigenaren.services import Aanwijzing, wijs_aan
from monitor.invoer.importeren import services as inlezen
from monitor.invoer.kwartaal.services import sluit_kwartaal
from monitor.invoer.meting.services import dien_in
from monitor.invoer.regels.waarneming import Waarneming
from monitor.invoer.rooster.services import Celtekst, bewaar_concepten
from monitor.invoer.vaststellen.besluiten import besluit
from monitor.invoer.vaststellen.selectors import keuze_van
from monitor.invoer.vaststellen.services import neem_terug, stel_vast, vraag_correctie
from monitor.rekenen import wachtrij
from tests.integration.monitor.invoer.soortproeven import PROEVEN

HERKOMST = "race"


def maak_stil() -> None:
    """No message to a worker of other tests: what follows is looked at here."""
    wachtrij.haast = lambda: None
    inlezen._vraag_lezen = lambda pk: None


def waarneming(indicator: str, waarde: str, jaar: int) -> Waarneming:
    return Waarneming(
        rij=2, indicator=indicator, onderdeel="RE07", jaar=jaar, kwartaal=1, waarde=Decimal(waarde), teller=None,
        noemer=None, marge=None, onbekend=False, status="definitief", meetdatum=None, toelichting="",
    )  # fmt: skip


def _persoon(naam: str) -> User:
    user = User.objects.get(username=naam)
    _ = user.vervullingen  # the rights are read before the race, not in it
    return user


def stelt_vast(door: str, pk: int, soort: str = "meting") -> Iterator[None]:
    wie, rij, van = _persoon(door), PROEVEN[soort].soort.wachtend().get(pk=pk), PROEVEN[soort].soort
    yield
    stel_vast(van, [rij], door=wie, herkomst=HERKOMST)


def besluit_groep(door: str, pks: list[int], soort: str = "meting", reden: str | None = None) -> Iterator[None]:
    """As the page does it: what was ticked, each row as it was seen."""
    wie, van = _persoon(door), PROEVEN[soort].soort
    keuzes = [keuze_van(van, rij) for rij in van.wachtend().filter(pk__in=pks)]
    yield
    uitslag = besluit(keuzes, door=wie, herkomst=HERKOMST, reden=reden)
    return uitslag.gedaan.get(van, 0), uitslag.overgeslagen, [fout.reden for fout in uitslag.fouten]


def vraagt_correctie(door: str, pk: int) -> Iterator[None]:
    wie, van = _persoon(door), PROEVEN["meting"].soort
    rij = van.model.objects.get(pk=pk)
    yield
    vraag_correctie(van, [rij], door=wie, reden="Een cijfer te veel.", herkomst=HERKOMST)


def neemt_terug(door: str, pk: int, soort: str = "meting") -> Iterator[None]:
    wie, rij, van = _persoon(door), PROEVEN[soort].soort.wachtend().get(pk=pk), PROEVEN[soort].soort
    yield
    neem_terug(van, [rij], door=wie, herkomst=HERKOMST)


def wijzigt(door: str, pk: int, waarde: str) -> Iterator[None]:
    """Take back what was handed in and hand in another figure."""
    wie, van = _persoon(door), PROEVEN["meting"].soort
    rij = van.wachtend().get(pk=pk)
    plek = {"onderdeel": rij.onderdeel.code, "kwartaal": rij.kwartaal}
    anders = replace(waarneming(rij.indicator.code, waarde, rij.jaar), **plek)
    yield
    neem_terug(van, [rij], door=wie, herkomst=HERKOMST)
    dien_in([anders], door=wie, herkomst=HERKOMST)


def dient_soort_in(door: str, soort: str, waarde: int, jaar: int = 2025) -> Iterator[None]:
    wie, proef = _persoon(door), PROEVEN[soort]
    yield
    proef.dien_in(wie, waarde, jaar)


def dient_in(door: str, indicator: str, waarde: str, jaar: int = 2025) -> Iterator[None]:
    wie, wat = _persoon(door), waarneming(indicator, waarde, jaar)
    yield
    dien_in([wat], door=wie, herkomst=HERKOMST)


class Conflict(Exception):
    """Another saved first; the person gets both texts."""


def bewaart(door: str, indicator: str, tekst: str, gezien: int, jaar: int = 2025) -> Iterator[None]:
    wie = _persoon(door)
    cel = Celtekst(indicator, "RE07", Kwartaal(jaar, 1), {"waarde": tekst}, gezien)
    yield
    [uitkomst] = bewaar_concepten([cel], door=wie, herkomst=HERKOMST)
    if not uitkomst.is_veilig:
        raise Conflict(f"{uitkomst.soort}: {uitkomst.getypt['waarde']} naast {uitkomst.bewaard.get('waarde')}")


def dient_bestand_in(door: str, pk: int) -> Iterator[None]:
    wie = _persoon(door)
    yield
    inlezen.dien_in_als_getoond(pk, door=wie)


def sluit(door: str, jaar: int) -> Iterator[None]:
    wie = _persoon(door)
    yield
    sluit_kwartaal(Kwartaal(jaar, 1), door=wie, toelichting="Er komt niets meer.", herkomst=HERKOMST)


def werkt_wachtrij_af(vandaag: str) -> Iterator[None]:
    dag = date.fromisoformat(vandaag)
    yield
    return wachtrij.werk_wachtrij_af(vandaag=dag).gewijzigd  # the answer of the race


# accounts: what two beheerders do at once


def wijst_aan(door: str, code: str, wie: str) -> Iterator[None]:
    """As the page does it: for one indicator, as it was seen."""
    van, vandaag = _persoon(door), timezone.localdate()
    regels = lees_beeld(van, vandaag).regels
    gekozen = {sleutel: regel.gezien for sleutel, regel in regels.items() if regel.naam == ("indicator", code)}
    yield
    return wijs_aan(gekozen, Aanwijzing(_persoon(wie), None, vandaag), door=van, herkomst=HERKOMST)


def bevestigt(door: str, pk: int) -> Iterator[None]:
    wie = _persoon(door)
    yield
    bevestig(pk, door=wie, herkomst=HERKOMST)


def stelt_rol_voor(door: str, voor: str, rol: str) -> Iterator[None]:
    wie, user = _persoon(door), _persoon(voor)
    yield
    stel_rol_voor(user=user, rol=rol, door=wie, herkomst=HERKOMST)


def zet_account_uit(door: str, wie: str) -> Iterator[None]:
    beheerder, user = _persoon(door), _persoon(wie)
    yield
    zet_uit(user, door=beheerder, herkomst=HERKOMST)


def gebruikt_link(sleutel: str, wachtwoord: str) -> Iterator[None]:
    yield
    return gebruik_link(sleutel, wachtwoord) is not None  # type: ignore[return-value]  # the answer of the race
