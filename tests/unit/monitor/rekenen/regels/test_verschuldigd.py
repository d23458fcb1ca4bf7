"""Of whom and when a value is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.tekst.periode import Kwartaal
from monitor.rekenen.regels.feiten import Indicatorfeit, Metingen, Onderdeelfeit, Rekenfeiten
from monitor.rekenen.regels.kubus import Assen, eigen_waarden
from monitor.rekenen.regels.verschuldigd import (
    is_gevraagd,
    is_meetmoment,
    is_verschuldigd,
    telt_in,
    uitgezonderden,
)


@pytest.mark.parametrize(
    ("frequentie", "gevraagd"),
    [("kwartaal", [1, 2, 3, 4]), ("halfjaar", [2, 4]), ("jaar", [4]), ("tweejaarlijks", [4])],
)
def test_elke_frequentie_heeft_haar_kwartalen(frequentie: str, gevraagd: list[int]) -> None:
    assert [q for q in (1, 2, 3, 4) if is_meetmoment(frequentie, 2021, 2025, q)] == gevraagd


@pytest.mark.parametrize(("jaar", "gevraagd"), [(2019, False), (2021, True), (2024, False), (2025, True)])
def test_een_tweejaarlijkse_meting_telt_vanaf_haar_eerste_jaar(jaar: int, gevraagd: bool) -> None:
    assert is_meetmoment("tweejaarlijks", 2021, jaar, 4) is gevraagd


@pytest.mark.parametrize(
    ("aggregatie", "niveau", "soorten"),
    [
        ("som", "basisteam", ["basisteam"]),
        ("verhouding", "district", ["district"]),
        ("stand", "eenheid", ["eenheid"]),
        ("enquete", "basisteam", ["eenheid", "district", "basisteam"]),
        ("enquete", "district", ["eenheid", "district"]),
        ("enquete", "eenheid", ["eenheid"]),
    ],
)
def test_alleen_een_enquete_wordt_ook_boven_haar_niveau_gevraagd(
    aggregatie: str, niveau: str, soorten: list[str]
) -> None:
    alle = ("korps", "eenheid", "dienst", "district", "basisteam")
    assert [soort for soort in alle if is_gevraagd(aggregatie, niveau, soort)] == soorten


def test_een_afgeleide_stand_heeft_op_elk_niveau_een_eigen_waarde() -> None:
    """A district is more than its teams; of a derived ratio the teams are all there is."""
    alle = ("korps", "eenheid", "district", "basisteam")
    assert [s for s in alle if is_gevraagd("stand", "basisteam", s, "afgeleid")] == ["eenheid", "district", "basisteam"]
    assert [s for s in alle if is_gevraagd("verhouding", "basisteam", s, "afgeleid")] == ["basisteam"]


def test_een_heel_jaar_past_bij_elke_frequentie_in_haar_eigen_jaren() -> None:
    assert all(is_meetmoment(frequentie, None, 2025, None) for frequentie in ("kwartaal", "halfjaar", "jaar"))
    eigen = [jaar for jaar in range(2019, 2026) if is_meetmoment("tweejaarlijks", 2021, jaar, None)]
    assert eigen == [2021, 2023, 2025]


OUDERS = {1: None, 2: 1, 3: 1, 4: 2, 5: 2, 6: 3}


@pytest.mark.parametrize(
    ("niet_voor", "alles"), [((), set()), ((4,), {4}), ((2,), {2, 4, 5}), ((1,), {1, 2, 3, 4, 5, 6}), ((9,), {9})]
)
def test_onder_een_uitgezonderd_onderdeel_is_alles_uitgezonderd(niet_voor: tuple[int, ...], alles: set[int]) -> None:
    assert uitgezonderden(niet_voor, OUDERS) == alles


SOORTEN = {1: "eenheid", 2: "district", 3: "district", 4: "basisteam", 5: "basisteam", 6: "basisteam"}
dagen = st.none() | st.dates(date(2021, 1, 1), date(2027, 12, 31))
kwartaalteksten = st.just("") | st.builds("{}-Q{}".format, st.integers(2021, 2026), st.integers(1, 4))
indicatoren = st.builds(
    Indicatorfeit,
    id=st.just(1),
    aggregatie=st.sampled_from(["som", "verhouding", "stand", "enquete"]),
    richting=st.just("hoger"),
    frequentie=st.sampled_from(["kwartaal", "halfjaar", "jaar", "tweejaarlijks"]),
    niveau=st.sampled_from(["eenheid", "district", "basisteam"]),
    eerste_jaar=st.none() | st.integers(2021, 2026),
    vanaf=kwartaalteksten,
    tot=kwartaalteksten,
    niet_voor=st.frozensets(st.sampled_from(list(OUDERS))),
)
agendas = st.integers(2022, 2025).map(lambda eind: ((2021, eind), (eind + 1, 2026)))
jaren = st.tuples(st.integers(2021, 2026), st.integers(2021, 2026)).map(lambda paar: (min(paar), max(paar)))


@given(
    st.lists(indicatoren, min_size=2, max_size=2),
    agendas,
    st.sets(st.integers(0, 1), min_size=1),
    st.tuples(*[st.tuples(dagen, dagen)] * len(OUDERS)),
    jaren,
)
def test_de_berekening_vraagt_wat_de_regel_vraagt(bladen, twee, gedrukt, geldig, plan) -> None:
    """The rule over arrays is the rule of one value, for every onderdeel, year and quarter, by each year's agenda."""
    eerste, later = bladen
    later = replace(later, aggregatie=eerste.aggregatie, begin_jaar=twee[1][0])
    van_agendas = tuple(twee[nummer] for nummer in sorted(gedrukt))
    indicator = replace(eerste, later=(later,), agendas=van_agendas, eerste_agenda=2021)
    onderdelen = [
        Onderdeelfeit(pk, SOORTEN[pk], OUDERS[pk], *van_tot) for pk, van_tot in zip(OUDERS, geldig, strict=True)
    ]
    feiten = Rekenfeiten([indicator], onderdelen, [], Metingen.van([]), date(2026, 11, 23), 30, {1: plan})
    assen = Assen(feiten.indicatoren, onderdelen, range(2021, 2027))
    moet = eigen_waarden(assen, feiten)[0].moet[0]
    for (o, onderdeel), (j, jaar), q in product(enumerate(onderdelen), enumerate(assen.jaren), range(4)):
        blad = later if jaar >= later.begin_jaar else eerste
        weg = onderdeel.id in uitgezonderden(blad.niet_voor, OUDERS)
        gevraagd = is_verschuldigd(blad, onderdeel, Kwartaal(jaar, q + 1), van_agendas, uitgezonderd=weg)
        assert bool(moet[o, j, q]) is (gevraagd and plan[0] <= jaar <= plan[1])


def test_een_eerste_en_een_laatste_kwartaal_tellen_zelf_mee() -> None:
    feit = Indicatorfeit(1, "som", "hoger", "kwartaal", "eenheid", vanaf="2026-Q3", tot="2027-Q1")
    kwartalen = [Kwartaal(jaar, nummer) for jaar in (2026, 2027) for nummer in (1, 2, 3, 4)]
    assert [str(k) for k in kwartalen if telt_in(feit, k)] == ["2026-Q3", "2026-Q4", "2027-Q1"]
