"""Roll-up: base team → district → eenheid → korps, of values and of how complete they are.

All arrays are (…, jaren, 4), the first axes being indicator and onderdeel. A value that an onderdeel has of
itself stands for that onderdeel; otherwise it is the sum of the parts below it. An absent value adds nothing and
is counted as absent: it is never a 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from monitor.rekenen.regels.getalreeks import Kolommen, Reeks
from monitor.rekenen.regels.kalender import KWARTALEN, VIERDE

BITS = 1 << np.arange(KWARTALEN)


@dataclass
class Eigen(Kolommen):
    """The values that onderdelen have of themselves, and whether one is asked of them."""

    teller: Reeks
    noemer: Reeks
    heeft: Reeks
    voorlopig: Reeks
    nb: Reeks
    jaar_teller: Reeks  # (…, jaren): measured over the whole year
    jaar_noemer: Reeks
    heeft_jaar: Reeks
    jaar_voorlopig: Reeks
    moet: Reeks
    nvt: Reeks


@dataclass
class Opgeteld(Kolommen):
    """The values of onderdelen with everything below them; exactly what they hand to the level above."""

    teller: Reeks
    noemer: Reeks
    heeft: Reeks
    voorlopig: Reeks
    nb: Reeks
    jaar_teller: Reeks
    jaar_noemer: Reeks
    heeft_jaar: Reeks
    moet: Reeks
    geleverd: Reeks
    gemist: Reeks
    nvt: Reeks

    @classmethod
    def leeg(cls, vorm: tuple[int, ...], soort: np.dtype) -> Opgeteld:
        """Nothing at all, for indicators × onderdelen × jaren × 4."""
        getal, jaar = (lambda: np.zeros(vorm, soort)), (lambda: np.zeros(vorm[:-1], soort))
        vlag, telling = (lambda: np.zeros(vorm, bool)), (lambda: np.zeros(vorm, np.int64))
        return cls(
            getal(), getal(), vlag(), vlag(), vlag(), jaar(), jaar(), np.zeros(vorm[:-1], bool),
            telling(), telling(), telling(), vlag(),
        )  # fmt: skip

    def heeft_waarde(self) -> Reeks:
        """Whether there is a value at all: of the quarter, or in Q4 of the whole year."""
        waarde = self.heeft.copy()
        waarde[..., VIERDE] |= self.heeft_jaar
        return waarde

    def jaarsom(self, wat: str, cumuleert: Reeks) -> Reeks:
        """(…, jaren): the figure of the year: as measured over it, or from its quarters."""
        per_kwartaal, heel = getattr(self, wat), getattr(self, f"jaar_{wat}")
        opgebouwd = np.where(_breed(cumuleert, 1), per_kwartaal.sum(axis=-1), per_kwartaal[..., VIERDE])
        return np.where(self.heeft_jaar, heel, opgebouwd)

    def cumulatief(self, wat: str, cumuleert: Reeks) -> Reeks:
        """(…, jaren, 4): up to and including each quarter; of a stand the quarter itself."""
        per_kwartaal = getattr(self, wat)
        tot = np.where(_breed(cumuleert, 2), np.cumsum(per_kwartaal, axis=-1), per_kwartaal)
        tot[..., VIERDE] = self.jaarsom(wat, cumuleert)
        return tot


def _breed(per_indicator: Reeks, extra: int) -> Reeks:
    """(indicatoren,) made to fit (indicatoren, onderdelen, …)."""
    return per_indicator.reshape(-1, *([1] * (extra + 1)))


def som_van(delen: Opgeteld, meetbaar: Reeks, cumuleert: Reeks, optelbaar: Reeks) -> Opgeteld:
    """What parts add up to: the onderdelen axis is summed away (kept with length 1). Surveys add up to nothing.

    ``meetbaar``: whether a part has a value of itself in this quarter. Of one that was measured over the whole year
    the quarters are not known: to the whole they are missing, and of its fourth quarter there is only the year.
    """
    jaar, kwartaal = _breed(optelbaar, 1), _breed(optelbaar, 2)
    alleen_jaar = delen.heeft_jaar[..., None] & meetbaar & (delen.moet == 0)
    heeft = delen.heeft.any(axis=1, keepdims=True) & kwartaal
    heeft[..., VIERDE] &= ~(delen.heeft_jaar & ~delen.heeft[..., VIERDE]).any(axis=1, keepdims=True)

    def totaal(reeks: Reeks, tel: Reeks) -> Reeks:
        return reeks.sum(axis=1, keepdims=True) * tel

    def enig(reeks: Reeks, tel: Reeks) -> Reeks:
        return reeks.any(axis=1, keepdims=True) & tel

    return Opgeteld(
        teller=totaal(delen.teller, kwartaal) * heeft,
        noemer=totaal(delen.noemer, kwartaal) * heeft,
        heeft=heeft,
        voorlopig=enig(delen.voorlopig, kwartaal),
        nb=enig(delen.nb, kwartaal),
        jaar_teller=totaal(delen.jaarsom("teller", cumuleert), jaar),
        jaar_noemer=totaal(delen.jaarsom("noemer", cumuleert), jaar),
        heeft_jaar=enig(delen.heeft_jaar, jaar),
        moet=totaal(delen.moet + alleen_jaar, kwartaal),
        geleverd=totaal(delen.geleverd, kwartaal),
        gemist=np.bitwise_or.reduce(delen.gemist, axis=1, keepdims=True) * kwartaal,
        nvt=enig(delen.nvt, kwartaal),
    )


def samen(eigen: Eigen, onder: Opgeteld, verschuldigd: Reeks, cumuleert: Reeks) -> Opgeteld:
    """One level: what onderdelen have of themselves over what lies below them."""
    heeft_jaar = eigen.heeft_jaar | onder.heeft_jaar
    zelf = eigen.heeft.copy()
    zelf[..., VIERDE] |= eigen.heeft_jaar
    moet = eigen.moet + onder.moet
    uit = Opgeteld(
        teller=np.where(eigen.heeft, eigen.teller, onder.teller),
        noemer=np.where(eigen.heeft, eigen.noemer, onder.noemer),
        heeft=eigen.heeft | onder.heeft,
        voorlopig=_voorlopig(eigen, onder, heeft_jaar, cumuleert),
        nb=eigen.nb | onder.nb,
        jaar_teller=np.where(eigen.heeft_jaar, eigen.jaar_teller, onder.jaar_teller),
        jaar_noemer=np.where(eigen.heeft_jaar, eigen.jaar_noemer, onder.jaar_noemer),
        heeft_jaar=heeft_jaar,
        moet=moet,
        geleverd=np.where(zelf, moet, onder.geleverd),
        gemist=onder.gemist,
        nvt=eigen.nvt | onder.nvt,
    )
    uit.nb &= ~uit.heeft_waarde()
    uit.gemist = _gemist(eigen, onder, uit, verschuldigd, cumuleert)
    return uit


def _voorlopig(eigen: Eigen, onder: Opgeteld, heeft_jaar: Reeks, cumuleert: Reeks) -> Reeks:
    """A figure is provisional when any value in it is; up to a quarter that includes the quarters before it."""
    per_kwartaal = np.where(eigen.heeft, eigen.voorlopig, onder.voorlopig)
    gedragen = np.where(_breed(cumuleert, 2), np.logical_or.accumulate(per_kwartaal, axis=-1), per_kwartaal)
    gedragen[..., VIERDE] = np.where(eigen.heeft_jaar, eigen.jaar_voorlopig, gedragen[..., VIERDE])
    waarde = eigen.heeft | onder.heeft
    waarde[..., VIERDE] |= heeft_jaar
    return gedragen & waarde


def _gemist(eigen: Eigen, onder: Opgeteld, uit: Opgeteld, verschuldigd: Reeks, cumuleert: Reeks) -> Reeks:
    """Bit k is set when a value for quarter k+1 is missing from the figure up to this quarter."""
    tekort = uit.geleverd < uit.moet
    nu = (tekort & verschuldigd) * BITS
    waarde = uit.heeft_waarde()
    eerder = np.zeros_like(nu)
    for kwartaal in range(1, KWARTALEN):
        weg = tekort[..., :kwartaal] & (verschuldigd[..., :kwartaal] | waarde[..., kwartaal, None])
        eerder[..., kwartaal] = (weg * BITS[:kwartaal]).sum(axis=-1)
    bits = nu + np.where(_breed(cumuleert, 2), eerder, 0)
    # Measured over the whole year: no quarter is missing; below, only what is missing there.
    van_onder = onder.gemist[..., VIERDE] & ~(eigen.heeft * BITS).sum(axis=-1)
    bits[..., VIERDE] = np.where(onder.heeft_jaar, van_onder, bits[..., VIERDE])
    bits[..., VIERDE] = np.where(eigen.heeft_jaar, 0, bits[..., VIERDE])
    return bits
