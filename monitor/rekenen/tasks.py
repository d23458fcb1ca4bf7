"""What the workers run: thin doors around the functions; every task may run twice without harm."""

import logging

from celery import current_app, shared_task

from common.pagina.cache import ruim_op
from monitor.models import Indicator
from monitor.rekenen import wachtrij
from monitor.rekenen.herberekenen import Herberekening

_log = logging.getLogger(__name__)

TEKENAAR = "monitor.dashboards.grafiek.tasks.teken_figuren"


@shared_task(name=wachtrij.HERBEREKENTAAK, ignore_result=True)
def herbereken_wachtrij() -> int:
    return meld_door(wachtrij.werk_wachtrij_af())


@shared_task(name="monitor.rekenen.tasks.herbereken_kalender", ignore_result=True)
def herbereken_kalender() -> int:
    """Once a day is enough; asked again, it sees that it was done. Old notes of changes are forgotten then too."""
    ruim_op()
    return 0 if wachtrij.kalender_gedaan() else meld_door(wachtrij.herbereken_vandaag())


def meld_door(uitkomst: Herberekening) -> int:
    """Have the figures of the changed indicators drawn again; gives the number of rows changed."""
    if uitkomst.indicatoren:
        codes = Indicator.objects.filter(id__in=uitkomst.indicatoren).order_by("code").values_list("code", flat=True)
        try:
            current_app.send_task(TEKENAAR, args=[list(codes)], retry=False, ignore_result=True)
        except Exception as fout:  # the figures carry their generation: a page sees that they are old
            _log.warning("De wachtrij is niet bereikbaar, de figuren volgen later: %s", fout)
    return uitkomst.gewijzigd
