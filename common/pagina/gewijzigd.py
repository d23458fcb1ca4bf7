"""What was corrected since a day: versions that held then and were replaced, with what holds now."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from common.pagina.peildatum import einde_van
from common.tekst.getallen import toon
from common.vaststellen.model import Staat

GETOOND = 5
Naam = tuple[str, str]
"""Of one, and of more: waarde, waarden."""


@dataclass(frozen=True)
class Correctie:
    """One thing that was corrected: as it was, as it is, and when that was approved. ``waar`` is period and place."""

    naam: str
    adres: str
    waar: str
    van: str
    naar: str
    op: date


@dataclass(frozen=True)
class Gewijzigd:
    """The corrections since the end of ``sinds``, by what they are of; ``nieuw`` counts what was not there then.

    What is new is named as the first of ``soorten``; ``nieuw_van`` says of what that was.
    """

    sinds: date
    soorten: Sequence[tuple[Naam, Sequence[Correctie]]]
    nieuw: int = 0
    nieuw_van: str = ""
    over_een: bool = False  # all of one thing, whose page this is: it need not be named at each correction

    def __bool__(self) -> bool:
        return bool(self.lijst or self.nieuw)

    @property
    def lijst(self) -> list[Correctie]:
        """The latest first."""
        alle = [correctie for _, correcties in self.soorten for correctie in correcties]
        return sorted(alle, key=lambda correctie: correctie.op, reverse=True)

    @property
    def eerste(self) -> list[Correctie]:
        return self.lijst[:GETOOND]

    @property
    def rest(self) -> list[Correctie]:
        return self.lijst[GETOOND:]

    @property
    def zin(self) -> str:
        """What changed, in numbers."""
        if not self:
            return f"Sinds {self.sinds:%d-%m-%Y} is aan deze cijfers niets gewijzigd."
        delen = [_aantal(len(correcties), naam) for naam, correcties in self.soorten if correcties]
        bij = f"{'kwam' if self.nieuw == 1 else 'kwamen'} er {_aantal(self.nieuw, self.soorten[0][0])} bij"
        bij += f" ({self.nieuw_van})" if self.nieuw_van else ""
        if not delen:
            return f"Sinds {self.sinds:%d-%m-%Y} {bij}; wat er al was, is niet gewijzigd."
        werkwoord = "is" if len(self.lijst) == 1 else "zijn"
        rest = f", en {bij}" if self.nieuw else ""
        return f"Sinds {self.sinds:%d-%m-%Y} {werkwoord} {' en '.join(delen)} gewijzigd{rest}."


def paren(
    versies: QuerySet[Any],
    sinds: date,
    inhoud: Sequence[str],
    plek: Callable[[Any], Hashable],
    tot: datetime | None = None,
) -> list[tuple[Any, Any]]:
    """The version at the end of that day with the one that holds now, per ``plek``, where these differ in ``inhoud``.

    Or with the one that held at the moment ``tot``. One query; ``versies`` should already hold what ``plek`` and the
    caller read of related rows.
    """
    moment = einde_van(sinds)
    toen = Q(vastgesteld_op__lte=moment, vervangen_op__gt=moment)
    nu = Q(vastgesteld_op__gt=moment, vervangt__isnull=False) & _geldend(tot)
    per_plek: dict[Hashable, list[Any]] = {}
    for versie in versies.filter(toen | nu).order_by("vastgesteld_op", "pk"):
        per_plek.setdefault(plek(versie), []).append(versie)
    gevonden = [(alle[0], alle[-1]) for alle in per_plek.values() if len(alle) > 1]
    return [(oud, nu) for oud, nu in gevonden if any(getattr(oud, veld) != getattr(nu, veld) for veld in inhoud)]


def _geldend(tot: datetime | None) -> Q:
    if tot is None:
        return Q(staat=Staat.VASTGESTELD)
    return Q(vastgesteld_op__lte=tot) & (Q(vervangen_op=None) | Q(vervangen_op__gt=tot))


def nieuwe(versies: QuerySet[Any], sinds: date) -> QuerySet[Any]:
    """Those of these versions that are the first of their place, approved after that day."""
    return versies.filter(vervangt=None, vastgesteld_op__gt=einde_van(sinds))


def _aantal(aantal: int, naam: Naam) -> str:
    return f"{toon(Decimal(aantal), 0)} {naam[0] if aantal == 1 else naam[1]}"
