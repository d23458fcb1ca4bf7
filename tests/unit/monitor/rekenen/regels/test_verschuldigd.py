"""Of whom and when a value is asked."""

from __future__ import annotations

import pytest

from monitor.rekenen.regels.verschuldigd import is_gevraagd, is_meetmoment


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
