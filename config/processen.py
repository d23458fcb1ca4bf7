"""The three processes of the site. The supervisor and docker-compose.yml start them with the same commands."""

from __future__ import annotations

import signal
from dataclasses import dataclass, field

# A page that waits longer than this on the database is given up, so that a lock or a slow query holds nobody else.
PAGINALIMIETEN = "-c statement_timeout=9000 -c lock_timeout=5000"


@dataclass(frozen=True)
class Proces:
    naam: str
    opdracht: tuple[str, ...]  # after "python"
    geduld: float  # seconds it may take to finish what it is doing
    bij_dood: signal.Signals  # what the kernel sends it when the supervisor is killed
    env: dict[str, str] = field(default_factory=dict)


def processen(adres: str, beat_schema: str) -> list[Proces]:
    """`adres` is host:port of the web server, `beat_schema` the file in which beat keeps when it last ran."""
    return [
        Proces("web", web(adres), 12, signal.SIGTERM, {"PGOPTIONS": PAGINALIMIETEN}),
        # Killed, not asked: a worker that is asked waits for a broker that died at the same moment.
        Proces("worker", _worker(), 20, signal.SIGKILL),
        Proces("beat", _beat(beat_schema), 5, signal.SIGTERM),
    ]


def web(adres: str) -> tuple[str, ...]:
    """The web server on this address, as what follows ``python``."""
    return (
        *("-m", "gunicorn", "config.wsgi", "--bind", adres),
        *("--workers", "2", "--worker-class", "gthread", "--threads", "4"),
        *("--timeout", "30", "--graceful-timeout", "10", "--no-control-socket"),
    )


def _worker() -> tuple[str, ...]:
    return (
        *("-m", "celery", "-A", "config", "worker", "--concurrency", "2"),
        *("--loglevel", "INFO", "--without-gossip", "--without-mingle"),
    )


def _beat(schema: str) -> tuple[str, ...]:
    return ("-m", "celery", "-A", "config", "beat", "--loglevel", "INFO", "--schedule", schema, "--pidfile=")
