"""Herinnering: the one e-mail a person got on one day about what they must still do."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Herinnering(models.Model):
    """The claim on a person and a day: written before the message is sent, marked when it is."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="gebruiker")
    dag = models.DateField("dag")
    onderwerp = models.CharField("onderwerp", max_length=200)
    tekst = models.TextField("tekst")
    verzonden_op = models.DateTimeField("verzonden op", null=True, blank=True)
    pogingen = models.PositiveSmallIntegerField("pogingen", default=0)
    fout = models.TextField("laatste fout", blank=True)

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        ordering = ["-dag", "user"]
        constraints = [models.UniqueConstraint(fields=["user", "dag"], name="herinnering_een_per_dag")]

    def __str__(self) -> str:
        return f"herinnering van {self.dag:%d-%m-%Y} aan {self.user}"
