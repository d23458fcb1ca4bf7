"""The house as one drawing: its rooms floor by floor, what is in each, and the doors between them.

Everything in it is read: what is in a room from the tree, who rests on whom from afspraken.DEUREN. A box stands one
floor above the highest room it rests on; an arrow that follows from two others is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from textwrap import wrap
from xml.sax.saxutils import escape

from scripts.wanden.afspraken import BUITENKANT, DEUREN, LAGEN
from scripts.wanden.boom import Boom

# What every app has because Django or its templates ask for it says nothing about a room.
OVERAL = {*LAGEN, "management", "templatetags"}
NIET_GETEKEND = BUITENKANT | {"templatetags"}

BREED, TUSSEN, RAND, REGEL = 880, 24, 14, 20
LETTER = 7.9  # pixels of one letter of the widest usual font of one width, at 13 px
STIJL = """
  text { font: 13px ui-monospace, "DejaVu Sans Mono", Consolas, Menlo, monospace; fill: #16202b; }
  .naam { font-weight: 700; fill: #10507c; }
  rect { fill: #ffffff; stroke: #7d838a; }
  .grond { fill: #f6f5f1; stroke: none; }
  .deur { fill: none; stroke: #10507c; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e9e7e1; }
    .naam { fill: #8fc7f0; }
    rect { fill: #192027; stroke: #7f8b96; }
    .grond { fill: #11161b; }
    .deur { stroke: #8fc7f0; }
  }
"""


@dataclass(frozen=True)
class Kamer:
    """``rust_op`` are the rooms it may import from, ``inhoud`` its folders (with a slash) and its modules."""

    naam: str
    inhoud: tuple[str, ...]
    rust_op: frozenset[str]

    @property
    def map(self) -> str:
        return self.naam.replace(".", "/")


@dataclass(frozen=True)
class Huis:
    kamers: dict[str, Kamer]

    @cached_property
    def verdieping(self) -> dict[str, int]:
        """The lowest floor of a room: above all that it rests on, beside what rests on the same room as it does."""
        hoogte, vorige = dict.fromkeys(self.kamers, 0), None
        for _ in self.kamers:
            if hoogte == vorige:
                break
            vorige = dict(hoogte)
            for naam in sorted(self.kamers, key=self._diepte):
                hoogte[naam] = max([hoogte[naam], *(hoogte[onder] + 1 for onder in self.kamers[naam].rust_op)])
            for onder in self.kamers:
                erop = [boven for a, boven in self.deuren if a == onder]
                hoogte |= dict.fromkeys(erop, max((hoogte[boven] for boven in erop), default=0))
        return hoogte

    @cached_property
    def deuren(self) -> list[tuple[str, str]]:
        """From a room to one that rests on it, without those that follow from two others."""
        paren = ((onder, kamer) for kamer in self.kamers.values() for onder in kamer.rust_op)
        return sorted(
            (onder, kamer.naam)
            for onder, kamer in paren
            if not any(onder in self.kamers[tussen].rust_op for tussen in kamer.rust_op)
        )

    @cached_property
    def tot(self) -> dict[str, int]:
        """The highest floor a room fills: right up to the first that rests on it."""
        erop = {naam: [self.verdieping[b] for a, b in self.deuren if a == naam] for naam in self.kamers}
        return {naam: min(hoogten) - 1 if hoogten else self.verdieping[naam] for naam, hoogten in erop.items()}

    @cached_property
    def kolom(self) -> dict[str, int]:
        plaats: dict[str, int] = {}
        for hoogte in range(max(self.verdieping.values()) + 1):
            bezet = {plaats[naam] for naam in self.op(hoogte) if naam in plaats}
            nieuw = sorted((self._onder(naam, plaats), naam) for naam in self.op(hoogte) if naam not in plaats)
            vrij = (kolom for kolom in range(len(self.kamers)) if kolom not in bezet)
            plaats |= {naam: kolom for (_, naam), kolom in zip(nieuw, vrij, strict=False)}
        return plaats

    def op(self, hoogte: int) -> list[str]:
        return sorted(naam for naam in self.kamers if self.verdieping[naam] <= hoogte <= self.tot[naam])

    def _diepte(self, naam: str) -> int:
        return len(self.kamers[naam].rust_op)

    def _onder(self, naam: str, plaats: dict[str, int]) -> int:
        return max((plaats[a] for a, b in self.deuren if b == naam), default=0)


@dataclass(frozen=True)
class Vak:
    x: float
    y: float
    breed: float
    hoog: float
    kamer: Kamer

    @property
    def regels(self) -> list[str]:
        return regels_van(self.kamer, self.breed)


def lees_kamers(boom: Boom) -> Huis:
    """Rooms that are a single module, like monitor.zicht, share a box that goes by the name of their app."""
    groepen: dict[str, list[str]] = {}
    for kamer in DEUREN:
        if boom.onder(kamer) and kamer.split(".")[-1] not in NIET_GETEKEND:
            groepen.setdefault(_groep(boom, kamer), []).append(kamer)
    groep_van = {kamer: groep for groep, leden in groepen.items() for kamer in leden}
    return Huis({groep: _kamer(boom, groep, leden, groep_van) for groep, leden in groepen.items()})


def teken(huis: Huis) -> str:
    vakken = _vakken(huis)
    hoog = max(vak.y + vak.hoog for vak in vakken.values()) + TUSSEN
    maten = f'viewBox="0 0 {BREED} {hoog:g}" width="{BREED}" height="{hoog:g}"'
    delen = [*map(_vak, vakken.values()), *(_deur(vakken[onder], vakken[boven]) for onder, boven in huis.deuren)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {maten} role="img" aria-labelledby="titel inhoud">',
            '<title id="titel">The house: its rooms and their doors</title>',
            f'<desc id="inhoud">{escape(beschrijving(huis))}</desc>',
            f"<style>{STIJL}</style>",
            f'<rect class="grond" width="{BREED}" height="{hoog:g}"/>',
            *delen,
            "</svg>\n",
        ]
    )


def beschrijving(huis: Huis) -> str:
    """The same in sentences, from the ground up."""
    rij = sorted(huis.kamers.values(), key=lambda kamer: (huis.verdieping[kamer.naam], huis.kolom[kamer.naam]))
    return "\n".join(" ".join(_zinnen(huis, kamer)) for kamer in rij)


def regels_van(kamer: Kamer, breed: float) -> list[str]:
    return wrap("  ".join(kamer.inhoud), int((breed - 2 * RAND) / LETTER), break_long_words=False)


def _groep(boom: Boom, kamer: str) -> str:
    return kamer.split(".")[0] if len(boom.onder(kamer)) == 1 and not _is_map(boom, kamer) else kamer


def _is_map(boom: Boom, naam: str) -> bool:
    return any(module.map == naam for module in boom.modules.values())


def _kamer(boom: Boom, groep: str, leden: list[str], groep_van: dict[str, str]) -> Kamer:
    doelen = {groep_van[doel] for lid in leden for doel in DEUREN[lid] if doel in groep_van}
    inhoud = sorted(lid.split(".")[-1] for lid in leden) if leden != [groep] else _inhoud(boom, groep)
    return Kamer(groep, tuple(inhoud), frozenset(doel for doel in doelen if doel != groep))


def _inhoud(boom: Boom, naam: str) -> list[str]:
    """What is straight in this folder: folders first."""
    onder = {m.naam.removeprefix(f"{naam}.").split(".")[0] for m in boom.onder(naam) if m.naam != naam}
    eigen = sorted(onder - (set() if naam.endswith("models") else OVERAL))
    mappen = [deel for deel in eigen if _is_map(boom, f"{naam}.{deel}")]
    return [*(f"{deel}/" for deel in mappen), *(deel for deel in eigen if deel not in mappen)]


def _vakken(huis: Huis) -> dict[str, Vak]:
    hoogten = range(max(huis.verdieping.values()) + 1)
    hoog = {hoogte: _hoogte(huis, hoogte) for hoogte in hoogten}
    boven = {h: TUSSEN + sum(hoog[hoger] + TUSSEN for hoger in hoogten if hoger > h) for h in hoogten}
    vakken = {}
    for naam, kamer in huis.kamers.items():
        x, breed = _plaats(huis, naam)
        top, voet = boven[huis.tot[naam]], boven[huis.verdieping[naam]] + hoog[huis.verdieping[naam]]
        vakken[naam] = Vak(x, top, breed, voet - top, kamer)
    return vakken


def _hoogte(huis: Huis, hoogte: int) -> float:
    """As high as the fullest room that begins on this floor."""
    begint = [naam for naam in huis.op(hoogte) if huis.verdieping[naam] == hoogte]
    meeste = max(len(regels_van(huis.kamers[naam], _plaats(huis, naam)[1])) for naam in begint)
    return 2 * RAND + REGEL * (meeste + 1) - 6


def _plaats(huis: Huis, naam: str) -> tuple[float, float]:
    """Left side and width: the rooms of a floor share it evenly."""
    kolommen = max(len(huis.op(h)) for h in range(huis.verdieping[naam], huis.tot[naam] + 1))
    breed = (BREED - (kolommen + 1) * TUSSEN) / kolommen
    return TUSSEN + huis.kolom[naam] * (breed + TUSSEN), breed


def _vak(vak: Vak) -> str:
    y = vak.y + RAND + 10
    regels = [f'<text class="naam" x="{vak.x + RAND:g}" y="{y:g}">{escape(vak.kamer.map)}</text>']
    for nummer, regel in enumerate(vak.regels, 1):
        tekst = escape(regel).replace("  ", "\N{NO-BREAK SPACE} ")
        regels.append(f'<text x="{vak.x + RAND:g}" y="{y + nummer * REGEL:g}">{tekst}</text>')
    return "\n".join(
        [f'<rect x="{vak.x:g}" y="{vak.y:g}" width="{vak.breed:g}" height="{vak.hoog:g}" rx="3"/>', *regels]
    )


def _deur(onder: Vak, boven: Vak) -> str:
    """An arrow up, in the middle of where the two boxes stand above one another."""
    links, rechts = max(onder.x, boven.x), min(onder.x + onder.breed, boven.x + boven.breed)
    x, van, naar = (links + rechts) / 2, onder.y, boven.y + boven.hoog
    return f'<path class="deur" d="M{x:g} {van:g}V{naar + 2:g}m-5 7 5-7 5 7"/>'


def _zinnen(huis: Huis, kamer: Kamer) -> Iterator[str]:
    onder = [huis.kamers[a].map for a, b in huis.deuren if b == kamer.naam]
    yield f"{kamer.map} rests on {_opsomming(onder or ['nothing'])}."
    yield f"In it: {_opsomming(kamer.inhoud or ['nothing more'])}."


def _opsomming(namen: Iterable[str]) -> str:
    *eerste, laatste = namen
    return f"{', '.join(eerste)} and {laatste}" if eerste else laatste
