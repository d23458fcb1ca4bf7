"""A chart on a canvas before anything is drawn: its margins, where a place becomes a pixel, where words have room."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from common.grafiek.beeld import Assoort, Beeld, Gebeurtenis, Plek, Punt, Vorm, Woord
from common.grafiek.schaal import REGEL, Indeling, breedte, indeling, langs_x, op_regels, runs, uiteen

RAND = 16
VET = 1.15  # how much wider bold letters are
SMALLER = 3.5  # how much narrower the plot area is on a phone, where every event has only what is short for it
Plaats = tuple[float, float]
Vak = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Geplaatst = tuple[Woord, tuple[str, ...], Plaats]
"""A word in its lines, with the place where they begin and their middle."""


class Gebeurtenisrij(NamedTuple):
    """An event, in which row above the plot area its words begin, how far to the right, and their lines."""

    gebeurtenis: Gebeurtenis
    rij: int
    begin: float
    regels: tuple[str, ...]

    @property
    def onderste(self) -> int:
        return self.rij + len(self.regels) - 1


@dataclass(frozen=True)
class Doek:
    """The size of a drawing in pixels. ``kaal``: without axes and words. ``per_naam``: the least room of a name.

    ``vast``: no higher than the names need.
    """

    breed: int
    hoog: int
    klein: bool = False
    kaal: bool = False
    per_naam: int = 18
    vast: bool = False


class Vel:
    """One chart on one canvas: every part of a drawing asks it where a place is."""

    def __init__(self, beeld: Beeld, doek: Doek) -> None:
        self.beeld, self.doek = beeld, doek
        hoeveel = 3 if doek.klein else 5
        self.x_as, self.y_as = indeling(beeld, beeld.x, hoeveel), indeling(beeld, beeld.y, hoeveel)
        self.links, self.rechts = self._naast()
        self.labels, self.groepen = langs_x(beeld.x, self.rechts - self.links)
        self.boven, self.onder = self._boven(), self._onder()
        self.hoog = self._hoog()

    def _naast(self) -> Plaats:
        """Where the plot area begins and ends, so that what stands beside it fits."""
        if self.doek.kaal:
            return 4, self.doek.breed - 4
        self.kanttekst = [op_regels(tekst, 136 if self.doek.klein else 200) for tekst in self.y_as.teksten]
        self.ernaast = [w for w in self.beeld.woorden if w.x is None]
        self.ernaast_regels = [op_regels(self._tekst(w), 92 if self.doek.klein else 170) for w in self.ernaast]
        links, rechts = (
            max((breedte(r) for rs in lijst for r in rs), default=0) for lijst in (self.kanttekst, self.ernaast_regels)
        )
        return max(links + 10, RAND), self.doek.breed - max(rechts * VET + 10, RAND)

    def _tekst(self, woord: Woord) -> str:
        return woord.kort if self.doek.klein and woord.kort else woord.tekst

    def _boven(self) -> float:
        if self.doek.kaal:
            return 4
        self.rijen_boven = self._gebeurtenisrijen()
        return 14 + self.titelregel + REGEL * (max((g.onderste for g in self.rijen_boven), default=-1) + 1)

    @property
    def titelregel(self) -> int:
        """The room above the plot area for what the y-axis is; a small chart has its words beside it."""
        return REGEL if self.beeld.y.titel and not self.doek.klein else 0

    @property
    def bovenrand(self) -> float:
        """How high a word of a value may stand: the rows of events are theirs alone."""
        return self.boven - 12 if self.rijen_boven else 2.0 + self.titelregel

    def _onder(self) -> float:
        if self.doek.kaal:
            return 4
        regels = (
            bool(self.labels or self.beeld.x.soort is Assoort.GETAL) + bool(self.groepen) + bool(self.beeld.x.titel)
        )
        if self.beeld.x.soort is Assoort.NAMEN and len(self.labels) < len(self.beeld.x.labels):
            regels += 1
        return 10 + REGEL * regels

    def _hoog(self) -> float:
        namen = len(self.beeld.y.labels) if self.beeld.liggend else 0
        regels = max((len(r) for r in self.kanttekst), default=1) if not self.doek.kaal and namen else 1
        nodig = self.boven + self.onder + namen * max(self.doek.per_naam, REGEL * regels + 3)
        return nodig if self.doek.vast and namen else max(self.doek.hoog, nodig)

    def x(self, plek: Plek) -> float:
        return self.links + self._deel(plek, self.x_as) * (self.rechts - self.links)

    def y(self, plek: Plek) -> float:
        """Upwards, but names are read from the top down."""
        deel, hoogte = self._deel(plek, self.y_as), self.hoog - self.boven - self.onder
        return self.boven + (deel if self.beeld.liggend else 1 - deel) * hoogte

    def _deel(self, plek: Plek, as_: Indeling) -> float:
        return float((plek - as_.laag) / (as_.hoog - as_.laag))

    def op(self, langs: Plek, waarde: Plek) -> Plaats:
        """The place of a value at a place along the other axis."""
        return (self.x(waarde), self.y(langs)) if self.beeld.liggend else (self.x(langs), self.y(waarde))

    def _gebeurtenisrijen(self) -> list[Gebeurtenisrij]:
        """Of each event where its words go, where a row has room for them; else they are in the title alone."""
        bezet: list[list[Plaats]] = []
        geplaatst = (self._geplaatst(g, bezet) for g in self.beeld.gebeurtenissen)
        return [een for een in geplaatst if een]

    def _geplaatst(self, g: Gebeurtenis, bezet: list[list[Plaats]]) -> Gebeurtenisrij | None:
        """Its words, whole, in three rows, else what is short for it in one of eight; in a small chart only that."""
        x = self.x(g.x)
        naar_links = x > (self.links + self.rechts) / 2
        ruimte = min((x if naar_links else self.doek.breed - x) - 8, 260)
        minst = (breedte(g.kort) + 4) * (1 if self.doek.klein else SMALLER) if g.kort else 0
        for tekst, meeste in ((g.tekst, 0 if self.doek.klein else 3), (g.kort, 8 if g.kort else 0)):
            regels = op_regels(tekst, ruimte)
            breed = max(map(breedte, regels))
            lang = max(breed + 4, minst)
            vak = (x - lang, x) if naar_links else (x, x + lang)
            rij = _vrije_rij(bezet, vak, len(regels))
            heel = not (g.kort and regels[-1].endswith("…"))
            if rij + len(regels) <= meeste and heel:
                bezet += [[] for _ in range(rij + len(regels) - len(bezet))]
                for bezette in bezet[rij : rij + len(regels)]:
                    bezette.append(vak)
                return Gebeurtenisrij(g, rij, x - breed - 4 if naar_links else x + 4, regels)
        return None

    def woorden_ernaast(self) -> list[Geplaatst]:
        """Beside the plot area, each as near to its own height as the others leave it."""
        hoogten = [(self.y(w.y), REGEL * len(r) + 1.0) for w, r in zip(self.ernaast, self.ernaast_regels, strict=True)]
        middens = uiteen(hoogten, self.bovenrand, self.hoog - 2)
        return [
            (woord, regels, (self.rechts + 7, midden))
            for woord, regels, midden in zip(self.ernaast, self.ernaast_regels, middens, strict=True)
        ]

    def woorden_erin(self) -> list[Geplaatst]:
        """At the first place beside its point where no other word or event is and the fewest points are covered."""
        lijnen = (self.x(g.x) for g in self.beeld.gebeurtenissen)
        bezet: list[Vak] = [(x - 3, self.boven, x + 3, self.hoog - self.onder) for x in lijnen]
        for _, regels, (x, y) in self.woorden_ernaast():
            bezet.append((x - 3, y - REGEL * len(regels) / 2 - 3, self.doek.breed, y + REGEL * len(regels) / 2 + 3))
        geplaatst, punten = [], self._alle_plaatsen()
        for woord in self.beeld.woorden:
            if woord.x is not None:
                regels = op_regels(self._tekst(woord), 100 if self.doek.klein else 240)
                vakken = self._rond(
                    self.x(woord.x), self.y(woord.y), max(map(breedte, regels)) * VET, REGEL * len(regels)
                )
                vak = _gunstigste(vakken, bezet, punten)
                bezet.append(vak)
                geplaatst.append((woord, regels, (vak[0], (vak[1] + vak[3]) / 2)))
        return geplaatst

    def _rond(self, x: float, y: float, lang: float, hoog: float) -> list[Vak]:
        """The places around a point where a text of this size stays inside the drawing."""
        naast = [
            (x - lang / 2, y - hoog - 7),
            (x + 8, y - hoog / 2),
            (x - lang / 2, y + 7),
            (x - lang - 8, y - hoog / 2),
        ]
        schuin = [(x + 5, y - hoog - 4), (x - lang - 5, y - hoog - 4), (x + 5, y + 4), (x - lang - 5, y + 4)]
        ver = [(x - lang / 2, y - hoog * k - 7) for k in (2, 3)] + [(x - lang / 2, y + 7 + hoog * k) for k in (1, 2)]
        links, boven = self.links + 2, self.bovenrand
        rechts, onder = self.doek.breed - lang - 2, self.hoog - self.onder - hoog - 1
        binnen = [
            (min(max(a, links), max(rechts, links)), min(max(b, boven), max(onder, boven)))
            for a, b in naast + schuin + ver
        ]
        return [(a, b, a + lang, b + hoog) for a, b in binnen]

    def _alle_plaatsen(self) -> list[Plaats]:
        """The points of all traces with their intervals, and of lines what lies between them."""
        plaatsen: list[Plaats] = []
        for spoor in self.beeld.sporen:
            for run in runs(spoor):
                eigen = [(self.x(p.x), self.y(p.y)) for p in run if p.x is not None and p.y is not None]
                plaatsen += eigen + [plaats for p in run for plaats in self._interval(p, spoor.vorm)]
                if spoor.vorm in (Vorm.LIJN, Vorm.LIJN_MET_PUNTEN):
                    for (x1, y1), (x2, y2) in pairwise(eigen):
                        plaatsen += [(x1 + (x2 - x1) * k / 6, y1 + (y2 - y1) * k / 6) for k in range(1, 6)]
        return plaatsen

    def _interval(self, p: Punt, vorm: Vorm) -> list[Plaats]:
        if p.van is None or p.tot is None or vorm is Vorm.VLAK:
            return []
        lengte = p.tot - p.van
        return [self.op(langs_van(self.beeld, p), p.van + lengte * k / 24) for k in range(25)]


def _vrije_rij(bezet: Sequence[Sequence[Plaats]], vak: Plaats, hoeveel: int) -> int:
    """The first row from which so many have room from ``vak[0]`` to ``vak[1]``."""
    vrij = [all(vak[1] < begin or eind < vak[0] for begin, eind in rij) for rij in bezet]
    return next(n for n in range(len(bezet) + 1) if all(vrij[n : n + hoeveel]))


def _gunstigste(vakken: Sequence[Vak], bezet: Sequence[Vak], punten: Sequence[Plaats]) -> Vak:
    """The first that covers nothing, else the one that covers least: of words first, then of points."""
    gevonden: list[tuple[float, int, int]] = []
    for nummer, vak in enumerate(vakken):
        gevonden.append((_overlap(vak, bezet), sum(_in(punt, vak) for punt in punten), nummer))
        if gevonden[-1][:2] == (0, 0):
            return vak
    return vakken[min(gevonden)[2]]


def _overlap(vak: Vak, andere: Sequence[Vak]) -> float:
    return sum(
        max(0.0, min(vak[2], v[2]) - max(vak[0], v[0])) * max(0.0, min(vak[3], v[3]) - max(vak[1], v[1]))
        for v in andere
    )


def _in(punt: Plaats, vak: Vak) -> bool:
    return vak[0] - 2 <= punt[0] <= vak[2] + 2 and vak[1] - 2 <= punt[1] <= vak[3] + 2


def langs_van(beeld: Beeld, punt: Punt) -> Plek:
    plek = punt.y if beeld.liggend else punt.x
    return Decimal(0) if plek is None else plek


def waarde_op(beeld: Beeld, punt: Punt) -> Plek:
    plek = punt.x if beeld.liggend else punt.y
    return Decimal(0) if plek is None else plek
