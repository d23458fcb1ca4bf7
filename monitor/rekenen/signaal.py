"""A series with its periods and everything that was found in it: from the rows of one onderdeel. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

from common.tekst.periode import Kwartaal, kwartalen
from monitor.rekenen.cijfers import is_geteld, waarde_van_periode
from monitor.rekenen.regels.grenzen import Grenzen, Meetreeks, Waarden, mogelijke_waarden
from monitor.rekenen.regels.oordeelregels import factor
from monitor.rekenen.regels.signaalregels import Beoordeling, Signaal, beoordeel_reeks

RECENT = 4  # quarters in which a signal is still news


@dataclass(frozen=True)
class Proces:
    """A series with its periods, as looked at in the quarter ``nu``, and everything that was found in it."""

    perioden: tuple[Kwartaal, ...]
    reeks: Meetreeks
    nu: Kwartaal

    @property
    def waarden(self) -> Waarden:
        return self.reeks.waarden

    @cached_property
    def beoordelingen(self) -> tuple[Beoordeling, ...]:
        return beoordeel_reeks(self.reeks)

    @cached_property
    def huidig(self) -> Beoordeling | None:
        """Of the limits that hold now."""
        return self.beoordelingen[-1] if self.beoordelingen else None

    @property
    def grenzen(self) -> Grenzen | None:
        return self.huidig.grenzen if self.huidig else None

    def grenzen_bij(self, index: int) -> Grenzen:
        """Of a point that has a signal."""
        return next(b.grenzen for b in self.beoordelingen if b.grenzen and index in b.deel)

    @property
    def bekend(self) -> list[Fraction]:
        """The values that the limits of now are about."""
        deel = self.huidig.deel if self.huidig else range(0)
        return [waarde for i in deel if (waarde := self.waarden[i]) is not None]

    @property
    def constante(self) -> Fraction | None:
        """The value that all are, where they are all the same."""
        return self.bekend[0] if self.grenzen and len(set(self.bekend)) == 1 else None

    @cached_property
    def signalen(self) -> tuple[Signaal, ...]:
        alle = [signaal for beoordeling in self.beoordelingen for signaal in beoordeling.signalen]
        return tuple(sorted(alle, key=lambda signaal: signaal.volgorde))

    @property
    def vers(self) -> list[Signaal]:
        """Those of the year up to the quarter looked at, the strongest first; new limits end those before them."""
        begin = self.huidig.deel.start if self.huidig else 0
        recent = [s for s in self.signalen if s.van >= begin and self.perioden[s.tot].index > self.nu.index - RECENT]
        return sorted(recent, key=lambda signaal: signaal.sterkte)

    @property
    def recent(self) -> Signaal | None:
        return self.vers[0] if self.vers else None

    @property
    def eerdere(self) -> list[Signaal]:
        """Those that are over, the latest first."""
        return [signaal for signaal in self.signalen if signaal not in self.vers]

    @property
    def helling(self) -> Fraction | None:
        """The trend of now per period, where there is one."""
        return self.grenzen.helling if self.grenzen else None

    @property
    def omhoog(self) -> bool | None:
        """Which way it goes: that of the trend, else that of the recent signal; None where it is stable."""
        if self.helling:
            return self.helling > 0
        return self.recent.omhoog if self.recent else None

    @property
    def op_rij(self) -> int:
        """How many times in a row, up to now, the value went the way the series goes."""
        teken, aantal = 1 if self.omhoog else -1, 0
        for voor, na in pairwise(self.waarden[::-1]):
            if voor is None or na is None or (voor - na) * teken <= 0:
                return aantal
            aantal += 1
        return aantal


def maak_proces(indicator: Any, nu: Kwartaal, per: Mapping[Kwartaal, Any], begin: Iterable[Kwartaal] = ()) -> Proces:
    """``per`` are the records of one onderdeel by quarter, ``begin`` the quarters from which limits start anew."""
    gemeten = {periode: waarde_van_periode(indicator, rij) for periode, rij in per.items()}
    perioden = _tijdas(indicator, gemeten)
    waarden = tuple(gemeten.get(periode) for periode in perioden)
    bekend = [waarde for waarde in waarden if waarde is not None]
    paren = zip(perioden, waarden, strict=True)
    noemers = tuple(None if waarde is None else _noemer(indicator, per[periode]) for periode, waarde in paren)
    reeks = Meetreeks(
        waarden,
        kwartalen=tuple(periode.nummer for periode in perioden),
        begin=tuple(index for periode in begin if (index := eerste_vanaf(perioden, periode)) is not None),
        noemers=noemers if any(noemers) else (),
        keer=factor(indicator.eenheid),
        telling=_zijn_tellingen(indicator, bekend),
        per_kwartaal=indicator.grenzen_per_kwartaal and indicator.frequentie == "kwartaal",
        evenredig=indicator.aggregatie == "som",
        mogelijk=mogelijke_waarden(indicator, bekend),
    )
    return Proces(perioden, reeks, nu)


def eerste_vanaf(perioden: Sequence[Kwartaal], begin: Kwartaal) -> int | None:
    """The first point at or after a quarter; None where none is, or where nothing lies before it."""
    index = next((n for n, periode in enumerate(perioden) if periode >= begin), None)
    return index or None


def _tijdas(indicator: Any, per: Mapping[Kwartaal, Fraction | None]) -> tuple[Kwartaal, ...]:
    """From the first period with a value; of what is measured less often only its own moments."""
    gemeten = [periode for periode, waarde in per.items() if waarde is not None]
    if not gemeten:
        return ()
    if indicator.frequentie == "kwartaal":
        return tuple(kwartalen(min(gemeten), max(per)))
    return tuple(sorted(periode for periode in per if periode >= min(gemeten)))


def _noemer(indicator: Any, rij: Any) -> int | None:
    return int(rij.noemer) if is_geteld(indicator, rij) else None


def _zijn_tellingen(indicator: Any, bekend: Sequence[Fraction]) -> bool:
    """Amounts of money are no counts, and neither is what comes in parts or below 0."""
    heel = all(waarde.denominator == 1 and waarde >= 0 for waarde in bekend)
    return bool(indicator.aggregatie == "som" and indicator.eenheid != "€" and heel)
