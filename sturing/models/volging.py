"""What a person follows, and up to which day that person was told what changed of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from formatie.models import Onderdeel
from monitor.models import Indicator
from strategie.models import Thema
from sturing.models.jaarplan import Planactiviteit

VOLGBAAR = {"thema": "slug", "indicator": "code", "onderdeel": "code", "activiteit": "pk"}
"""What can be followed, and by which field an address names it."""


def _alleen(soort: str) -> Q:
    return Q(**{f"{ander}__isnull": ander != soort for ander in VOLGBAAR})


def _wat(model: type[models.Model], naam: str) -> models.ForeignKey:
    """To follow a thing keeps it from nothing."""
    return models.ForeignKey(model, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=naam)


class Volging(models.Model):
    """That a person follows one thing since ``op``; gives no right to read it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="volgingen", verbose_name="gebruiker"
    )
    thema = _wat(Thema, "thema")
    indicator = _wat(Indicator, "indicator")
    onderdeel = _wat(Onderdeel, "onderdeel")
    activiteit = _wat(Planactiviteit, "activiteit van het jaarplan")
    op = models.DateTimeField("sinds")
    demo = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "volging"
        verbose_name_plural = "volgingen"
        ordering = ["user", "id"]
        constraints = [
            models.CheckConstraint(
                condition=_alleen("thema") | _alleen("indicator") | _alleen("onderdeel") | _alleen("activiteit"),
                name="volging_van_een_ding",
            ),
            *(models.UniqueConstraint(fields=["user", soort], name=f"volging_een_per_{soort}") for soort in VOLGBAAR),
        ]

    def __str__(self) -> str:
        return f"{self.user} volgt {self.voorwerp}"

    @property
    def soort(self) -> str:
        return next(soort for soort in VOLGBAAR if getattr(self, f"{soort}_id"))

    @property
    def voorwerp(self) -> models.Model:
        ding: models.Model = getattr(self, self.soort)
        return ding


class Volgstand(models.Model):
    """``gezien_op``: when this person said to have seen what changed. ``verteld_tot``: the last day told by mail.

    ``pogingen`` and ``fout`` are of a message that did not go yet.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="gebruiker")
    gezien_op = models.DateTimeField("gezien op", null=True, blank=True)
    verteld_tot = models.DateField("verteld tot en met", null=True, blank=True)
    geprobeerd_op = models.DateTimeField("geprobeerd op", null=True, blank=True)
    pogingen = models.PositiveIntegerField("pogingen", default=0)
    fout = models.TextField("fout", blank=True)

    class Meta:
        verbose_name = "stand van wat iemand volgt"
        verbose_name_plural = "standen van wat mensen volgen"

    def __str__(self) -> str:
        return f"wat {self.user} zag"
