"""What a beheerder sees of the trail: that and when, who and about what; never a figure, nor the reason given."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.models import AuditEvent, Schakel
from monitor.models import Spooralarm

_ZONDER_WAARDEN = ("op", "door_naam", "handeling", "object_soort", "object_naam", "herkomst")


def get_open_alarmen(user: User) -> QuerySet[Spooralarm]:
    """For who keeps watch; nothing for anyone else."""
    open_ = Spooralarm.objects.filter(hersteld_op=None)
    return open_ if user.is_authenticated and user.mag(Recht.SPOOR_BEWAKEN) else open_.none()


def tel_open_alarmen(user: User) -> Mapping[str, int]:
    """How many there are about what; one query, none for who does not keep watch."""
    if not (user.is_authenticated and user.mag(Recht.SPOOR_BEWAKEN)):
        return {}
    return Counter(get_open_alarmen(user).order_by().values_list("over", flat=True))


def get_maanden() -> list[datetime]:
    """The first moments of the months in which something happened, the latest first."""
    return list(AuditEvent.objects.datetimes("op", "month", order="DESC"))


def get_gebeurtenissen(maand: datetime) -> QuerySet[AuditEvent]:
    """Of one month, the latest first, each with its number in the chain."""
    begin, eind = maand, timezone.make_aware(datetime(maand.year + maand.month // 12, maand.month % 12 + 1, 1))  # noqa: DTZ001  # made aware
    nummer = Schakel.objects.filter(gebeurtenis=OuterRef("pk")).values("nummer")
    binnen = AuditEvent.objects.filter(op__gte=begin, op__lt=eind).annotate(nummer=Subquery(nummer))
    return binnen.only("pk", *_ZONDER_WAARDEN).order_by("-op", "-pk")
