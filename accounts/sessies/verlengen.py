"""Middleware that notes that a person did something, so that their session lasts, and whose it was when it ended."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from accounts.sessies.opslag import WAS_VAN, eigenaar_van

# What a page sends by itself, with nobody there, says so (hx-headers).
VANZELF = "X-Vanzelf"


class Verlenging:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            _noteer_eigenaar(request)
        elif VANZELF not in request.headers:
            request.session.verleng()  # type: ignore[attr-defined]  # of our own store
        return self.get_response(request)


def _noteer_eigenaar(request: HttpRequest) -> None:
    """The cookie of the ended session goes away with this answer; another window may still hold a form of its owner."""
    cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if cookie and request.session.is_empty() and (wie := eigenaar_van(cookie)):
        request.session[WAS_VAN] = wie
