"""The whole agenda as one tree: what lies under what, what belongs together, how each part stands, and what is missing.

How a part stands comes from who asks: a verdict depends on who reads it and on which day, and so does what is said of
an ambition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.urls import reverse

from common.tekst.tekens import hoeveel_van
from monitor.models import Indicator, Monitorregel
from strategie.models import Activiteit, Agenda, Ambitie, Hoofdlijn, Opdracht, Thema, Trend
from sturing.lezen.ambities import NIETS_VASTGESTELD
from sturing.lezen.jaarplan import Planregel, herkomstzin, lees_jaarplan
from sturing.lezen.koppelingen import Plek, boomplek, get_koppelingen
from sturing.models import Ambitiestand
from sturing.regels.boom import bereikbaar

GEEN_CIJFER = "geen cijfer bij deze ambitie"
NIET_IN_JAARPLAN = "niet in het jaarplan"
ZONDER_ACTIVITEIT = "geen activiteit in het jaarplan"
NERGENS_GEKOPPELD = "nog aan geen ambitie, hoofdlijn of activiteit gekoppeld"
SOORTNAMEN = {
    "trend": ("trend", "trends"),
    "opdracht": ("opdracht", "opdrachten"),
    "thema": ("thema", "thema's"),
    "ambitie": ("ambitie", "ambities"),
    "hoofdlijn": ("hoofdlijn", "hoofdlijnen"),
    "activiteit": ("activiteit", "activiteiten"),
    "indicator": ("indicator", "indicatoren"),
}


@dataclass(frozen=True, slots=True)
class Standen:
    """How parts stand on ``dag``, by key. ``indicatoren`` None: who reads sees no figures, nor what people wrote.

    ``ambities`` is the last that was said of each; of one that is not there nothing was.
    """

    jaar: int
    dag: date
    moment: datetime | None = None
    indicatoren: Mapping[int, str] | None = None
    ambities: Mapping[int, Ambitiestand] = field(default_factory=dict)


class Verband(NamedTuple):
    """A link as one of its ends sees it: the other end, whether that lies under it, and why."""

    ander: Deel
    is_onder: bool
    reden: str


@dataclass(slots=True)
class Deel:
    """One part of the agenda. ``sleutel`` names it in addresses, files and the API; ``ouder`` is what it lies under.

    ``stand`` is how it stands in words, ``onderweg`` what of that is open and ``wit`` what is missing, each empty where
    there is nothing to say; ``merk`` is what a page shows of a verdict, of an ambition what was last said of it, of an
    activity what the jaarplan has of it.
    """

    ding: Any
    soort: str
    sleutel: str
    kop: str
    tekst: str
    bronregel: str
    adres: str = ""
    stand: str = ""
    onderweg: str = ""
    wit: str = ""
    merk: Any = None
    ouder: Deel | None = None
    kinderen: list[Deel] = field(default_factory=list)
    verbanden: list[Verband] = field(default_factory=list)

    @property
    def plek(self) -> Plek:
        return self.soort, self.ding.pk

    @property
    def thema(self) -> Deel | None:
        """The theme it is of; of what lies above the themes none."""
        hier: Deel | None = self
        while hier and hier.soort != "thema":
            hier = hier.ouder
        return hier

    @property
    def soortnaam(self) -> str:
        return SOORTNAMEN[self.soort][0].capitalize()

    @property
    def meervoud(self) -> str:
        return SOORTNAMEN[self.soort][1].capitalize()

    @property
    def is_begin(self) -> bool:
        """Whether it lies above the themes: a reader begins with what is under it."""
        return self.soort in ("trend", "opdracht")

    @property
    def naam(self) -> str:
        """In one line."""
        return f"{self.kop}: {self.tekst}" if self.tekst and self.soort in ("ambitie", "activiteit") else self.kop

    @property
    def onder(self) -> list[Verband]:
        return [verband for verband in self.verbanden if verband.is_onder]

    @property
    def boven(self) -> list[Verband]:
        return [verband for verband in self.verbanden if not verband.is_onder]


@dataclass(frozen=True, slots=True)
class Agendaboom:
    """Every part in reading order; ``wortels`` lie under nothing. ``plan`` says how much the jaarplan has, and why
    that is another number than the activities here."""

    delen: Sequence[Deel]
    plan: str

    @property
    def wortels(self) -> list[Deel]:
        return [deel for deel in self.delen if deel.ouder is None]

    def van_soort(self, soort: str) -> list[Deel]:
        return [deel for deel in self.delen if deel.soort == soort]

    @property
    def tellingen(self) -> list[str]:
        """How much there is of what can have a white spot, and how much of it has one."""
        return [*map(self._tel, ("ambitie", "hoofdlijn", "activiteit", "indicator"))]

    def _tel(self, soort: str) -> str:
        delen = self.van_soort(soort)
        mist = [deel for deel in delen if deel.wit]
        aantal = f"{len(delen)} {SOORTNAMEN[soort][len(delen) != 1]}"
        return f"{aantal}, {_WOORDEN[soort].format(len(mist))}" if mist else aantal


_WOORDEN = {
    "ambitie": "{} zonder cijfer",
    "hoofdlijn": "{} zonder activiteit in het jaarplan",
    "activiteit": "{} niet in het jaarplan",
    "indicator": "{} nog nergens aan gekoppeld",
}


def lees_agendaboom(agenda: Agenda, regels: Iterable[Monitorregel], standen: Standen) -> Agendaboom:
    """All of it in nine queries, whatever there is; ``regels`` are the lines of its indicators."""
    delen = [*_bovenin(agenda), *_binnen_themas(agenda, standen), *_indicatoren(regels, standen)]
    per_plek = {deel.plek: deel for deel in delen}
    for deel, ouder in [(deel, per_plek.get(_ouder_van(deel))) for deel in delen]:  # type: ignore[arg-type]  # None: none
        deel.ouder = ouder
        if ouder:
            ouder.kinderen.append(deel)
    _verbind(per_plek, standen)
    plan = _zet_standen(per_plek, standen)
    return Agendaboom([een for wortel in delen if wortel.ouder is None for een in _in_volgorde(wortel)], plan)


def _in_volgorde(deel: Deel) -> list[Deel]:
    return [deel, *(een for kind in deel.kinderen for een in _in_volgorde(kind))]


def sleutel_van(ding: Any) -> str:
    """What a part is called in addresses, files and the API; unique within its agenda."""
    soort = ding._meta.model_name
    if isinstance(ding, Indicator):
        return f"{soort}-{ding.code}"
    if isinstance(ding, Thema):
        return f"{soort}-{ding.slug}"
    if isinstance(ding, Activiteit):
        return f"{soort}-{ding.hoofdlijn.thema.slug}-{ding.hoofdlijn.nummer}-{ding.nummer}"
    return (
        f"{soort}-{ding.thema.slug}-{ding.nummer}"
        if isinstance(ding, Ambitie | Hoofdlijn)
        else f"{soort}-{ding.nummer}"
    )


def _deel(ding: Any, kop: str, tekst: str, bronregel: str = "", adres: str = "") -> Deel:
    return Deel(ding, ding._meta.model_name, sleutel_van(ding), kop, tekst, bronregel or ding.bronregel, adres)


def _bovenin(agenda: Agenda) -> list[Deel]:
    trends, opdrachten = agenda.trends.order_by("nummer"), agenda.opdrachten.prefetch_related("trends")
    return [
        *(_deel(trend, f"Trend {trend.nummer}: {trend.titel}", trend.tekst) for trend in trends),
        *(_deel(een, f"Opdracht {een.nummer}", een.tekst) for een in opdrachten.order_by("nummer")),
    ]


def _binnen_themas(agenda: Agenda, standen: Standen) -> list[Deel]:
    delen: list[Deel] = []
    for thema in agenda.themas.prefetch_related("ambities", "hoofdlijnen__activiteiten").order_by("soort", "nummer"):
        delen.append(_deel(thema, thema.naam, thema.samenvatting, adres=reverse("thema", args=[thema.slug])))
        delen += [_ambitie(een, standen) for een in thema.ambities.all()]
        for lijn in thema.hoofdlijnen.all():
            kop = f"Hoofdlijn {lijn.nummer}: {lijn.titel}" if lijn.nummer else lijn.titel
            delen.append(_deel(lijn, kop, lijn.tekst))
            delen += [_deel(een, f"Activiteit {een.nummer}", een.tekst) for een in lijn.activiteiten.all()]
    return delen


def _ambitie(ambitie: Ambitie, standen: Standen) -> Deel:
    """What is said of it may hold figures."""
    if standen.indicatoren is None:
        return _deel(ambitie, f"Ambitie {ambitie.nummer}", ambitie.tekst)
    adres = reverse("ambitie", args=[ambitie.thema.slug, ambitie.nummer])
    deel = _deel(ambitie, f"Ambitie {ambitie.nummer}", ambitie.tekst, adres=adres)
    deel.merk = standen.ambities.get(ambitie.pk)
    merk = deel.merk
    deel.stand = f"{merk.get_oordeel_display()} ({merk.halfjaar.leesbaar})" if merk else NIETS_VASTGESTELD
    return deel


def _indicatoren(regels: Iterable[Monitorregel], standen: Standen) -> list[Deel]:
    delen = []
    for regel in regels:
        indicator = regel.indicator
        adres = reverse("indicator", args=[indicator.code]) if standen.indicatoren is not None else ""
        delen.append(_deel(indicator, indicator.naam, "", regel.bronregel, adres))
        indicator.onder_thema = regel.thema_id  # type: ignore[attr-defined]  # where this agenda lays it
    return delen


def _ouder_van(deel: Deel) -> Plek | None:
    """What the agenda itself lays it under. An assignment that answers several trends lies under the first."""
    ding = deel.ding
    if isinstance(ding, Opdracht):
        eerste = min(ding.trends.all(), key=lambda trend: trend.nummer, default=None)
        return ("trend", eerste.pk) if eerste else None
    if isinstance(ding, Thema):
        return ("opdracht", ding.opdracht_id) if ding.opdracht_id else None
    if isinstance(ding, Activiteit):
        return "hoofdlijn", ding.hoofdlijn_id
    if isinstance(ding, Ambitie | Hoofdlijn):
        return "thema", ding.thema_id
    return None if isinstance(ding, Trend) else ("thema", ding.onder_thema)


def _verbind(per_plek: Mapping[Plek, Deel], standen: Standen) -> None:
    """Both ends of every link that counts; what lies in another agenda is left out."""
    for koppeling in get_koppelingen(standen.moment):
        boven, onder = per_plek.get(boomplek(koppeling.boven)), per_plek.get(boomplek(koppeling.onder))
        if boven and onder:
            reden = koppeling.reden if standen.indicatoren is not None else ""
            boven.verbanden.append(Verband(onder, is_onder=True, reden=reden))
            onder.verbanden.append(Verband(boven, is_onder=False, reden=reden))


def _zet_standen(per_plek: Mapping[Plek, Deel], standen: Standen) -> str:
    """Gives what there is to say of the plan as a whole."""
    per_activiteit, per_lijn = _in_jaarplan(standen)
    kanten = _kanten(per_plek.values())
    for (soort, pk), deel in per_plek.items():
        if soort == "ambitie":
            deel.wit = _zonder_cijfer(kanten, deel)
        elif soort == "activiteit":
            deel.merk = per_activiteit[pk]
            deel.stand = ", ".join(regel.woord for regel in deel.merk)
            deel.adres = next((reverse("planactiviteit", args=[r.versie.plan_id]) for r in deel.merk), "")
            deel.wit = "" if deel.stand else f"{NIET_IN_JAARPLAN} van {standen.jaar}"
        elif soort == "hoofdlijn":
            deel.stand = f"{per_lijn[pk]} in het jaarplan" if per_lijn[pk] else ""
            deel.wit = "" if per_lijn[pk] else f"{ZONDER_ACTIVITEIT} van {standen.jaar}"
        elif soort == "indicator":
            deel.stand = (standen.indicatoren or {}).get(pk, "")
            deel.wit = "" if deel.boven else NERGENS_GEKOPPELD
    for deel in per_plek.values():
        if deel.soort == "thema":
            deel.wit = _witte_plekken(deel)
    gepland = sum(per_lijn.values())
    hoeveel = f"{gepland} {SOORTNAMEN['activiteit'][gepland != 1]}"
    return f"{hoeveel}, {herkomstzin(gepland, len(per_activiteit[0]))}" if gepland else "nog geen activiteiten"


def _witte_plekken(thema: Deel) -> str:
    ambities = [kind for kind in thema.kinderen if kind.soort == "ambitie"]
    mist = sum(bool(ambitie.wit) for ambitie in ambities)
    return f"{hoeveel_van(mist, len(ambities))} ambities zonder cijfer" if mist else ""


def _in_jaarplan(standen: Standen) -> tuple[Mapping[int, Sequence[Planregel]], Mapping[int, int]]:
    """Of each activity of the agenda what the plan has of it; of each main line how many there are."""
    per_activiteit: dict[int, list[Planregel]] = defaultdict(list)
    per_lijn: dict[int, int] = defaultdict(int)
    versies = lees_jaarplan(standen.jaar, standen.moment).prefetch_related(None).prefetch_related("mijlpalen")
    for versie in versies:
        per_lijn[versie.plan.hoofdlijn_id] += 1
        per_activiteit[versie.plan.activiteit_id or 0].append(Planregel(versie, standen.dag))
    return per_activiteit, per_lijn


def _kanten(delen: Iterable[Deel]) -> Mapping[Plek, Collection[Plek]]:
    """By links, and from a main line to its activities; what lies under a theme says nothing of each ambition."""
    return {
        deel.plek: [
            *(verband.ander.plek for verband in deel.onder),
            *(kind.plek for kind in deel.kinderen if deel.soort == "hoofdlijn"),
        ]
        for deel in delen
    }


def _zonder_cijfer(kanten: Mapping[Plek, Collection[Plek]], deel: Deel) -> str:
    return "" if any(soort == "indicator" for soort, _ in bereikbaar(kanten, deel.plek)) else GEEN_CIJFER
