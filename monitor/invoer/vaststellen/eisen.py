"""What every act asks first: the right, a reason that says something, and quarters that are open and stay so."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from accounts.models import User
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.tekst.periode import Kwartaal
from common.vaststellen.bewaking import Geweigerd, NietToegestaan
from monitor.invoer.regels.toetsgegevens import lees_gesloten
from monitor.invoer.regels.validatie import bezwaren_tegen, zin_over_lopend
from monitor.invoer.regels.waarneming import Fout, InvoerFout

ELK_KWARTAAL = 0  # no quarter has this index
Kwartalen = set[tuple[int, int]]
"""Years with a number of a quarter."""


class KwartaalGesloten(Geweigerd):
    """The quarter is closed; what was asked can only be done after it is reopened."""


def eis_recht(door: User, recht: Recht, wat: str) -> None:
    if not (door.is_active and door.mag_overal(recht)):
        raise NietToegestaan(f"{door} mag dit niet: {wat}. Vraag de beheerder om de juiste rol.")


def eis_reden(reden: str, vraag: str) -> None:
    """A reason that says something and can be kept. Raises InvoerFout."""
    bezwaren = bezwaren_tegen(reden) if reden.strip() else [vraag]
    if bezwaren:
        raise InvoerFout([Fout(0, "reden", bezwaar) for bezwaar in bezwaren])


def eis_open(kwartalen: Kwartalen) -> None:
    """Raises KwartaalGesloten. Holds the quarters open until the transaction ends."""
    houd_kwartalen(kwartalen)
    gesloten = sorted(kwartalen & lees_gesloten()) if kwartalen else []
    if gesloten:
        namen = ", ".join(f"Q{kwartaal} {jaar}" for jaar, kwartaal in gesloten)
        zijn = "is" if len(gesloten) == 1 else "zijn"
        raise KwartaalGesloten(f"{namen} {zijn} gesloten. Vraag op de pagina Invoer om heropening.")


def eis_niet_lopend(rijen: Iterable[Any], vandaag: date) -> None:
    """What is said to be definitive is of a period that is over. Raises Geweigerd with the day from which it can be."""
    for rij in rijen:
        kwartaal = Kwartaal(rij.jaar, rij.kwartaal or 4)
        if getattr(rij, "status", "") == "definitief" and kwartaal.einde() >= vandaag:
            raise Geweigerd(f"{zin_over_lopend(kwartaal)} Stuur de waarde terug.")


def houd_elk_kwartaal() -> None:
    """Nobody closes any quarter, and nobody else decides, until the transaction ends; before every other lock."""
    houd_slot(Slot.KWARTAAL, ELK_KWARTAAL)


def houd_kwartalen(kwartalen: Iterable[tuple[int, int]]) -> None:
    """Nobody closes these while we write; in one order, and before any other lock of values."""
    for jaar, kwartaal in sorted(kwartalen):
        houd_slot(Slot.KWARTAAL, Kwartaal(jaar, kwartaal).index, gedeeld=True)
