"""A year has a result from 1 January on and not a day before; a value over a year is no value of its quarters."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.rekenen.cijfers import leid_cijfers_af
from monitor.rekenen.regels.feiten import Doelfeit, Indicatorfeit, Metingfeit
from tests.unit.monitor.rekenen.regels.gevallen import doel, indicator, kwartalen, rij, waarde
from tests.unit.monitor.rekenen.regels.test_optellen import DISTRICT, EENHEID, TEAMNIVEAU, boom, reken

OUDEJAARSDAG, NIEUWJAARSDAG = date(2026, 12, 31), date(2027, 1, 1)
UITSLAG = {"behaald", "niet_behaald"}
ENQUETE = {"frequentie": "jaar", "eenheid": "%"}
SOORTEN = [
    (indicator(), doel("jaarvolume", 30, 10, jaar=2026), kwartalen(9, 9, 9, 3, jaar=2026), "op_koers", "behaald"),
    (indicator(), doel("jaarvolume", 30, 10, jaar=2026), kwartalen(9, 8, 9, 1, jaar=2026), "aandacht", "niet_behaald"),
    (indicator(), doel("jaarvolume", 30, 10, jaar=2026), kwartalen(1, 1, 1, 1, jaar=2026), "achter", "niet_behaald"),
    (indicator(), doel("minimum", 4, 1, jaar=2026), kwartalen(1, 1, 1, 1, jaar=2026), "op_koers", "behaald"),
    (indicator(), doel("minimum", 5, 1, jaar=2026), kwartalen(1, 1, 1, 1, jaar=2026), "aandacht", "niet_behaald"),
    (
        indicator("verhouding", "lager", eenheid="%"),
        doel("maximum", "5.9", "0.5", jaar=2026),
        kwartalen((5, 100), (6, 100), (7, 100), (9, 100), jaar=2026),
        "achter",
        "niet_behaald",
    ),
    (
        indicator("enquete", **ENQUETE),
        doel("verbetering", jaar=2026),
        {(2024, 4): waarde(40), (2026, 4): waarde(50)},
        "op_koers",
        "behaald",
    ),
]


@pytest.mark.parametrize(("feit", "doelfeit", "waarden", "koers", "uitslag"), SOORTEN)
def test_een_jaar_heeft_pas_op_1_januari_een_uitslag(
    feit: Indicatorfeit, doelfeit: Doelfeit, waarden: dict, koers: str, uitslag: str
) -> None:
    voor = rij(feit, doelfeit, waarden, 4, jaar=2026, vandaag=OUDEJAARSDAG)
    na = rij(feit, doelfeit, waarden, 4, jaar=2026, vandaag=NIEUWJAARSDAG)
    assert (voor.oordeel, na.oordeel) == (koers, uitslag)
    zin = leid_cijfers_af(voor, feit, doelfeit).reden
    assert zin.endswith("Het jaar loopt nog tot en met 31 december 2026.")
    assert "te weinig" not in zin
    assert "loopt nog" not in leid_cijfers_af(na, feit, doelfeit).reden


def test_een_voorlopig_vierde_kwartaal_zegt_wat_nog_nodig_is() -> None:
    feit, doelfeit = indicator(), doel("jaarvolume", 30, 10, jaar=2026)
    waarden = kwartalen(9, 9, 8, 1, jaar=2026)
    lopend = rij(feit, doelfeit, waarden, 4, jaar=2026, vandaag=date(2026, 11, 28))
    assert leid_cijfers_af(lopend, feit, doelfeit).reden == (
        "27 verdachten in 2026, norm 30; nog 3 nodig. Vergeleken met een gelijk deel per kwartaal. "
        "Het jaar loopt nog tot en met 31 december 2026."
    )
    voorbij = rij(feit, doelfeit, waarden, 4, jaar=2026, vandaag=NIEUWJAARSDAG)
    assert leid_cijfers_af(voorbij, feit, doelfeit).reden == ("27 verdachten in 2026, het doel was 30: 3 te weinig.")


@given(
    vandaag=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    soort=st.sampled_from(["jaarvolume", "minimum", "maximum", "verbetering"]),
    getallen=st.lists(st.integers(0, 20), min_size=16, max_size=16),
)
def test_geen_uitslag_zolang_het_jaar_loopt(vandaag: date, soort: str, getallen: list[int]) -> None:
    """Whatever was approved before: of every row with a result the year is over, and the row is of its Q4."""
    met_getal = (30, 10) if soort != "verbetering" else ()
    doelen = [doel(soort, *met_getal, jaar=jaar) for jaar in range(2024, 2028)]
    metingen = [
        Metingfeit(1, EENHEID, 2024 + nummer // 4, nummer % 4 + 1, Decimal(getal))
        for nummer, getal in enumerate(getallen)
    ]
    for (_, jaar, kwartaal), regel in reken(indicator(), metingen, doelen, vandaag=vandaag).items():
        if regel.oordeel in UITSLAG:
            assert (kwartaal, jaar < vandaag.year) == (4, True)
        elif kwartaal == 4 and jaar < vandaag.year:
            assert regel.oordeel not in ("op_koers", "aandacht", "achter")


HEEL = [Metingfeit(1, 10, 2025, None, Decimal(40))]
PER_KWARTAAL = [Metingfeit(1, 11, 2025, kwartaal, Decimal(5)) for kwartaal in (1, 2, 3, 4)]


def test_een_heel_jaar_vult_geen_kwartaal_van_wat_erboven_ligt() -> None:
    rijen = reken(indicator(**TEAMNIVEAU), HEEL + PER_KWARTAAL, [doel("minimum", 1)], onderdelen=boom((10, 11)))
    for boven in (DISTRICT, EENHEID):
        for kwartaal in (1, 2, 3):
            regel = rijen[boven, 2025, kwartaal]
            assert (regel.moet_leveren, regel.geleverd, regel.oordeel) == (2, 1, "onvolledig")
        jaar = rijen[boven, 2025, 4]
        assert (jaar.heel_jaar, jaar.teller, jaar.cum_teller, jaar.oordeel) == (True, None, 60, "behaald")
    assert (10, 2025, 1) not in rijen  # of itself its quarters are not asked for


def test_van_alleen_hele_jaren_zijn_er_geen_kwartalen() -> None:
    hele = [Metingfeit(1, team, 2025, None, Decimal(40)) for team in (10, 11)]
    rijen = reken(indicator(**TEAMNIVEAU), hele, [doel("minimum", 1)], onderdelen=boom((10, 11)))
    assert rijen[EENHEID, 2025, 4].cum_teller == 80
    assert {rijen[EENHEID, 2025, kwartaal].oordeel for kwartaal in (1, 2, 3)} == {"geen_meting"}


@pytest.mark.parametrize(("aggregatie", "eenheid"), [("som", "verdachten"), ("verhouding", "%")])
def test_van_wat_eens_per_jaar_gemeten_wordt_is_een_heel_jaar_gewoon(aggregatie: str, eenheid: str) -> None:
    noemer = Decimal(100) if aggregatie == "verhouding" else None
    feit = indicator(aggregatie, frequentie="jaar", eenheid=eenheid, **TEAMNIVEAU)
    hele = [Metingfeit(1, team, 2025, None, Decimal(40), noemer) for team in (10, 11)]
    rijen = reken(feit, hele, [doel("minimum", 1)], onderdelen=boom((10, 11)))
    assert (rijen[EENHEID, 2025, 4].teller, rijen[EENHEID, 2025, 4].oordeel) == (80, "behaald")
    assert (EENHEID, 2025, 1) not in rijen
