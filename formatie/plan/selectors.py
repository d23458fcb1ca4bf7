"""What pages, tables and the API ask of the formation plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q

from formatie.bezetting.sommen import Sleutel
from formatie.models import Districtsformatie, Formatieplan, Formatieregel, Gemeente, Inwonertal, Onderdeel
from formatie.plan.controle import Bevinding, Cijfers, Plansom, Uitkomst, controleer
from formatie.plan.versies import Plancijfer, geldend

SOMVELDEN = ("sleutel", "omschrijving", "geheel", "delen", "soort", "oorzaak", "opmerking")
DISTRICTSTABEL = "Districtstabel"
FTE_KOLOMMEN = (("fte", "fte_gedrukt"), ("os", "fte_os_gedrukt"), ("nos", "fte_nos_gedrukt"))

Sommen = Mapping[str, Uitkomst]
"""Column (``fte``, ``os``, ``nos``) → the comparison of a printed figure with the sum of its parts."""


def get_formatieplan(dag: date) -> Formatieplan | None:
    """The plan in force on a day; of two, the one that came into force last."""
    return geldend(Formatieplan.objects.all(), dag)


@dataclass(frozen=True)
class Planinhoud:
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

    def sommen_van(self, regel: Formatieregel) -> Sommen:
        """One row compared with the sum of its parts, per column; absent where it has no parts."""
        alle = {kolom: self.sommen.get(f"regel:{regel.sleutel}:{kolom}") for kolom, _ in FTE_KOLOMMEN}
        return {kolom: uitkomst for kolom, uitkomst in alle.items() if uitkomst}

    @cached_property
    def plekken(self) -> dict[str, tuple[str, str]]:
        """Row or cell by reference, without its column → the table it stands in, and its line in the source."""
        regels = {f"regel:{regel.sleutel}": (regel.dienst, regel.bronregel) for regel in self.regels}
        return regels | {f"cel:{c.onderdeel.code}:{c.soort}": (DISTRICTSTABEL, c.bronregel) for c in self.cellen}

    def verschillen_van(self, naam: str) -> tuple[Uitkomst, ...]:
        """The differences of one row or cell, named without its column: ``regel:<sleutel>``, ``cel:A:totaal``."""
        return tuple(self._per_rij.get(naam, ()))

    @cached_property
    def _per_rij(self) -> dict[str, list[Uitkomst]]:
        gevonden: dict[str, list[Uitkomst]] = {}
        for uitkomst in self.verschillen:
            gevonden.setdefault(uitkomst.som.geheel.rpartition(":")[0], []).append(uitkomst)
        return gevonden


def get_inhoud(plan: Formatieplan) -> Planinhoud:
    """Rows, cells and comparisons of a plan, each in the order of the plan; three queries at any size."""
    regels = list(plan.regels.all())
    cellen = list(plan.districtscellen.select_related("onderdeel"))
    cijfers = _cijfers(regels, cellen)
    sommen = map(_als_som, plan.controlesommen.values(*SOMVELDEN))
    return Planinhoud(plan, regels, cellen, [controleer(som, cijfers) for som in sommen])


def get_regels_met_sommen(plan: Formatieplan) -> list[tuple[Formatieregel, Sommen]]:
    """The rows of the service table in order, each with what its parts add up to."""
    inhoud = get_inhoud(plan)
    return [(regel, inhoud.sommen_van(regel)) for regel in inhoud.regels]


def get_districtsinhoud(plan: Formatieplan, district: Onderdeel) -> Planinhoud:
    """Of a plan only what the page of one district needs: as much for a plan of 43 districts as for one of 7."""
    eigen = Q(onderdeel=district) | Q(onderdeel__ouder=district)
    # What the whole unit has of wijkagenten is compared with what all of its districts have.
    wijk = Q(soort=Districtsformatie.Soort.WIJKAGENTEN) & ~Q(onderdeel__soort=Onderdeel.Soort.BASISTEAM)
    cellen = list(plan.districtscellen.filter(eigen | wijk).select_related("onderdeel"))
    codes = {cel.onderdeel.code for cel in cellen if district.pk in (cel.onderdeel_id, cel.onderdeel.ouder_id)}
    sommen = [som for som in _sommen(plan, codes) if som.soort == "gewogen" or som.geheel.split(":")[1] in codes]
    sleutels = {naam.split(":")[1] for som in sommen for naam in map(_kaal, som.delen) if naam.startswith("regel:")}
    regels = list(plan.regels.filter(sleutel__in=sleutels))
    cijfers = _cijfers(regels, cellen)
    return Planinhoud(plan, regels, cellen, [controleer(som, cijfers) for som in sommen])


def _sommen(plan: Formatieplan, codes: Iterable[str]) -> list[Plansom]:
    keuze = Q(soort="gewogen")
    for code in codes:
        keuze |= Q(geheel__startswith=f"cel:{code}:")
    return [_als_som(som) for som in plan.controlesommen.filter(keuze).values(*SOMVELDEN)]


def _kaal(verwijzing: str) -> str:
    return verwijzing.removeprefix("-")


def get_plaatsen(plannen: Iterable[Formatieplan], district: Onderdeel) -> dict[int, dict[Sleutel, Decimal]]:
    """Plan → the printed places of a district and its teams, per onderdeel and kind; one query."""
    cellen = Districtsformatie.objects.filter(Q(onderdeel=district) | Q(onderdeel__ouder=district), plan__in=plannen)
    gevonden: dict[int, dict[Sleutel, Decimal]] = {}
    for plan, code, soort, gedrukt in cellen.values_list("plan_id", "onderdeel__code", "soort", "fte_gedrukt"):
        if (cijfer := als_gedrukt(gedrukt)) is not None:
            gevonden.setdefault(plan, {})[code, soort] = cijfer
    return gevonden


def get_totalen(plan: Formatieplan) -> dict[str, Decimal]:
    """Code → the printed total of each district and of the unit; one query."""
    cellen = plan.districtscellen.filter(soort=Districtsformatie.Soort.TOTAAL)
    gedrukt = {code: als_gedrukt(fte) for code, fte in cellen.values_list("onderdeel__code", "fte_gedrukt")}
    return {code: cijfer for code, cijfer in gedrukt.items() if cijfer is not None}


def get_plekken(plan: Formatieplan) -> dict[str, Plancijfer]:
    """Every printed figure of a plan by reference, with where it stands; two queries."""
    return _plekken(plan.regels.all(), plan.districtscellen.select_related("onderdeel"))


def _plekken(regels: Iterable[Formatieregel], cellen: Iterable[Districtsformatie]) -> dict[str, Plancijfer]:
    gevonden = {}
    for regel in regels:
        for kolom, veld in FTE_KOLOMMEN:
            plek = Plancijfer(regel.dienst, regel.naam, kolom.upper(), als_gedrukt(getattr(regel, veld)))
            gevonden[f"regel:{regel.sleutel}:{kolom}"] = plek
    for cel in cellen:
        naam, waar = f"cel:{cel.onderdeel.code}:{cel.soort}", str(cel.onderdeel)
        soort, inwoners = cel.get_soort_display(), cel.inwoners_per_wijkagent
        gevonden[f"{naam}:fte"] = Plancijfer(waar, soort, "FTE", als_gedrukt(cel.fte_gedrukt))
        ratio = None if inwoners is None else Decimal(inwoners)
        gevonden[f"{naam}:inwoners"] = Plancijfer(waar, soort, "inwoners per wijkagent", ratio)
    return {naam: plek for naam, plek in gevonden.items() if plek.waarde is not None}


def _cijfers(regels: Iterable[Formatieregel], cellen: Iterable[Districtsformatie]) -> Cijfers:
    return {naam: plek.waarde for naam, plek in _plekken(regels, cellen).items() if plek.waarde is not None}


def get_districten(plan: Formatieplan) -> list[Onderdeel]:
    """The districts that a plan names, in the order of the organisation."""
    return list(
        Onderdeel.objects.filter(soort=Onderdeel.Soort.DISTRICT, formatiecellen__plan=plan)
        .distinct()
        .order_by("volgorde", "code")
    )


def get_inwonertallen(codes: Iterable[str], dag: date) -> dict[str, Inwonertal]:
    """Code → its population as last counted on or before a day; one query."""
    rijen = Inwonertal.objects.filter(onderdeel__code__in=list(codes), peildatum__lte=dag).select_related("onderdeel")
    return {rij.onderdeel.code: rij for rij in rijen.order_by("peildatum") if rij.onderdeel}


def get_inwonertal(gemeente: Gemeente, dag: date) -> Inwonertal | None:
    """How many people live in a municipality, as last counted on or before a day."""
    return gemeente.inwonertallen.filter(peildatum__lte=dag).order_by("-peildatum").first()


def als_gedrukt(tekst: str) -> Decimal | None:
    """The figure with exactly the decimals the plan prints, or None where it prints nothing."""
    return Decimal(tekst.replace(",", ".")) if tekst else None


def _als_som(som: dict[str, Any]) -> Plansom:
    return Plansom(**{**som, "delen": tuple(som["delen"])})
