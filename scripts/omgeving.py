"""Makes .venv from a hashed lock and shows how far it is. Runs on a bare Python 3.11 or newer.

Usage: python3 scripts/omgeving.py run|dev   (dev has everything of run, and the tools)
"""

from __future__ import annotations

import fcntl
import hashlib
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BASIS = Path(__file__).resolve().parent.parent
VENV = BASIS / ".venv"
LOCKS = {"run": BASIS / "requirements.lock", "dev": BASIS / "requirements-dev.lock"}


def main(soort: str) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  (it runs before anything checked the version)
        print("Python 3.11 of nieuwer is nodig.", file=sys.stderr)
        return 1
    with open(BASIS / ".venv.lock", "w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        return 0 if _is_bij(soort) else _maak(soort)


def _is_bij(soort: str) -> bool:
    """The environment for development holds everything that running needs."""
    soorten = ("run", "dev") if soort == "run" else ("dev",)
    return any(_stempel(s).exists() and _stempel(s).read_text() == _hash(s) for s in soorten)


def _maak(soort: str) -> int:
    begin = time.monotonic()
    if not (VENV / "bin" / "python").exists():
        print("Python-omgeving maken in .venv ...", flush=True)
        if subprocess.run([sys.executable, "-m", "venv", VENV]).returncode != 0:
            print("De Python-omgeving kon niet worden gemaakt (ontbreekt het pakket python3-venv?).", file=sys.stderr)
            return 1
    if _installeer(LOCKS[soort]) != 0:
        return 1
    _stempel(soort).write_text(_hash(soort))
    print(f"Pakketten klaar in {time.monotonic() - begin:.0f} s.", flush=True)
    return 0


def _installeer(lock: Path) -> int:
    aantal = len(re.findall(r"^[A-Za-z0-9._-]+==", lock.read_text(), re.MULTILINE))
    opdracht = [VENV / "bin" / "python", "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check"]
    with tempfile.TemporaryFile("w+") as meldingen:
        proces = subprocess.Popen([*opdracht, "-r", lock], stdout=subprocess.PIPE, stderr=meldingen, text=True)
        _volg(proces, aantal)
        meldingen.seek(0)
        fouten = [regel.strip() for regel in meldingen if regel.startswith("ERROR")]
    if proces.returncode != 0:
        print(f"Het installeren lukte niet: {(fouten or ['geen bericht van pip'])[-1]}", file=sys.stderr)
    return proces.returncode


def _volg(proces: subprocess.Popen[str], aantal: int) -> None:
    gezien = 0
    for regel in proces.stdout or ():
        if regel.startswith(("Collecting ", "Requirement already satisfied: ")):
            gezien += 1
            _toon(f"Pakketten ophalen: {gezien} van {aantal}", laatste=gezien % 10 == 0)
        elif regel.startswith("Installing collected"):
            _toon("Pakketten uitpakken (een halve minuut) ...", laatste=True)
    proces.wait()


def _toon(regel: str, *, laatste: bool) -> None:
    if sys.stdout.isatty():
        print(f"\r\033[K{regel}", end="\n" if laatste and "uitpakken" in regel else "", flush=True)
    elif laatste:
        print(regel, flush=True)


def _stempel(soort: str) -> Path:
    return VENV / f".{soort}-lock"


def _hash(soort: str) -> str:
    return hashlib.sha256(LOCKS[soort].read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
