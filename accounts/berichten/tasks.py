"""What the workers run for accounts."""

from celery import shared_task

from accounts.berichten.services import verstuur_berichten


@shared_task(name="accounts.berichten.tasks.stuur_berichten", ignore_result=True)
def stuur_berichten() -> int:
    return verstuur_berichten()
