"""The private address of a person's calendar file."""

from __future__ import annotations

from django.db import models


class Kalenderadres(models.Model):
    """One per person. Of its secret only the fingerprint is kept; empty: the address was withdrawn."""

    user = models.OneToOneField("accounts.User", models.CASCADE, related_name="kalenderadres", verbose_name="gebruiker")
    vingerafdruk = models.CharField("vingerafdruk", max_length=64, blank=True, editable=False)
    gemaakt_op = models.DateTimeField("gemaakt op")

    class Meta:
        verbose_name = "kalenderadres"
        verbose_name_plural = "kalenderadressen"

    def __str__(self) -> str:
        return f"kalenderadres van {self.user}"
