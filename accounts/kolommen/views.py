"""Which columns of a table someone wants to see."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.kolommen.forms import Kolommenformulier
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.tabellen import bewaar_keuze


@require_POST
@vereist(Recht.AGENDA_LEZEN)
def kolommen(request: HttpRequest) -> HttpResponse:
    """Remember which columns of a table this person wants to see, and go back to where they were.

    ``kies`` without a table is Enter in a box, of which nobody can say for which table it was: nothing is remembered.
    """
    if request.POST.get("kies"):
        return redirect(_terug(request, ""))
    formulier = Kolommenformulier(request.POST)
    if not formulier.is_valid():
        raise BadRequest("Deze tabel of kolom is er niet.")
    tabel = formulier.cleaned_data["tabel"]
    bewaar_keuze(door=request.user, tabel=tabel, verborgen=formulier.verborgen())  # type: ignore[arg-type]  # logged in
    return redirect(_terug(request, f"#{tabel}"))


def _terug(request: HttpRequest, anker: str) -> str:
    terug = request.POST.get("terug", "")
    veilig = url_has_allowed_host_and_scheme(terug, {request.get_host()}, require_https=request.is_secure())
    return f"{terug}{anker}" if veilig else "/"
