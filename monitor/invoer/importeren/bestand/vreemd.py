"""What is no sheet of ours: each other kind that people hand in is known by its bytes, and told how to become one."""

from collections.abc import Callable, Collection

from monitor.invoer.importeren.bestand.rijen import fout

_BEWAAR = "Open het in Excel of LibreOffice en bewaar het als .xlsx, .ods of .csv."
_TABEL = "Zet de tabel in een rekenblad (.xlsx, .ods of .csv)."
_GOOGLE = "Dit is een snelkoppeling naar Google Spreadsheets. Download het blad daar als .xlsx of .csv."
_NUMBERS = "Dit is een Numbers-bestand. Kies in Numbers ‘Exporteer naar’ en dan Excel (.xlsx) of CSV."
_INGEPAKT = "Dit is een ingepakt bestand. Pak het uit en lever het rekenblad zelf aan."
_WACHTWOORD = "Dit bestand is beveiligd met een wachtwoord. Bewaar het zonder wachtwoord."
_PLAATJE = "Dit is een afbeelding. Lever het rekenblad zelf aan, als .csv, .xlsx of .ods."
_KOP = 4096  # bytes in which a kind shows itself
_WIT = b"\xef\xbb\xbf \r\n\t"


def _utf16(naam: str) -> bytes:
    """The name of a stream in an OLE container."""
    return naam.encode("utf-16-le")


_OLE = b"\xd0\xcf\x11\xe0"
_IN_OLE = (
    (_utf16("EncryptedPackage"), _WACHTWOORD),
    (
        _utf16("WordDocument"),
        f"Dit is een oud Word-bestand (.doc). {_TABEL}",
    ),
    (_utf16("PowerPoint Document"), "Dit is een presentatie. Lever een .csv, .xlsx of .ods aan."),
    (b"", f"Dit is een oud Excel-bestand (.xls). {_BEWAAR}"),
)
_BEGIN = (
    ((b"%PDF",), "Dit is een pdf. Lever een .csv, .xlsx of .ods aan."),
    ((b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ"), _INGEPAKT),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"), _PLAATJE),
    ((b"{\\rtf",), f"Dit is een tekstdocument (.rtf). {_TABEL}"),
    ((b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08"), f"Dit is een zeer oud Excel-bestand (.xls). {_BEWAAR}"),
    ((b"ID;P",), f"Dit is een SYLK-bestand (.slk). {_BEWAAR}"),
    ((b"TABLE\r\n0,1", b"TABLE\n0,1"), f"Dit is een DIF-bestand (.dif). {_BEWAAR}"),
    ((b"PAR1",), f"Dit is een Parquet-bestand. {_BEWAAR}"),
    ((b"SQLite format 3",), "Dit is een database. Lever een .csv, .xlsx of .ods aan."),
    ((b"MIME-Version:",), f"Dit is een webarchief (.mht). {_BEWAAR}"),
)
_IN_XML = (
    (b"urn:oasis:names:tc:opendocument", "Dit is een plat OpenDocument-bestand (.fods). Bewaar het als .ods."),
    (b"excel.sheet", f"Dit is een XML-rekenblad (Excel 2003). {_BEWAAR}"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", f"Dit is een XML-rekenblad (Excel 2003). {_BEWAAR}"),
    (b"<?xml", "Dit is xml, geen rekenblad. Bewaar het als .xlsx, .ods of .csv."),
    (b"", f"Dit is een webpagina (html), ook als de naam op .xls eindigt. {_BEWAAR}"),
)
_IN_JSON = (
    (
        b"docs.google.com",
        "Dit is een snelkoppeling naar Google Spreadsheets. Download het blad daar als .xlsx of .csv.",
    ),
    (b"", "Dit is json, geen rekenblad. Lever een .csv, .xlsx of .ods aan."),
)
_IN_PAKKET: tuple[tuple[Callable[[str], bool], str], ...] = (
    (lambda naam: naam == "xl/workbook.bin", "Dit is een .xlsb-bestand. Bewaar het als .xlsx of .csv."),
    (
        lambda naam: naam.endswith("vbaProject.bin"),
        "Dit bestand bevat macro's (.xlsm). Bewaar het als .xlsx zonder macro's.",
    ),
    (lambda naam: naam.endswith(".iwa") or naam == "Index.zip", _NUMBERS),
    (lambda naam: naam == "word/document.xml", f"Dit is een Word-document. {_TABEL}"),
    (lambda naam: naam == "ppt/presentation.xml", "Dit is een presentatie. Lever een .csv, .xlsx of .ods aan."),
    (lambda naam: naam.lower().endswith((".xlsx", ".xls", ".csv", ".ods")), _INGEPAKT),
)


def weiger_vreemd(inhoud: bytes) -> None:
    """Raises InvoerFout for a file that is neither a package nor a text of ours."""
    kop, tekst = inhoud[:_KOP], _als_tekst(inhoud[:_KOP])
    if kop.startswith(_OLE):
        raise fout(_eerste(inhoud, _IN_OLE))
    for begin, zin in _BEGIN:
        if kop.startswith(begin):
            raise fout(zin)
    if tekst.startswith(b"<"):
        raise fout(_eerste(tekst.lower(), _IN_XML))
    if tekst.startswith((b"{", b"[")):
        raise fout(_eerste(tekst, _IN_JSON))


def _als_tekst(kop: bytes) -> bytes:
    """A page of UTF-16 is a page as well."""
    if kop.startswith((b"\xff\xfe", b"\xfe\xff")):
        kop = kop[2:].replace(b"\0", b"")
    return kop.lstrip(_WIT)


def _eerste(inhoud: bytes, zinnen: Collection[tuple[bytes, str]]) -> str:
    return next(zin for teken, zin in zinnen if teken in inhoud)


def weiger_vreemd_pakket(namen: Collection[str]) -> None:
    """Raises InvoerFout for a package that holds something else than an XLSX or ODS sheet."""
    for is_vreemd, zin in _IN_PAKKET:
        if any(map(is_vreemd, namen)):
            raise fout(zin)
