"""Which quarter a page of the formation is about, as known on which day, and the versions of the plan it may need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import Http404

from common.pagina.peildatum import lees_dag, lees_kwartaal, vraag, weiger_later
from common.tekst.periode import Kwartaal, kwartalen, laatst_verschuldigde
from formatie.models import Formatieplan
from formatie.plan.versies import besloten_op, geldend


@dataclass(frozen=True)
class Blik:
    """``kwartaal`` is the quarter shown; ``plan`` the version in force on its last day.

    ``bekend_op`` is the day as of which everything is known; ``toen`` the same where that is an earlier day.
    """

    kwartaal: Kwartaal
    eerste: Kwartaal
    bekend_op: date
    plannen: list[Formatieplan]
    toen: date | None = None

    @property
    def plan(self) -> Formatieplan | None:
        return geldend(self.plannen, self.kwartaal.einde())

    @property
    def keuzes(self) -> list[Kwartaal]:
        """The quarters a reader can choose, the latest first."""
        return list(kwartalen(self.eerste, max(self.kwartaal, Kwartaal.van(self.bekend_op))))[::-1]

    @property
    def is_heden(self) -> bool:
        """Whether this is the quarter a reader gets without choosing."""
        return self.kwartaal == heden(self.eerste, self.bekend_op)

    @property
    def vraag(self) -> str:
        """What to add to an address to keep looking at this quarter, as known on this day."""
        return vraag(None if self.is_heden else self.kwartaal, self.toen)

    @property
    def dagvraag(self) -> str:
        """Only the day: for an address that leads to the quarter that stood then."""
        return vraag(None, self.toen)


def bepaal(gevraagd: str, vandaag: date, peildatum: str = "") -> Blik:
    """The view of a request.

    A quarter or day that cannot be read, or that lies after the day of the view, is a bad request; a quarter without
    figures is not found. As known today is the ordinary page.
    """
    bekend_op = lees_dag(peildatum, vandaag) if peildatum else vandaag
    toen = bekend_op if bekend_op < vandaag else None
    alle = list(Formatieplan.objects.order_by("geldig_vanaf"))
    plannen = besloten_op(alle, toen) if toen else alle
    eerste = Kwartaal.van(plannen[0].geldig_vanaf if plannen else bekend_op)
    kwartaal = lees_kwartaal(gevraagd) if gevraagd else heden(eerste, bekend_op)
    if not eerste <= kwartaal <= max(Kwartaal.van(vandaag), eerste):
        raise Http404
    weiger_later(kwartaal, max(Kwartaal.van(bekend_op), eerste), bekend_op)
    return Blik(kwartaal, eerste, bekend_op, plannen, toen)


def heden(eerste: Kwartaal, vandaag: date) -> Kwartaal:
    """The latest quarter whose people should have been reported, or the first of the plan."""
    return max(laatst_verschuldigde(vandaag, settings.INLEVERTERMIJN_DAGEN), eerste)
