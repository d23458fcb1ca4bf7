"""Since when a reader who names no day is told what changed: since the meeting before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from common.pagina.peildatum import einde_van
from common.tekst.periode import Kwartaal, dag_in_woorden
from sturing.lezen.overleggen import get_overleggen


@dataclass(frozen=True, slots=True)
class Tijdvak:
    """From the end of the day ``van`` to the end of the day ``tot``; of ``vandaag`` that is what is known now."""

    van: date
    tot: date
    vandaag: date

    @property
    def van_moment(self) -> datetime:
        return einde_van(self.van)

    @property
    def tot_moment(self) -> datetime | None:
        """None is now, also for what a clock that ran ahead wrote."""
        return einde_van(self.tot) if self.tot < self.vandaag else None

    def erin(self, veld: str) -> Q:
        """That this moment lies in it."""
        erna = Q(**{f"{veld}__gt": self.van_moment})
        return erna & Q(**{f"{veld}__lte": self.tot_moment}) if self.tot_moment else erna


@dataclass(frozen=True, slots=True)
class Begin:
    """A day to begin at, and what that was, where it was anything; ``op`` is the day that is said of it, if another."""

    dag: date
    wat: str
    op: date | None = None

    @property
    def woorden(self) -> str:
        dag = dag_in_woorden(self.op or self.dag)
        return f"{self.wat} ({dag})" if self.wat else dag


def vorige_vergadering(dag: date) -> date | None:
    """The day of the last meeting before this one; None where there was none. One query."""
    eerder = get_overleggen().filter(datum__lt=dag).order_by("datum", "pk")
    return eerder.values_list("datum", flat=True).last()


def begin_vanzelf(dag: date) -> Begin:
    """The meeting before that day; where there was none, the end of the quarter before."""
    if vergadering := vorige_vergadering(dag):
        return Begin(vergadering, "de vorige vergadering")
    kwartaal = Kwartaal.van(dag).vorige()
    return Begin(kwartaal.einde(), f"het eind van {kwartaal.leesbaar}")
