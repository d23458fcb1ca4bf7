"""What the commands about accounts share: whom they are about, and how a refusal reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError

from accounts.models import User
from common.vaststellen.bewaking import Geweigerd


def account_van(naam: str) -> User:
    user = User.objects.filter(username=naam).first()
    if user is None:
        raise CommandError(f"Er is geen gebruiker “{naam}”.")
    return user


@contextmanager
def in_een_zin() -> Iterator[None]:
    """What a service refuses is the one line with which the command ends."""
    try:
        yield
    except Geweigerd as fout:
        raise CommandError(str(fout)) from None
