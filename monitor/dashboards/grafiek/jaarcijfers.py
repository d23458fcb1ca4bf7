"""One year of an indicator beside its earlier years: what is plotted at each place, and what is asked of it there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, cast

from common.grafiek.beeld import As, Assoort
from common.tekst.periode import Kwartaal
from monitor.dashboards.indicator.signaal.verloop import Procesbeeld
from monitor.models import Doelbereik, Doelstelling, Indicator
from monitor.rekenen.cijfers import Afgeleid, leid_cijfers_af, waarde_van_periode
from monitor.rekenen.prognose import Prognose
from monitor.rekenen.regels.toeval import als_getal
from monitor.rekenen.regels.verschuldigd import KWARTALEN_VAN

Wissel = tuple[Kwartaal, str]
"""The first quarter of a later agenda, with what that changes in words."""
EERDERE_JAREN = 5  # that are drawn behind this one


class Cijfer(NamedTuple):
    """One quarter: its row, what follows from it, and the value that is plotted; None is a gap."""

    rij: Doelbereik
    afgeleid: Afgeleid
    waarde: Decimal | None


@dataclass(frozen=True)
class Jaarcijfers:
    """``per`` has every quarter with a row, up to ``kwartaal``; its year is this year."""

    indicator: Indicator
    kwartaal: Kwartaal
    per: Mapping[Kwartaal, Cijfer]
    verloop: Procesbeeld | None

    @property
    def jaar(self) -> int:
        return self.kwartaal.jaar

    @property
    def plekken(self) -> tuple[int, ...]:
        """The quarters of a year in which it is measured."""
        return KWARTALEN_VAN[self.indicator.frequentie]

    def van_jaar(self, jaar: int) -> list[Cijfer | None]:
        return [self.per.get(Kwartaal(jaar, nummer)) for nummer in self.plekken]

    @cached_property
    def eerdere(self) -> list[int]:
        """The earlier years with a value, the latest first."""
        jaren = {k.jaar for k, cijfer in self.per.items() if k.jaar < self.jaar and cijfer.waarde is not None}
        return sorted(jaren, reverse=True)[:EERDERE_JAREN]

    @cached_property
    def laatste(self) -> tuple[int, Cijfer] | None:
        """The last value of this year with its place."""
        cijfers = list(enumerate(self.van_jaar(self.jaar)))
        return next(((plek, c) for plek, c in reversed(cijfers) if c and c.waarde is not None), None)

    @cached_property
    def doel(self) -> Doelstelling | None:
        """The target of this year as the last row of it has it."""
        rijen = [cijfer.rij for cijfer in self.van_jaar(self.jaar) if cijfer]
        return rijen[-1].doelstelling if rijen else None

    @property
    def is_volume(self) -> bool:
        return _is_volume(self.indicator, self.doel)

    @property
    def streefwaarde(self) -> Decimal | None:
        return self.doel.streefwaarde if self.doel else None

    @cached_property
    def oud_doel(self) -> tuple[Decimal, str] | None:
        """The number of the target that was replaced and the day until which it held, where it was another."""
        vorig = cast("Doelstelling | None", self.doel.vervangt) if self.doel else None
        if self.doel is None or vorig is None or vorig.streefwaarde in (None, self.streefwaarde):
            return None
        dag = self.doel.geldig_vanaf
        return vorig.streefwaarde, f"{dag:%d-%m-%Y}"

    def doel_bij(self, waarde: Decimal | None) -> list[Decimal | None]:
        """A target at its places: of a year volume at the end of the year, of a level all along."""
        aantal = len(self.plekken)
        return [waarde if n == aantal - 1 or not self.is_volume else None for n in range(aantal)]

    @cached_property
    def norm(self) -> list[Decimal | None]:
        """What should be there by each place; None where that is not known ahead."""
        if not self.is_volume:
            return [None] * len(self.plekken)
        cijfers = zip(self.plekken, self.van_jaar(self.jaar), strict=True)
        return [c.rij.verwachting if c and c.rij.verwachting is not None else self._vooruit(n) for n, c in cijfers]

    def _vooruit(self, nummer: int) -> Decimal | None:
        """The norm of a quarter without a row: all of it at the end, even parts or a step; a season is not known."""
        i, heel = self.indicator, self.streefwaarde
        if heel is None or nummer <= self.kwartaal.nummer:
            return None
        if nummer == self.plekken[-1]:
            return heel
        if i.verwachting == i.Verwachting.STAP:
            return heel if nummer >= (i.stap_kwartaal or nummer) else Decimal(0)
        return heel * nummer / 4 if i.verwachting == i.Verwachting.LINEAIR else None

    @property
    def prognose(self) -> Prognose | None:
        p = self.verloop.prognose if self.verloop else None
        return p if isinstance(p, Prognose) and self.is_volume else None

    @property
    def vanaf(self) -> int:
        """The place from which is looked ahead."""
        nu = self.verloop.proces.nu if self.verloop else self.kwartaal
        return self.plekken.index(nu.nummer) if nu.nummer in self.plekken else len(self.plekken) - 1

    @cached_property
    def verwacht(self) -> list[tuple[Decimal, Decimal, Decimal] | None]:
        """At each place the forecast with the ends of its interval: where it starts, and at the end of the year."""
        p, aantal = self.prognose, len(self.plekken)
        if p is None:
            return [None] * aantal
        nu, eind = als_getal(p.tot_nu), (als_getal(p.totaal), p.laag, p.hoog)
        return [(nu, nu, nu) if n == self.vanaf else eind if n == aantal - 1 else None for n in range(aantal)]

    def beste(self, nummers: Sequence[int]) -> tuple[Decimal, Kwartaal] | None:
        """The highest value of a quarter with one of these numbers, in the years before."""
        gemeten = [
            (als_getal(waarde), k)
            for k, c in self.per.items()
            if k.nummer in nummers and k.jaar < self.jaar and (waarde := waarde_van_periode(self.indicator, c.rij))
        ]
        return max(gemeten, default=None)


def lees_jaarcijfers(
    indicator: Indicator, rijen: Sequence[Doelbereik], kwartaal: Kwartaal, verloop: Procesbeeld | None
) -> Jaarcijfers:
    """Of the rows up to the quarter; which value is plotted follows from the target of this year."""
    tot = {k: rij for rij in rijen if (k := Kwartaal(rij.jaar, rij.kwartaal)) <= kwartaal}
    dit_jaar = [rij.doelstelling for k, rij in sorted(tot.items()) if k.jaar == kwartaal.jaar]
    tel_op = _is_volume(indicator, dit_jaar[-1] if dit_jaar else None)
    per = {k: lees_cijfer(indicator, rij, tel_op=tel_op) for k, rij in tot.items()}
    return Jaarcijfers(indicator, kwartaal, per, verloop)


def lees_cijfer(indicator: Indicator, rij: Doelbereik, *, tel_op: bool) -> Cijfer:
    """What adds up without a target to reach is shown per quarter; all else as it is judged."""
    a = leid_cijfers_af(rij, indicator, rij.doelstelling)
    los = indicator.aggregatie == Indicator.Aggregatie.SOM and not tel_op
    if los:
        return Cijfer(rij, a, a.waarde)
    return Cijfer(rij, a, a.cumulatief if tel_op else a.gewogen)


def _is_volume(indicator: Indicator, doel: Doelstelling | None) -> bool:
    som = indicator.aggregatie == Indicator.Aggregatie.SOM
    return som and doel is not None and doel.soort == Doelstelling.Soort.JAARVOLUME


def as_van_waarden(indicator: Indicator) -> As:
    """Counts and money from 0; of a percentage the part that matters."""
    vanaf_nul = indicator.eenheid != "%" or indicator.aggregatie == Indicator.Aggregatie.SOM
    return As(Assoort.GETAL, eenheid=indicator.eenheid, decimalen=indicator.decimalen, vanaf_nul=vanaf_nul)
