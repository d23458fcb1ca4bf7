"""Read TOML files into checked rows: every fault is collected with file, place and reason, in Dutch.

Nothing here knows the database. A schema names the keys of one table; ``Schema.lees`` gives a row with
every key of the schema, or None after noting what is wrong with it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from common.tekst.tekens import onzichtbare

SLEUTEL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
BRONREGEL = re.compile(r"\d+(?:-\d+)?(?:, \d+(?:-\d+)?)*", re.ASCII)
EERSTE_JAAR, LAATSTE_JAAR = 1900, 2100
_PLAATS = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


@dataclass(frozen=True, order=True)
class Fout:
    """One fault: in which file, at which row or key, and why."""

    bestand: str
    plek: str
    reden: str

    def __str__(self) -> str:
        return f"{self.bestand}: {self.plek}: {self.reden}" if self.plek else f"{self.bestand}: {self.reden}"


class Fouten(list[Fout]):
    """The faults found so far, in the order in which they were found."""

    def meld(self, bestand: str, plek: str, reden: str) -> None:
        self.append(Fout(bestand, plek, reden))


@dataclass(frozen=True)
class Tabelrij:
    """A checked table of a file, with where it stands and where its faults go."""

    bestand: str
    plek: str
    waarden: dict[str, Any]
    fouten: Fouten = field(default_factory=Fouten)

    def __getitem__(self, naam: str) -> Any:
        return self.waarden[naam]

    def meld(self, reden: str) -> None:
        self.fouten.meld(self.bestand, self.plek, reden)

    def lees_binnen(self, plek: str, schema: Schema, tabel: Any) -> Tabelrij | None:
        """A table that stands within this one."""
        return schema.lees(tabel, self.bestand, plek, self.fouten)


class Onjuist(ValueError):
    """A value does not fit its field; the message completes "<key> ..."."""


@dataclass(frozen=True)
class Veld:
    """What a key may hold. ``verplicht`` keys must be there; others fall back on ``standaard``."""

    verplicht: bool = True
    standaard: Any = None

    def lees(self, waarde: Any) -> Any:
        """The checked value. Raises Onjuist."""
        raise NotImplementedError


@dataclass(frozen=True)
class Tekst(Veld):
    """A text of at most ``lengte`` characters, stripped, and matching ``patroon`` where there is one."""

    lengte: int = 2000
    patroon: re.Pattern[str] | None = None
    standaard: Any = ""

    def lees(self, waarde: Any) -> str:
        if not isinstance(waarde, str):
            raise Onjuist(f"moet tekst zijn, er staat {_soort(waarde)}")
        tekst = waarde.strip()
        if not tekst and self.verplicht:
            raise Onjuist("is leeg")
        if vreemd := _vreemd_teken(tekst):
            raise Onjuist(f"bevat een teken dat niet te zien is (U+{ord(vreemd):04X})")
        if len(tekst) > self.lengte:
            raise Onjuist(f"is {len(tekst)} tekens lang, {self.lengte} mag")
        if self.patroon and tekst and not self.patroon.fullmatch(tekst):
            raise Onjuist(f"heeft niet de juiste vorm: {tekst!r}")
        return tekst


@dataclass(frozen=True)
class Heel(Veld):
    """A whole number between two bounds, both included."""

    van: int = 0
    tot: int = 32767

    def lees(self, waarde: Any) -> int:
        if isinstance(waarde, bool) or not isinstance(waarde, int):
            raise Onjuist(f"moet een heel getal zijn, er staat {_soort(waarde)}")
        if not self.van <= waarde <= self.tot:
            raise Onjuist(f"is {waarde}, het moet tussen {self.van} en {self.tot} liggen")
        return waarde


@dataclass(frozen=True)
class Getal(Veld):
    """An exact number with at most ``decimalen`` decimals; the decimals it is written with are kept."""

    decimalen: int = 4
    van: Decimal = Decimal(0)
    tot: Decimal = Decimal("9999999999999")

    def lees(self, waarde: Any) -> Decimal:
        if isinstance(waarde, bool) or not isinstance(waarde, int | Decimal):
            raise Onjuist(f"moet een getal zijn, er staat {_soort(waarde)}")
        getal = Decimal(waarde)
        if not getal.is_finite() or not self.van <= getal <= self.tot:
            raise Onjuist(f"is {waarde}, het moet tussen {self.van} en {self.tot} liggen")
        exponent = getal.as_tuple().exponent
        if not isinstance(exponent, int) or exponent > 0 or -exponent > self.decimalen:
            raise Onjuist(f"is {waarde}, ten hoogste {self.decimalen} decimalen mag, zonder e-notatie")
        return getal


@dataclass(frozen=True)
class Dag(Veld):
    """A date without a time, in a year that a plan can be about."""

    def lees(self, waarde: Any) -> date:
        if not isinstance(waarde, date) or isinstance(waarde, datetime):
            raise Onjuist(f"moet een datum zijn (jjjj-mm-dd), er staat {_soort(waarde)}")
        if not EERSTE_JAAR <= waarde.year <= LAATSTE_JAAR:
            raise Onjuist(f"is {waarde}, het jaar moet tussen {EERSTE_JAAR} en {LAATSTE_JAAR} liggen")
        return waarde


@dataclass(frozen=True)
class JaNee(Veld):
    """true or false."""

    standaard: Any = False

    def lees(self, waarde: Any) -> bool:
        if not isinstance(waarde, bool):
            raise Onjuist(f"moet true of false zijn, er staat {_soort(waarde)}")
        return waarde


@dataclass(frozen=True)
class Keuze(Veld):
    """One of a fixed set of words."""

    keuzes: tuple[str, ...] = ()

    def lees(self, waarde: Any) -> str:
        if not isinstance(waarde, str) or waarde not in self.keuzes:
            gegeven = repr(waarde) if isinstance(waarde, str) else _soort(waarde)
            raise Onjuist(f"moet een van {', '.join(self.keuzes)} zijn, er staat {gegeven}")
        return waarde


@dataclass(frozen=True)
class Lijst(Veld):
    """An array of texts."""

    standaard: Any = ()

    def lees(self, waarde: Any) -> tuple[str, ...]:
        if not isinstance(waarde, list) or not all(isinstance(deel, str) for deel in waarde):
            raise Onjuist(f"moet een lijst van teksten zijn, er staat {_soort(waarde)}")
        return tuple(waarde)


@dataclass(frozen=True)
class Ruw(Veld):
    """A table or array that is read further by its own schema."""

    soort: type = list

    def lees(self, waarde: Any) -> Any:
        if not isinstance(waarde, self.soort):
            raise Onjuist(f"moet {_NAMEN[self.soort]} zijn, er staat {_soort(waarde)}")
        return waarde


@dataclass(frozen=True)
class Schema:
    """The keys that one table may have."""

    velden: dict[str, Veld] = field(default_factory=dict)

    def lees(self, tabel: Any, bestand: str, plek: str, fouten: Fouten) -> Tabelrij | None:
        """The row, with every key of the schema; None when anything in it is wrong."""
        if not isinstance(tabel, dict):
            fouten.meld(bestand, plek, f"moet een tabel zijn, er staat {_soort(tabel)}")
            return None
        vooraf = len(fouten)
        for sleutel in sorted(tabel.keys() - self.velden.keys()):
            fouten.meld(bestand, plek, f"onbekende sleutel {sleutel!r}")
        waarden = {naam: self._veld(naam, veld, tabel, bestand, plek, fouten) for naam, veld in self.velden.items()}
        return Tabelrij(bestand, plek, waarden, fouten) if len(fouten) == vooraf else None

    def _veld(self, naam: str, veld: Veld, tabel: dict[str, Any], bestand: str, plek: str, fouten: Fouten) -> Any:
        if naam not in tabel:
            if veld.verplicht:
                fouten.meld(bestand, plek, f"{naam!r} ontbreekt")
            return veld.standaard
        try:
            return veld.lees(tabel[naam])
        except Onjuist as fout:
            fouten.meld(bestand, plek, f"{naam!r} {fout}")
            return veld.standaard


_NAMEN: dict[type, str] = {
    bool: "true/false",
    str: "tekst",
    int: "een heel getal",
    Decimal: "een getal",
    dict: "een tabel",
    list: "een lijst",
    datetime: "een tijdstip",
    date: "een datum",
}


def _vreemd_teken(tekst: str) -> str:
    """The first character that cannot be seen: control, and whatever an import leaves out of a code."""
    return next((t for t in tekst if unicodedata.category(t) in ("Cc", "Cf", "Cs") and t not in "\n\t"), "") or next(
        iter(onzichtbare(tekst)), ""
    )


def _soort(waarde: Any) -> str:
    return _NAMEN.get(type(waarde), type(waarde).__name__)


def lees_toml(pad: Path, wortel: Path, fouten: Fouten) -> tuple[str, dict[str, Any]]:
    """The file's name below ``wortel`` and its content, numbers exact; empty after a fault."""
    bestand = pad.relative_to(wortel).as_posix()
    try:
        # A byte order mark is what some editors put in front; it means nothing.
        return bestand, tomllib.loads(pad.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except FileNotFoundError:
        fouten.meld(bestand, "", "het bestand ontbreekt")
    except OSError as fout:
        fouten.meld(bestand, "", f"het bestand is niet te lezen ({fout.strerror})")
    except UnicodeDecodeError as fout:
        fouten.meld(bestand, f"byte {fout.start}", "het bestand is geen UTF-8")
    except tomllib.TOMLDecodeError as fout:
        plaats = _PLAATS.search(str(fout))
        plek = f"regel {plaats[1]}, kolom {plaats[2]}" if plaats and plaats[1] else "einde van het bestand"
        fouten.meld(bestand, plek, "geen geldige TOML")
    except (ValueError, RecursionError):  # a number or a nesting beyond what Python will read
        fouten.meld(bestand, "", "geen geldige TOML")
    return bestand, {}


@dataclass(frozen=True)
class Bestand:
    """A file that was read: its name below the root, its tables (none after a fault), and where its faults go."""

    naam: str
    inhoud: dict[str, Any]
    fouten: Fouten

    def tabel(self, naam: str, schema: Schema) -> Tabelrij | None:
        """The checked ``[naam]``."""
        return schema.lees(self.inhoud.get(naam, {}), self.naam, naam, self.fouten) if self.inhoud else None

    def tabellen(self, naam: str, schema: Schema, *uniek: str | tuple[str, ...]) -> list[Tabelrij]:
        """The checked rows of every ``[[naam]]``, each placed by its number; ``uniek`` are their keys."""
        ruw = self.inhoud.get(naam, [])
        if not isinstance(ruw, list):
            self.fouten.meld(self.naam, naam, f"moet als [[{naam}]] zijn geschreven")
            return []
        genummerd = ((f"[[{naam}]] {nummer}", tabel) for nummer, tabel in enumerate(ruw, 1))
        gelezen = [schema.lees(tabel, self.naam, plek, self.fouten) for plek, tabel in genummerd]
        rijen = [rij for rij in gelezen if rij]
        weiger_dubbel(rijen, *uniek)
        return rijen


def lees_bestand(pad: Path, wortel: Path, fouten: Fouten, *tabellen: str) -> Bestand:
    """The file, which may have these tables and nothing else at its top level."""
    naam, inhoud = lees_toml(pad, wortel, fouten)
    for sleutel in sorted(inhoud.keys() - set(tabellen)):
        fouten.meld(naam, sleutel, "onbekende tabel of sleutel")
    return Bestand(naam, inhoud, fouten)


def weiger_dubbel(rijen: Sequence[Tabelrij], *sleutels: str | tuple[str, ...]) -> None:
    """Note every row with a key that an earlier row has; a key is one field or several together."""
    for namen in ((sleutel,) if isinstance(sleutel, str) else sleutel for sleutel in sleutels):
        eerder: dict[tuple[Any, ...], Tabelrij] = {}
        for rij in rijen:
            waarden = tuple(rij[naam] for naam in namen)
            vorige = eerder.setdefault(waarden, rij)
            if vorige is not rij:
                ingevuld = [(n, w) for n, w in zip(namen, waarden, strict=True) if w not in (None, "")]
                woorden = " en ".join(f"{n} {_genoemd(w)}" for n, w in ingevuld or zip(namen, waarden, strict=True))
                rij.meld(f"{woorden} staat er al: {vorige.bestand}, {vorige.plek}")


def _genoemd(waarde: Any) -> str:
    """As it stands in the file; a day is not quoted there."""
    return f"{waarde:%Y-%m-%d}" if isinstance(waarde, date) else repr(waarde)


def mappen(map_: Path) -> Iterator[Path]:
    """The folders of one kind of fixture, one per agenda or plan, in order."""
    return (pad for pad in sorted(map_.glob("*")) if pad.is_dir())


def weiger_omgekeerd(rijen: Iterable[Tabelrij]) -> None:
    """Note every row that ends before it begins."""
    for rij in rijen:
        if rij["geldig_vanaf"] and rij["geldig_tot"] and rij["geldig_tot"] <= rij["geldig_vanaf"]:
            rij.meld("'geldig_tot' ligt niet na 'geldig_vanaf'")
