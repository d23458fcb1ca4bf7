"""Definitieversie: a changed definition of an indicator, proposed by one person and approved by another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.vaststellen.bescherming import eens_besloten_blijft
from common.vaststellen.model import Vaststelling
from monitor.models.indicator import Indicator

BLAD = ("naam", "definitie", "telregel", "bron", "frequentie", "eerste_jaar", "niveau", "eigenaar", "opmerking")


class Definitieversie(Vaststelling):
    """One version of the definition sheet of an indicator.

    The Indicator holds the sheet in force; approving a version writes it there. The sheet as the agenda's files
    load it is not a version: ``vervangt`` is empty for the first change. ``reden`` says why it changes.
    """

    BLAD = BLAD  # what approving writes to the Indicator
    INHOUD = (*BLAD, "reden")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="definitieversies")
    naam = models.CharField("naam", max_length=160)
    definitie = models.TextField("definitie", max_length=4000)
    telregel = models.TextField("telregel", max_length=4000)
    bron = models.CharField("bron van de cijfers", max_length=300)
    frequentie = models.CharField("frequentie", max_length=14, choices=Indicator.Frequentie)
    eerste_jaar = models.PositiveSmallIntegerField("eerste jaar van een tweejaarlijkse meting", null=True, blank=True)
    niveau = models.CharField("niveau", max_length=10, choices=Indicator.Niveau)
    eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="eigenaar"
    )
    opmerking = models.TextField("opmerking", max_length=4000, blank=True)
    reden = models.TextField("reden van de wijziging", max_length=2000)

    class Meta(Vaststelling.Meta):
        verbose_name = "versie van een definitie"
        verbose_name_plural = "versies van definities"
        ordering = ["indicator", "id"]
        constraints = [
            *Vaststelling.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(staat="vastgesteld"), name="definitieversie_een_geldende"
            ),
            models.UniqueConstraint(
                fields=["indicator"],
                condition=Q(staat__in=("concept", "ingediend", "afgekeurd")),
                name="definitieversie_een_openstaande",
            ),
            models.CheckConstraint(
                condition=~Q(frequentie="tweejaarlijks") | Q(eerste_jaar__isnull=False),
                name="definitieversie_tweejaarlijks_heeft_jaar",
            ),
            models.CheckConstraint(condition=~Q(reden=""), name="definitieversie_heeft_reden"),
            models.CheckConstraint(
                condition=Q(vastgesteld_op=None) | Q(vastgesteld_door__isnull=False),
                name="definitieversie_vaststelling_heeft_persoon",
            ),
        ]
        triggers = eens_besloten_blijft(("indicator", *BLAD, "reden"))

    def __str__(self) -> str:
        return f"definitie van {self.indicator}"
