"""PostgreSQL and Valkey for one test session, in a private folder: several sessions can run side by side."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

from config.diensten.eigendom import Servers
from config.omgeving import VARIABELEN, lees

MAP = "STRATEGIE_TESTMAP"
DATABASENAAM = "STRATEGIE_TESTDATABASE"


def map_() -> Path:
    """The session's folder; worker processes of the session inherit its name."""
    if MAP not in os.environ:
        nieuw = tempfile.mkdtemp(prefix="strategie-test-")
        os.chmod(nieuw, 0o711)  # the servers may run under another account
        os.environ[MAP] = nieuw
    return Path(os.environ[MAP])


def omgeving() -> dict[str, str]:
    """All settings at their defaults, except the folder."""
    return dict.fromkeys(VARIABELEN, "") | {
        "DATA_DIR": str(map_()),
        "PG_BIN": os.environ.get("PG_BIN", ""),
        # Playwright keeps an event loop in the thread of the test; the ORM is used there synchronously on purpose.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }


def nummer() -> int:
    """0 without xdist, 1 for gw0, 2 for gw1, ..."""
    gevonden = re.fullmatch(r"gw(\d+)", os.environ.get("PYTEST_XDIST_WORKER", ""))
    return int(gevonden[1]) + 1 if gevonden else 0


def start() -> Servers:
    servers = Servers(lees(omgeving()), snel=True)
    if not servers.neem():
        raise RuntimeError(f"{map_()} is in use by another session")
    servers.start()
    return servers


def ruim_op(servers: Servers) -> None:
    servers.stop()
    servers.eigenaar.sluit()
    shutil.rmtree(servers.plaats.huis, ignore_errors=True)
    shutil.rmtree(servers.plaats.sockets, ignore_errors=True)
    shutil.rmtree(map_(), ignore_errors=True)
