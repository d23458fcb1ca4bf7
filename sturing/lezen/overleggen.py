"""Meetings as they stand, or stood on a day: which comes next, and what is on the agenda of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.periode import Kwartaal
from common.tekst.zoeken import samen, zoek
from sturing.lezen.jaarplan import lees_titels
from sturing.models import Agendapunt, Besluit, Overleg

_WAARIN = ("plan__hoofdlijn__thema", "vraag__ambitie__thema", "vraag__plan__hoofdlijn__thema")
"""From which the theme of a point is read."""


@dataclass(frozen=True)
class Punt:
    """A point as one reader has it: what holds figures is left out for who reads none."""

    punt: Agendapunt
    toelichting: str
    stand: str
    activiteit: str
    besluiten: Sequence[Besluit]

    @property
    def kwartaal(self) -> Kwartaal | None:
        return self.punt.periode


def get_overleggen(moment: datetime | None = None) -> QuerySet[Overleg]:
    """Every meeting, the earliest first; None is now."""
    return Overleg.objects.zoals_bekend_op(moment)


def lees_volgend(dag: date, moment: datetime | None = None) -> Overleg | None:
    """The first meeting on that day or later; one query."""
    return get_overleggen(moment).filter(datum__gte=dag).order_by("datum", "pk").first()


def zoek_overleggen(woorden: Sequence[str], *, met_inhoud: bool) -> QuerySet[Overleg]:
    """By what stands on the agenda too, withdrawn ones included; ``met_inhoud`` for who reads what it decided."""
    punten, besluiten = Agendapunt.objects.geldend(), Besluit.objects.geldend()
    teksten = {"punttitels": samen(punten, "overleg", "titel")}
    if met_inhoud:
        teksten["toelichtingen"] = samen(punten, "overleg", "toelichting")
        teksten["besluitteksten"] = samen(besluiten, "punt__overleg", "tekst")
    return zoek(Overleg.objects.annotate(**teksten), woorden, namen=("titel", "plaats"), teksten=tuple(teksten))


def lees_agenda(overleg: Overleg, user: User, moment: datetime | None = None) -> list[Punt]:
    """The points in their order with their decisions, as this person may read them: three queries."""
    return lees_agendas([overleg], user, moment)[overleg.pk]


def lees_agendas(overleggen: Sequence[Overleg], user: User, moment: datetime | None = None) -> Mapping[int, list[Punt]]:
    """The same of several meetings, by their key, in as many queries."""
    leest = user.mag(Recht.CIJFERS_LEZEN)
    besluiten = Besluit.objects.zoals_bekend_op(moment) if leest else Besluit.objects.none()
    van_punt = Prefetch("besluiten", besluiten.select_related("door").order_by("op", "pk"), to_attr="genomen")
    rijen = Agendapunt.objects.zoals_bekend_op(moment).filter(overleg__in=overleggen).order_by("volgorde", "pk")
    punten: list[Any] = list(rijen.select_related("indicator", "thema", "door", *_WAARIN).prefetch_related(van_punt))
    titels = lees_titels({punt.plan_id for punt in punten if punt.plan_id}, moment)
    per_overleg: dict[int, list[Punt]] = {overleg.pk: [] for overleg in overleggen}
    for punt in punten:
        toelichting, stand = (punt.toelichting, punt.stand) if leest else ("", "")
        activiteit = titels.get(punt.plan_id or 0, "")
        per_overleg[punt.overleg_id].append(Punt(punt, toelichting, stand, activiteit, punt.genomen))
    return per_overleg


@dataclass(frozen=True)
class Agendaplek:
    """Whether a figure is on the agenda of this meeting, and why where it is not; without a meeting none is planned."""

    overleg: Overleg | None
    staat_erop: bool = False
    waarom: str = ""


@dataclass(frozen=True)
class Agendering:
    """The figures on the agendas of the meetings to come: the one place that says whether one is on it, or why not."""

    volgend: Overleg | None
    moment: datetime | None = None
    punten: Mapping[int, Sequence[Agendapunt]] = field(default_factory=dict)
    """By indicator, what was withdrawn too; the first meeting first."""

    @classmethod
    def lees(cls, dag: date, moment: datetime | None = None) -> Agendering:
        """Two queries, one where no meeting is to come."""
        if (volgend := lees_volgend(dag, moment)) is None:
            return cls(None, moment)
        komend = get_overleggen(moment).filter(datum__gte=dag)
        alle = Agendapunt.objects.filter(overleg__in=komend, indicator__isnull=False).select_related("overleg")
        punten: dict[int, list[Agendapunt]] = defaultdict(list)
        for punt in (alle.filter(op__lte=moment) if moment else alle).order_by("overleg__datum", "pk"):
            punten[punt.indicator_id or 0].append(punt)
        return cls(volgend, moment, punten)

    def plek(self, indicator: int, kwartaal: Kwartaal, van: Overleg | None = None) -> Agendaplek:
        """On the agenda of ``van``; without it on that of any meeting, and the next is named where it is on none."""
        staat = self._staan(indicator)
        if erop := next((p for p in staat if p.periode == kwartaal and van in (None, p.overleg)), None):
            return Agendaplek(erop.overleg, True)
        overleg = van or self.volgend
        return Agendaplek(overleg, waarom=self._waarom_niet(indicator, kwartaal, overleg) if overleg else "")

    def _staan(self, indicator: int) -> list[Agendapunt]:
        return [punt for punt in self.punten.get(indicator, ()) if not punt.is_weg(self.moment)]

    def _waarom_niet(self, indicator: int, kwartaal: Kwartaal, overleg: Overleg) -> str:
        """The first that is so: another quarter is on it, it was taken off, it is on another agenda, or neither."""
        hier = [punt for punt in self.punten.get(indicator, ()) if punt.overleg == overleg]
        staat = self._staan(indicator)
        if ander := next((p.periode for p in staat if p.overleg == overleg), None):
            return f"daar staat het cijfer van {ander.leesbaar}"
        if weg := next((p for p in reversed(hier) if p.periode == kwartaal and p.is_weg(self.moment)), None):
            op = timezone.localtime(weg.ingetrokken_op) if weg.ingetrokken_op else weg.op
            return f"eraf gehaald op {op:%d-%m-%Y}: {weg.intrekreden.rstrip('.')}"
        elders = next((p.overleg for p in staat), None)
        return f"het staat op de agenda van {elders}" if elders else "nog niet overgenomen"
