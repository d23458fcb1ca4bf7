"""The trail as a chain: every event has a number and a hash over itself and the hash of the event before it.

The database links the events when their transaction ends (``common/migrations/0003_spoor.sql``), whichever way they
were written; what is left here is to read the head and to find what does not fit.
"""

from dataclasses import dataclass

import pgtrigger
from django.db import connection, models

BEGIN = "0" * 64


class Schakel(models.Model):
    """The place of one event in the chain. Only the database writes it: first without a number, then for good."""

    gebeurtenis = models.BigIntegerField("gebeurtenis", primary_key=True)
    nummer = models.BigIntegerField("nummer", null=True, unique=True)
    vorige = models.CharField("hash van de vorige", max_length=64)
    hash = models.CharField("hash", max_length=64)

    class Meta:
        verbose_name = "schakel"
        verbose_name_plural = "schakels"
        ordering = ["nummer"]
        triggers = [
            pgtrigger.Protect(
                name="eens_verzegeld_blijft",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__nummer__isnull=False),
            ),
            pgtrigger.Protect(name="niet_verwijderen", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"nr {self.nummer}"


@dataclass(frozen=True, slots=True)
class Kop:
    """The last number of the chain with its hash, which stands for everything before it."""

    nummer: int
    hash: str

    def __str__(self) -> str:
        return f"nr {self.nummer}, {self.hash}"


@dataclass(frozen=True, slots=True)
class Ketenfout:
    """An event that does not fit: its number where it has one, what it is about, and what is wrong with it."""

    nummer: int | None
    gebeurtenis: int
    soort: str
    sleutel: str
    naam: str
    wat: str


def lees_kop() -> Kop | None:
    """None before the first event."""
    laatste = Schakel.objects.filter(nummer__isnull=False).order_by("-nummer").first()
    return Kop(laatste.nummer, laatste.hash) if laatste and laatste.nummer else None


_FOUTEN = """
WITH keten AS (
    SELECT *, lag(nummer, 1, 0::bigint) OVER volgorde AS nummer_ervoor, lag(hash, 1, %s) OVER volgorde AS hash_ervoor
    FROM common_schakel WINDOW volgorde AS (ORDER BY nummer)
)
SELECT * FROM (
    SELECT s.nummer, coalesce(s.gebeurtenis, g.id), coalesce(g.object_soort, ''), coalesce(g.object_id, ''),
        coalesce(g.object_naam, ''),
        CASE
            WHEN g.id IS NULL THEN 'is verwijderd'
            WHEN s.nummer IS NULL THEN 'is buiten de keten ingevoegd'
            WHEN s.nummer <> s.nummer_ervoor + 1 THEN 'mist wat ervoor kwam'
            WHEN s.vorige <> s.hash_ervoor THEN 'sluit niet aan op wat ervoor staat'
            WHEN s.hash <> spoor_hash(s.nummer, s.vorige, g) THEN 'is gewijzigd of verplaatst'
        END AS wat
    FROM keten s FULL JOIN common_auditevent g ON g.id = s.gebeurtenis
) alle WHERE wat IS NOT NULL ORDER BY nummer, 2 LIMIT %s
"""
MEESTE_FOUTEN = 200


def vind_ketenfouten() -> list[Ketenfout]:
    """Every event that was edited, removed, inserted or moved, at most ``MEESTE_FOUTEN``; recomputed in one query.

    A row is held against the stored hash of the one before, so that one edit is one fault. That the end is missing, or
    that all was computed anew, no chain tells by itself: that is for ``common.spoor.koppen``.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FOUTEN, [BEGIN, MEESTE_FOUTEN])
        return [Ketenfout(*rij) for rij in cursor.fetchall()]
