"""What a visitor gets while the database is away: a 503 that says whether what they sent was saved, only when sure.

Nothing can have been saved when no statement that writes was ever handed to the database. Once one was, the answer
may have been lost after the commit, and the page says so instead of guessing.
"""

import sys
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, DataError, InterfaceError, InternalError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.defaults import bad_request, server_error

from accounts.inloggen import getypt
from common.pagina.peildatum import BestaatNiet, Uitgelegd
from config.web import termijn
from config.web.wachtwoord import DrukMetInloggen
from monitor.api.problemen import probleem

VEILIG = ("GET", "HEAD", "OPTIONS", "TRACE")
LEZEND = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET", "SHOW")
WEG = "De gegevens zijn even niet bereikbaar."
WACHT = "30"  # seconds
_FORMULIEREN = ("multipart/form-data", "application/x-www-form-urlencoded")
_BESTAND_WEG = "U was uitgelogd, en uw bestand is niet aangekomen. Kies en verstuur het opnieuw."
_TEKST_WEG = "U was uitgelogd, en wat u verstuurde is niet bewaard. Vul het opnieuw in."
_ALLEEN_LEZEN = "25006"  # PostgreSQL's code: a write in a database, or on a standby, that may only be read


class Schrijfspoor:
    """Middleware that notes for each request whether anything was written, and refuses one that waited too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.heeft_geschreven = False  # type: ignore[attr-defined]  # read by ``_antwoord`` below
        over = termijn.over()
        if over is not None and over <= 0:
            return _antwoord(request)

        def kijk(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            schreef = not str(sql).lstrip("\n (").upper().startswith(LEZEND)
            try:
                return execute(sql, params, many, context)
            except DataError as onleesbaar:
                if not schreef and _zoekt_nul(params):
                    raise BestaatNiet(
                        "Dit bestaat niet: in het adres of in het formulier staat een teken dat nergens in voorkomt."
                    ) from onleesbaar
                raise
            except InternalError as geweigerd:
                schreef = schreef and not _alleen_lezen(geweigerd)
                raise
            finally:
                request.heeft_geschreven |= schreef  # type: ignore[attr-defined]  # set by who began

        with connection.execute_wrapper(kijk):
            return self.get_response(request)


def _zoekt_nul(params: Any) -> bool:
    """Whether a text that no text of the database can be is looked for: what is not there, as any other name."""
    return any("\x00" in str(deel) for deel in params or ())


class Sessie(SessionMiddleware):
    """A page that was only read is shown, also when its session could not be written."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except DatabaseError:
            if request.method not in VEILIG or response.status_code >= 500:
                raise
            return response


def fout(request: HttpRequest) -> HttpResponse:
    """The handler of every error that nobody caught; Django calls it while the error is handled."""
    oorzaak = sys.exc_info()[1]
    even_weg = isinstance(oorzaak, OperationalError | InterfaceError | DrukMetInloggen) or _alleen_lezen(oorzaak)
    return _antwoord(request) if even_weg else server_error(request)


def _alleen_lezen(oorzaak: BaseException | None) -> bool:
    return isinstance(oorzaak, InternalError) and getattr(oorzaak.__cause__, "sqlstate", "") == _ALLEEN_LEZEN


def _antwoord(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        antwoord = probleem(503, WEG, f"Vraag het over {WACHT} seconden opnieuw.")
    else:
        context = {"stuurde": request.method not in VEILIG, "onzeker": getattr(request, "heeft_geschreven", True)}
        antwoord = HttpResponse(render_to_string("503.html", context), status=503)
    antwoord["Retry-After"] = WACHT
    return antwoord


def onleesbaar(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own messages are not for readers, and some quote what was sent: only ours are shown."""
    if not isinstance(exception, Uitgelegd):
        return bad_request(request, exception)
    return render(request, "400.html", {"uitleg": str(exception)}, status=400)


def niet_gevonden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The reason only where it is a sentence for readers."""
    eigen = {"uitleg": str(exception), "wegen": exception.wegen} if isinstance(exception, BestaatNiet) else {}
    return render(request, "404.html", eigen, status=404)


class InlogPlicht(LoginRequiredMiddleware):
    """Every page asks for a log-in unless its view says otherwise. The API answers 401 by itself.

    What someone sent whose session ended is kept until they are logged in again: by the view that has its own way
    (``onthoud_voor_inloggen``), else as the form it was. The form was judged for its origin before this middleware. Of
    what nobody kept is said, after the log-in, that it is lost.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if request.path.startswith("/api/"):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        stuurde = request.method == "POST" and request.path != reverse("uitloggen")
        if stuurde and request.content_type in _FORMULIEREN and not _onthoud(request, view_func):
            messages.warning(request, _BESTAND_WEG if request.FILES else _TEKST_WEG)
        antwoord = super().handle_no_permission(request, view_func)
        if "HX-Request" in request.headers:
            # A part of a page cannot hold the log-in: htmx loads the whole page anew.
            antwoord.status_code = 200
            antwoord["HX-Refresh"] = "true"
        return antwoord


def _onthoud(request: HttpRequest, view_func: Callable[..., HttpResponseBase]) -> bool:
    """Whether nothing of what was sent is lost. A file is never kept."""
    if eigen := getattr(view_func, "onthoud_voor_inloggen", None):
        return bool(eigen(request))
    return getypt.bewaar(request) and not request.FILES
