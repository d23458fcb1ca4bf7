"""Read a file of someone else's making in a process of its own, that may use little memory and little time.

Run as a program it reads the bytes from its input and answers in JSON. It knows no database, no settings and no
secrets: whatever a file does to it, it does to nothing else.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path

from monitor.invoer.importeren.bestand.lezen import lees_bytes
from monitor.invoer.importeren.bestand.rijen import Ingelezen
from monitor.invoer.regels.waarneming import Fout, InvoerFout, Invoerrij

BASIS = Path(__file__).resolve().parents[4]
GEHEUGEN = 512 * 1024**2
REKENSECONDEN = 30
WACHTSECONDEN = 90
MODULE = "monitor.invoer.importeren.bestand.kindproces"
TE_ZWAAR = "Het bestand vraagt te veel geheugen of tijd om te lezen. Verdeel het over kleinere bestanden."
# Libraries below openpyxl reserve memory for each core when they are loaded.
OMGEVING = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(BASIS)}


def lees_apart(inhoud: bytes) -> Ingelezen:
    """Read in a limited child. Raises InvoerFout when the file as a whole cannot be read."""
    try:
        kind = subprocess.run(
            [sys.executable, "-m", MODULE],
            input=inhoud,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=OMGEVING,
            cwd=BASIS,
            timeout=WACHTSECONDEN,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise InvoerFout([Fout(0, "", TE_ZWAAR)]) from None
    return _uit_json(kind.stdout)


def _uit_json(antwoord: bytes) -> Ingelezen:
    gelezen = json.loads(antwoord)
    fouten = [Fout(*fout) for fout in gelezen["fouten"]]
    if gelezen["geweigerd"]:
        raise InvoerFout(fouten, gelezen["opmerkingen"])
    rijen = [Invoerrij(*rij) for rij in gelezen["rijen"]]
    return Ingelezen(rijen, fouten, gelezen["opmerkingen"], gelezen["soort"])


def main() -> int:
    begrens()
    json.dump(_antwoord(sys.stdin.buffer.read()), sys.stdout)
    return 0


def begrens() -> None:
    """From here on: no more memory, no more time, no core file."""
    resource.setrlimit(resource.RLIMIT_AS, (GEHEUGEN, GEHEUGEN))
    resource.setrlimit(resource.RLIMIT_CPU, (REKENSECONDEN, REKENSECONDEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _antwoord(inhoud: bytes) -> dict[str, object]:
    try:
        gelezen, geweigerd = lees_bytes(inhoud), False
    except InvoerFout as fout:
        gelezen, geweigerd = Ingelezen(fouten=fout.fouten, opmerkingen=fout.opmerkingen), True
    return {
        "geweigerd": geweigerd,
        "rijen": gelezen.rijen,
        "fouten": gelezen.fouten,
        "opmerkingen": gelezen.opmerkingen,
        "soort": gelezen.soort,
    }


if __name__ == "__main__":
    sys.exit(main())
