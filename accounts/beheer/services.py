"""Giving and taking roles. What is given counts from the moment a second beheerder confirms it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.beheer.bevoegd import als_beheerder, beheerders, nooit_zonder_beheerder, weiger_eigen_account
from accounts.beheer.gebieden import onbekend_gebied
from accounts.beheer.models import WAAR
from accounts.berichten.services import leg_klaar
from accounts.models import Rolvervulling, Rolvoorstel, Toegangslink, User
from accounts.rollen import fout_in_gebied
from accounts.services import adres_gegeven_door, beeindig_sessies, schrijf_op, verval_links
from common.vaststellen.audit import gebeurtenis
from common.vaststellen.bewaking import Geweigerd, Verouderd

WACHTTIJD = timedelta(hours=24)
VERLOOPT_NA = timedelta(days=14)
_EIGEN_ROL = "Niemand geeft of wijzigt de eigen rol. Vraag het een andere beheerder."
_AL_BEHANDELD = "Dit voorstel is al behandeld of verlopen. Er is niets gedaan."


def stel_rol_voor(
    *,
    user: User,
    rol: str,
    onderdeel_code: str = "",
    thema_slug: str = "",
    gemeente_slug: str = "",
    geldig_vanaf: date | None = None,
    geldig_tot: date | None = None,
    door: User | None,
    herkomst: str,
) -> Rolvoorstel:
    """Propose a role that this person does not fill in these days; another beheerder must confirm it.

    ``door`` None is a command. Raises Geweigerd with a sentence.
    """
    waar = {"onderdeel_code": onderdeel_code, "thema_slug": thema_slug, "gemeente_slug": gemeente_slug}
    with als_beheerder("rol voorstellen", door=door, herkomst=herkomst):
        if zin := fout_in_gebied(rol, **waar) or onbekend_gebied(**waar):
            raise Geweigerd(zin)
        geldigheid = {"geldig_vanaf": geldig_vanaf, "geldig_tot": geldig_tot}
        nieuw = Rolvoorstel(user=user, rol=rol, **waar, **geldigheid, voorsteller=door)
        _eis_nieuwe_dagen(nieuw)
        return _leg_voor(nieuw, door, herkomst)


def stel_verlenging_voor(
    vervulling: Rolvervulling, *, geldig_tot: date | None, door: User, herkomst: str
) -> Rolvoorstel:
    """Propose a later end, or none, for a role that has not ended; an earlier end needs no second person."""
    with als_beheerder("rol verlengen", door=door, herkomst=herkomst):
        oud = Rolvervulling.objects.select_related("user").get(pk=vervulling.pk)
        _eis_verlengbaar(oud)
        if geldig_tot is not None and (oud.geldig_tot is None or geldig_tot <= oud.geldig_tot):
            raise Geweigerd("Kies een latere einddatum dan de rol nu heeft.")
        waar = {naam: getattr(oud, naam) for naam in ("rol", *WAAR)}
        geldigheid = {"geldig_vanaf": oud.geldig_vanaf, "geldig_tot": geldig_tot}
        nieuw = Rolvoorstel(user=oud.user, **waar, **geldigheid, vervulling=oud, voorsteller=door)
        _eis_nieuwe_dagen(nieuw)
        return _leg_voor(nieuw, door, herkomst)


def _eis_verlengbaar(vervulling: Rolvervulling) -> None:
    """Of what ended the days in between stay what they were: it is given anew."""
    if vervulling.geldig_tot is None or vervulling.geldig_tot <= timezone.localdate():
        raise Geweigerd("Deze rol heeft geen einddatum, of is al geëindigd. Stel de rol dan opnieuw voor.")


def _eis_nieuwe_dagen(voorstel: Rolvoorstel) -> None:
    """The period lies ahead, and the person does not fill the same role on a day of it."""
    vandaag, tot = timezone.localdate(), voorstel.geldig_tot
    if tot is not None and tot <= max(vandaag, voorstel.geldig_vanaf or vandaag):
        raise Geweigerd("De einddatum ligt niet na vandaag en na de begindatum.")
    if _zelfde_rol(voorstel).exclude(pk=voorstel.vervulling_id or 0).exists():
        raise Geweigerd(f"{voorstel.user} heeft de rol {voorstel.in_woorden()} al in deze periode.")


def _zelfde_rol(voorstel: Rolvoorstel) -> QuerySet[Rolvervulling]:
    """The same role of the same person on a day, from today on, that the proposal is about."""
    rijen: QuerySet[Rolvervulling] = Rolvervulling.objects.ooit_vanaf(timezone.localdate()).filter(**_plek(voorstel))
    if voorstel.geldig_tot is not None:
        rijen = rijen.filter(Q(geldig_vanaf=None) | Q(geldig_vanaf__lt=voorstel.geldig_tot))
    if voorstel.geldig_vanaf is not None:
        rijen = rijen.filter(Q(geldig_tot=None) | Q(geldig_tot__gt=voorstel.geldig_vanaf))
    return rijen


def _plek(voorstel: Rolvoorstel) -> dict[str, Any]:
    return {naam: getattr(voorstel, naam) for naam in ("user", "rol", *WAAR)}


def _leg_voor(voorstel: Rolvoorstel, door: User | None, herkomst: str) -> Rolvoorstel:
    weiger_eigen_account(voorstel.user, door, _EIGEN_ROL)
    if not User.objects.filter(pk=voorstel.user_id, is_active=True).exists():
        raise Geweigerd("Dit account staat uit. Zet het eerst aan.")
    nu = timezone.now()
    _eis_geen_ander_voorstel(voorstel, nu)
    voorstel.voorgesteld_op, voorstel.verloopt_op = nu, nu + VERLOOPT_NA
    voorstel.wacht_tot = None if _anderen(voorstel, door).exists() else nu + WACHTTIJD
    voorstel.save()
    schrijf_op(gebeurtenis("rol voorgesteld", voorstel, door=door, herkomst=herkomst, naar=_in_het_spoor(voorstel)))
    if voorstel.wacht_tot:
        _sla_alarm(voorstel)
    return voorstel


def _eis_geen_ander_voorstel(voorstel: Rolvoorstel, nu: datetime) -> None:
    gelijk = Rolvoorstel.objects.filter(**_plek(voorstel), besluit="")
    gelijk.filter(verloopt_op__lte=nu).update(besluit=Rolvoorstel.Besluit.VERVALLEN, besloten_op=nu)
    if gelijk.exists():
        raise Geweigerd(f"Er wacht al een voorstel: {voorstel.in_woorden()}. Laat dat eerst bevestigen of afwijzen.")


def _anderen(voorstel: Rolvoorstel, door: User | None) -> QuerySet[User]:
    """Who could confirm: neither who proposes nor whose role it is. Of a command nobody knows who gave it."""
    return beheerders().exclude(pk__in=[door.pk, voorstel.user_id]) if door else User.objects.none()


def _in_het_spoor(voorstel: Rolvoorstel) -> dict[str, Any]:
    velden = {naam: getattr(voorstel, naam) for naam in ("geldig_vanaf", "geldig_tot", "wacht_tot")}
    dagen = {naam: waarde.isoformat() if waarde else None for naam, waarde in velden.items()}
    return {**_plek(voorstel), "user": voorstel.user.username, **dagen}


def lees_alarmen() -> QuerySet[Rolvoorstel]:
    """The open proposals that one person alone may confirm."""
    return Rolvoorstel.objects.open().exclude(wacht_tot=None).select_related("user", "voorsteller")


def alarmzin(voorstel: Rolvoorstel) -> str:
    """What everybody with a role reads while one person alone may give a role."""
    wie = voorstel.voorsteller or "Een opdracht op de server"
    vanaf = timezone.localtime(voorstel.wacht_tot)
    return (
        f"Alarm: {wie} stelt zonder tweede beheerder voor om {voorstel.user} de rol {voorstel.in_woorden()} te geven. "
        f"Dat kan vanaf {vanaf:%d-%m-%Y %H:%M}. Klopt dit niet? Meld het meteen."
    )


def _sla_alarm(voorstel: Rolvoorstel) -> None:
    """To everyone who fills a role today; on their screen it stands as long as the proposal is open."""
    vervullingen = Rolvervulling.objects.geldig_op(timezone.localdate())
    leg_klaar(
        User.objects.filter(is_active=True, pk__in=vervullingen.values("user")),
        "een rol zonder tweede beheerder",
        alarmzin(voorstel),
    )


def bevestig(voorstel_pk: int, *, door: User, herkomst: str) -> Rolvervulling:
    """Confirm what another proposed: the role counts from now on, or from its first day."""
    with als_beheerder("rol bevestigen", door=door, herkomst=herkomst):
        voorstel = _vergrendeld(voorstel_pk)
        _eis_bevestigbaar(voorstel, door)
        _besluit(voorstel, Rolvoorstel.Besluit.BEVESTIGD, door)
        vervulling = _voer_uit(voorstel, door, herkomst)
        beeindig_sessies(voorstel.user)
        verval_links(voorstel.user, getoond=True)
        zin = f"U heeft een rol gekregen: {voorstel.in_woorden()}. Log opnieuw in om die te gebruiken."
        leg_klaar([voorstel.user], "u heeft een rol gekregen", zin, f"Bevestigd door {door}.")
        return vervulling


def _vergrendeld(pk: int) -> Rolvoorstel:
    rijen = Rolvoorstel.objects.open().select_for_update(of=("self",)).select_related("user", "voorsteller")
    voorstel: Rolvoorstel | None = rijen.filter(pk=pk).first()
    if voorstel is None:
        raise Verouderd(_AL_BEHANDELD)
    return voorstel


def waarom_niet(voorstel: Rolvoorstel, door: User) -> str:
    """Why this person cannot confirm the proposal now; nothing when they can."""
    if voorstel.user_id == door.pk:
        return "Dit gaat over uw eigen rol. Een andere beheerder bevestigt dit."
    if voorstel.wacht_tot and voorstel.wacht_tot > timezone.now():
        vanaf = timezone.localtime(voorstel.wacht_tot)
        return f"Er was geen tweede beheerder: bevestigen kan vanaf {vanaf:%d-%m-%Y %H:%M}."
    if voorstel.voorsteller_id == door.pk:
        ander = voorstel.wacht_tot is None or _anderen(voorstel, door).exists()
        return "U stelde dit zelf voor. Een andere beheerder bevestigt dit." if ander else ""
    if voorstel.voorsteller and not beheerders().filter(pk=voorstel.voorsteller.pk).exists():
        return f"{voorstel.voorsteller} is geen beheerder meer. Wijs dit af en stel het zelf voor."
    return "" if voorstel.user.is_active else "Dit account staat uit."


def let_op(voorstel: Rolvoorstel) -> str:
    """What who confirms must know: that who proposed could have set the password of this account."""
    links = Toegangslink.objects.filter(user=voorstel.user, gebruikt_op__isnull=False)
    link = links.select_related("gemaakt_door").order_by("-gebruikt_op").first()
    if link is None or link.gemaakt_door_id != voorstel.voorsteller_id:
        return ""
    wie = link.gemaakt_door or "Een opdracht op de server"
    if link.getoond:
        return f"{wie} kreeg zelf de link voor dit wachtwoord te zien."
    if adres_gegeven_door(voorstel.user) != voorstel.voorsteller_id:
        return ""
    return f"{wie} vulde zelf het e-mailadres in waar de link voor dit wachtwoord heen ging. Vraag het de persoon zelf."


def _eis_bevestigbaar(voorstel: Rolvoorstel, door: User) -> None:
    weiger_eigen_account(voorstel.user, door, _EIGEN_ROL)
    if voorstel.wacht_tot is None and voorstel.voorsteller:
        weiger_eigen_account(voorstel.voorsteller, door, "Wie een rol voorstelt, bevestigt die niet.")
    if zin := waarom_niet(voorstel, door):
        raise Geweigerd(zin)
    _eis_nieuwe_dagen(voorstel)
    if voorstel.vervulling:
        _eis_verlengbaar(voorstel.vervulling)


def _besluit(voorstel: Rolvoorstel, besluit: str, door: User | None) -> None:
    voorstel.besluit, voorstel.besloten_door, voorstel.besloten_op = besluit, door, timezone.now()
    voorstel.save(update_fields=["besluit", "besloten_door", "besloten_op"])


def _voer_uit(voorstel: Rolvoorstel, door: User, herkomst: str) -> Rolvervulling:
    vervulling = voorstel.vervulling or _nieuwe_vervulling(voorstel)
    van = vervulling.in_het_spoor if vervulling.pk else None
    vervulling.geldig_tot = voorstel.geldig_tot
    vervulling.save()
    reden = f"Voorgesteld door {voorstel.voorsteller or 'een opdracht op de server'}."
    wat: dict[str, Any] = {
        "door": door,
        "herkomst": herkomst,
        "reden": reden,
        "van": van,
        "naar": vervulling.in_het_spoor,
    }
    schrijf_op(gebeurtenis("rol gewijzigd" if van else "rol gegeven", vervulling, **wat))
    return vervulling


def _nieuwe_vervulling(voorstel: Rolvoorstel) -> Rolvervulling:
    """Never from before today: nobody had the role then. What was withdrawn on its first day is begun anew."""
    vandaag = timezone.localdate()
    sleutel = {**_plek(voorstel), "geldig_vanaf": max(voorstel.geldig_vanaf or vandaag, vandaag)}
    return Rolvervulling.objects.filter(**sleutel).first() or Rolvervulling(**sleutel)


def wijs_af(voorstel_pk: int, *, door: User, herkomst: str) -> None:
    """Decide that a role is not given; any beheerder may, also who proposed it."""
    with als_beheerder("rolvoorstel afwijzen", door=door, herkomst=herkomst):
        voorstel = _vergrendeld(voorstel_pk)
        _besluit(voorstel, Rolvoorstel.Besluit.AFGEWEZEN, door)
        schrijf_op(gebeurtenis("rolvoorstel afgewezen", voorstel, door=door, herkomst=herkomst))


def trek_rol_in(vervulling: Rolvervulling, *, door: User, herkomst: str) -> None:
    """End a role now; one that has not begun never will. Needs no second person."""
    kort_rol_in(vervulling, timezone.localdate(), door=door, herkomst=herkomst)


def kort_rol_in(vervulling: Rolvervulling, geldig_tot: date, *, door: User, herkomst: str) -> None:
    """End a role on an earlier day than it would; needs no second person."""
    with als_beheerder("rol intrekken", door=door, herkomst=herkomst):
        rij = Rolvervulling.objects.select_for_update(of=("self",)).select_related("user").get(pk=vervulling.pk)
        weiger_eigen_account(rij.user, door, _EIGEN_ROL)
        einde = max(geldig_tot, timezone.localdate(), rij.geldig_vanaf or geldig_tot)
        if rij.geldig_tot is not None and rij.geldig_tot <= einde:
            raise Geweigerd("Deze rol eindigt al op die dag of eerder.")
        with nooit_zonder_beheerder():
            beeindig_rol(rij, einde, door=door, herkomst=herkomst)
        beeindig_sessies(rij.user)


def beeindig_rol(rij: Rolvervulling, einde: date, *, door: User | None, herkomst: str) -> None:
    """Write the end of a role; what was proposed about it no longer counts."""
    van = rij.in_het_spoor
    rij.geldig_tot = einde
    rij.save(update_fields=["geldig_tot"])
    handeling = "rol gewijzigd" if einde > timezone.localdate() else "rol ingetrokken"
    schrijf_op(gebeurtenis(handeling, rij, door=door, herkomst=herkomst, van=van, naar=rij.in_het_spoor))
    laat_vervallen(Rolvoorstel.objects.filter(vervulling=rij))


def laat_vervallen(voorstellen: QuerySet[Rolvoorstel]) -> None:
    """What these open proposals were about has changed: they can no longer be confirmed."""
    voorstellen.filter(besluit="").update(besluit=Rolvoorstel.Besluit.VERVALLEN, besloten_op=timezone.now())
