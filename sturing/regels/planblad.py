"""The jaarplan as a sheet: one row per activity, out and back again. Pure.

Days are written as 30-06-2026, milestones one to a line: ``15-03-2026 | Proef gestart | bereikt 20-03-2026``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sturing.regels.jaarplan import Mijlpaalstand, in_cijfers
from sturing.regels.planinvoer import Activiteittekst, Mijlpaaltekst

ALLEEN_TE_LEZEN = ("te laat", "bijgewerkt op")
"""Columns that say something to a reader; of a sheet that is read back they are skipped."""
JAARPLANKOLOMMEN = (
    *("activiteit", "versie", "thema", "hoofdlijn", "titel", "eigenaar", "begin", "eind", "status", "reden"),
    *("mijlpalen", "indicatoren", *ALLEEN_TE_LEZEN),
)
JAARPLANKOP = ("titel", "begin", "eind", "status", "mijlpalen")
"""The columns by which such a sheet is known."""
TE_WIJZIGEN = JAARPLANKOLOMMEN[JAARPLANKOLOMMEN.index("titel") : -len(ALLEEN_TE_LEZEN)]
EIGEN_KOLOM = "mijlpalen"
_BEREIKT = "bereikt "
MIJLPAALVORM = "Schrijf elke mijlpaal op een regel als: 15-03-2026 | Proef gestart | bereikt 20-03-2026."


class Planfout(NamedTuple):
    """What is wrong with a cell: the row as a spreadsheet counts (0: the whole), the column, and what to do."""

    rij: int
    kolom: str
    zin: str


@dataclass(frozen=True, slots=True)
class Plannamen:
    """What a sheet may name: owners by name in small letters, codes of indicators, words of a status."""

    eigenaren: Mapping[str, Sequence[int]]
    indicatoren: frozenset[str]
    statussen: Mapping[str, str]


def mijlpalen_in_cel(mijlpalen: Iterable[Mijlpaalstand]) -> str:
    return "\n".join(
        " | ".join(
            [
                in_cijfers(m.datum),
                m.titel,
                *([f"{_BEREIKT}{in_cijfers(m.gereed_op)}"] if m.gereed_op is not None else []),
            ]
        )
        for m in mijlpalen
    )


def indicatoren_in_cel(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes))


def lees_planrij(nummer: int, cellen: Mapping[str, str], namen: Plannamen) -> tuple[Activiteittekst, list[Planfout]]:
    """What a row says as a form would say it, with what only a sheet can have wrong."""
    fouten: list[Planfout] = []
    cel = {kolom: cellen.get(kolom, "").strip() for kolom in JAARPLANKOLOMMEN}
    status = namen.statussen.get(cel["status"].casefold(), "")
    if not status:
        keuzes = ", ".join(namen.statussen)
        wat = f"“{cel['status'][:40]}” is geen status. Kies uit" if cel["status"] else "Vul een status in"
        fouten.append(Planfout(nummer, "status", f"{wat}: {keuzes}."))
    codes = [code for deel in cel["indicatoren"].replace("\n", ",").split(",") if (code := deel.strip())]
    fouten += [
        Planfout(nummer, "indicatoren", f"{code[:60]} is geen indicator. Gebruik de code, zoals in de export.")
        for code in codes
        if code not in namen.indicatoren
    ]
    mijlpalen = [regel for regel in cel["mijlpalen"].splitlines() if regel.strip()]
    fouten += [
        Planfout(nummer, "mijlpalen", f"“{regel.strip()[:80]}” is zo niet te lezen. {MIJLPAALVORM}")
        for regel in mijlpalen
        if "|" not in regel
    ]
    tekst = Activiteittekst(
        titel=cel["titel"],
        begin=cel["begin"],
        eind=cel["eind"],
        status=status,
        reden=cel["reden"],
        mijlpalen=[_mijlpaal(regel) for regel in mijlpalen],
        eigenaar=_eigenaar(nummer, cel["eigenaar"], namen, fouten),
        indicatoren=codes,
    )
    return tekst, fouten


def _mijlpaal(regel: str) -> Mijlpaaltekst:
    """What cannot be read stands where it belongs, so that it is named there."""
    dag, titel, bereikt, *meer = (*(deel.strip() for deel in regel.split("|")), "", "", "")
    gereed = bereikt.removeprefix(_BEREIKT).strip()
    return Mijlpaaltekst(dag, titel, f"{gereed}?" if any(meer) else gereed)


def _eigenaar(nummer: int, naam: str, namen: Plannamen, fouten: list[Planfout]) -> int | None:
    gevonden = namen.eigenaren.get(naam.casefold(), ())
    if naam and len(gevonden) != 1:
        wie = "staat niet in de monitor" if not gevonden else "is de naam van meer mensen"
        zin = f"“{naam[:80]}” {wie}. Schrijf de naam zoals bij de activiteit staat, of de inlognaam; leeg is niemand."
        fouten.append(Planfout(nummer, "eigenaar", zin))
    return gevonden[0] if len(gevonden) == 1 else None


def kenmerk_van(thema: str, hoofdlijn: int, nummer: int) -> str:
    """How a sheet names an activity; ``thema`` by its slug."""
    return f"{thema} {hoofdlijn}.{nummer}"


def kolom_van(veld: str) -> str:
    """The column that a field of the form stands in."""
    return "mijlpalen" if veld.startswith("mijlpaal-") else veld


def zin_van(veld: str, zin: str) -> str:
    """With which milestone it is, counted as they stand in the cell."""
    return f"Mijlpaal {int(veld.split('-')[1]) + 1}: {zin}" if veld.startswith("mijlpaal-") else zin
