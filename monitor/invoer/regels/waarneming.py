"""Waarneming: what someone says was measured, read from text but not yet a Meting. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Invoerrij(NamedTuple):
    """One row as it was typed, in a file, in the grid or on a sheet: its number there, and text by name of column."""

    nummer: int
    cellen: Mapping[str, str]


class Fout(NamedTuple):
    """One fault in a file or form: where it stands and what to do about it, in Dutch.

    ``rij`` counts from 1 as a spreadsheet does (the header is row 1); 0 is the file as a whole.
    """

    rij: int
    kolom: str
    reden: str

    def __str__(self) -> str:
        plek = f"rij {self.rij}, {self.kolom}" if self.kolom else f"rij {self.rij}"
        return f"{plek}: {self.reden}" if self.rij else self.reden


class InvoerFout(ValueError):
    """Nothing was accepted; ``fouten`` names every reason, not only the first, and ``opmerkingen`` what was read."""

    def __init__(self, fouten: list[Fout], opmerkingen: Iterable[str] = ()) -> None:
        super().__init__("; ".join(str(fout) for fout in fouten[:3]))
        self.fouten = fouten
        self.opmerkingen = list(opmerkingen)


Meetsleutel = tuple[str, str, int, int | None]


@dataclass(frozen=True, slots=True)
class Waarneming:
    """One value in the unit of its indicator; see ``monitor.models.Meting`` for the fields."""

    rij: int
    indicator: str
    onderdeel: str
    jaar: int
    kwartaal: int | None
    waarde: Decimal | None
    teller: Decimal | None
    noemer: Decimal | None
    marge: Decimal | None
    onbekend: bool
    status: str
    meetdatum: date | None
    toelichting: str

    @property
    def sleutel(self) -> Meetsleutel:
        return (self.indicator, self.onderdeel, self.jaar, self.kwartaal)
