"""Faults in the organisation that the loaded plan must never have."""

from __future__ import annotations

from pathlib import Path

import pytest

from common.bestanden.toml import Fouten
from formatie.plan.lezen import lees_organisatie

EENHEID = '[[onderdeel]]\ncode = "RE07"\nnaam = "Eenheid"\nsoort = "eenheid"\nvolgorde = 1\nbronregel = "1"\n'


def onderdeel(code: str, soort: str, ouder: str, extra: str = "") -> str:
    regels = (f'code = "{code}"', 'naam = "Naam"', f'soort = "{soort}"', f'ouder = "{ouder}"', "volgorde = 2", extra)
    return "[[onderdeel]]\n" + "\n".join(regels) + '\nbronregel = "1"\n'


def redenen(map_: Path, tekst: str) -> list[str]:
    (map_ / "organisatie").mkdir()
    (map_ / "organisatie/onderdelen.toml").write_text(tekst, encoding="utf-8")
    (map_ / "organisatie/gemeenten.toml").write_text("", encoding="utf-8")
    fouten = Fouten()
    lees_organisatie(map_, fouten)
    return [fout.reden for fout in fouten]


@pytest.mark.parametrize(
    ("tekst", "reden"),
    [
        (onderdeel("A", "district", "Z9"), "'ouder' noemt een onbekend onderdeel 'Z9'"),
        (onderdeel("A1", "basisteam", "RE07"), "een basisteam kan niet onder RE07 staan"),
        (onderdeel("A", "district", "A"), "een district kan niet onder A staan"),
        (onderdeel("A", "district", ""), "een district kan niet zonder ouder staan"),
        (onderdeel("K", "korps", "RE07"), "een korps kan niet onder RE07 staan"),
        (
            onderdeel("A", "district", "RE07", "geldig_vanaf = 2024-01-01\ngeldig_tot = 2024-01-01"),
            "'geldig_tot' ligt niet na 'geldig_vanaf'",
        ),
    ],
)
def test_refuses(tmp_path: Path, tekst: str, reden: str) -> None:
    assert redenen(tmp_path, EENHEID + tekst) == [reden]


def test_a_korps_above_several_eenheden_is_possible(tmp_path: Path) -> None:
    korps = EENHEID.replace("RE07", "KORPS").replace('"eenheid"', '"korps"')
    twee = onderdeel("RE06", "eenheid", "KORPS") + onderdeel("RE08", "eenheid", "KORPS")
    assert redenen(tmp_path, korps + twee + onderdeel("A", "district", "RE06")) == []
