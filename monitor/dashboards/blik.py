"""What a page looks at: for whom, which quarter, under which agenda, of which unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404

from accounts.models import User
from accounts.rollen import Recht
from common.periode import Kwartaal, kwartalen, laatst_verschuldigde
from formatie.models import Onderdeel
from strategie.models import Agenda

JAREN_ERVOOR = 2  # a baseline from before the agenda


@dataclass(frozen=True)
class Blik:
    """``kwartaal`` is the quarter shown, ``bekend_op`` the day as of which its figures are known."""

    user: User
    agenda: Agenda
    eenheid: Onderdeel
    kwartaal: Kwartaal
    bekend_op: date

    @property
    def keuzes(self) -> list[Kwartaal]:
        """The quarters a reader can choose, the latest first."""
        return list(kwartalen(Kwartaal(self.agenda.begin_jaar, 1), _laatste(self.agenda, self.bekend_op)))[::-1]

    @property
    def begin(self) -> Kwartaal:
        return begin(self.agenda)

    @property
    def toont_cijfers(self) -> bool:
        return self.user.mag(Recht.CIJFERS_LEZEN)

    @property
    def is_heden(self) -> bool:
        """Whether this is the quarter a reader gets without choosing; the stored figures are of that one."""
        return self.kwartaal == heden(self.agenda, self.bekend_op)

    @property
    def vraag(self) -> str:
        """What to add to an address to keep looking at this quarter."""
        return "" if self.is_heden else f"?kwartaal={self.kwartaal}"


def bepaal(user: User, gevraagd: str, vandaag: date) -> Blik:
    """The view of a request. A quarter that cannot be read is a bad request, one outside the agenda is not found."""
    kwartaal = _lees(gevraagd) if gevraagd else None
    agenda = _agenda(kwartaal.jaar if kwartaal else vandaag.year)
    kwartaal = kwartaal or heden(agenda, vandaag)
    if not agenda.begin_jaar <= kwartaal.jaar or kwartaal > _laatste(agenda, vandaag):
        raise Http404
    return Blik(user, agenda, eenheid(), kwartaal, vandaag)


def begin(agenda: Agenda) -> Kwartaal:
    """The first quarter of a chart."""
    return Kwartaal(agenda.begin_jaar - JAREN_ERVOOR, 1)


def heden(agenda: Agenda, vandaag: date) -> Kwartaal:
    """The latest quarter of the agenda whose figures should all be in."""
    kwartaal = min(laatst_verschuldigde(vandaag, settings.INLEVERTERMIJN_DAGEN), Kwartaal(agenda.eind_jaar, 4))
    return max(kwartaal, Kwartaal(agenda.begin_jaar, 1))


def eenheid() -> Onderdeel:
    """The unit whose progress the site shows; the first one where a force has several."""
    gevonden = Onderdeel.objects.filter(soort=Onderdeel.Soort.EENHEID).first()
    if gevonden is None:
        raise Http404("Er is nog geen eenheid geladen.")
    return gevonden


def _lees(tekst: str) -> Kwartaal:
    try:
        return Kwartaal.parse(tekst)
    except ValueError as fout:
        raise BadRequest(str(fout)) from None


def _agenda(jaar: int) -> Agenda:
    """The agenda of that year; before or after all agendas the latest one that had begun."""
    agenda = Agenda.objects.filter(begin_jaar__lte=jaar).last()
    if agenda is None:
        raise Http404("Er is nog geen agenda geladen.")
    return agenda


def _laatste(agenda: Agenda, vandaag: date) -> Kwartaal:
    return min(Kwartaal.van(vandaag), Kwartaal(agenda.eind_jaar, 4))
