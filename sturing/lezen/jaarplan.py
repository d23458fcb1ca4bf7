"""The jaarplan as it stands, or stood on a day: each activity with its version of that moment, and how it goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from common.grafiek.svg import icoon, rand, vol
from common.tekst.zoeken import samen, zoek
from strategie.models import Activiteit, Agenda, Hoofdlijn, Thema
from sturing.models import Activiteitversie, Mijlpaal, Planactiviteit
from sturing.regels.jaarplan import (
    AF,
    Achterstand,
    Mijlpaalstand,
    Verloop,
    achterstanden,
    is_open_voorbij,
    is_stil,
    rang,
)
from sturing.regels.planinvoer import Inhoud, op_datum

Status = Activiteitversie.Status
# Shape, tone and word of each status; the order is that of how it goes.
_MERKEN: dict[str, tuple[str, str]] = {
    Status.NIET_GESTART: ("stil", rand("circle", stroke_dasharray="3 2.65", cx="8", cy="8", r="6")),
    Status.OP_SCHEMA: ("goed", rand("circle", cx="8", cy="8", r="6.5") + vol(d="M6.5 4.500L11.5 8l-5 3.5z")),
    Status.VERTRAAGD: ("aandacht", rand("circle", cx="8", cy="8", r="6.5") + rand(d="M8 4v4.500l3 2")),
    Status.GEREED: ("goed", rand(stroke_linecap="square", d="M2.5 8.500l3.5 4L13.5 4")),
    Status.VERVALLEN: ("stil", rand(stroke_linecap="square", d="M3 3l10 10M13 3L3 13")),
}
TE_LAAT = "te-laat"


def statusmerken() -> dict[str, tuple[str, SafeString, str]]:
    """Tone, shape and word of each status, for the page that shows how things look."""
    return {str(code): (toon, icoon(vorm), Status(code).label) for code, (toon, vorm) in _MERKEN.items()}


@dataclass(frozen=True)
class Mijlpaalregel:
    """A milestone with how it stands on the day."""

    stand: Mijlpaalstand
    te_laat: bool

    @property
    def woord(self) -> str:
        return "bereikt" if self.stand.gereed_op else "te laat" if self.te_laat else "nog open"


@dataclass(frozen=True)
class Planregel:
    """An activity as its version says, seen on a day."""

    versie: Activiteitversie
    dag: date

    @cached_property
    def mijlpalen(self) -> list[Mijlpaalregel]:
        standen = [Mijlpaalstand(m.datum, m.titel, m.gereed_op) for m in self.versie.mijlpalen.all()]
        return [Mijlpaalregel(stand, self.is_open and is_open_voorbij(stand, self.dag)) for stand in standen]

    @cached_property
    def verloop(self) -> Verloop:
        standen = [mijlpaal.stand for mijlpaal in self.mijlpalen]
        return Verloop(self.versie.begin, self.versie.eind, self.versie.status, standen)

    @cached_property
    def achterstanden(self) -> list[Achterstand]:
        return achterstanden(self.verloop, self.dag)

    @property
    def waarom_te_laat(self) -> list[str]:
        """Without what the mark of its status says already."""
        return [een.zin for een in self.achterstanden if een.sinds]

    @property
    def waarom_naast_mijlpalen(self) -> list[str]:
        """Where the milestones stand beside it with how they go."""
        return [een.zin for een in self.achterstanden if een.sinds and not een.van_mijlpaal]

    @property
    def is_open(self) -> bool:
        return self.versie.status not in AF

    @property
    def te_laat(self) -> bool:
        """A day has passed."""
        return bool(self.waarom_te_laat)

    @property
    def loopt_achter(self) -> bool:
        """Late, or reported as delayed."""
        return bool(self.achterstanden)

    @property
    def woord(self) -> str:
        """Its status, and that it is late where time says so; on schedule and late are not both so."""
        status = self.versie.get_status_display()
        if self.waarom_te_laat and self.versie.status == Status.OP_SCHEMA:
            return f"Te laat, gemeld als {status.lower()}"
        return f"{status}{', te laat' if self.waarom_te_laat else ''}"

    @property
    def bijgewerkt(self) -> date:
        return timezone.localdate(self.versie.op)

    @property
    def is_stil(self) -> bool:
        return is_stil(self.versie.status, self.bijgewerkt, self.versie.begin, self.dag)

    @property
    def rang(self) -> tuple[int, date, date]:
        return rang(self.verloop, self.dag)

    @property
    def toon(self) -> str:
        """By the status, unless time tells otherwise."""
        return "achter" if self.waarom_te_laat else _MERKEN[self.versie.status][0]

    @property
    def merk(self) -> SafeString:
        return icoon(_MERKEN[self.versie.status][1])


def lees_jaarplan(jaar: int, moment: datetime | None = None) -> QuerySet[Activiteitversie]:
    """The activities of that year in the order of the agenda, with milestones and indicators: three queries."""
    versies = Activiteitversie.objects.zoals_bekend_op(moment).filter(plan__jaar=jaar)
    return _verwant(versies).prefetch_related("mijlpalen", "indicatoren")


def lees_jaarplannen(jaar: int | None = None, moment: datetime | None = None) -> QuerySet[Activiteitversie]:
    """As it stands, of one year or of all, the oldest year first."""
    versies = _verwant(Activiteitversie.objects.zoals_bekend_op(moment)).prefetch_related("mijlpalen", "indicatoren")
    van_jaar = versies.filter(plan__jaar=jaar) if jaar else versies
    return van_jaar.order_by("plan__jaar", *(str(veld) for veld in versies.query.order_by))


def _verwant(versies: QuerySet[Activiteitversie]) -> QuerySet[Activiteitversie]:
    thema = "plan__hoofdlijn__thema"
    op_volgorde = versies.order_by(f"{thema}__soort", f"{thema}__nummer", "plan__hoofdlijn__nummer", "plan__nummer")
    return op_volgorde.select_related(thema, "plan__activiteit", "eigenaar")


def planregels(versies: Iterable[Activiteitversie], dag: date) -> list[Planregel]:
    """What is late first; the rest stays in the order of what is next to end."""
    return sorted((Planregel(versie, dag) for versie in versies), key=lambda regel: regel.rang)


def zoek_planactiviteiten(woorden: Sequence[str], *, met_reden: bool) -> QuerySet[Activiteitversie]:
    """As they stand now, of any year; ``met_reden`` for who may read what people write about figures."""
    titels = samen(Mijlpaal.objects.all(), "versie", "titel")
    versies = _verwant(Activiteitversie.objects.zoals_bekend_op(None)).annotate(mijlpaaltitels=titels)
    teksten = ("mijlpaaltitels", *(("reden",) if met_reden else ()))
    return zoek(versies.prefetch_related("mijlpalen"), woorden, namen=("titel",), teksten=teksten)


def planjaren(moment: datetime | None = None) -> list[int]:
    """The years that have activities, as known then, the newest first."""
    versies = Activiteitversie.objects.zoals_bekend_op(moment)
    return sorted(versies.order_by().values_list("plan__jaar", flat=True).distinct(), reverse=True)


def dit_jaar(jaren: Sequence[int], dag: date) -> int:
    """The newest year with activities that is not yet to come; without one the year itself, of an agenda."""
    return next((jaar for jaar in jaren if jaar <= dag.year), 0) or agendajaar(dag.year)


def agendajaar(jaar: int) -> int:
    """The year itself, or the last of an agenda that ended: until there is another, that one is looked back on."""
    laatste = Agenda.objects.filter(begin_jaar__lte=jaar).aggregate(eind=Max("eind_jaar"))["eind"]
    return min(jaar, laatste or jaar)


def herkomstzin(gepland: int, eigen: int) -> str:
    """Why a plan has another number of activities than the agenda names."""
    return f"{gepland - eigen} uit de agenda en {eigen} die de agenda niet noemt" if eigen else "alle uit de agenda"


@dataclass(frozen=True)
class Hoofdlijnplan:
    """The activities of a main line in a year, and what the agenda names that is not in the plan of that year."""

    regels: Sequence[Planregel]
    niet_in_plan: Sequence[Activiteit]


def lees_themaplan(thema: Thema, jaar: int, moment: datetime | None, dag: date) -> Mapping[int, Hoofdlijnplan]:
    """By the key of each main line of ``thema``, read with its text; two queries."""
    versies = Activiteitversie.objects.zoals_bekend_op(moment).filter(plan__jaar=jaar, plan__hoofdlijn__thema=thema)
    per_lijn: dict[int, list[Planregel]] = defaultdict(list)
    for regel in planregels(_verwant(versies).prefetch_related("mijlpalen"), dag):
        per_lijn[regel.versie.plan.hoofdlijn_id].append(regel)
    gepland = {regel.versie.plan.activiteit_id for regels in per_lijn.values() for regel in regels}
    return {
        lijn.pk: Hoofdlijnplan(per_lijn[lijn.pk], [een for een in lijn.activiteiten.all() if een.pk not in gepland])
        for lijn in thema.hoofdlijnen.all()
    }


def lees_open(vandaag: date) -> list[Planregel]:
    """Everything that should be going on and is neither done nor dropped, of any year; two queries."""
    versies = Activiteitversie.objects.zoals_bekend_op(None).exclude(status__in=AF).filter(begin__lte=vandaag)
    verwant = versies.select_related("plan__hoofdlijn__thema", "eigenaar").order_by("eind", "pk")
    return [Planregel(versie, vandaag) for versie in verwant.prefetch_related("mijlpalen")]


def hoofdlijnen_van(jaar: int) -> list[Hoofdlijn]:
    """Of the agenda of that year, in its order; none where no agenda has it."""
    lijnen = Hoofdlijn.objects.filter(thema__agenda__begin_jaar__lte=jaar, thema__agenda__eind_jaar__gte=jaar)
    verwant = lijnen.select_related("thema__agenda")
    return list(verwant.order_by("thema__soort", "thema__nummer", "nummer"))


def uit_agenda(jaar: int) -> QuerySet[Activiteit]:
    """What the agenda of that year names and its plan does not have; what was dropped from the plan is in it."""
    op_agenda = Q(hoofdlijn__thema__agenda__begin_jaar__lte=jaar, hoofdlijn__thema__agenda__eind_jaar__gte=jaar)
    gepland = Planactiviteit.objects.filter(jaar=jaar, activiteit__isnull=False).values("activiteit")
    ontbreekt = Activiteit.objects.filter(op_agenda).exclude(pk__in=gepland).select_related("hoofdlijn__thema")
    thema = "hoofdlijn__thema"
    return ontbreekt.order_by(f"{thema}__soort", f"{thema}__nummer", "hoofdlijn__nummer", "nummer")


def inhoud_van(versie: Activiteitversie) -> Inhoud:
    """All that a version says, to be compared with another."""
    return Inhoud(
        begin=versie.begin,
        eind=versie.eind,
        status=versie.status,
        mijlpalen=op_datum(Mijlpaalstand(m.datum, m.titel, m.gereed_op) for m in versie.mijlpalen.all()),
        titel=versie.titel,
        reden=versie.reden,
        eigenaar=versie.eigenaar_id,
        indicatoren=frozenset(indicator.code for indicator in versie.indicatoren.all()),
    )


def lees_titels(plannen: Collection[int], moment: datetime | None = None) -> dict[int, str]:
    """What these activities are called; one query, none for none."""
    return _per_plan("titel", plannen, moment)


def lees_eigenaars(plannen: Collection[int], moment: datetime | None = None) -> dict[int, int | None]:
    """Who owns these activities; one query, none for none."""
    return _per_plan("eigenaar", plannen, moment)


def _per_plan(veld: str, plannen: Collection[int], moment: datetime | None) -> dict[int, Any]:
    versies = Activiteitversie.objects.zoals_bekend_op(moment).filter(plan__in=plannen)
    return dict(versies.values_list("plan", veld)) if plannen else {}
