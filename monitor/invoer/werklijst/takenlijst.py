"""What waits for one person: the one list that the page, the menu, the first page, the mail and the calendar show."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import cached_property, partial
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.beheer.overzicht import lees_voorstellen
from accounts.models import User, lees_werkenden
from accounts.rollen import Recht
from common.pagina.gedeeld import Lezer
from common.tekst.periode import Kwartaal
from common.tekst.tekens import hoofdletter
from common.vaststellen.model import Staat
from formatie.models import Bezetting, Onderdeel
from monitor.eigenaars import Eigenaars, is_aan_zet
from monitor.invoer.bezetting.kader import lees_ontbrekend
from monitor.invoer.opmerkingen.selectors import lees_wachtend
from monitor.invoer.regels.weergave import celadres
from monitor.invoer.vaststellen.selectors import PerInvoerder, besluitadres, get_te_besluiten, tel_per_staat
from monitor.invoer.vaststellen.soort import Soort
from monitor.invoer.vaststellen.soorten import BEZETTING, METING, SOORTEN
from monitor.invoer.werklijst.activiteiten import lees_bij_te_werken
from monitor.invoer.werklijst.ambities import ambities_te_zeggen
from monitor.invoer.werklijst.duiden import Duidstapel, te_duiden
from monitor.invoer.werklijst.herinnermoment import fase_van
from monitor.invoer.werklijst.punten import Bezigheid, Takenlijst, TeDoen, Wachtgroep
from monitor.invoer.werklijst.selectors import (
    NIET_GELEVERD,
    RECENTE_KWARTALEN,
    Celstaat,
    Plan,
    Werk,
    beurt_van,
    lees_afsluitingen,
    lees_plan,
    lees_teruggestuurd,
    lees_werk,
    nog_te_meten,
    nog_van,
    te_volgen,
)
from monitor.invoer.werklijst.vragen import uit_overleg
from monitor.models import Afsluiting, Meting, Vermelding
from monitor.reikwijdte import lees_reikwijdte
from monitor.selectors import leest_opmerkingen
from monitor.zicht import Half
from strategie.models import Ambitie
from sturing.lezen.acties import get_open_acties
from sturing.lezen.ambities import te_zeggen
from sturing.lezen.jaarplan import Planregel, lees_open
from sturing.lezen.ladder import Laddercijfers
from sturing.lezen.vragen import Beurten, Stuk, lees_open_stukken
from sturing.models import Actieversie
from sturing.regels.omvang import Halfjaar

Plekken = Mapping[Kwartaal, Sequence[tuple[Onderdeel, str]]]
"""Per quarter the places of the plan by onderdeel and kind."""
_Plek = tuple[int, int, Kwartaal]
"""An indicator, an onderdeel and when."""


_T = TypeVar("_T")


class gedeeld(Generic[_T]):  # stands where property does
    """A part of a ``Stapel`` that its reader may share with others."""

    def __init__(self, maak: Callable[[Any], _T]) -> None:
        self.maak = maak

    def __get__(self, stapel: Stapel, soort: type[Stapel]) -> _T:
        return stapel.lezer.lees(f"{self.maak.__name__}-{stapel.vandaag}", partial(self.maak, stapel))


class Stapel:
    """Everything that waits for somebody; each part is read when the first person needs it, and once.

    What is ``gedeeld`` is the same for everybody; it rests on nothing here but what is that too, or reads nothing.
    """

    def __init__(self, vandaag: date, lezer: Lezer | None = None) -> None:
        self.vandaag, self.lezer = vandaag, lezer or Lezer()

    @gedeeld
    def personen(self) -> list[User]:
        """Everyone who may work today, with the roles of that day."""
        return lees_werkenden(self.vandaag)

    @property
    def invoerders(self) -> frozenset[int]:
        return frozenset(persoon.pk for persoon in self.personen if persoon.mag(Recht.METING_INVOEREN))

    @gedeeld
    def plan(self) -> Plan:
        return lees_plan()

    @gedeeld
    def eigenaars(self) -> Eigenaars:
        return Eigenaars.lees(self.vandaag, self.plan.onderdelen, self.personen)

    @cached_property
    def duidingen(self) -> Duidstapel:
        schrijvers = frozenset(p.pk for p in self.personen if p.mag(Recht.DUIDING_SCHRIJVEN))
        cijfers, half = self._ladder, self._half
        vars(cijfers).setdefault("half", half)  # as it was read before, by whomever
        return Duidstapel(self.vandaag, self.eigenaars, schrijvers, cijfers)

    @gedeeld
    def _ladder(self) -> Laddercijfers:
        return Laddercijfers.lees(self.vandaag, self.plan.onderdelen)

    @gedeeld
    def _half(self) -> Half:
        return self._ladder.half

    @gedeeld
    def gesloten(self) -> Mapping[Kwartaal, Afsluiting]:
        return lees_afsluitingen()

    @property
    def open_(self) -> list[Kwartaal]:
        return [k for k in self.plan.kwartalen(self.vandaag)[:RECENTE_KWARTALEN] if k not in self.gesloten]

    def _gevolgd(self) -> list[Werk]:
        """Every value that is followed: of an older quarter only what is measured once a year."""
        gevolgd = [k for k in te_volgen(self.plan.kwartalen(self.vandaag)) if k not in self.gesloten]
        per_kwartaal, open_ = lees_werk(gevolgd, self.plan, self.vandaag), self.open_
        return [w for k, lijst in per_kwartaal.items() for w in (lijst if k in open_ else nog_te_meten(lijst))]

    @gedeeld
    def _werk(self) -> tuple[list[Werk], set[_Plek]]:
        """What is not handed in, and the places of all that is late."""
        gevolgd = self._gevolgd()
        terug = any(een.staat == Celstaat.TERUGGESTUURD for een in gevolgd)
        verweesd = self._lees_verweesd() if terug else set()
        te_leveren = [een for een in gevolgd if _is_te_leveren(een, verweesd)]
        return te_leveren, {_plek_van(een) for een in gevolgd if een.te_laat}

    @property
    def werk(self) -> list[Werk]:
        return self._werk[0]

    def is_te_laat(self, soort: Soort, rij: Any) -> bool:
        """Of what came back, by the rule of what was never handed in: nothing counts and the last day has passed."""
        if soort not in (METING, BEZETTING):
            return False
        kwartaal = Kwartaal(rij.jaar, rij.kwartaal or 4)
        if soort is METING:
            return (rij.indicator_id, rij.onderdeel_id, kwartaal) in self._werk[1]
        return rij.vervangt_id is None and kwartaal.verschuldigd(self.vandaag, settings.INLEVERTERMIJN_DAGEN)

    def _lees_verweesd(self) -> set[_Plek]:
        """The values that came back to who enters none today."""
        rijen = Meting.objects.filter(staat=Staat.AFGEKEURD).exclude(ingevoerd_door__in=self.invoerders)
        plekken = rijen.order_by().values_list("indicator", "onderdeel", "jaar", "kwartaal")
        return {(indicator, onderdeel, Kwartaal(jaar, nummer or 4)) for indicator, onderdeel, jaar, nummer in plekken}

    @gedeeld
    def bezetting(self) -> Plekken:
        return lees_ontbrekend(self.open_, self.plan.onderdelen)

    @cached_property
    def met_chef(self) -> frozenset[str]:
        """The onderdelen of the districts of which somebody hands in the bezetting as their own."""
        eigen = {code for persoon in self.personen for code in persoon.districten_met(Recht.BEZETTING_INVOEREN)}
        districten = {o.pk for o in self.plan.onderdelen if o.code in eigen}
        return frozenset(o.code for o in self.plan.onderdelen if {o.pk, o.ouder_id} & districten)

    @cached_property
    def districten(self) -> Mapping[str, str]:
        """Per code the code of the district: of a team the one it is in, otherwise the onderdeel itself."""
        per_pk = {onderdeel.pk: onderdeel.code for onderdeel in self.plan.onderdelen}
        teams = {o.code: o.ouder_id for o in self.plan.onderdelen if o.soort == Onderdeel.Soort.BASISTEAM}
        return {o.code: per_pk.get(teams.get(o.code) or o.pk, o.code) for o in self.plan.onderdelen}

    @cached_property
    def vermeldingen(self) -> Mapping[int, Sequence[Vermelding]]:
        return lees_wachtend()

    @gedeeld
    def ambities(self) -> list[Ambitie]:
        """Those of which nothing is said about the half year that is over."""
        return te_zeggen(Halfjaar.van(self.vandaag).vorige)

    @cached_property
    def met_portefeuillehouder(self) -> frozenset[str]:
        """The themes of which somebody says how far the ambitions are as their own."""
        return frozenset(slug for persoon in self.personen for slug in persoon.themas_met(Recht.AMBITIE_SCHRIJVEN))

    @gedeeld
    def activiteiten(self) -> Sequence[Planregel]:
        """What of the jaarplan should be going on."""
        return lees_open(self.vandaag)

    @gedeeld
    def stukken(self) -> list[Stuk]:
        """The questions with which somebody has something to do."""
        return lees_open_stukken()

    @gedeeld
    def gevraagd(self) -> Mapping[int, Sequence[User]]:
        """By the key of each question without an answer who is asked for it."""
        beurten = Beurten(self.vandaag, self.personen, self.eigenaars)
        return {stuk.vraag.pk: beurten.gevraagd(stuk) for stuk in self.stukken if stuk.laatste is None}

    @gedeeld
    def acties(self) -> list[Actieversie]:
        return list(get_open_acties())

    @cached_property
    def per_staat(self) -> Mapping[str, Mapping[Soort, PerInvoerder]]:
        """How much waits for a decision and how much was sent back, per kind and author."""
        return tel_per_staat()


def _plek_van(een: Werk) -> _Plek:
    return een.cel.indicator.pk, een.cel.onderdeel.pk, een.cel.kwartaal


def _is_te_leveren(een: Werk, verweesd: Collection[_Plek]) -> bool:
    """What came back is its author's, unless that is nobody who enters values any more."""
    return een.staat in (*NIET_GELEVERD, Celstaat.CONCEPT) or (
        een.staat == Celstaat.TERUGGESTUURD and _plek_van(een) in verweesd
    )


def lees_takenlijst(persoon: User, vandaag: date, lezer: Lezer | None = None) -> Takenlijst:
    """What waits for one person; what is nobody's own depends on who else has a role."""
    return lees_lijst(persoon, Stapel(vandaag, lezer))


def lees_opgaven(vandaag: date) -> list[tuple[User, Takenlijst]]:
    """The same for each person with a role today; who has nothing to do is left out."""
    stapel = Stapel(vandaag)
    lijsten = [(persoon, lees_lijst(persoon, stapel)) for persoon in stapel.personen]
    return [(persoon, lijst) for persoon, lijst in lijsten if lijst.punten]


def lees_lijst(persoon: User, stapel: Stapel) -> Takenlijst:
    """Of what waits for somebody what waits for this person."""
    delen = (
        _te_besluiten(persoon, stapel),
        _te_beslissen(persoon, stapel),
        _te_bevestigen(persoon),
        _teruggestuurd(persoon, stapel),
        _genoemd(persoon, stapel),
        _te_duiden(persoon, stapel),
        uit_overleg(persoon, stapel),
        _te_leveren(persoon, stapel),
        _bezetting_te_leveren(persoon, stapel),
        ambities_te_zeggen(persoon, stapel),
        lees_bij_te_werken(persoon, stapel),
    )
    return Takenlijst(str(persoon), [punt for deel in delen for punt in deel])


def _te_besluiten(persoon: User, stapel: Stapel) -> Iterator[TeDoen]:
    """What others propose, each with its place on the page to decide on."""
    soorten = [soort for soort in SOORTEN if persoon.mag_overal(soort.besluit)]
    for soort in soorten:
        wacht = stapel.per_staat[Staat.INGEDIEND][soort]
        if not wacht.total() - wacht[persoon.pk]:
            continue
        groep = Wachtgroep(Bezigheid.BESLUITEN, soort.enkel, soort.meer, "vast te stellen")
        for plaats, rij in enumerate(get_te_besluiten(soort, persoon)):
            if rij.ingevoerd_door_id != persoon.pk:
                adres, kenmerk = besluitadres(soort, rij, plaats), f"besluit {soort.pagina} {rij.pk} {rij.ingediend_op}"
                wie = f"ingediend door {rij.ingevoerd_door}"
                yield TeDoen(groep, soort.naam(rij), adres, kenmerk, rij.ingediend_op, stand=wie)


def _te_beslissen(persoon: User, stapel: Stapel) -> Iterator[TeDoen]:
    """Of requests to reopen a quarter: not by who asked and not by who closed."""
    if not persoon.mag(Recht.KWARTAAL_SLUITEN):
        return
    groep = Wachtgroep(Bezigheid.BESLUITEN, "heropening", "heropeningen", "te beoordelen")
    for kwartaal, rij in stapel.gesloten.items():
        if rij.gevraagd_op and persoon.pk not in (rij.gevraagd_door_id, rij.gesloten_door_id):
            naam, kenmerk = f"Heropening van {kwartaal.leesbaar}", f"heropening {rij.pk} {rij.gevraagd_op}"
            adres, wie = reverse("kwartaal_heropening", args=[kwartaal]), f"gevraagd door {rij.gevraagd_door}"
            yield TeDoen(groep, naam, adres, kenmerk, rij.gevraagd_op, stand=wie)


def _te_bevestigen(persoon: User) -> Iterator[TeDoen]:
    """Of proposed roles those that this beheerder may confirm now."""
    if not persoon.mag(Recht.GEBRUIKERS_BEHEREN):
        return
    groep = Wachtgroep(Bezigheid.BESLUITEN, "rol", "rollen", "te bevestigen")
    for rij in lees_voorstellen(persoon):
        if not rij.waarom_niet and persoon.pk not in (rij.voorstel.user_id, rij.voorstel.voorsteller_id):
            voorstel = rij.voorstel
            adres, naam = reverse("beheer_gebruiker", args=[voorstel.user_id]), f"Rol {voorstel}"
            yield TeDoen(groep, naam, adres, f"rol {voorstel.pk}", voorstel.voorgesteld_op)


def _teruggestuurd(persoon: User, stapel: Stapel) -> Iterator[TeDoen]:
    groep = Wachtgroep(Bezigheid.TERUG, "teruggestuurde inzending", "teruggestuurde inzendingen", "te verbeteren")
    terug = stapel.per_staat[Staat.AFGEKEURD]
    soorten = [soort for soort in SOORTEN if persoon.mag(soort.invoer) and terug[soort][persoon.pk]]
    for een in nog_van(persoon, lees_teruggestuurd(soorten, ingevoerd_door=persoon)):
        rij, kenmerk = een.rij, f"terug {een.soort.pagina} {een.rij.pk} {een.rij.afgekeurd_op}"
        wie = f"teruggestuurd door {rij.afgekeurd_door}"
        hoe = {"stand": wie, "te_laat": stapel.is_te_laat(een.soort, rij), "reden": rij.afkeurreden}
        yield TeDoen(groep, een.naam, een.adres, kenmerk, rij.afgekeurd_op, **hoe)


def _genoemd(persoon: User, stapel: Stapel) -> Iterator[TeDoen]:
    """Of the comments that call this person those that they may still read."""
    groep = Wachtgroep(Bezigheid.GENOEMD, "opmerking", "opmerkingen", "waarin u bent genoemd")
    for vermelding in stapel.vermeldingen.get(persoon.pk, ()):
        een = vermelding.opmerking
        if leest_opmerkingen(persoon, een):
            # Without the place of the comment on it: the page opens with what it is about.
            naam, kenmerk = hoofdletter(een.waarover), f"genoemd {vermelding.pk}"
            yield TeDoen(groep, naam, een.adres, kenmerk, een.op, stand=f"door {een.door}", reden=een.tekst)


def _te_duiden(persoon: User, stapel: Stapel) -> Iterator[TeDoen]:
    if persoon.mag(Recht.DUIDING_SCHRIJVEN):
        gesloten = stapel.duidingen.cijfers.kwartaal in stapel.gesloten
        yield from te_duiden(persoon, stapel.duidingen, gesloten=gesloten)


def _te_leveren(persoon: User, stapel: Stapel) -> Iterator[TeDoen]:
    """What is one's own as owner or substitute, and what is nobody's (any more), within reach; per quarter."""
    if not persoon.mag(Recht.METING_INVOEREN):
        return
    reikwijdte = lees_reikwijdte(persoon, Recht.METING_INVOEREN)
    for een in stapel.werk:
        if reikwijdte.bevat(*een.plek):
            beurt = beurt_van(een.cel, stapel.eigenaars, stapel.vandaag)
            if is_aan_zet(persoon, beurt):
                yield _levering(een, stapel.vandaag, beurt.als(persoon) if beurt else "")


def _levering(een: Werk, vandaag: date, als: str) -> TeDoen:
    indicator, onderdeel, kwartaal = een.cel
    groep = Wachtgroep(Bezigheid.LEVEREN, "waarde", "waarden", f"te leveren over {kwartaal.leesbaar}", kwartaal)
    # What is answered with "nb" is not open in the grid.
    adres = celadres(kwartaal, indicator.code, onderdeel.code, alles=een.staat == Celstaat.NIET_BEKEND)
    fase, sinds = _fase(kwartaal, vandaag)
    return TeDoen(
        groep,
        indicator.naam,
        adres,
        f"lever {kwartaal} {indicator.code} {onderdeel.code} {fase}",
        sinds,
        waar=str(onderdeel),
        stand=een.staat,
        als=als,
        te_laat=een.te_laat,
    )


def _bezetting_te_leveren(persoon: User, stapel: Stapel) -> Iterator[TeDoen]:
    """Of the own district, and for who reaches every district of those that are nobody's own."""
    if not persoon.mag(Recht.BEZETTING_INVOEREN):
        return
    for kwartaal, plekken in mijn_bezetting(persoon, stapel.bezetting, stapel).items():
        te_laat = kwartaal.verschuldigd(stapel.vandaag, settings.INLEVERTERMIJN_DAGEN)
        fase, sinds = _fase(kwartaal, stapel.vandaag)
        rest = f"te leveren over {kwartaal.leesbaar}"
        groep = Wachtgroep(Bezigheid.BEZETTING, "regel bezetting", "regels bezetting", rest, kwartaal)
        for onderdeel, soort in plekken:
            vraag = f"?district={stapel.districten[onderdeel.code]}#{onderdeel.code}.{soort}"
            adres = reverse("invoer_bezetting", args=[kwartaal]) + vraag
            kenmerk, naam = f"bezetting {kwartaal} {onderdeel.code} {soort} {fase}", Bezetting.Soort(soort).label
            yield TeDoen(groep, naam, adres, kenmerk, sinds, str(onderdeel), "te leveren", te_laat)


def mijn_bezetting(persoon: User, ontbreekt: Plekken, stapel: Stapel) -> Plekken:
    """Of the places of which nobody handed in the bezetting those that are this person's to hand in."""
    bereik = lees_reikwijdte(persoon, Recht.BEZETTING_INVOEREN)
    return {
        kwartaal: [
            (onderdeel, soort)
            for onderdeel, soort in plekken
            if onderdeel.code in bereik.onderdelen or (bereik.alles and onderdeel.code not in stapel.met_chef)
        ]
        for kwartaal, plekken in ontbreekt.items()
    }


def _fase(kwartaal: Kwartaal, vandaag: date) -> tuple[int | None, datetime]:
    """How near its last day a quarter is, and since when."""
    fase, dag = fase_van(kwartaal, vandaag, settings.INLEVERTERMIJN_DAGEN)
    return fase, timezone.make_aware(datetime.combine(dag, time()))
