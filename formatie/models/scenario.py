"""Scenario: what if fte moved between teams, or people came in. Never part of the plan or of what was measured."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from formatie.models.organisatie import Onderdeel


class Scenario(models.Model):
    """A named thought of one person about one district, on top of the plan and the bezetting of one quarter.

    ``gedeeld``: whoever may see the teams of the district may read it; only its owner changes it.
    """

    eigenaar = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="scenarios")
    district = models.ForeignKey(Onderdeel, models.PROTECT, related_name="scenarios")
    naam = models.CharField("naam", max_length=80)
    jaar = models.PositiveSmallIntegerField("uitgaand van jaar")
    kwartaal = models.PositiveSmallIntegerField("uitgaand van kwartaal")
    kwartalen = models.PositiveSmallIntegerField("kwartalen vooruit", default=4)
    gedeeld = models.BooleanField("gedeeld binnen het district", default=False)
    gewijzigd_op = models.DateTimeField("gewijzigd op", auto_now=True)

    class Meta:
        verbose_name = "scenario"
        verbose_name_plural = "scenario's"
        ordering = ["district", "naam", "id"]
        constraints = [
            models.UniqueConstraint(fields=["eigenaar", "district", "naam"], name="scenario_naam_uniek"),
            models.CheckConstraint(condition=Q(kwartaal__range=(1, 4)), name="scenario_kwartaal"),
            models.CheckConstraint(condition=Q(kwartalen__range=(1, 12)), name="scenario_kwartalen"),
        ]

    def __str__(self) -> str:
        return self.naam


class Scenarioregel(models.Model):
    """What changes at one team: places moved in or out, and people coming or going per quarter, in fte.

    ``verschuiving`` is of formation places; over the teams of a scenario they add up to nothing. ``instroom`` and
    ``instroom_wijkagenten`` are per quarter and may be negative.
    """

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="regels")
    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, related_name="+")
    verschuiving = models.DecimalField("verschoven plaatsen in fte", max_digits=7, decimal_places=1, default=0)
    verschuiving_wijkagenten = models.DecimalField(
        "verschoven plaatsen voor wijkagenten in fte", max_digits=7, decimal_places=1, default=0
    )
    instroom = models.DecimalField("instroom per kwartaal in fte", max_digits=7, decimal_places=1, default=0)
    instroom_wijkagenten = models.DecimalField(
        "instroom van wijkagenten per kwartaal in fte", max_digits=7, decimal_places=1, default=0
    )

    class Meta:
        verbose_name = "regel van een scenario"
        verbose_name_plural = "regels van scenario's"
        ordering = ["scenario", "onderdeel"]
        constraints = [models.UniqueConstraint(fields=["scenario", "onderdeel"], name="scenarioregel_een_per_team")]

    def __str__(self) -> str:
        return f"{self.scenario}: {self.onderdeel.code}"
