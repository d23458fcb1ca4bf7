"""Two beheerders and somebody without a role, and what the tests about them do."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from accounts.beheer.services import stel_rol_voor
from accounts.models import Rolvoorstel, User
from tests.factories import UserFactory, maak_persoon

H = {"herkomst": "proef"}


@pytest.fixture
def anna() -> User:
    return maak_persoon("beheerder", naam="anna")


@pytest.fixture
def bea() -> User:
    return maak_persoon("beheerder", naam="bea")


@pytest.fixture
def piet() -> User:
    return UserFactory(username="piet", email="piet@site.example")


def rollen_van(user: User) -> list[str]:
    return [rol.code for rol in User.objects.get(pk=user.pk).rollen]


def stel_voor(user: User, door: User | None, rol: str = "vaststeller", **velden: object) -> Rolvoorstel:
    return stel_rol_voor(user=user, rol=rol, door=door, **H, **velden)  # type: ignore[arg-type]


def na(duur: timedelta) -> object:
    """Everything the program asks the clock is that much later."""
    straks = timezone.now() + duur
    return patch("django.utils.timezone.now", lambda: straks)
