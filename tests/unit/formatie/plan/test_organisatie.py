"""The organisation as Bijlage 1 names it, and the municipalities, in a second transcription."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from common.bestanden.toml import Fouten
from formatie.plan.lezen import Organisatie, lees_organisatie

FIXTURES = Path(__file__).parents[4] / "fixtures"
NAMEN = """
A Rijnmond Noord: A1 Waterweg, A2 Schiedam, A3 Midden Schieland
B Rotterdam Stad: B1 Delfshaven, B2 Centrum
C Rijnmond Oost: C1 Maas - Rotte, C2 IJsselland
D Rotterdam Zuid: D1 Charlois, D2 Feijenoord, D3 IJsselmonde
E Rijnmond Zuid - West: E1 Haringvliet, E2 Nissewaard, E3 Oude Maas
F Zuid–Holland–Zuid: F1 Hoeksche Waard, F2 Drechtsteden buiten, F3 Drechtsteden binnen, F4 Lek en Merwede
ZHP Zeehavenpolitie: ZHP1 Haven
"""
GEMEENTEN_2023 = """
Alblasserdam, Albrandswaard, Barendrecht, Capelle aan den IJssel, Dordrecht, Goeree-Overflakkee, Gorinchem,
Hardinxveld-Giessendam, Hendrik-Ido-Ambacht, Hoeksche Waard, Krimpen aan den IJssel, Lansingerland, Maassluis,
Molenlanden, Nissewaard, Papendrecht, Ridderkerk, Rotterdam, Schiedam, Sliedrecht, Vlaardingen, Voorne aan Zee,
Zwijndrecht
"""


@pytest.fixture(scope="module")
def organisatie() -> Organisatie:
    fouten = Fouten()
    organisatie = lees_organisatie(FIXTURES, fouten)
    assert not fouten
    return organisatie


def test_districts_and_teams_have_their_printed_names(organisatie: Organisatie) -> None:
    verwacht = {}
    for regel in NAMEN.strip().splitlines():
        district, teams = regel.split(": ")
        code, naam = district.split(" ", 1)
        verwacht[code] = (naam, "RE07", "district")
        for team in teams.split(", "):
            teamcode, teamnaam = team.split(" ", 1)
            verwacht[teamcode] = (teamnaam, code, "basisteam")
    gelezen = {
        rij["code"]: (rij["naam"], rij["ouder"], rij["soort"])
        for rij in organisatie.onderdelen
        if rij["soort"] in ("district", "basisteam")
    }
    assert gelezen == verwacht


def test_the_unit_is_the_root(organisatie: Organisatie) -> None:
    assert [rij["code"] for rij in organisatie.onderdelen if not rij["ouder"]] == ["RE07"]


def test_the_municipalities_as_of_2023(organisatie: Organisatie) -> None:
    in_2023 = {
        rij["naam"]
        for rij in organisatie.gemeenten
        if (rij["geldig_vanaf"] or date.min) <= date(2023, 1, 1) < (rij["geldig_tot"] or date.max)
    }
    assert in_2023 == {naam.strip() for naam in GEMEENTEN_2023.replace("\n", " ").split(",")}
    assert len(in_2023) == 23


def test_a_cbs_code_only_where_it_is_known(organisatie: Organisatie) -> None:
    codes = {rij["naam"]: rij["cbs_code"] for rij in organisatie.gemeenten if rij["cbs_code"]}
    assert codes == {"Rotterdam": "GM0599", "Voorne aan Zee": "GM1992"}
