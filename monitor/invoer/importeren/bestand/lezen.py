"""Reading a file of metingen: CSV, XLSX or ODS to rows of text. Knows nothing of indicators or the database.

A file is foreign: its size, its unpacked size and its dimensions are checked before it is read.
"""

import io
import stat
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from monitor.invoer.importeren.bestand.csv import lees_csv
from monitor.invoer.importeren.bestand.ods.lezen import lees_ods
from monitor.invoer.importeren.bestand.rijen import Ingelezen, fout
from monitor.invoer.importeren.bestand.vreemd import weiger_vreemd, weiger_vreemd_pakket
from monitor.invoer.importeren.bestand.xlsx.lezen import lees_xlsx
from monitor.invoer.regels.waarneming import InvoerFout

MAX_UITGEPAKT = 100 * 1024 * 1024
MAX_DELEN = 2000
MAX_MANIFEST = 1024 * 1024
BESCHADIGD = "Het bestand is beschadigd. Bewaar het opnieuw en probeer het nog eens."
ODS_SOORTEN = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.spreadsheet-template",
)

Delen = Sequence[zipfile.ZipInfo]


def bewaak_pakket(inhoud: bytes) -> str:
    """``xlsx`` or ``ods``. Raises InvoerFout with a sentence for anything that is not simply one of these."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
            delen = archief.infolist()
            for gaat_mis, zin in _BEZWAREN:
                if gaat_mis(delen):
                    raise fout(zin)
            return _soort(archief, {deel.filename for deel in delen})
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError):
        raise fout(BESCHADIGD) from None


def _te_groot(delen: Delen) -> bool:
    return sum(deel.file_size for deel in delen) > MAX_UITGEPAKT


def _dubbel(delen: Delen) -> bool:
    return len({deel.filename for deel in delen}) != len(delen)


def _wijst_naar_buiten(delen: Delen) -> bool:
    namen = [deel.filename.replace("\\", "/") for deel in delen]
    return any(naam.startswith("/") or ".." in naam.split("/") for naam in namen)


def _verwijzing(delen: Delen) -> bool:
    return any(stat.S_ISLNK(deel.external_attr >> 16) for deel in delen)


def _versleuteld(delen: Delen) -> bool:
    return any(deel.flag_bits & 1 for deel in delen)


_BEZWAREN: tuple[tuple[Callable[[Delen], bool], str], ...] = (
    (lambda delen: len(delen) > MAX_DELEN, "Het bestand bestaat uit te veel delen. Bewaar het opnieuw als .xlsx."),
    (_te_groot, "Het bestand is uitgepakt te groot. Verdeel het over kleinere bestanden."),
    (_dubbel, "Het bestand bevat twee delen met dezelfde naam. Bewaar het opnieuw als .xlsx."),
    (_wijst_naar_buiten, "Het bestand heeft delen met een naam die naar buiten wijst. Bewaar het opnieuw als .xlsx."),
    (_verwijzing, "Het bestand bevat een verwijzing naar een ander bestand. Bewaar het opnieuw als .xlsx."),
    (_versleuteld, "Dit bestand is beveiligd met een wachtwoord. Bewaar het zonder wachtwoord."),
)


def _soort(archief: zipfile.ZipFile, namen: set[str]) -> str:
    if not namen:
        raise fout(BESCHADIGD)
    weiger_vreemd_pakket(namen)
    if "xl/workbook.xml" in namen:
        return "xlsx"
    if "content.xml" in namen and "mimetype" in namen:
        return _ods(archief, namen)
    raise fout("Dit is geen rekenblad. Lever een .csv, .xlsx of .ods aan.")


def _ods(archief: zipfile.ZipFile, namen: set[str]) -> str:
    if _lees(archief, "mimetype").strip() not in ODS_SOORTEN:
        raise fout("Dit is een OpenDocument-bestand, maar geen rekenblad. Bewaar de tabel als .ods.")
    if "META-INF/manifest.xml" in namen and b"encryption-data" in _lees(archief, "META-INF/manifest.xml"):
        raise fout("Dit bestand is beveiligd met een wachtwoord. Bewaar het zonder wachtwoord.")
    return "ods"


def _lees(archief: zipfile.ZipFile, naam: str) -> bytes:
    with archief.open(naam) as deel:
        return deel.read(MAX_MANIFEST)


MAX_BYTES = 20 * 1024 * 1024
TE_GROOT = f"Het bestand is te groot: hoogstens {MAX_BYTES // 1024**2} MB."
_WIT = b"\xef\xbb\xbf \r\n\t\0"
_LEZERS = {"xlsx": lees_xlsx, "ods": lees_ods}


def lees_bestand(pad: Path) -> Ingelezen:
    """Read a file. Raises InvoerFout when the file as a whole cannot be read."""
    if not pad.is_file():
        raise fout(f"Het bestand {pad.name} bestaat niet.")
    if pad.stat().st_size > MAX_BYTES:
        raise fout(TE_GROOT)
    return lees_bytes(pad.read_bytes())


def lees_bytes(inhoud: bytes) -> Ingelezen:
    """Read the bytes of a file; what kind it is follows from these, never from a name.

    Whatever goes wrong inside a file has a sentence. Without memory the process ends, which has one of its own.
    """
    if not inhoud.strip(_WIT):
        raise fout("Het bestand is leeg.")
    if len(inhoud) > MAX_BYTES:
        raise fout(TE_GROOT)
    try:
        return _lees_soort(inhoud)
    except (InvoerFout, MemoryError):
        raise
    except Exception as oorzaak:
        raise fout(BESCHADIGD) from oorzaak


def _lees_soort(inhoud: bytes) -> Ingelezen:
    if inhoud.startswith(b"PK"):
        return _LEZERS[bewaak_pakket(inhoud)](inhoud)
    weiger_vreemd(inhoud)
    return lees_csv(inhoud)
