"""What a visitor gets while the database is away: a 503 that says whether what they sent was saved, only when sure.

Nothing can have been saved when no statement that writes was ever handed to the database. Once one was, the answer
may have been lost after the commit, and the page says so instead of guessing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from monitor.api.problemen import probleem

VEILIG = ("GET", "HEAD", "OPTIONS", "TRACE")
LEZEND = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET", "SHOW")
WEG = "De gegevens zijn even niet bereikbaar."
WACHT = "30"  # seconds


class Schrijfspoor:
    """Middleware that notes for each request whether anything was written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.heeft_geschreven = False  # type: ignore[attr-defined]  # read by ``fout`` below

        def kijk(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            if not str(sql).lstrip(" (").upper().startswith(LEZEND):
                request.heeft_geschreven = True  # type: ignore[attr-defined]
            return execute(sql, params, many, context)

        with connection.execute_wrapper(kijk):
            return self.get_response(request)


def fout(request: HttpRequest) -> HttpResponse:
    """The handler of every error that nobody caught; Django calls it while the error is handled."""
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return server_error(request)
    antwoord = _antwoord(request)
    antwoord["Retry-After"] = WACHT
    return antwoord


def _antwoord(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        return probleem(503, WEG)
    context = {"stuurde": request.method not in VEILIG, "onzeker": getattr(request, "heeft_geschreven", True)}
    return HttpResponse(render_to_string("503.html", context), status=503)
