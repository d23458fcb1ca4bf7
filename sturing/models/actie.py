"""Actie: what follows from a decision, by whom and before which day; it comes back until it is done or withdrawn."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from common.vaststellen.audit import ALLE_VELDEN
from sturing.models.overleg import LANGSTE_PUNT, LANGSTE_TEKST, Besluit, vast


class Actie(models.Model):
    """What is to be done. Who, when and how it goes are versions: a change is a new one, with its reason."""

    SPOORVELDEN = ALLE_VELDEN

    besluit = models.ForeignKey(Besluit, models.PROTECT, related_name="acties")
    wat = models.CharField("actie", max_length=LANGSTE_PUNT)
    demo = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "actie"
        verbose_name_plural = "acties"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(wat=""), name="actie_heeft_naam")]
        triggers = vast("besluit", "wat", "demo")

    def __str__(self) -> str:
        return self.wat

    @property
    def adres(self) -> str:
        return reverse("actie", args=[self.pk])


class ActieversieQuerySet(models.QuerySet):
    def zoals_bekend_op(self, moment: datetime | None) -> ActieversieQuerySet:
        """Of each action the version of that moment; None is now."""
        if moment is None:
            return self.filter(vervangen_op=None)
        return self.filter(op__lte=moment).filter(Q(vervangen_op=None) | Q(vervangen_op__gt=moment))

    def open(self) -> ActieversieQuerySet:
        return self.filter(status=Actieversie.Status.OPEN)


class Actieversie(models.Model):
    """What is said of an action from ``op`` until ``vervangen_op``; ``datum`` is the last day."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        GEREED = "gereed", "Gereed"
        INGETROKKEN = "ingetrokken", "Ingetrokken"

    SPOORVELDEN = ALLE_VELDEN

    actie = models.ForeignKey(Actie, models.PROTECT, related_name="versies")
    nummer = models.PositiveSmallIntegerField("versie")
    eigenaar = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="eigenaar")
    datum = models.DateField("uiterlijk")
    status = models.CharField("status", max_length=12, choices=Status, default=Status.OPEN)
    reden = models.TextField("toelichting", max_length=LANGSTE_TEKST, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="door")
    op = models.DateTimeField("op")
    vervangen_op = models.DateTimeField("vervangen op", null=True)
    demo = models.BooleanField("fictief", default=False)

    objects = ActieversieQuerySet.as_manager()

    class Meta:
        verbose_name = "versie van een actie"
        verbose_name_plural = "versies van acties"
        ordering = ["actie", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["actie", "nummer"], name="actieversie_uniek"),
            models.UniqueConstraint(fields=["actie"], condition=Q(vervangen_op=None), name="actieversie_een_geldt"),
            models.CheckConstraint(condition=Q(nummer=1) | ~Q(reden=""), name="actieversie_heeft_reden"),
        ]
        triggers = vast("actie", "nummer", "eigenaar", "datum", "status", "reden", "door", "op", "demo")

    def __str__(self) -> str:
        return f"{self.actie}, versie {self.nummer}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    def is_te_laat(self, vandaag: date) -> bool:
        return self.is_open and self.datum < vandaag

    def woord(self, vandaag: date) -> str:
        return f"{self.get_status_display()}{', te laat' if self.is_te_laat(vandaag) else ''}"
