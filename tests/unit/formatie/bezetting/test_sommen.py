"""The sums of people and places, for whatever is reported and whatever is not."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formatie.bezetting.sommen import (
    MENSKOLOMMEN,
    NIETS_VASTGESTELD,
    Mensen,
    Stand,
    inzetbaar,
    met_plaatsen,
    netjes,
    samen,
    som,
    tel_mensen_op,
    woord,
)

fte = st.decimals(0, 9999, places=2, allow_nan=False, allow_infinity=False)
misschien = st.none() | fte
mensen = st.builds(Mensen, **dict.fromkeys(MENSKOLOMMEN, misschien))
plek = st.tuples(st.sampled_from(("A", "A1", "A2", "A3")), st.sampled_from(("basisteam", "leiding", "flexteam")))


@settings(deadline=None)
@given(st.lists(mensen, max_size=8))
def test_een_geheel_is_de_som_van_zijn_delen_of_er_is_geen_geheel(delen: list[Mensen]) -> None:
    geheel = samen(delen)
    for kolom in MENSKOLOMMEN:
        waarden = [getattr(deel, kolom) for deel in delen]
        if not waarden or None in waarden:
            assert getattr(geheel, kolom) is None
        else:
            assert getattr(geheel, kolom) == sum(waarden)


@settings(deadline=None)
@given(st.dictionaries(plek, fte), st.dictionaries(plek, st.builds(Mensen, fte=fte)))
def test_het_verschil_van_het_geheel_is_de_som_van_de_verschillen(
    plaatsen: dict[tuple[str, str], D], wie: dict[tuple[str, str], Mensen]
) -> None:
    geheel = tel_mensen_op(met_plaatsen(plaatsen), wie)
    nodig = {plek for plek, aantal in plaatsen.items() if aantal}
    if not nodig | wie.keys() or nodig - wie.keys():
        assert geheel.fte is None
        assert geheel.reden
        return
    verschillen = [Stand(plaatsen.get(p, D(0)), m.fte).verschil for p, m in wie.items()]
    assert Stand(sum(plaatsen.values(), D(0)), geheel.fte).verschil == som(verschillen)
    assert geheel.reden == ""


@settings(deadline=None)
@given(misschien, misschien)
def test_verschil_en_percentage_bestaan_alleen_waar_zij_iets_betekenen(formatie: D | None, bezetting: D | None) -> None:
    stand = Stand(formatie, bezetting)
    if formatie is None or bezetting is None:
        assert stand.verschil is None
    else:
        assert stand.verschil == bezetting - formatie
        assert (stand.verschil < 0) == (woord(stand.verschil) == "te weinig")
    assert (stand.percentage is None) == (bezetting is None or not formatie)


def test_niets_opgegeven_is_geen_nul() -> None:
    assert som([]) is None
    assert som([D(1), None]) is None
    assert som([D(0)]) == 0
    assert tel_mensen_op({("A1", "basisteam"): D(3)}, {}).reden == NIETS_VASTGESTELD
    half = tel_mensen_op(
        {("A1", "basisteam"): D(3), ("A2", "basisteam"): D(4)}, {("A1", "basisteam"): Mensen(fte=D(3))}
    )
    assert half.fte is None
    assert half.reden == "de bezetting is vastgesteld voor 1 van de 2 onderdelen"
    assert inzetbaar(None, D(40)) is None
    assert inzetbaar(D("61.5"), D(40)) == D("24.6")


def test_een_onderdeel_zonder_plaatsen_hoeft_niets_op_te_geven_maar_telt_mee_als_het_dat_doet() -> None:
    plaatsen = {("A1", "basisteam"): D(3), ("A", "flexteam"): D(0)}
    gevraagd = met_plaatsen(plaatsen)
    assert tel_mensen_op(gevraagd, {("A1", "basisteam"): Mensen(fte=D(2))}).fte == 2
    assert (
        tel_mensen_op(gevraagd, {("A1", "basisteam"): Mensen(fte=D(2)), ("A", "flexteam"): Mensen(fte=D(1))}).fte == 3
    )


def test_een_geheel_met_een_voorlopig_deel_is_voorlopig() -> None:
    assert samen([Mensen(fte=D(1)), Mensen(fte=D(1), voorlopig=True)]).voorlopig
    assert not samen([Mensen(fte=D(1))]).voorlopig


@pytest.mark.parametrize(("waarde", "toont"), [("120.50", "120.5"), ("120.00", "120.0"), ("120.25", "120.25")])
def test_een_decimaal_tenzij_dat_iets_verliest(waarde: str, toont: str) -> None:
    assert str(netjes(D(waarde))) == toont
    assert netjes(None) is None
