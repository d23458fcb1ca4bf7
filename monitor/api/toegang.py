"""Who may ask: someone with a session, or a program with a token; and which right each question needs."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja.security import APIKeyCookie, HttpBearer, SessionAuth

from accounts.models import ApiToken, User
from accounts.rollen import Recht


class Sleutel(HttpBearer):
    """``Authorization: Bearer <token>``; acts with the rights of the token's owner."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        user = ApiToken.gebruiker_bij(token)
        if user:
            request.user = user
        return user


AANMELDING: list[APIKeyCookie | HttpBearer] = [SessionAuth(), Sleutel()]


def eis(request: HttpRequest, recht: Recht) -> User:
    """The user, or 404: without the right the thing asked for does not exist."""
    if not (request.user.is_authenticated and request.user.mag(recht)):
        raise Http404
    return request.user
