"""XLSX by openpyxl, row by row; what that does not tell of a sheet while it streams is looked up beside it."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any
from xml.parsers import expat

from defusedxml import DefusedXmlException

from monitor.invoer.importeren.bestand.rijen import (  # fmt: skip
    KOPRIJEN,
    MAX_KOLOMMEN,
    MAX_RIJEN,
    Gelezen,
    Ingelezen,
    Kenmerken,
    Rauw,
    Rekenblad,
    bewaak_breedte,
    bewaak_rijen,
    datumcel,
    fout,
    getalcel,
    lees_bladen,
    letter,
    procentcel,
    tijdcel,
    waarcel,
)
from monitor.invoer.regels.waarneming import InvoerFout

_ONLEESBAAR = "Het bestand is niet te lezen als Excel-bestand. Bewaar het opnieuw als .xlsx."
_VERWIJZING = "Het bestand haalt tekst van elders (een entiteit); dat wordt niet gelezen. Bewaar het opnieuw als .xlsx."
AAN = ("1", "true")
_LETTERLIJK = re.compile(r'"[^"]*"|\\.')
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def lees_xlsx(inhoud: bytes) -> Ingelezen:
    # openpyxl takes a third of a second to import and is needed for this kind of file only.
    from openpyxl import load_workbook

    try:
        boek = load_workbook(io.BytesIO(inhoud), read_only=True, data_only=True, keep_links=False)
        return lees_bladen([_als_blad(blad) for blad in boek.worksheets], "xlsx")
    except InvoerFout:
        raise
    except Exception as oorzaak:
        raise _reden(list(_keten(oorzaak))) from oorzaak


def _reden(keten: list[BaseException]) -> BaseException:
    """Without memory the process ends, which has a sentence of its own."""
    geheugen = next((stap for stap in keten if isinstance(stap, MemoryError)), None)
    verwijst = any(isinstance(stap, DefusedXmlException) for stap in keten)
    return geheugen or fout(_VERWIJZING if verwijst else _ONLEESBAAR)


def _keten(stap: BaseException | None) -> Iterator[BaseException]:
    """The library wraps what went wrong."""
    while stap:
        yield stap
        stap = stap.__cause__ or stap.__context__


def _als_blad(blad: Any) -> Rekenblad:
    kenmerken = Kenmerken()
    omvang = (blad.max_column or 0, blad.max_row or 0)
    blad.reset_dimensions()
    begin = [[str(cel or "") for cel in rij] for rij in blad.iter_rows(max_row=KOPRIJEN, values_only=True)]
    return Rekenblad(blad.title, begin, _rijen(blad, omvang, kenmerken), blad.sheet_state != "visible", kenmerken)


def _rijen(blad: Any, omvang: tuple[int, int], kenmerken: Kenmerken) -> Iterator[Rauw]:
    _bewaak_omvang(*omvang)
    _zoek_kenmerken(blad, kenmerken)
    for nummer, rij in enumerate(blad.iter_rows(), start=1):
        bewaak_rijen(nummer)
        bewaak_breedte(len(rij), nummer)
        cellen = [_lees_cel(cel, kenmerken) for cel in rij]
        yield nummer, [tekst for tekst, _ in cellen], {i: bezwaar for i, (_, bezwaar) in enumerate(cellen) if bezwaar}


def _bewaak_omvang(kolommen: int, rijen: int) -> None:
    """What the sheet says of itself; a sheet that hides its size is stopped while its rows are read."""
    if kolommen > MAX_KOLOMMEN or rijen > MAX_RIJEN + KOPRIJEN:
        omvang = f"{kolommen} kolommen en {rijen} rijen"
        raise fout(f"Het blad is te groot ({omvang}). Verwijder alles buiten de tabel, ook lege cellen met opmaak.")


def _lees_cel(cel: Any, kenmerken: Kenmerken) -> Gelezen:
    waarde = cel.value
    if waarde is None or isinstance(waarde, str):
        return _ontsnap(waarde or ""), None
    if isinstance(waarde, bool):
        return waarcel(waarde)
    if isinstance(waarde, date):
        return datumcel(waarde.date() if isinstance(waarde, datetime) else waarde)
    if isinstance(waarde, time | timedelta):
        return tijdcel(str(waarde))
    if _is_procent(cel.number_format or ""):
        kenmerken.procenten.append(f"{letter(cel.column)}{cel.row}")
        return procentcel(Decimal(repr(waarde)))
    return getalcel(Decimal(repr(waarde)))


@lru_cache
def _is_procent(vorm: str) -> bool:
    """The formats of cells are few, so each is judged once."""
    return "%" in _LETTERLIJK.sub("", vorm)


def _ontsnap(tekst: str) -> str:
    """The format spells a character that XML cannot hold as _x000D_; what is no character stays as it is."""
    return _ESCAPE.sub(_teken, tekst) if "_x" in tekst else tekst


def _teken(gevonden: re.Match[str]) -> str:
    code = int(gevonden[1], 16)
    return chr(code) if code and not 0xD800 <= code <= 0xDFFF else gevonden[0]


def _zoek_kenmerken(blad: Any, kenmerken: Kenmerken) -> None:
    """Hidden rows and columns and merged cells, which openpyxl leaves out while it streams."""
    lezer = expat.ParserCreate(namespace_separator=" ")
    lezer.StartElementHandler = partial(_kenmerk, kenmerken)
    lezer.buffer_text = True
    with blad._get_source() as bron:  # the part of this sheet; the library has no public name for it
        lezer.ParseFile(bron)


def _kenmerk(kenmerken: Kenmerken, element: str, attributen: dict[str, str]) -> None:
    naam = element.rpartition(" ")[2]
    if naam == "mergeCell":
        kenmerken.samengevoegd.append(attributen.get("ref", ""))
    elif attributen.get("hidden") in AAN and naam == "row":
        kenmerken.verborgen_rijen.add(int(attributen.get("r", 0)))
    elif attributen.get("hidden") in AAN and naam == "col":
        laatste = min(int(attributen["max"]), MAX_KOLOMMEN)
        kenmerken.verborgen_kolommen.update(range(int(attributen["min"]), laatste + 1))
