"""Afsluiting: a quarter that is closed, and the two persons it takes to open it again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.tekst.periode import Kwartaal
from common.vaststellen.model import persoon


class Afsluiting(models.Model):
    """One closing of one quarter. While it stands no value of that quarter is submitted, approved or sent back.

    Reopening is asked for with a reason by one person and granted by another, who did not close it either.
    ``toelichting`` says why it was closed with values missing, where that was so.
    """

    jaar = models.PositiveSmallIntegerField("jaar")
    kwartaal = models.PositiveSmallIntegerField("kwartaal")
    gesloten_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="gesloten door"
    )
    gesloten_op = models.DateTimeField("gesloten op")
    toelichting = models.TextField("toelichting", max_length=2000, blank=True)
    gevraagd_door = persoon("heropening gevraagd door")
    gevraagd_op = models.DateTimeField("heropening gevraagd op", null=True, blank=True)
    heropenreden = models.TextField("reden van heropening", max_length=2000, blank=True)
    heropend_door = persoon("heropend door")
    heropend_op = models.DateTimeField("heropend op", null=True, blank=True)

    class Meta:
        verbose_name = "afsluiting"
        verbose_name_plural = "afsluitingen"
        ordering = ["-jaar", "-kwartaal", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["jaar", "kwartaal"], condition=Q(heropend_op=None), name="afsluiting_een_geldende"
            ),
            models.CheckConstraint(condition=Q(kwartaal__range=(1, 4)), name="afsluiting_kwartaal"),
            models.CheckConstraint(
                condition=Q(gevraagd_door=None, gevraagd_op=None, heropenreden="")
                | Q(gevraagd_door__isnull=False, gevraagd_op__isnull=False) & ~Q(heropenreden=""),
                name="afsluiting_vraag_compleet",
            ),
            models.CheckConstraint(
                condition=Q(heropend_door=None, heropend_op=None)
                | Q(heropend_door__isnull=False, heropend_op__isnull=False, gevraagd_op__isnull=False),
                name="afsluiting_heropening_compleet",
            ),
            models.CheckConstraint(
                condition=Q(heropend_door=None)
                | ~Q(heropend_door=F("gevraagd_door")) & ~Q(heropend_door=F("gesloten_door")),
                name="afsluiting_heropener_is_een_ander",
            ),
        ]

    def __str__(self) -> str:
        return f"afsluiting van {self.periode.leesbaar}"

    @property
    def periode(self) -> Kwartaal:
        return Kwartaal(self.jaar, self.kwartaal)
