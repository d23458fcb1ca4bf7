"""Scratch databases on the embedded server (or the one DATABASE_URL names), made and thrown away."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from config import omgeving
from config.diensten import eigendom, plaats

# The names of the databases to copy: one that is migrated, one that is filled as well. Set for a run of many parts.
LEEG, GEVULD = "BENCH_SJABLOON_LEEG", "BENCH_SJABLOON_GEVULD"


@contextmanager
def kladdatabase(*, sjabloon: str = LEEG) -> Iterator[None]:
    """Django set up on a database of its own; the real one is not touched. Migrated, unless it is a copy."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    with eigendom.voor_opdracht(omgeving.lees()):
        database = _verbinding()
        echt = dict(database)
        naam = f"{echt['NAME']}_bench_{os.getpid()}"
        _maak(echt, naam, os.environ.get(sjabloon, ""))
        database["NAME"] = naam
        try:
            _begin()
            yield
        finally:
            database["NAME"] = echt["NAME"]
            _eind()
            _gooi_weg(echt, naam)


@contextmanager
def sjablonen() -> Iterator[None]:
    """Two databases that the parts of one run copy, so that each of them needs not migrate and load by itself."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    with eigendom.voor_opdracht(omgeving.lees()):
        echt = dict(_verbinding())
        namen = {soort: f"{echt['NAME']}_{soort.lower()}_{os.getpid()}" for soort in (LEEG, GEVULD)}
        try:
            for soort, naam in namen.items():
                # In a process of its own: this one keeps no connection, which a copy would have to wait for.
                opdracht = [sys.executable, "-m", "bench.sjabloon", naam, *(["vul"] if soort == GEVULD else [])]
                subprocess.run(opdracht, check=True)
                os.environ[soort] = naam
            yield
        finally:
            for soort, naam in namen.items():
                os.environ.pop(soort, None)
                _gooi_weg(echt, naam)


def maak_sjabloon(naam: str) -> None:
    """Make the database, as a copy where there is one, and set Django up on it."""
    database = _verbinding()
    _maak(dict(database), naam, os.environ.get(LEEG, ""))
    database["NAME"] = naam
    _begin()


def _verbinding() -> dict[str, Any]:
    """The settings of the connection; of the embedded server as superuser, for the bench does what the site may not."""
    from config import settings

    if not settings.OMGEVING.database_url:
        settings.DATABASES["default"]["USER"] = plaats.DATABASE
    return settings.DATABASES["default"]


def _maak(echt: dict[str, Any], naam: str, van: str) -> None:
    maak = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(naam))
    _opdracht(echt, maak + sql.SQL(" TEMPLATE {}").format(sql.Identifier(van)) if van else maak)


def _gooi_weg(echt: dict[str, Any], naam: str) -> None:
    _opdracht(echt, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(naam)))


def _begin() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _eind() -> None:
    from django.db import connections

    connections.close_all()


def _opdracht(database: dict[str, Any], opdracht: sql.Composed) -> None:
    sleutels = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    gegevens: dict[str, Any] = {naam: database[sleutel] for naam, sleutel in sleutels.items() if database.get(sleutel)}
    with psycopg.connect(**gegevens, dbname="postgres", autocommit=True) as verbinding:
        verbinding.execute(opdracht)
