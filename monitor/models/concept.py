"""Concept: what someone typed in a cell of the grid and did not submit yet, to the letter."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from formatie.models import Onderdeel
from monitor.models.indicator import Indicator


class ConceptQuerySet(models.QuerySet["Concept"]):
    def getypt(self) -> ConceptQuerySet:
        """Those that hold text; a row without text only remembers its version."""
        return self.exclude(cellen={})

    def in_slotvolgorde(self) -> ConceptQuerySet:
        """Locked until the transaction ends, always in the same order."""
        return self.order_by("indicator_id", "onderdeel_id", "jaar", "kwartaal").select_for_update(of=("self",))


class Concept(models.Model):
    """The typed text of one value: of one indicator, onderdeel and quarter. It need not be a number.

    ``cellen`` holds column → text. ``versie`` rises with every save: who saves names the version they saw, so that
    nobody overwrites what they have not read. When the value is submitted or the cell is emptied the text goes and
    the row stays, without text, so that a version is never given out twice; the audit trail keeps the text.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="concepten")
    onderdeel = models.ForeignKey(Onderdeel, models.CASCADE, related_name="+")
    jaar = models.PositiveSmallIntegerField("jaar")
    kwartaal = models.PositiveSmallIntegerField("kwartaal")
    cellen = models.JSONField("getypte tekst per kolom", default=dict)
    versie = models.PositiveIntegerField("versie", default=1)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="getypt door")
    op = models.DateTimeField("bewaard op", default=timezone.now)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = "concept"
        verbose_name_plural = "concepten"
        ordering = ["jaar", "kwartaal", "indicator", "onderdeel"]
        constraints = [
            models.UniqueConstraint(fields=["jaar", "kwartaal", "indicator", "onderdeel"], name="concept_een_per_cel"),
            models.CheckConstraint(condition=models.Q(kwartaal__range=(1, 4)), name="concept_kwartaal"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.onderdeel.code} {self.jaar} Q{self.kwartaal}"
