"""What the calculation is given: plain facts, so that the rules know no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

import numpy as np

from monitor.rekenen.regels.getalreeks import LEEG, Kolommen, Reeks, geschaald, reeks_van
from monitor.rekenen.regels.verschuldigd import is_optelbaar

ZONDER_EINDE = 9999  # a year


class Indicatordeel(Protocol):
    """The part of an indicator that is needed to read a record: the model and the plain fact both have it."""

    aggregatie: Any
    richting: Any
    frequentie: Any
    niveau: Any
    eenheid: Any
    eenheid_enkelvoud: Any
    decimalen: Any
    verwachting: Any
    stap_kwartaal: Any
    vanaf: Any
    tot: Any

    @property
    def is_stand(self) -> bool: ...


class Doeldeel(Protocol):
    soort: Any
    streefwaarde: Any
    marge: Any


@dataclass(frozen=True, slots=True)
class Indicatorfeit:
    """The part of an indicator's definition that the rules use.

    ``later`` are the definitions of later agendas, in order of time, each from its ``begin_jaar`` on. ``agendas`` are
    the first and last year of every agenda that prints it, and ``eerste_agenda`` is the first year of the first of
    all: outside them nothing is due but a baseline from before. Without ``agendas`` the targets alone say when.
    """

    id: int
    aggregatie: str
    richting: str
    frequentie: str
    niveau: str
    eenheid: str = ""
    eenheid_enkelvoud: str = ""
    decimalen: int = 0
    verwachting: str = "lineair"
    stap_kwartaal: int | None = None
    eerste_jaar: int | None = None
    tijd: str = "optellen"
    herkomst: str = "invoer"
    vanaf: str = ""
    tot: str = ""
    niet_voor: frozenset[int] = frozenset()
    begin_jaar: int = 0
    later: tuple[Indicatorfeit, ...] = ()
    agendas: tuple[tuple[int, int], ...] = ()
    eerste_agenda: int = 0

    def in_jaar(self, jaar: int) -> Indicatorfeit:
        """As it is defined in that year."""
        return next((feit for feit in reversed(self.later) if feit.begin_jaar <= jaar), self)

    def staat_in(self, jaar: int) -> bool:
        """Whether an agenda of that year prints it, or the year comes before all agendas."""
        return not self.agendas or jaar < self.eerste_agenda or any(van <= jaar <= tot for van, tot in self.agendas)

    @property
    def is_stand(self) -> bool:
        """As of ``Indicator``."""
        return self.tijd == "laatste" or self.aggregatie in ("stand", "enquete")

    @property
    def cumuleert(self) -> bool:
        """Whether the quarters of a year add up."""
        return not self.is_stand

    @property
    def optelbaar(self) -> bool:
        return is_optelbaar(self.aggregatie, self.herkomst)

    @property
    def verhouding(self) -> bool:
        return self.aggregatie == "verhouding"


@dataclass(frozen=True, slots=True)
class Onderdeelfeit:
    """A node of the organisation; ``geldig_tot`` is the first day on which it no longer exists."""

    id: int
    soort: str
    ouder: int | None = None
    geldig_vanaf: date | None = None
    geldig_tot: date | None = None


@dataclass(frozen=True, slots=True)
class Doelfeit:
    """An approved target of one indicator, onderdeel and year."""

    id: int
    indicator: int
    onderdeel: int
    jaar: int
    soort: str
    streefwaarde: Decimal | None = None
    marge: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Metingfeit:
    """An approved value; ``kwartaal`` None is a whole year, ``noemer`` None is not a ratio."""

    indicator: int
    onderdeel: int
    jaar: int
    kwartaal: int | None
    teller: Decimal | None
    noemer: Decimal | None = None
    marge: Decimal | None = None
    onbekend: bool = False
    voorlopig: bool = False


@dataclass(frozen=True)
class Metingen(Kolommen):
    """Approved values as columns; ``kwartaal`` 0 is a whole year, LEEG is absent."""

    indicator: Reeks
    onderdeel: Reeks
    jaar: Reeks
    kwartaal: Reeks
    teller: Reeks
    noemer: Reeks
    marge: Reeks
    onbekend: Reeks
    voorlopig: Reeks

    def __len__(self) -> int:
        return len(self.indicator)

    @classmethod
    def van(cls, rijen: Sequence[Metingfeit]) -> Metingen:
        sleutels = {veld: _reeks(rijen, veld, np.int64) for veld in ("indicator", "onderdeel", "jaar", "kwartaal")}
        getallen = {veld: _kolom(rijen, veld) for veld in ("teller", "noemer", "marge")}
        vlaggen = {veld: _reeks(rijen, veld, bool) for veld in ("onbekend", "voorlopig")}
        return cls(**sleutels, **getallen, **vlaggen)


def _reeks(rijen: Sequence[Metingfeit], veld: str, soort: type) -> Reeks:
    return np.array([getattr(rij, veld) or 0 for rij in rijen], dtype=soort)


def _kolom(rijen: Sequence[Metingfeit], veld: str) -> Reeks:
    getallen = [geschaald(getattr(rij, veld)) for rij in rijen]
    kolom = reeks_van(0 if getal == LEEG else getal for getal in getallen)
    kolom[[getal == LEEG for getal in getallen]] = LEEG
    return kolom


@dataclass(frozen=True)
class Rekenfeiten:
    """Everything one calculation needs, for the indicators and onderdelen it is about.

    ``doeljaren`` gives per indicator the first and last year with any target, also of other onderdelen.
    """

    indicatoren: Sequence[Indicatorfeit]
    onderdelen: Sequence[Onderdeelfeit]
    doelen: Sequence[Doelfeit]
    metingen: Metingen
    vandaag: date
    termijn_dagen: int
    doeljaren: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    def jaren(self) -> range:
        """Every year with a value, and from the first year of the plan until today."""
        gemeten = self.metingen.jaar
        randen = [self.vandaag.year, *(begin for begin, _ in self.doeljaren.values())]
        randen = [min(rand, self.vandaag.year) for rand in randen]
        randen += [int(gemeten.min()), int(gemeten.max())] if len(gemeten) else []
        return range(min(randen), max(randen) + 1)

    def alleen(self, indicator: Indicatorfeit) -> Rekenfeiten:
        """The part that is about one indicator."""
        return replace(
            self,
            indicatoren=[indicator],
            doelen=[doel for doel in self.doelen if doel.indicator == indicator.id],
            metingen=self.metingen.kies(self.metingen.indicator == indicator.id),
            doeljaren={pk: jaren for pk, jaren in self.doeljaren.items() if pk == indicator.id},
        )

    def met_metingen(self, nieuw: Sequence[Metingfeit]) -> Rekenfeiten:
        """The same with these values as well, each in the place of the one that counts there now."""
        oud, plek = self.metingen, ("indicator", "onderdeel", "jaar", "kwartaal")
        weg = {tuple(getattr(meting, naam) or 0 for naam in plek) for meting in nieuw}
        sleutels = zip(*(getattr(oud, naam).tolist() for naam in plek), strict=True)
        blijft = np.array([sleutel not in weg for sleutel in sleutels], dtype=bool)
        metingen = Metingen.samen([oud.kies(blijft), Metingen.van(nieuw)])
        return replace(self, metingen=metingen, doeljaren=doeljaren_van(self.doelen, metingen))

    def met_doel(self, nieuw: Doelfeit) -> Rekenfeiten:
        """The same with this target in the place of the one that holds there now."""
        plek = (nieuw.indicator, nieuw.onderdeel, nieuw.jaar)
        doelen = [doel for doel in self.doelen if (doel.indicator, doel.onderdeel, doel.jaar) != plek]
        return replace(self, doelen=[*doelen, nieuw], doeljaren=doeljaren_van([*doelen, nieuw], self.metingen))


def doeljaren_van(doelen: Sequence[Doelfeit], metingen: Metingen) -> dict[int, tuple[int, int]]:
    """Per indicator the years in which values are due: those with a target, or all since the first value."""
    jaren: dict[int, tuple[int, int]] = {}
    for doel in doelen:
        begin, einde = jaren.get(doel.indicator, (doel.jaar, doel.jaar))
        jaren[doel.indicator] = (min(begin, doel.jaar), max(einde, doel.jaar))
    for indicator in set(metingen.indicator.tolist()) - set(jaren):
        jaren[indicator] = (int(metingen.jaar[metingen.indicator == indicator].min()), ZONDER_EINDE)
    return jaren
