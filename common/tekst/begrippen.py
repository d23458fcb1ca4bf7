"""The words of the field with what they mean: the one list behind the page, the explanations in place and the paper.

They are read once, from ``fixtures/begrippen.toml``. ``docs/begrippen.md`` is written from this list:
``python -m common.tekst.begrippen > docs/begrippen.md``. Pure.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from common.tekst.tekens import kaal, past


@dataclass(frozen=True)
class Begrip:
    """``sleutel`` is its place on the page: /begrippen/#sleutel."""

    sleutel: str
    woord: str
    uitleg: str


BESTAND = Path(__file__).parents[2] / "fixtures" / "begrippen.toml"


def lees_begrippen(tekst: str) -> tuple[Begrip, ...]:
    """The terms of a file; TypeError where one has a field too few or too many."""
    return tuple(Begrip(sleutel, **velden) for sleutel, velden in tomllib.loads(tekst).items())


BEGRIPPEN = lees_begrippen(BESTAND.read_text(encoding="utf-8"))
BIJ_SLEUTEL = {begrip.sleutel: begrip for begrip in BEGRIPPEN}
OP_ALFABET = tuple(sorted(BEGRIPPEN, key=lambda begrip: begrip.woord.casefold()))


@dataclass(frozen=True)
class Vondst:
    """A term that fits a search; ``zoek_trede`` as of the rows of the database: 0 where it is exactly the word."""

    begrip: Begrip
    zoek_trede: int


def zoek_begrippen(woorden: Sequence[str]) -> list[Vondst]:
    """The terms in which all words stand; the word itself before what only its explanation names."""
    alle = (Vondst(begrip, _trede(begrip, woorden)) for begrip in OP_ALFABET)
    gevonden = [vondst for vondst in alle if past(woorden, f"{vondst.begrip.woord} {vondst.begrip.uitleg}")]
    return sorted(gevonden, key=lambda vondst: vondst.zoek_trede)


def _trede(begrip: Begrip, woorden: Sequence[str]) -> int:
    if kaal(begrip.woord) == " ".join(woorden):
        return 0
    return 1 if past(woorden, begrip.woord) else 2


def als_tabel() -> str:
    """The list as the table of ``docs/begrippen.md``."""
    rijen = [f"| {begrip.woord} | {begrip.uitleg} |" for begrip in BEGRIPPEN]
    return "\n".join(["# Begrippen", "", "| Woord | Betekenis |", "|---|---|", *rijen, ""])


if __name__ == "__main__":
    print(als_tabel(), end="")
