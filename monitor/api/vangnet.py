"""Whatever answers under ``/api/`` answers in the form of the API: also an address that does not exist."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from monitor.api.problemen import WACHT, alleen_lezen, is_er_niet, met_koppen, probleem, vraag_klopt_niet

# What belongs to the body that is replaced.
_VAN_INHOUD = ("Content-Type", "Content-Length", "Content-Language", "Location")


class Vangnet:
    """Middleware: errors of Django itself become problems, and HEAD is answered as GET without its body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        alleen_koppen = request.method == "HEAD"
        request.method = "GET" if alleen_koppen else request.method
        antwoord = met_koppen(_in_vorm(self.get_response(request)))
        return _zonder_inhoud(antwoord) if alleen_koppen else antwoord


def _in_vorm(antwoord: HttpResponse) -> HttpResponse:
    if antwoord.status_code < 300 or antwoord["Content-Type"].startswith("application/problem+json"):
        return antwoord
    nieuw = _probleem_bij(antwoord)
    for naam, waarde in antwoord.items():
        if naam not in _VAN_INHOUD and naam not in nieuw:
            nieuw[naam] = waarde
    nieuw.cookies = antwoord.cookies
    return nieuw


def _probleem_bij(antwoord: HttpResponse) -> HttpResponse:
    """A redirect is an address with a slash too few or too many: that one does not exist."""
    if antwoord.status_code == 405:
        return alleen_lezen(antwoord.get("Allow", "GET"))
    if antwoord.status_code < 400 or antwoord.status_code == 404:
        return is_er_niet()
    if antwoord.status_code == 400:
        return vraag_klopt_niet(())
    return probleem(antwoord.status_code, "Het lukt niet.", WACHT)


def _zonder_inhoud(antwoord: HttpResponse) -> HttpResponse:
    lengte = len(antwoord.content)
    antwoord.content = b""
    antwoord["Content-Length"] = str(lengte)
    return antwoord
