"""What is due per quarter, and how far each value is, in six queries for any number of them; and what came back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from accounts.models import User
from common.tekst.periode import Kwartaal, kwartalen
from common.vaststellen.model import Staat
from formatie.models import Onderdeel
from monitor.eigenaars import Beurt, Eigenaars
from monitor.invoer.regels.twijfel import Meetplek
from monitor.invoer.vaststellen.soort import Soort
from monitor.models import Afsluiting, Concept, Indicator, Meting, Monitorregel
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte
from monitor.rekenen.regels.verschuldigd import Jaren, is_meetmoment, is_verschuldigd, uitgezonderden
from monitor.selectors import Definities

LAATSTE_KWARTAAL = 4  # of a year; what is measured once a year is due in it
RECENTE_KWARTALEN = 5  # quarters that are counted value by value; of older ones only whether they are closed


class Celstaat(StrEnum):
    """How far one value is."""

    TE_LEVEREN = "te leveren"
    CONCEPT = "concept"
    INGEDIEND = "ingediend"
    TERUGGESTUURD = "teruggestuurd"
    NIET_BEKEND = "nog niet bekend"
    VASTGESTELD = "vastgesteld"


BIJ_DE_INVOERDER = (Celstaat.TE_LEVEREN, Celstaat.NIET_BEKEND, Celstaat.CONCEPT, Celstaat.TERUGGESTUURD)
NIET_GELEVERD = (Celstaat.TE_LEVEREN, Celstaat.NIET_BEKEND)  # "nb" is an answer, not a delivery
_VAN_VERSIE: dict[str, Celstaat] = {
    Staat.CONCEPT: Celstaat.CONCEPT,
    Staat.INGEDIEND: Celstaat.INGEDIEND,
    Staat.AFGEKEURD: Celstaat.TERUGGESTUURD,
}
_NIETS = (Celstaat.TE_LEVEREN, False)
_Plek = tuple[int, int, int]  # an indicator, an onderdeel and the index of a quarter
_Stand = dict[_Plek, tuple[Celstaat, bool]]  # how far it is, and whether a value counts already


class Meetcel(NamedTuple):
    """One value that is due: of whom, about what, for which quarter (the fourth also for the year as a whole)."""

    indicator: Indicator
    onderdeel: Onderdeel
    kwartaal: Kwartaal


class Werk(NamedTuple):
    """A due value and how far it is; ``te_laat``: nothing counts, nothing waits, and the last day has passed."""

    cel: Meetcel
    staat: Celstaat
    te_laat: bool

    @property
    def plek(self) -> Meetplek:
        return (self.cel.indicator.code, self.cel.onderdeel.code)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked: the indicators that people hand in, with ``buiten`` and ``agendas``, and the organisation."""

    indicatoren: Sequence[Indicator]
    onderdelen: Sequence[Onderdeel]
    definities: Definities = field(default_factory=Definities)

    def in_jaar(self, jaar: int) -> list[tuple[Indicator, list[int]]]:
        """The indicators as that year defines them, with the onderdelen that each does not apply to."""
        paren = ((indicator, self.definities.blad(indicator, jaar)) for indicator in self.indicatoren)
        return [
            (indicator.volgens(blad), [onderdeel.pk for onderdeel in blad.niet_voor.all()])
            if blad
            else (indicator, indicator.buiten)  # type: ignore[attr-defined]  # annotated by lees_plan
            for indicator, blad in paren
        ]

    def kwartalen(self, vandaag: date) -> list[Kwartaal]:
        """Every quarter of an agenda that has ended, the latest first."""
        jaren = {jaar for indicator in self.indicatoren for van_tot in _jaren(indicator) for jaar in van_tot}
        if not jaren:
            return []
        laatste = min(Kwartaal.van(vandaag).vorige(), Kwartaal(max(jaren), 4))
        return list(kwartalen(Kwartaal(min(jaren), 1), laatste))[::-1]


def lees_plan() -> Plan:
    """In three queries. What follows from formation and staffing is computed, so nobody is asked for it."""
    buiten = Indicator.niet_voor.through.objects.filter(indicator=OuterRef("pk")).values("onderdeel")
    agendas = Monitorregel.objects.filter(indicator=OuterRef("pk")).order_by().values(
        json=JSONObject(begin="agenda__begin_jaar", eind="agenda__eind_jaar", thema="thema")
    )  # fmt: skip
    indicatoren = Indicator.objects.exclude(herkomst=Indicator.Herkomst.AFGELEID)
    gelezen = indicatoren.annotate(buiten=ArraySubquery(buiten), agendas=ArraySubquery(agendas))
    return Plan(list(gelezen), list(Onderdeel.objects.all()), Definities.lees())


def verschuldigde_cellen(kwartaal: Kwartaal, plan: Plan) -> list[Meetcel]:
    """Every value due for this quarter, in the order of the indicators and then of the organisation."""
    ouders = {onderdeel.id: onderdeel.ouder_id for onderdeel in plan.onderdelen}
    return [
        Meetcel(indicator, onderdeel, kwartaal)
        for indicator, buiten in plan.in_jaar(kwartaal.jaar)
        if is_meetmoment(indicator.frequentie, indicator.eerste_jaar, kwartaal.jaar, kwartaal.nummer)
        for weg in (uitgezonderden(buiten, ouders),)
        for onderdeel in plan.onderdelen
        if is_verschuldigd(indicator, onderdeel, kwartaal, _jaren(indicator), uitgezonderd=onderdeel.id in weg)
    ]


def _jaren(indicator: Indicator) -> list[Jaren]:
    """Of every agenda that prints it."""
    return [(agenda["begin"], agenda["eind"]) for agenda in indicator.agendas]  # type: ignore[attr-defined]  # annotated by lees_plan


def lees_werk(
    van: Sequence[Kwartaal], plan: Plan, vandaag: date, reikwijdte: Reikwijdte | None = None
) -> dict[Kwartaal, list[Werk]]:
    """Per quarter every due value (within reach) and how far it is, in two queries."""
    stand = _lees_stand(van)
    return {kwartaal: _werk_van(kwartaal, plan, stand, vandaag, reikwijdte) for kwartaal in van}


def _werk_van(
    kwartaal: Kwartaal, plan: Plan, stand: _Stand, vandaag: date, reikwijdte: Reikwijdte | None
) -> list[Werk]:
    cellen = verschuldigde_cellen(kwartaal, plan)
    if reikwijdte:
        cellen = [cel for cel in cellen if reikwijdte.bevat(cel.indicator.code, cel.onderdeel.code)]
    verlopen, index = kwartaal.verschuldigd(vandaag, settings.INLEVERTERMIJN_DAGEN), kwartaal.index
    werk = []
    for cel in cellen:
        staat, geldt = stand.get((cel.indicator.id, cel.onderdeel.id, index), _NIETS)
        werk.append(Werk(cel, staat, verlopen and not geldt and staat in BIJ_DE_INVOERDER))
    return werk


def _lees_stand(van: Sequence[Kwartaal]) -> _Stand:
    """How far each value is; an open version says most, typed text comes before the value it would correct.

    A value of the whole year stands in the fourth quarter.
    """
    index = {(kwartaal.jaar, kwartaal.nummer): kwartaal.index for kwartaal in van}
    versies: dict[_Plek, list[tuple[str, bool]]] = defaultdict(list)
    for i, o, jaar, nummer, versie, onbekend in _versies(van):
        versies[i, o, index.get((jaar, nummer or 4), 0)].append((versie, onbekend))
    stand = {plek: _stand_van(gevonden) for plek, gevonden in versies.items()}
    for i, o, jaar, nummer in _getypt(van):
        plek = (i, o, index.get((jaar, nummer), 0))
        if not any(versie in _VAN_VERSIE for versie, _ in versies.get(plek, ())):
            stand[plek] = (Celstaat.CONCEPT, stand.get(plek, _NIETS)[1])
    return stand


def _stand_van(versies: Sequence[tuple[str, bool]]) -> tuple[Celstaat, bool]:
    """Of the versions of one value, each with whether it says "nb"; that waits or counts, and the value does not."""
    geldt = any(versie == Staat.VASTGESTELD and not onbekend for versie, onbekend in versies)
    for versie, onbekend in versies:
        if versie in _VAN_VERSIE and not (versie == Staat.INGEDIEND and onbekend and not geldt):
            return _VAN_VERSIE[versie], geldt
    return Celstaat.VASTGESTELD if geldt else Celstaat.NIET_BEKEND, geldt


def _versies(van: Sequence[Kwartaal]) -> Iterable[tuple[int, int, int, int | None, str, bool]]:
    """The versions that count or are open."""
    metingen = Meting.objects.filter(jaar__in={k.jaar for k in van}).exclude(staat=Staat.VERVANGEN).order_by()
    return metingen.values_list("indicator", "onderdeel", "jaar", "kwartaal", "staat", "onbekend")


def _getypt(van: Sequence[Kwartaal]) -> Iterable[tuple[int, int, int, int]]:
    concepten = Concept.objects.getypt().filter(jaar__in={k.jaar for k in van}).order_by()
    return concepten.values_list("indicator", "onderdeel", "jaar", "kwartaal")


def te_volgen(kwartalen: Sequence[Kwartaal]) -> list[Kwartaal]:
    """Of all quarters, the latest first: the recent ones, and of the older ones those that close a year."""
    return [*kwartalen[:RECENTE_KWARTALEN], *(k for k in kwartalen[RECENTE_KWARTALEN:] if k.nummer == LAATSTE_KWARTAAL)]


def nog_te_meten(werk: Iterable[Werk]) -> list[Werk]:
    """What is measured once a year or less and has not come: it stays due, however long ago its moment was."""
    zelden = (Indicator.Frequentie.JAAR, Indicator.Frequentie.TWEEJAARLIJKS)
    return [een for een in werk if een.cel.indicator.frequentie in zelden and een.staat in BIJ_DE_INVOERDER]


def lees_afsluitingen() -> dict[Kwartaal, Afsluiting]:
    """The closings that stand, with who closed and who asked to reopen."""
    staand = Afsluiting.objects.filter(heropend_op=None).select_related("gesloten_door", "gevraagd_door")
    return {afsluiting.periode: afsluiting for afsluiting in staand}


def beurt_van(cel: Meetcel, eigenaars: Eigenaars, dag: date) -> Beurt | None:
    """Whose turn it is to deliver this value; None where it is everyone's who may."""
    van_jaar = (a["thema"] for a in cel.indicator.agendas if a["begin"] <= cel.kwartaal.jaar <= a["eind"])  # type: ignore[attr-defined]  # annotated by lees_plan
    return eigenaars.beurt(cel.indicator, cel.onderdeel, next(van_jaar, None), dag)


def _aantal(staat: Celstaat) -> property:
    return property(lambda telling: telling.staten[staat])


@dataclass(slots=True)
class Werktelling:
    """How many values are in each state; ``naam`` is what they share."""

    naam: str
    staten: Counter[Celstaat] = field(default_factory=Counter)
    te_laat: int = 0

    leeg = _aantal(Celstaat.TE_LEVEREN)
    niet_bekend = _aantal(Celstaat.NIET_BEKEND)
    concept = _aantal(Celstaat.CONCEPT)
    teruggestuurd = _aantal(Celstaat.TERUGGESTUURD)
    ingediend = _aantal(Celstaat.INGEDIEND)
    vastgesteld = _aantal(Celstaat.VASTGESTELD)

    @property
    def gevraagd(self) -> int:
        return self.staten.total()

    @property
    def te_doen(self) -> int:
        return sum(self.staten[staat] for staat in BIJ_DE_INVOERDER)

    def tel(self, werk: Iterable[Werk]) -> Werktelling:
        for een in werk:
            self.staten[een.staat] += 1
            self.te_laat += een.te_laat
        return self


@dataclass(frozen=True, slots=True)
class Terug:
    """Something that was sent back, with the page that has the reason."""

    soort: Soort
    rij: Any

    @property
    def naam(self) -> str:
        return self.soort.naam(self.rij)

    @property
    def adres(self) -> str:
        return self.soort.adres(self.rij)


def lees_teruggestuurd(soorten: Iterable[Soort], **van: User) -> list[Terug]:
    """What was sent back, one query per kind."""
    rijen = ((soort, soort.met_staat(Staat.AFGEKEURD).select_related("afgekeurd_door")) for soort in soorten)
    return [Terug(soort, rij) for soort, van_soort in rijen for rij in van_soort.filter(**van)]


def nog_van(persoon: User, teruggestuurd: Sequence[Terug]) -> list[Terug]:
    """Of the own work that came back what this person may still enter."""
    bereiken = {soort: lees_reikwijdte(persoon, soort.invoer) for soort in {een.soort for een in teruggestuurd}}
    return [een for een in teruggestuurd if een.soort.in_bereik(bereiken[een.soort], een.rij)]
