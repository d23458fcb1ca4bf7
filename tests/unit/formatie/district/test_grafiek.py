"""The pictures of a district: what they conclude, and that what is not known is nowhere in them."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from common.grafiek.beeld import Rol, Vorm
from common.grafiek.svg import teken
from common.grafiek.vel import Doek
from formatie.bezetting.sommen import Stand
from formatie.district.grafiek import meestezin
from formatie.grafiek import Deel, Plaats, bezetbeeld, deelbeeld, puntenzin
from formatie.plan.grafiek import Balk


def plaats(naam: str, formatie: str | None, bezetting: str | None, eerder: str | None = None) -> Plaats:
    van = D(formatie) if formatie else None
    toen = Stand(van, D(eerder)) if eerder else None
    return Plaats(naam, Stand(van, D(bezetting) if bezetting else None), toen, reden="daarom")


DRIE = [plaats("A1", "50", "52.5", "51"), plaats("A2", "40", "38", "40"), plaats("A3", "10", None)]


def test_elke_punt_zegt_zijn_cel_en_heeft_een_steel_vanaf_het_plan() -> None:
    beeld = bezetbeeld(DRIE, naam="n", titel="t", eerder="Q2 2026")
    assert beeld.y.labels == ("A1", "A2", "A3")
    assert beeld.rijen == (
        ("A1", "50,0", "52,5", "+2,5", "105,0%", "+1,0", ""),
        ("A2", "40,0", "38,0", "-2,0", "95,0%", "0,0", ""),
        ("A3", "10,0", "–", "–", "–", "–", "daarom"),
    )
    punten = {s.rol: s.punten for s in beeld.sporen if s.vorm is Vorm.PUNTEN}
    [over], [tekort] = punten[Rol.OVER], punten[Rol.TEKORT]
    assert (over.x, over.y, over.basis, over.open) == (D("2.5"), 0, D(0), False)
    assert tekort.tekst == "A2: 38,0 van 40,0 fte, -2,0 te weinig (95,0% bezet)"
    assert [punt.x for punt in punten[Rol.EERDER]] == [D(1), D(0)]
    assert all(punt.open for punt in punten[Rol.EERDER])
    assert [(woord.tekst, woord.y) for woord in beeld.woorden] == [("+2,5", 0), ("-2,0", 1)]


def test_wat_niet_bekend_is_verschuift_niets() -> None:
    zonder = bezetbeeld(DRIE[:2], naam="n", titel="t")
    met = bezetbeeld(DRIE, naam="n", titel="t")
    assert met.x == zonder.x
    assert [s.punten for s in met.sporen if s.vorm is Vorm.PUNTEN] == [
        s.punten for s in zonder.sporen if s.vorm is Vorm.PUNTEN
    ]
    assert bezetbeeld([], naam="n", titel="t").rijen == ()


@pytest.mark.parametrize(
    ("verschillen", "zin"),
    [
        ([], "De bezetting is nog niet bekend."),
        ([None], "De bezetting is nog niet bekend."),
        (["0", "0"], "Nergens zijn er minder mensen dan plaatsen."),
        (["0", "1.5"], "Nergens zijn er minder mensen dan plaatsen."),
        (["-1.5"], "A1 komt 1,5 fte tekort."),
        (["-1.5", "-2"], "Overal te weinig mensen, het meest bij A2: 2,0 fte."),
        (["-1.5", "0", "3", None], "Bij 1 van de 3 te weinig mensen, het meest bij A1: 1,5 fte."),
    ],
)
def test_de_conclusie_van_de_punten(verschillen: list[str | None], zin: str) -> None:
    standen = [(f"A{n}", Stand(D(10), None if v is None else D(10) + D(v))) for n, v in enumerate(verschillen, 1)]
    assert puntenzin(standen) == zin


def test_een_soort_zonder_plaatsen_is_een_deel_van_de_mensen() -> None:
    beeld = deelbeeld([Deel("A1", D(45), D(50)), Deel("A2", None, D(40), "daarom")], naam="n", titel="t", soort="OS")
    assert beeld.rijen == (("A1", "45,0", "50,0", "90,0%", ""), ("A2", "–", "40,0", "–", "daarom"))
    [spoor] = beeld.sporen
    assert [(punt.x, punt.tekst) for punt in spoor.punten] == [(D(90), "A1: 45,0 van 50,0 fte")]


@pytest.mark.parametrize(
    ("waarden", "zin"),
    [
        ([], "Het plan noemt hier geen basisteams."),
        ([("Haven", "159.0")], "Haven is het enige basisteam: 159,0 fte aan plaatsen."),
        ([("A", "2"), ("B", "2")], "Alle basisteams hebben evenveel plaatsen: 2,0 fte."),
        ([("A", "2"), ("B", "1")], "A heeft met 2,0 fte de meeste plaatsen, B met 1,0 fte de minste."),
    ],
)
def test_wie_de_meeste_plaatsen_heeft(waarden: list[tuple[str, str]], zin: str) -> None:
    assert meestezin([Balk(naam, D(waarde)) for naam, waarde in waarden]) == zin


def test_een_tekening_met_namen_wordt_niet_breder_dan_zij_is() -> None:
    liggend = bezetbeeld(DRIE, naam="n", titel="t")
    assert ' width="560"' in teken(liggend, Doek(560, 120, vast=True)).split(">")[0]
    assert " width=" not in teken(liggend, Doek(560, 120)).split(">")[0]
