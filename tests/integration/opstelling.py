"""Starts the program as a person would: as processes, with an own folder and an own port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer

from config.omgeving import BASE_DIR, VARIABELEN


def omgeving(data_dir: Path, **anders: str) -> dict[str, str]:
    """The environment of a person who has set nothing but the folder."""
    eigen = {"DJANGO_SETTINGS_MODULE", *VARIABELEN}
    schoon = {naam: waarde for naam, waarde in os.environ.items() if naam not in eigen}
    return schoon | {"DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1"} | anders


def manage(data_dir: Path, *opdracht: str, **anders: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *opdracht],
        cwd=BASE_DIR,
        env=omgeving(data_dir, **anders),
        capture_output=True,
        text=True,
        timeout=120,
    )


GESTART: list[subprocess.Popen[str]] = []


def ruim_op() -> None:
    """End what a failed test left running."""
    while GESTART:
        proces = GESTART.pop()
        proces.kill()
        proces.wait()
        if proces.stdout:
            proces.stdout.close()


def start(data_dir: Path, *opdracht: str, **anders: str) -> subprocess.Popen[str]:
    proces = subprocess.Popen(
        [sys.executable, *opdracht],
        cwd=BASE_DIR,
        env=omgeving(data_dir, **anders),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    GESTART.append(proces)
    return proces


def wacht_op_regel(proces: subprocess.Popen[str], tekst: str, seconden: float = 120) -> list[str]:
    """Everything it printed up to and with the line that holds the text; after that time it is killed."""
    assert proces.stdout is not None
    wekker = Timer(seconden, proces.kill)
    wekker.start()
    regels: list[str] = []
    try:
        for regel in proces.stdout:
            regels.append(regel)
            if tekst in regel:
                return regels
    finally:
        wekker.cancel()
    raise AssertionError(f"'{tekst}' was never printed:\n{''.join(regels)}")


def vrije_poort() -> int:
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        return int(proef.getsockname()[1])


def processen_van(data_dir: Path) -> dict[int, str]:
    """The living processes of this folder, orphans too. The servers hide their environment but not where they work."""
    sporen = [f"DATA_DIR={data_dir}", str((data_dir / "diensten").resolve()), str((data_dir / "sockets").resolve())]
    gevonden: dict[int, str] = {}
    for map_ in Path("/proc").iterdir():
        if map_.name.isdigit():
            alles = " ".join(_lees(map_, deel) for deel in ("environ", "cmdline", "cwd"))
            if any(spoor in alles for spoor in sporen):
                gevonden[int(map_.name)] = _lees(map_, "cmdline")
    return gevonden


def _lees(map_: Path, deel: str) -> str:
    try:
        pad = map_ / deel
        return os.readlink(pad) if deel == "cwd" else pad.read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def wacht_tot_leeg(data_dir: Path, seconden: float) -> dict[int, str]:
    """What is still alive after that time; empty is good."""
    eind = time.monotonic() + seconden
    while (over := processen_van(data_dir)) and time.monotonic() < eind:
        time.sleep(0.1)
    return over


def maak_dood(proces: subprocess.Popen[str]) -> None:
    proces.send_signal(signal.SIGKILL)
    proces.communicate()
