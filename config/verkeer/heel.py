"""A body that is shorter than it says is refused whole: half of "3456" is "34", and that looks like a value.

A connection that breaks off looks to Django like a body that ended. So the body is counted while it is read: short of
what was announced the reading fails, nothing is parsed, and the answer says that nothing arrived.
"""

from collections.abc import Callable
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from monitor.api.problemen import probleem

ZIN = "Uw verzoek is niet in zijn geheel aangekomen. Er is niets opgeslagen. Ga terug en verstuur het opnieuw."


class Stroom(Protocol):
    def read(self, size: int | None = None, /) -> bytes: ...
    def readline(self, size: int | None = None, /) -> bytes: ...
    def close(self) -> None: ...


class Afgebroken(OSError):
    """Django tells an OSError while it reads apart from every other mistake: whatever was read is thrown away."""


class Geteld:
    """The body of one request; ``is_half`` once it ended before its announced number of bytes."""

    def __init__(self, stroom: Stroom, lengte: int) -> None:
        self.stroom, self.over, self.is_half = stroom, lengte, False

    def read(self, size: int | None = None, /) -> bytes:
        return self._tel(self.stroom.read(size) if size is not None else self.stroom.read(), size)

    def readline(self, size: int | None = None, /) -> bytes:
        """A line may end early; only nothing at all is the end."""
        regel = self.stroom.readline(size) if size is not None else self.stroom.readline()
        return self._tel(regel, len(regel) or 1)

    def close(self) -> None:
        self.stroom.close()

    def _tel(self, gelezen: bytes, gevraagd: int | None) -> bytes:
        verwacht = self.over if gevraagd is None or gevraagd < 0 else min(gevraagd, self.over)
        self.over -= len(gelezen)
        if len(gelezen) < verwacht:
            self.is_half = True
            raise Afgebroken
        return gelezen


def eis_heel(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: whatever was made of half a body, the answer is that it did not arrive."""

    def middleware(request: HttpRequest) -> HttpResponse:
        stroom = _tel_mee(request)
        antwoord = get_response(request)
        return _niet_aangekomen(request) if stroom.is_half else antwoord

    return middleware


def _tel_mee(request: Any) -> Geteld:
    lengte = request.META.get("CONTENT_LENGTH") or ""
    request._stream = Geteld(request._stream, int(lengte) if lengte.isascii() and lengte.isdigit() else 0)
    return request._stream


def _niet_aangekomen(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        return probleem(400, "De vraag kwam niet in zijn geheel aan.", "Stuur haar opnieuw.")
    return render(request, "400.html", {"uitleg": ZIN}, status=400)
