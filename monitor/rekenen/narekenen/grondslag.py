"""What the second opinion starts from: definitions, organisation, targets and approved values, read by itself.

Numbers are whole, in units of 1/10.000, in Python's own integers: exact, however large. Needs pandas: import it in a
worker or a command only.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from typing import Any

import pandas as pd

from formatie.models import Onderdeel
from monitor.models import Doelstelling, Indicator, Meting
from strategie.models import Agenda

VIERTAL = (1, 2, 3, 4)
FIJN = 10_000
_BEWAARD = 60  # digits: more than any figure has
_MEETKWARTALEN = {"kwartaal": VIERTAL, "halfjaar": (2, 4)}
_LAGEN = ["eenheid", "district", "basisteam"]


@dataclass(frozen=True)
class Voorschrift:
    """How an indicator is defined from a year on; quarters as text, ``2026-Q3``."""

    sinds: int
    richting: str
    frequentie: str
    eerste_jaar: int | None
    niveau: str
    verwachting: str
    stap_kwartaal: int | None
    vanaf: str
    tot: str
    niet_voor: frozenset[int]

    def wordt_gemeten(self, jaar: int, kwartaal: int) -> bool:
        """Whether this is a quarter in which it is measured."""
        if self.frequentie == "tweejaarlijks" and self.eerste_jaar is not None:
            ervoor = jaar < self.eerste_jaar
            if ervoor or (jaar - self.eerste_jaar) % 2 == 1:
                return False
        return kwartaal in _MEETKWARTALEN.get(self.frequentie, (4,))

    def geldt_in(self, jaar: int, kwartaal: int) -> bool:
        """Whether the quarter lies between its first and its last."""
        return (self.vanaf or "0") <= f"{jaar}-Q{kwartaal}" <= (self.tot or "9999-Q4")


@dataclass(frozen=True)
class Grondslag:
    """Everything that one indicator's figures follow from, but for the organisation."""

    id: int
    aggregatie: str
    tijd: str
    eenheid: str
    herkomst: str
    voorschriften: tuple[Voorschrift, ...]
    agendas: tuple[tuple[int, int], ...]
    eerste_agenda: int
    metingen: pd.DataFrame
    doelen: tuple[tuple[int, int, int, str, int, int], ...]
    """Onderdeel, year, key, kind, height and margin."""

    def in_het_jaar(self, jaar: int) -> Voorschrift:
        geldig = [blad for blad in self.voorschriften if blad.sinds <= jaar]
        return geldig[-1] if geldig else self.voorschriften[0]

    def wordt_gedrukt(self, jaar: int) -> bool:
        """Whether an agenda of that year prints it; before the first agenda a baseline counts too."""
        gedrukt = any(begin <= jaar <= eind for begin, eind in self.agendas)
        return gedrukt or not self.agendas or jaar < self.eerste_agenda

    @property
    def is_breuk(self) -> bool:
        return self.aggregatie == "verhouding"

    @property
    def loopt_op(self) -> bool:
        """Whether the quarters of a year add up."""
        return self.tijd == "optellen" and self.aggregatie in ("som", "verhouding")

    @property
    def per_laag(self) -> bool:
        """Whether every level has a value of its own, and none is the sum of what lies below."""
        return self.aggregatie == "enquete" or (self.aggregatie == "stand" and self.herkomst == "afgeleid")

    def levert(self, soort: str, niveau: str) -> bool:
        if self.per_laag and soort in _LAGEN:
            return soort in _LAGEN[: _LAGEN.index(niveau) + 1]
        return soort == niveau

    def planjaren(self, vandaag: date) -> range:
        """The years in which values are due: those of its targets, or all since the first value."""
        met_doel = [jaar for _, jaar, *_ in self.doelen]
        if met_doel:
            return range(min(met_doel), min(max(met_doel), vandaag.year) + 1)
        return range(int(self.metingen.j.min()), vandaag.year + 1) if len(self.metingen) else range(0)

    def jaren(self, vandaag: date) -> range:
        randen = [vandaag.year, *(jaar for jaar in self.planjaren(vandaag)[:1])]
        randen += [int(self.metingen.j.min()), int(self.metingen.j.max())] if len(self.metingen) else []
        return range(min(randen), max(randen) + 1)


def heel(getal: Decimal | None, keer: int = FIJN) -> int | None:
    """A stored number as a whole one."""
    if getal is None:
        return None
    with localcontext() as rekenaar:
        rekenaar.prec = _BEWAARD
        return int(getal * keer)


def lees_organisatie() -> pd.DataFrame:
    """The organisation as it is in the database."""
    return als_plaatsen(list(Onderdeel.objects.values_list("id", "soort", "ouder_id", "geldig_vanaf", "geldig_tot")))


def als_plaatsen(rijen: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """The root first, with how deep each lies, every place above it, and the days between which it is there."""
    blad = pd.DataFrame(rijen, columns=["o", "soort", "ouder", "vanaf", "tot"], dtype=object)
    ouders = dict(zip(blad.o, blad.ouder, strict=True))
    blad["lijn"] = [tuple(_lijn(plaats, ouders)) for plaats in blad.o]
    blad["o"] = blad.o.astype(int)
    blad["diepte"] = [len(lijn) for lijn in blad.lijn]
    blad["vanaf"] = [(dag or date.min).toordinal() for dag in blad.vanaf]
    blad["tot"] = [(dag or date.max).toordinal() for dag in blad.tot]
    return blad.sort_values(["diepte", "o"], kind="stable").reset_index(drop=True)


def _lijn(plaats: int | None, ouders: dict[int, int | None]) -> Iterator[int]:
    while plaats is not None:
        yield plaats
        plaats = ouders[plaats]


def lees_grondslag(indicator: Indicator) -> Grondslag:
    """One indicator, from what stands approved in the database now; a few queries."""
    agendas = indicator.monitorregels.values_list("agenda__begin_jaar", "agenda__eind_jaar")
    eerste = Agenda.objects.order_by("begin_jaar").values_list("begin_jaar", flat=True).first()
    later = indicator.definities.select_related("agenda").order_by("agenda__begin_jaar")
    return Grondslag(
        id=indicator.pk,
        aggregatie=indicator.aggregatie,
        tijd=indicator.tijd,
        eenheid=indicator.eenheid,
        herkomst=indicator.herkomst,
        voorschriften=(_voorschrift(indicator, 0), *(_voorschrift(blad, blad.agenda.begin_jaar) for blad in later)),
        agendas=tuple(agendas),
        eerste_agenda=eerste or 0,
        metingen=_lees_waarden(indicator.pk),
        doelen=tuple(_lees_doelstellingen(indicator.pk)),
    )


_GELIJK = ("richting", "frequentie", "eerste_jaar", "niveau", "verwachting", "stap_kwartaal", "vanaf", "tot")


def _voorschrift(blad: Any, sinds: int) -> Voorschrift:
    niet_voor = frozenset(blad.niet_voor.values_list("pk", flat=True))
    return Voorschrift(sinds, **{naam: getattr(blad, naam) for naam in _GELIJK}, niet_voor=niet_voor)


_KOLOMMEN: dict[str, Any] = {
    **dict.fromkeys("ojk", int), **dict.fromkeys("tnm", object), **dict.fromkeys(("weet", "los"), bool)
}  # fmt: skip


def _lees_waarden(pk: int) -> pd.DataFrame:
    velden = ("onderdeel_id", "jaar", "kwartaal", "waarde", "teller", "noemer", "marge", "onbekend", "status")
    geldend = Meting.objects.filter(indicator=pk, staat="vastgesteld").order_by().values_list(*velden)
    return als_waarden(
        (o, j, k or 0, heel(waarde if t is None else t), heel(n), heel(m), not nb, status == "voorlopig")
        for o, j, k, waarde, t, n, m, nb, status in geldend
    )


def als_waarden(rijen: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    """Columns o, j, k (0 is a whole year), t, n, m, weet (False: not known yet), los (provisional)."""
    kolommen: list[Sequence[Any]] = list(zip(*rijen, strict=True)) or [()] * len(_KOLOMMEN)
    return pd.DataFrame(
        {naam: pd.Series(k, dtype=soort) for (naam, soort), k in zip(_KOLOMMEN.items(), kolommen, strict=True)}
    )


def _lees_doelstellingen(pk: int) -> Iterator[tuple[int, int, int, str, int, int]]:
    velden = ("onderdeel_id", "jaar", "id", "soort", "streefwaarde", "marge")
    for *plek, soort, hoogte, marge in Doelstelling.objects.filter(indicator=pk, staat="vastgesteld").values_list(
        *velden
    ):
        yield (*plek, soort, heel(hoogte) or 0, heel(marge) or 0)


def laatste_dag(jaar: int, kwartaal: int) -> date:
    """Of a quarter."""
    return (date(jaar, 12, 31) if kwartaal == 4 else date(jaar, kwartaal * 3 + 1, 1) - timedelta(days=1))  # fmt: skip
