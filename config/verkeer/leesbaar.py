"""Whoever typed it and wherever it stands: what nobody can see is shown on every page as its name, ``[U+202E]``.

Once for everything that goes out as a page, also those that Django makes itself: a template or a sentence that forgets
it shows nothing false. What is being typed stays to the letter what it is, in its field and in what a script reads.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from common.tekst.tekens import zichtbaar, zichtbaar_in_html


def toon_onzichtbare(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware."""

    def middleware(request: HttpRequest) -> HttpResponse:
        antwoord = get_response(request)
        if antwoord.get("Content-Type", "").startswith("text/html") and not antwoord.streaming:
            _maak_leesbaar(antwoord)
        return antwoord

    return middleware


_GEWOON = bytes(range(0x20, 0x7F)) + b"\t\n\r"


def _maak_leesbaar(antwoord: HttpResponse) -> None:
    """Nearly every page has nothing to show: taking the ordinary letters off first is fifty times as fast."""
    rest = antwoord.content.translate(None, _GEWOON).decode()
    if zichtbaar(rest) == rest:
        return
    antwoord.content = zichtbaar_in_html(antwoord.content.decode())
    if "Content-Length" in antwoord:
        antwoord["Content-Length"] = str(len(antwoord.content))
