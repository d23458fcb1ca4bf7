"""The read API under ``/api/v1/``: GET only, no trailing slash, the same figures as the screens."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from common.pagina.inzage import meld_inzage
from monitor.api import cijfers, naslag
from monitor.api.problemen import VERSIE, Probleem, registreer
from monitor.api.sturing import agenda, ambities, duidingen, overleg, planactiviteiten, wijzigingen
from monitor.api.toegang import AANMELDING

_BASIS = "/api/v1"
_FOUTEN = {
    "400": "De vraag klopt niet: een parameter die niet bestaat, of een waarde die niet kan.",
    "401": "Niet ingelogd, of de sleutel is niet geldig.",
    "404": "Het adres bestaat niet, of u mag het niet lezen.",
    "429": "Te veel vragen in een minuut; Retry-After zegt hoe lang u wacht.",
    "503": "De gegevens zijn even niet bereikbaar.",
}


class Leesapi(NinjaAPI):
    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        """The one place where what was read goes out: that it was read stays in the log."""
        if isinstance(data, dict) and "resultaten" in data:
            meld_inzage(request, bereik="api", rijen=len(data["resultaten"]), totaal=data["totaal"])
        return super().create_response(request, data, **kwargs)

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: object = None) -> OpenAPISchema:
        """What ninja makes of it, with what every answer has: its version, and the form of an error."""
        beschrijving = super().get_openapi_schema(path_prefix="")
        vorm = Probleem.model_json_schema(ref_template="#/components/schemas/{model}")
        beschrijving["components"]["schemas"] |= {**vorm.pop("$defs"), "Probleem": vorm}
        for pad in beschrijving["paths"].values():
            antwoorden = pad["get"]["responses"]
            antwoorden |= {status: _fout(uitleg) for status, uitleg in _FOUTEN.items()}
            for antwoord in antwoorden.values():
                antwoord["headers"] = {"API-Version": _VERSIEKOP}
        return beschrijving


_VERSIEKOP = {"description": "De versie van de API.", "schema": {"type": "string", "examples": [VERSIE]}}


def _fout(uitleg: str) -> dict[str, object]:
    inhoud = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Probleem"}}}
    return {"description": uitleg, "content": inhoud}


def _contact() -> dict[str, str]:
    """Whom to ask: those who keep this monitor, at the address that its e-mail comes from."""
    adres = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
    return {"name": "Beheer van de Strategiemonitor", "url": f"{settings.SITE_URL}/hulp/", "email": adres}


api = Leesapi(
    title="Strategiemonitor",
    version=VERSIE,
    description="Indicatoren, doelstellingen, metingen, doelbereik en formatie. Getallen zijn tekst met een punt.",
    urls_namespace="api",
    auth=AANMELDING,
    docs_url=None,
    openapi_url=None,
    servers=[{"url": _BASIS, "description": "Deze monitor"}],
    openapi_extra={"info": {"contact": _contact()}},
)
api.add_router("", naslag.router)
api.add_router("", cijfers.router)
api.add_router("", duidingen.router)
api.add_router("", ambities.router)
api.add_router("", agenda.router)
api.add_router("", planactiviteiten.router)
api.add_router("", overleg.router)
api.add_router("", wijzigingen.router)
registreer(api)


@api.get("/openapi.json", auth=None, include_in_schema=False, url_name="openapi")
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API; it holds no figures and may be read by anyone, from any site."""
    antwoord = JsonResponse(api.get_openapi_schema(), json_dumps_params={"ensure_ascii": False})
    antwoord["Access-Control-Allow-Origin"] = "*"
    return antwoord
