"""What pages, tables and the API ask of the formation plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q

from formatie.controle import Bevinding, Cijfers, Som, Uitkomst, controleer
from formatie.models import Districtsformatie, Formatieplan, Formatieregel

FTE_KOLOMMEN = (("fte", "fte_gedrukt"), ("os", "fte_os_gedrukt"), ("nos", "fte_nos_gedrukt"))


def get_formatieplan(dag: date) -> Formatieplan | None:
    """The plan in force on a day; of two, the one that came into force last."""
    geldig = Q(geldig_tot=None) | Q(geldig_tot__gt=dag)
    return Formatieplan.objects.filter(geldig, geldig_vanaf__lte=dag).order_by("-geldig_vanaf").first()


def get_cijfers(plan: Formatieplan) -> Cijfers:
    """Every printed figure of a plan by reference, with the decimals it is printed with."""
    return _cijfers(plan.regels.all(), plan.districtscellen.select_related("onderdeel"))


def _cijfers(regels: Iterable[Formatieregel], cellen: Iterable[Districtsformatie]) -> dict[str, Decimal]:
    gedrukt = {
        f"regel:{regel.sleutel}:{kolom}": getattr(regel, veld) for regel in regels for kolom, veld in FTE_KOLOMMEN
    }
    for cel in cellen:
        naam = f"cel:{cel.onderdeel.code}:{cel.soort}"
        gedrukt[f"{naam}:fte"] = cel.fte_gedrukt
        gedrukt[f"{naam}:inwoners"] = "" if cel.inwoners_per_wijkagent is None else str(cel.inwoners_per_wijkagent)
    return {naam: Decimal(tekst.replace(",", ".")) for naam, tekst in gedrukt.items() if tekst}


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
    return [uitkomst for uitkomst in get_uitkomsten(plan) if uitkomst.bevinding is not Bevinding.KLOPT]


@dataclass(frozen=True)
class RegelMetBerekening:
    """A row with, per column (``fte``, ``os``, ``nos``), what its parts add up to; absent where it has no parts."""

    regel: Formatieregel
    berekend: dict[str, Decimal] = field(default_factory=dict)
    verschil: dict[str, Decimal] = field(default_factory=dict)


def get_regels_met_berekening(plan: Formatieplan) -> list[RegelMetBerekening]:
    """The rows of the service table in order, printed figures next to computed ones."""
    regels = list(plan.regels.select_related("ouder"))
    uitkomsten = _uitkomsten(plan, _cijfers(regels, plan.districtscellen.select_related("onderdeel")))
    sommen = {uitkomst.som.geheel: uitkomst for uitkomst in uitkomsten if uitkomst.som.soort == "som"}
    return [_met_berekening(regel, sommen) for regel in regels]


def _met_berekening(regel: Formatieregel, sommen: dict[str, Uitkomst]) -> RegelMetBerekening:
    eigen = {kolom: sommen.get(f"regel:{regel.sleutel}:{kolom}") for kolom, _ in FTE_KOLOMMEN}
    gevonden = {kolom: uitkomst for kolom, uitkomst in eigen.items() if uitkomst}
    return RegelMetBerekening(
        regel,
        {kolom: uitkomst.berekend for kolom, uitkomst in gevonden.items()},
        {kolom: uitkomst.verschil for kolom, uitkomst in gevonden.items()},
    )
