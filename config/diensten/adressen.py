"""Where the embedded servers listen. Pure: settings read it, nothing is started or made here."""

from __future__ import annotations

from pathlib import Path

DATABASE = "strategie"
POORT = 5432  # only part of the socket's name: nothing listens on TCP


def sockets(data_dir: Path) -> Path:
    """The folder with the sockets; a link when .data itself is too long, has odd characters or is out of reach."""
    return (data_dir / "sockets").resolve()


def database(data_dir: Path) -> dict[str, str | int]:
    """The connection in the form of Django's DATABASES: a folder as HOST means a unix socket."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": DATABASE,
        "HOST": str(sockets(data_dir)),
        "PORT": POORT,
    }


def redis_socket(data_dir: Path) -> Path:
    return sockets(data_dir) / "valkey.sock"


def redis_url(data_dir: Path) -> str:
    return f"redis+socket://{redis_socket(data_dir)}"
