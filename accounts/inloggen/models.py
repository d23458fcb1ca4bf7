"""How often logging in failed lately; see ``drempel``, the only one that counts."""

from django.db import models


class Misser(models.Model):
    """Failures of one name, address or device since ``sinds``. The key of a name is a fingerprint: people type
    passwords in that field."""

    sleutel = models.CharField("van", max_length=80, primary_key=True)
    aantal = models.PositiveIntegerField("aantal")
    sinds = models.DateTimeField("sinds", db_index=True)

    class Meta:
        verbose_name = "mislukte poging"
        verbose_name_plural = "mislukte pogingen"

    def __str__(self) -> str:
        return f"{self.sleutel}: {self.aantal}"
