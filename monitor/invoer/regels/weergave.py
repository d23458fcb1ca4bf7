"""A value in words, the same in every list, history and message of the entry."""

from decimal import Decimal
from typing import Protocol

from django.urls import reverse

from common.tekst.cijfers import delen_in_woorden, foutmarge_in_woorden, gemeten_in_woorden, met_delen
from common.tekst.periode import Kwartaal
from monitor.models import Indicator, Meting
from monitor.rekenen.cijfers import waarde_van


class Gemeten(Protocol):
    """The part of a value that its words need."""

    @property
    def indicator(self) -> Indicator: ...
    @property
    def jaar(self) -> int: ...
    @property
    def kwartaal(self) -> int | None: ...
    @property
    def waarde(self) -> Decimal | None: ...
    @property
    def teller(self) -> Decimal | None: ...
    @property
    def noemer(self) -> Decimal | None: ...
    @property
    def marge(self) -> Decimal | None: ...
    @property
    def onbekend(self) -> bool: ...
    @property
    def status(self) -> str: ...


def waarde_van_meting(meting: Gemeten) -> Decimal | None:
    """The value in the unit of the indicator; None for "nb" and where there is nothing to divide by."""
    return waarde_van(meting.waarde if meting.teller is None else meting.teller, meting.noemer, meting.indicator)


def meting_in_woorden(meting: Gemeten) -> str:
    """For example ``83,6% (352 van 421), voorlopig``, or ``nog niet bekend (nb)``."""
    if meting.onbekend:
        return "nog niet bekend (nb)"
    tekst = met_delen(_waarde(meting), meting.teller, meting.noemer)
    tekst += f" {foutmarge_in_woorden(meting.marge)}" if meting.marge is not None else ""
    return tekst + (", voorlopig" if meting.status == Meting.Zekerheid.VOORLOPIG else "")


def in_twee_delen(meting: Gemeten) -> tuple[str, str]:
    """The figure by itself, for a column whose unit stands elsewhere, and what else there is to say of it."""
    if meting.onbekend:
        return "nb", "nog niet bekend"
    delen = [foutmarge_in_woorden(meting.marge)] if meting.marge is not None else []
    if meting.teller is not None and meting.noemer is not None:
        delen.append(delen_in_woorden(meting.teller, meting.noemer))
    if meting.status == Meting.Zekerheid.VOORLOPIG:
        delen.append("voorlopig")
    return _waarde(meting, kop=True), ", ".join(delen)


def _waarde(meting: Gemeten, *, kop: bool = False) -> str:
    waarde, gedeeld = waarde_van_meting(meting), meting.teller is not None
    return gemeten_in_woorden(waarde, meting.indicator, gedeeld=gedeeld, kop=kop)


def periode(meting: Gemeten) -> str:
    return f"Q{meting.kwartaal} {meting.jaar}" if meting.kwartaal else f"heel {meting.jaar}"


def celadres(kwartaal: Kwartaal, indicator: str, onderdeel: str, *, alles: bool = False) -> str:
    """The cell itself in the grid of the quarter; ``alles``: also where the grid would leave it out."""
    return f"{reverse('invoer_kwartaal', args=[kwartaal])}{'?toon=alles' if alles else ''}#cel-{indicator}-{onderdeel}"
