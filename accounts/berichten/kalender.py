"""The address of a person's calendar file: made, renewed and withdrawn by that person, shown once.

Who knows the address reads the deadlines of its owner without logging in, and nothing else.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.beheer.models import vingerafdruk
from accounts.models import Kalenderadres, User
from accounts.services import schrijf_op
from common.locks import Slot, houd_slot
from common.vaststellen.audit import gebeurtenis

_HERKOMST = "mijn account"


@transaction.atomic
def maak_kalenderadres(user: User) -> str:
    """The whole address, which is kept nowhere; the one that was there before is dead."""
    houd_slot(Slot.ACCOUNTS)
    geheim = secrets.token_urlsafe(32)
    user = User.objects.get(pk=user.pk)
    stand = {"vingerafdruk": vingerafdruk(geheim), "gemaakt_op": timezone.now()}
    adres, _ = Kalenderadres.objects.update_or_create(user=user, defaults=stand)
    schrijf_op(gebeurtenis("kalenderadres gemaakt", user, door=user, herkomst=_HERKOMST))
    return settings.SITE_URL.rstrip("/") + reverse("kalender", args=[adres.pk, geheim])


@transaction.atomic
def trek_kalenderadres_in(user: User) -> bool:
    """Whether there was one."""
    houd_slot(Slot.ACCOUNTS)
    ingetrokken = Kalenderadres.objects.filter(user=user).exclude(vingerafdruk="").update(vingerafdruk="")
    if ingetrokken:
        user = User.objects.get(pk=user.pk)
        schrijf_op(gebeurtenis("kalenderadres ingetrokken", user, door=user, herkomst=_HERKOMST))
    return bool(ingetrokken)


def get_kalenderadres(user: User) -> Kalenderadres | None:
    """The address that works now."""
    return Kalenderadres.objects.filter(user=user).exclude(vingerafdruk="").first()


def eigenaar_van_kalender(nummer: int, geheim: str) -> User | None:
    """Whose calendar this is; None for an address that never was or no longer is one. As slow for every wrong one."""
    adres = Kalenderadres.objects.filter(pk=nummer, user__is_active=True).select_related("user").first()
    goed = constant_time_compare(adres.vingerafdruk if adres else "", vingerafdruk(geheim))
    return adres.user if adres and goed else None
