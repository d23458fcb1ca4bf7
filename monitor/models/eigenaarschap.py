"""Eigenaarschap: who answers for an indicator, an onderdeel or a theme, with a substitute, for a run of days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

from common.vaststellen.audit import ALLE_VELDEN
from formatie.models import Onderdeel
from monitor.models.indicator import Indicator
from strategie.models import Thema

VOORWERPEN = ("indicator", "thema", "onderdeel")


def _alleen(voorwerp: str) -> Q:
    return Q(**{f"{ander}__isnull": ander != voorwerp for ander in VOORWERPEN})


def _een_tegelijk(voorwerp: str) -> ExclusionConstraint:
    """At most one on any day. A key as a range of one needs no extension of the database."""
    sleutel = Func(F(voorwerp), F(voorwerp), Value("[]"), function="int8range")
    dagen = Func(F("geldig_vanaf"), F("geldig_tot"), function="daterange")
    return ExclusionConstraint(
        name=f"eigenaarschap_een_per_{voorwerp}",
        expressions=[(sleutel, "&&"), (dagen, "&&")],
        condition=Q(**{f"{voorwerp}__isnull": False}),
    )


class Eigenaarschap(models.Model):
    """``geldig_tot`` is the first day without; empty is without end. What was withdrawn before it began holds on none.

    A row is never changed but for its end: who comes after, or another substitute, is a row of its own.
    """

    SPOORVELDEN = ALLE_VELDEN

    persoon = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="eigenaar")
    vervanger = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vervanger"
    )
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="+")
    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, null=True, blank=True, related_name="+")
    thema = models.ForeignKey(Thema, models.PROTECT, null=True, blank=True, related_name="+")
    geldig_vanaf = models.DateField("vanaf")
    geldig_tot = models.DateField("tot", null=True, blank=True)

    class Meta:
        verbose_name = "eigenaar"
        verbose_name_plural = "eigenaren"
        ordering = ["geldig_vanaf", "id"]
        constraints = [
            models.CheckConstraint(
                condition=_alleen("indicator") | _alleen("thema") | _alleen("onderdeel"),
                name="eigenaarschap_van_een_ding",
            ),
            models.CheckConstraint(
                condition=Q(vervanger=None) | ~Q(vervanger=F("persoon")), name="eigenaarschap_vervanger_is_een_ander"
            ),
            models.CheckConstraint(
                condition=Q(geldig_tot=None) | Q(geldig_tot__gte=F("geldig_vanaf")), name="eigenaarschap_geldigheid"
            ),
            *(_een_tegelijk(voorwerp) for voorwerp in VOORWERPEN),
        ]

    def __str__(self) -> str:
        return f"{self.persoon} voor {self.voorwerp}"

    @property
    def voorwerp(self) -> Indicator | Onderdeel | Thema:
        return self.indicator or self.thema or self.onderdeel  # type: ignore[return-value]  # one of them is there

    def geldt_op(self, dag: date) -> bool:
        return self.geldig_vanaf <= dag and (self.geldig_tot is None or dag < self.geldig_tot)

    @property
    def in_het_spoor(self) -> dict[str, Any]:
        """In words that outlive the rows it names."""
        plek = {naam: str(ding) for naam in VOORWERPEN if (ding := getattr(self, naam))}
        tot = self.geldig_tot.isoformat() if self.geldig_tot else None
        wie = {"persoon": str(self.persoon), "vervanger": str(self.vervanger or "")}
        return plek | wie | {"vanaf": self.geldig_vanaf.isoformat(), "tot": tot}
