"""What the workers run: thin doors around the functions; every task may run twice without harm."""

import logging

from celery import current_app, shared_task

from common.hartslag import klop
from common.locks import Slot, sessieslot
from common.pagina.cache import ruim_op
from monitor.models import Indicator
from monitor.rekenen import wachtrij
from monitor.rekenen.herberekenen import Herberekening

_log = logging.getLogger(__name__)

TEKENAAR = "monitor.dashboards.grafiek.tasks.teken_figuren"


@shared_task(name=wachtrij.HERBEREKENTAAK, ignore_result=True)
def herbereken_wachtrij() -> None:
    """Asked for by beat every ten seconds too, so it is how a worker shows that the figures are kept up to date."""
    klop("worker")
    wachtrij.houd_bij(meld_door)


@shared_task(name="monitor.rekenen.tasks.herbereken_kalender", ignore_result=True)
def herbereken_kalender() -> int:
    """Once a day; asked for every few minutes, so no clock can make it skip a day. Old notes of changes go then too."""
    with sessieslot(Slot.KALENDER, 0) as alleen:
        if not alleen or wachtrij.kalender_gedaan():
            return 0
        ruim_op()
        return meld_door(wachtrij.herbereken_vandaag())


def meld_door(uitkomst: Herberekening) -> int:
    """Have the figures of the changed indicators drawn again; gives the number of rows changed."""
    if uitkomst.indicatoren:
        codes = Indicator.objects.filter(id__in=uitkomst.indicatoren).order_by("code").values_list("code", flat=True)
        try:
            current_app.send_task(TEKENAAR, args=[list(codes)], retry=False, ignore_result=True)
        except Exception as fout:  # the figures carry their generation: a page sees that they are old
            _log.warning("De wachtrij is niet bereikbaar, de figuren volgen later: %s", fout)
    return uitkomst.gewijzigd
