"""Units with their districts, and how many parts of each should report bezetting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Case, Count, F, When

from common.tekst.periode import Kwartaal
from formatie.models import Bezetting, Districtsformatie, Formatieplan, Onderdeel
from formatie.plan.versies import besloten_op, geldend

DISTRICT = Onderdeel.Soort.DISTRICT


def lees_organisatie() -> dict[str, list[str]]:
    """Code of a unit → codes of its districts, in the order of the organisation."""
    gevonden: dict[str, list[str]] = {}
    soorten = (Onderdeel.Soort.EENHEID, DISTRICT)
    for code, soort, ouder in Onderdeel.objects.filter(soort__in=soorten).values_list("code", "soort", "ouder__code"):
        if soort == Onderdeel.Soort.EENHEID:
            gevonden.setdefault(code, [])
        elif ouder:
            gevonden.setdefault(ouder, []).append(code)
    return gevonden


def lees_verwacht(
    kwartalen: Collection[Kwartaal], districten: Collection[str], op: date | None = None
) -> Mapping[tuple[Kwartaal, str], int]:
    """How many parts of each of these districts have places in the plan in force at the end of each quarter.

    With ``op`` as the plans stood on that earlier day.
    """
    alle = list(Formatieplan.objects.order_by("geldig_vanaf"))
    plannen = alle if op is None else besloten_op(alle, op)
    van_kwartaal = {kwartaal: plan.pk for kwartaal in kwartalen if (plan := geldend(plannen, kwartaal.einde()))}
    district = Case(When(onderdeel__soort=DISTRICT, then=F("onderdeel__code")), default=F("onderdeel__ouder__code"))
    cellen = Districtsformatie.objects.alias(district=district).filter(
        plan__in=set(van_kwartaal.values()), soort__in=Bezetting.Soort.values, fte__gt=0, district__in=list(districten)
    )
    per_plan: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for plan, code, aantal in cellen.values_list("plan_id", district).annotate(Count("pk")).order_by():
        per_plan[plan].append((code, aantal))
    gevonden: dict[tuple[Kwartaal, str], int] = defaultdict(int)
    for kwartaal, plan_id in van_kwartaal.items():
        gevonden |= {(kwartaal, code): aantal for code, aantal in per_plan[plan_id]}
    return gevonden
