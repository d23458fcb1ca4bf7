"""Which role a process connects as: the site, or for migrations and copies the owner of the tables."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

GEEN_EIGENAAR = (
    "DATABASE_URL_EIGENAAR ontbreekt: migraties en reservekopieën draaien als de eigenaar van de tabellen "
    "(docs/beheer.md, Rollen in de database)."
)
TE_VEEL = "DATABASE_URL noemt een rol die {reden}: gebruik strategie_site (docs/beheer.md, Rollen in de database)."
_KAN_NIET_BEGINNEN = 3  # with any other code the web server would start its processes again, for ever
_RECHTEN = """
SELECT r.rolsuper, r.rolcreaterole OR r.rolreplication OR r.rolbypassrls, EXISTS (
    SELECT FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND pg_has_role(c.relowner, 'MEMBER')
)
FROM pg_roles r WHERE r.rolname = session_user
"""


class TeVeelRechten(ImproperlyConfigured):
    """The site is connected as a role that may do more than a site should; one Dutch line."""


@contextmanager
def als_eigenaar() -> Iterator[None]:
    """Be the owner of the tables for a while. Not inside a transaction; where one role does both, nothing changes."""
    eigenaar = settings.DATABASE_EIGENAAR
    if not eigenaar and not settings.PROEF:
        raise ImproperlyConfigured(GEEN_EIGENAAR)
    with _verbonden(eigenaar):
        yield


@contextmanager
def _verbonden(anders: Mapping[str, Any]) -> Iterator[None]:
    vorige = {naam: connection.settings_dict[naam] for naam in anders}
    if vorige == anders:
        yield
        return
    connection.close()
    connection.settings_dict.update(anders)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(vorige)


def weiger_te_veel_rechten() -> None:
    """For the start of web, worker and beat: stop with one line. A database that is away is judged when it is back."""
    try:
        connection.ensure_connection()
    except TeVeelRechten as fout:
        print(f"Start afgebroken. {fout}", file=sys.stderr, flush=True)
        raise SystemExit(_KAN_NIET_BEGINNEN) from None
    except OperationalError:
        return


def controleer_rol(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Every new connection in production: raises TeVeelRechten, unless it is the owner's by ``als_eigenaar``."""
    if settings.PROEF or _is_eigenaar(connection):
        return
    with connection.cursor() as cursor:
        cursor.execute(_RECHTEN)
        superuser, bijzonder, eigenaar = cursor.fetchone()
    if reden := _reden(superuser=superuser, bijzonder=bijzonder, eigenaar=eigenaar):
        connection.close()
        raise TeVeelRechten(TE_VEEL.format(reden=reden))


def _is_eigenaar(connection: BaseDatabaseWrapper) -> bool:
    return bool(settings.DATABASE_EIGENAAR) and connection.settings_dict["USER"] == settings.DATABASE_EIGENAAR["USER"]


def _reden(*, superuser: bool, bijzonder: bool, eigenaar: bool) -> str:
    if superuser:
        return "superuser is"
    if bijzonder:
        return "rollen mag maken of regels van de database mag omzeilen"
    return "eigenaar is van de tabellen" if eigenaar else ""
