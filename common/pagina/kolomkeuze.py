"""Which columns of a table a person does not want to see; remembered until they choose again."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models

Keuzes = dict[str, frozenset[str]]


class Kolomkeuze(models.Model):
    """One person, one table, and the columns that are hidden in it. No row: the table as it was made."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kolomkeuzes")
    tabel = models.SlugField("tabel", max_length=40)
    verborgen = models.JSONField("verborgen kolommen", default=list)

    class Meta:
        verbose_name = "kolomkeuze"
        verbose_name_plural = "kolomkeuzes"
        ordering = ["user", "tabel"]
        constraints = [models.UniqueConstraint(fields=["user", "tabel"], name="kolomkeuze_een_per_tabel")]

    def __str__(self) -> str:
        return f"{self.tabel}: {len(self.verborgen)} verborgen"


def get_keuzes(user: AbstractBaseUser | AnonymousUser) -> Keuzes:
    """Table → hidden columns, of every table this person chose for; one query."""
    if not user.is_authenticated:
        return {}
    rijen = Kolomkeuze.objects.filter(user_id=user.pk).values_list("tabel", "verborgen")
    return {tabel: frozenset(verborgen) for tabel, verborgen in rijen}


def bewaar_keuze(*, door: AbstractBaseUser, tabel: str, verborgen: Iterable[str]) -> None:
    """Remember the choice of a person. It changes how a page looks and nothing else, so no audit row is written."""
    Kolomkeuze.objects.update_or_create(user_id=door.pk, tabel=tabel, defaults={"verborgen": sorted(set(verborgen))})
