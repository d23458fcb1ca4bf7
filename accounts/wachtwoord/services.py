"""Change one's own password."""

from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.berichten.services import leg_klaar
from accounts.models import User
from accounts.services import schrijf_op
from accounts.sessies.opslag import beeindig_alle
from common.vaststellen.audit import gebeurtenis


@transaction.atomic
def wijzig_wachtwoord(request: HttpRequest, user: User, nieuw: str) -> None:
    """The session of this request goes on under a new key; every other one of this person ends."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.set_password(nieuw)
    user.save(update_fields=["password"])
    schrijf_op(gebeurtenis("wachtwoord gewijzigd", user, door=user, herkomst="mijn account"))
    update_session_auth_hash(request, user)
    beeindig_alle(user.pk, behalve=request.session.session_key)
    wanneer = f"{timezone.localtime():%d-%m-%Y om %H:%M}"
    leg_klaar(
        [user],
        "uw wachtwoord is gewijzigd",
        f"Uw wachtwoord is gewijzigd op {wanneer}. Uw andere sessies zijn beëindigd.",
    )
