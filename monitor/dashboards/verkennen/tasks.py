"""Lay the rows of a question as pictures and a table; the queue keeps the answer under the name of the question."""

from typing import Any

from celery import shared_task

from monitor.dashboards.verkennen.antwoord import LEGTAAK
from monitor.dashboards.verkennen.uitkomst import Legopdracht


@shared_task(name=LEGTAAK)
def leg(opdracht: Legopdracht) -> dict[str, Any]:
    """Safe to repeat: the same question has the same answer. It reads nothing but the question."""
    from monitor.dashboards.verkennen import beelden  # pandas is loaded by the first question, not by every process

    return beelden.build_uitkomst(opdracht).als_gegevens()
