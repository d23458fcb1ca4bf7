"""Which quarter a page of the formation is about, and the versions of the plan it may need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404

from common.periode import Kwartaal, kwartalen, laatst_verschuldigde
from formatie.models import Formatieplan
from formatie.versies import geldend


@dataclass(frozen=True)
class Blik:
    """``kwartaal`` is the quarter shown; ``plan`` the version in force on its last day."""

    kwartaal: Kwartaal
    eerste: Kwartaal
    vandaag: date
    plannen: list[Formatieplan]

    @property
    def plan(self) -> Formatieplan | None:
        return geldend(self.plannen, self.kwartaal.einde())

    @property
    def keuzes(self) -> list[Kwartaal]:
        """The quarters a reader can choose, the latest first."""
        return list(kwartalen(self.eerste, max(self.kwartaal, Kwartaal.van(self.vandaag))))[::-1]

    @property
    def vraag(self) -> str:
        """What to add to an address to keep looking at this quarter."""
        return "" if self.kwartaal == heden(self.eerste, self.vandaag) else f"?kwartaal={self.kwartaal}"


def bepaal(gevraagd: str, vandaag: date) -> Blik:
    """The view of a request. A quarter that cannot be read is a bad request, one without figures is not found."""
    plannen = list(Formatieplan.objects.order_by("geldig_vanaf"))
    eerste = Kwartaal.van(plannen[0].geldig_vanaf) if plannen else Kwartaal.van(vandaag)
    kwartaal = _lees(gevraagd) if gevraagd else heden(eerste, vandaag)
    if not eerste <= kwartaal <= max(Kwartaal.van(vandaag), eerste):
        raise Http404
    return Blik(kwartaal, eerste, vandaag, plannen)


def heden(eerste: Kwartaal, vandaag: date) -> Kwartaal:
    """The latest quarter whose people should have been reported, or the first of the plan."""
    return max(laatst_verschuldigde(vandaag, settings.INLEVERTERMIJN_DAGEN), eerste)


def _lees(tekst: str) -> Kwartaal:
    try:
        return Kwartaal.parse(tekst)
    except ValueError as fout:
        raise BadRequest(str(fout)) from None
