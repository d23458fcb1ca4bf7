"""A scratch database on the embedded server (or the one DATABASE_URL names), made and thrown away."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from config import omgeving
from config.diensten import eigendom, plaats


@contextmanager
def kladdatabase() -> Iterator[None]:
    """Django set up on an empty database of its own; the real one is not touched."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    instellingen = omgeving.lees()
    with eigendom.voor_opdracht(instellingen):
        from config import settings

        if not instellingen.database_url:
            # It empties tables and passes triggers, which the site may not.
            settings.DATABASES["default"]["USER"] = plaats.DATABASE
        echt = dict(settings.DATABASES["default"])
        naam = f"{echt['NAME']}_bench_{os.getpid()}"
        _opdracht(echt, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(naam)))
        settings.DATABASES["default"]["NAME"] = naam
        try:
            _begin()
            yield
        finally:
            settings.DATABASES["default"]["NAME"] = echt["NAME"]
            _eind()
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
