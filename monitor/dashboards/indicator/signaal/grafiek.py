"""The chart of signal or noise: the values of the periods, their mean and limits, and the signals by their shape.

Drawing and table come from one object, so they show the same numbers.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from textwrap import shorten

from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.grafiek.reeks import Lijn, Reeks, Waarden, stukken
from common.grafiek.reeks import rijen as reeksrijen
from common.grafiek.reekstekening import Grafiek, Reeksdoek
from common.grafiek.svg import icoon, pad, rand, schrift, veilig, vol
from common.grafiek.tekening import Tekening
from common.tekst.cijfers import DUIZEND, kort_in_woorden
from common.tekst.getallen import toon
from monitor.dashboards.indicator.signaal.verloop import Procesbeeld
from monitor.models import Grensbesluit
from monitor.rekenen.regels.grenzen import Grens
from monitor.rekenen.regels.signaalregels import Signaalregel
from monitor.rekenen.regels.toeval import als_getal
from monitor.rekenen.signaalzin import UITLEG

STRAAL = 6.5
DOEK = Reeksdoek(760, 280, 62, 130)
REDENLENGTE = 44  # letters of a reason beside its line; all of it stands below the chart
MERKNAAM = {
    Signaalregel.GRENS: "ruit",
    Signaalregel.KANT: "vierkant",
    Signaalregel.REEKS: "driehoek",
    Signaalregel.ZONE: "ring",
}


def teken_signaal(beeld: Procesbeeld, conclusie: str) -> Tekening | None:
    """The chart with its table; None where there are no limits to draw."""
    if beeld.is_enquete or not any(beoordeling.grenzen for beoordeling in beeld.proces.beoordelingen):
        return None
    reeks, merken, midden = (
        _reeks(beeld),
        _merken(beeld),
        tuple(_getal(g.midden if g else None) for g in _grenzen(beeld)),
    )
    return Tekening(
        id=f"signaal-{beeld.indicator.code}",
        naam=f"{beeld.indicator.naam}: signaal of ruis",
        svg=veilig(_Signaalgrafiek(reeks, merken, midden, beeld.besluiten, _hellend(beeld)).alles(conclusie)),
        conclusie=conclusie,
        koppen=_koppen(reeks),
        rijen=_rijen(reeks, midden, merken, beeld.besluiten),
        uitleg=_uitleg(beeld, merken),
    )


def _grenzen(beeld: Procesbeeld) -> list[Grens | None]:
    """Of every point; None where too few points share limits."""
    return [
        beoordeling.grenzen.bij(i) if beoordeling.grenzen else None
        for beoordeling in beeld.proces.beoordelingen
        for i in beoordeling.deel
    ]


def _hellend(beeld: Procesbeeld) -> set[int]:
    """The points that are judged around a trend."""
    delen = (b.deel for b in beeld.proces.beoordelingen if b.grenzen and b.grenzen.helling is not None)
    return {i for deel in delen for i in deel}


def _reeks(beeld: Procesbeeld) -> Reeks:
    """One decimal more than the indicator shows: a mean is seldom a whole number of suspects."""
    i, n, grenzen = beeld.indicator, len(beeld.perioden), _grenzen(beeld)
    klein = max((abs(grens.midden) for grens in grenzen if grens), default=Fraction(0)) < DUIZEND
    return Reeks(
        naam=i.naam,
        eenheid=i.eenheid,
        eenheid_enkelvoud=i.eenheid_enkelvoud,
        decimalen=i.decimalen + klein,
        kwartalen=beeld.perioden,
        hoofd=Lijn("Waarde van de periode", tuple(_getal(waarde) for waarde in beeld.waarden)),
        laag=tuple(_getal(grens.onder if grens else None) for grens in grenzen),
        hoog=tuple(_getal(grens.boven if grens else None) for grens in grenzen),
        voorlopig=frozenset(j for j, reden in enumerate(beeld.redenen) if reden == "voorlopig"),
        redenen=beeld.redenen,
        doel=(_getal(beeld.norm),) * n,
        bandnaam="Grenzen",
    )


def _merken(beeld: Procesbeeld) -> dict[int, Signaalregel]:
    """Per point the strongest rule that marks it."""
    zwakste_eerst = sorted(beeld.proces.signalen, key=lambda signaal: -signaal.rang)
    return {punt: signaal.regel for signaal in zwakste_eerst for punt in signaal.punten}


def _koppen(reeks: Reeks) -> list[str]:
    eenheid = f" ({reeks.eenheid})" if reeks.eenheid else ""
    norm = ["Norm"] if reeks.heeft_doel else []
    namen = [f"Waarde{eenheid}", *norm, "Ondergrens", "Gemiddelde", "Bovengrens"]
    return ["Periode", *namen, "Signaal of opmerking"]


def _rijen(
    reeks: Reeks, midden: Waarden, merken: Mapping[int, Signaalregel], besluiten: Mapping[int, Grensbesluit]
) -> list[list[str]]:
    heel = all(waarde is None or waarde == waarde.to_integral_value() for waarde in reeks.hoofd.waarden)
    rijen = []
    for i, (periode, getal, *norm, onder, boven, opmerking) in enumerate(reeksrijen(reeks)):
        waarde = getal.partition(",")[0] if heel else getal
        nieuw = f"nieuwe grenzen: {besluiten[i].reden}" if i in besluiten else ""
        waarom = "; ".join(deel for deel in (UITLEG[merken[i]] if i in merken else "", nieuw, opmerking) if deel)
        getoond = "" if (w := midden[i]) is None else toon(w, reeks.decimalen)
        rijen.append([periode, waarde, *norm, onder, getoond, boven, waarom])
    return rijen


def _uitleg(beeld: Procesbeeld, merken: Mapping[int, Signaalregel]) -> str:
    delen = [_vlak(beeld)]
    delen += [f"Streeplijn: {beeld.normnaam}."] if beeld.norm is not None else []
    gebruikt = set(merken.values())
    delen += [f"{MERKNAAM[regel].capitalize()}: {UITLEG[regel]}." for regel in Signaalregel if regel in gebruikt]
    delen += [f"Nieuwe grenzen vanaf {b.begin.leesbaar}: {b.reden.rstrip('. ')}." for b in beeld.besluiten.values()]
    return " ".join(delen)


def _vlak(beeld: Procesbeeld) -> str:
    grenzen = beeld.grenzen
    if grenzen and grenzen.helling is not None:
        return "Vlak: gewone schommeling rond de lijn van de trend."
    if grenzen and grenzen.per_kwartaal:
        return "Vlak: gewone schommeling van dat kwartaal, met wat voor dat kwartaal gewoon is in het midden."
    if beeld.indicator.grenzen_per_kwartaal:
        nog = "voor grenzen per kwartaal zijn er nog te weinig jaren"
        return f"Vlak: gewone schommeling, met het gemiddelde in het midden; {nog}."
    return "Vlak: gewone schommeling, met het gemiddelde in het midden."


def _middennaam(midden: Sequence[Decimal | None], *, in_trend: bool) -> str:
    """A mean is the same for every point; what differs per point is a trend, or usual for its quarter."""
    if in_trend:
        return "trend"
    return "gemiddeld" if len({waarde for waarde in midden if waarde is not None}) == 1 else "gewoon"


def _getal(waarde: Fraction | None) -> Decimal | None:
    return None if waarde is None else als_getal(waarde)


class _Signaalgrafiek(Grafiek):
    """The chart of the kit with a mean and two limits per point, marks, and a line where new limits start."""

    def __init__(
        self,
        reeks: Reeks,
        merken: Mapping[int, Signaalregel],
        midden: Waarden,
        besluiten: Mapping[int, Grensbesluit],
        hellend: Collection[int],
    ) -> None:
        super().__init__(reeks, DOEK)
        self.merken, self.midden, self.besluiten, self.hellend = merken, midden, besluiten, hellend

    def _rand(self, waarden: Waarden, run: Sequence[int]) -> list[tuple[float, Decimal]]:
        """Level over the width of each point; of a trend straight from point to point."""
        breed = 0 if self._langs_lijn(run) else 0.5
        return [(i + kant, w) for i in run if (w := waarden[i]) is not None for kant in sorted({-breed, breed})]

    def _langs_lijn(self, run: Sequence[int]) -> bool:
        return run[0] in self.hellend

    def _paden(self, waarden: Waarden, run: Sequence[int]) -> str:
        """A trend in one line; else each point a level of its own, which touch where they are the same."""
        rand, hoeveel = self._rand(waarden, run), len(run) if self._langs_lijn(run) else 2
        return "".join(f"M{self._door(rand[n : n + hoeveel])}" for n in range(0, len(rand), hoeveel))

    def _door(self, punten: Sequence[tuple[float, Decimal]]) -> str:
        return "L".join(f"{self.x(x)} {self.y(w)}" for x, w in punten)

    def _stukken(self) -> list[list[int]]:
        """The points that share limits; after a decision a new run starts."""
        telkens = [sum(begin <= i for begin in self.besluiten) for i in range(self.aantal)]
        return stukken(self.reeks.laag, telkens)

    def _band(self) -> str:
        return pad("band", "".join(self._vorm(run) for run in self._stukken()))

    def _vorm(self, run: Sequence[int]) -> str:
        return f"M{self._door([*self._rand(self.reeks.hoog, run), *self._rand(self.reeks.laag, run)[::-1]])}Z"

    def _doel(self) -> str:
        lijnen = [("gemiddelde", self.midden), ("grens", self.reeks.laag), ("grens", self.reeks.hoog)]
        paden = (pad(klasse, self._paden(w, run)) for klasse, w in lijnen for run in self._stukken())
        return super()._doel() + "".join(paden) + "".join(self._besluit(i) for i in self.besluiten)

    def _besluit(self, begin: int) -> str:
        """At the left of its line where there is more room."""
        x, links = self.x(begin - 0.5), begin > self.aantal / 2
        tekst = shorten(f"nieuwe grenzen: {self.besluiten[begin].reden}", REDENLENGTE, placeholder="…")
        lijn = pad("besluit", f"M{x} {self.doek.boven}V{self.doek.hoog - self.doek.onder}")
        naast = Decimal(x) + (-4 if links else 4)
        return lijn + schrift(naast, self.doek.boven, tekst, dy=-5, anker="end" if links else "start")

    def _punten(self) -> str:
        paren = [(i, regel, self.reeks.hoofd.waarden[i]) for i, regel in self.merken.items()]
        tekens = (
            pad("merk", VORM[regel], transform=f"translate({self.x(i)} {self.y(waarde)})")
            for i, regel, waarde in paren
            if waarde is not None
        )
        return super()._punten() + "".join(tekens)

    def _labels(self) -> str:
        """Direct labels at the right, never over each other."""
        delen, vorige = [], Decimal("-99")
        laatste = [self.midden[i] for i in self._stukken()[-1]]
        midden = _middennaam(laatste, in_trend=self.aantal - 1 in self.hellend)
        lijnen = [("boven", self.reeks.hoog[-1]), (midden, self.midden[-1]), ("onder", self.reeks.laag[-1])]
        lijnen.append(("norm", self.reeks.doel[-1]))
        namen = [(naam, waarde) for naam, waarde in lijnen if waarde is not None]
        for naam, waarde in sorted(namen, key=lambda paar: -paar[1]):
            vorige = max(Decimal(self.y(waarde)), vorige + 15)
            delen.append(schrift(self.naast, vorige, f"{naam} {self._kort(waarde)}", dy=4))
        return "".join(delen)

    def _kort(self, waarde: Decimal) -> str:
        """All in millions where any of them is."""
        return kort_in_woorden(waarde, self.reeks, hoogste=max(map(abs, self.streepjes)))


def _punten_van(*punten: Sequence[float]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in punten) + "Z"


VORM = {
    Signaalregel.GRENS: _punten_van((0, -STRAAL - 2), (STRAAL + 2, 0), (0, STRAAL + 2), (-STRAAL - 2, 0)),
    Signaalregel.KANT: _punten_van((-STRAAL, -STRAAL), (STRAAL, -STRAAL), (STRAAL, STRAAL), (-STRAAL, STRAAL)),
    Signaalregel.REEKS: _punten_van((0, -STRAAL - 3), (STRAAL + 2, STRAAL - 1), (-STRAAL - 2, STRAAL - 1)),
    Signaalregel.ZONE: f"M{-STRAAL} 0a{STRAAL} {STRAAL} 0 1 0 {2 * STRAAL} 0a{STRAAL} {STRAAL} 0 1 0 {-2 * STRAAL} 0Z",
}


def _band(boven: int, onder: int) -> str:
    return rand(stroke_width=1.5, d=f"M1 {boven}h14M1 {onder}h14")


def _punt(cx: float, cy: float, r: float) -> str:
    return vol("circle", cx=cx, cy=cy, r=r)


SIGNAALVORMEN = {
    "omhoog": _band(8, 14) + _punt(11, 3, 2.6),
    "omlaag": _band(2, 8) + _punt(11, 13, 2.6),
    "geen": _band(3, 13) + _punt(8, 8, 2),
    "weinig": _punt(3, 8, 1.6) + _punt(8, 8, 1.6) + _punt(13, 8, 1.6),
}


def merk(beeld: Procesbeeld) -> SafeString:
    """The course in a cell: shape and word, in the ink of the text; good or bad is said in a sentence."""
    klasse = f"signaal{' signaal-hier' if beeld.is_signaal else ''}"
    return format_html('<span class="{}">{}{}</span>', klasse, icoon(SIGNAALVORMEN[beeld.vorm]), beeld.woord)
