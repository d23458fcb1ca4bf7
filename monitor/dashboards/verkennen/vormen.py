"""The rows of a question crossed: a series per indicator and onderdeel, along one time axis. Pure.

Imported by the worker alone, for it loads pandas. Numbers stay exact: pandas picks, aligns and crosses them as the
objects they are, and never computes with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

import pandas as pd

from common.grafiek.tijdlijn import Mijlstreep, Voorval, zet_op_as
from common.tekst.cijfers import LosseMaat, waarde_in_woorden
from common.tekst.periode import Kwartaal
from monitor.dashboards.verkennen.uitkomst import RIJVELDEN, Legopdracht

GEEN_RIJ = "–"


@dataclass(frozen=True)
class Cel:
    """One figure of one series; ``getal`` None: ``tekst`` says why there is none."""

    getal: Decimal | None
    tekst: str
    doel: Decimal | None
    voorlopig: bool

    @property
    def hoogte(self) -> Decimal:
        """To order by, among those that have a figure."""
        return self.getal or Decimal(0)

    @property
    def met_merk(self) -> str:
        return f"{self.tekst} (voorlopig)" if self.voorlopig else self.tekst


GEEN_CEL = Cel(None, GEEN_RIJ, None, voorlopig=False)


@dataclass(frozen=True)
class Serie:
    """One indicator of one onderdeel, with a cell for every place on the time axis; ``telt_op``: quarters add up."""

    indicator: str
    indicator_naam: str
    plek_naam: str
    maat: LosseMaat
    telt_op: bool
    cellen: Sequence[Cel]

    @property
    def getallen(self) -> list[Decimal]:
        return [cel.getal for cel in self.cellen if cel.getal is not None]


@dataclass(frozen=True)
class Kruistabel:
    """All series of a question, in the order of the choice, with the names of the places on the time axis."""

    series: Sequence[Serie]
    labels: Sequence[str]
    per_jaar: bool
    vanaf: int = 0
    gebeurd: Mapping[tuple[str, str], Sequence[Voorval]] = field(default_factory=dict)
    """Per indicator and name of an onderdeel what happened; ``vanaf`` is the index of a quarter."""

    def strepen(self, series: Sequence[Serie]) -> list[Mijlstreep]:
        """What happened at any of these, along the axis."""
        van = (self.gebeurd.get((serie.indicator, serie.plek_naam), ()) for serie in series)
        voorvallen = list(dict.fromkeys(chain.from_iterable(van)))
        if self.per_jaar:
            perioden = [Kwartaal(self.vanaf // 4 + n, 4) for n in range(len(self.labels))]
            return zet_op_as(voorvallen, perioden, Kwartaal(self.vanaf // 4, 1).begin())
        return zet_op_as(voorvallen, [Kwartaal.van_index(self.vanaf + n) for n in range(len(self.labels))])

    @property
    def kolomnaam(self) -> str:
        return "Jaar tot nu toe" if self.per_jaar else "In het kwartaal"

    def naam(self, serie: Serie) -> str:
        """What tells a series apart from the others."""
        een_indicator = len({s.indicator for s in self.series}) == 1
        een_plek = len({s.plek_naam for s in self.series}) == 1
        if een_indicator:
            return serie.plek_naam
        return serie.indicator_naam if een_plek else f"{serie.indicator_naam}, {serie.plek_naam}"


def build_kruistabel(opdracht: Legopdracht) -> Kruistabel:
    """The rows crossed: a series per indicator and onderdeel, all along one time axis, a gap where there is no row."""
    per_jaar = opdracht["per"] == "jaar"
    lang = _in_plaatsen(_frame(opdracht), opdracht["vanaf"], per_jaar)
    maten = {code: _maat(van) for code, van in opdracht["indicatoren"].items()}
    lang["cel"] = [_cel(rij, maten[rij.indicator]) for rij in lang.itertuples()]
    labels = _jaren(lang, opdracht) if per_jaar else _kwartalen(opdracht)
    kruis = lang.pivot(index=["indicator", "onderdeel"], columns="plek", values="cel")
    kruis = kruis.reindex(columns=range(len(labels)))
    series, gebeurd = list(_series(kruis, opdracht, maten)), _gebeurd(opdracht.get("gebeurd", {}))
    return Kruistabel(series, labels, per_jaar, opdracht["vanaf"], gebeurd)


def _gebeurd(gegeven: dict[str, Any]) -> dict[tuple[str, str], Sequence[Voorval]]:
    return {
        (code, plek): [
            Voorval(date.fromisoformat(dag), titel, soort, tot and date.fromisoformat(tot))
            for dag, titel, soort, tot in w
        ]
        for code, per_plek in gegeven.items()
        for plek, w in per_plek.items()
    }


def _frame(opdracht: Legopdracht) -> pd.DataFrame:
    frame = pd.DataFrame(opdracht["rijen"], columns=list(RIJVELDEN), dtype=object)
    frame["index"] = frame["index"].astype(int)
    return frame


def _in_plaatsen(frame: pd.DataFrame, vanaf: int, per_jaar: bool) -> pd.DataFrame:
    """``getal`` and ``plek`` of every row; of a year the last row with a figure, or the last one."""
    if not per_jaar:
        return frame.assign(plek=frame["index"] - vanaf, getal=frame["waarde"])
    jaren = frame.assign(
        plek=frame["index"] // 4 - vanaf // 4, getal=frame["cumulatief"], gevuld=frame["cumulatief"].notna()
    )
    return jaren.sort_values(["gevuld", "index"]).groupby(["indicator", "onderdeel", "plek"], sort=False).tail(1)


def _maat(van: dict[str, Any]) -> LosseMaat:
    return LosseMaat(van["eenheid"], van["decimalen"], van["enkelvoud"])


def _cel(rij: Any, maat: LosseMaat) -> Cel:
    doel = None if rij.doel is None else Decimal(rij.doel)
    if rij.getal is None:
        return Cel(None, rij.ontbreekt, doel, voorlopig=False)
    getal = Decimal(rij.getal)
    return Cel(getal, waarde_in_woorden(getal, maat), doel, rij.voorlopig)


def _kwartalen(opdracht: Legopdracht) -> list[str]:
    return [Kwartaal.van_index(index).leesbaar for index in range(opdracht["vanaf"], opdracht["tot"] + 1)]


def _jaren(lang: pd.DataFrame, opdracht: Legopdracht) -> list[str]:
    """A year that is not whole says up to which quarter."""
    laatste = opdracht["tot"]
    namen = [str(jaar) for jaar in range(opdracht["vanaf"] // 4, laatste // 4 + 1)]
    met_cijfer = lang.loc[lang["gevuld"] & (lang["plek"] == len(namen) - 1), "index"]
    tot = int(met_cijfer.max()) if len(met_cijfer) else laatste
    return [*namen[:-1], f"{namen[-1]} t/m Q{tot % 4 + 1}" if tot % 4 != 3 else namen[-1]]


def _series(kruis: pd.DataFrame, opdracht: Legopdracht, maten: dict[str, LosseMaat]) -> Iterator[Serie]:
    for code, van in opdracht["indicatoren"].items():
        for plek, naam in opdracht["onderdelen"].items():
            if (code, plek) in kruis.index:
                cellen = [cel if isinstance(cel, Cel) else GEEN_CEL for cel in kruis.loc[(code, plek)]]
                yield Serie(code, van["naam"], naam, maten[code], van["telt_op"], cellen)
