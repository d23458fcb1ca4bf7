"""The read API under ``/api/v1/``: GET only, no trailing slash, the same figures as the screens."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI

from monitor.api import cijfers, naslag
from monitor.api.problemen import registreer
from monitor.api.toegang import AANMELDING

VERSIE = "1.0.0"


class Leesapi(NinjaAPI):
    def create_response(self, request: HttpRequest, data: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Every answer names its version and is not kept by anyone on the way."""
        antwoord = super().create_response(request, data, *args, **kwargs)
        antwoord["API-Version"] = VERSIE
        antwoord["Cache-Control"] = "no-store"
        return antwoord


api = Leesapi(
    title="Strategiemonitor",
    version=VERSIE,
    description="Indicatoren, doelstellingen, metingen, doelbereik en formatie. Getallen zijn tekst met een punt.",
    urls_namespace="api",
    auth=AANMELDING,
    docs_url=None,
    openapi_url=None,
)
api.add_router("", naslag.router)
api.add_router("", cijfers.router)
registreer(api)


@api.get("/openapi.json", auth=None, include_in_schema=False, url_name="openapi")
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API; it holds no figures and may be read by anyone, from any site."""
    antwoord = JsonResponse(api.get_openapi_schema(path_prefix="/api/v1/"), json_dumps_params={"ensure_ascii": False})
    antwoord["Access-Control-Allow-Origin"] = "*"
    antwoord["API-Version"] = VERSIE
    return antwoord
