"""What the workers run for who follows something."""

from celery import shared_task

from sturing.volgen.berichten import stuur_volgberichten


@shared_task(name="sturing.volgen.tasks.vertel_volgers", ignore_result=True)
def vertel_volgers() -> int:
    """Asked for every few minutes: who is to hear, and up to which day they heard, is in the database."""
    return stuur_volgberichten()
