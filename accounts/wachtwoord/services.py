"""Change one's own password."""

from django.contrib.auth import update_session_auth_hash
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.inloggen.logboek import beveiliging
from accounts.models import User
from accounts.sessies.opslag import beeindig_alle
from common.vaststellen.audit import gebeurtenis, leg_vast

ONDERWERP = "Uw wachtwoord van de Strategiemonitor is gewijzigd"


def wijzig_wachtwoord(request: HttpRequest, user: User, nieuw: str) -> None:
    """The session of this request goes on under a new key; every other one of this person ends."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        user.set_password(nieuw)
        user.save(update_fields=["password"])
        leg_vast([gebeurtenis("wachtwoord gewijzigd", user, door=user, herkomst="mijn account")])
        update_session_auth_hash(request, user)
        beeindig_alle(user.pk, behalve=request.session.session_key)
    beveiliging.warning("wachtwoord gewijzigd, naam=%s", user.get_username())
    _bericht(user)


def _bericht(user: User) -> None:
    """A server for mail that is away does not undo the change."""
    if not user.email:
        return
    wanneer = timezone.localtime()
    tekst = (
        f"Beste {user},\n\nUw wachtwoord van de Strategiemonitor is gewijzigd op {wanneer:%d-%m-%Y om %H:%M}. "
        "Uw andere sessies zijn beëindigd.\n\nDeed u dit niet zelf? Bel dan meteen de beheerder.\n"
    )
    try:
        send_mail(ONDERWERP, tekst, None, [user.email])
    except OSError as fout:
        beveiliging.warning("bericht over een gewijzigd wachtwoord niet verstuurd: %s", type(fout).__name__)
