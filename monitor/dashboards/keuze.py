"""What a page looks at: for whom, which quarter, under which agenda, of which unit, and as known on which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import Http404

from accounts.models import User
from accounts.rollen import Recht
from common.pagina.peildatum import Kwartaalkeuze, lees_keuze, weiger_buiten
from common.tekst.periode import Kwartaal, laatst_verschuldigde
from formatie.models import Onderdeel
from monitor.dashboards.terugkijken import Bekend, Uitsnede, bekend_van
from monitor.models import Indicator
from strategie.models import Agenda

JAREN_ERVOOR = 2  # a baseline from before the agenda


@dataclass(frozen=True)
class Blik(Kwartaalkeuze):
    user: User
    agenda: Agenda
    eenheid: Onderdeel
    kwartaal: Kwartaal
    bekend_op: date
    bekend: Bekend

    @property
    def reikwijdte(self) -> tuple[Kwartaal, Kwartaal]:
        return Kwartaal(self.agenda.begin_jaar, 1), _laatste(self.agenda, self.bekend_op)

    @property
    def vanzelf(self) -> Kwartaal:
        """The stored figures are of that one."""
        return heden(self.agenda, self.bekend_op)

    @property
    def begin(self) -> Kwartaal:
        return begin(self.agenda)

    @property
    def toont_cijfers(self) -> bool:
        return self.user.mag(Recht.CIJFERS_LEZEN)

    def uitsnede(self, indicatoren: Sequence[Indicator], van: Kwartaal | None = None) -> Uitsnede:
        """Up to the quarter shown; from the beginning of a chart, or from ``van``."""
        return Uitsnede(self.eenheid, indicatoren, van or self.begin, self.kwartaal)


def bepaal(user: User, kwartaal: str, vandaag: date, peildatum: str = "") -> Blik:
    """The view of a request.

    A quarter or day that cannot be read, or that lies after the day of the view, is a bad request; a quarter outside
    the agenda is not found. As known today is the ordinary page.
    """
    gekozen, dag = lees_keuze(kwartaal, vandaag, peildatum)
    bekend_op = dag or vandaag
    agenda = _agenda(gekozen.jaar if gekozen else bekend_op.year, ook_later=dag is not None)
    gekozen = gekozen or heden(agenda, bekend_op)
    nu, destijds = _laatste(agenda, vandaag), _laatste(agenda, bekend_op)
    weiger_buiten(gekozen, Kwartaal(agenda.begin_jaar, 1), nu, destijds, bekend_op)
    return Blik(user, agenda, eenheid(), gekozen, bekend_op, bekend_van(user, dag, begin(agenda).jaar))


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
    agenda = Agenda.objects.filter(begin_jaar__lte=jaar).last() or (Agenda.objects.first() if ook_later else None)
    if agenda is None:
        raise Http404("Er is nog geen agenda geladen.")
    return agenda


def _laatste(agenda: Agenda, vandaag: date) -> Kwartaal:
    """The latest quarter that had begun; before the agenda began, its first."""
    return max(min(Kwartaal.van(vandaag), Kwartaal(agenda.eind_jaar, 4)), Kwartaal(agenda.begin_jaar, 1))
