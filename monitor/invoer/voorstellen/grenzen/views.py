"""The page of the limits of an indicator: from when they start anew, with a form to propose another start."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.tekst.periode import Kwartaal
from common.vaststellen.bewaking import Geweigerd
from common.vaststellen.model import Staat
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.soorten import GRENS
from monitor.invoer.vaststellen.voorleggen import BOVENAAN, kruimels, meld_fouten, trek_eigen_in
from monitor.invoer.voorstellen.grenzen.forms import Grensformulier
from monitor.invoer.voorstellen.grenzen.selectors import Advies, Grenzenbeeld, get_grenzen, lees_adviezen
from monitor.invoer.voorstellen.grenzen.services import stel_grenzen_voor
from monitor.models import Indicator
from monitor.reikwijdte import lees_reikwijdte

_HERKOMST = "scherm grenzen"


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.CIJFERS_LEZEN)
def grensbesluiten(request: HttpRequest, code: str) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    indicator = get_object_or_404(Indicator, code=code)
    mag = lees_reikwijdte(user, Recht.DEFINITIE_VOORSTELLEN).bevat(code, "")
    if request.method == "POST" and not mag:
        raise PermissionDenied
    getypt = Grensformulier(request.POST) if request.method == "POST" else None
    if getypt and _handel_af(request, user, indicator, getypt):
        return redirect(reverse("indicator_grenzen", args=[code]) + BOVENAAN)
    beeld = get_grenzen(user, indicator)
    advies = next(iter(lees_adviezen(user, [indicator])), None)
    in_behandeling = beeld.open is not None and beeld.open.staat == Staat.INGEDIEND
    context = {
        "indicator": indicator,
        "beeld": beeld,
        "advies": advies,
        "formulier": (getypt or _begin_met(beeld, advies)) if mag and (getypt or not in_behandeling) else None,
        "kruimels": kruimels(indicator, "Grenzen"),
    }
    return render(request, "monitor/invoer/voorstellen/grenzen/grenzen.html", context, status=400 if getypt else 200)


def _begin_met(beeld: Grenzenbeeld, advies: Advies | None) -> Grensformulier:
    """What was sent back, the quarter since which the values lie elsewhere, or the quarter of today."""
    if beeld.open:
        return Grensformulier(initial=beeld.open.inhoud)
    nu = advies.begin if advies else Kwartaal.van(timezone.localdate())
    return Grensformulier(initial={"jaar": nu.jaar, "kwartaal": nu.nummer})


def _handel_af(request: HttpRequest, user: User, indicator: Indicator, formulier: Grensformulier) -> bool:
    """Take back or propose, and say what was done; False when the form must be shown again with its faults."""
    if "intrekken" in request.POST:
        trek_eigen_in(request, GRENS, _HERKOMST, indicator=indicator)
        return True
    if not formulier.is_valid():
        return False
    try:
        stel_grenzen_voor(indicator, **formulier.cleaned_data, door=user, herkomst=_HERKOMST)
    except (InvoerFout, Geweigerd) as fout:
        meld_fouten(formulier, fout)
        return False
    messages.success(request, "Uw voorstel ligt klaar. Een ander moet het vaststellen.")
    return True
