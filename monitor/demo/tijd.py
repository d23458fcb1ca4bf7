"""When the fictitious figures came in: on the days it would really have happened."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from common.tekst.periode import Kwartaal

HERKOMST = "demo"
DAGEN_NA_EINDE = 20
DAGEN_TOT_BESLUIT = 3


def moment(kwartaal: Kwartaal, dagen: int, nu: datetime) -> datetime:
    """So many days after the quarter, and never later than now."""
    dag = datetime.combine(kwartaal.einde() + timedelta(days=dagen), time(10, 30))
    return min(timezone.make_aware(dag), nu - timedelta(minutes=2))


def tekenmoment(op: datetime, nu: datetime) -> datetime:
    """When what came in at ``op`` was approved."""
    return min(op + timedelta(days=DAGEN_TOT_BESLUIT), nu)
