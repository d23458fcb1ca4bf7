"""The versions of the plan: which is in force when, and what a version changes. Pure, but for what it is told."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.tekst.periode import Kwartaal, kwartalen
from formatie.models import Formatieplan


def geldend(plannen: Iterable[Formatieplan], dag: date) -> Formatieplan | None:
    """The plan in force on a day; of two, the one that came into force last."""
    geldig = [p for p in plannen if p.geldig_vanaf <= dag and (p.geldig_tot is None or p.geldig_tot > dag)]
    return max(geldig, key=lambda plan: plan.geldig_vanaf, default=None)


def besloten_op(plannen: Sequence[Formatieplan], dag: date) -> list[Formatieplan]:
    """The versions decided by that day, as they stood then. Never to be saved.

    An end on the day a version begins that was yet to be decided came with that version: it was not known then.
    """
    later = {plan.geldig_vanaf for plan in plannen if plan.besluitdatum > dag}
    gevonden = [copy(plan) for plan in plannen if plan.besluitdatum <= dag]
    for plan in gevonden:
        if plan.geldig_tot in later:
            plan.geldig_tot = None
    return gevonden


def per_kwartaal(plannen: Sequence[Formatieplan], van: Kwartaal, tot: Kwartaal) -> dict[Kwartaal, Formatieplan | None]:
    """Quarter → the plan in force on its last day, because that is the day people are counted."""
    return {kwartaal: geldend(plannen, kwartaal.einde()) for kwartaal in kwartalen(van, tot)}


def vorige(plannen: Sequence[Formatieplan], plan: Formatieplan) -> Formatieplan | None:
    """The version that came into force before this one."""
    eerder = [ander for ander in plannen if ander.geldig_vanaf < plan.geldig_vanaf]
    return max(eerder, key=lambda ander: ander.geldig_vanaf, default=None)


@dataclass(frozen=True)
class Versie:
    """A line in the list of versions."""

    plan: Formatieplan
    vorige: Formatieplan | None
    geldt: bool

    @property
    def rijklasse(self) -> str:
        return "eigen" if self.geldt else ""


def versies(plannen: Sequence[Formatieplan], dag: date) -> list[Versie]:
    """Every version, the latest first; one of them may be in force on this day."""
    nu = geldend(plannen, dag)
    op_volgorde = sorted(plannen, key=lambda plan: plan.geldig_vanaf, reverse=True)
    return [Versie(plan, vorige(plannen, plan), plan == nu) for plan in op_volgorde]


@dataclass(frozen=True)
class Plancijfer:
    """A printed figure: where it stands, what it is of, and how much."""

    tabel: str
    naam: str
    kolom: str
    waarde: Decimal | None


@dataclass(frozen=True)
class Wijziging:
    """One figure in two versions; None where a version does not print it."""

    tabel: str
    naam: str
    kolom: str
    oud: Decimal | None
    nieuw: Decimal | None

    @property
    def verschil(self) -> Decimal | None:
        return None if self.oud is None or self.nieuw is None else self.nieuw - self.oud

    @property
    def soort(self) -> str:
        if self.oud is None:
            return "nieuw"
        return "vervallen" if self.nieuw is None else "gewijzigd"


def wijzigingen(oud: Mapping[str, Plancijfer], nieuw: Mapping[str, Plancijfer]) -> list[Wijziging]:
    """What differs between two versions, in the order of the new one; what it left out comes last.

    16 and 16,0 are the same number of places.
    """
    waar = {naam: (cijfer.tabel, cijfer.naam, cijfer.kolom) for naam, cijfer in {**nieuw, **oud, **nieuw}.items()}
    van, naar = ({naam: cijfer.waarde for naam, cijfer in versie.items()} for versie in (oud, nieuw))
    alle = [Wijziging(*plek, van.get(naam), naar.get(naam)) for naam, plek in waar.items()]
    return [wijziging for wijziging in alle if wijziging.oud != wijziging.nieuw]
