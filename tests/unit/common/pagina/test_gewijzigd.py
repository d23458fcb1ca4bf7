"""The sentence about what changed: right in number, for one and for many."""

from __future__ import annotations

from datetime import date

import pytest

from common.pagina.gewijzigd import GETOOND, Correctie, Gewijzigd, Naam

DAG = date(2026, 6, 30)
WAARDE, DOEL = ("waarde", "waarden"), ("doel", "doelen")


def wijzigingen(aantal: int) -> list[Correctie]:
    return [Correctie("Naam", "/adres/", "Q1 2026", "1", "2", date(2026, 8, 1 + n)) for n in range(aantal)]


@pytest.mark.parametrize(
    ("waarden", "doelen", "nieuw", "zin"),
    [
        (0, 0, 0, "Sinds 30-06-2026 is aan deze cijfers niets gewijzigd."),
        (1, 0, 0, "Sinds 30-06-2026 is 1 waarde gewijzigd."),
        (0, 1, 0, "Sinds 30-06-2026 is 1 doel gewijzigd."),
        (3, 1, 22, "Sinds 30-06-2026 zijn 3 waarden en 1 doel gewijzigd, en kwamen er 22 waarden bij."),
        (2, 0, 1, "Sinds 30-06-2026 zijn 2 waarden gewijzigd, en kwam er 1 waarde bij."),
        (0, 0, 1039, "Sinds 30-06-2026 kwamen er 1.039 waarden bij; wat er al was, is niet gewijzigd."),
    ],
)
def test_de_zin(waarden: int, doelen: int, nieuw: int, zin: str) -> None:
    soorten: list[tuple[Naam, list[Correctie]]] = [(WAARDE, wijzigingen(waarden)), (DOEL, wijzigingen(doelen))]
    assert Gewijzigd(DAG, soorten, nieuw).zin == zin


def test_van_wie_de_nieuwe_waarden_zijn_staat_erbij() -> None:
    zin = Gewijzigd(DAG, [(WAARDE, [])], 3, "1 van de eenheid en 2 van teams").zin
    assert zin.startswith("Sinds 30-06-2026 kwamen er 3 waarden bij (1 van de eenheid en 2 van teams); ")


def test_de_laatste_staat_vooraan_en_niets_raakt_zoek() -> None:
    gevonden = Gewijzigd(DAG, [(WAARDE, wijzigingen(9)), (DOEL, [])])
    assert len(gevonden.eerste) == GETOOND
    assert [w.op.day for w in [*gevonden.eerste, *gevonden.rest]] == list(range(9, 0, -1))
