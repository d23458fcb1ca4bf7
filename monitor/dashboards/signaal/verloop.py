"""What the course of one indicator says: its limits, its signals and its year, ready for a page.

The words of a cell are here; the sentences are those of ``signaalzin`` and ``prognosezin``.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from common.tekst.periode import Kwartaal
from monitor.models import Doelstelling, Indicator, Stand
from monitor.rekenen import signaalzin
from monitor.rekenen.prognose import KLEINE_TELLING, Geen, Interval, Prognose, poisson, wilson
from monitor.rekenen.regels.oordeelregels import factor
from monitor.rekenen.signaal import (
    MINSTENS,
    Grenzen,
    Signaal,
    Verandering,
    Zekerheid,
    bepaal_grenzen,
    bepaal_zekerheid,
    vergelijk_kwartalen,
    vergelijk_met_vorige,
    zoek_signalen,
)
from monitor.rekenen.signaalzin import kanstekst

_RECENT = 4  # quarters in which a signal is still news
GEEN_KANS = {
    Geen.AFGESLOTEN: "jaar afgesloten",
    Geen.ONVOLLEDIG: "jaar niet compleet",
    Geen.NIETS_GETELD: "nog niets geteld",
    Geen.TE_WEINIG_JAREN: "te weinig jaren",
}


@dataclass(frozen=True)
class Beeld:
    """What the course of one indicator says. ``rij`` is the record that is judged, None where there is none.

    ``waarden`` are those of the periods themselves, never of the year so far; None where a period is missing, not
    complete, or holds a whole year. ``prognose`` None: a year total means nothing here.
    """

    indicator: Indicator
    kwartaal: Kwartaal
    rij: Any
    perioden: tuple[Kwartaal, ...]
    waarden: tuple[Fraction | None, ...]
    redenen: tuple[str, ...]
    laatste: Any = None
    prognose: Prognose | Geen | None = None

    @cached_property
    def grenzen(self) -> Grenzen | None:
        return None if self.is_enquete else bepaal_grenzen(self.waarden)

    @cached_property
    def signalen(self) -> tuple[Signaal, ...]:
        return zoek_signalen(self.waarden, self.grenzen) if self.grenzen else ()

    @property
    def is_enquete(self) -> bool:
        return self.indicator.aggregatie == Indicator.Aggregatie.ENQUETE

    @property
    def aantal(self) -> int:
        return sum(waarde is not None for waarde in self.waarden)

    @property
    def recent(self) -> Signaal | None:
        """The latest signal, as long as it is of the year up to this quarter."""
        vanaf = self.kwartaal.index - _RECENT
        return next((s for s in self.signalen if self.perioden[s.tot].index > vanaf), None)

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
        if doel.soort != Doelstelling.Soort.JAARVOLUME:
            return Fraction(doel.streefwaarde)
        gelijk = self.indicator.verwachting == Indicator.Verwachting.LINEAIR
        return Fraction(doel.streefwaarde) / 4 if gelijk else None

    @property
    def normnaam(self) -> str:
        volume = self.rij and self.rij.doelstelling.soort == Doelstelling.Soort.JAARVOLUME
        return "een kwart van het jaardoel" if volume else "de norm"

    @property
    def zekerheid(self) -> Zekerheid | None:
        if self.grenzen is None or self.norm is None:
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
    def richting(self) -> str:
        """Which way the signal points: omhoog, omlaag, geen, or weinig where nothing can be said."""
        if self.is_enquete:
            stap = self.verandering
            gewoon = None if stap is None else stap.gewoon
            omhoog = None if stap is None else stap.verschil > 0
        else:
            gewoon = None if self.grenzen is None else self.recent is None
            omhoog = self.recent.omhoog if self.recent else None
        if gewoon is None:
            return "weinig"
        return "geen" if gewoon else "omhoog" if omhoog else "omlaag"

    @property
    def toon(self) -> str:
        """Good or bad, by the direction of the indicator alone."""
        beter = {Indicator.Richting.HOGER: "omhoog", Indicator.Richting.LAGER: "omlaag"}
        goed = beter.get(Indicator.Richting(self.indicator.richting))
        if goed is None or self.richting not in ("omhoog", "omlaag"):
            return "stil"
        return "goed" if self.richting == goed else "achter"

    @property
    def is_signaal(self) -> bool:
        return self.richting in ("omhoog", "omlaag")

    @property
    def woord(self) -> str:
        """The signal in a few words, with its quarter."""
        if self.richting == "geen":
            return "niet te onderscheiden" if self.is_enquete else "geen signaal"
        if self.richting == "weinig":
            return self._waarom_niets()
        return f"signaal {self.richting} in {self._wanneer()}"

    def _waarom_niets(self) -> str:
        if self.is_enquete and self.verandering is not None:
            return "foutmarge ontbreekt"
        bekend = not self.is_enquete and self.aantal >= MINSTENS
        return "geen grenzen" if bekend else signaalzin.te_weinig(self.aantal)

    def _wanneer(self) -> str:
        if self.is_enquete:
            return f"{self.rij.jaar}"
        periode = self.perioden[self.recent.tot] if self.recent else self.kwartaal
        return f"Q{periode.nummer}" if periode.jaar == self.kwartaal.jaar else periode.leesbaar

    @property
    def kans_tekst(self) -> str:
        if not isinstance(self.prognose, Prognose):
            return ""
        return kanstekst(self.prognose, self.indicator.richting)

    @property
    def kans_ontbreekt(self) -> str:
        """Why there is no chance, in a few words."""
        return GEEN_KANS[self.prognose] if isinstance(self.prognose, Geen) else "n.v.t."


def waarde_van_periode(indicator: Indicator, rij: Any) -> Fraction | None:
    """The exact value of the period itself; None where not everyone delivered, or where it is of a whole year."""
    if rij is None or rij.stand != Stand.GELEVERD or rij.teller is None or rij.geleverd < rij.moet_leveren:
        return None
    if rij.heel_jaar and indicator.frequentie == Indicator.Frequentie.KWARTAAL:
        return None
    if indicator.aggregatie != Indicator.Aggregatie.VERHOUDING:
        return Fraction(rij.teller)
    return Fraction(rij.teller) * factor(indicator.eenheid) / Fraction(rij.noemer) if rij.noemer else None


def _interval(indicator: Indicator, rij: Any) -> Interval | None:
    """How far chance reaches around the value of one period: of a small count, or of a counted share."""
    waarde = waarde_van_periode(indicator, rij)
    if waarde is None or indicator.aggregatie != Indicator.Aggregatie.VERHOUDING:
        return _telling(indicator, waarde)
    geteld = indicator.herkomst != Indicator.Herkomst.AFGELEID and rij.teller % 1 == 0 and rij.noemer % 1 == 0
    if not geteld or not 0 <= rij.teller <= rij.noemer:
        return None
    laag, hoog = wilson(rij.teller, rij.noemer)
    keer = Decimal(factor(indicator.eenheid))
    return laag * keer, hoog * keer


def _telling(indicator: Indicator, waarde: Fraction | None) -> Interval | None:
    klein = waarde is not None and waarde.denominator == 1 and 0 <= waarde < KLEINE_TELLING
    if waarde is None or indicator.aggregatie != Indicator.Aggregatie.SOM or not klein:
        return None
    return poisson(int(waarde))
