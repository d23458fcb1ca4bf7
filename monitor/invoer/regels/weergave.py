"""A value in words, the same in every list, history and message of the entry."""

from __future__ import annotations

from decimal import Decimal

from common.tekst.getallen import met_eenheid, toon, toon_kort
from monitor.models import Doelstelling, Indicator, Meting
from monitor.rekenen.cijfers import waarde_van
from monitor.rekenen.oordeelzin import marge_in_woorden


def waarde_van_meting(meting: Meting) -> Decimal | None:
    """The value in the unit of the indicator; None for "nb" and where there is nothing to divide by."""
    return waarde_van(meting.waarde if meting.teller is None else meting.teller, meting.noemer, meting.indicator)


def in_woorden(meting: Meting) -> str:
    """For example ``83,6% (352 van 421), voorlopig``, or ``nog niet bekend (nb)``."""
    if meting.onbekend:
        return "nog niet bekend (nb)"
    waarde = waarde_van_meting(meting)
    delen = [_getal(waarde, meting)] if waarde is not None else ["niet te berekenen"]
    if meting.teller is not None and meting.noemer is not None:
        delen.append(f"({toon_kort(meting.teller)} van {toon_kort(meting.noemer)})")
    if meting.marge is not None:
        delen.append(f"± {toon_kort(meting.marge)}")
    return " ".join(delen) + (", voorlopig" if meting.status == Meting.Zekerheid.VOORLOPIG else "")


def in_twee_delen(meting: Meting) -> tuple[str, str]:
    """The figure by itself, for a column whose unit stands elsewhere, and what else there is to say of it."""
    if meting.onbekend:
        return "nb", "nog niet bekend"
    eenheid = meting.indicator.eenheid if meting.indicator.eenheid == "%" else ""
    waarde = waarde_van_meting(meting)
    kop = met_eenheid(toon(waarde, _decimalen(waarde, meting)), eenheid) if waarde is not None else "niet te berekenen"
    delen = [f"± {toon_kort(meting.marge)}"] if meting.marge is not None else []
    if meting.teller is not None and meting.noemer is not None:
        delen.append(f"{toon_kort(meting.teller)} van {toon_kort(meting.noemer)}")
    if meting.status == Meting.Zekerheid.VOORLOPIG:
        delen.append("voorlopig")
    return kop, ", ".join(delen)


def _getal(waarde: Decimal, meting: Meting) -> str:
    return met_eenheid(toon(waarde, _decimalen(waarde, meting)), meting.indicator.eenheid)


def _decimalen(waarde: Decimal, meting: Meting) -> int:
    """The decimals of the indicator, and more only where someone typed more; cents are always two."""
    exact = -int(waarde.normalize().as_tuple().exponent)
    if meting.indicator.eenheid == "€" and exact > 0:
        exact = max(2, exact)
    return meting.indicator.decimalen if meting.teller is not None else max(meting.indicator.decimalen, exact)


def periode(meting: Meting) -> str:
    return f"Q{meting.kwartaal} {meting.jaar}" if meting.kwartaal else f"heel {meting.jaar}"


def doel_in_woorden(soort: str, streefwaarde: Decimal | None, marge: Decimal | None, indicator: Indicator) -> str:
    """For example ``30 verdachten (jaarvolume, marge 10% van de verwachting)``, or ``alleen monitoring``."""
    naam = Doelstelling.Soort(soort).label
    if streefwaarde is None:
        return naam.lower()
    ruimte = marge_in_woorden(soort, marge, indicator.eenheid)
    getal = met_eenheid(toon_kort(streefwaarde), indicator.eenheid)
    return f"{getal} ({naam.lower()}{f', marge {ruimte}' if ruimte else ''})"
