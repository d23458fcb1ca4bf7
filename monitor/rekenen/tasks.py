"""What the workers run: thin doors around the functions; every task may run twice without harm."""

from celery import shared_task

from common.grafiek.figuur import TEKENAAR, ruim_figuren_op
from common.hartslag import klop
from common.jobs import stuur
from common.locks import Slot, sessieslot
from common.pagina.cache import ruim_op
from monitor.models import Indicator
from monitor.rekenen import wachtrij
from monitor.rekenen.herberekenen import Herberekening


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
        ruim_figuren_op()
        return meld_door(wachtrij.herbereken_vandaag())


def meld_door(uitkomst: Herberekening) -> int:
    """Have the figures of the changed indicators drawn again; gives the number of rows changed."""
    if uitkomst.indicatoren:
        codes = Indicator.objects.filter(id__in=uitkomst.indicatoren).order_by("code").values_list("code", flat=True)
        stuur(TEKENAAR, list(codes))  # where it does not arrive a page sees that its figures are old
    return uitkomst.gewijzigd
