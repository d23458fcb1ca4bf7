"""The drawing of a ``Reeks``, for the charts that are not yet a ``Beeld``."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.grafiek.reeks import (
    Lijn,
    Reeks,
    bandstukken,
    eerdere_stukken,
    gelijke_stukken,
    kort,
    laatste,
    lijnstukken,
    stukken,
)
from common.grafiek.schaal import STREEPJES, asstreepjes
from common.grafiek.svg import element, pad, schrift
from common.tekst.cijfers import as_in_woorden, kort_doel_in_woorden

LETTERHOOGTE = 8  # pixels from the middle of a label up to the edge of the drawing
JAARBREEDTE = 34  # pixels: two years closer together than this would touch


@dataclass(frozen=True)
class Reeksdoek:
    """The size of a drawing and the room around its plot area, in pixels.

    ``voluit``: a small chart of at most so many quarters has room for years of four figures.
    """

    breed: int
    hoog: int
    links: int
    rechts: int
    boven: int = 18
    onder: int = 36
    klein: bool = False
    voluit: int = 8

    def x(self, index: float, aantal: int) -> float:
        return self.links + (index + 0.5) * (self.breed - self.links - self.rechts) / max(aantal, 1)


def as_van(reeks: Reeks, hoeveel: int = STREEPJES) -> list[Decimal]:
    return asstreepjes(*reeks.extremen(), hoeveel, Decimal(0) if reeks.decimalen else Decimal(1))


class Grafiek:
    """One chart on one canvas: every part asks the same scale for its place.

    ``bereik`` is the lowest and highest number of charts that share an axis.
    """

    def __init__(self, reeks: Reeks, doek: Reeksdoek, bereik: tuple[Decimal, Decimal] | None = None) -> None:
        self.reeks, self.doek, self.klein = reeks, doek, doek.klein
        hoeveel = 3 if self.klein else STREEPJES
        self.streepjes = asstreepjes(*bereik, hoeveel) if bereik else as_van(reeks, hoeveel)
        self.aantal = len(reeks.kwartalen)

    @property
    def naast(self) -> int:
        """Where the labels at the right begin."""
        return self.doek.breed - self.doek.rechts + 6

    def alles(self, naam: str) -> str:
        bij = self._lijn(self.reeks.bij, "bij") if self.reeks.bij else ""
        onder = [self._raster(), self._band(), self._wissels(), self._eerder(), self._doel(), bij]
        boven = [self._lijn(self.reeks.hoofd, "lijn"), self._marges(), self._punten(), self._labels()]
        return self.omlijst(naam, [*onder, *boven, self._kwartalen()])

    def omlijst(self, naam: str, delen: Sequence[str]) -> str:
        klasse = "tekening klein" if self.klein else "tekening"
        maat = f"0 0 {self.doek.breed} {self.doek.hoog}"
        return element("svg", "".join(delen), class_=klasse, viewBox=maat, role="img", aria_label=naam)

    def x(self, index: float) -> str:
        return f"{self.doek.x(index, self.aantal):.1f}"

    def y(self, waarde: Decimal) -> str:
        onder, boven = self.streepjes[0], self.streepjes[-1]
        deel = float((waarde - onder) / (boven - onder))
        hoogte = self.doek.hoog - self.doek.boven - self.doek.onder
        return f"{self.doek.hoog - self.doek.onder - deel * hoogte:.1f}"

    def _raster(self) -> str:
        links, rechts = self.doek.links, self.doek.breed - self.doek.rechts
        hoogste, delen = max(self.streepjes, key=abs), []
        for nummer, waarde in enumerate(self.streepjes):
            y, label = self.y(waarde), as_in_woorden(waarde, hoogste, self.reeks.eenheid)
            delen.append(pad("raster" if nummer else "as", f"M{links} {y}H{rechts}"))
            delen.append(schrift(links - 6, y, label, dy=4, anker="end"))
        return "".join(delen)

    def _langs(self, indexen: Sequence[int], waarden: Sequence[Decimal | None]) -> str:
        return "L".join(f"{self.x(i)} {self.y(w)}" for i in indexen if (w := waarden[i]) is not None)

    def _vlak(self, waarde: Decimal, run: Sequence[int]) -> str:
        return f"M{self.x(run[0] - 0.45)} {self.y(waarde)}H{self.x(run[-1] + 0.45)}"

    def _band(self) -> str:
        reeks, runs = self.reeks, bandstukken(self.reeks)
        return pad("band", "".join(f"M{self._langs(r, reeks.hoog)}L{self._langs(r[::-1], reeks.laag)}Z" for r in runs))

    def _doel(self) -> str:
        return pad("doel", "".join(self._vlak(doel, run) for run, doel in gelijke_stukken(self.reeks)))

    def _eerder(self) -> str:
        """The target before it was changed, beside the new one; on the side away from it stands until when."""
        delen = []
        for run, waarde, tot in eerdere_stukken(self.reeks):
            delen.append(pad("doel eerder", self._vlak(waarde, run)))
            if not self.klein:
                dy = -5 if waarde > (self.reeks.doel[run[-1]] or waarde) else 14
                delen.append(schrift(self.x(run[-1] + 0.45), self.y(waarde), f"doel tot {tot}", dy=dy, anker="end"))
        return "".join(delen)

    def _wissels(self) -> str:
        """An upright line before the first quarter of what changes, with its words at the top; small ones: the line."""
        boven, onder = self.doek.boven - 4, self.doek.hoog - self.doek.onder
        delen = []
        for index, woorden in self.reeks.wissels:
            delen.append(pad("wissel", f"M{self.x(index - 0.5)} {boven}V{onder}"))
            if not self.klein:
                delen.append(schrift(self.x(index - 0.6), boven, woorden, dy=4, anker="end"))
        return "".join(delen)

    def _lijn(self, lijn: Lijn, klasse: str) -> str:
        return pad(klasse, "".join(f"M{self._langs(run, lijn.waarden)}" for run in lijnstukken(self.reeks, lijn)))

    def _punten(self) -> str:
        straal = 2.5 if self.klein else 3.5
        soort = {True: "punt open", False: "punt"}
        return "".join(
            element("circle", class_=soort[i in self.reeks.voorlopig], cx=self.x(i), cy=self.y(w), r=straal)
            for i, w in enumerate(self.reeks.hoofd.waarden)
            if w is not None
        )

    def _marges(self) -> str:
        paren = enumerate(zip(self.reeks.hoofd.waarden, self.reeks.marge, strict=False))
        return pad(
            "marge",
            "".join(
                f"M{self.x(i)} {self.y(w - m)}V{self.y(w + m)}"
                for i, (w, m) in paren
                if w is not None and m is not None
            ),
        )

    def _labels(self) -> str:
        """Direct labels at the right: the last value and the last target, kept apart."""
        doel = next((doel for _, doel in reversed(gelijke_stukken(self.reeks))), None)
        nu = laatste(self.reeks)
        plek, delen = None if doel is None else float(self.y(doel)), []
        if nu is not None and (waarde := self.reeks.hoofd.waarden[nu]) is not None:
            y = f"{_uiteen(float(self.y(waarde)), plek):.1f}"
            delen.append(schrift(self.naast, y, kort(self.reeks, nu), dy=4, klasse="label"))
        if doel is not None:
            delen.append(schrift(self.naast, self.y(doel), self.doelwoord(doel), dy=4))
        return "".join(delen)

    def doelwoord(self, doel: Decimal) -> str:
        return f"doel {kort_doel_in_woorden(doel, self.reeks)}"

    def _kwartalen(self) -> str:
        """The year under its first quarter; the number of each quarter where there is room for it."""
        onder, delen = self.doek.hoog - self.doek.onder, []
        ruim = not self.klein and self.aantal <= 24
        for i, k in enumerate(self.reeks.kwartalen):
            if ruim:
                delen.append(schrift(self.x(i), onder + 14, f"Q{k.nummer}", anker="middle"))
            if self._begint_jaar(i):
                jaar = f"{k.jaar}" if not self.klein or self.aantal <= self.doek.voluit else f"’{k.jaar % 100:02d}"
                delen.append(schrift(self.x(i), onder + (30 if ruim else 16), jaar, anker="middle"))
        return "".join(delen)

    def _begint_jaar(self, i: int) -> bool:
        """Whether a year is written here: under its first quarter; at the left only with room up to the next."""
        jaren = [k.jaar for k in self.reeks.kwartalen]
        if i:
            return jaren[i] != jaren[i - 1]
        volgende = next((n for n, jaar in enumerate(jaren) if jaar != jaren[0]), None)
        return volgende is None or self.doek.x(volgende, self.aantal) - self.doek.x(0, self.aantal) >= JAARBREEDTE


def _uiteen(plek: float, ander: float | None, afstand: float = 15) -> float:
    """Move a label away from the one it would cover; above it only where there is room for a line of text."""
    if ander is None or abs(plek - ander) >= afstand:
        return plek
    return ander - afstand if plek <= ander and ander - afstand >= LETTERHOOGTE else ander + afstand


def vonk(
    waarden: Sequence[Decimal | None],
    doel: Decimal | None = None,
    bereik: tuple[Decimal, Decimal] | None = None,
    hoog: int = 28,
) -> str:
    """A sparkline: the course of the last periods, gaps left open, the target as a thin line. Decorative.

    ``bereik`` is the lowest and highest number of sparklines that share a scale.
    """
    bekend = [w for w in waarden if w is not None]
    if not bekend:
        return ""
    met_doel = [*bekend, *([] if doel is None else [doel])]
    laagste, hoogste = bereik or (min(met_doel), max(met_doel))
    lengte = float(hoogste - laagste) or 1.0

    def y(w: Decimal) -> str:
        return f"{hoog / 2 if hoogste == laagste else hoog - 3 - float(w - laagste) / lengte * (hoog - 6):.1f}"

    x = [f"{3 + i * 114 / max(len(waarden) - 1, 1):.1f}" for i in range(len(waarden))]
    lijnen = ["L".join(f"{x[i]} {y(w)}" for i in run if (w := waarden[i]) is not None) for run in stukken(waarden)]
    laatste = max(i for i, w in enumerate(waarden) if w is not None)
    delen = [
        "" if doel is None else pad("doel", f"M0 {y(doel)}H120"),
        pad("lijn", "".join(f"M{lijn}" for lijn in lijnen)),
        element("circle", class_="punt", cx=x[laatste], cy=y(bekend[-1]), r=2.5),
    ]
    return element("svg", "".join(delen), class_="vonk", viewBox=f"0 0 120 {hoog}", aria_hidden="true")
