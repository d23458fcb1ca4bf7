"""Which team works where: what the file says, and every fault of a file at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from common.bestanden.toml import Fouten, Tabelrij
from formatie.plan.gemeenten import lees_werkgebieden
from formatie.plan.lezen import lees_organisatie

FIXTURES = Path(__file__).parents[4] / "fixtures"
# In a second transcription; (naam) is what rests on the name of the team only.
GEBIEDEN = """
A1: maassluis, rotterdam/Hoek van Holland, vlaardingen
A2: schiedam (naam)
B1: rotterdam/Delfshaven (naam)
B2: rotterdam/Centrum
D1: rotterdam/Charlois (naam)
D2: rotterdam/Feijenoord
D3: rotterdam/IJsselmonde (naam)
E1: brielle, goeree-overflakkee, hellevoetsluis, rotterdam/Rozenburg, westvoorne
E2: nissewaard
E3: albrandswaard, barendrecht, ridderkerk, rotterdam/Hoogvliet
F1: hoeksche-waard (naam)
F4: gorinchem, hardinxveld-giessendam, molenlanden
"""
ONDERDELEN = [
    Tabelrij("o.toml", "1", {"code": "E1", "soort": "basisteam", "geldig_vanaf": None, "geldig_tot": None}),
    Tabelrij("o.toml", "2", {"code": "E2", "soort": "basisteam", "geldig_vanaf": None, "geldig_tot": None}),
    Tabelrij("o.toml", "3", {"code": "E", "soort": "district", "geldig_vanaf": None, "geldig_tot": None}),
    Tabelrij(
        "o.toml",
        "4",
        {"code": "E9", "soort": "basisteam", "geldig_vanaf": date(2024, 1, 1), "geldig_tot": date(2026, 7, 1)},
    ),
]
GEMEENTEN = [Tabelrij("g.toml", "1", {"slug": "brielle"})]


def lees(tmp_path: Path, *rijen: str) -> tuple[list[Tabelrij], list[str]]:
    map_ = tmp_path / "organisatie"
    map_.mkdir()
    tekst = "\n".join(f'[[werkgebied]]\ngrond = "bron"\nbron = "proef"\n{rij}' for rij in rijen)
    (map_ / "werkgebieden.toml").write_text(tekst, encoding="utf-8")
    fouten = Fouten()
    return lees_werkgebieden(tmp_path, ONDERDELEN, GEMEENTEN, fouten), [fout.reden for fout in fouten]


def rij(team: str = "E1", gemeente: str = "brielle", **velden: str) -> str:
    los = "\n".join(f"{naam} = {waarde}" for naam, waarde in velden.items())
    return f'basisteam = "{team}"\ngemeente = "{gemeente}"\n{los}'


def test_the_file_says_what_the_sources_say_and_no_more() -> None:
    fouten = Fouten()
    gelezen: dict[str, list[str]] = {}
    for gebied in lees_organisatie(FIXTURES, fouten).werkgebieden:
        deel = f"/{gebied['gebied']}" if gebied["gebied"] else ""
        naam = " (naam)" if gebied["grond"] == "naam" else ""
        gelezen.setdefault(gebied["basisteam"], []).append(f"{gebied['gemeente']}{deel}{naam}")
        assert bool(gebied["bronregel"]) is bool(naam)
    verwacht = dict(regel.split(": ") for regel in GEBIEDEN.strip().splitlines())
    assert not fouten
    assert {team: ", ".join(sorted(delen)) for team, delen in gelezen.items()} == verwacht


def test_without_a_file_nothing_is_known_and_nothing_is_wrong(tmp_path: Path) -> None:
    fouten = Fouten()
    assert lees_werkgebieden(tmp_path, ONDERDELEN, GEMEENTEN, fouten) == []
    assert not fouten


def test_every_fault_at_once(tmp_path: Path) -> None:
    _, fouten = lees(tmp_path, rij("E"), rij("weg", "nergens"), rij(kleur='"rood"'))
    assert fouten == [
        "onbekende sleutel 'kleur'",
        "'basisteam' noemt geen basisteam: 'E'",
        "'basisteam' noemt geen basisteam: 'weg'",
        "'gemeente' noemt een onbekende gemeente 'nergens'",
    ]


@pytest.mark.parametrize(
    ("eerste", "tweede", "fout"),
    [
        ({}, {}, True),
        ({"gebied": '"Haven"'}, {}, True),
        ({"gebied": '"Haven"'}, {"gebied": '"Stad"'}, False),
        ({"geldig_tot": "2023-01-01"}, {"geldig_vanaf": "2023-01-01"}, False),
        ({"geldig_tot": "2023-01-02"}, {"geldig_vanaf": "2023-01-01"}, True),
    ],
)
def test_a_whole_municipality_has_one_team_on_a_day(
    tmp_path: Path, eerste: dict[str, str], tweede: dict[str, str], fout: bool
) -> None:
    _, fouten = lees(tmp_path, rij("E1", **eerste), rij("E2", **tweede))
    assert fouten == (["'gemeente' brielle hoort al geheel of voor een deel bij E1"] if fout else [])


def test_one_team_may_be_named_for_the_whole_and_for_a_part(tmp_path: Path) -> None:
    rijen, fouten = lees(tmp_path, rij(), rij(gebied='"Haven"'))
    assert (len(rijen), fouten) == (2, [])


def test_the_same_row_twice_is_refused(tmp_path: Path) -> None:
    _, fouten = lees(tmp_path, rij(), rij())
    assert [fout for fout in fouten if "staat er al" in fout]


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({}, "het basisteam 'E9' bestaat tot 2026-07-01; zet hier 'geldig_tot' op die dag of eerder"),
        (
            {"geldig_tot": "2026-07-02"},
            "het basisteam 'E9' bestaat tot 2026-07-01; zet hier 'geldig_tot' op die dag of eerder",
        ),
        (
            {"geldig_vanaf": "2023-12-31", "geldig_tot": "2026-07-01"},
            "het basisteam 'E9' bestaat vanaf 2024-01-01; zet hier 'geldig_vanaf' op die dag of later",
        ),
        ({"geldig_vanaf": "2024-01-01", "geldig_tot": "2026-07-01"}, ""),
    ],
)
def test_a_team_works_nowhere_when_it_does_not_exist(tmp_path: Path, velden: dict[str, str], fout: str) -> None:
    assert lees(tmp_path, rij("E9", **velden))[1] == ([fout] if fout else [])
