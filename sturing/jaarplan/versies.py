"""What became of an activity: every version in words, and what two who changed it at once both wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from monitor.models import Indicator
from sturing.lezen.jaarplan import Status, inhoud_van
from sturing.models import Activiteitversie, Planactiviteit
from sturing.regels.planblad import kenmerk_van
from sturing.regels.planinvoer import Inhoud
from sturing.regels.planverschil import Planverschil, Planwoorden, planverschillen, voeg_samen


@dataclass(frozen=True)
class Versiestap:
    """Who made a version and what it changed; without a difference it is the first."""

    versie: Activiteitversie
    verschillen: Sequence[Planverschil]


@dataclass(frozen=True)
class Botsing:
    """Two changed one version: what the other made of it, what was typed over it, and the two together."""

    door: User
    op: datetime
    van_ander: Sequence[Planverschil]
    beide: Sequence[Planverschil]
    samen: Inhoud


def lees_woorden() -> Planwoorden:
    """In two queries."""
    return Planwoorden(
        {persoon.pk: str(persoon) for persoon in User.objects.all()},
        dict(Indicator.objects.values_list("code", "naam")),
        dict(Status.choices),
    )


def lees_stappen(plan: Planactiviteit, moment: datetime | None, woorden: Planwoorden) -> list[Versiestap]:
    """Every version that was there at that moment, the newest first."""
    versies = plan.versies.select_related("door", "eigenaar").prefetch_related("mijlpalen", "indicatoren")
    gekend = versies.filter(op__lte=moment) if moment is not None else versies
    return list(_stappen(list(gekend.order_by("nummer")), woorden))[::-1]


def _stappen(versies: Sequence[Activiteitversie], woorden: Planwoorden) -> Iterator[Versiestap]:
    vorige: Inhoud | None = None
    for versie in versies:
        inhoud = inhoud_van(versie)
        yield Versiestap(versie, planverschillen(vorige, inhoud, woorden) if vorige else ())
        vorige = inhoud


def lees_botsing(nu: Activiteitversie, gezien: int | None, getypt: Inhoud, woorden: Planwoorden) -> Botsing:
    """Without the version that was seen everything that was typed counts as changed."""
    eerder = nu.plan.versies.prefetch_related("mijlpalen", "indicatoren").filter(nummer=gezien or 0).first()
    geldt = inhoud_van(nu)
    basis = inhoud_van(eerder) if eerder else geldt
    samen = voeg_samen(basis, geldt, getypt) if eerder else getypt
    beide = [een for een in planverschillen(geldt, samen, woorden) if _anders(basis, geldt, een.veld)]
    return Botsing(nu.door, nu.op, planverschillen(basis, geldt, woorden), beide, samen)


def _anders(basis: Inhoud, geldt: Inhoud, veld: str) -> bool:
    return getattr(basis, veld) != getattr(geldt, veld)


def plansleutel(versie: Activiteitversie) -> str:
    """How a sheet names an activity."""
    lijn = versie.plan.hoofdlijn
    return kenmerk_van(lijn.thema.slug, lijn.nummer, versie.plan.nummer)
