"""On which days people are reminded of the last day for delivering a quarter. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from common.tekst.periode import Kwartaal

MOMENTEN = (-7, 0, 7)  # days after the last day
INHAALDAGEN = 3  # a machine that was off makes up for it: on the day itself and the two after it


@dataclass(frozen=True, slots=True)
class Ronde:
    """One round of reminders: about which quarter, and on which day it was planned."""

    kwartaal: Kwartaal
    dag: date
    moment: int

    @property
    def uiterste_dag(self) -> date:
        return self.dag - timedelta(days=self.moment)


def ronde_op(vandaag: date, termijn_dagen: int) -> Ronde | None:
    """The round that belongs to this day, if any; of the quarter that ended last."""
    kwartaal = Kwartaal.van(vandaag).vorige()
    uiterste = kwartaal.uiterste_dag(termijn_dagen)
    for moment in MOMENTEN:
        dag = uiterste + timedelta(days=moment)
        if dag <= vandaag < dag + timedelta(days=INHAALDAGEN):
            return Ronde(kwartaal, dag, moment)
    return None
