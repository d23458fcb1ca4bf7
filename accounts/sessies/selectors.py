"""The sessions of one person, as they read them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from accounts.sessies.models import Sessie
from accounts.sessies.opslag import BEGONNEN, SessionStore

APPARAAT, ADRES = "apparaat", "adres"


@dataclass(frozen=True)
class Regel:
    """One session: ``kenmerk`` names it in a form without being good to log in with."""

    sleutel: str
    kenmerk: str
    apparaat: str
    adres: str
    begonnen: datetime
    gezien: datetime
    is_deze: bool


def get_sessies(user: User, deze: str | None) -> list[Regel]:
    """The running sessions of this person, the one in use first and then the latest."""
    rijen = Sessie.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-gezien_op")
    return sorted((_regel(rij, deze) for rij in rijen), key=lambda regel: not regel.is_deze)


def _regel(rij: Sessie, deze: str | None) -> Regel:
    data = SessionStore().decode(rij.session_data)
    begonnen = datetime.fromisoformat(data[BEGONNEN]) if BEGONNEN in data else rij.gezien_op
    kenmerk = salted_hmac("sessie", rij.pk).hexdigest()
    wat, waar = data.get(APPARAAT, "Onbekend apparaat"), data.get(ADRES, "onbekend")
    return Regel(rij.pk, kenmerk, wat, waar, begonnen, rij.gezien_op, rij.pk == deze)
