"""What the workers run for the entry of values, and the sweep of lost runs; every task may run twice without harm."""

from celery import shared_task

from common import jobs
from monitor.invoer.importeren import services
from monitor.invoer.toezicht.cijfers import bewaak_cijfers
from monitor.invoer.toezicht.services import bewaak
from monitor.invoer.werklijst import herinneren


@shared_task(name=services.LEESTAAK, ignore_result=True)
def lees_import(pk: int) -> bool:
    return services.verwerk(pk)


@shared_task(name="monitor.invoer.tasks.lees_wachtende", ignore_result=True)
def lees_wachtende() -> int:
    """Finds the files whose message or worker was lost."""
    return services.verwerk_wachtende()


@shared_task(name="monitor.invoer.tasks.herinner", ignore_result=True)
def herinner() -> int:
    """Asked for every few minutes: what is to be told, and to whom, is in the database."""
    return herinneren.stuur_herinneringen()


@shared_task(name="monitor.invoer.tasks.bewaak_spoor", ignore_result=True)
def bewaak_spoor() -> None:
    bewaak()


@shared_task(name="monitor.invoer.tasks.reken_cijfers_na", ignore_result=True)
def reken_cijfers_na() -> None:
    """Asked for every few minutes, so no clock can make it skip a night."""
    bewaak_cijfers()


@shared_task(name="monitor.invoer.tasks.sluit_onderbroken_taken", ignore_result=True)
def sluit_onderbroken_taken() -> int:
    """Runs of a process that was killed do not stay "bezig" for ever."""
    return jobs.sluit_onderbroken()
