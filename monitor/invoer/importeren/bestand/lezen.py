"""Reading a file of metingen: CSV, XLSX or ODS to rows of text. Knows nothing of indicators or the database.

A file is foreign: its size, its unpacked size and its dimensions are checked before it is read.
"""

from __future__ import annotations

from pathlib import Path

from monitor.invoer.importeren.bestand.csv import lees_csv
from monitor.invoer.importeren.bestand.ods import lees_ods
from monitor.invoer.importeren.bestand.pakket import bewaak_pakket
from monitor.invoer.importeren.bestand.rijen import Inhoud, fout
from monitor.invoer.importeren.bestand.xlsx import lees_xlsx

MAX_BYTES = 20 * 1024 * 1024
TE_GROOT = f"Het bestand is te groot: hoogstens {MAX_BYTES // 1024**2} MB."
_VERSLEUTELD = "EncryptedPackage".encode("utf-16-le")  # the name of a stream in an OLE container
_LEZERS = {"xlsx": lees_xlsx, "ods": lees_ods}


def lees_bestand(pad: Path) -> Inhoud:
    """Read a file. Raises InvoerFout when the file as a whole cannot be read."""
    if not pad.is_file():
        raise fout(f"Het bestand {pad.name} bestaat niet.")
    if pad.stat().st_size > MAX_BYTES:
        raise fout(TE_GROOT)
    return lees_bytes(pad.read_bytes())


def lees_bytes(inhoud: bytes) -> Inhoud:
    """Read the bytes of a file; what kind it is follows from these, never from a name."""
    if not inhoud:
        raise fout("Het bestand is leeg.")
    if len(inhoud) > MAX_BYTES:
        raise fout(TE_GROOT)
    if inhoud.startswith(b"PK"):
        return _LEZERS[bewaak_pakket(inhoud)](inhoud)
    _weiger_vreemd(inhoud)
    return lees_csv(inhoud)


def _weiger_vreemd(inhoud: bytes) -> None:
    if inhoud.startswith(b"\xd0\xcf\x11\xe0"):
        if _VERSLEUTELD in inhoud:
            raise fout("Dit bestand is beveiligd met een wachtwoord. Bewaar het zonder wachtwoord.")
        raise fout("Dit is een oud Excel-bestand (.xls). Bewaar het als .xlsx, .ods of .csv.")
    if inhoud.startswith(b"%PDF"):
        raise fout("Dit is een pdf. Lever een .csv, .xlsx of .ods aan.")
    if inhoud.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise fout("Dit is een webpagina of xml, geen rekenblad. Bewaar het als .xlsx, .ods of .csv.")
    if inhoud.startswith((b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")):
        raise fout("Dit is een ingepakt bestand. Pak het eerst uit.")
