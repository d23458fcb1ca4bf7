"""To follow a thing, to follow it no longer, and to say that what changed was seen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from common.vaststellen.audit import gebeurtenis, leg_vast
from common.vaststellen.bewaking import Geweigerd, NietToegestaan, bewaakt
from sturing.lezen.volgingen import mag_volgen, vind_volgbaar
from sturing.models import VOLGBAAR, Volging, Volgstand

GEVOLGD, NIET_MEER = "gevolgd", "niet meer gevolgd"


def volg(
    soort: str, sleutel: str, *, door: User, herkomst: str, op: datetime | None = None, demo: bool = False
) -> Volging:
    """Follow it from now on; what is followed already stays as it is. Raises NietToegestaan, Geweigerd."""
    op = op or timezone.now()
    with bewaakt("volgen", door=door, herkomst=herkomst):
        if not mag_volgen(door, soort):
            raise NietToegestaan("U mag dit niet lezen, en dus niet volgen.")
        ding = vind_volgbaar(soort, sleutel)
        if ding is None:
            raise Geweigerd("Dit is er niet meer. Er is niets gewijzigd.")
        _begin(door, op)
        volging, nieuw = Volging.objects.get_or_create(user=door, **{soort: ding}, defaults={"op": op, "demo": demo})
        leg_vast([_in_spoor(GEVOLGD, volging, door, herkomst, op)] if nieuw else [])
    return volging


def _begin(door: User, op: datetime) -> None:
    """Who follows a first thing hears nothing of before that day."""
    if not Volging.objects.filter(user=door).exists():
        gisteren = timezone.localtime(op).date() - timedelta(days=1)
        Volgstand.objects.update_or_create(user=door, defaults={"verteld_tot": gisteren, "pogingen": 0, "fout": ""})


def volg_niet_meer(soort: str, sleutel: str, *, door: User, herkomst: str, op: datetime | None = None) -> bool:
    """Whether it was followed; also of what may not be read any more."""
    if soort not in VOLGBAAR:
        raise Geweigerd("Dit kunt u niet volgen. Er is niets gewijzigd.")
    if vind_volgbaar(soort, sleutel) is None:
        return False
    with bewaakt("niet meer volgen", door=door, herkomst=herkomst):
        eigen = Volging.objects.filter(user=door, **{f"{soort}__{VOLGBAAR[soort]}": sleutel})
        weg = list(eigen.select_related(*VOLGBAAR).select_for_update(of=("self",)))
        leg_vast([_in_spoor(NIET_MEER, een, door, herkomst, op) for een in weg])
        eigen.delete()
    return bool(weg)


def meld_gezien(door: User, op: datetime | None = None) -> None:
    """From now on "since my last time" begins here."""
    Volgstand.objects.update_or_create(user=door, defaults={"gezien_op": op or timezone.now()})


def _in_spoor(handeling: str, volging: Volging, door: User, herkomst: str, op: datetime | None) -> Any:
    wat = {"wat": f"{volging.soort}: {volging.voorwerp}"}
    return gebeurtenis(handeling, volging, door=door, herkomst=herkomst, naar=wat, op=op)
