"""Wijziging: a row for every statement that wrote to a table pages are made from.

Triggers in the database write it, whoever wrote and by whatever road. Two equal standings mean that pages made
under one of them are still right; what else happens in the database (log-ins, tasks, exports) does not count.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, models, transaction
from django.db.models.functions import Now

BEWAAR = timedelta(days=1)


class Wijziging(models.Model):
    """That something was written, and when; what it was is for the audit trail."""

    op = models.DateTimeField("op", db_default=Now())

    class Meta:
        verbose_name = "wijziging"
        verbose_name_plural = "wijzigingen"

    def __str__(self) -> str:
        return f"wijziging {self.pk}"


def lees_stand() -> tuple[int, int]:
    """How many there are and the newest: a transaction that commits late raises the first, any other the second."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(max(id), 0) FROM common_wijziging")
        aantal, nieuwste = cursor.fetchone()
    return aantal, nieuwste


@transaction.atomic
def ruim_op() -> None:
    """Forget what is older than a day. The row it adds keeps a standing from ever coming back."""
    if Wijziging.objects.filter(op__lt=Now() - BEWAAR).delete()[0]:
        Wijziging.objects.create()
