"""One small drawing per place: places as a step line, people as a line with points. Made by the server.

Colours and line styles are classes of the stylesheet. Numbers become pixels here and nowhere before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from common.grafiek.svg import asstreepjes
from common.tekst.getallen import toon, toon_kort
from formatie.district.stand import Plaatsrij
from formatie.district.verloop import Verloop, stukken
from formatie.district.zinnen import fte

MEESTE_STREEPJES = 3
LABELRUIMTE = 14.0


@dataclass(frozen=True)
class Doek:
    """The size of a drawing and the room around its plot area, in pixels."""

    breed: int = 340
    hoog: int = 136
    links: int = 38
    rechts: int = 74
    boven: int = 12
    onder: int = 22

    @property
    def einde(self) -> int:
        return self.breed - self.rechts

    @property
    def bodem(self) -> int:
        return self.hoog - self.onder


DOEK = Doek()


def teken(verloop: Verloop, as_: tuple[Decimal, Decimal], doek: Doek = DOEK) -> SafeString:
    """The drawing; what it shows is said by the sentence and the table beside it."""
    return mark_safe(_Tekening(verloop, as_, doek).alles())  # noqa: S308  # our own drawing of numbers and quarters


class _Tekening:
    """One chart on one canvas: every part asks the same scale for its place."""

    def __init__(self, verloop: Verloop, as_: tuple[Decimal, Decimal], doek: Doek) -> None:
        self.verloop, self.doek = verloop, doek
        self.streepjes = asstreepjes(*as_, MEESTE_STREEPJES)
        self.formatie = [stand.formatie for stand in verloop.standen]
        self.bezetting = [stand.bezetting for stand in verloop.standen]

    def alles(self) -> str:
        maat = f"0 0 {self.doek.breed} {self.doek.hoog}"
        kop = f'<svg class="tekening klein" viewBox="{maat}" role="img" aria-label="{escape(self.verloop.conclusie)}">'
        delen = (self._raster(), self._plan(), self._lijn(), self._punten(), self._jaren(), self._labels())
        return f"{kop}{''.join(delen)}</svg>"

    def _x(self, plek: float) -> str:
        return f"{self.doek.links + plek * (self.doek.einde - self.doek.links) / len(self.formatie):.1f}"

    def _midden(self, plek: int) -> str:
        return self._x(plek + 0.5)

    def _y(self, waarde: Decimal) -> float:
        onder, boven = self.streepjes[0], self.streepjes[-1]
        deel = float((waarde - onder) / (boven - onder))
        return round(self.doek.bodem - deel * (self.doek.bodem - self.doek.boven), 1)

    def _raster(self) -> str:
        delen = []
        for nummer, waarde in enumerate(self.streepjes):
            y = self._y(waarde)
            delen.append(f'<path class="{"raster" if nummer else "as"}" d="M{self.doek.links} {y}H{self.doek.einde}"/>')
            delen.append(f'<text x="{self.doek.links - 6}" y="{y}" dy="4" text-anchor="end">{toon_kort(waarde)}</text>')
        return "".join(delen)

    def _plan(self) -> str:
        """Each run of places as a step line: level within a quarter, upright where the plan changes."""
        paden = [self._trap(run) for run in stukken(self.formatie)]
        return f'<path class="doel" d="{"".join(paden)}"/>' if paden else ""

    def _trap(self, run: Sequence[int]) -> str:
        hoogten = [self._y(waarde) for plek in run if (waarde := self.formatie[plek]) is not None]
        pad, vorige = f"M{self._x(run[0])} {hoogten[0]}", hoogten[0]
        for plek, hoogte in zip(run, hoogten, strict=True):
            pad += f"V{hoogte}" if hoogte != vorige else ""
            pad, vorige = f"{pad}H{self._x(plek + 1)}", hoogte
        return pad

    def _lijn(self) -> str:
        paden = ["M" + "L".join(self._punt(plek) for plek in run) for run in stukken(self.bezetting) if len(run) > 1]
        return f'<path class="lijn" d="{"".join(paden)}"/>' if paden else ""

    def _punt(self, plek: int) -> str:
        waarde = self.bezetting[plek]
        return "" if waarde is None else f"{self._midden(plek)} {self._y(waarde)}"

    def _punten(self) -> str:
        return "".join(
            f'<circle class="punt" cx="{self._midden(plek)}" cy="{self._y(waarde)}" r="2.5"/>'
            for plek, waarde in enumerate(self.bezetting)
            if waarde is not None
        )

    def _jaren(self) -> str:
        """The year under its first quarter in view."""
        jaren: dict[int, int] = {}
        for plek, kwartaal in enumerate(self.verloop.kwartalen):
            jaren.setdefault(kwartaal.jaar, plek)
        return "".join(
            f'<text x="{self._midden(plek)}" y="{self.doek.hoog - 5}" text-anchor="middle">{jaar}</text>'
            for jaar, plek in jaren.items()
        )

    def _labels(self) -> str:
        """The last number of each, at the right, kept apart."""
        mensen, plaatsen = _laatste(self.bezetting), _laatste(self.formatie)
        x, delen = self.doek.einde + 6, []
        plek_plan = None if plaatsen is None else self._y(plaatsen)
        if mensen is not None:
            y = _uiteen(self._y(mensen), plek_plan)
            delen.append(f'<text class="label" x="{x}" y="{y}" dy="4">{fte(mensen)}</text>')
        if plaatsen is not None:
            delen.append(f'<text x="{x}" y="{plek_plan}" dy="4">plan {fte(plaatsen)}</text>')
        return "".join(delen)


def _laatste(waarden: Sequence[Decimal | None]) -> Decimal | None:
    return next((waarde for waarde in reversed(waarden) if waarde is not None), None)


def _uiteen(plek: float, ander: float | None) -> float:
    """Move a label away from the one it would cover."""
    if ander is None or abs(plek - ander) >= LABELRUIMTE:
        return plek
    return round(ander - LABELRUIMTE if plek < ander else ander + LABELRUIMTE, 1)


@dataclass(frozen=True)
class Staaf:
    """One bar: its label, its value in fte, and how long it is on a scale from 0 to 100."""

    naam: str
    waarde: Decimal
    tekst: str
    lengte: str


@dataclass(frozen=True)
class Staven:
    """A bar comparison: a conclusion in one sentence and the bars, which all start at 0."""

    naam: str
    titel: str
    conclusie: str
    staven: list[Staaf]


def teamstaven(teams: Sequence[Plaatsrij]) -> list[Staven]:
    """The teams of a district next to each other: their places, and those for wijkagenten."""
    formatie = [(rij.naam, rij.fte) for rij in teams if rij.fte is not None]
    wijk = [(rij.naam, rij.wijkagenten) for rij in teams if rij.wijkagenten is not None]
    gemaakt = (
        staven("plaatsen", "Formatie per basisteam", "plaatsen", formatie),
        staven("wijkagenten", "Wijkagenten per basisteam", "plaatsen voor wijkagenten", wijk),
    )
    return [figuur for figuur in gemaakt if figuur]


def staven(naam: str, titel: str, wat: str, waarden: list[tuple[str, Decimal]]) -> Staven | None:
    """Bars of one kind of places over the teams; None where there is nothing to draw."""
    hoogste = max((waarde for _, waarde in waarden), default=Decimal(0))
    if not hoogste:
        return None
    getekend = [
        # The length is a picture of the number and the only place where it is rounded.
        Staaf(label, waarde, fte_kort(waarde), f"{waarde / hoogste * 100:.2f}")
        for label, waarde in waarden
    ]
    return Staven(naam, titel, _conclusie(wat, waarden), getekend)


def _conclusie(wat: str, waarden: list[tuple[str, Decimal]]) -> str:
    if len(waarden) == 1:
        naam, waarde = waarden[0]
        return f"{naam} is het enige basisteam: {fte_kort(waarde)} fte {wat}."
    hoogste, laagste = max(w for _, w in waarden), min(w for _, w in waarden)
    if hoogste == laagste:
        return f"Alle basisteams hebben evenveel {wat}: {fte_kort(hoogste)} fte."
    return (
        f"{_namen(waarden, hoogste)} met {fte_kort(hoogste)} fte de meeste {wat}, "
        f"{_namen(waarden, laagste, kort=True)} met {fte_kort(laagste)} fte de minste."
    )


def _namen(waarden: list[tuple[str, Decimal]], waarde: Decimal, kort: bool = False) -> str:
    namen = [naam for naam, eigen in waarden if eigen == waarde]
    opsomming = " en ".join([", ".join(namen[:-1]), namen[-1]] if len(namen) > 1 else namen)
    return opsomming if kort else f"{opsomming} {'hebben' if len(namen) > 1 else 'heeft'}"


def fte_kort(waarde: Decimal) -> str:
    """Dutch notation with the decimals the figure has."""
    return toon(waarde, max(0, -int(waarde.as_tuple().exponent)))
