"""Errors as ``application/problem+json``: a Dutch title, and all faults of a request together."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

_UITLEG = {
    "int_parsing": "Vul een geheel getal in.",
    "missing": "Deze parameter ontbreekt.",
    "date_from_datetime_parsing": "Vul een datum in, bijvoorbeeld 2026-11-23.",
    "date_parsing": "Vul een datum in, bijvoorbeeld 2026-11-23.",
    "string_pattern_mismatch": "Een code bestaat uit letters, cijfers en streepjes.",
    "string_too_long": "Deze tekst is te lang.",
    "extra_forbidden": "Deze parameter bestaat niet.",
}


class Ongeldig(Exception):
    """A request that asks for something that cannot be; ``fouten`` are (parameter, reason) pairs."""

    def __init__(self, *fouten: tuple[str, str]) -> None:
        super().__init__(str(fouten))
        self.fouten = fouten


def probleem(status: int, titel: str, fouten: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    inhoud: dict[str, Any] = {"type": "about:blank", "title": titel, "status": status}
    if fouten:
        inhoud["fouten"] = [{"parameter": naam, "reden": reden} for naam, reden in fouten]
    antwoord = JsonResponse(inhoud, status=status, json_dumps_params={"ensure_ascii": False})
    antwoord["Content-Type"] = "application/problem+json"
    return antwoord


def registreer(api: NinjaAPI) -> None:
    """Answer every kind of error as a problem."""

    @api.exception_handler(ValidationError)
    def _(request: HttpRequest, fout: ValidationError) -> HttpResponse:
        return probleem(400, "De vraag klopt niet.", [_leesbaar(item) for item in fout.errors])

    @api.exception_handler(Ongeldig)
    def _(request: HttpRequest, fout: Ongeldig) -> HttpResponse:
        return probleem(400, "De vraag klopt niet.", fout.fouten)

    @api.exception_handler(AuthenticationError)
    def _(request: HttpRequest, fout: AuthenticationError) -> HttpResponse:
        return probleem(401, "U bent niet ingelogd, of de sleutel is niet geldig.")

    @api.exception_handler(PermissionDenied)
    def _(request: HttpRequest, fout: PermissionDenied) -> HttpResponse:
        return probleem(403, "U mag dit niet.")

    @api.exception_handler(Http404)
    def _(request: HttpRequest, fout: Http404) -> HttpResponse:
        return probleem(404, "Dit is er niet.")

    @api.exception_handler(HttpError)
    def _(request: HttpRequest, fout: HttpError) -> HttpResponse:
        return probleem(fout.status_code, "De vraag klopt niet.")


def _leesbaar(item: Mapping[str, Any]) -> tuple[str, str]:
    naam = str(item["loc"][-1])
    grens = item.get("ctx", {})
    if item["type"] in ("greater_than_equal", "less_than_equal"):
        return naam, f"Vul een getal van {grens.get('ge', 'minder')} tot en met {grens.get('le', 'meer')} in."
    return naam, _UITLEG.get(item["type"], "Deze waarde klopt niet.")
