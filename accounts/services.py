"""Writing users and roles."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from accounts.models import Rolvervulling, User
from common.vaststellen.audit import gebeurtenis, leg_vast


@transaction.atomic
def maak_gebruiker(
    *,
    naam: str,
    wachtwoord: str,
    rol: str,
    onderdeel_code: str = "",
    thema_slug: str = "",
    gemeente_slug: str = "",
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
        leg_vast([gebeurtenis("account gemaakt", user, door=door, herkomst=herkomst, naar={"username": naam})])
    waar = {"onderdeel_code": onderdeel_code, "thema_slug": thema_slug, "gemeente_slug": gemeente_slug}
    geef_rol(user=user, rol=rol, **waar, door=door, herkomst=herkomst)
    return user, nieuw


@transaction.atomic
def geef_rol(
    *,
    user: User,
    rol: str,
    onderdeel_code: str = "",
    thema_slug: str = "",
    gemeente_slug: str = "",
    door: User | None,
    herkomst: str,
) -> Rolvervulling:
    """Give a role. A municipality is put on the role this person fills without one, so that nobody fills it twice."""
    waar: dict[str, Any] = {"user": user, "rol": rol, "onderdeel_code": onderdeel_code, "thema_slug": thema_slug}
    zonder = Rolvervulling.objects.filter(**waar, gemeente_slug="").first() if gemeente_slug else None
    if zonder is not None:
        return _geef_gemeente(zonder, gemeente_slug, door, herkomst)
    vervulling, nieuw = Rolvervulling.objects.get_or_create(**waar, gemeente_slug=gemeente_slug)
    if nieuw:
        naar = vervulling.in_het_spoor
        leg_vast([gebeurtenis("rol gegeven", vervulling, door=door, herkomst=herkomst, naar=naar)])
    return vervulling


def _geef_gemeente(vervulling: Rolvervulling, gemeente_slug: str, door: User | None, herkomst: str) -> Rolvervulling:
    van = vervulling.in_het_spoor
    vervulling.gemeente_slug = gemeente_slug
    vervulling.save(update_fields=["gemeente_slug"])
    naar = vervulling.in_het_spoor
    leg_vast([gebeurtenis("rol gewijzigd", vervulling, door=door, herkomst=herkomst, van=van, naar=naar)])
    return vervulling
