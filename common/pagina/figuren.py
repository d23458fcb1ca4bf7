"""Hand over what a worker drew of a chart for the browser, or have it drawn and say to ask again."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers

from common.grafiek.beeld import Beeld, merk
from common.grafiek.figuur import uitpakken, vind, vraag

WACHT = "1"  # seconds


def lever_figuur(request: HttpRequest, beeld: Beeld) -> HttpResponse:
    """200 with the figure, 304 for who has it, 202 where it is being drawn. Only for who was shown this chart."""
    etag = f'"{merk(beeld)}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == etag:
        return _met_kop(HttpResponse(status=304), etag)
    ingepakt = vind(beeld)
    if ingepakt is None:
        vraag(beeld)
        return JsonResponse(
            {"merk": merk(beeld)}, status=202, headers={"Retry-After": WACHT, "Cache-Control": "no-store"}
        )
    return _met_kop(_antwoord(request, ingepakt), etag)


def _antwoord(request: HttpRequest, ingepakt: bytes) -> HttpResponse:
    leest_br = "br" in request.headers.get("Accept-Encoding", "")
    antwoord = HttpResponse(ingepakt if leest_br else uitpakken(ingepakt), content_type="application/json")
    if leest_br:
        antwoord["Content-Encoding"] = "br"
    return antwoord


def _met_kop(antwoord: HttpResponse, etag: str) -> HttpResponse:
    antwoord["ETag"] = etag
    patch_vary_headers(antwoord, ["Accept-Encoding", "Cookie"])
    return antwoord
