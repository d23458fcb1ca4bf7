"""Log in and out, and find back what was typed when the session ended."""

from typing import Any

from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.inloggen.adres import adres_van, ruw_adres
from accounts.inloggen.apparaat import onthoud_apparaat
from accounts.inloggen.forms import Inlogformulier
from accounts.inloggen.getypt import houd_eigen, teruggevonden, vergeet
from accounts.inloggen.logboek import beveiliging
from accounts.rollen import Recht
from accounts.sessies.apparaatnaam import apparaatnaam
from accounts.sessies.opslag import WAS_VAN, ruim_sessies_op
from accounts.sessies.selectors import ADRES, APPARAAT


class Inloggen(views.LoginView):
    """Log in with name and password; a person who is logged in already goes on to the overview."""

    template_name = "accounts/inloggen.html"
    authentication_form = Inlogformulier
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """Who leads one district begins there, everybody else at the overview."""
        codes = self.request.user.districten_met(Recht.PERSONEEL_DISTRICT)  # type: ignore[union-attr]  # logged in
        return reverse("formatie_district", args=[*codes]) if len(codes) == 1 else super().get_default_redirect_url()

    def form_valid(self, form: Any) -> HttpResponse:
        antwoord: Any = super().form_valid(form)
        request, naam = self.request, form.cleaned_data["username"]
        request.session[APPARAAT] = apparaatnaam(request.headers.get("User-Agent", ""))
        request.session[ADRES] = ruw_adres(adres_van(request))
        onthoud_apparaat(request, antwoord, naam)
        ruim_sessies_op()
        if houd_eigen(request):
            antwoord["Location"] = reverse("getypt")
        beveiliging.warning("ingelogd, naam=%s adres=%s", form.get_user().get_username(), adres_van(request))
        return antwoord

    def form_invalid(self, form: Any) -> HttpResponse:
        antwoord: HttpResponse = super().form_invalid(form)
        poging = getattr(form, "poging", None)
        if poging and poging.dicht_tot:
            antwoord.status_code = 429
            antwoord["Retry-After"] = str(60 * poging.minuten)
        for fout in form.non_field_errors().as_data():
            if fout.code == "druk" and fout.params:  # nobody got to the password: nothing is said about it
                antwoord.status_code, antwoord["Retry-After"] = 503, str(fout.params["later"])
        return antwoord


class Uitloggen(views.LogoutView):
    """Log out; only by POST, so that no link or image can do it. A form in another window is still of who was here."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        wie = request.user.pk
        antwoord: HttpResponse = super().post(request, *args, **kwargs)
        request.session[WAS_VAN] = wie
        return antwoord


@require_http_methods(["GET", "HEAD", "POST"])
def getypt(request: HttpRequest) -> HttpResponse:
    """The forms as they were typed when the session ended, to send again or to throw away."""
    if request.method == "POST":
        vergeet(request, request.POST.get("weg", ""))
        return redirect("getypt" if houd_eigen(request) else "overzicht")
    return render(request, "accounts/getypt.html", {"formulieren": teruggevonden(request)})
