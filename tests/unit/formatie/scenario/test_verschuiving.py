"""What moves, and the sentence it comes down to: places never change people, people never change places."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from common.tekst.periode import Kwartaal
from formatie.scenario.doorrekenen import Doorrekening, Ingreep, Team, reken_door
from formatie.scenario.forms import als_vraag, lees_verschuivingen
from formatie.scenario.verschuiving import BUITEN, Verschuiving, Wat, ingrepen_van, verschuivingen_van
from formatie.scenario.zinnen import uitkomstzin, uitlegzin

Q3 = Kwartaal(2026, 3)
TEAMS = [
    Team("A1", "A1 Waterweg", D("169.4"), D(24), D("173.9"), D(23)),
    Team("A2", "A2 Schiedam", D("143.8"), D(18), D("143.8"), D(18)),
    Team("A3", "A3 Midden Schieland", D("157.7"), D(24), D("154.3"), D(22)),
]
CODES = [team.code for team in TEAMS]
FTE = st.integers(1, 60).map(lambda n: D(n) / 10)


def _verschuiving(waar: list[str]) -> st.SearchStrategy[Verschuiving]:
    paren = st.sampled_from([(van, naar) for van in waar for naar in waar if van != naar])
    return st.builds(lambda paar, fte, wijk: Verschuiving(*paar, fte, fte if wijk else D(0)), paren, FTE, st.booleans())


def doe(wat: Wat, *verschuivingen: Verschuiving, vooruit: int = 1) -> Doorrekening:
    return reken_door(TEAMS, ingrepen_van(wat, verschuivingen), start=Q3, vooruit=vooruit)


@given(st.lists(_verschuiving(CODES), min_size=1, max_size=3))
def test_plaatsen_verschuiven_verandert_geen_mens_en_geen_som(verschuivingen: list[Verschuiving]) -> None:
    uitkomst = doe(Wat.PLAATSEN, *verschuivingen)
    for nu, dan in uitkomst.teams.values():
        assert (nu.mensen, nu.wijkagenten) == (dan.mensen, dan.wijkagenten)
    nu, dan = uitkomst.district
    assert (nu.plaatsen, nu.plaatsen_wijk, nu.verschil) == (dan.plaatsen, dan.plaatsen_wijk, dan.verschil)


@given(st.lists(_verschuiving([*CODES, BUITEN]), min_size=1, max_size=3))
def test_mensen_verschuiven_verandert_geen_plaats_en_telt_wat_van_buiten_komt(reeks: list[Verschuiving]) -> None:
    uitkomst = doe(Wat.MENSEN, *reeks)
    for nu, dan in uitkomst.teams.values():
        assert (nu.plaatsen, nu.plaatsen_wijk) == (dan.plaatsen, dan.plaatsen_wijk)
    nu, dan = uitkomst.district
    erbij = sum((v.fte * ((v.van == BUITEN) - (v.naar == BUITEN)) for v in reeks), D(0))
    assert dan.mensen - nu.mensen == erbij


@given(st.sampled_from(Wat), st.data())
def test_wat_bewaard_is_wordt_weer_een_verschuiving_met_dezelfde_uitkomst(wat: Wat, data: st.DataObject) -> None:
    waar = CODES if wat is Wat.PLAATSEN else [*CODES, BUITEN]
    verschuivingen = data.draw(st.lists(_verschuiving(waar), min_size=1, max_size=4))
    ingrepen = {code: een for code, een in ingrepen_van(wat, verschuivingen).items() if een != Ingreep()}
    terug = verschuivingen_van(ingrepen)
    if terug is not None:
        assert terug[0] is wat
        opnieuw = {code: een for code, een in ingrepen_van(*terug).items() if een != Ingreep()}
        assert opnieuw == ingrepen
        assert all(een.fte > 0 and 0 <= een.wijkagenten <= een.fte for een in terug[1])
    assert terug is not None or not ingrepen or any(v.wijkagenten for v in verschuivingen)


def test_een_oude_van_beide_soorten_of_van_functie_wisselen_is_geen_verschuiving() -> None:
    assert verschuivingen_van({"A1": Ingreep(D(1), instroom=D(1)), "A2": Ingreep(D(-1))}) is None
    assert verschuivingen_van({"A1": Ingreep(instroom_wijkagenten=D(1))}) is None
    assert verschuivingen_van({}) is None
    assert verschuivingen_van({"A1": Ingreep(instroom=D("1.5"))}) == (
        Wat.MENSEN, [Verschuiving(BUITEN, "A1", D("1.5"))]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wat", "verschuivingen", "vooruit", "zin"),
    [
        (Wat.MENSEN, [("A1", "A3", "3")], 1, "3 fte aan mensen van A1 naar A3: A1 +1,5, A3 -0,4."),
        (Wat.PLAATSEN, [("A1", "A3", "3")], 1, "3 fte aan plaatsen van A1 naar A3: A1 +7,5, A3 -6,4."),
        (Wat.MENSEN, [("A1", "A3", "3.4")], 1, "3,4 fte aan mensen van A1 naar A3: A1 +1,1, A3 precies genoeg."),
        (Wat.MENSEN, [(BUITEN, "A3", "0.5")], 1, "0,5 fte aan mensen van buiten naar A3: A3 -2,9."),
        (Wat.MENSEN, [("A2", BUITEN, "1")], 1, "1 fte aan mensen van A2 naar buiten: A2 -1,0."),
        (Wat.MENSEN, [("A1", "A2", "1"), ("A1", "A3", "2")], 1,
         "1 fte aan mensen van A1 naar A2 en 2 fte aan mensen van A1 naar A3: A1 +1,5, A2 +1,0, A3 -1,4."),
        (Wat.MENSEN, [("A1", "A3", "1")], 3,
         "Elk kwartaal 1 fte aan mensen van A1 naar A3, 3 kwartalen lang: eind Q2 2027 A1 +1,5, A3 -0,4."),
        (Wat.MENSEN, [("A1", "A3", "1"), ("A3", "A1", "1")], 1, "Er verandert niets."),
        (Wat.MENSEN, [], 1, "Er verandert niets."),
    ],
)  # fmt: skip
def test_de_uitkomst_is_een_zin(wat: Wat, verschuivingen: list[tuple[str, str, str]], vooruit: int, zin: str) -> None:
    reeks = [Verschuiving(van, naar, D(fte)) for van, naar, fte in verschuivingen]
    assert uitkomstzin(doe(wat, *reeks, vooruit=vooruit), wat, reeks) == zin


def test_de_uitleg_zegt_wat_er_verandert_en_wat_er_blijft() -> None:
    reeks = [Verschuiving("A1", "A3", D(3), D("0.5"))]
    assert uitlegzin(doe(Wat.MENSEN, *reeks), Wat.MENSEN) == (
        "De bezetting verandert, het plan blijft. Nu is het A1 +4,5 en A3 -3,4: dat is mensen min plaatsen, in fte. "
        "Alle basisteams samen blijven op +1,1. "
        "Alleen de basisteams tellen hier mee, zonder leiding, flexteam en districtsrecherche."
    )
    assert uitlegzin(doe(Wat.PLAATSEN, *reeks), Wat.PLAATSEN).startswith("Het plan verandert, er verhuist niemand.")
    assert "(waarvan 0,5 fte wijkagent)" in uitkomstzin(doe(Wat.MENSEN, *reeks), Wat.MENSEN, reeks)
    van_buiten = [Verschuiving(BUITEN, "A3", D(1))]
    assert uitlegzin(doe(Wat.MENSEN, *van_buiten), Wat.MENSEN).count("samen gaan van +1,1 naar +2,1.") == 1
    onbekend = [*TEAMS[:2], Team("A3", "A3", D(10), None, None, None)]
    uitkomst = reken_door(onbekend, ingrepen_van(Wat.MENSEN, reeks), start=Q3, vooruit=1)
    assert uitkomstzin(uitkomst, Wat.MENSEN, reeks).endswith("A1 +1,5.")
    assert "bezetting niet bekend" in uitlegzin(uitkomst, Wat.MENSEN)


@pytest.mark.parametrize(
    ("vraag", "fout"),
    [
        ("van=&naar=A3&fte=3", "Kies waarvandaan."),
        ("van=A1&naar=&fte=3", "Kies waarheen."),
        ("van=A1&naar=B9&fte=3", "Kies waarheen."),
        ("van=A1&naar=A1&fte=3", "Kies een ander team"),
        ("van=A1&naar=A3", "Schrijf hoeveel fte"),
        ("van=A1&naar=A3&fte=0", "boven nul"),
        ("van=A1&naar=A3&fte=-3", "boven nul"),
        ("van=A1&naar=A3&fte=1,25", "hoogstens één decimaal"),
        ("van=A1&naar=A3&fte=1000", "hoogstens 999"),
        ("van=A1&naar=A3&fte=x", "x"),
        ("van=A1&naar=A3&fte=1&wijk=2", "meer dan er in totaal verschuift"),
        ("van=A1&naar=A3&fte=1&kwartalen=13", "heel getal van 1 tot en met 12"),
        ("van=A1&naar=A3&fte=1&kwartalen=nul", "heel getal"),
    ],
)
def test_een_fout_staat_bij_het_veld_en_wat_getypt_is_blijft(vraag: str, fout: str) -> None:
    getypt = QueryDict(vraag)
    formulier = lees_verschuivingen(Wat.MENSEN, TEAMS, getypt, extra=False)
    assert any(fout in vak.fout for vak in formulier.fouten), formulier.fouten
    [rij] = formulier.rijen
    assert [rij.van.tekst, rij.naar.tekst, rij.fte.tekst] == [getypt.get(naam, "") for naam in ("van", "naar", "fte")]


@given(st.lists(_verschuiving([*CODES, BUITEN]), max_size=4), st.integers(1, 12))
def test_het_adres_leest_terug_als_dezelfde_gedachte(verschuivingen: list[Verschuiving], vooruit: int) -> None:
    vraag = QueryDict(mutable=True)
    for naam, waarde in als_vraag(Wat.MENSEN, verschuivingen, vooruit):
        vraag.appendlist(naam, str(waarde))
    formulier = lees_verschuivingen(Wat.MENSEN, TEAMS, vraag, extra=False)
    assert (formulier.verschuivingen, formulier.vooruit, formulier.fouten) == (verschuivingen, vooruit, [])


def test_naar_buiten_gaan_alleen_mensen() -> None:
    formulier = lees_verschuivingen(Wat.PLAATSEN, TEAMS, QueryDict("van=A1&naar=buiten&fte=1"), extra=True)
    assert [vak.fout for vak in formulier.fouten] == ["Kies waarheen."]
    assert len(formulier.rijen) == 2
