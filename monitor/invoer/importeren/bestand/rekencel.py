"""What a cell of a spreadsheet says, as the text a person would have typed; and where a spreadsheet changed it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from monitor.invoer.importeren.bestand.rijen import Bezwaar

MAX_CIJFERS = 15  # what spreadsheets keep of a number
HONDERD = Decimal(100)

WAAR = Bezwaar("hier staat WAAR of ONWAAR. Vul de waarde zelf in.")
AFGEROND = Bezwaar(
    f"een rekenblad bewaart hoogstens {MAX_CIJFERS} cijfers en heeft dit getal misschien afgerond. "
    "Zet de cel om naar tekst en vul het hele getal in."
)
TIJD = Bezwaar("hier staat een tijd. Vul de waarde zelf in.")


def datumbezwaar(dag: date) -> Bezwaar:
    """What was typed as 5-10 is a date for a spreadsheet."""
    zin = f"hier staat een datum ({dag.day}-{dag.month}-{dag.year}). Zet de cel om naar tekst en vul de waarde in."
    return Bezwaar(zin, mag_in=("meetdatum", "toelichting"))


def getaltekst(getal: Decimal) -> str:
    """All digits, without groups, with a decimal comma."""
    return f"{getal.normalize():f}".replace(".", ",")


def procenttekst(getal: Decimal) -> str:
    """82% as the screen shows it; the file holds 0,82."""
    return f"{getaltekst(getal * HONDERD)}%"


def is_afgerond(getal: Decimal) -> bool:
    """A number of more digits than a spreadsheet keeps; of a longer one it keeps zeros at the end."""
    return getal.adjusted() >= MAX_CIJFERS or len(getal.normalize().as_tuple().digits) > MAX_CIJFERS
