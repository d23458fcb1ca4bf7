"""Of whom people are asked at the places of a plan: of who is there on the day, for the team that the plan names."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from formatie.bijhouden.opvolging import Basisteam, Lijn, erven
from formatie.models import Bezetting, Districtsformatie, Onderdeel, Opvolging

Planplek = tuple[str, str]
"""Code of an onderdeel and the kind of its places."""
_TEAM = Bezetting.Soort.BASISTEAM.value
OPGEVOLGD = Exists(Opvolging.objects.filter(van=OuterRef("onderdeel")))
"""Whether some other team went on for the one of this cell."""


class Erfgenamen:
    """The teams as they come and go, read when they are asked for first; two queries, none when no team does."""

    def __init__(self, *, wisselt: bool = True) -> None:
        self.wisselt = wisselt
        self._teams: Mapping[str, Basisteam] | None = None
        self._lijnen: list[Lijn] = []

    @property
    def teams(self) -> Mapping[str, Basisteam]:
        if self._teams is None:
            self._teams, self._lijnen = get_basisteams(), lees_lijnen()
        return self._teams

    def plekken(self, plekken: Iterable[Planplek], dag: date) -> list[Planplek]:
        """The places of the plan as they are on a day, each once, in the order of the plan."""
        if not self.wisselt:
            return list(plekken)
        hier = partial(self._van, dag=dag)
        return list(dict.fromkeys(plek for code, soort in plekken for plek in hier(code, soort)))

    def _van(self, code: str, soort: str, dag: date) -> list[Planplek]:
        if soort != _TEAM:
            return [(code, soort)]
        return [(erfgenaam, soort) for erfgenaam in sorted(erven(code, dag, self.teams, self._lijnen))]


def get_basisteams() -> dict[str, Basisteam]:
    """Every basisteam there is, was or will be, by code; one query."""
    rijen = Onderdeel.objects.filter(soort=Onderdeel.Soort.BASISTEAM).order_by("volgorde", "code")
    velden = ("code", "naam", "ouder__code", "geldig_vanaf", "geldig_tot")
    return {
        code: Basisteam(code, naam, district or "", vanaf, tot)
        for code, naam, district, vanaf, tot in rijen.values_list(*velden)
    }


def get_teams_onder(district: Onderdeel) -> list[Any]:
    """What lies under a district, each with ``wisselt``: it comes or goes, or another goes on for it; one query."""
    volgt = Exists(Opvolging.objects.filter(van=OuterRef("pk")))
    komt_of_gaat = Q(geldig_vanaf__isnull=False) | Q(geldig_tot__isnull=False) | volgt
    return list(
        Onderdeel.objects.filter(ouder=district).annotate(wisselt=ExpressionWrapper(komt_of_gaat, BooleanField()))
    )


def lees_lijnen() -> list[Lijn]:
    """Who went on for whom, from when."""
    return list(Opvolging.objects.values_list("van__code", "naar__code", "vanaf"))


def tel_plekken(cellen: QuerySet[Districtsformatie], dagen: Mapping[date, int]) -> dict[tuple[date, str], int]:
    """By day and district how many places there are people at; ``dagen``: day → key of the plan in force.

    One query, and two more when a team came or went.
    """
    velden = ("plan_id", "soort", "onderdeel__code", "onderdeel__soort", "onderdeel__ouder__code")
    rijen = list(
        cellen.order_by().annotate(opgevolgd=OPGEVOLGD).values_list(*velden, "onderdeel__geldig_tot", "opgevolgd")
    )
    waar = {code: code if van == Onderdeel.Soort.DISTRICT else ouder for _, _, code, van, ouder, *_ in rijen}
    erfgenamen = Erfgenamen(wisselt=any(tot or opgevolgd for *_, tot, opgevolgd in rijen))
    gevonden: dict[tuple[date, str], int] = {}
    for dag, plan in dagen.items():
        plekken = [(code, soort) for van, soort, code, *_ in rijen if van == plan]
        for code, _ in erfgenamen.plekken(plekken, dag):
            district = waar.get(code) or erfgenamen.teams[code].district
            gevonden[dag, district] = gevonden.get((dag, district), 0) + 1
    return gevonden
