"""Landelijkdoel: the national target that the target of the unit is a share of."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from monitor.models.indicator import Indicator


class Landelijkdoel(models.Model):
    """The national target of an indicator in one year, in ``eenheid``, with the document that prints it."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="landelijke_doelen")
    jaar = models.PositiveSmallIntegerField("jaar")
    streefwaarde = models.DecimalField("streefwaarde", max_digits=18, decimal_places=4)
    eenheid = models.CharField("eenheid", max_length=30)
    bron = models.CharField("bron", max_length=200)
    let_op = models.CharField("let op", max_length=300, blank=True)

    class Meta:
        verbose_name = "landelijk doel"
        verbose_name_plural = "landelijke doelen"
        ordering = ["indicator", "jaar"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "jaar"], name="landelijkdoel_uniek"),
            models.CheckConstraint(condition=Q(streefwaarde__gt=0), name="landelijkdoel_boven_nul"),
        ]

    def __str__(self) -> str:
        return f"landelijk doel {self.indicator} {self.jaar}"
