"""A test is the site: what it does, the role of the site may do. Where it is somebody else it says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from django.db import DatabaseError, connection

from config.diensten.plaats import DATABASE, EIGENAAR, SITE


@contextmanager
def als(rol: str) -> Iterator[None]:
    """Another role inside the transaction of the test."""
    vorige = _rol()
    _zet(rol)
    try:
        yield
    finally:
        with suppress(DatabaseError):  # refused, and the transaction with it: nothing can be set any more
            _zet(vorige)


def als_superuser() -> Any:
    """What the site never is: to plant what it could not write itself."""
    return als(DATABASE)


@contextmanager
def als_eigenaar_in_transactie(anders: Mapping[str, Any]) -> Iterator[None]:
    """Stands in for a second connection, that would not see what the test wrote."""
    with als(EIGENAAR):
        yield


def word_site() -> None:
    _zet(SITE)


def _rol() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def _zet(rol: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {rol}")
