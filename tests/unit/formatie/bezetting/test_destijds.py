"""What of the unit of an earlier day is left for who may not see parts of it."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from common.tekst.periode import Kwartaal
from formatie.bezetting.sommen import KOLOMMEN, TOTAAL, Lezerszicht, Opgeteld, Somcel, alleen_compleet, destijds

Q = Kwartaal(2025, 4)
cellen = st.builds(Somcel, waarde=st.integers(0, 999).map(Decimal), verborgen=st.sampled_from(["", "te klein"]),
                   gemeld=st.integers(1, 4))  # fmt: skip
sommen = st.builds(
    lambda gemeld, erbij, gevuld: Opgeteld("RE07", Q, gemeld, gemeld + erbij, gevuld),
    st.integers(0, 4),
    st.integers(0, 2),
    st.dictionaries(st.tuples(st.just(TOTAAL), st.sampled_from(KOLOMMEN)), cellen, max_size=6),
)


def test_alleen_districten_waarvan_ook_kleine_aantallen_te_zien_zijn() -> None:
    blik = destijds(Lezerszicht("RE07", frozenset("ABC"), frozenset("A")))
    assert blik.districten == blik.precies == frozenset("A")
    assert destijds(Lezerszicht("RE07", frozenset("AB"))).districten == frozenset()


@given(sommen, sommen)
def test_wat_overblijft_is_compleet_en_van_evenveel_delen_als_nu(toen: Opgeteld, nu: Opgeteld) -> None:
    som = alleen_compleet(toen, nu)
    assert not som.cellen or (som.volledig and som.gemeld >= nu.gemeld)
    for plek, cel in som.cellen.items():
        assert cel.gemeld == nu.cellen[plek].gemeld
        assert cel.waarde is None or (cel == toen.cellen[plek] and not nu.cellen[plek].verborgen)


@given(sommen)
def test_als_er_niets_veranderde_blijft_wat_compleet_is(som: Opgeteld) -> None:
    zelfde = alleen_compleet(som, som)
    zichtbaar = {plek for plek, cel in som.cellen.items() if not cel.verborgen}
    assert {plek for plek, cel in zelfde.cellen.items() if cel.waarde is not None} == (
        zichtbaar if som.volledig else set()
    )


def test_meer_onderdelen_dan_toen_verwacht_zegt_hoeveel() -> None:
    som = alleen_compleet(
        Opgeteld("RE07", Q, 4, 4, {(TOTAAL, "fte"): Somcel(Decimal(9), gemeld=4)}), Opgeteld("RE07", Q, 5, 5)
    )
    assert (som.onvolledig_tekst, som.cellen) == ("4 van 5 onderdelen", {})
