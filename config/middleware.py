from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect


class InlogPlicht(LoginRequiredMiddleware):
    """Every page asks for a log-in unless its view says otherwise. The API answers 401 by itself.

    A view with ``onthoud_voor_inloggen`` keeps what someone sent whose session ended; the form was judged for its
    origin before this middleware.
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
        onthoud = getattr(view_func, "onthoud_voor_inloggen", None)
        if onthoud and request.method == "POST":
            onthoud(request)
        return super().handle_no_permission(request, view_func)
