"""A copy of the whole database: one file of pg_dump, and beside it a manifest that says what must be in it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient
from django.utils import timezone

from common.database.rollen import als_eigenaar

SOORT = "kopie van de strategiemonitor"
TE_OUD = (
    "{programma} is van PostgreSQL {eigen} en de server van {server}: een kopie vraagt dezelfde versie of een "
    "nieuwere. Wijs met PG_BIN de map met de nieuwere programma's aan."
)
_BLOK = 1 << 20
_KETEN = "SELECT nummer, hash FROM common_schakel WHERE nummer IS NOT NULL ORDER BY nummer DESC LIMIT 1"


class Kopiefout(Exception):
    """The copy was not made, or is not to be trusted; one Dutch line."""


@dataclass(frozen=True)
class Manifest:
    """What a copy holds: ``rijen`` is table → rows, ``kop`` the number and hash of the trail's head."""

    soort: str
    gemaakt_op: str  # ISO 8601, UTC
    bestand: str
    bytes: int
    sha256: str
    software: str
    postgresql: int  # major version of the server
    migraties: list[list[str]]
    rijen: dict[str, int]
    gebeurtenissen: int  # the number of the last event of the trail
    kop: list[Any] | None


def maak_kopie(map_: Path) -> Path:
    """Write a copy as of one moment and give its path. The manifest comes last: with it the copy is whole."""
    nu = timezone.now()
    doel = map_ / f"strategiemonitor-{nu:%Y%m%dT%H%M%S}Z.dump"
    map_.mkdir(parents=True, exist_ok=True, mode=0o700)
    with als_eigenaar(), _een_moment() as moment, _half(doel) as half:
        inhoud = lees_inhoud()
        voer_uit("pg_dump", "--format=custom", f"--snapshot={moment}", f"--file={half}")
        manifest = Manifest(
            soort=SOORT,
            gemaakt_op=nu.isoformat(timespec="seconds"),
            bestand=doel.name,
            bytes=half.stat().st_size,
            sha256=sha256_van(half),
            software=software(),
            postgresql=_serverversie(),
            **inhoud,
        )
        _bewaar(half)
        half.rename(doel)
    _schrijf_manifest(doel.with_suffix(".json"), manifest)
    return doel


@contextmanager
def _een_moment() -> Iterator[str]:
    """The name of a snapshot that holds as long as this lasts: pg_dump and the counts see the same rows."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])


@contextmanager
def _half(doel: Path) -> Iterator[Path]:
    """The file under another name, for nobody else to read; gone when it does not get its own name."""
    half = doel.with_name(f".{doel.name}.half")
    try:
        os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield half
    except OSError as fout:
        raise Kopiefout(f"De kopie kon niet worden geschreven: {fout.strerror}.") from None
    finally:
        half.unlink(missing_ok=True)


def _bewaar(pad: Path) -> None:
    with open(pad, "rb") as bestand:
        os.fsync(bestand.fileno())


def _schrijf_manifest(doel: Path, manifest: Manifest) -> None:
    with _half(doel) as half:
        half.write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")
        _bewaar(half)
        half.rename(doel)


def lees_manifest(kopie: Path) -> Manifest:
    """The manifest of a copy whose file is what it was when it was made. Raises Kopiefout."""
    pad = kopie.with_suffix(".json")
    if not kopie.is_file() or not pad.is_file():
        ontbreekt = pad if kopie.is_file() else kopie
        raise Kopiefout(f"{ontbreekt} bestaat niet; een kopie is een .dump met een .json van dezelfde naam.")
    try:
        manifest = Manifest(**json.loads(pad.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        raise Kopiefout(f"{pad} is beschadigd of niet van deze monitor.") from None
    if manifest.soort != SOORT:
        raise Kopiefout(f"{pad} is niet van deze monitor.")
    if kopie.stat().st_size != manifest.bytes:
        raise Kopiefout(f"{kopie} is {kopie.stat().st_size} bytes groot en hoort {manifest.bytes} bytes te zijn.")
    if sha256_van(kopie) != manifest.sha256:
        raise Kopiefout(f"{kopie} is veranderd sinds de kopie is gemaakt: de SHA-256 klopt niet.")
    return manifest


def lees_inhoud() -> dict[str, Any]:
    """The rows of each table, the migrations and the head of the trail, as of the transaction it is called in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tabellen = [tabel for (tabel,) in cursor.fetchall()]
        rijen = {}
        for tabel in tabellen:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(tabel)}")  # noqa: S608  # from the catalogue
            rijen[tabel] = cursor.fetchone()[0]
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        migraties = [list(rij) for rij in cursor.fetchall()]
        cursor.execute("SELECT coalesce(max(id), 0) FROM common_auditevent")
        laatste = cursor.fetchone()[0]
        kop = None
        if "common_schakel" in rijen:
            cursor.execute(_KETEN)
            kop = cursor.fetchone()
    return {"rijen": rijen, "migraties": migraties, "gebeurtenissen": laatste, "kop": list(kop) if kop else None}


def voer_uit(programma: str, *opties: str) -> None:
    """Run a program of PostgreSQL on the connected database; the password travels by the environment only."""
    pad = settings.ZOEK_POSTGRES(programma) / programma
    _eis_versie(pad)
    adres, env = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, list(opties))
    *opdracht, database = adres[1:]
    gedaan = subprocess.run(
        [str(pad), f"--dbname={database}", *opdracht], env=os.environ | (env or {}), capture_output=True, text=True
    )
    if gedaan.returncode:
        raise Kopiefout(f"{programma} is mislukt: {_eerste_fout(gedaan.stderr)}")


def _eerste_fout(uitvoer: str) -> str:
    regels = [regel.strip() for regel in uitvoer.splitlines() if regel.strip()]
    return next((regel for regel in regels if "rror" in regel), regels[0] if regels else "geen bericht")


def _eis_versie(pad: Path) -> None:
    uitvoer = subprocess.run([str(pad), "--version"], capture_output=True, text=True, check=True).stdout
    eigen = int(uitvoer.rsplit(" ", 1)[-1].split(".")[0]) if uitvoer.strip() else 0
    if eigen < _serverversie():
        raise Kopiefout(TE_OUD.format(programma=pad, eigen=eigen, server=_serverversie()))


def _serverversie() -> int:
    """The major version, as 18."""
    connection.ensure_connection()
    return int(connection.connection.info.server_version) // 10_000


def software() -> str:
    return str(tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def sha256_van(pad: Path) -> str:
    som = hashlib.sha256()
    with open(pad, "rb") as bestand:
        while blok := bestand.read(_BLOK):
            som.update(blok)
    return som.hexdigest()
