"""What pages, tables and the API ask of the formation plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Q

from formatie.controle import Bevinding, Cijfers, Som, Uitkomst, controleer
from formatie.models import Districtsformatie, Formatieplan, Formatieregel

FTE_KOLOMMEN = (("fte", "fte_gedrukt"), ("os", "fte_os_gedrukt"), ("nos", "fte_nos_gedrukt"))


def get_formatieplan(dag: date) -> Formatieplan | None:
    """The plan in force on a day; of two, the one that came into force last."""
    geldig = Q(geldig_tot=None) | Q(geldig_tot__gt=dag)
    return Formatieplan.objects.filter(geldig, geldig_vanaf__lte=dag).order_by("-geldig_vanaf").first()


@dataclass(frozen=True)
class Inhoud:
    """A plan as printed and compared with itself, read once: every page, file and answer is drawn from it."""

    plan: Formatieplan
    regels: list[Formatieregel]
    cellen: list[Districtsformatie]
    uitkomsten: list[Uitkomst]

    @cached_property
    def verschillen(self) -> list[Uitkomst]:
        """The comparisons in which the printed figure differs from its parts."""
        return [uitkomst for uitkomst in self.uitkomsten if uitkomst.bevinding is not Bevinding.KLOPT]

    @cached_property
    def sommen(self) -> dict[str, Uitkomst]:
        """Reference of a printed total → the comparison with the sum of its parts."""
        return {uitkomst.som.geheel: uitkomst for uitkomst in self.uitkomsten if uitkomst.som.soort == "som"}

    def verschillen_van(self, naam: str) -> tuple[Uitkomst, ...]:
        """The differences of one row or cell, named without its column: ``regel:<sleutel>``, ``cel:A:totaal``."""
        return tuple(self._per_rij.get(naam, ()))

    @cached_property
    def _per_rij(self) -> dict[str, list[Uitkomst]]:
        gevonden: dict[str, list[Uitkomst]] = {}
        for uitkomst in self.verschillen:
            gevonden.setdefault(uitkomst.som.geheel.rpartition(":")[0], []).append(uitkomst)
        return gevonden


def get_inhoud(plan: Formatieplan) -> Inhoud:
    """Rows, cells and comparisons of a plan, each in the order of the plan; three queries at any size."""
    regels = list(plan.regels.all())
    cellen = list(plan.districtscellen.select_related("onderdeel"))
    return Inhoud(plan, regels, cellen, _uitkomsten(plan, _cijfers(regels, cellen)))


def get_cijfers(plan: Formatieplan) -> Cijfers:
    """Every printed figure of a plan by reference, with the decimals it is printed with."""
    return _cijfers(plan.regels.all(), plan.districtscellen.select_related("onderdeel"))


def als_gedrukt(tekst: str) -> Decimal | None:
    """The figure with exactly the decimals the plan prints, or None where it prints nothing."""
    return Decimal(tekst.replace(",", ".")) if tekst else None


def _cijfers(regels: Iterable[Formatieregel], cellen: Iterable[Districtsformatie]) -> dict[str, Decimal]:
    gedrukt = {
        f"regel:{regel.sleutel}:{kolom}": getattr(regel, veld) for regel in regels for kolom, veld in FTE_KOLOMMEN
    }
    for cel in cellen:
        naam = f"cel:{cel.onderdeel.code}:{cel.soort}"
        gedrukt[f"{naam}:fte"] = cel.fte_gedrukt
        gedrukt[f"{naam}:inwoners"] = "" if cel.inwoners_per_wijkagent is None else str(cel.inwoners_per_wijkagent)
    cijfers = {naam: als_gedrukt(tekst) for naam, tekst in gedrukt.items()}
    return {naam: cijfer for naam, cijfer in cijfers.items() if cijfer is not None}


def get_bronregels(plan: Formatieplan) -> dict[str, str]:
    """Row or cell by reference (without its column) → its line in the source."""
    regels = {f"regel:{sleutel}": regel for sleutel, regel in plan.regels.values_list("sleutel", "bronregel")}
    cellen = plan.districtscellen.values_list("onderdeel__code", "soort", "bronregel")
    return regels | {f"cel:{code}:{soort}": regel for code, soort, regel in cellen}


def get_uitkomsten(plan: Formatieplan) -> list[Uitkomst]:
    """Every comparison of a plan, in the order of the plan."""
    return _uitkomsten(plan, get_cijfers(plan))


def _uitkomsten(plan: Formatieplan, cijfers: Cijfers) -> list[Uitkomst]:
    velden = ("sleutel", "omschrijving", "geheel", "delen", "soort", "oorzaak", "opmerking")
    sommen = plan.controlesommen.values(*velden)
    return [controleer(Som(**{**som, "delen": tuple(som["delen"])}), cijfers) for som in sommen]


def get_verschillen(plan: Formatieplan) -> list[Uitkomst]:
    """The comparisons in which the printed figure differs from its parts."""
    return get_inhoud(plan).verschillen


@dataclass(frozen=True)
class RegelMetBerekening:
    """A row with, per column (``fte``, ``os``, ``nos``), what its parts add up to; absent where it has no parts."""

    regel: Formatieregel
    berekend: dict[str, Decimal] = field(default_factory=dict)
    verschil: dict[str, Decimal] = field(default_factory=dict)


def get_regels_met_berekening(plan: Formatieplan) -> list[RegelMetBerekening]:
    """The rows of the service table in order, printed figures next to computed ones."""
    inhoud = get_inhoud(plan)
    return [met_berekening(regel, inhoud) for regel in inhoud.regels]


def met_berekening(regel: Formatieregel, inhoud: Inhoud) -> RegelMetBerekening:
    """One row with what its parts add up to."""
    eigen = {kolom: inhoud.sommen.get(f"regel:{regel.sleutel}:{kolom}") for kolom, _ in FTE_KOLOMMEN}
    gevonden = {kolom: uitkomst for kolom, uitkomst in eigen.items() if uitkomst}
    return RegelMetBerekening(
        regel,
        {kolom: uitkomst.berekend for kolom, uitkomst in gevonden.items()},
        {kolom: uitkomst.verschil for kolom, uitkomst in gevonden.items()},
    )


@dataclass(frozen=True)
class CelMetBerekening:
    """A cell of the district tables with what its parts add up to; None where it has no parts."""

    cel: Districtsformatie
    berekend: Decimal | None
    verschil: Decimal | None


def get_districtsformatie(plan: Formatieplan) -> list[CelMetBerekening]:
    """The cells of the district tables in the order of the organisation, printed next to computed."""
    inhoud = get_inhoud(plan)
    return [_cel_met_berekening(cel, inhoud) for cel in inhoud.cellen]


def _cel_met_berekening(cel: Districtsformatie, inhoud: Inhoud) -> CelMetBerekening:
    uitkomst = inhoud.sommen.get(f"cel:{cel.onderdeel.code}:{cel.soort}:fte")
    return (
        CelMetBerekening(cel, uitkomst.berekend, uitkomst.verschil) if uitkomst else CelMetBerekening(cel, None, None)
    )
