"""Verkenning: a question that somebody keeps under a name, to ask it again."""

from django.conf import settings
from django.db import models


class Verkenning(models.Model):
    """``vraag`` is what stands behind the question mark of the address, as the page writes it.

    ``gedeeld``: whoever reads figures may open it, and sees in it what that reader may see; only its owner changes it.
    """

    eigenaar = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="verkenningen")
    naam = models.CharField("naam", max_length=80)
    vraag = models.CharField("vraag", max_length=2000)
    gedeeld = models.BooleanField("gedeeld", default=False)
    gemaakt_op = models.DateTimeField("gemaakt op", auto_now_add=True)
    gewijzigd_op = models.DateTimeField("gewijzigd op", auto_now=True)

    class Meta:
        verbose_name = "weergave"
        verbose_name_plural = "weergaven"
        ordering = ["naam", "id"]
        constraints = [models.UniqueConstraint(fields=["eigenaar", "naam"], name="verkenning_naam_uniek")]

    def __str__(self) -> str:
        return self.naam
