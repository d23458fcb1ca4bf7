"""What the course of one indicator says: its limits, its signals and its year, ready for a page.

The words of a cell are here; the sentences are those of ``signaalzin`` and ``prognosezin``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from common.tekst.periode import Kwartaal
from monitor.models import Doelstelling, Grensbesluit, Indicator
from monitor.rekenen import signaalzin
from monitor.rekenen.cijfers import is_geteld, waarde_van_periode
from monitor.rekenen.prognose import Geen, Prognose
from monitor.rekenen.regels.grenzen import MINSTENS, Grenzen
from monitor.rekenen.regels.oordeelregels import factor
from monitor.rekenen.regels.signaalregels import (
    Signaal,
    Verandering,
    Zekerheid,
    bepaal_zekerheid,
    vergelijk_kwartalen,
    vergelijk_met_vorige,
)
from monitor.rekenen.regels.toeval import KLEINE_TELLING, Interval, poisson, wilson
from monitor.rekenen.signaal import Proces
from monitor.rekenen.signaalzin import kanstekst

_WOORDEN = {"omhoog": "stijgt", "omlaag": "daalt", "geen": "stabiel"}
GEEN_KANS = {
    Geen.AFGESLOTEN: "jaar afgesloten",
    Geen.ONVOLLEDIG: "jaar niet compleet",
    Geen.NIETS_GETELD: "nog niets geteld",
    Geen.TE_WEINIG_JAREN: "te weinig jaren",
}


@dataclass(frozen=True)
class Procesbeeld:
    """What the course of one indicator says. ``rij`` is the record that is judged, None where there is none.

    ``proces`` has the values of the periods themselves, never of the year so far; None where a period is missing, not
    complete, or holds a whole year. ``besluiten`` are the decisions on new limits that fall within it, by its points.
    ``prognose`` None: a year total means nothing here.
    """

    indicator: Indicator
    kwartaal: Kwartaal
    rij: Any
    proces: Proces
    redenen: tuple[str, ...]
    besluiten: Mapping[int, Grensbesluit] = field(default_factory=dict)
    laatste: Any = None
    prognose: Prognose | Geen | None = None

    @property
    def perioden(self) -> tuple[Kwartaal, ...]:
        return self.proces.perioden

    @property
    def waarden(self) -> Sequence[Fraction | None]:
        return self.proces.waarden

    @property
    def grenzen(self) -> Grenzen | None:
        return None if self.is_enquete else self.proces.grenzen

    @property
    def is_enquete(self) -> bool:
        return self.indicator.aggregatie == Indicator.Aggregatie.ENQUETE

    @property
    def aantal(self) -> int:
        """Of a survey all measurements; else the values that the limits of now are about."""
        return sum(w is not None for w in self.waarden) if self.is_enquete else len(self.proces.bekend)

    @property
    def recent(self) -> Signaal | None:
        return None if self.is_enquete else self.proces.recent

    @cached_property
    def verandering(self) -> Verandering | None:
        """The last step: of a survey against the measurement before, else against the quarter before."""
        if self.is_enquete:
            return self._tegen_vorige_meting()
        stap = vergelijk_kwartalen(self.waarden, self.grenzen)
        if stap is None or stap.gewoon is not None or not self.interval or self._vorig_interval is None:
            return stap
        raakt = self.interval[0] <= self._vorig_interval[1] and self._vorig_interval[0] <= self.interval[1]
        return Verandering(stap.verschil, raakt)

    def _tegen_vorige_meting(self) -> Verandering | None:
        rij = self.rij
        if rij is None or rij.cum_teller is None or rij.vorige is None:
            return None
        marges = (None if marge is None else Fraction(marge) for marge in (rij.marge, rij.vorige_marge))
        return vergelijk_met_vorige(Fraction(rij.cum_teller), Fraction(rij.vorige), *marges)

    @property
    def norm(self) -> Fraction | None:
        """What a quarter should be: the target, or of an evenly spread year volume a fourth of it."""
        doel = self.rij.doelstelling if self.rij else None
        if doel is None or doel.streefwaarde is None:
            return None
        if not self.is_volume:
            return Fraction(doel.streefwaarde)
        gelijk = self.indicator.verwachting == Indicator.Verwachting.LINEAIR
        return Fraction(doel.streefwaarde) / 4 if gelijk else None

    @property
    def is_volume(self) -> bool:
        doel = self.rij.doelstelling if self.rij else None
        return doel is not None and doel.soort == Doelstelling.Soort.JAARVOLUME

    @property
    def normnaam(self) -> str:
        return "een kwart van het jaardoel" if self.is_volume else "de norm"

    @property
    def zekerheid(self) -> Zekerheid | None:
        """Not said while a trend or a fresh signal stands: what will be is then not what was."""
        if self.grenzen is None or self.norm is None or self.recent:
            return None
        return bepaal_zekerheid(self.grenzen, self.norm, self.indicator.richting)

    @cached_property
    def interval(self) -> Interval | None:
        return _interval(self.indicator, self.laatste)

    @property
    def signaalpunt(self) -> tuple[Fraction, Interval] | None:
        """The last value of the recent signal with its interval, where it is a small count."""
        waarde = self.waarden[self.recent.tot] if self.recent else None
        interval = _telling(self.indicator, waarde)
        return None if waarde is None or interval is None else (waarde, interval)

    @property
    def _vorig_interval(self) -> Interval | None:
        waarde = self.waarden[-2] if len(self.waarden) > 1 else None
        return _telling(self.indicator, waarde)

    @property
    def omhoog(self) -> bool | None:
        """Which way it goes; None where it is stable, or where nothing can be said."""
        if not self.is_enquete:
            return self.proces.omhoog
        stap = self.verandering
        return stap.verschil > 0 if stap and stap.gewoon is False else None

    @property
    def beter(self) -> bool | None:
        """Whether it goes the good way; None where it is stable or no way is good."""
        if self.omhoog is None or self.indicator.richting == Indicator.Richting.GEEN:
            return None
        return self.omhoog == (self.indicator.richting == Indicator.Richting.HOGER)

    @property
    def is_signaal(self) -> bool:
        return self.omhoog is not None

    @property
    def vorm(self) -> str:
        """Which shape stands before the word."""
        if self.omhoog is not None:
            return "omhoog" if self.omhoog else "omlaag"
        return "geen" if self._is_bekend else "weinig"

    @property
    def woord(self) -> str:
        """Stijgt, daalt, stabiel, or why nothing can be said."""
        return _WOORDEN.get(self.vorm) or self._waarom_niets()

    @property
    def _is_bekend(self) -> bool:
        if self.is_enquete:
            return self.verandering is not None and self.verandering.gewoon is not None
        return self.grenzen is not None

    def _waarom_niets(self) -> str:
        if self.is_enquete and self.verandering is not None:
            return "foutmarge ontbreekt"
        bekend = not self.is_enquete and self.aantal >= MINSTENS
        return "geen grenzen" if bekend else signaalzin.te_weinig(self.aantal)

    @property
    def kans_tekst(self) -> str:
        if not isinstance(self.prognose, Prognose):
            return ""
        return kanstekst(self.prognose)

    @property
    def kans_ontbreekt(self) -> str:
        """Why there is no chance, in a few words."""
        if isinstance(self.prognose, Prognose):
            return self.prognose.kanswoord
        return GEEN_KANS[self.prognose] if self.prognose else "n.v.t."


def _interval(indicator: Indicator, rij: Any) -> Interval | None:
    """How far chance reaches around the value of one period: of a small count, or of a counted share."""
    waarde = waarde_van_periode(indicator, rij)
    if waarde is None or indicator.aggregatie != Indicator.Aggregatie.VERHOUDING:
        return _telling(indicator, waarde)
    if not is_geteld(indicator, rij):
        return None
    laag, hoog = wilson(rij.teller, rij.noemer)
    keer = Decimal(factor(indicator.eenheid))
    return laag * keer, hoog * keer


def _telling(indicator: Indicator, waarde: Fraction | None) -> Interval | None:
    klein = waarde is not None and waarde.denominator == 1 and 0 <= waarde < KLEINE_TELLING
    if waarde is None or indicator.aggregatie != Indicator.Aggregatie.SOM or not klein:
        return None
    return poisson(int(waarde))
