"""The page of a request that cannot be read: with the sentence that says why, where there is one for the reader."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import bad_request

from common.pagina.verzoek import Uitgelegd


def onleesbaar(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own messages are not for readers, and some quote what was sent: only ours are shown."""
    if not isinstance(exception, Uitgelegd):
        return bad_request(request, exception)
    return render(request, "400.html", {"uitleg": str(exception)}, status=400)
