"""The monitor set as files: the codes, targets and texts that other programs and pages rely on."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from common.bestanden.toml import Fouten, Tabelrij
from formatie.plan.lezen import lees_organisatie
from monitor.agenda.lezen import Monitorset, Setregel, lees_monitorsets
from strategie.lezen import lees_agendas

FIXTURES = Path(__file__).parents[4] / "fixtures"
JAREN = (2023, 2024, 2025, 2026)
RUBRIEK_THEMA = {
    "Politie voor iedereen": "politie-voor-iedereen",
    "Ondermijning": "opsporing-en-ondermijning",
    "Cybercrime/gedigitaliseerde criminaliteit": "digitale-transformatie",
    "Zorg en veiligheid/Dienstverlening": "zorg-en-veiligheid",
    "Inzetbaarheid": "duurzame-inzetbaarheid",
}
# code → kind, target per year (as printed in Bijlage 2), margin of the monitor
DOELEN = {
    "tevredenheid-algemeen": ("verbetering", None, None),
    "tevredenheid-buurt": ("verbetering", None, None),
    "diverse-instroom": ("minimum", [35] * 4, 2),
    "csv-aangepakt": ("onbekend", None, None),
    "waardebeslag": ("jaarvolume", [20_917_070, 22_034_776, 23_151_482, 24_270_188], 10),
    "verdachten-mensenhandel": ("jaarvolume", [30] * 4, 10),
    "cybercrime-regulier": ("jaarvolume", [39, 45, 51, 57], 10),
    "cybercrime-regulier-csv": None,
    "cybercrime-regulier-alternatief": None,
    "fenomeenonderzoeken": None,
    "fenomeenonderzoeken-alternatief": None,
    "gedigitaliseerd-regulier": ("jaarvolume", [281, 313, 345, 377], 10),
    "gedigitaliseerd-regulier-alternatief": None,
    "aanrijdtijd-prio1": ("minimum", [82] * 4, 2),
    "aanrijdtijd-prio2": ("minimum", [77] * 4, 2),
    "tevredenheid-aangifte": ("verbetering", None, None),
    "bezetting-wijkagenten": ("minimum", [97] * 4, 2),
    "ziekteverzuim": ("maximum", [Decimal("5.9")] * 4, Decimal("0.5")),
    "formatie-bezetting": ("monitoring", None, None),
    "profcheck": ("minimum", [100] * 4, 2),
}


@pytest.fixture(scope="module")
def sets() -> Monitorset:
    fouten = Fouten()
    codes = lees_organisatie(FIXTURES, fouten).codes
    sets = lees_monitorsets(FIXTURES, lees_agendas(FIXTURES, fouten), codes, fouten)
    assert not fouten
    return sets


def bladen(sets: Monitorset) -> dict[str, Tabelrij]:
    """The definition of every indicator."""
    return {code: blad for code, per_agenda in sets.bladen.items() for blad in per_agenda.values()}


@pytest.fixture(scope="module")
def regels(sets: Monitorset) -> dict[str, Setregel]:
    return {regel.code: regel for regel in sets.regels}


def test_exactly_the_fixed_codes(sets: Monitorset) -> None:
    assert bladen(sets).keys() == DOELEN.keys()


@pytest.mark.parametrize("code", DOELEN)
def test_target(regels: dict[str, Setregel], code: str) -> None:
    versies = [versie for jaar in JAREN for versie in regels[code].versies.get(jaar, [])]
    verwacht = DOELEN[code]
    if verwacht is None:
        assert not versies
        return
    soort, waarden, marge = verwacht
    assert [versie.streefwaarde for versie in versies] == (waarden or [None] * 4)
    assert {(versie.soort, versie.marge) for versie in versies} == {(soort, marge)}


LANDELIJK = {
    # Memorie van Toelichting JenV 2024, per year from 2023
    "waardebeslag": [190_000_000, 200_000_000, 210_000_000, 220_000_000],
    "verdachten-mensenhandel": [220] * 4,
    "cybercrime-regulier": [310, 350, 400, 450],
}


@pytest.mark.parametrize("code", DOELEN)
def test_the_national_target_with_its_source(regels: dict[str, Setregel], code: str) -> None:
    rijen = regels[code].landelijk
    assert [rij["streefwaarde"] for rij in rijen] == LANDELIJK.get(code, [])
    assert {rij["bron"] for rij in rijen} <= {"Memorie van Toelichting JenV 2024"}


@pytest.mark.parametrize("code", LANDELIJK)
def test_the_share_is_computed_and_typed_nowhere(sets: Monitorset, code: str) -> None:
    assert "%" not in bladen(sets)[code]["opmerking"].replace("10%", "").replace("30%", "")


@pytest.mark.parametrize("code", [code for code, doel in DOELEN.items() if doel is None])
def test_no_printed_target_is_said(sets: Monitorset, regels: dict[str, Setregel], code: str) -> None:
    assert "geen doelstelling" in bladen(sets)[code]["opmerking"]
    assert not regels[code].regel["gedrukt_doel"]


@pytest.mark.parametrize("code", DOELEN)
def test_a_margin_is_marked_as_the_monitors_own(sets: Monitorset, code: str) -> None:
    heeft_marge = DOELEN[code] is not None and DOELEN[code][2] is not None
    assert ("van de monitor zelf" in bladen(sets)[code]["opmerking"]) == heeft_marge


@pytest.mark.parametrize("code", DOELEN)
def test_the_level_is_explained(sets: Monitorset, code: str) -> None:
    rij = bladen(sets)[code]
    assert f"Niveau {rij['niveau']}" in rij["opmerking"]


def test_rubriek_belongs_to_its_theme(regels: dict[str, Setregel]) -> None:
    for regel in regels.values():
        assert regel.thema == RUBRIEK_THEMA[regel.regel["rubriek"]]


def test_a_maximum_without_comparator_is_said_to_be_a_reading(sets: Monitorset) -> None:
    assert "lezing van de monitor" in bladen(sets)["ziekteverzuim"]["definitie"]


def test_nb_is_said_to_be_unknown(sets: Monitorset) -> None:
    assert "Het is niet 0" in bladen(sets)["csv-aangepakt"]["opmerking"]


def test_small_numbers_stay_at_the_eenheid(sets: Monitorset) -> None:
    gevoelig = {code: rij["niveau"] for code, rij in bladen(sets).items() if rij["gevoelig"]}
    assert gevoelig == {"verdachten-mensenhandel": "eenheid", "csv-aangepakt": "eenheid"}


def test_percentages_have_teller_and_noemer_and_surveys_do_not(sets: Monitorset) -> None:
    for code, rij in bladen(sets).items():
        if rij["eenheid"] == "%":
            assert rij["aggregatie"] == ("enquete" if code.startswith("tevredenheid") else "verhouding")


def test_a_part_is_of_the_same_kind_as_its_whole(sets: Monitorset) -> None:
    delen = {code: rij["waarvan_van"] for code, rij in bladen(sets).items() if rij["waarvan_van"]}
    assert delen == {
        "cybercrime-regulier-csv": "cybercrime-regulier",
        "cybercrime-regulier-alternatief": "cybercrime-regulier",
        "fenomeenonderzoeken-alternatief": "fenomeenonderzoeken",
        "gedigitaliseerd-regulier-alternatief": "gedigitaliseerd-regulier",
    }
