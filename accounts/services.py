"""Writing users and roles."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from accounts.models import Rolvervulling, User
from common.audit import gebeurtenis, leg_vast


@transaction.atomic
def maak_gebruiker(
    *,
    naam: str,
    wachtwoord: str,
    rol: str,
    onderdeel_code: str = "",
    thema_slug: str = "",
    door: User | None,
    herkomst: str,
    demo: bool = False,
) -> tuple[User, bool]:
    """Make an account with one role, or give an existing account that role as well.

    Returns the user and whether the account is new. An existing account keeps its password. Raises
    ValidationError when the password is too weak; demo accounts have a public one and are exempt.
    """
    user = User.objects.filter(username=naam).first()
    nieuw = user is None
    if user is None:
        user = User(username=naam, demo=demo)
        if not demo:
            validate_password(wachtwoord, user)
        user.set_password(wachtwoord)
        user.save()
    geef_rol(user=user, rol=rol, onderdeel_code=onderdeel_code, thema_slug=thema_slug, door=door, herkomst=herkomst)
    return user, nieuw


@transaction.atomic
def geef_rol(
    *, user: User, rol: str, onderdeel_code: str = "", thema_slug: str = "", door: User | None, herkomst: str
) -> Rolvervulling:
    vervulling, nieuw = Rolvervulling.objects.get_or_create(
        user=user, rol=rol, onderdeel_code=onderdeel_code, thema_slug=thema_slug
    )
    if nieuw:
        leg_vast([gebeurtenis("rol gegeven", user, door=door, herkomst=herkomst, naar={"rol": str(vervulling)})])
    return vervulling
