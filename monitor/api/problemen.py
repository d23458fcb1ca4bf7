"""Errors as ``application/problem+json`` (RFC 9457): a Dutch title and detail, all faults of a request together."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel

VERSIE = "1.4.0"
BESCHRIJVING = "/api/v1/openapi.json"

_UITLEG = {
    "int_parsing": "Vul een geheel getal in.",
    "int_parsing_size": "Vul een geheel getal in.",
    "date_from_datetime_parsing": "Vul een datum in, bijvoorbeeld 2026-11-23.",
    "date_from_datetime_inexact": "Vul een datum in zonder tijd, bijvoorbeeld 2026-11-23.",
    "date_parsing": "Vul een datum in, bijvoorbeeld 2026-11-23.",
    "string_pattern_mismatch": "Een code bestaat uit letters, cijfers en streepjes.",
    "string_too_long": "Een code is hoogstens {max_length} tekens lang.",
    "greater_than_equal": "Vul een getal van {ge} tot en met {le} in.",
    "less_than_equal": "Vul een getal van {ge} tot en met {le} in.",
    "onbekend": "Deze parameter bestaat niet. Wel: {bekend}.",
    "dubbel": "Deze parameter staat er meer dan een keer. Vraag één waarde tegelijk.",
}


class Parameterfout(BaseModel):
    """Een parameter die niet klopt."""

    parameter: str
    reden: str


class Probleem(BaseModel):
    """Waarom er geen antwoord is, en wat er dan te doen valt (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    fouten: list[Parameterfout] = []


class Ongeldig(Exception):
    """A request that asks for something that cannot be; ``fouten`` are (parameter, reason) pairs."""

    def __init__(self, *fouten: tuple[str, str]) -> None:
        super().__init__(str(fouten))
        self.fouten = fouten


def probleem(status: int, titel: str, uitleg: str, fouten: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    """The answer; ``uitleg`` says what to do next, ``fouten`` are (parameter, reason) pairs."""
    inhoud = Probleem(type="about:blank", title=titel, status=status, detail=uitleg, fouten=_fouten(fouten))
    gegevens = inhoud.model_dump(exclude_defaults=True)
    antwoord = JsonResponse(gegevens, status=status, json_dumps_params={"ensure_ascii": False})
    antwoord["Content-Type"] = "application/problem+json"
    return met_koppen(antwoord)


def _fouten(fouten: Sequence[tuple[str, str]]) -> list[Parameterfout]:
    return [Parameterfout(parameter=naam, reden=reden) for naam, reden in fouten]


def met_koppen(antwoord: HttpResponse) -> HttpResponse:
    """Every answer names its version."""
    antwoord["API-Version"] = VERSIE
    return antwoord


def vraag_klopt_niet(fouten: Sequence[tuple[str, str]]) -> HttpResponse:
    redenen = " ".join(f"{naam}: {reden}" for naam, reden in fouten)
    return probleem(400, "De vraag klopt niet.", redenen or f"Welke vragen er zijn, staat in {BESCHRIJVING}.", fouten)


def is_er_niet() -> HttpResponse:
    uitleg = f"Dit adres bestaat niet, of u mag het niet lezen. De adressen staan in {BESCHRIJVING}."
    return probleem(404, "Dit is er niet.", uitleg)


def alleen_lezen(toegestaan: str) -> HttpResponse:
    """``toegestaan``: the methods that the address does know, for the header Allow."""
    antwoord = probleem(405, "Deze API leest alleen.", f"Vraag dit adres met {toegestaan}.")
    antwoord["Allow"] = toegestaan
    return antwoord


def registreer(api: NinjaAPI) -> None:
    """Answer every kind of error as a problem."""

    @api.exception_handler(ValidationError)
    def _(request: HttpRequest, fout: ValidationError) -> HttpResponse:
        return vraag_klopt_niet([_leesbaar(item) for item in fout.errors])

    @api.exception_handler(Ongeldig)
    def _(request: HttpRequest, fout: Ongeldig) -> HttpResponse:
        return vraag_klopt_niet(fout.fouten)

    @api.exception_handler(AuthenticationError)
    def _(request: HttpRequest, fout: AuthenticationError) -> HttpResponse:
        uitleg = "Log in op de site, of stuur een geldige sleutel mee: Authorization: Bearer <sleutel>."
        return probleem(401, "U bent niet ingelogd, of de sleutel is niet geldig.", uitleg)

    @api.exception_handler(PermissionDenied)
    def _(request: HttpRequest, fout: PermissionDenied) -> HttpResponse:
        return probleem(403, "U mag dit niet.", "Vraag de beheerder om het recht dat hierbij hoort.")

    @api.exception_handler(Http404)
    def _(request: HttpRequest, fout: Http404) -> HttpResponse:
        return is_er_niet()

    @api.exception_handler(HttpError)
    def _(request: HttpRequest, fout: HttpError) -> HttpResponse:
        return vraag_klopt_niet(()) if fout.status_code == 400 else probleem(fout.status_code, "Het lukt niet.", WACHT)


WACHT = "Vraag het over een minuut opnieuw."


def _leesbaar(item: Mapping[str, Any]) -> tuple[str, str]:
    uitleg = _UITLEG.get(item["type"], "Deze waarde klopt niet.")
    return str(item["loc"][-1]), uitleg.format(**item.get("ctx", {}))
