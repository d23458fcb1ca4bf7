"""What became of a team: which went on for it from a day, and how it was called before."""

from django.db import models
from django.db.models import F, Q

from formatie.models.plan import Onderdeel


class Opvolging(models.Model):
    """From ``vanaf`` the team ``naar`` goes on for (a part of) what ``van`` was; their series stay apart."""

    van = models.ForeignKey(Onderdeel, models.PROTECT, related_name="opvolgingen")
    naar = models.ForeignKey(Onderdeel, models.PROTECT, related_name="voorgangers")
    vanaf = models.DateField("vanaf")

    class Meta:
        verbose_name = "opvolging"
        verbose_name_plural = "opvolgingen"
        ordering = ["vanaf", "van", "naar"]
        constraints = [
            models.UniqueConstraint(fields=["van", "naar", "vanaf"], name="opvolging_uniek"),
            models.CheckConstraint(condition=~Q(van=F("naar")), name="opvolging_door_een_ander"),
        ]

    def __str__(self) -> str:
        return f"{self.van.code} gaat op {self.vanaf:%d-%m-%Y} verder als {self.naar.code}"


class Eerderenaam(models.Model):
    """How an onderdeel was called before ``tot``; the code stays the same."""

    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, related_name="eerdere_namen")
    naam = models.CharField("naam", max_length=120)
    tot = models.DateField("tot")

    class Meta:
        verbose_name = "eerdere naam"
        verbose_name_plural = "eerdere namen"
        ordering = ["onderdeel", "tot"]
        constraints = [models.UniqueConstraint(fields=["onderdeel", "tot"], name="eerdere_naam_een_per_dag")]

    def __str__(self) -> str:
        return f"{self.onderdeel.code} heette tot {self.tot:%d-%m-%Y} {self.naam}"
