"""The trail of the ladder: written by the program, each time that a matter stands on another step than it did."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from common.locks import Slot, probeer_slot
from common.models import AuditEvent
from common.vaststellen.audit import leg_vast
from sturing.lezen.ladder import LADDER, Laddercijfers, Ladderpunt, get_laddersporen
from sturing.regels.ladder import Trede

_HERKOMST = "ladder"
HOGER, LAGER, ERAF = "hoger op de ladder gezet", "lager op de ladder gezet", "van de ladder gehaald"


@transaction.atomic
def houd_ladder_bij(op: datetime | None = None) -> int:
    """Write down every step since the last time; gives how many. Again, or by two at once, it writes nothing twice."""
    if not probeer_slot(Slot.LADDER):
        return 0
    op = op or timezone.now()
    cijfers, was = Laddercijfers.lees(timezone.localdate(op)), _lees_treden()
    anders = [(was.get(p.indicator.code, Trede.GEEN), p) for p in cijfers.van_eenheid()]
    stappen = [_stap(van, punt, op) for van, punt in anders if van is not punt.stand.trede]
    leg_vast(stappen)
    return len(stappen)


def _lees_treden() -> Mapping[str, Trede]:
    """On which step each indicator stands as the trail has it."""
    laatste = get_laddersporen().order_by("object_id", "-pk").distinct("object_id")
    return {code: Trede((naar or {})["trede"]) for code, naar in laatste.values_list("object_id", "naar")}


def _stap(van: Trede, punt: Ladderpunt, op: datetime) -> AuditEvent:
    naar = punt.stand.trede
    return AuditEvent(
        op=op,
        door_id=None,
        door_naam="het systeem",
        handeling=ERAF if naar is Trede.GEEN else HOGER if naar > van else LAGER,
        object_soort=LADDER,
        object_id=punt.indicator.code,
        object_naam=punt.indicator.naam[:300],
        van={"trede": int(van)},
        naar={"trede": int(naar), "kwartaal": str(punt.kwartaal), "kwartalen": punt.stand.kwartalen},
        herkomst=_HERKOMST,
    )
