from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.urls import path

from config.urls import urlpatterns as site
from formatie.models import Onderdeel


def kaal(request: HttpRequest) -> HttpResponse:
    """What every page is compared with: a log-in, one query and a template, behind the same middleware."""
    onderdeel = Onderdeel.objects.get(code="RE07")
    return HttpResponse(get_template("kaal.html").render({"onderdeel": onderdeel, "user": request.user}))


urlpatterns = [path("kaal/", kaal), *site]
