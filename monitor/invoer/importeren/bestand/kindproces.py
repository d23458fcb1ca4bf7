"""Read a file of someone else's making in a process of its own, that may use little memory and little time.

Run as a program it reads the bytes from its input and answers in JSON. It knows no database, no settings and no
secrets: whatever a file does to it, it does to nothing else.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryFile

from monitor.invoer.importeren.bestand.leeswijze import Leeswijze, gelezen_als
from monitor.invoer.importeren.bestand.lezen import lees_bytes
from monitor.invoer.importeren.bestand.rijen import Ingelezen, Kopfout
from monitor.invoer.regels.waarneming import Fout, InvoerFout, Invoerrij

BASIS = Path(__file__).resolve().parents[4]
GEHEUGEN = 512 * 1024**2
REKENSECONDEN = 30
WACHTSECONDEN = 90
_BREED = 8  # characters of a number of rows, as the child writes down how far it is
MODULE = "monitor.invoer.importeren.bestand.kindproces"
TE_ZWAAR = "Het bestand vraagt te veel geheugen of tijd om te lezen. Verdeel het over kleinere bestanden."
# Libraries below openpyxl reserve memory for each core when they are loaded.
OMGEVING = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(BASIS)}


def lees_apart(
    inhoud: bytes, koppelingen: Mapping[str, str] | None = None, meld: Callable[[int], None] = lambda rijen: None
) -> Ingelezen:
    """Read in a limited child; ``meld`` hears while it reads how many rows there are by then.

    Raises InvoerFout when the file as a whole cannot be read.
    """
    with TemporaryFile() as invoer, TemporaryFile() as voortgang:
        # A file and not a pipe: what of it was not taken yet would be lost each time we look how far the child is.
        invoer.write(json.dumps(koppelingen or {}).encode() + b"\n" + inhoud)
        invoer.seek(0)
        kind = subprocess.Popen(
            [sys.executable, "-m", MODULE],
            stdin=invoer,
            stdout=subprocess.PIPE,
            stderr=voortgang,
            env=OMGEVING,
            cwd=BASIS,
        )
        with kind:
            antwoord = _wacht_op(kind, lambda: meld(_stand(voortgang.fileno())))
    if kind.returncode:
        raise InvoerFout([Fout(0, "", TE_ZWAAR)])
    return _uit_json(antwoord)


def _wacht_op(kind: subprocess.Popen[bytes], kijk: Callable[[], None]) -> bytes:
    """What the child answers; it is stopped when it takes too long or when whoever waits for it is."""
    try:
        for _ in range(WACHTSECONDEN):
            try:
                return kind.communicate(timeout=1)[0]
            except subprocess.TimeoutExpired:
                kijk()
        return b""
    finally:
        kind.kill()


def _stand(voortgang: int) -> int:
    """The last number of rows that the child wrote down; 0 when it wrote none, or something else."""
    maat = os.fstat(voortgang).st_size
    laatste = os.pread(voortgang, _BREED, max(0, maat - _BREED)).strip()
    return int(laatste) if laatste.isdigit() else 0


def _uit_json(antwoord: bytes) -> Ingelezen:
    gelezen = json.loads(antwoord)
    fouten, koppen = [Fout(*fout) for fout in gelezen["fouten"]], [(kop, cel) for kop, cel in gelezen["koppen"]]
    if gelezen["geweigerd"]:
        weigering = Kopfout(fouten, koppen)
        weigering.opmerkingen = gelezen["opmerkingen"]
        raise weigering
    rijen = [Invoerrij(*rij) for rij in gelezen["rijen"]]
    return Ingelezen(rijen, fouten, gelezen["opmerkingen"], gelezen["soort"], koppen=koppen)


def main() -> int:
    begrens()
    koppelingen = json.loads(sys.stdin.buffer.readline())
    with gelezen_als(Leeswijze(koppelingen, _schrijf_stand)):
        json.dump(_antwoord(sys.stdin.buffer.read()), sys.stdout)
    return 0


def _schrijf_stand(rijen: int) -> None:
    sys.stderr.write(f"{rijen:>{_BREED}}")
    sys.stderr.flush()


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
        gelezen.koppen = list(fout.koppen) if isinstance(fout, Kopfout) else []
    return {
        "geweigerd": geweigerd,
        "rijen": gelezen.rijen,
        "fouten": gelezen.fouten,
        "opmerkingen": gelezen.opmerkingen,
        "soort": gelezen.soort,
        "koppen": gelezen.koppen,
    }


if __name__ == "__main__":
    sys.exit(main())
