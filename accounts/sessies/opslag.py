"""How sessions are kept: thirty minutes after the last act of the person, twelve hours after the log-in, no longer.

Django asks for the name ``SessionStore`` in the module of ``SESSION_ENGINE``.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.sessies.models import Sessie

STIL = timedelta(minutes=30)
LANGST = timedelta(hours=12)
STAP = timedelta(minutes=1)  # acts within it cost no write
BEWAARD = timedelta(days=1)
VOORBIJ = datetime(1970, 1, 1, tzinfo=UTC)  # of an ended session: before any clock that is set back
BEGONNEN = "begonnen"
WAS_VAN = "was_van"  # in the session of who is not logged in any more: who they were


class SessionStore(DatabaseStore):
    rij: Sessie | None = None

    @classmethod
    def get_model_class(cls) -> type[Sessie]:
        return Sessie

    def _get_session_from_db(self) -> Sessie | None:
        self.rij = super()._get_session_from_db()  # type: ignore[misc]  # Django's own, not in the stubs
        return self.rij

    def create_model_instance(self, data: dict[str, Any]) -> Sessie:
        nu = timezone.now()
        if SESSION_KEY in data:
            data.setdefault(BEGONNEN, nu.isoformat())
        rij: Any = super().create_model_instance(data)
        rij.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        rij.gezien_op, rij.expire_date = nu, einde(data, nu)
        return rij

    def save(self, must_create: bool = False) -> None:
        """A request that was under way while its session was ended does not bring that back."""
        with transaction.atomic():
            if not must_create and self.session_key and not self._leeft():
                raise UpdateError
            super().save(must_create)

    def _leeft(self) -> bool:
        levend = Sessie.objects.filter(pk=self.session_key, expire_date__gt=timezone.now())
        return bool(levend.select_for_update().values_list("pk", flat=True))

    def delete(self, session_key: str | None = None) -> None:
        """Dead for good, whatever cookie comes back or whichever way the clock is moved."""
        if sleutel := session_key or self.session_key:
            beeindig(sleutel)

    def verleng(self) -> None:
        """The person did something: the half hour begins anew. Never brings an ended session back."""
        nu = timezone.now()
        if self.rij is None or nu - self.rij.gezien_op < STAP:
            return
        levend = Sessie.objects.filter(pk=self.rij.pk, expire_date__gt=nu)
        # Who only reads goes on reading, also where nothing can be written now.
        with suppress(DatabaseError), transaction.atomic():
            levend.update(gezien_op=nu, expire_date=einde(dict(self.items()), nu))


def einde(data: dict[str, Any], nu: datetime) -> datetime:
    """When a session that is used now ends. Of who is not logged in it holds what they typed: it may wait."""
    if BEGONNEN not in data:
        return nu + LANGST
    return min(nu + STIL, datetime.fromisoformat(data[BEGONNEN]) + LANGST)


def beeindig(*sleutels: str) -> int:
    return Sessie.objects.filter(pk__in=sleutels, expire_date__gt=VOORBIJ).update(
        expire_date=VOORBIJ, session_data="", gezien_op=timezone.now()
    )


def beeindig_alle(user_id: int, behalve: str | None = None) -> int:
    """End every session of a person, but the one they are in; how many there were."""
    open_ = Sessie.objects.filter(user_id=user_id, expire_date__gt=timezone.now()).exclude(pk=behalve)
    return beeindig(*open_.values_list("pk", flat=True))


def ruim_sessies_op() -> None:
    Sessie.objects.filter(gezien_op__lt=timezone.now() - BEWAARD, expire_date__lt=timezone.now()).delete()


def eigenaar_van(sleutel: str) -> int | None:
    """Whose session this is or was, also when it ended today."""
    return Sessie.objects.filter(pk=sleutel).values_list("user_id", flat=True).first() if sleutel else None
