"""Spooralarm: data that do not follow from the trail, or figures that another road computes otherwise."""

from django.db import models


class Spooralarm(models.Model):
    """One fault as it was found, in a sentence without figures. It stays, also when it is no longer found."""

    class Over(models.TextChoices):
        SPOOR = "spoor", "Het spoor"
        CIJFERS = "cijfers", "Nagerekende cijfers"

    over = models.CharField("waarover", max_length=8, choices=Over, default=Over.SPOOR)
    tekst = models.TextField("wat er niet klopt")
    gevonden_op = models.DateTimeField("gevonden op")
    gemeld_op = models.DateTimeField("gemeld op", null=True)
    hersteld_op = models.DateTimeField("niet meer gevonden op", null=True)

    class Meta:
        verbose_name = "alarm over het spoor"
        verbose_name_plural = "alarmen over het spoor"
        ordering = ["-gevonden_op", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tekst"], condition=models.Q(hersteld_op=None), name="spooralarm_een_per_fout"
            )
        ]

    def __str__(self) -> str:
        return self.tekst
