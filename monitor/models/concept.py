"""Concept: what someone typed in a cell of the grid and did not submit yet, to the letter."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from formatie.models import Onderdeel
from monitor.models.indicator import Indicator


class Concept(models.Model):
    """The typed text of one value: of one indicator, onderdeel and quarter. It need not be a number.

    ``cellen`` holds column → text. ``versie`` rises with every save: who saves names the version they saw, so that
    nobody overwrites what they have not read. It goes when the value is submitted; the audit trail keeps it.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="concepten")
    onderdeel = models.ForeignKey(Onderdeel, models.CASCADE, related_name="+")
    jaar = models.PositiveSmallIntegerField("jaar")
    kwartaal = models.PositiveSmallIntegerField("kwartaal")
    cellen = models.JSONField("getypte tekst per kolom", default=dict)
    versie = models.PositiveIntegerField("versie", default=1)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="getypt door")
    op = models.DateTimeField("bewaard op", default=timezone.now)

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
