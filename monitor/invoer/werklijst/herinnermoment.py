"""When what waits becomes more urgent, and when a person hears of it. Pure."""

from datetime import date, datetime, timedelta

from accounts.berichten.keuze import Herinnerkeuze
from common.tekst.periode import Kwartaal

MOMENTEN = (-7, 0, 7)  # days after the last day
VANAF_UUR = 7


def fase_van(kwartaal: Kwartaal, vandaag: date, termijn_dagen: int) -> tuple[int | None, date]:
    """The latest moment around the last day that has come, and its day; None: the quarter is over, and no more."""
    uiterste = kwartaal.uiterste_dag(termijn_dagen)
    begin: tuple[int | None, date] = (None, kwartaal.einde() + timedelta(days=1))
    dagen = [begin, *((moment, uiterste + timedelta(days=moment)) for moment in MOMENTEN)]
    return [fase for fase in dagen if fase[1] <= vandaag or fase is begin][-1]


def hoort_vanaf(keuze: str, nu: datetime) -> datetime | None:
    """The latest moment a message was to go by this choice: what came before it is told. None: nothing is.

    ``nu`` in the time of the place. A machine that was off at that moment makes up for it whenever it is on.
    """
    if keuze == Herinnerkeuze.METEEN:
        return nu
    if keuze not in (Herinnerkeuze.DAGELIJKS, Herinnerkeuze.WEKELIJKS):
        return None
    dagen = nu.weekday() if keuze == Herinnerkeuze.WEKELIJKS else 0
    op = nu.replace(hour=VANAF_UUR, minute=0, second=0, microsecond=0) - timedelta(days=dagen)
    vroeger = timedelta(days=7 if keuze == Herinnerkeuze.WEKELIJKS else 1)
    return op if op <= nu else op - vroeger
