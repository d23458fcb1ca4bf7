"""What is doubtful about a value that could be right: it is kept only with a remark. Pure.

A value is held against the approved values of the same indicator and onderdeel from before it, as they are, not
rounded. What is said names the figure it is held against, so that a person can judge it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from common.tekst.cijfers import PROCENT, exact_in_woorden
from common.tekst.getallen import Notatie, toon_kort
from monitor.invoer.regels.validatie import IndicatorFeiten
from monitor.invoer.regels.waarneming import Waarneming

Meetplek = tuple[str, str]  # indicator, onderdeel

_HONDERD, DUIZEND = Decimal(100), Decimal(1000)
SLORDIG = Decimal(3)  # a value within a third to three times a factor 100 or 1000 looks like a slip of that factor
GROOT_VOOR_NUL = Decimal(10)
MINSTE_PUNTEN = 5  # as for the limits of a process, rekenregels section 7
MEESTE_PUNTEN = 12
XMR = Decimal("2.66")
KLEINSTE_AFWIJKING = Decimal("0.1")  # of the mean: a steady series does not make every step doubtful


@dataclass(frozen=True, slots=True)
class Eerder:
    """One approved value; ``kwartaal`` None is a whole year."""

    jaar: int
    kwartaal: int | None
    waarde: Decimal | None
    teller: Decimal | None
    noemer: Decimal | None


Verleden = Mapping[Meetplek, Sequence[Eerder]]


@dataclass(frozen=True, slots=True)
class Twijfel:
    """One doubt: in which column, in a Dutch sentence, and what was perhaps meant.

    ``los_van_verleden``: the sentence names no earlier value.
    """

    kolom: str
    reden: str
    bedoeld: str = ""
    los_van_verleden: bool = False


def twijfels(waarneming: Waarneming, feiten: IndicatorFeiten, verleden: Verleden) -> list[Twijfel]:
    """Every doubt about a value that was read without a fault; nothing for ``nb``."""
    if waarneming.onbekend:
        return []
    eerder = _eerder(waarneming, verleden.get((waarneming.indicator, waarneming.onderdeel), ()))
    if feiten.aggregatie == "verhouding":
        return _bij_verhouding(waarneming, eerder)
    waarden = [e.waarde for e in eerder if e.waarde is not None]
    gevonden = _deel_van_een(waarneming, feiten, waarden) or _tegen_verleden("waarde", waarneming.waarde, waarden)
    return [gevonden] if gevonden else []


def verloren_marge(waarneming: Waarneming, marge: Decimal | None) -> Twijfel | None:
    """A margin of error decides whether a difference counts: it is not lost in silence."""
    if marge is None or waarneming.marge is not None or waarneming.onbekend:
        return None
    return Twijfel("marge", "De foutmarge die er nu bij staat, vervalt.", toon_kort(marge), los_van_verleden=True)


def _eerder(waarneming: Waarneming, alle: Sequence[Eerder]) -> list[Eerder]:
    """The latest values before this period: quarters beside quarters, whole years beside whole years."""
    moment = (waarneming.jaar, waarneming.kwartaal or 0)
    soortgelijk = [e for e in alle if (e.kwartaal is None) == (waarneming.kwartaal is None)]
    return [e for e in soortgelijk if (e.jaar, e.kwartaal or 0) < moment][-MEESTE_PUNTEN:]


def _bij_verhouding(waarneming: Waarneming, eerder: Sequence[Eerder]) -> list[Twijfel]:
    """The denominator against earlier ones, for its size; the percentage against its own range."""
    noemers = [e.noemer for e in eerder if e.noemer is not None]
    gevonden = [_factor("noemer", waarneming.noemer, noemers) or _nul("noemer", waarneming.noemer, noemers)]
    delen = [deel for e in eerder if (deel := _percentage(e.teller, e.noemer)) is not None]
    nu = _percentage(waarneming.teller, waarneming.noemer)
    gevonden.append(_buiten_bereik("teller", nu, delen, eenheid="%"))
    return [twijfel for twijfel in gevonden if twijfel]


def _percentage(teller: Decimal | None, noemer: Decimal | None) -> Decimal | None:
    return _HONDERD * teller / noemer if teller is not None and noemer else None


def _deel_van_een(waarneming: Waarneming, feiten: IndicatorFeiten, waarden: Sequence[Decimal]) -> Twijfel | None:
    """0,82 where 82 was meant: the share itself instead of the percentage."""
    waarde = waarneming.waarde
    if feiten.notatie is not Notatie.PERCENTAGE or waarde is None or not 0 < waarde < 1:
        return None
    if waarden and max(waarden) < 1:
        return None
    getypt, bedoeld = exact_in_woorden(waarde, PROCENT), exact_in_woorden(waarde * _HONDERD, PROCENT)
    return Twijfel("waarde", f"Bedoelt u {getypt} of {bedoeld}?", toon_kort(waarde * _HONDERD), los_van_verleden=True)


def _tegen_verleden(kolom: str, waarde: Decimal | None, waarden: Sequence[Decimal]) -> Twijfel | None:
    return _factor(kolom, waarde, waarden) or _nul(kolom, waarde, waarden) or _buiten_bereik(kolom, waarde, waarden)


def _factor(kolom: str, waarde: Decimal | None, waarden: Sequence[Decimal]) -> Twijfel | None:
    """Some hundred or thousand times the last value, or that part of it."""
    scheelt = schuif(waarde, waarden[-1]) if waarde is not None and waarden else None
    if scheelt is None:
        return None
    hoe, bedoeld = scheelt
    return Twijfel(kolom, f"Dit is {hoe} de vorige meting ({toon_kort(abs(waarden[-1]))}).", toon_kort(bedoeld))


def schuif(waarde: Decimal, vorige: Decimal) -> tuple[str, Decimal] | None:
    """When a number is about a factor 100 or 1000 off another: in words, and what was perhaps meant."""
    if waarde * vorige <= 0:
        return None
    keer = abs(waarde) / abs(vorige)
    groter = keer >= 1
    factor = next((f for f in (_HONDERD, DUIZEND) if _in_de_buurt(keer if groter else 1 / keer, f)), None)
    if factor is None:
        return None
    hoe = f"ongeveer {factor} keer zo {'veel' if groter else 'weinig'} als"
    return hoe, waarde / factor if groter else waarde * factor


def _in_de_buurt(keer: Decimal, factor: Decimal) -> bool:
    return factor / SLORDIG <= keer <= factor * SLORDIG


def _nul(kolom: str, waarde: Decimal | None, waarden: Sequence[Decimal]) -> Twijfel | None:
    if waarde != 0 or not waarden or abs(waarden[-1]) < GROOT_VOOR_NUL:
        return None
    vorige = toon_kort(waarden[-1])
    return Twijfel(kolom, f"Hier staat 0; de vorige meting was {vorige}. Is er nog niets bekend? Vul dan nb in.")


def _buiten_bereik(kolom: str, waarde: Decimal | None, waarden: Sequence[Decimal], eenheid: str = "") -> Twijfel | None:
    """Outside mean ± 2,66 times the mean step between the earlier values."""
    if waarde is None or len(waarden) < MINSTE_PUNTEN:
        return None
    midden = sum(waarden, Decimal(0)) / len(waarden)
    stappen = [abs(b - a) for a, b in pairwise(waarden)]
    ruimte = max(XMR * sum(stappen, Decimal(0)) / len(stappen), abs(midden) * KLEINSTE_AFWIJKING)
    if abs(waarde - midden) <= ruimte:
        return None
    laag, hoog, nu = (toon_kort(round(getal, 1)) for getal in (midden - ruimte, midden + ruimte, waarde))
    return Twijfel(
        kolom,
        f"{nu}{eenheid} valt buiten wat eerdere metingen laten verwachten ({laag}{eenheid} tot {hoog}{eenheid}).",
    )
