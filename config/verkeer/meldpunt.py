"""Where someone who finds a weak spot can report it: ``/.well-known/security.txt``, as RFC 9116 writes it."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

GELDIG = timedelta(days=90)
"""From the day it is read: as long as the site answers, the file is not out of date."""


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """404 where nobody was named: an address that nobody reads is worse than none."""
    if not settings.BEVEILIGING_CONTACT:
        raise Http404
    tot = (timezone.now() + GELDIG).replace(hour=0, minute=0, second=0, microsecond=0)
    regels = (
        f"Contact: {settings.BEVEILIGING_CONTACT}",
        f"Expires: {tot:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    )
    antwoord = HttpResponse("\n".join([*regels, ""]), content_type="text/plain; charset=utf-8")
    antwoord["Cache-Control"] = "public, max-age=86400"
    return antwoord
