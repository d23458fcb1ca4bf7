"""Own small drawings: the first picture of every chart, made by the server, and the sparkline.

Colours and line styles are classes of the stylesheet, so a drawing follows light, dark and print. Numbers become
pixels here and nowhere before: that is the only use of float.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.html import escape

from common.grafiek.reeks import Lijn, Reeks, bandstukken, eerdere_stukken, gelijke_stukken, lijnstukken, stukken
from common.tekst.cijfers import as_in_woorden, kort_in_woorden

STREEPJES = 5


def asstreepjes(
    laagste: Decimal, hoogste: Decimal, hoeveel: int = STREEPJES, fijnste: Decimal = Decimal(0)
) -> list[Decimal]:
    """Round numbers that together cover the range, at most ``hoeveel`` + 2 of them; exact, so 0,3 is 0,3.

    ``fijnste`` is the smallest step that means something: half a person does not.
    """
    bereik = hoogste - laagste
    if bereik <= 0:
        bereik = abs(hoogste) or Decimal(1)
    grof = bereik / hoeveel
    macht = Decimal(1).scaleb(grof.adjusted())
    stap = max(next(macht * f for f in (1, 2, 5, 10) if macht * f >= grof), fijnste)
    eerste = (laagste / stap).to_integral_value(ROUND_FLOOR)
    laatste = max((hoogste / stap).to_integral_value(ROUND_CEILING), eerste + 1)
    return [stap * (eerste + n) for n in range(int(laatste - eerste) + 1)]


JAARBREEDTE = 34  # pixels: two years closer together than this would touch


@dataclass(frozen=True)
class Doek:
    """The size of a drawing and the room around its plot area, in pixels."""

    breed: int
    hoog: int
    links: int
    rechts: int
    boven: int = 18
    onder: int = 36

    def x(self, index: float, aantal: int) -> float:
        return self.links + (index + 0.5) * (self.breed - self.links - self.rechts) / max(aantal, 1)


GROOT = Doek(760, 320, 62, 100)
KLEIN = Doek(340, 170, 48, 92, 12, 24)


def as_van(reeks: Reeks, hoeveel: int = STREEPJES) -> list[Decimal]:
    return asstreepjes(*reeks.extremen(), hoeveel, Decimal(0) if reeks.decimalen else Decimal(1))


def tekening(reeks: Reeks, naam: str, doek: Doek = GROOT) -> str:
    """The whole chart as one <svg>; ``naam`` is what a screen reader says: the conclusion in one sentence."""
    if reeks.leeg and not reeks.heeft_doel:
        return ""
    return Grafiek(reeks, doek).alles(naam)


class Grafiek:
    """One chart on one canvas: every part asks the same scale for its place."""

    def __init__(self, reeks: Reeks, doek: Doek) -> None:
        self.reeks, self.doek = reeks, doek
        self.klein = doek is KLEIN
        self.streepjes = as_van(reeks, 3 if self.klein else STREEPJES)
        self.aantal = len(reeks.kwartalen)

    def alles(self, naam: str) -> str:
        delen = [self._raster(), self._band(), self._eerder(), self._doel()]
        if self.reeks.bij:
            delen.append(self._lijn(self.reeks.bij, "bij"))
        delen += [
            self._lijn(self.reeks.hoofd, "lijn"),
            self._marges(),
            self._punten(),
            self._labels(),
            self._kwartalen(),
        ]
        return self.omlijst(naam, delen)

    def omlijst(self, naam: str, delen: Sequence[str]) -> str:
        klasse = "tekening klein" if self.klein else "tekening"
        maat = f"0 0 {self.doek.breed} {self.doek.hoog}"
        kop = f'<svg class="{klasse}" viewBox="{maat}" role="img" aria-label="{escape(naam)}">'
        return f"{kop}{''.join(delen)}</svg>"

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
            delen.append(f'<path class="{"raster" if nummer else "as"}" d="M{links} {y}H{rechts}"/>')
            delen.append(f'<text x="{links - 6}" y="{y}" dy="4" text-anchor="end">{label}</text>')
        return "".join(delen)

    def _pad(self, indexen: Sequence[int], waarden: Sequence[Decimal | None]) -> str:
        return "L".join(f"{self.x(i)} {self.y(w)}" for i in indexen if (w := waarden[i]) is not None)

    def _band(self) -> str:
        reeks = self.reeks
        paden = [f"M{self._pad(run, reeks.hoog)}L{self._pad(run[::-1], reeks.laag)}Z" for run in bandstukken(reeks)]
        return f'<path class="band" d="{"".join(paden)}"/>' if paden else ""

    def _doel(self) -> str:
        paden = [
            f"M{self.x(run[0] - 0.45)} {self.y(doel)}H{self.x(run[-1] + 0.45)}"
            for run, doel in gelijke_stukken(self.reeks)
        ]
        return f'<path class="doel" d="{"".join(paden)}"/>' if paden else ""

    def _eerder(self) -> str:
        """The target before it was changed, beside the new one; on the side away from it stands until when."""
        delen = []
        for run, waarde, tot in eerdere_stukken(self.reeks):
            rechts, y = self.x(run[-1] + 0.45), self.y(waarde)
            delen.append(f'<path class="doel eerder" d="M{self.x(run[0] - 0.45)} {y}H{rechts}"/>')
            if not self.klein:
                dy = -5 if waarde > (self.reeks.doel[run[-1]] or waarde) else 14
                delen.append(f'<text x="{rechts}" y="{y}" dy="{dy}" text-anchor="end">doel tot {escape(tot)}</text>')
        return "".join(delen)

    def _lijn(self, lijn: Lijn, klasse: str) -> str:
        paden = [f"M{self._pad(run, lijn.waarden)}" for run in lijnstukken(self.reeks, lijn)]
        return f'<path class="{klasse}" d="{"".join(paden)}"/>' if paden else ""

    def _punten(self) -> str:
        straal = 2.5 if self.klein else 3.5
        soort = {True: "punt open", False: "punt"}
        return "".join(
            f'<circle class="{soort[i in self.reeks.voorlopig]}" cx="{self.x(i)}" cy="{self.y(w)}" r="{straal}"/>'
            for i, w in enumerate(self.reeks.hoofd.waarden)
            if w is not None
        )

    def _marges(self) -> str:
        paden = [
            f"M{self.x(i)} {self.y(w - m)}V{self.y(w + m)}"
            for i, (w, m) in enumerate(zip(self.reeks.hoofd.waarden, self.reeks.marge, strict=False))
            if w is not None and m is not None
        ]
        return f'<path class="marge" d="{"".join(paden)}"/>' if paden else ""

    def _labels(self) -> str:
        """Direct labels at the right: the last value and the last target, kept apart."""
        delen, plek_doel = [], None
        doelen = gelijke_stukken(self.reeks)
        rechts = self.doek.breed - self.doek.rechts + 6
        if doelen:
            plek_doel = float(self.y(doelen[-1][1]))
        laatste = max((i for i, w in enumerate(self.reeks.hoofd.waarden) if w is not None), default=None)
        waarde = None if laatste is None else self.reeks.hoofd.waarden[laatste]
        if waarde is not None:
            plek = _uiteen(float(self.y(waarde)), plek_doel)
            tekst = escape(kort_in_woorden(waarde, self.reeks))
            delen.append(f'<text class="label" x="{rechts}" y="{plek:.1f}" dy="4">{tekst}</text>')
        if plek_doel is not None:
            doel = escape(kort_in_woorden(doelen[-1][1], self.reeks, doel=True))
            delen.append(f'<text x="{rechts}" y="{plek_doel:.1f}" dy="4">doel {doel}</text>')
        return "".join(delen)

    def _kwartalen(self) -> str:
        """The year under its first quarter; the number of each quarter where there is room for it."""
        onder = self.doek.hoog - self.doek.onder
        delen = []
        ruim = not self.klein and self.aantal <= 24
        for i, k in enumerate(self.reeks.kwartalen):
            if ruim:
                delen.append(f'<text x="{self.x(i)}" y="{onder + 14}" text-anchor="middle">Q{k.nummer}</text>')
            if self._begint_jaar(i):
                jaar = f"{k.jaar}" if not self.klein or self.aantal <= 8 else f"’{k.jaar % 100:02d}"
                delen.append(
                    f'<text x="{self.x(i)}" y="{onder + (30 if ruim else 16)}" text-anchor="middle">{jaar}</text>'
                )
        return "".join(delen)

    def _begint_jaar(self, i: int) -> bool:
        """Whether a year is written here: under its first quarter; at the left only with room up to the next."""
        jaren = [k.jaar for k in self.reeks.kwartalen]
        if i:
            return jaren[i] != jaren[i - 1]
        volgende = next((n for n, jaar in enumerate(jaren) if jaar != jaren[0]), None)
        return volgende is None or self.doek.x(volgende, self.aantal) - self.doek.x(0, self.aantal) >= JAARBREEDTE


def _uiteen(plek: float, ander: float | None, afstand: float = 15) -> float:
    """Move a label away from the one it would cover."""
    if ander is None or abs(plek - ander) >= afstand:
        return plek
    return ander - afstand if plek <= ander else ander + afstand


def vonk(waarden: Sequence[Decimal | None], doel: Decimal | None = None) -> str:
    """A sparkline: the course of the last periods, gaps left open, the target as a thin line. Decorative."""
    bekend = [w for w in waarden if w is not None]
    if not bekend:
        return ""
    laagste, hoogste = (
        min([*bekend, *([doel] if doel is not None else [])]),
        max([*bekend, *([doel] if doel is not None else [])]),
    )
    bereik = float(hoogste - laagste) or 1.0
    x = [3 + i * 114 / max(len(waarden) - 1, 1) for i in range(len(waarden))]

    def y(w: Decimal) -> float:
        return 14.0 if hoogste == laagste else 25 - float(w - laagste) / bereik * 22

    lijnen = [
        "L".join(f"{x[i]:.1f} {y(w):.1f}" for i in run if (w := waarden[i]) is not None) for run in stukken(waarden)
    ]
    pad = f'<path class="lijn" d="{"".join(f"M{lijn}" for lijn in lijnen)}"/>'
    norm = f'<path class="doel" d="M0 {y(doel):.1f}H120"/>' if doel is not None else ""
    laatste = max(i for i, w in enumerate(waarden) if w is not None)
    punt = f'<circle class="punt" cx="{x[laatste]:.1f}" cy="{y(waarden[laatste]):.1f}" r="2.5"/>'  # type: ignore[arg-type]
    return f'<svg class="vonk" viewBox="0 0 120 28" aria-hidden="true">{norm}{pad}{punt}</svg>'
