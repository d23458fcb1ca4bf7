"""Signs of life of the background work: rows in the database, so that who reads them needs no queue and no worker.

Beat writes ``beat`` each time it looked what is due and ``wachtrij`` when the queue took it; a worker writes ``worker``
when it looked for figures to recompute. So the rows say which of the three stands still.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

LEVENSTEKENS = {
    "beat": "Beat, die zegt wat aan de beurt is",
    "wachtrij": "De wachtrij, die het doorgeeft",
    "worker": "De worker, die het uitvoert",
}
STIL = timedelta(seconds=40)  # each is written every ten seconds
VOORUIT = timedelta(seconds=5)  # a row from later than this was written before the clock was put back
ACHTERGROND = "achtergrond"
ONTHOUD = 10  # seconds a web process keeps what it read


class Hartslag(models.Model):
    """When one part of the background work was last seen at work, by the clock of the database."""

    naam = models.CharField("naam", max_length=20, primary_key=True)
    op = models.DateTimeField("op", db_default=Now())

    class Meta:
        verbose_name = "hartslag"
        verbose_name_plural = "hartslagen"

    def __str__(self) -> str:
        return f"{self.naam}: {self.op}"


def klop(*namen: str) -> None:
    """Write that these are at work now."""
    rijen = [Hartslag(naam=naam) for naam in namen]
    Hartslag.objects.bulk_create(rijen, update_conflicts=True, unique_fields=["naam"], update_fields=["op"])


@dataclass(frozen=True)
class Achtergrond:
    """``gezien``: when each part was last at work, None when never. ``stil``: those that stand still."""

    gezien: Mapping[str, datetime | None]
    stil: tuple[str, ...]

    @property
    def zin(self) -> str:
        """What a reader is told while something stands still; empty when all is well."""
        if not self.stil:
            return ""
        return f"Cijfers worden op dit moment niet bijgewerkt{self._sinds}. Wat is vastgesteld, is bewaard."

    @property
    def _sinds(self) -> str:
        tijden = [tijd for naam in self.stil if (tijd := self.gezien[naam])]
        if not tijden:
            return ""
        sinds = timezone.localtime(min(tijden))
        vandaag = sinds.date() == timezone.localdate()
        return f" (sinds {sinds:%H:%M})" if vandaag else f" (sinds {sinds:%d-%m-%Y %H:%M})"


def lees_achtergrond() -> Achtergrond:
    """Read anew, in one query."""
    rijen = Hartslag.objects.filter(naam__in=LEVENSTEKENS).annotate(
        leeft=models.Q(op__gte=Now() - STIL, op__lte=Now() + VOORUIT)
    )
    gevonden = {rij.naam: rij for rij in rijen}
    stil = tuple(naam for naam in LEVENSTEKENS if not (naam in gevonden and gevonden[naam].leeft))
    return Achtergrond({naam: gevonden[naam].op if naam in gevonden else None for naam in LEVENSTEKENS}, stil)


def get_achtergrond() -> Achtergrond:
    """For the foot of every page: read once in ten seconds per process."""
    gevonden: Achtergrond | None = cache.get(ACHTERGROND)
    if gevonden is None:
        gevonden = lees_achtergrond()
        cache.set(ACHTERGROND, gevonden, ONTHOUD)
    return gevonden
