"""Who answers for a value on a day. One rule, for the work list, the mails, the calendar and the pages.

The owner of the indicator, else of the onderdeel or of what it lies in, else of the theme. An owner counts who may
enter the value with the roles of today; a substitute counts beside the owner. Where nobody counts it is everyone's who
may.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import User, lees_werkenden
from accounts.rollen import Recht
from formatie.models import Onderdeel
from monitor.models import VOORWERPEN, Eigenaarschap, Indicator
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte

Voorwerp = tuple[str, int]
"""What may have an owner: one of ``VOORWERPEN``, and its key."""


@dataclass(frozen=True, slots=True)
class Beurt:
    """Who is to act: owner and substitute of one row, of whom those in ``tellend`` count; at least one does."""

    eigenaar: User
    vervanger: User | None
    tellend: frozenset[int]

    def is_van(self, persoon: User) -> bool:
        return persoon.pk in self.tellend

    def als(self, persoon: User) -> str:
        """What this person is in it, where that needs saying."""
        return f"vervanger van {self.eigenaar}" if self.vervanger and persoon.pk == self.vervanger.pk else ""

    def __str__(self) -> str:
        if self.eigenaar.pk not in self.tellend:
            return f"{self.vervanger}, vervanger van {self.eigenaar}"
        met = self.vervanger and self.vervanger.pk in self.tellend
        return f"{self.eigenaar}, vervanger {self.vervanger}" if met else str(self.eigenaar)


def is_aan_zet(persoon: User, beurt: Beurt | None) -> bool:
    """Whether this person is asked for it, as far as they reach it; what is nobody's is everyone's."""
    return beurt is None or beurt.is_van(persoon)


class Eigenaars:
    """Every owner of today and later, asked for any value; ``personen`` are those who work, with their roles.

    An owner counts who holds ``recht`` for it: to enter the value or, asked ``voor`` another right, to do that.
    """

    def __init__(
        self,
        rijen: Iterable[Eigenaarschap] = (),
        personen: Iterable[User] = (),
        onderdelen: Iterable[Onderdeel] = (),
        recht: Recht = Recht.METING_INVOEREN,
    ) -> None:
        self._recht = recht
        self._rijen: dict[Voorwerp, list[Eigenaarschap]] = defaultdict(list)
        for rij in rijen:
            self._rijen[voorwerp_van(rij)].append(rij)
        self._personen = {persoon.pk: persoon for persoon in personen}
        self._ouders: Mapping[int, int | None] = {onderdeel.pk: onderdeel.ouder_id for onderdeel in onderdelen}
        self._bereik: dict[int, Reikwijdte] = {}

    @classmethod
    def lees(
        cls, vandaag: date, onderdelen: Iterable[Onderdeel] = (), personen: Iterable[User] | None = None
    ) -> Eigenaars:
        """In two queries, one where there is no owner; ``onderdelen`` without which no value looks up to a parent."""
        nog = Eigenaarschap.objects.filter(Q(geldig_tot=None) | Q(geldig_tot__gt=vandaag))
        rijen = list(nog.select_related("persoon", "vervanger"))
        if personen is None:
            wie = {pk for rij in rijen for pk in (rij.persoon_id, rij.vervanger_id) if pk}
            personen = lees_werkenden(vandaag, wie) if wie else ()
        return cls(rijen, personen, onderdelen)

    def voor(self, recht: Recht) -> Eigenaars:
        """The same owners, asked for who does something else with a value than enter it."""
        ander = copy(self)
        ander._recht, ander._bereik = recht, {}
        return ander

    def beurt(self, indicator: Indicator, onderdeel: Onderdeel, thema: int | None, dag: date) -> Beurt | None:
        """Whose turn it is with this value on a day; None is everyone's. ``thema`` is that of its year's agenda."""
        if not self._rijen:
            return None
        for voorwerp in self._weg(indicator, onderdeel, thema):
            for rij in self._rijen.get(voorwerp, ()):
                if rij.geldt_op(dag) and (tellend := self._tellend(rij, indicator.code, onderdeel.code)):
                    return Beurt(rij.persoon, rij.vervanger, tellend)
        return None

    def _weg(self, indicator: Indicator, onderdeel: Onderdeel, thema: int | None) -> Iterator[Voorwerp]:
        """What may name an owner for this value, the nearest first."""
        yield "indicator", indicator.pk
        plek: int | None = onderdeel.pk
        while plek is not None:
            yield "onderdeel", plek
            plek = self._ouders.get(plek)
        if thema is not None:
            yield "thema", thema

    def _tellend(self, rij: Eigenaarschap, indicator: str, onderdeel: str) -> frozenset[int]:
        wie = (pk for pk in (rij.persoon_id, rij.vervanger_id) if pk)
        return frozenset(pk for pk in wie if self.bereik_van(pk).bevat(indicator, onderdeel))

    def bereik_van(self, persoon: int) -> Reikwijdte:
        """For which values this person may do it today."""
        if persoon not in self._bereik:
            werkt = self._personen.get(persoon)
            bereik = lees_reikwijdte(werkt, self._recht) if werkt else Reikwijdte(alles=False)
            self._bereik[persoon] = bereik
        return self._bereik[persoon]


def voorwerp_van(rij: Eigenaarschap) -> Voorwerp:
    return next((naam, pk) for naam in VOORWERPEN if (pk := getattr(rij, f"{naam}_id")))
