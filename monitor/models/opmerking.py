"""Opmerking: what somebody says about a value, a row of bezetting or an import, and whom they want to read it."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from common.tekst.periode import Kwartaal
from common.vaststellen.audit import ALLE_VELDEN
from common.vaststellen.model import gewijzigd
from formatie.models import Bezetting, Onderdeel
from monitor.models.indicator import Indicator
from monitor.models.invoer import Import

LANGSTE_OPMERKING = 2000
"""Characters."""
_WAARDE = Q(indicator__isnull=False, onderdeel__isnull=False, jaar__isnull=False, kwartaal__isnull=False)
_BEZETTING = Q(indicator=None, onderdeel__isnull=False, jaar__isnull=False, kwartaal__isnull=False) & ~Q(soort="")
_IMPORT = Q(indicator=None, onderdeel=None, jaar=None, kwartaal=None, soort="", bestand__isnull=False)


class Opmerking(models.Model):
    """One comment, of one moment, for good. It is about a place and not about a version, so it stays with a value.

    The place is one of three: an indicator, onderdeel and quarter; an onderdeel, kind of bezetting and quarter; or an
    import. A value of a whole year is of its fourth quarter. One that is not saved stands for its place alone.
    """

    PLEK = ("indicator", "onderdeel", "soort", "jaar", "kwartaal", "bestand")
    SPOORVELDEN = ALLE_VELDEN

    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, null=True, related_name="+")
    soort = models.CharField("soort bezetting", max_length=24, choices=Bezetting.Soort, blank=True)
    jaar = models.PositiveSmallIntegerField("jaar", null=True)
    kwartaal = models.PositiveSmallIntegerField("kwartaal", null=True)
    bestand = models.ForeignKey(Import, models.PROTECT, null=True, related_name="+", verbose_name="import")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="geplaatst door")
    op = models.DateTimeField("geplaatst op")
    tekst = models.TextField("opmerking", max_length=LANGSTE_OPMERKING)
    genoemd = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Vermelding", related_name="+")
    merk = models.CharField("merk van het formulier", max_length=64)
    demo = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        ordering = ["op", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=_WAARDE & Q(soort="", bestand=None) | _BEZETTING & Q(bestand=None) | _IMPORT,
                name="opmerking_een_plek",
            ),
            models.CheckConstraint(condition=Q(kwartaal=None) | Q(kwartaal__range=(1, 4)), name="opmerking_kwartaal"),
            models.CheckConstraint(condition=~Q(tekst=""), name="opmerking_niet_leeg"),
            # A form that is sent twice says it once.
            models.UniqueConstraint(fields=["door", "merk"], name="opmerking_een_per_formulier"),
        ]
        indexes = [
            models.Index(fields=["jaar", "kwartaal", "onderdeel"], name="opmerking_plek"),
            models.Index(fields=["bestand"], name="opmerking_bestand", condition=Q(bestand__isnull=False)),
        ]
        triggers = [
            pgtrigger.Protect(name="niet_wijzigen", operation=pgtrigger.Update),
            pgtrigger.Protect(
                name="niet_verwijderen", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__demo=False)
            ),
        ]

    def __str__(self) -> str:
        return f"opmerking bij {self.waarover}"

    @property
    def plek(self) -> dict[str, object]:
        """The fields that say what it is about; the same for every comment about one thing."""
        return {naam: getattr(self, naam) for naam in self.PLEK}

    @property
    def periode(self) -> Kwartaal | None:
        return Kwartaal(self.jaar, self.kwartaal) if self.jaar and self.kwartaal else None

    @property
    def waarover(self) -> str:
        """Without a figure, so that it can go in a message."""
        if self.bestand or not self.periode:
            return f"import {self.bestand}"
        wat = self.indicator.naam if self.indicator else f"bezetting, {self.get_soort_display().lower()}"
        return f"{wat}, {self.onderdeel}, {self.periode.leesbaar}"

    @property
    def adres(self) -> str:
        """The page of its place."""
        if self.bestand or not self.onderdeel:
            return reverse("opmerkingen_bij_import", args=[self.bestand_id])
        if self.indicator:
            plek = [self.periode, self.indicator.code, self.onderdeel.code]
            return reverse("opmerkingen_bij_waarde", args=plek)
        return reverse("opmerkingen_bij_bezetting", args=[self.periode, self.onderdeel.code, self.soort])


class Vermelding(models.Model):
    """That a comment asks for one person's attention, until they answer or say that they saw it."""

    opmerking = models.ForeignKey(Opmerking, models.CASCADE, related_name="vermeldingen")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="wie")
    gezien_op = models.DateTimeField("gezien op", null=True)

    class Meta:
        verbose_name = "vermelding"
        verbose_name_plural = "vermeldingen"
        ordering = ["opmerking", "user"]
        constraints = [models.UniqueConstraint(fields=["opmerking", "user"], name="vermelding_een_per_persoon")]
        indexes = [models.Index(fields=["user"], name="vermelding_wacht", condition=Q(gezien_op=None))]
        triggers = [
            pgtrigger.Protect(
                name="niet_wijzigen", operation=pgtrigger.Update, condition=gewijzigd(("opmerking", "user"))
            ),
            pgtrigger.Protect(name="niet_verwijderen", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"vermelding van {self.user} in een {self.opmerking}"
