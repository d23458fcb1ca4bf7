"""Django's PostgreSQL, with a wait that ends with the request, also while the server is frozen and says nothing."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from config.web import termijn

# Seconds that must be left to try a connection.
VERBINDEN = 1.0
TE_LAAT = "the request may wait no longer for the database"


class Verbinding(psycopg.Connection[Any]):
    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        """What every statement, commit and fetch waits in. Given up, the connection is worth nothing: it is closed."""
        over = termijn.over()
        if over is None:
            return super().wait(gen, *args, **kwargs)
        try:
            return super().wait(gen, *args, **kwargs | {"timeout": max(over, 0.0)})
        except psycopg.OperationalError:
            if over > 0 and (termijn.over() or 0) > 0:
                raise
            self.close()
            raise psycopg.OperationalError(TE_LAAT) from None


def _verbind(**params: Any) -> Verbinding:
    over = termijn.over()
    if over is not None and over < VERBINDEN:
        raise psycopg.OperationalError(TE_LAAT)
    return Verbinding.connect(**params)


class DatabaseWrapper(base.DatabaseWrapper):
    Database = SimpleNamespace(**vars(psycopg) | {"connect": _verbind})  # type: ignore[assignment]  # a module, but for one name
