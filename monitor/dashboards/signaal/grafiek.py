"""The chart of signal or noise: the values of the periods, their mean and limits, and the signals by their shape.

Drawing and table come from one object, so they show the same numbers.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.grafiek.reeks import Lijn, Reeks
from common.grafiek.reeks import rijen as reeksrijen
from common.grafiek.svg import Doek, Grafiek, Tekening, icoon, pad, rand, schrift, veilig, vol
from common.tekst.cijfers import kort_in_woorden
from common.tekst.getallen import toon
from monitor.dashboards.signaal.verloop import Beeld
from monitor.models import Indicator
from monitor.rekenen.prognose import als_getal
from monitor.rekenen.signaal import Grenzen, Signaal, Signaalregel, is_voorbij
from monitor.rekenen.signaalzin import UITLEG

STRAAL = 6.5
DOEK = Doek(760, 280, 62, 130)
ZONDER_MINDER_DAN_NUL = (Indicator.Aggregatie.SOM, Indicator.Aggregatie.VERHOUDING)
_HONDERD = Decimal(100)
MERKNAAM = {
    Signaalregel.GRENS: "ruit",
    Signaalregel.KANT: "vierkant",
    Signaalregel.REEKS: "driehoek",
    Signaalregel.ZONE: "ring",
}


def teken_signaal(beeld: Beeld, conclusie: str) -> Tekening | None:
    """The chart with its table; None where there are no limits to draw."""
    if beeld.grenzen is None:
        return None
    reeks, merken = _reeks(beeld, beeld.grenzen), _merken(beeld)
    midden = als_getal(beeld.grenzen.gemiddelde)
    return Tekening(
        id=f"signaal-{beeld.indicator.code}",
        naam=f"{beeld.indicator.naam}: signaal of ruis",
        svg=veilig(_Signaalgrafiek(reeks, merken, midden).alles(conclusie)),
        conclusie=conclusie,
        koppen=_koppen(reeks),
        rijen=_rijen(reeks, midden, merken),
        uitleg=_uitleg(beeld),
    )


def _reeks(beeld: Beeld, grenzen: Grenzen) -> Reeks:
    """One decimal more than the indicator shows: a mean is seldom a whole number of suspects."""
    i, n = beeld.indicator, len(beeld.perioden)
    decimalen = i.decimalen + (abs(grenzen.gemiddelde) < 1000)
    onder, boven = binnen_het_mogelijke(beeld, grenzen)
    return Reeks(
        naam=i.naam,
        eenheid=i.eenheid,
        eenheid_enkelvoud=i.eenheid_enkelvoud,
        decimalen=decimalen,
        kwartalen=beeld.perioden,
        hoofd=Lijn("Waarde van de periode", tuple(_getal(waarde) for waarde in beeld.waarden)),
        laag=(onder,) * n,
        hoog=(boven,) * n,
        voorlopig=frozenset(j for j, reden in enumerate(beeld.redenen) if reden == "voorlopig"),
        redenen=beeld.redenen,
        doel=(_getal(beeld.norm),) * n,
        bandnaam="Grenzen",
    )


def binnen_het_mogelijke(beeld: Beeld, grenzen: Grenzen) -> tuple[Decimal, Decimal]:
    """The limits as drawn: a count is never below zero, a share never above a hundred."""
    onder, boven = als_getal(grenzen.onder), als_getal(grenzen.boven)
    if beeld.indicator.aggregatie in ZONDER_MINDER_DAN_NUL and grenzen.gemiddelde >= 0:
        onder = max(onder, Decimal(0))
    if beeld.indicator.eenheid == "%" and grenzen.gemiddelde <= _HONDERD:
        boven = min(boven, _HONDERD)
    return onder, boven


def _merken(beeld: Beeld) -> dict[int, Signaalregel]:
    """Per point the strongest rule that marks it."""
    merken: dict[int, Signaalregel] = {}
    for signaal in sorted(beeld.signalen, key=lambda s: list(Signaalregel).index(s.regel), reverse=True):
        punten = range(signaal.van, signaal.tot + 1)
        merken |= {i: signaal.regel for i in punten if _draagt(beeld, signaal, i)}
    return merken


def _draagt(beeld: Beeld, signaal: Signaal, index: int) -> bool:
    """Of two out of three the third is no part of the signal."""
    waarde = beeld.waarden[index]
    if waarde is None or beeld.grenzen is None:
        return False
    return signaal.regel is not Signaalregel.ZONE or is_voorbij(waarde, beeld.grenzen, omhoog=signaal.omhoog)


def _koppen(reeks: Reeks) -> list[str]:
    eenheid = f" ({reeks.eenheid})" if reeks.eenheid else ""
    norm = ["Norm"] if reeks.heeft_doel else []
    namen = [f"Waarde{eenheid}", *norm, "Ondergrens", "Gemiddelde", "Bovengrens"]
    return ["Periode", *namen, "Signaal of opmerking"]


def _rijen(reeks: Reeks, midden: Decimal, merken: dict[int, Signaalregel]) -> list[list[str]]:
    heel = all(waarde is None or waarde == waarde.to_integral_value() for waarde in reeks.hoofd.waarden)
    rijen = []
    for i, (periode, getal, *norm, onder, boven, opmerking) in enumerate(reeksrijen(reeks)):
        waarde = getal.partition(",")[0] if heel else getal
        waarom = "; ".join(deel for deel in (UITLEG[merken[i]] if i in merken else "", opmerking) if deel)
        rijen.append([periode, waarde, *norm, onder, toon(midden, reeks.decimalen), boven, waarom])
    return rijen


def _uitleg(beeld: Beeld) -> str:
    delen = ["Vlak: gewone schommeling, met het gemiddelde in het midden."]
    delen += [f"Streeplijn: {beeld.normnaam}."] if beeld.norm is not None else []
    gebruikt = set(_merken(beeld).values())
    delen += [f"{MERKNAAM[regel].capitalize()}: {UITLEG[regel]}." for regel in Signaalregel if regel in gebruikt]
    return " ".join(delen)


def _getal(waarde: Fraction | None) -> Decimal | None:
    return None if waarde is None else als_getal(waarde)


class _Signaalgrafiek(Grafiek):
    """The chart of the kit with a mean, two limits and marks."""

    def __init__(self, reeks: Reeks, merken: dict[int, Signaalregel], midden: Decimal) -> None:
        super().__init__(reeks, DOEK)
        self.merken, self.midden = merken, midden

    def _doel(self) -> str:
        van, tot = self.x(-0.45), self.x(self.aantal - 0.55)
        paren = [("gemiddelde", self.midden), ("grens", self.reeks.laag[0]), ("grens", self.reeks.hoog[0])]
        lijnen = (pad(klasse, f"M{van} {self.y(w)}H{tot}") for klasse, w in paren if w is not None)
        return super()._doel() + "".join(lijnen)

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
        lijnen = [("boven", self.reeks.hoog[0]), ("gemiddeld", self.midden), ("onder", self.reeks.laag[0])]
        lijnen.append(("norm", self.reeks.doel[0]))
        namen = [(naam, waarde) for naam, waarde in lijnen if waarde is not None]
        for naam, waarde in sorted(namen, key=lambda paar: -paar[1]):
            vorige = max(Decimal(self.y(waarde)), vorige + 14)
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


def merk(beeld: Beeld) -> SafeString:
    """The signal of a cell: shape, words and a tone."""
    klasse = f"signaal signaal-{beeld.toon}{' signaal-hier' if beeld.is_signaal else ''}"
    return format_html('<span class="{}">{}{}</span>', klasse, icoon(SIGNAALVORMEN[beeld.richting]), beeld.woord)
