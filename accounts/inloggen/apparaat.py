"""Devices that logged in as someone before: a signed cookie, good for nothing but an allowance of its own."""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts.inloggen.drempel import naamsleutel

_ZOUT = "apparaat"
_JAAR = 365 * 24 * 3600  # seconds
_MEESTE_NAMEN = 5  # on one shared computer


def apparaat_voor(request: HttpRequest, naam: str) -> str:
    """The mark of this device for this name, or empty when nobody logged in with that name on it."""
    return _namen(request).get(naamsleutel(naam), "")


def onthoud_apparaat(request: HttpRequest, antwoord: HttpResponse, naam: str) -> None:
    """Remember that this person logged in here."""
    sleutel, namen = naamsleutel(naam), _namen(request)
    namen[sleutel] = namen.pop(sleutel, "") or secrets.token_hex(16)
    waarde = signing.dumps(dict(list(namen.items())[-_MEESTE_NAMEN:]), salt=_ZOUT)
    antwoord.set_cookie(
        settings.APPARAAT_COOKIE_NAME,
        waarde,
        max_age=_JAAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _namen(request: HttpRequest) -> dict[str, str]:
    try:
        return dict(signing.loads(request.COOKIES.get(settings.APPARAAT_COOKIE_NAME, ""), salt=_ZOUT, max_age=_JAAR))
    except signing.BadSignature:
        return {}
