"""Properties that hold for every input, also the ones nobody thought of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from monitor.rekenen.regels import oordeelregels
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
from monitor.rekenen.regels.oordeelregels import Oordeelcode
from monitor.rekenen.regels.oordeelrij import als_records
from tests.unit.monitor.rekenen.regels.gevallen import LATER, cijfers, doel, indicator, kwartalen, oordeel, rij

RANG = {"achter": 0, "aandacht": 1, "op_koers": 2, "niet_behaald": 0, "behaald": 2}
getallen = st.decimals(0, 10**9, places=4)
groot = st.decimals(0, Decimal(10) ** 16 - 1, places=4)
reeksen = st.lists(getallen, min_size=1, max_size=4)
PROCENT = indicator("verhouding", eenheid="%", decimalen=1)


@given(reeksen, getallen, st.decimals(0, 100, places=4))
def test_een_gehaald_doel_is_nooit_achter_en_een_gemist_nooit_op_koers(waarden, streef, marge):
    gemeten = rij(indicator(), doel("jaarvolume", streef, marge), kwartalen(*waarden), len(waarden))
    som, verwacht = sum(waarden), streef * len(waarden) / 4
    if som >= verwacht:
        assert gemeten.oordeel in ("op_koers", "behaald")
    elif som < verwacht * (100 - marge) / 100:
        assert gemeten.oordeel in ("achter", "niet_behaald")
    else:
        assert gemeten.oordeel in ("aandacht", "niet_behaald")


@given(st.lists(getallen, min_size=1, max_size=3), getallen, getallen)
def test_meer_is_nooit_slechter(waarden, streef, extra):
    doelstelling = doel("jaarvolume", streef, 10)
    minder = oordeel(indicator(), doelstelling, kwartalen(*waarden), len(waarden))
    meer = oordeel(indicator(), doelstelling, kwartalen(waarden[0] + extra, *waarden[1:]), len(waarden))
    assert RANG[meer] >= RANG[minder]


@given(st.lists(getallen, min_size=1, max_size=3), getallen)
def test_maximum_is_het_spiegelbeeld_van_minimum(waarden, streef):
    stand, nu = indicator("stand"), waarden[-1]
    boven = oordeel(stand, doel("minimum", streef, 2), kwartalen(*waarden), len(waarden))
    onder = oordeel(stand, doel("maximum", streef, 2), kwartalen(*waarden), len(waarden))
    assert (boven == "op_koers") == (nu >= streef)
    assert (onder == "op_koers") == (nu <= streef)


@given(st.lists(st.one_of(st.none(), getallen), min_size=4, max_size=4), st.sampled_from(["som", "stand"]))
def test_wat_er_niet_is_wordt_nooit_nul(waarden, aggregatie):
    for kwartaal, gegeven in enumerate(waarden, start=1):
        gemeten = rij(indicator(aggregatie), doel("jaarvolume", 10, 10), kwartalen(*waarden), kwartaal)
        assert gemeten.teller == gegeven
        assert (gemeten.stand == "geleverd") == (gegeven is not None)
        assert (gemeten.cum_teller is None) == (gegeven is None)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_een_verhouding_wordt_niet_afgerond_voor_het_oordeel(teller, noemer):
    teller = min(teller, noemer)
    uitkomst = oordeel(PROCENT, doel("minimum", 82, 2), kwartalen((teller, noemer)), 1)
    if noemer == 0:
        assert uitkomst == "geen_meting"
    else:
        assert (uitkomst == "op_koers") == (100 * teller >= 82 * noemer)
        assert (uitkomst == "achter") == (100 * teller < 80 * noemer)


@given(st.lists(groot, min_size=1, max_size=4), groot)
def test_cijfers_van_elke_grootte_zijn_exact(waarden, streef):
    c = cijfers(indicator(), doel("jaarvolume", streef, 10), kwartalen(*waarden), len(waarden))
    assert c.cumulatief == sum(waarden)
    assert c.verwachting == streef * len(waarden) / 4
    assert not c.cumulatief.is_nan()


@given(st.lists(st.tuples(getallen, getallen, getallen, getallen), min_size=1, max_size=20))
def test_een_voor_een_is_hetzelfde_als_in_een_keer(gevallen):
    """The scalar door and the array are one: the same cases, once alone and once side by side."""
    schaal = [[int(getal * 10_000) for getal in geval] for geval in gevallen]
    boven, doelen, marges, vorige = (np.array(kolom) for kolom in zip(*schaal, strict=True))
    een = np.ones_like(boven)
    norm = oordeelregels.oordeel_norm(boven, een, doelen, marges, een)
    beter = oordeelregels.oordeel_verbetering((boven, een), (vorige, een), marges, 0 * marges, een)
    for plek in range(len(gevallen)):
        deel = slice(plek, plek + 1)
        alleen = oordeelregels.oordeel_norm(boven[deel], een[deel], doelen[deel], marges[deel], een[deel])
        assert norm[plek] == alleen[0]
        alleen = oordeelregels.oordeel_verbetering(
            (boven[deel], een[deel]), (vorige[deel], een[deel]), marges[deel], 0 * marges[deel], een[deel]
        )
        assert beter[plek] == alleen[0]


@given(getallen, getallen, st.decimals(0, 10, places=4), st.decimals(0, 10, places=4))
def test_een_verschil_telt_precies_buiten_de_marges_samen(nu, toen, marge, vorige_marge):
    schaal = [np.array([int(getal * 10_000)]) for getal in (nu, toen, marge, vorige_marge)]
    een = np.array([1])
    uitkomst = oordeelregels.oordeel_verbetering((schaal[0], een), (schaal[1], een), schaal[2], schaal[3], een)[0]
    telt = (nu - toen) ** 2 > marge**2 + vorige_marge**2
    assert (uitkomst != Oordeelcode.NIET_TE_ONDERSCHEIDEN) == telt


def _land(metingen: list[Metingfeit], doelen: list[Doelfeit], feit: Indicatorfeit) -> list[Any]:
    onderdelen = [Onderdeelfeit(1, "eenheid"), Onderdeelfeit(2, "district", 1), Onderdeelfeit(3, "district", 1)]
    onderdelen += [Onderdeelfeit(10 + n, "basisteam", 2 + n % 2) for n in range(5)]
    waarden = Metingen.van(metingen)
    feiten = Rekenfeiten([feit], onderdelen, doelen, waarden, LATER, 30, doeljaren_van(doelen, waarden))
    return als_records(bereken(feiten))


metingen_van_teams = st.lists(
    st.tuples(st.integers(10, 14), st.sampled_from([2024, 2025]), st.integers(1, 4), getallen),
    unique_by=lambda m: m[:3],
    max_size=30,
)


@given(metingen_van_teams, st.randoms())
def test_de_volgorde_van_de_metingen_doet_er_niet_toe(waarden, toeval):
    metingen = [Metingfeit(1, o, j, q, w) for o, j, q, w in waarden]
    anders = toeval.sample(metingen, len(metingen))
    doelen = [doel("jaarvolume", 100, 10), doel("jaarvolume", 100, 10, jaar=2024)]
    feit = indicator(niveau="basisteam")
    assert _land(metingen, doelen, feit) == _land(anders, doelen, feit)


@given(metingen_van_teams)
def test_de_eenheid_is_de_som_van_wat_er_is_en_telt_wat_er_mist(waarden):
    metingen = [Metingfeit(1, o, j, q, w) for o, j, q, w in waarden]
    doelen = [doel("jaarvolume", 100, 10), doel("jaarvolume", 100, 10, jaar=2024)]
    for gemeten in _land(metingen, doelen, indicator(niveau="basisteam")):
        if gemeten.onderdeel_id != 1:
            continue
        eigen = [w for _, j, q, w in waarden if (j, q) == (gemeten.jaar, gemeten.kwartaal)]
        assert (gemeten.moet_leveren, gemeten.geleverd) == (5, len(eigen))
        assert gemeten.teller == (sum(eigen) if eigen else None)
        assert eigen or gemeten.oordeel == "geen_meting"
        assert len(eigen) in (0, 5) or gemeten.oordeel == "onvolledig"
