"""Accounts and roles written at once, for the first people of a site and for a demo; and what ends with an account."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.beheer.models import WAAR
from accounts.models import Rolvervulling, Toegangslink, User
from common.locks import Slot, houd_slot
from common.vaststellen.audit import AuditEvent, gebeurtenis, leg_vast
from common.vaststellen.bewaking import log


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
    """Make an account with one role, or give an existing account that role as well; nobody confirms it.

    Only for who sets up a site and for a demo: see ``accounts.beheer.bevoegd.is_in_gebruik``. Returns the user and
    whether the account is new. An existing account keeps its password. Raises ValidationError when the password is
    too weak; demo accounts have a public one and are exempt.
    """
    houd_slot(Slot.ACCOUNTS)
    user = User.objects.filter(username=naam).first()
    nieuw = user is None
    if user is None:
        user = User(username=naam, demo=demo)
        if not demo:
            validate_password(wachtwoord, user)
        user.set_password(wachtwoord)
        user.save()
        schrijf_op(gebeurtenis("account gemaakt", user, door=door, herkomst=herkomst, naar={"username": naam}))
    waar = {"onderdeel_code": onderdeel_code, "thema_slug": thema_slug, "gemeente_slug": gemeente_slug}
    geef_rol(user=user, rol=rol, **waar, door=door, herkomst=herkomst)
    return user, nieuw


def geef_rol(*, user: User, rol: str, door: User | None, herkomst: str, **waar: str) -> Rolvervulling:
    """Give a role. A municipality is put on the role this person fills without one, so that nobody fills it twice."""
    plek: dict[str, Any] = {"user": user, "rol": rol, **dict.fromkeys(WAAR, ""), **waar}
    nu = Rolvervulling.objects.geldig_op(timezone.localdate())
    if gevonden := nu.filter(**plek).first():
        return gevonden
    vervulling = nu.filter(**plek | {"gemeente_slug": ""}).first() or Rolvervulling(**plek)
    van = vervulling.in_het_spoor if vervulling.pk else None
    vervulling.gemeente_slug = plek["gemeente_slug"]
    vervulling.save()
    wat: dict[str, Any] = {"door": door, "herkomst": herkomst, "van": van, "naar": vervulling.in_het_spoor}
    schrijf_op(gebeurtenis("rol gewijzigd" if van else "rol gegeven", vervulling, **wat))
    return vervulling


def schrijf_op(wat: AuditEvent) -> None:
    """Who did what to an account, in the audit trail and as one line for who watches the log."""
    leg_vast([wat])
    user = (wat.naar or {}).get("user") if wat.object_soort == "rolvervulling" else None
    waarover = f"{wat.object_naam} voor {user}" if user else wat.object_naam
    log.warning("%s", " ".join(f"{wat.handeling}: {waarover}, door {wat.door_naam} ({wat.herkomst})".split()))


def beeindig_sessies(user: User) -> None:
    """End every session of this person for good, also those of an account that is switched on again later."""
    User.objects.filter(pk=user.pk).update(sessiestempel=F("sessiestempel") + 1)


def adres_gegeven_door(user: User) -> int | None:
    """Who filled in the address to which the link of this account goes, by the trail; None: nobody on the site."""
    sporen = AuditEvent.objects.filter(object_soort="user", object_id=str(user.pk), naar__has_key="email")
    return sporen.order_by("-pk").values_list("door_id", flat=True).first()


def verval_links(user: User, **welke: bool) -> None:
    """No link of this person that was made before still sets a password."""
    Toegangslink.objects.filter(user=user, gebruikt_op=None, vervallen_op=None, **welke).update(
        vervallen_op=timezone.now()
    )
