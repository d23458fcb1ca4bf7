"""What is due per quarter, and how far each value is. Five queries for any number of quarters, values and persons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from accounts.models import User
from common.periode import Kwartaal, kwartalen
from common.vaststelling import Staat
from formatie.models import Onderdeel
from monitor.invoer.reikwijdte import Reikwijdte
from monitor.invoer.validatie import OnderdeelFeiten
from monitor.models import Afsluiting, Concept, Indicator, Meting, Monitorregel
from monitor.rekenen.meetmoment import is_gevraagd, is_meetmoment

RECENT = 5  # quarters that are counted value by value; of older ones only whether they are closed


class Celstaat(StrEnum):
    """How far one value is."""

    TE_LEVEREN = "te leveren"
    CONCEPT = "concept"
    INGEDIEND = "ingediend"
    TERUGGESTUURD = "teruggestuurd"
    VASTGESTELD = "vastgesteld"


BIJ_DE_INVOERDER = (Celstaat.TE_LEVEREN, Celstaat.CONCEPT, Celstaat.TERUGGESTUURD)
_VAN_VERSIE = {
    Staat.CONCEPT: Celstaat.CONCEPT,
    Staat.INGEDIEND: Celstaat.INGEDIEND,
    Staat.AFGEKEURD: Celstaat.TERUGGESTUURD,
}
_Plek = tuple[int, int, int]  # indicator, onderdeel, index of the quarter


class Cel(NamedTuple):
    """One value that is due: of whom, about what, for which quarter (the fourth also for the year as a whole)."""

    indicator: Indicator
    onderdeel: Onderdeel
    kwartaal: Kwartaal


class Werk(NamedTuple):
    """A due value and how far it is; ``te_laat``: nothing counts, nothing waits, and the last day has passed."""

    cel: Cel
    staat: Celstaat
    te_laat: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked: the indicators that people hand in, with ``buiten`` and ``agendas``, and the organisation."""

    indicatoren: Sequence[Indicator]
    onderdelen: Sequence[Onderdeel]

    def kwartalen(self, vandaag: date) -> list[Kwartaal]:
        """Every quarter of an agenda that has ended, the latest first."""
        jaren = {jaar for i in self.indicatoren for a in _agendas(i) for jaar in (a["begin"], a["eind"])}
        if not jaren:
            return []
        laatste = min(Kwartaal.van(vandaag).vorige(), Kwartaal(max(jaren), 4))
        return list(kwartalen(Kwartaal(min(jaren), 1), laatste))[::-1]


def lees_plan() -> Plan:
    """In two queries. What follows from formation and staffing is computed, so nobody is asked for it."""
    buiten = Indicator.niet_voor.through.objects.filter(indicator=OuterRef("pk")).values("onderdeel")
    agendas = Monitorregel.objects.filter(indicator=OuterRef("pk")).order_by().values(
        json=JSONObject(begin="agenda__begin_jaar", eind="agenda__eind_jaar")
    )  # fmt: skip
    indicatoren = Indicator.objects.exclude(herkomst=Indicator.Herkomst.AFGELEID).select_related("eigenaar")
    gelezen = indicatoren.annotate(buiten=ArraySubquery(buiten), agendas=ArraySubquery(agendas))
    return Plan(list(gelezen), list(Onderdeel.objects.all()))


def verschuldigde_cellen(kwartaal: Kwartaal, plan: Plan) -> list[Cel]:
    """Every value due for this quarter, in the order of the indicators and then of the organisation."""
    laatste = kwartaal.einde()
    er_zijn = [
        o for o in plan.onderdelen if OnderdeelFeiten("", "", o.geldig_vanaf, o.geldig_tot).bestaat_in(laatste, laatste)
    ]
    return [
        Cel(indicator, onderdeel, kwartaal)
        for indicator in plan.indicatoren
        if _wordt_gemeten(indicator, kwartaal)
        for onderdeel in er_zijn
        if is_gevraagd(indicator.aggregatie, indicator.niveau, onderdeel.soort) and onderdeel.pk not in indicator.buiten  # type: ignore[attr-defined]  # annotated by lees_plan
    ]


def _wordt_gemeten(indicator: Indicator, kwartaal: Kwartaal) -> bool:
    """In the years of an agenda that prints it; the years before are a baseline, which nobody owes."""
    gedekt = any(agenda["begin"] <= kwartaal.jaar <= agenda["eind"] for agenda in _agendas(indicator))
    return gedekt and is_meetmoment(indicator.frequentie, indicator.eerste_jaar, kwartaal.jaar, kwartaal.nummer)


def _agendas(indicator: Indicator) -> list[dict[str, int]]:
    return indicator.agendas  # type: ignore[attr-defined]  # annotated by lees_plan


def lees_werk(van: Sequence[Kwartaal], plan: Plan, vandaag: date, reikwijdte: Reikwijdte | None = None) -> list[Werk]:
    """Every due value of these quarters (within reach) and how far it is, in two queries."""
    versies, getypt = _versies(van), _getypt(van)
    return [
        _werk(cel, versies.get(plek, set()), plek in getypt, te_laat)
        for kwartaal in van
        for te_laat in (kwartaal.verschuldigd(vandaag, settings.INLEVERTERMIJN_DAGEN),)
        for cel in verschuldigde_cellen(kwartaal, plan)
        if reikwijdte is None or reikwijdte.bevat(cel.indicator.code, cel.onderdeel.code)
        for plek in ((cel.indicator.pk, cel.onderdeel.pk, kwartaal.index),)
    ]


def _werk(cel: Cel, versies: set[str], getypt: bool, verlopen: bool) -> Werk:
    """An open version says most; typed text comes before the value it would correct."""
    open_ = [staat for versie, staat in _VAN_VERSIE.items() if versie in versies]
    geldt = Staat.VASTGESTELD in versies
    rest = Celstaat.CONCEPT if getypt else Celstaat.VASTGESTELD if geldt else Celstaat.TE_LEVEREN
    staat = open_[0] if open_ else rest
    return Werk(cel, staat, verlopen and not geldt and staat in BIJ_DE_INVOERDER)


def _versies(van: Sequence[Kwartaal]) -> dict[_Plek, set[str]]:
    """The states of the versions that count or are open; a value of the whole year stands in the fourth quarter."""
    gevraagd = {kwartaal.index for kwartaal in van}
    metingen = Meting.objects.filter(jaar__in={k.jaar for k in van}).exclude(staat=Staat.VERVANGEN).order_by()
    versies: dict[_Plek, set[str]] = {}
    for i, o, jaar, nummer, staat in metingen.values_list("indicator", "onderdeel", "jaar", "kwartaal", "staat"):
        index = Kwartaal(jaar, nummer or 4).index
        if index in gevraagd:
            versies.setdefault((i, o, index), set()).add(staat)
    return versies


def _getypt(van: Sequence[Kwartaal]) -> set[_Plek]:
    concepten = Concept.objects.getypt().filter(jaar__in={k.jaar for k in van}).order_by()
    velden = concepten.values_list("indicator", "onderdeel", "jaar", "kwartaal")
    return {(i, o, Kwartaal(jaar, nummer).index) for i, o, jaar, nummer in velden}


def lees_afsluitingen() -> dict[Kwartaal, Afsluiting]:
    """The closings that stand, with who closed and who asked to reopen."""
    staand = Afsluiting.objects.filter(heropend_op=None).select_related("gesloten_door", "gevraagd_door")
    return {afsluiting.periode: afsluiting for afsluiting in staand}


def is_van(werk: Werk, user: User) -> bool:
    """Whether this person answers for it: the owner, and where there is none everyone who reaches it."""
    return werk.cel.indicator.eigenaar_id in (None, user.pk)


@dataclass(slots=True)
class Telling:
    """How many values are in each state; ``naam`` is what they share."""

    naam: str
    eigenaar: str = ""
    gevraagd: int = 0
    vastgesteld: int = 0
    ingediend: int = 0
    teruggestuurd: int = 0
    concept: int = 0
    leeg: int = 0
    te_laat: int = 0

    @property
    def te_doen(self) -> int:
        return self.leeg + self.concept + self.teruggestuurd

    def tel(self, werk: Werk) -> None:
        veld = "leeg" if werk.staat is Celstaat.TE_LEVEREN else werk.staat.value
        setattr(self, veld, getattr(self, veld) + 1)
        self.gevraagd += 1
        self.te_laat += werk.te_laat


def tel(werk: Iterable[Werk], per: Callable[[Werk], str]) -> list[Telling]:
    """One Telling per group, in the order in which the groups are first met."""
    tellingen: dict[str, Telling] = {}
    for een in werk:
        naam = per(een)
        if naam not in tellingen:
            tellingen[naam] = Telling(naam, eigenaar_van(een))
        tellingen[naam].tel(een)
    return list(tellingen.values())


def eigenaar_van(werk: Werk) -> str:
    return str(werk.cel.indicator.eigenaar or "")
