"""The link with which the owner of an account sets a password, made by a beheerder who never knows that password.

Who reads the link can become the owner. Of an account with roles it therefore goes by mail alone, to an address that
is a day old; only a link that gives nothing is shown to who made it.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from accounts.beheer.bevoegd import als_beheerder, weiger_eigen_account
from accounts.beheer.models import vingerafdruk
from accounts.berichten.services import LINK, geef_geheim, leg_klaar
from accounts.models import Rolvervulling, Rolvoorstel, Toegangslink, User
from accounts.services import adres_gegeven_door, beeindig_sessies, schrijf_op, verval_links
from common.locks import Slot, houd_slot
from common.vaststellen.audit import gebeurtenis
from common.vaststellen.bewaking import Geweigerd

ADRES_RUST = timedelta(hours=24)


def maak_link(user: User, *, door: User | None, herkomst: str) -> str:
    """Make a link for this account; every earlier one is dead. Gives its secret, or nothing when it goes by mail.

    The password that there is keeps working until the link is used. ``door`` None is a command, which shows the link.
    """
    with als_beheerder("eenmalige link maken", door=door, herkomst=herkomst):
        nu = User.objects.select_for_update().get(pk=user.pk)
        weiger_eigen_account(nu, door, "Voor uw eigen account maakt een andere beheerder een link.")
        _eis_bruikbaar(nu, door)
        tonen = door is None or not nu.email
        verval_links(nu)
        stand = vingerafdruk(nu.password)
        link = Toegangslink.objects.create(user=nu, gemaakt_door=door, getoond=tonen, wachtwoordstand=stand)
        naar = {"getoond": tonen}
        schrijf_op(gebeurtenis("eenmalige link gemaakt", nu, door=door, herkomst=herkomst, naar=naar))
        _meld(link, door)
        return geef_geheim(link) if tonen else ""


def _eis_bruikbaar(user: User, door: User | None) -> None:
    if not user.is_active:
        raise Geweigerd("Dit account staat uit. Zet het eerst aan.")
    if door is None or not _geeft_iets(user):
        return
    if not user.email:
        raise Geweigerd(
            "Dit account heeft een rol of krijgt die: de link gaat alleen per e-mail. Vul eerst het e-mailadres in."
        )
    if adres_gegeven_door(user) == door.pk:
        raise Geweigerd(
            "U vulde zelf het e-mailadres van dit account in. Laat een andere beheerder de link maken, of gebruik "
            "op de server de opdracht maak_link."
        )
    if user.adres_gewijzigd_op and user.adres_gewijzigd_op > timezone.now() - ADRES_RUST:
        vanaf = timezone.localtime(user.adres_gewijzigd_op + ADRES_RUST)
        raise Geweigerd(f"Het e-mailadres is net gewijzigd. Een link maken kan vanaf {vanaf:%d-%m-%Y %H:%M}.")


def _geeft_iets(user: User) -> bool:
    """The account fills a role, will, or may as soon as somebody confirms it."""
    rollen = Rolvervulling.objects.ooit_vanaf(timezone.localdate()).filter(user=user)
    return rollen.exists() or Rolvoorstel.objects.open().filter(user=user).exists()


def _meld(link: Toegangslink, door: User | None) -> None:
    wie = f"{door or 'Een opdracht op de server'} heeft een link gemaakt waarmee u een wachtwoord instelt."
    if link.getoond:
        leg_klaar([link.user], "er is een link gemaakt", f"{wie} U krijgt die link van die persoon.")
    else:
        uitleg = f"De link werkt één keer, tot 24 uur na dit bericht:\n{LINK}"
        leg_klaar([link.user], "stel uw wachtwoord in", wie, uitleg, link=link)


def link_bij(sleutel: str) -> Toegangslink | None:
    """The link this is the secret of, when it still sets a password."""
    levend = Toegangslink.objects.filter(gebruikt_op=None, vervallen_op=None, geldig_tot__gt=timezone.now())
    link = levend.filter(vingerafdruk=vingerafdruk(sleutel), user__is_active=True).select_related("user").first()
    return link if link and link.wachtwoordstand == vingerafdruk(link.user.password) else None


@transaction.atomic
def gebruik_link(sleutel: str, wachtwoord: str) -> User | None:
    """Set the password of the owner and end the link and every session; None when the link no longer works.

    Raises ValidationError when the password is too weak; the link then still works.
    """
    houd_slot(Slot.ACCOUNTS)
    link = link_bij(sleutel)
    if link is None:
        return None
    user = link.user
    validate_password(wachtwoord, user)
    user.set_password(wachtwoord)
    user.save(update_fields=["password"])
    link.gebruikt_op = timezone.now()
    link.save(update_fields=["gebruikt_op"])
    beeindig_sessies(user)
    schrijf_op(gebeurtenis("wachtwoord gewijzigd", user, door=user, herkomst="eenmalige link"))
    leg_klaar([user], "uw wachtwoord is gewijzigd", "Het wachtwoord van uw account is gewijzigd met een link.")
    return user
