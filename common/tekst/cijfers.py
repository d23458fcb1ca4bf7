"""The one place that writes a figure: a value, a target, a margin and a difference, with their unit and decimals.

A rounded figure never contradicts what was judged: what stands beside its limit gets as many decimals as it takes to
fall on the side where it lies, and a difference as many as it takes not to look like none. Pure, plain numbers only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from common.tekst.getallen import MAX_DECIMALEN, round_op, toon, toon_kort

MEESTE_DECIMALEN = 12
GENOEG_ERBIJ = 1  # decimals more, from which a difference of two endless fractions is that of the figures shown
MILJOEN = Decimal(1_000_000)
DUIZEND = 1000
TEKENS = ("%", "€", "€ mln")
JAARVOLUME = "jaarvolume"


class Maat(Protocol):
    """What a figure is measured in: an indicator has it, and so has a chart."""

    @property
    def eenheid(self) -> str: ...
    @property
    def eenheid_enkelvoud(self) -> str: ...
    @property
    def decimalen(self) -> int: ...


@dataclass(frozen=True, slots=True)
class LosseMaat:
    """A measure that no indicator has: that of a difference, or none at all."""

    eenheid: str = ""
    decimalen: int = 0
    eenheid_enkelvoud: str = ""


PROCENT, FTE = LosseMaat("%", 1), LosseMaat("fte", 1)
EURO_MILJOENEN = LosseMaat("€ mln", 1)


def alleen_teken(maat: Maat) -> LosseMaat:
    """The same measure where only a sign is repeated, no word: between two numbers, beside a line."""
    return LosseMaat(maat.eenheid if maat.eenheid in TEKENS else "", maat.decimalen)


def maat_van_verschil(maat: Maat) -> Maat:
    """What a difference is measured in: between percentages it is percentage points."""
    return LosseMaat("procentpunt", maat.decimalen) if maat.eenheid == "%" else maat


def waarde_in_woorden(waarde: Decimal, maat: Maat, decimalen: int | None = None) -> str:
    """A value with the decimals of its indicator: 82,5%, € 1.234, 12 verdachten."""
    return met_eenheid(toon(waarde, maat.decimalen if decimalen is None else decimalen), maat)


def gemeten_in_woorden(waarde: Decimal | None, maat: Maat, *, gedeeld: bool, kop: bool = False) -> str:
    """A value as it was measured: never fewer decimals than someone typed, and cents are always two.

    ``gedeeld``: it is a quotient, whose decimals nobody typed. ``kop``: a heading says the unit; only "%" is repeated.
    """
    if waarde is None:
        return "noemer is 0"
    exact = 0 if gedeeld else decimalen_van(waarde)
    exact = max(2, exact) if exact and maat.eenheid == "€" else exact
    getal = toon(waarde, max(maat.decimalen, exact))
    return getal if kop and maat.eenheid != "%" else met_eenheid(getal, maat)


def met_delen(tekst: str, teller: Decimal | None, noemer: Decimal | None) -> str:
    """A ratio with what it is made of: 83,6% (352 van 421)."""
    return tekst if teller is None or noemer is None else f"{tekst} ({delen_in_woorden(teller, noemer)})"


def exact_in_woorden(waarde: Decimal, maat: Maat) -> str:
    """With exactly the decimals it has, as a target was set and a sum comes out: 22,5 verdachten."""
    return met_eenheid(toon_kort(waarde), maat)


def delen_in_woorden(teller: Decimal, noemer: Decimal) -> str:
    """What a ratio is made of: 352 van 421."""
    return f"{toon_kort(teller)} van {toon_kort(noemer)}"


def foutmarge_in_woorden(marge: Decimal) -> str:
    return f"± {toon_kort(marge)}"


def doel_in_woorden(doel: Any, maat: Maat) -> str:
    """For example ``30 verdachten (jaarvolume, marge 10% van de norm)``, or ``alleen monitoring``."""
    soort, marge = doel.get_soort_display().lower(), marge_in_woorden(doel, maat)
    if doel.streefwaarde is None:
        return soort
    return f"{exact_in_woorden(doel.streefwaarde, maat)} ({soort}{f', marge {marge}' if marge else ''})"


def marge_in_woorden(doel: Any, maat: Maat, van: str = "de norm") -> str:
    """The margin of a target: of a year volume a part of its norm, else in the unit of a difference."""
    if doel.marge is None:
        return ""
    if doel.soort == JAARVOLUME:
        return f"{toon_kort(doel.marge)}% van {van}"
    return met_eenheid(toon_kort(doel.marge), maat_van_verschil(maat))


def verschil_in_woorden(verschil: Decimal, maat: Maat, decimalen: int | None = None, *, teken: bool = False) -> str:
    """Never as if there were none; with ``teken`` a plus is written too."""
    hoeveel = toon(verschil, zichtbare_decimalen(verschil, maat.decimalen if decimalen is None else decimalen))
    return met_eenheid(met_teken(hoeveel, verschil) if teken else hoeveel, maat_van_verschil(maat))


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


@dataclass(frozen=True, slots=True)
class Weging:
    """A value beside what it is judged against, as shown together: rounded, with the decimals each is written with.

    The numbers shown add up exactly (``waarde`` - ``grens`` = ``verschil``), and lie as the exact ones do: on the
    same side of ``grens``, and inside or outside the margin.
    """

    maat: Maat
    waarde: Decimal
    grens: Decimal
    verschil: Decimal
    marge: Decimal | None

    @property
    def waarde_tekst(self) -> str:
        return met_eenheid(gedrukt(self.waarde), self.maat)

    @property
    def grens_tekst(self) -> str:
        return exact_in_woorden(self.grens, self.maat)

    @property
    def kale_grens(self) -> str:
        """Beside a value that named the unit: only a sign is repeated."""
        return exact_in_woorden(self.grens, alleen_teken(self.maat))

    @property
    def verschil_tekst(self) -> str:
        return met_eenheid(met_teken(gedrukt(self.verschil), self.verschil), maat_van_verschil(self.maat))

    @property
    def afstand_tekst(self) -> str:
        """The difference without its sign, before a word that says which way."""
        return met_eenheid(gedrukt(abs(self.verschil)), maat_van_verschil(self.maat))

    @property
    def kale_afstand(self) -> str:
        """Beside figures that named the unit."""
        return exact_in_woorden(abs(self.verschil), alleen_teken(self.maat))

    @property
    def grens_als_waarde(self) -> str:
        """Where the limit is a value too: an earlier measurement."""
        return met_eenheid(gedrukt(ten_minste_op(self.grens, self.maat.decimalen)), self.maat)

    @property
    def kale_marge(self) -> str:
        """Beside a difference that named the unit."""
        return "" if self.marge is None else toon_kort(self.marge)


def weeg(waarde: Decimal, grens: Decimal, maat: Maat, *, marge: Decimal | None = None, deel: bool = False) -> Weging:
    """With as many decimals as it takes; ``deel``: the margin is a percentage of ``grens``."""
    for erbij in range(MEESTE_DECIMALEN):
        weging = _afgerond(waarde, grens, marge, maat, erbij)
        if _ligt_gelijk(weging, waarde, grens, marge, deel=deel) and weging.verschil == weging.waarde - weging.grens:
            break
    return weging


def naast_grenzen(
    waarden: Sequence[Decimal | None], grenzen: Sequence[Decimal | None], maat: Maat
) -> list[Decimal | None]:
    """The figures of one row, values before limits, each with the decimals it is written with: no value seems to lie
    on another side of a limit than it does."""
    for erbij in range(MEESTE_DECIMALEN):
        fijn = maat.decimalen + erbij
        links = [None if w is None else ten_minste_op(round_op(w, fijn), maat.decimalen) for w in waarden]
        rechts = [None if g is None else _grens_in_rij(g, maat, erbij) for g in grenzen]
        if _zelfde_kant(links, waarden, rechts, grenzen):
            break
    return [*links, *rechts]


def _grens_in_rij(grens: Decimal, maat: Maat, erbij: int) -> Decimal:
    """From the first extra decimal on as fine as a value, so that what is equal looks equal."""
    fijn = max(maat.decimalen + erbij, _fijn(grens, maat, 0))
    return ten_minste_op(_grens_op(grens, fijn, maat), maat.decimalen)


def _zelfde_kant(*vier: Sequence[Decimal | None]) -> bool:
    links, waarden, rechts, grenzen = vier
    paren = [(w, x, g, h) for w, x in zip(links, waarden, strict=True) for g, h in zip(rechts, grenzen, strict=True)]
    return all(
        (w > g, w < g) == (x > h, x < h)
        for w, x, g, h in paren
        if w is not None and x is not None and g is not None and h is not None
    )


def _fijn(grens: Decimal, maat: Maat, erbij: int) -> int:
    """Of what is counted half a one is worth showing."""
    return maat.decimalen + erbij + (not maat.decimalen and abs(grens) < DUIZEND)


def _afgerond(waarde: Decimal, grens: Decimal, marge: Decimal | None, maat: Maat, erbij: int) -> Weging:
    """Each rounded by itself; the difference of endless fractions in the end that of the figures shown."""
    fijn = _fijn(grens, maat, erbij)
    links = ten_minste_op(round_op(waarde, fijn), maat.decimalen)
    rechts = _grens_op(grens, fijn, maat)
    eindeloos = erbij >= GENOEG_ERBIJ and decimalen_van(rechts) <= fijn
    verschil = links - rechts if eindeloos else round_op(waarde - grens, max(fijn, decimalen_van(rechts)))
    ruimte = None if marge is None else _kort_of_op(marge, fijn)
    return Weging(maat, links, rechts, ten_minste_op(verschil, maat.decimalen), ruimte)


def _ligt_gelijk(w: Weging, waarde: Decimal, grens: Decimal, marge: Decimal | None, *, deel: bool) -> bool:
    """Whether the shown figures lie beside each other as the exact ones do."""
    if (w.waarde > w.grens, w.waarde < w.grens) != (waarde > grens, waarde < grens):
        return False
    if marge is None or w.marge is None:
        return True
    getoond, exact = (m * abs(g) / 100 if deel else m for m, g in ((w.marge, w.grens), (marge, grens)))
    return (abs(w.waarde - w.grens) <= getoond) == (abs(waarde - grens) <= exact)


def _grens_op(grens: Decimal, fijn: int, maat: Maat) -> Decimal:
    """A limit as it was set; of large amounts no parts."""
    return round_op(grens, fijn) if abs(grens) >= DUIZEND or maat == EURO_MILJOENEN else _kort_of_op(grens, fijn)


def _kort_of_op(getal: Decimal, decimalen: int) -> Decimal:
    """What a person may have typed stays as it is; an endless fraction is rounded."""
    return getal if decimalen_van(getal) <= MAX_DECIMALEN else round_op(getal, decimalen)


def ten_minste_op(getal: Decimal, decimalen: int) -> Decimal:
    """The same number, written with at least so many decimals and no needless ones."""
    return round_op(getal, max(decimalen, decimalen_van(getal)))


def is_groot(maat: Maat, *bedragen: Decimal | None) -> bool:
    """Whether a headline says it in millions of euros."""
    return maat.eenheid == "€" and any(bedrag is not None and abs(bedrag) >= 2 * MILJOEN for bedrag in bedragen)


def kop_in_woorden(waarde: Decimal, maat: Maat) -> str:
    """A figure in a headline: large amounts of money as people say them, € 13,5 mln."""
    groot = is_groot(maat, waarde)
    return exact_in_woorden(round_op(waarde / MILJOEN, 1), EURO_MILJOENEN) if groot else waarde_in_woorden(waarde, maat)


def weeg_in_kop(w: Weging, waarde: Decimal, grens: Decimal) -> Weging:
    """The same comparison as a headline says it."""
    return weeg(waarde / MILJOEN, grens / MILJOEN, EURO_MILJOENEN) if is_groot(w.maat, waarde, grens) else w


def samen_in_kop(
    waarden: Sequence[Decimal | None], grenzen: Sequence[Decimal | None], maat: Maat
) -> tuple[list[Decimal | None], Maat]:
    """Values and limits as a headline says them together, with their measure: all in millions of euros where one is.

    No value seems to lie on another side of a limit than it does.
    """
    if not is_groot(maat, *waarden, *grenzen):
        return naast_grenzen(waarden, grenzen, maat), maat
    links, rechts = ([None if w is None else w / MILJOEN for w in deel] for deel in (waarden, grenzen))
    return naast_grenzen(links, rechts, EURO_MILJOENEN), EURO_MILJOENEN


def tussen_in_woorden(laag: Decimal | None, hoog: Decimal | None, maat: Maat) -> str:
    """A range with its unit once: 362 tot 379 verdachten, € 19,3 tot 21,3 mln; empty where an end is absent."""
    if laag is None or hoog is None:
        return ""
    teken = "€ " if maat.eenheid.startswith("€") else ""
    return f"{teken}{gedrukt(laag)} tot {met_eenheid(gedrukt(hoog), maat).removeprefix(teken)}"


def ongeveer(getal: Decimal, maat: Maat) -> Decimal:
    """A pace as people say it: of large amounts of money two digits, of all else as it is."""
    return round_op(getal, 1 - getal.adjusted()) if maat.eenheid == "€" and abs(getal) >= DUIZEND else getal


def _ten_minste(getal: Decimal, decimalen: int) -> int:
    """Half a suspect is worth showing, half a euro in millions is not."""
    return decimalen + (abs(getal) < DUIZEND)


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


def tempo_in_woorden(tempo: Decimal) -> str:
    """How many times the norm; three decimals are enough, but it never looks like 1 where it is not."""
    return f"{toon_kort(weeg(tempo, Decimal(1), LosseMaat(decimalen=3)).waarde)} keer de norm"


def procent(deel: Decimal, decimalen: int = 1) -> str:
    return waarde_in_woorden(deel, PROCENT, decimalen)


def fte(waarde: Decimal) -> str:
    """People or places by themselves, with at least one decimal: 541,2 and 3,0."""
    return toon(waarde, max(FTE.decimalen, decimalen_van(waarde)))


def fte_in_woorden(waarde: Decimal) -> str:
    return met_eenheid(fte(waarde), FTE)


def gedrukt(waarde: Decimal) -> str:
    """With the decimals the figure was printed with: 16 and 16,0 are two different things in a plan."""
    return toon(waarde, max(0, -int(waarde.as_tuple().exponent)))


def celtekst(waarde: object) -> str:
    """What one would type for it; nothing stays empty."""
    return toon_kort(waarde) if isinstance(waarde, Decimal) else str(waarde or "")


def decimalen_van(waarde: Decimal) -> int:
    return max(0, -int(waarde.normalize().as_tuple().exponent))


def met_eenheid(getal: str, maat: Maat) -> str:
    """Where Dutch puts the unit: 82%, 1 verdachte, and of money the sign first and cents in two: -€ 5,50."""
    if maat.eenheid == "%":
        return f"{getal}%"
    if maat.eenheid.startswith("€"):
        teken = getal[:1] if getal[:1] in ("-", "+") else ""
        centen = "0" if maat.eenheid == "€" and getal[-2:-1] == "," else ""
        return f"{teken}€ {getal.removeprefix(teken)}{centen}{maat.eenheid[1:]}"
    een = maat.eenheid_enkelvoud and getal.lstrip("+-") == "1"
    return f"{getal} {maat.eenheid_enkelvoud if een else maat.eenheid}".rstrip()
