"""When the figures were last computed by another road, and what came of it: for the foot of every page."""

from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache

from common.jobs import JobRun

NAREKENTAAK = "cijfers nagerekend"
NAGEREKEND = "nagerekend"
_ONTHOUD = 10  # seconds a web process keeps what it read


class Nagerekend(NamedTuple):
    """The last run that came to its end: when it began, how many fields differed, and that in words."""

    op: datetime
    verschillen: int
    in_woorden: str


def lees_nagerekend() -> Nagerekend | None:
    """Read anew, in one query; None before the first run. A run that was killed says nothing."""
    geslaagd = JobRun.objects.filter(soort=NAREKENTAAK, afloop=JobRun.Afloop.GESLAAGD)
    laatste = geslaagd.values_list("begonnen_op", "gewijzigd", "omschrijving").first()
    return Nagerekend(*laatste) if laatste else None


def laatst_nagerekend() -> Nagerekend | None:
    """The same, read once in ten seconds per process."""
    gevonden: tuple[Nagerekend | None] | None = cache.get(NAGEREKEND)
    if gevonden is None:
        gevonden = (lees_nagerekend(),)
        cache.set(NAGEREKEND, gevonden, _ONTHOUD)
    return gevonden[0]
