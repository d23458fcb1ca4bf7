"""What the worker runs for the ladder; it may run as often as it likes."""

from celery import shared_task

from sturing.duiding.bijhouden import houd_ladder_bij


@shared_task(name="sturing.duiding.tasks.houd_ladder_bij", ignore_result=True)
def neem_stappen() -> int:
    """Asked for every few minutes: figures that were recomputed are seen soon, and a new quarter by itself."""
    return houd_ladder_bij()
