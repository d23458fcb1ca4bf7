"""Accounts: made, renamed, given an address, switched off and on; each with its row in the audit trail."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.beheer.bevoegd import als_beheerder, beheerders, nooit_zonder_beheerder, weiger_eigen_account
from accounts.beheer.models import WAAR
from accounts.beheer.services import beeindig_rol, laat_vervallen, stel_rol_voor
from accounts.berichten.services import leg_klaar, leg_klaar_voor_adres
from accounts.models import ApiToken, Rolvervulling, Rolvoorstel, User
from accounts.services import beeindig_sessies, schrijf_op, verval_links
from common.vaststellen.audit import gebeurtenis
from common.vaststellen.bewaking import Geweigerd

NAMEN = ("username", "first_name", "last_name")


def maak_account(
    *, username: str, first_name: str = "", last_name: str = "", email: str = "", door: User | None, herkomst: str
) -> User:
    """An account without role or password: its owner sets one with a link, and two beheerders give a role."""
    with als_beheerder("account maken", door=door, herkomst=herkomst):
        _eis_vrije_naam(username)
        user = User(username=username, first_name=first_name, last_name=last_name, email=email)
        user.set_unusable_password()
        user.save()
        naar = {naam: getattr(user, naam) for naam in (*NAMEN, "email") if getattr(user, naam)}
        schrijf_op(gebeurtenis("account gemaakt", user, door=door, herkomst=herkomst, naar=naar))
        return user


def _eis_vrije_naam(username: str, behalve: int = 0) -> None:
    if User.objects.filter(username__iexact=username).exclude(pk=behalve).exists():
        raise Geweigerd("Er is al een account met deze gebruikersnaam.")


def wijzig_account(user: User, *, door: User, herkomst: str, **velden: str) -> bool:
    """Change names or the address of an account; gives whether anything changed. The old address is told."""
    with als_beheerder("account wijzigen", door=door, herkomst=herkomst):
        nu = User.objects.select_for_update().get(pk=user.pk)
        anders = {naam: waarde for naam, waarde in velden.items() if getattr(nu, naam) != waarde}
        _eis_vrije_naam(anders.get("username", ""), behalve=nu.pk)
        for handeling, namen in (("account hernoemd", NAMEN), ("adres gewijzigd", ("email",))):
            _schrijf(nu, {n: w for n, w in anders.items() if n in namen}, handeling, door=door, herkomst=herkomst)
        return bool(anders)


def _schrijf(user: User, anders: dict[str, str], handeling: str, *, door: User, herkomst: str) -> None:
    if not anders:
        return
    van = {naam: getattr(user, naam) for naam in anders}
    for naam, waarde in anders.items():
        setattr(user, naam, waarde)
    if "email" in anders:
        user.adres_gewijzigd_op = timezone.now()
        _meld_nieuw_adres(user, van["email"], door)
    user.save(update_fields=[*anders, "adres_gewijzigd_op"])
    schrijf_op(gebeurtenis(handeling, user, door=door, herkomst=herkomst, van=van, naar=anders))


def _meld_nieuw_adres(user: User, oud: str, door: User) -> None:
    """Whoever gets the mail of an account can get its link: the owner and the other beheerders hear of it."""
    zin = f"Het e-mailadres van het account {user.username} is gewijzigd door {door}."
    leg_klaar_voor_adres(oud, "uw e-mailadres is gewijzigd", zin, "Berichten gaan voortaan naar het nieuwe adres.")
    leg_klaar(beheerders().exclude(pk__in=[user.pk, door.pk]), "een e-mailadres is gewijzigd", zin)


def zet_uit(user: User, *, door: User, herkomst: str) -> None:
    """Switch an account off: sessions, links, keys and proposals of it end for good."""
    with als_beheerder("account uitzetten", door=door, herkomst=herkomst):
        weiger_eigen_account(user, door, "U kunt uw eigen account niet uitzetten.")
        with nooit_zonder_beheerder():
            if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
                raise Geweigerd("Dit account staat al uit.")
        beeindig_sessies(user)
        verval_links(user)
        ApiToken.objects.filter(user=user, ingetrokken_op=None).update(ingetrokken_op=timezone.now())
        laat_vervallen(Rolvoorstel.objects.filter(user=user))
        _leg_aan_uit_vast(user, "account uitgezet", False, door, herkomst)


def zet_aan(user: User, *, door: User, herkomst: str) -> list[Rolvoorstel]:
    """Switch an account on. Its roles end and are proposed anew: what comes back is given, by two."""
    with als_beheerder("account aanzetten", door=door, herkomst=herkomst):
        weiger_eigen_account(user, door, "U kunt uw eigen account niet aanzetten.")
        if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            raise Geweigerd("Dit account staat al aan.")
        user.is_active = True
        beeindig_sessies(user)
        _leg_aan_uit_vast(user, "account aangezet", True, door, herkomst)
        return [_opnieuw(rij, door, herkomst) for rij in _rollen_van(user)]


def _leg_aan_uit_vast(user: User, handeling: str, aan: bool, door: User, herkomst: str) -> None:
    wat: dict[str, Any] = {"van": {"is_active": not aan}, "naar": {"is_active": aan}}
    schrijf_op(gebeurtenis(handeling, user, door=door, herkomst=herkomst, **wat))


def _rollen_van(user: User) -> list[Rolvervulling]:
    return list(Rolvervulling.objects.ooit_vanaf(timezone.localdate()).filter(user=user).select_related("user"))


def _opnieuw(rij: Rolvervulling, door: User, herkomst: str) -> Rolvoorstel:
    velden: dict[str, Any] = {naam: getattr(rij, naam) for naam in ("rol", *WAAR, "geldig_vanaf", "geldig_tot")}
    vandaag = timezone.localdate()
    beeindig_rol(rij, max(vandaag, rij.geldig_vanaf or vandaag), door=door, herkomst=herkomst)
    return stel_rol_voor(user=rij.user, **velden, door=door, herkomst=herkomst)
