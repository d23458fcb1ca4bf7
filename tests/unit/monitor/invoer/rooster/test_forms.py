"""The token of a row, and a value as the text someone would have typed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest

from common.tekst.periode import Kwartaal
from monitor.invoer.regels.validatie import IndicatorFeiten, Kader, OnderdeelFeiten, lees_rij
from monitor.invoer.regels.waarneming import Waarneming
from monitor.invoer.rooster.celtekst import (
    als_rij,
    kolommen_van,
    lees_token,
    maak_token,
    schoon,
    teksten_van,
    wordt_getypt,
)

Q3 = Kwartaal(2025, 3)
TEAM = OnderdeelFeiten("A1", "basisteam")


def feiten(aggregatie: str = "som", eenheid: str = "%", **anders: object) -> IndicatorFeiten:
    velden = {"code": "i", "frequentie": "kwartaal", "niveau": "basisteam", "richting": "hoger", "eerste_jaar": 2021}
    return IndicatorFeiten(aggregatie=aggregatie, eenheid=eenheid, decimalen=1, **velden | anders)  # type: ignore[arg-type]


def waarneming(**anders: object) -> Waarneming:
    velden = dict.fromkeys(("waarde", "teller", "noemer", "marge")) | {
        "rij": 1, "indicator": "i", "onderdeel": "A1", "jaar": 2025, "kwartaal": 3, "onbekend": False,
        "status": "voorlopig", "meetdatum": date(2025, 10, 5), "toelichting": "Een \u201ctoelichting\u201d",
    }  # fmt: skip
    return Waarneming(**velden | anders)  # type: ignore[arg-type]


def test_een_onaangeraakte_rij_is_aan_haar_token_te_herkennen() -> None:
    cellen = {"waarde": "12", "status": "definitief", "toelichting": ""}
    token = maak_token(3, cellen)
    assert lees_token(token, cellen) == (3, False)
    assert lees_token(token, {"waarde": " 12 ", "status": "definitief"}) == (3, False)
    assert lees_token(token, {**cellen, "waarde": "13"}) == (3, True)


def test_regeleinden_en_een_ingevulde_status_tellen_niet_als_wijziging() -> None:
    assert lees_token(maak_token(1, {"toelichting": "a\nb"}), {"toelichting": "a b"}) == (1, False)
    assert lees_token(maak_token(0, {}), {"waarde": "", "status": "definitief"}) == (0, False)


@pytest.mark.parametrize(
    "token", ["", "1", "1:", "x:0123456789abcdef", "-1:0123456789abcdef", "1:0123456789ABCDEF", f"٣:{'0' * 16}"]
)
def test_wat_geen_token_is(token: str) -> None:
    assert lees_token(token, {}) is None


def test_lege_cellen_vallen_weg() -> None:
    assert schoon({"waarde": " 1 ", "teller": "", "status": "definitief"}) == {"waarde": "1", "status": "definitief"}
    assert schoon({"status": "definitief", "toelichting": "  "}) == {}


@pytest.mark.parametrize(
    ("aggregatie", "eenheid", "cijfers"),
    [
        ("som", "€", {"waarde": Decimal("20917070.5000")}),
        ("som", "%", {"waarde": Decimal("1.2340")}),
        ("stand", "%", {"waarde": Decimal("1E+2")}),
        ("verhouding", "%", {"teller": Decimal("352.0000"), "noemer": Decimal("1421.5000")}),
        ("verhouding", "%", {"onbekend": True}),
        ("som", "€", {"onbekend": True}),
        ("enquete", "%", {"waarde": Decimal(45), "marge": Decimal("1.5"), "kwartaal": None, "jaar": 2023}),
    ],
)
def test_een_waarde_als_tekst_wordt_als_dezelfde_waarde_gelezen(
    aggregatie: str, eenheid: str, cijfers: dict[str, object]
) -> None:
    bron, indicator = waarneming(**cijfers), feiten(aggregatie, eenheid)
    kader = Kader({"i": indicator}, {"A1": TEAM}, date(2026, 1, 1))
    cellen = teksten_van(asdict(bron), verhouding=aggregatie == "verhouding")
    kwartaal = Kwartaal(bron.jaar, bron.kwartaal or 4)
    assert set(cellen) <= set(kolommen_van(indicator))
    assert lees_rij(als_rij(1, ("i", "A1"), kwartaal, cellen, kader), kader) == bron


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({}, True),
        ({"herkomst": "import"}, True),
        ({"herkomst": "afgeleid"}, False),
        ({"niveau": "district"}, False),
        ({"niet_voor": {"A1"}}, False),
        ({"frequentie": "jaar"}, False),
        ({"frequentie": "halfjaar"}, False),
    ],
)
def test_wat_voor_een_kwartaal_getypt_wordt(anders: dict[str, object], verwacht: bool) -> None:
    assert wordt_getypt(feiten(**anders), TEAM, Q3) is verwacht


def test_een_onderdeel_dat_niet_meer_bestaat_levert_niets() -> None:
    assert not wordt_getypt(feiten(), OnderdeelFeiten("A1", "basisteam", geldig_tot=date(2025, 7, 1)), Q3)
    assert not wordt_getypt(feiten(), OnderdeelFeiten("A1", "basisteam", geldig_tot=date(2025, 9, 30)), Q3)
    assert wordt_getypt(feiten(), OnderdeelFeiten("A1", "basisteam", geldig_tot=date(2025, 10, 1)), Q3)
