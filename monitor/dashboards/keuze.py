"""What a page looks at: for whom, which quarter, under which agenda, of which unit, and as known on which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from monitor.selectors import Definities
from strategie.models import Agenda

JAREN_ERVOOR = 2  # a baseline from before the agenda


@dataclass(frozen=True)
class Blik(Kwartaalkeuze):
    """``agendas`` are all there are, in order; ``kiesbaar`` those whose quarters this page has, ``agenda`` the one of
    the quarter. ``is_vanzelf``: the reader chose no quarter."""

    user: User
    agendas: Sequence[Agenda]
    agenda: Agenda
    eenheid: Onderdeel
    kwartaal: Kwartaal
    bekend_op: date
    bekend: Bekend
    definities: Definities
    kiesbaar: Sequence[Agenda]
    is_vanzelf: bool = True

    @property
    def reikwijdte(self) -> tuple[Kwartaal, Kwartaal]:
        return reikwijdte(self.kiesbaar, self.bekend_op)

    @property
    def groepen(self) -> list[tuple[str, list[Kwartaal]]]:
        """The quarters under their agenda; without a heading where there is one agenda."""
        if len(self.agendas) == 1:
            return super().groepen
        per_agenda = [
            (a, [k for k in self.keuzes if k.jaar in range(a.begin_jaar, a.eind_jaar + 1)]) for a in self.kiesbaar
        ]
        return [(f"Agenda {agenda.jaren}", kwartalen) for agenda, kwartalen in per_agenda[::-1] if kwartalen]

    @property
    def vanzelf(self) -> Kwartaal:
        """The stored figures are of that one."""
        return heden(self.agendas, self.bekend_op)

    @property
    def begin(self) -> Kwartaal:
        return begin(self.agendas)

    @property
    def voorbij(self) -> str:
        """The years of the agenda of what this page is about, where a later one without it has begun."""
        laatste, nu = self.kiesbaar[-1], _agenda(self.agendas, self.bekend_op.year)
        return laatste.jaren if laatste.eind_jaar < nu.begin_jaar else ""

    @property
    def toont_cijfers(self) -> bool:
        return self.user.mag(Recht.CIJFERS_LEZEN)

    def binnen(self, agendas: Sequence[Agenda]) -> Blik:
        """The same view of what only these agendas have: at the nearest of their quarters, where none was chosen.

        Raises Uitgelegd for a chosen quarter of another agenda, Http404 where none of theirs has begun.
        """
        begonnen = [a for a in agendas if a.kwartalen[0].begin() <= self.bekend_op or a == self.agendas[0]]
        if not begonnen:
            raise Http404
        eerste, laatste = reikwijdte(begonnen, self.bekend_op)
        if not self.is_vanzelf:
            weiger_buiten(self.kwartaal, eerste, laatste, laatste, self.bekend_op)
        kwartaal = min(max(self.kwartaal, eerste), laatste)
        return replace(self, agenda=_agenda(begonnen, kwartaal.jaar), kwartaal=kwartaal, kiesbaar=begonnen)

    def uitsnede(self, indicatoren: Sequence[Indicator], van: Kwartaal | None = None) -> Uitsnede:
        """Up to the quarter shown; from the beginning of a chart, or from ``van``."""
        wisselingen = wissels(self.agendas, self.definities, indicatoren)
        return Uitsnede(self.eenheid, indicatoren, van or self.begin, self.kwartaal, wisselingen)


def bepaal(user: User, kwartaal: str, vandaag: date, peildatum: str = "") -> Blik:
    """The view of a request.

    A quarter or day that cannot be read, that lies after the day of the view, or outside every agenda, is a bad
    request. As known today is the ordinary page.
    """
    gekozen, dag = lees_keuze(kwartaal, vandaag, peildatum)
    bekend_op, agendas = dag or vandaag, lees_agendas()
    getoond = gekozen or heden(agendas, bekend_op)
    eerste, nu = reikwijdte(agendas, vandaag)
    weiger_buiten(getoond, eerste, nu, reikwijdte(agendas, bekend_op)[1], bekend_op)
    return Blik(
        user,
        agendas,
        _agenda(agendas, getoond.jaar),
        eenheid(),
        getoond,
        bekend_op,
        bekend_van(user, dag, begin(agendas).jaar),
        Definities.lees() if len(agendas) > 1 else Definities(),  # the first agenda defines on the indicator itself
        agendas,
        is_vanzelf=gekozen is None,
    )


def lees_agendas() -> list[Agenda]:
    """All agendas in order. Raises Http404 where none was loaded."""
    agendas = list(Agenda.objects.order_by("begin_jaar"))
    if not agendas:
        raise Http404("Er is nog geen agenda geladen.")
    return agendas


def begin(agendas: Sequence[Agenda]) -> Kwartaal:
    """The first quarter of a chart; that shows its last quarters, and the signals read all of it."""
    return Kwartaal(agendas[0].begin_jaar - JAREN_ERVOOR, 1)


def wissels(
    agendas: Sequence[Agenda], definities: Definities, indicatoren: Sequence[Indicator]
) -> dict[int, list[tuple[Kwartaal, str]]]:
    """Per indicator where each later agenda begins, and whether it defines the indicator in another way."""
    return {i.pk: [_wissel(agenda, definities, i) for agenda in agendas[1:]] for i in indicatoren}


def _wissel(agenda: Agenda, definities: Definities, indicator: Indicator) -> tuple[Kwartaal, str]:
    eerder, later = (definities.blad(indicator, jaar) for jaar in (agenda.begin_jaar - 1, agenda.begin_jaar))
    woorden = f"agenda {agenda.jaren}"
    return agenda.kwartalen[0], woorden if eerder == later else f"{woorden}, andere definitie"


def heden(agendas: Sequence[Agenda], vandaag: date) -> Kwartaal:
    """The latest quarter of any agenda whose figures should all be in."""
    kwartaal = min(laatst_verschuldigde(vandaag, settings.INLEVERTERMIJN_DAGEN), agendas[-1].kwartalen[1])
    return max(kwartaal, agendas[0].kwartalen[0])


def reikwijdte(agendas: Sequence[Agenda], dag: date) -> tuple[Kwartaal, Kwartaal]:
    """The first quarter, and the latest that had begun on that day; before the agendas began, the first."""
    eerste, laatste = agendas[0].kwartalen[0], agendas[-1].kwartalen[1]
    return eerste, max(min(Kwartaal.van(dag), laatste), eerste)


def _agenda(agendas: Sequence[Agenda], jaar: int) -> Agenda:
    """The agenda of that year, or the nearest before it."""
    return next((agenda for agenda in reversed(agendas) if agenda.begin_jaar <= jaar), agendas[0])


def eenheid() -> Onderdeel:
    """The unit whose progress the site shows; the first one where a force has several."""
    gevonden = Onderdeel.objects.filter(soort=Onderdeel.Soort.EENHEID).first()
    if gevonden is None:
        raise Http404("Er is nog geen eenheid geladen.")
    return gevonden
