"""The pages of a beheerder. Every change goes through a service, which asks anew who may do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.beheer.forms import Accountformulier, Eindeformulier, Rolformulier
from accounts.beheer.overzicht import lees_accounts, lees_rollen, lees_stappen, lees_voorstellen
from accounts.beheer.personen import maak_account, wijzig_account, zet_aan, zet_uit
from accounts.beheer.services import (
    bevestig,
    kort_rol_in,
    stel_rol_voor,
    stel_verlenging_voor,
    trek_rol_in,
    wijs_af,
)
from accounts.beheer.tables import Accounttabel, accountrijen
from accounts.berichten.services import link_adres
from accounts.models import ApiToken, Rolvervulling, Rolvoorstel, User
from accounts.rollen import Recht
from accounts.sleutels.services import trek_sleutel_in
from accounts.toegang import vereist
from accounts.toegangslink.services import maak_link
from common.pagina.tabellen import richt_in
from common.pagina.tonen import exporteer
from common.pagina.velden import Formulier
from common.tekst.tekens import lees_sleutel
from common.vaststellen.bewaking import Geweigerd

_HERKOMST = "beheer"
_ACCOUNTS = "Accounts en rollen"
_METHODEN = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODEN)
@vereist(Recht.GEBRUIKERS_BEHEREN)
def accounts(request: HttpRequest) -> HttpResponse:
    """Everyone with an account, and what waits for a second beheerder."""
    if request.method == "POST":
        return _doe(request, _besluit(request))
    rijen = accountrijen(lees_accounts())
    tabel = richt_in(Accounttabel(rijen, titel="Accounts", empty_text="Er zijn geen accounts."), request)
    context = {
        "tabel": tabel,
        "voorstellen": lees_voorstellen(_door(request)),
        "kruimels": [("Overzicht", reverse("overzicht")), ("Beheer", reverse("beheer")), (_ACCOUNTS, "")],
    }
    return exporteer(request, tabel) or render(request, "accounts/beheer/accounts.html", context)


@require_http_methods(_METHODEN)
@vereist(Recht.GEBRUIKERS_BEHEREN)
def nieuw(request: HttpRequest) -> HttpResponse:
    """Make an account without a role or a password."""
    formulier = Accountformulier(request.POST if request.method == "POST" else None)
    if formulier.is_valid():
        try:
            user = maak_account(**formulier.cleaned_data, door=_door(request), herkomst=_HERKOMST)
        except Geweigerd as fout:
            formulier.add_error("username", str(fout))
        else:
            messages.success(request, f"Het account {user} is gemaakt. Maak nu een link en stel een rol voor.")
            return redirect("beheer_gebruiker", user.pk)
    context = {"formulier": formulier, "kruimels": _kruimels("Nieuw account")}
    return render(request, "accounts/beheer/nieuw.html", context, status=400 if formulier.is_bound else 200)


@require_http_methods(_METHODEN)
@vereist(Recht.GEBRUIKERS_BEHEREN)
def sleutels(request: HttpRequest) -> HttpResponse:
    """Every key of everyone, to withdraw."""
    if request.method == "POST":
        return _doe(request, lambda: _trek_sleutel_in(request))
    alle = ApiToken.objects.select_related("user").order_by("user__username", "-pk")
    context = {"sleutels": alle, "met_eigenaar": True, "kruimels": _kruimels("API-sleutels")}
    return render(request, "accounts/beheer/sleutels.html", context)


@require_http_methods(_METHODEN)
@vereist(Recht.GEBRUIKERS_BEHEREN)
def gebruiker(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: who it is, what it may do, what waits, what happened."""
    user = get_object_or_404(User, pk=pk)
    if request.method != "POST":
        return _toon(request, user)
    met_formulier: dict[str, Callable[[HttpRequest, User], HttpResponse]] = {
        "wijzig": _wijzig,
        "rol": _stel_rol_voor,
        "link": _maak_link,
    }
    if handeling := met_formulier.get(request.POST.get("actie", "")):
        return handeling(request, user)
    return _doe(request, _handeling(request, user))


def _handeling(request: HttpRequest, user: User) -> Callable[[], str]:
    """What a button on the page of an account does; its answer is a sentence."""
    handelingen: dict[str, Callable[[], str]] = {
        "uit": lambda: _zet_uit(request, user),
        "aan": lambda: _zet_aan(request, user),
        "einde": lambda: _nieuw_einde(request, user),
        "intrekken": lambda: _trek_rol_in(request, user),
        "sleutel": lambda: _trek_sleutel_in(request),
    }
    return handelingen.get(request.POST.get("actie", "")) or _besluit(request)


def _besluit(request: HttpRequest) -> Callable[[], str]:
    pk = _nummer(request, "voorstel")
    besluiten: dict[str, Callable[[], str]] = {
        "bevestig": lambda: _bevestig(request, pk),
        "wijs_af": lambda: _wijs_af(request, pk),
    }
    if besluit := besluiten.get(request.POST.get("actie", "")):
        return besluit
    raise BadRequest


def _doe(request: HttpRequest, handeling: Callable[[], str]) -> HttpResponse:
    """Do it, say what was done or why not, and go back to the page."""
    try:
        messages.success(request, handeling())
    except Geweigerd as fout:
        messages.error(request, str(fout))
    return redirect(request.path)


def _door(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]  # every page here asks for a right


def _nummer(request: HttpRequest, naam: str) -> int:
    return lees_sleutel(request.POST.get(naam, "")) or 0


def _wie(request: HttpRequest) -> dict[str, Any]:
    return {"door": _door(request), "herkomst": _HERKOMST}


def _bevestig(request: HttpRequest, pk: int) -> str:
    vervulling = bevestig(pk, **_wie(request))
    return f"Bevestigd: {vervulling.user} is {vervulling}."


def _wijs_af(request: HttpRequest, pk: int) -> str:
    wijs_af(pk, **_wie(request))
    return "Het voorstel is afgewezen."


def _trek_sleutel_in(request: HttpRequest) -> str:
    token = trek_sleutel_in(_nummer(request, "sleutel"), **_wie(request))
    return f"De sleutel {token} is ingetrokken."


def _zet_uit(request: HttpRequest, user: User) -> str:
    zet_uit(user, **_wie(request))
    return "Het account staat uit. Sessies, links en sleutels ervan zijn beëindigd."


def _zet_aan(request: HttpRequest, user: User) -> str:
    aantal = len(zet_aan(user, **_wie(request)))
    return "Het account staat aan. " + ("De rollen wachten op bevestiging." if aantal else "Het heeft geen rollen.")


def _rol_van(user: User, pk: int) -> Rolvervulling:
    return get_object_or_404(Rolvervulling.objects.select_related("user"), pk=pk, user=user)


def _trek_rol_in(request: HttpRequest, user: User) -> str:
    rij = _rol_van(user, _nummer(request, "vervulling"))
    trek_rol_in(rij, **_wie(request))
    return f"De rol {rij} is ingetrokken."


def _nieuw_einde(request: HttpRequest, user: User) -> str:
    """An earlier end counts at once; a later one, or none, is a proposal."""
    formulier = Eindeformulier(request.POST)
    if not formulier.is_valid():
        raise Geweigerd("Vul een dag in als einddatum.")
    rij, einde = _rol_van(user, formulier.cleaned_data["vervulling"]), formulier.cleaned_data["geldig_tot"]
    if einde is None or (rij.geldig_tot is not None and einde > rij.geldig_tot):
        return _zin_bij(stel_verlenging_voor(rij, geldig_tot=einde, **_wie(request)))
    kort_rol_in(rij, einde, **_wie(request))
    return f"De rol {rij} heeft een andere einddatum."


def _zin_bij(voorstel: Rolvoorstel) -> str:
    if voorstel.wacht_tot is None:
        return "Uw voorstel ligt klaar. Een andere beheerder moet het bevestigen."
    uitleg = (
        "Er is geen andere beheerder: iedereen met een rol krijgt bericht, en na een dag kunt u het zelf bevestigen."
    )
    return f"Uw voorstel ligt klaar. {uitleg}"


def _wijzig(request: HttpRequest, user: User) -> HttpResponse:
    formulier = Accountformulier(request.POST)
    if formulier.is_valid():
        try:
            anders = wijzig_account(user, **_wie(request), **formulier.cleaned_data)
        except Geweigerd as fout:
            formulier.add_error("username", str(fout))
        else:
            messages.success(request, "Het account is gewijzigd." if anders else "Er is niets gewijzigd.")
            return redirect(request.path)
    return _toon(request, user, accountformulier=formulier)


def _stel_rol_voor(request: HttpRequest, user: User) -> HttpResponse:
    formulier = Rolformulier(request.POST)
    if formulier.is_valid():
        try:
            voorstel = stel_rol_voor(user=user, **formulier.cleaned_data, **_wie(request))
        except Geweigerd as fout:
            formulier.add_error(None, str(fout))
        else:
            messages.success(request, _zin_bij(voorstel))
            return redirect(request.path)
    return _toon(request, user, rolformulier=formulier)


def _maak_link(request: HttpRequest, user: User) -> HttpResponse:
    """Shown in this answer alone; it is kept nowhere."""
    try:
        sleutel = maak_link(user, **_wie(request))
    except Geweigerd as fout:
        messages.error(request, str(fout))
        return redirect(request.path)
    if sleutel:
        return _toon(request, user, link=link_adres(sleutel))
    messages.success(request, f"De link gaat per e-mail naar {user}. De link werkt één keer, 24 uur lang.")
    return redirect(request.path)


def _toon(request: HttpRequest, user: User, *, link: str = "", **getypt: Formulier) -> HttpResponse:
    context = {
        "account": user,
        "is_eigen": user == request.user,
        "link": link,
        "accountformulier": Accountformulier.van(user),
        "rolformulier": Rolformulier(),
        "rollen": lees_rollen(user),
        "voorstellen": lees_voorstellen(_door(request), user),
        "sleutels": user.tokens.order_by("-pk"),
        "stappen": lees_stappen(user),
        "kruimels": _kruimels(str(user)),
        **getypt,
    }
    antwoord = render(request, "accounts/beheer/gebruiker.html", context, status=400 if getypt else 200)
    antwoord["Cache-Control"] = "private, no-store"
    return antwoord


def _kruimels(titel: str) -> list[tuple[str, str]]:
    boven = [("Beheer", reverse("beheer")), (_ACCOUNTS, reverse("beheer_accounts"))]
    return [("Overzicht", reverse("overzicht")), *boven, (titel, "")]
