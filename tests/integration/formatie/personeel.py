"""Approved bezetting for tests, and the plan it stands beside."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from formatie.models import Bezetting, Districtsformatie, Formatieplan, Onderdeel
from tests.factories import UserFactory

MOMENT = datetime(2025, 11, 1, 9, 0, tzinfo=UTC)
Q1 = Kwartaal(2025, 1)


def leg_vast(onderdeel: Onderdeel, kwartaal: Kwartaal = Q1, soort: str = "basisteam", **velden: object) -> Bezetting:
    cijfers = {naam: waarde if waarde is None else Decimal(str(waarde)) for naam, waarde in velden.items()}
    return Bezetting.objects.create(
        onderdeel=onderdeel,
        soort=soort,
        jaar=kwartaal.jaar,
        kwartaal=kwartaal.nummer,
        **({"os": Decimal(40), "nos": Decimal(10)} | cijfers),
        staat=Staat.VASTGESTELD,
        ingevoerd_door=UserFactory(username="invoerder"),
        ingevoerd_op=MOMENT,
        vastgesteld_door=UserFactory(username="goedkeurder"),
        vastgesteld_op=MOMENT,
    )


def maak_plan(onderdelen: dict[str, Onderdeel], fte: str = "45", wijk: str = "8") -> Formatieplan:
    """A plan that gives every team the same places."""
    dag = date(2023, 1, 1)
    plan, _ = Formatieplan.objects.get_or_create(
        slug="proef",
        defaults={
            "naam": "Proefplan", "besluit": "RVO", "besluitdatum": dag, "geldig_vanaf": dag, "bronregel": "1"
        },
    )  # fmt: skip
    teams = [o for o in onderdelen.values() if o.soort == Onderdeel.Soort.BASISTEAM]
    Districtsformatie.objects.bulk_create(
        Districtsformatie(
            plan=plan, onderdeel=team, soort=soort, fte=Decimal(aantal), fte_gedrukt=aantal, bronregel="1"
        )
        for team in teams
        for soort, aantal in (("basisteam", fte), ("wijkagenten", wijk))
    )
    return plan
