from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from common.bestanden.toml import Dag, Fouten, Getal, Heel, JaNee, Lijst, Onjuist, Schema, Tekst, Veld, lees_toml


@pytest.mark.parametrize(
    ("veld", "waarde", "verwacht"),
    [
        (Tekst(), "  Rotterdam ", "Rotterdam"),
        (Heel(), 0, 0),
        (Getal(), 82, Decimal(82)),
        (Getal(decimalen=1), Decimal("16.0"), Decimal("16.0")),
        (Dag(), date(2023, 1, 1), date(2023, 1, 1)),
        (JaNee(), False, False),
        (Lijst(), ["A", "B"], ("A", "B")),
    ],
)
def test_reads(veld: Veld, waarde: Any, verwacht: Any) -> None:
    assert veld.lees(waarde) == verwacht


def test_the_decimals_of_a_number_are_kept() -> None:
    assert str(Getal(decimalen=1).lees(Decimal("16.0"))) == "16.0"


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        (Tekst(), 5),
        (Tekst(), "  "),
        (Tekst(lengte=3), "vier"),
        (Tekst(), "a\x00b"),
        (Tekst(), "a\u202eb"),
        (Heel(), "5"),
        (Heel(), True),
        (Heel(), Decimal("5.0")),
        (Heel(), -1),
        (Getal(), "5,9"),
        (Getal(), True),
        (Getal(), 5.9),
        (Getal(), Decimal("NaN")),
        (Getal(), Decimal("Infinity")),
        (Getal(), Decimal("1e400")),
        (Getal(), Decimal("1E+2")),
        (Getal(decimalen=1), Decimal("1.25")),
        (Dag(), "2023-01-01"),
        (Dag(), date(1, 1, 1)),
        (Dag(), datetime(2023, 1, 1, tzinfo=UTC)),
        (JaNee(), "ja"),
        (JaNee(), 1),
        (Lijst(), "A"),
        (Lijst(), ["A", 1]),
    ],
)
def test_refuses(veld: Veld, waarde: Any) -> None:
    with pytest.raises(Onjuist):
        veld.lees(waarde)


def test_a_schema_names_every_fault_of_a_row() -> None:
    fouten = Fouten()
    schema = Schema({"naam": Tekst(), "jaar": Heel(), "opmerking": Tekst(verplicht=False)})
    assert schema.lees({"jaar": "2023", "extra": 1}, "a.toml", "rij 1", fouten) is None
    assert sorted(map(str, fouten)) == [
        "a.toml: rij 1: 'jaar' moet een heel getal zijn, er staat tekst",
        "a.toml: rij 1: 'naam' ontbreekt",
        "a.toml: rij 1: onbekende sleutel 'extra'",
    ]


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        (b"a = 1\nnaam = ?\n", "a.toml: regel 2, kolom 8: geen geldige TOML"),
        (b"naam = 1\nnaam = 2\n", "geen geldige TOML"),
        (b"naam = 2023-02-30\n", "geen geldige TOML"),
        (b"naam = " + b"9" * 5000, "geen geldige TOML"),
        (b"naam = " + b"[" * 5000, "geen geldige TOML"),
        (b"naam = 'Co\xebvorden'\n", "a.toml: byte 10: het bestand is geen UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, inhoud: bytes, melding: str) -> None:
    (tmp_path / "a.toml").write_bytes(inhoud)
    fouten = Fouten()
    assert lees_toml(tmp_path / "a.toml", tmp_path, fouten) == ("a.toml", {})
    assert melding in str(fouten[0])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    fouten = Fouten()
    lees_toml(tmp_path / "weg.toml", tmp_path, fouten)
    assert [str(fout) for fout in fouten] == ["weg.toml: het bestand ontbreekt"]


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xef\xbb\xbfnaam = 'a'\r\njaar = 1.50\r\n")
    fouten = Fouten()
    assert lees_toml(tmp_path / "a.toml", tmp_path, fouten)[1] == {"naam": "a", "jaar": Decimal("1.50")}
    assert not fouten


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.toml").mkdir()
    fouten = Fouten()
    lees_toml(tmp_path / "a.toml", tmp_path, fouten)
    assert "niet te lezen" in str(fouten[0])
