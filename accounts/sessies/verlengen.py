"""Middleware that notes that a person did something, so that their session lasts."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

# What a page sends by itself, with nobody there, says so (hx-headers).
VANZELF = "X-Vanzelf"


class Verlenging:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and VANZELF not in request.headers:
            request.session.verleng()  # type: ignore[attr-defined]  # of our own store
        return self.get_response(request)
