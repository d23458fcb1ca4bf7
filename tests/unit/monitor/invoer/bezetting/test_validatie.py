"""One row of bezetting as text: read exactly, or every reason why not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formatie.models import Bezetting
from monitor.invoer.bezetting.validatie import (
    BEZETTINGKOLOMMEN,
    PLAATSSOORTEN,
    Opgave,
    lees_opgave,
    opgavetwijfels,
)
from monitor.invoer.regels.validatie import Kader, OnderdeelFeiten
from monitor.invoer.regels.waarneming import Fout, Invoerrij

KADER = Kader(
    indicatoren={},
    onderdelen={
        "A": OnderdeelFeiten("A", "district"),
        "A1": OnderdeelFeiten("A1", "basisteam"),
        "A9": OnderdeelFeiten("A9", "basisteam", geldig_tot=date(2024, 1, 1)),
    },
    vandaag=date(2025, 5, 1),
)
RIJ = dict.fromkeys(BEZETTINGKOLOMMEN, "") | {
    "onderdeel": "A1",
    "soort": "basisteam",
    "jaar": "2025",
    "kwartaal": "1",
    "os": "143,5",
    "nos": "12",
    "status": "definitief",
}


def _lees(**cellen: str) -> Opgave | list[Fout]:
    return lees_opgave(Invoerrij(4, RIJ | cellen), KADER)


def _fouten(**cellen: str) -> set[str]:
    uitkomst = _lees(**cellen)
    return {fout.kolom for fout in uitkomst} if isinstance(uitkomst, list) else set()


def test_een_goede_rij() -> None:
    opgave = _lees(
        aspiranten="20,25", wijkagenten="17,5", wijkagenten_expert="0", meetdatum="2-4-2025", status="Voorlopig"
    )
    assert isinstance(opgave, Opgave)
    assert (opgave.fte, opgave.aspiranten, opgave.ziek) == (Decimal("155.5"), Decimal("20.25"), None)
    assert (opgave.status, opgave.meetdatum, opgave.rij) == ("voorlopig", date(2025, 4, 2), 4)


def test_elke_soort_van_het_model_is_te_lezen() -> None:
    assert set(PLAATSSOORTEN) == set(Bezetting.Soort.values)


@pytest.mark.parametrize(
    ("cellen", "kolommen"),
    [
        ({"onderdeel": "X"}, {"onderdeel"}),
        ({"soort": "totaal"}, {"soort"}),
        ({"soort": "flexteam"}, {"soort"}),
        ({"onderdeel": "A"}, {"soort"}),
        ({"onderdeel": "A9"}, {"onderdeel"}),
        ({"jaar": "25"}, {"jaar"}),
        ({"kwartaal": ""}, {"kwartaal"}),
        ({"kwartaal": "5"}, {"kwartaal"}),
        ({"kwartaal": "3"}, {"kwartaal"}),
        ({"os": ""}, {"os"}),
        ({"os": "nb"}, {"os"}),
        ({"os": "-1"}, {"os"}),
        ({"os": "143,555"}, {"os"}),
        ({"os": "143.5"}, {"os"}),
        ({"nos": "12 fte"}, {"nos"}),
        ({"nos": "100000"}, {"nos"}),
        ({"aspiranten": "143,6"}, {"aspiranten"}),
        ({"aspiranten": "-"}, {"aspiranten"}),
        ({"wijkagenten": "17"}, {"wijkagenten_expert"}),
        ({"wijkagenten_expert": "1"}, {"wijkagenten"}),
        ({"wijkagenten": "100", "wijkagenten_expert": "50"}, {"wijkagenten_expert"}),
        ({"ziek": "156"}, {"ziek"}),
        ({"status": "zeker"}, {"status"}),
        ({"meetdatum": "31-12-2024"}, {"meetdatum"}),
        ({"toelichting": "x" * 2001}, {"toelichting"}),
    ],
)
def test_een_fout_noemt_zijn_kolom(cellen: dict[str, str], kolommen: set[str]) -> None:
    assert _fouten(**cellen) == kolommen


def test_alle_fouten_van_een_rij_tegelijk() -> None:
    assert _fouten(onderdeel="X", os="x", ziek="y", status="") == {"onderdeel", "os", "ziek", "status"}


@given(st.text(max_size=30))
def test_welke_tekst_ook_het_is_een_opgave_of_een_fout(tekst: str) -> None:
    for kolom in BEZETTINGKOLOMMEN:
        uitkomst = _lees(**{kolom: tekst})
        assert isinstance(uitkomst, Opgave) or uitkomst


def _twijfels(fte: str, vorige: str | None, formatie: str | None, *, plan: bool = True) -> list[str]:
    opgave = _lees(os=fte, nos="0")
    assert isinstance(opgave, Opgave)
    getallen = [None if getal is None else Decimal(getal) for getal in (vorige, formatie)]
    return [twijfel.reden for twijfel in opgavetwijfels(opgave, getallen[0], getallen[1], plan=plan)]


@pytest.mark.parametrize(
    ("fte", "vorige", "formatie", "zin"),
    [
        ("15000", "150", "160", "ongeveer 100 keer zo veel als de vorige keer (150 fte)"),
        ("1,5", "150", "160", "ongeveer 100 keer zo weinig"),
        ("241", "150", "160", "meer dan anderhalf keer de formatie (160 fte)"),
        ("79", None, "160", "minder dan de helft van de formatie"),
        ("5", None, None, "geeft hier geen plaatsen"),
    ],
)
def test_wat_twijfel_geeft(fte: str, vorige: str | None, formatie: str | None, zin: str) -> None:
    [reden] = _twijfels(fte, vorige, formatie)
    assert zin in reden


def test_op_de_grens_is_er_geen_twijfel_en_zonder_plan_ook_niet() -> None:
    assert _twijfels("240", "150", "160") == _twijfels("80", "150", "160") == []
    assert _twijfels("900", None, None, plan=False) == []
