"""Who may ask: someone with a session, or a program with a token; and which right each question needs."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja.security import APIKeyCookie, HttpBearer, SessionAuth

from accounts.models import User
from accounts.rollen import Recht
from accounts.sleutels.services import token_bij


class Sleutel(HttpBearer):
    """``Authorization: Bearer <token>``; acts with the rights of its owner, on the lists that the token names."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        gevonden = token_bij(token)
        if gevonden is None:
            return None
        if not gevonden.leest(request.path.rpartition("/")[2]):
            raise Http404
        request.user = gevonden.user
        return gevonden.user


AANMELDING: list[APIKeyCookie | HttpBearer] = [SessionAuth(), Sleutel()]


def eis(request: HttpRequest, recht: Recht) -> User:
    """The user, or 404: without the right the thing asked for does not exist."""
    if not (request.user.is_authenticated and request.user.mag(recht)):
        raise Http404
    return request.user
