"""The organisation: its onderdelen, the municipalities it works for, and which team works where."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Onderdeel(models.Model):
    """A node of the organisation. ``geldig_tot`` is the first day on which it no longer exists."""

    class Soort(models.TextChoices):
        KORPS = "korps", "Korps"
        EENHEID = "eenheid", "Eenheid"
        DIENST = "dienst", "Dienst"
        DISTRICT = "district", "District"
        BASISTEAM = "basisteam", "Basisteam"

    code = models.CharField("code", max_length=12, unique=True)
    naam = models.CharField("naam", max_length=120)
    soort = models.CharField("soort", max_length=10, choices=Soort)
    ouder = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="kinderen")
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    geldig_vanaf = models.DateField("geldig vanaf", null=True, blank=True)
    geldig_tot = models.DateField("geldig tot", null=True, blank=True)
    bronregel = models.CharField("bronregel", max_length=40, blank=True)

    class Meta:
        verbose_name = "onderdeel"
        verbose_name_plural = "onderdelen"
        ordering = ["volgorde", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(geldig_vanaf=None) | Q(geldig_tot=None) | Q(geldig_tot__gt=F("geldig_vanaf")),
                name="onderdeel_geldigheid",
            ),
            models.CheckConstraint(condition=Q(ouder=None) | ~Q(ouder=F("id")), name="onderdeel_niet_eigen_ouder"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.naam}"


class Gemeente(models.Model):
    """A municipality in the unit, with the dates between which it existed."""

    slug = models.SlugField("kenmerk", unique=True)
    naam = models.CharField("naam", max_length=80)
    cbs_code = models.CharField("CBS-code", max_length=6, blank=True)
    geldig_vanaf = models.DateField("geldig vanaf", null=True, blank=True)
    geldig_tot = models.DateField("geldig tot", null=True, blank=True)
    opgegaan_in = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="voorgangers")
    bronregel = models.CharField("bronregel", max_length=40)

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


class Werkgebied(models.Model):
    """That a basisteam works in a municipality, with what says so.

    Many to many: a municipality can lie in several districts, and a team can cross its borders. ``gebied`` names the
    part; empty when the source names the municipality as a whole. Nothing here is filled in without a source, so a
    municipality without rows is one of which the team is not known.
    """

    class Grond(models.TextChoices):
        BRON = "bron", "een bron noemt het"
        NAAM = "naam", "op grond van de naam"

    basisteam = models.ForeignKey(Onderdeel, models.PROTECT, related_name="werkgebieden")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="werkgebieden")
    gebied = models.CharField("deel van de gemeente", max_length=80, blank=True)
    grond = models.CharField("grond", max_length=4, choices=Grond)
    bron = models.CharField("bron", max_length=300)
    bronregel = models.CharField("bronregel", max_length=40, blank=True)
    geldig_vanaf = models.DateField("geldig vanaf", null=True, blank=True)
    geldig_tot = models.DateField("geldig tot", null=True, blank=True)

    class Meta:
        verbose_name = "werkgebied"
        verbose_name_plural = "werkgebieden"
        ordering = ["gemeente", "basisteam", "gebied"]
        constraints = [
            models.UniqueConstraint(fields=["basisteam", "gemeente", "gebied"], name="werkgebied_uniek"),
            models.CheckConstraint(
                condition=Q(geldig_vanaf=None) | Q(geldig_tot=None) | Q(geldig_tot__gt=F("geldig_vanaf")),
                name="werkgebied_geldigheid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basisteam}: {self.gebied or self.gemeente}"
