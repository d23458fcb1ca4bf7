"""Small worlds of every shape: the rules and the second opinion, that share no line, come to the same rows."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.rekenen.narekenen.grondslag import Grondslag, Voorschrift, als_plaatsen, als_waarden, heel
from monitor.rekenen.narekenen.oordelen import reken_indicator_na
from monitor.rekenen.regels.beoordelen import bereken
from monitor.rekenen.regels.feiten import (
    Doelfeit,
    Indicatorfeit,
    Metingen,
    Metingfeit,
    Onderdeelfeit,
    Rekenfeiten,
    doeljaren_van,
)
from monitor.rekenen.regels.oordeelrij import als_records

TERMIJN = 42
JAREN = (2022, 2023, 2024, 2025, 2026)
BOOM = (
    Onderdeelfeit(1, "korps"), Onderdeelfeit(2, "eenheid", 1), Onderdeelfeit(3, "district", 2),
    Onderdeelfeit(4, "district", 2), Onderdeelfeit(5, "basisteam", 3), Onderdeelfeit(6, "basisteam", 3),
    Onderdeelfeit(7, "basisteam", 4, date(2024, 5, 1)), Onderdeelfeit(8, "basisteam", 4, None, date(2025, 8, 1)),
)  # fmt: skip
BLAD = {
    "richting": st.sampled_from(["hoger", "lager", "geen"]),
    "frequentie": st.sampled_from(["kwartaal", "kwartaal", "halfjaar", "jaar", "tweejaarlijks"]),
    "niveau": st.sampled_from(["eenheid", "district", "basisteam"]),
    "verwachting": st.sampled_from(["lineair", "stap", "seizoen"]),
    "stap_kwartaal": st.sampled_from([None, 1, 3]),
    "eerste_jaar": st.sampled_from([2022, 2023]),
    "vanaf": st.sampled_from(["", "", "2023-Q2"]),
    "tot": st.sampled_from(["", "", "2026-Q2"]),
    "niet_voor": st.frozensets(st.sampled_from([3, 5, 7]), max_size=1),
}
BEDRAG = st.one_of(
    st.sampled_from([Decimal(0), Decimal(10), Decimal("0.0001"), Decimal("9999999999999999.9999")]),
    st.decimals(0, 40, places=1),
)
DEFINITIE = st.tuples(
    st.sampled_from(["som", "verhouding", "stand", "enquete"]), st.sampled_from(["optellen", "laatste"]),
    st.sampled_from(["%", "stuks"]), st.sampled_from(["invoer", "afgeleid"]), st.fixed_dictionaries(BLAD),
    st.none() | st.fixed_dictionaries(BLAD), st.sampled_from([(), ((2023, 2026),), ((2023, 2024),)]),
)  # fmt: skip


@st.composite
def indicatoren(draw: st.DrawFn) -> Indicatorfeit:
    aggregatie, tijd, eenheid, herkomst, blad, later, agendas = draw(DEFINITIE)
    eerste = 2023 if agendas else 0
    feit = Indicatorfeit(
        9, aggregatie, eenheid=eenheid, tijd=tijd, herkomst=herkomst, agendas=agendas, eerste_agenda=eerste, **blad
    )
    return replace(feit, later=(replace(feit, begin_jaar=2025, **later),)) if later else feit


@st.composite
def metingen(draw: st.DrawFn, breuk: bool) -> list[Metingfeit]:
    onderdelen, kwartalen = st.sampled_from([2, 3, 5, 6, 7, 8, 5, 6]), st.sampled_from([1, 2, 3, 4, None])
    plekken = draw(st.sets(st.tuples(onderdelen, st.sampled_from(JAREN), kwartalen), max_size=45))
    return [_meting(draw, breuk, *plek) for plek in sorted(plekken, key=str)]


def _meting(draw: st.DrawFn, breuk: bool, onderdeel: int, jaar: int, kwartaal: int | None) -> Metingfeit:
    if draw(st.integers(0, 15)) == 0:
        return Metingfeit(9, onderdeel, jaar, kwartaal, None, onbekend=True)
    noemer = draw(BEDRAG) if breuk != (draw(st.integers(0, 25)) == 0) else None
    marge = draw(st.sampled_from([None, Decimal("1.5"), Decimal(4)]))
    return Metingfeit(9, onderdeel, jaar, kwartaal, draw(BEDRAG), noemer, marge, voorlopig=draw(st.integers(0, 5)) == 0)


DOELEN = st.dictionaries(
    st.tuples(st.sampled_from([1, 2, 3, 5]), st.sampled_from(JAREN)),
    st.tuples(
        st.sampled_from(["jaarvolume", "jaarvolume", "minimum", "maximum", "verbetering", "monitoring", "onbekend"]),
        BEDRAG, st.sampled_from([None, Decimal(2), Decimal(10)]),
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(st.data(), indicatoren(), DOELEN, st.sampled_from([date(2026, 11, 23), date(2026, 2, 11), date(2027, 1, 1)]))
def test_beide_wegen_komen_op_dezelfde_rijen_uit(
    data: st.DataObject,
    feit: Indicatorfeit,
    doelen: dict[tuple[int, int], tuple[str, Decimal, Decimal | None]],
    dag: date,
) -> None:
    gemeten = data.draw(metingen(feit.verhouding))
    gesteld = [
        Doelfeit(nummer, 9, *plek, soort, hoogte if soort in ("jaarvolume", "minimum", "maximum") else None, marge)
        for nummer, (plek, (soort, hoogte, marge)) in enumerate(doelen.items(), 100)
    ]
    kolommen = Metingen.van(gemeten)
    jaren = doeljaren_van(gesteld, kolommen)
    eigen = als_records(bereken(Rekenfeiten([feit], BOOM, gesteld, kolommen, dag, TERMIJN, jaren)))
    na = reken_indicator_na(_grondslag(feit, gemeten, gesteld), _plaatsen(), dag, TERMIJN)
    assert _rijen(na) == {(r.onderdeel_id, r.jaar, r.kwartaal): _als_heel(r) for r in eigen}


def _plaatsen() -> pd.DataFrame:
    return als_plaatsen([(o.id, o.soort, o.ouder, o.geldig_vanaf, o.geldig_tot) for o in BOOM])


def _grondslag(feit: Indicatorfeit, gemeten: list[Metingfeit], gesteld: list[Doelfeit]) -> Grondslag:
    velden = [veld.name for veld in fields(Voorschrift) if veld.name != "sinds"]
    bladen = [Voorschrift(f.begin_jaar, **{naam: getattr(f, naam) for naam in velden}) for f in (feit, *feit.later)]
    waarden = ((*_plek(m), *map(heel, (m.teller, m.noemer, m.marge)), not m.onbekend, m.voorlopig) for m in gemeten)
    return Grondslag(
        9, feit.aggregatie, feit.tijd, feit.eenheid, feit.herkomst, tuple(bladen), feit.agendas, feit.eerste_agenda,
        als_waarden(waarden),
        tuple((d.onderdeel, d.jaar, d.id, d.soort, heel(d.streefwaarde) or 0, heel(d.marge) or 0) for d in gesteld),
    )  # fmt: skip


def _plek(m: Metingfeit) -> tuple[int, int, int]:
    return m.onderdeel, m.jaar, m.kwartaal or 0


_SLEUTEL = ("onderdeel", "jaar", "kwartaal")


def _rijen(na: pd.DataFrame) -> dict[tuple[int, ...], dict[str, Any]]:
    rijen = na.to_dict("records")
    return {
        tuple(int(rij[naam]) for naam in _SLEUTEL): {n: w for n, w in rij.items() if n not in _SLEUTEL} for rij in rijen
    }


def _als_heel(rij: Any) -> dict[str, Any]:
    namen = {veld.name: veld.name.removesuffix("_id") for veld in fields(rij)}
    uit = {kort: getattr(rij, naam) for naam, kort in namen.items() if kort not in ("indicator", *_SLEUTEL)}
    keer = {"verwachting": 10**8}
    return {n: heel(w, keer.get(n, 10**4)) if isinstance(w, Decimal) else w for n, w in uit.items()}
