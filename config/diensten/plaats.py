"""Where the embedded servers keep their data and sockets, and under which account they run."""

from __future__ import annotations

import fcntl
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.diensten.adressen import POORT
from config.diensten.proces import Gebruiker
from config.omgeving import Instelfout

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
