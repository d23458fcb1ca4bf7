"""The headers that every answer has: a page, a file, a redirect, an error and a static file alike."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Nothing of this site asks for a device, a place or a payment, and nothing may do so in its name.
# Short: it goes with every file too.
GEWEIGERD = ("browsing-topics", "camera", "display-capture", "geolocation", "microphone", "payment", "usb")
VAST = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{naam}=()" for naam in GEWEIGERD),
}
NERGENS = "private, no-store"
"""Kept by no browser and by nobody on the way: figures and names of persons are read anew each time."""
KAAL = VAST | {
    "Cache-Control": NERGENS,
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""The same for a line of the web server itself, where no middleware comes."""


def zet_koppen(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the outermost: what it sets is on the answers of the other middleware too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        antwoord = get_response(request)
        for naam, waarde in VAST.items():
            antwoord[naam] = waarde
        if not _voor_iedereen(antwoord):
            antwoord["Cache-Control"] = NERGENS
        return antwoord

    return middleware


def _voor_iedereen(antwoord: HttpResponse) -> bool:
    """Only what says so itself: static files, and what holds neither figures nor persons."""
    return "public" in antwoord.get("Cache-Control", "").replace(" ", "").split(",")
