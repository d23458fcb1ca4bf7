"""What a page looks at: for whom, which quarter, under which agenda, of which unit, and as known on which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import Http404

from accounts.models import User
from accounts.rollen import Recht
from common.pagina.peildatum import lees_kwartaal, lees_peildatum, weiger_later
from common.tekst.periode import Kwartaal, kwartalen, laatst_verschuldigde
from formatie.models import Onderdeel
from monitor.dashboards.terugkijken import Bekend, Uitsnede, bekend_van
from monitor.models import Indicator
from strategie.models import Agenda

JAREN_ERVOOR = 2  # a baseline from before the agenda


@dataclass(frozen=True)
class Blik:
    """``kwartaal`` is the quarter shown, ``bekend_op`` the day as of which its figures are known.

    ``bekend`` hands these out: nobody else needs to know whether that is today or an earlier day.
    """

    user: User
    agenda: Agenda
    eenheid: Onderdeel
    kwartaal: Kwartaal
    bekend_op: date
    bekend: Bekend

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
    def gekozen(self) -> Kwartaal | None:
        """The quarter, unless it is the one a reader gets without choosing."""
        return self.kwartaal if self.kwartaal != heden(self.agenda, self.bekend_op) else None

    def uitsnede(self, indicatoren: Sequence[Indicator], van: Kwartaal | None = None) -> Uitsnede:
        """Up to the quarter shown; from the beginning of a chart, or from ``van``."""
        return Uitsnede(self.eenheid, indicatoren, van or self.begin, self.kwartaal)

    @property
    def vraag(self) -> str:
        """What to add to an address to keep looking at this quarter, as known on this day."""
        return self.bekend.vraag(self.gekozen)


def bepaal(user: User, gevraagd: str, vandaag: date, peildatum: str = "") -> Blik:
    """The view of a request.

    A quarter or day that cannot be read, or that lies after the day of the view, is a bad request; a quarter outside
    the agenda is not found. As known today is the ordinary page.
    """
    kwartaal = lees_kwartaal(gevraagd) if gevraagd else None
    dag = lees_peildatum(peildatum, vandaag)
    bekend_op = dag or vandaag
    agenda = _agenda(kwartaal.jaar if kwartaal else bekend_op.year, ook_later=dag is not None)
    kwartaal = kwartaal or heden(agenda, bekend_op)
    if kwartaal.jaar < agenda.begin_jaar or kwartaal > _laatste(agenda, vandaag):
        raise Http404
    weiger_later(kwartaal, _laatste(agenda, bekend_op), bekend_op)
    return Blik(user, agenda, eenheid(), kwartaal, bekend_op, bekend_van(user, dag, begin(agenda).jaar))


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


def _agenda(jaar: int, *, ook_later: bool = False) -> Agenda:
    """The agenda of that year; after all agendas the latest one, before all of them the first if ``ook_later``."""
    agenda = Agenda.objects.filter(begin_jaar__lte=jaar).last()
    if agenda is None and ook_later:
        agenda = Agenda.objects.first()
    if agenda is None:
        raise Http404("Er is nog geen agenda geladen.")
    return agenda


def _laatste(agenda: Agenda, vandaag: date) -> Kwartaal:
    """The latest quarter that had begun; before the agenda began, its first."""
    return max(min(Kwartaal.van(vandaag), Kwartaal(agenda.eind_jaar, 4)), Kwartaal(agenda.begin_jaar, 1))
