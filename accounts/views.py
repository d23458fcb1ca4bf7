from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.forms import Kolommenformulier
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.tabellen import bewaar_keuze


class Inloggen(views.LoginView):
    """Log in with name and password; a person who is logged in already goes on to the overview."""

    template_name = "accounts/inloggen.html"
    redirect_authenticated_user = True

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Of a password that nobody got to, the name is kept and nothing is said about it."""
        antwoord = super().form_invalid(form)
        for fout in form.non_field_errors().as_data():
            if fout.code == "druk" and fout.params:
                antwoord.status_code, antwoord["Retry-After"] = 503, str(fout.params["later"])
        return antwoord


class Uitloggen(views.LogoutView):
    """Log out; only by POST, so that no link or image can do it."""


@require_POST
@vereist(Recht.AGENDA_LEZEN)
def kolommen(request: HttpRequest) -> HttpResponse:
    """Remember which columns of a table this person wants to see, and go back to where they were."""
    formulier = Kolommenformulier(request.POST)
    if not formulier.is_valid():
        raise BadRequest("Deze tabel of kolom is er niet.")
    tabel, terug = formulier.cleaned_data["tabel"], request.POST.get("terug", "")
    bewaar_keuze(door=request.user, tabel=tabel, verborgen=formulier.verborgen())  # type: ignore[arg-type]
    veilig = url_has_allowed_host_and_scheme(terug, {request.get_host()}, require_https=request.is_secure())
    return redirect(f"{terug}#{tabel}" if veilig else "/")
