"""The page with a person's own keys."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import ApiToken, User
from accounts.rollen import Recht
from accounts.sleutels.forms import Sleutelformulier
from accounts.sleutels.services import maak_sleutel, trek_sleutel_in
from accounts.toegang import vereist
from common.tekst.tekens import lees_sleutel
from common.vaststellen.bewaking import Geweigerd

_HERKOMST = "mijn sleutels"


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.CIJFERS_LEZEN)
def mijn_sleutels(request: HttpRequest) -> HttpResponse:
    """Make a key, which is shown in this answer alone; see and withdraw the own ones."""
    if request.POST.get("actie") == "sleutel":
        return _trek_in(request)
    formulier = Sleutelformulier(request.POST if request.method == "POST" else None)
    gemaakt = _maak(request, formulier) if formulier.is_valid() else ""
    context = {
        "gemaakt": gemaakt,
        "formulier": Sleutelformulier() if gemaakt else formulier,
        "sleutels": ApiToken.objects.filter(user__pk=request.user.pk or 0).order_by("-pk"),
        "kruimels": [("Overzicht", reverse("overzicht")), ("Hulp", reverse("hulp")), ("Mijn sleutels", "")],
    }
    status = 400 if formulier.is_bound and not gemaakt else 200
    antwoord = render(request, "accounts/sleutels/sleutels.html", context, status=status)
    antwoord["Cache-Control"] = "private, no-store"
    return antwoord


def _maak(request: HttpRequest, formulier: Sleutelformulier) -> str:
    user: User = request.user  # type: ignore[assignment]  # the page asks for a right
    try:
        return maak_sleutel(user, **formulier.cleaned_data, door=user, herkomst=_HERKOMST)
    except Geweigerd as fout:
        formulier.add_error(None, str(fout))
        return ""


def _trek_in(request: HttpRequest) -> HttpResponse:
    pk = lees_sleutel(request.POST.get("sleutel", "")) or 0
    try:
        token = trek_sleutel_in(pk, door=request.user, herkomst=_HERKOMST)  # type: ignore[arg-type]  # logged in
        messages.success(request, f"De sleutel voor {token.naam} is ingetrokken.")
    except Geweigerd as fout:
        messages.error(request, str(fout))
    return redirect("sleutels")
