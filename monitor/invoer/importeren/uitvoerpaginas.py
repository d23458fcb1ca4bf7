"""The values as a file in the form of an import: change it and hand it in again."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.tabellen import lever_bestand
from common.pagina.uitvoer import FORMATEN
from common.tekst.periode import Kwartaal
from monitor.invoer.importeren.uitvoer import get_rijen


@require_safe
@vereist(Recht.IMPORTEREN, bekend_bij=Recht.METING_VASTSTELLEN)
def uitvoer(request: HttpRequest, formaat: str) -> HttpResponse:
    """All quarters."""
    if formaat not in FORMATEN:
        raise Http404
    rijen = get_rijen(cast(User, request.user))
    return lever_bestand(request, formaat, naam="metingen", titel="Metingen", rijen=rijen)


def exporteer_kwartaal(request: HttpRequest, kwartaal: Kwartaal) -> HttpResponse | None:
    """The file that ``?_export=`` asks for; None when it asks for none. Its caller asked for the right."""
    formaat = request.GET.get("_export")
    if formaat is None:
        return None
    rijen = get_rijen(cast(User, request.user), kwartaal)
    naam = f"metingen-{kwartaal}"
    return lever_bestand(request, formaat, naam=naam, titel=f"Metingen {kwartaal}", rijen=rijen)
