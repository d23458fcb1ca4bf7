"""The one place that writes a figure: a value, a target, a margin and a difference, with their unit and decimals.

A rounded figure never contradicts what was judged: what stands beside its limit gets as many decimals as it takes to
fall on the side where it lies, and a difference as many as it takes not to look like none. Pure, plain numbers only.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from common.tekst.getallen import toon, toon_kort

MEESTE_DECIMALEN = 12
MILJOEN = Decimal(1_000_000)
DUIZEND = 1000
TEKENS = ("%", "€")
JAARVOLUME = "jaarvolume"


class Maat(Protocol):
    """What a figure is measured in: an indicator has it, and so has a chart."""

    @property
    def eenheid(self) -> str: ...
    @property
    def decimalen(self) -> int: ...


@dataclass(frozen=True, slots=True)
class LosseMaat:
    """A measure that no indicator has: that of a difference, or none at all."""

    eenheid: str = ""
    decimalen: int = 0


PROCENT, FTE = LosseMaat("%", 1), LosseMaat("fte", 1)


def alleen_teken(maat: Maat) -> LosseMaat:
    """The same measure where only a sign is repeated, no word: between two numbers, beside a line."""
    return LosseMaat(maat.eenheid if maat.eenheid in TEKENS else "", maat.decimalen)


def waarde_in_woorden(waarde: Decimal, maat: Maat, decimalen: int | None = None) -> str:
    """A value with the decimals of its indicator: 82,5%, € 1.234, 12 verdachten."""
    return _met_eenheid(toon(waarde, maat.decimalen if decimalen is None else decimalen), maat.eenheid)


def gemeten_in_woorden(waarde: Decimal | None, maat: Maat, *, gedeeld: bool, kop: bool = False) -> str:
    """A value as it was measured: never fewer decimals than someone typed, and cents are always two.

    ``gedeeld``: it is a quotient, whose decimals nobody typed. ``kop``: a heading says the unit; only "%" is repeated.
    """
    if waarde is None:
        return "niet te berekenen"
    exact = 0 if gedeeld else _decimalen(waarde)
    exact = max(2, exact) if exact and maat.eenheid == "€" else exact
    getal = toon(waarde, max(maat.decimalen, exact))
    return _met_eenheid(getal, "" if kop and maat.eenheid != "%" else maat.eenheid)


def met_delen(tekst: str, teller: Decimal | None, noemer: Decimal | None) -> str:
    """A ratio with what it is made of: 83,6% (352 van 421)."""
    return tekst if teller is None or noemer is None else f"{tekst} ({delen_in_woorden(teller, noemer)})"


def exact_in_woorden(waarde: Decimal, maat: Maat) -> str:
    """With exactly the decimals it has, as a target was set and a sum comes out: 22,5 verdachten."""
    return _met_eenheid(toon_kort(waarde), maat.eenheid)


def delen_in_woorden(teller: Decimal, noemer: Decimal) -> str:
    """What a ratio is made of: 352 van 421."""
    return f"{toon_kort(teller)} van {toon_kort(noemer)}"


def foutmarge_in_woorden(marge: Decimal) -> str:
    return f"± {toon_kort(marge)}"


def doel_in_woorden(doel: Any, maat: Maat) -> str:
    """For example ``30 verdachten (jaarvolume, marge 10% van de verwachting)``, or ``alleen monitoring``."""
    soort, marge = doel.get_soort_display().lower(), marge_in_woorden(doel, maat)
    if doel.streefwaarde is None:
        return soort
    return f"{exact_in_woorden(doel.streefwaarde, maat)} ({soort}{f', marge {marge}' if marge else ''})"


def marge_in_woorden(doel: Any, maat: Maat, van: str = "de verwachting") -> str:
    """The margin of a target: of a year volume a part of the expectation, else in the unit of a difference."""
    if doel.marge is None:
        return ""
    if doel.soort == JAARVOLUME:
        return f"{toon_kort(doel.marge)}% van {van}"
    return _met_eenheid(toon_kort(doel.marge), verschileenheid(maat.eenheid))


def verschileenheid(eenheid: str) -> str:
    """The unit of a difference: between percentages it is percentage points."""
    return "procentpunt" if eenheid == "%" else eenheid


def verschil_in_woorden(verschil: Decimal, maat: Maat, decimalen: int | None = None, *, teken: bool = False) -> str:
    """Never as if there were none; with ``teken`` a plus is written too."""
    hoeveel = toon(verschil, zichtbare_decimalen(verschil, maat.decimalen if decimalen is None else decimalen))
    return _met_eenheid(met_teken(hoeveel, verschil) if teken else hoeveel, verschileenheid(maat.eenheid))


def met_teken(getal: str, waarde: Decimal) -> str:
    return f"+{getal}" if waarde > 0 else getal


def zichtbare_decimalen(verschil: Decimal, decimalen: int) -> int:
    """As many decimals as it takes for a difference not to look like none."""
    if not verschil:
        return decimalen
    return next((n for n in range(decimalen, MEESTE_DECIMALEN) if round_op(verschil, n)), MEESTE_DECIMALEN)


def grens_in_woorden(grens: Decimal, maat: Maat) -> str:
    """A mean, a limit or an expectation: seldom a round number."""
    return exact_in_woorden(round_op(grens, _ten_minste(grens, maat.decimalen)), maat)


def norm_in_woorden(norm: Decimal, maat: Maat) -> str:
    """A target spread over quarters: exact, but of large amounts no parts."""
    return exact_in_woorden(norm if abs(norm) < DUIZEND else round_op(norm, maat.decimalen), maat)


class Paar(NamedTuple):
    """A value and the limit it lies beside, as shown in one sentence; ``kaal`` and ``kale_grens`` have no unit."""

    waarde: str
    grens: str
    kaal: str
    kale_grens: str


def naast_elkaar(waarde: Decimal, grens: Decimal, maat: Maat, *, mist: bool) -> Paar:
    """A value and its limit; with as many decimals as it takes to see that the limit is missed."""
    ten_minste = _ten_minste(grens, maat.decimalen)
    for aantal in range(maat.decimalen, MEESTE_DECIMALEN + 1):
        afgerond, tegen = round_op(waarde, aantal), round_op(grens, max(aantal, ten_minste))
        if not mist or waarde == grens or (afgerond != tegen and (afgerond < tegen) == (waarde < grens)):
            break
    links, rechts = toon(waarde, aantal), toon_kort(tegen)
    return Paar(_met_eenheid(links, maat.eenheid), _met_eenheid(rechts, maat.eenheid), links, rechts)


def verschil_naast(verschil: Decimal, grens: Decimal, maat: Maat, *, mist: bool) -> Paar:
    """How much two figures differ, beside the margin they may differ."""
    decimalen = zichtbare_decimalen(verschil, maat.decimalen)
    return naast_elkaar(abs(verschil), grens, LosseMaat(verschileenheid(maat.eenheid), decimalen), mist=mist)


def _ten_minste(getal: Decimal, decimalen: int) -> int:
    """Half a suspect is worth showing, half a euro in millions is not."""
    return decimalen + (abs(getal) < DUIZEND)


def round_op(getal: Decimal, decimalen: int) -> Decimal:
    """Rounded the way ``toon`` rounds: halves up."""
    return Decimal(toon(getal, decimalen).replace(".", "").replace(",", "."))


def kort_in_woorden(waarde: Decimal, maat: Maat, *, doel: bool = False, hoogste: Decimal | None = None) -> str:
    """A direct label in a chart: large amounts in millions, of other units only the per cent sign.

    ``hoogste``: the largest number of the chart, where all are in millions as soon as one of them is.
    """
    if abs(waarde if hoogste is None else hoogste) >= 2 * MILJOEN:
        return f"{toon_kort(round_op(waarde / MILJOEN, 1))} mln"
    getal = toon_kort(waarde) if doel else toon(waarde, maat.decimalen)
    return f"{getal}%" if maat.eenheid == "%" else getal


def as_in_woorden(waarde: Decimal, hoogste: Decimal, eenheid: str) -> str:
    """A short number for an axis; large amounts in millions, and the label says so."""
    if abs(hoogste) >= 2 * MILJOEN:
        return f"{toon_kort(waarde / MILJOEN)} mln"
    return f"{toon_kort(waarde)}%" if eenheid == "%" else toon_kort(waarde)


def voluit(waarde: Decimal, maat: Maat) -> str:
    """In a sentence: whole millions of euros as people say them."""
    if maat.eenheid == "€" and waarde % MILJOEN == 0:
        return f"{toon_kort(waarde / MILJOEN)} miljoen euro"
    return exact_in_woorden(waarde, maat)


def procent(deel: Decimal, decimalen: int = 1) -> str:
    return waarde_in_woorden(deel, PROCENT, decimalen)


def fte(waarde: Decimal) -> str:
    """People or places by themselves, with at least one decimal: 541,2 and 3,0."""
    return toon(waarde, max(FTE.decimalen, _decimalen(waarde)))


def fte_in_woorden(waarde: Decimal) -> str:
    return _met_eenheid(fte(waarde), FTE.eenheid)


def gedrukt(waarde: Decimal) -> str:
    """With the decimals the figure was printed with: 16 and 16,0 are two different things in a plan."""
    return toon(waarde, max(0, -int(waarde.as_tuple().exponent)))


def celtekst(waarde: object) -> str:
    """What one would type for it; nothing stays empty."""
    return toon_kort(waarde) if isinstance(waarde, Decimal) else str(waarde or "")


def _decimalen(waarde: Decimal) -> int:
    return max(0, -int(waarde.normalize().as_tuple().exponent))


def _met_eenheid(getal: str, eenheid: str) -> str:
    """Where Dutch puts the unit: before euros, against a percent sign."""
    if eenheid == "%":
        return f"{getal}%"
    return f"€ {getal}" if eenheid == "€" else f"{getal} {eenheid}".rstrip()
