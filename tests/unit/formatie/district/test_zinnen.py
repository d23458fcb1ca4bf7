"""The sentences of the district page, word for word."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from common.tekst.periode import Kwartaal
from formatie.bezetting.sommen import NORM_BEZET, Stand
from formatie.district import zinnen
from formatie.district.stand import deelzin, inwonerzin, mensenzin, planzin
from formatie.models import Inwonertal

GEEN_Q2 = "voor Q2 2026 is geen volledige bezetting vastgesteld"
Q2, Q3 = Kwartaal(2026, 2), Kwartaal(2026, 3)


def stand(formatie: str | None, bezetting: str | None) -> Stand:
    return Stand(D(formatie) if formatie else None, D(bezetting) if bezetting else None)


def test_hoeveel_plaatsen_het_plan_geeft() -> None:
    assert zinnen.plaatszin("uw district", D("565.8"), D("470.9"), 3) == (
        "Het plan geeft uw district 565,8 fte, waarvan 470,9 fte in 3 basisteams."
    )
    assert zinnen.plaatszin("dit district", D(356), D(159), 1).endswith("waarvan 159,0 fte in het basisteam.")
    assert zinnen.plaatszin("dit district", D(356), None, 0) == "Het plan geeft dit district 356,0 fte."
    assert zinnen.plaatszin("dit district", None, None, 0) == "Het plan drukt voor dit district geen totaal."


KOP = "District A komt 10,0 fte tekort op 100,0 plaatsen"
OVER = "District A heeft 10,0 fte meer dan de 100,0 plaatsen"


@pytest.mark.parametrize(
    ("nu", "toen", "zin"),
    [
        ("90", "85", f"{KOP}; het tekort werd kleiner: in Q2 2026 was het 15,0"),
        ("90", "95.5", f"{KOP}; het tekort groeide: in Q2 2026 was het 4,5"),
        ("90", "90", f"{KOP}; dat was in Q2 2026 ook zo"),
        ("90", "103", f"{KOP}; in Q2 2026 was er 3,0 fte te veel"),
        ("90", "100", f"{KOP}; in Q2 2026 was er evenveel als het plan geeft"),
        ("90", None, KOP),
        ("110", "105", f"{OVER}; het overschot groeide: in Q2 2026 was het 5,0"),
        ("100", "97", "District A heeft precies de 100,0 fte die het plan geeft; in Q2 2026 was er 3,0 fte te weinig"),
        ("100", "100", "District A heeft precies de 100,0 fte die het plan geeft; dat was in Q2 2026 ook zo"),
        (None, "90", "District A heeft 100,0 fte aan plaatsen"),
    ],
)  # fmt: skip
def test_de_kop_is_het_antwoord(nu: str | None, toen: str | None, zin: str) -> None:
    assert zinnen.kopzin("District A", stand("100", nu), stand("100", toen), Q2) == zin


def test_de_kop_zonder_gedrukt_totaal_zonder_eerder_kwartaal_en_in_het_meervoud() -> None:
    assert zinnen.kopzin("District A", stand(None, "90"), None, Q2) == (
        "Het formatieplan drukt geen totaal voor district A"
    )
    assert zinnen.kopzin("De teams", stand("100", "90"), None, Q2, meervoud=True) == (
        "De teams komen 10,0 fte tekort op 100,0 plaatsen"
    )
    assert "De teams hebben 1,5 fte meer" in zinnen.kopzin("De teams", stand("1", "2.5"), None, Q2, meervoud=True)


def test_waarom_niet_te_zeggen_is_hoeveel_mensen_er_zijn() -> None:
    assert zinnen.ontbreekzin(Q3, "daarom") == ("Hoeveel mensen er eind Q3 2026 werkten, is niet te zeggen: daarom.")


def test_waar_het_meest_ontbreekt_en_hoe_lang_al() -> None:
    drie = [Kwartaal(2026, 1), Q2, Q3]
    groeit, blijft, over = [D(-1), D(-2), D("-3.4")], [D(1), D(-2), D(-2)], [None, D(1), D("2.5")]
    assert zinnen.uitersten([("Schiedam", groeit), ("Flexteam", blijft), ("Waterweg", over)], drie) == [
        ("Het grootste tekort heeft", "Schiedam", ": 3,4 fte; het groeit sinds Q1 2026, elk kwartaal."),
        ("Het grootste overschot heeft", "Waterweg", ": 2,5 fte."),
    ]
    assert zinnen.uitersten([("Schiedam", [D(0)]), ("Waterweg", [D(0)])], [Q3]) == []
    assert zinnen.uitersten([("Schiedam", groeit), ("Waterweg", [D(-9), None])], drie) == []  # one is no comparison
    assert zinnen.uitersten([("Schiedam", []), ("Waterweg", [])], []) == []


@pytest.mark.parametrize(
    ("reeks", "zin"),
    [
        (["-13.4", "-5", "-6.7"], "Sinds Q1 2026 is het tekort gehalveerd: toen was het 13,4 fte."),
        (["-13.5", "-5", "-6.7"], "Sinds Q1 2026 is het tekort meer dan gehalveerd: toen was het 13,5 fte."),
        (["-13.5", "-7", "-6.7"], "Sinds Q1 2026 is het tekort meer dan gehalveerd: toen was het 13,5 fte."),
        (["2", "4.5", "4"], "Sinds Q1 2026 is het overschot verdubbeld: toen was het 2,0 fte."),
        (["-8", "-6", "-7"], "Sinds Q1 2026 werd het tekort wel kleiner: toen was het 8,0 fte."),
        (["-6", "-8", "-7"], "Sinds Q1 2026 werd het tekort wel groter: toen was het 6,0 fte."),
        (["-7", "-8", "-7"], "Sinds Q1 2026 is het tekort per saldo gelijk gebleven: toen was het 7,0 fte."),
        (["3", "-1", "-2"], "In Q1 2026 was er 3,0 fte te veel."),
        (["-8", "-7", "-6"], ""),
        (["3", "1", "-2"], ""),
        ([None, "-8", "-2"], ""),
        (["-8", "-2", None], ""),
        (["-8", "-2", "0"], ""),
    ],
)
def test_de_langere_koers_waar_die_iets_anders_zegt(reeks: list[str | None], zin: str) -> None:
    kwartalen = [Kwartaal(2026, 1), Q2, Q3]
    assert zinnen.langzin([(k, D(w) if w else None) for k, w in zip(kwartalen, reeks, strict=True)]) == zin
    assert zinnen.langzin([]) == ""


@pytest.mark.parametrize(
    ("reeks", "einde"),
    [
        ("-14.7 -9.1 -3.2 -6.2 -6.7", "toen was het 14,7 fte; het kleinst was het in Q3 2024, 3,2 fte."),
        ("3 9 4 8", "toen was het 3,0 fte."),
        ("3 20 9 8", "toen was het 3,0 fte; het grootst was het in Q2 2024, 20,0 fte."),
        ("-14 2 -5 -6", "toen was het 14,0 fte."),
    ],
)
def test_de_langere_koers_zegt_waar_zij_keerde(reeks: str, einde: str) -> None:
    kwartalen = [Kwartaal(2024, n) if n < 5 else Kwartaal(2025, n - 4) for n in range(1, 6)]
    paren = [(k, D(w)) for k, w in zip(kwartalen, reeks.split(), strict=False)]
    assert zinnen.langzin(paren).endswith(einde)


def test_hoeveel_van_de_plaatsen_voor_wijkagenten_bezet_is() -> None:
    assert zinnen.wijkdeelzin(D("96.53")) == (
        "Van de plaatsen voor wijkagenten is 96,5% bezet, dat is onder de norm van 97%."
    )
    assert zinnen.wijkdeelzin(D(97)).endswith("97,0% bezet, daarmee is de norm van 97% gehaald.")
    assert zinnen.wijkdeelzin(D("96.99")).endswith("96,99% bezet, dat is onder de norm van 97%.")
    assert zinnen.wijkdeelzin(None) == ""


def test_of_elk_team_zijn_wijkagenten_heeft() -> None:
    vol, half, leeg = stand("20", "20"), stand("20", "17.5"), stand("20", None)
    assert zinnen.wijkzin([("A", vol), ("B", vol)]) == (
        "Beide basisteams hebben ten minste de wijkagenten die het plan geeft."
    )
    assert zinnen.wijkzin([("A", vol), ("B", half)]) == (
        "1 van de 2 basisteams heeft minder wijkagenten dan het plan geeft: B (2,5 fte)."
    )
    assert zinnen.wijkzin([(naam, half) for naam in "ABCDE"]) == (
        "Alle 5 basisteams hebben minder wijkagenten dan het plan geeft: "
        "A (2,5 fte), B (2,5 fte), C (2,5 fte) en nog 2."
    )
    assert zinnen.wijkzin([("A", vol), ("B", leeg)]) == (
        "Of elke buurt haar wijkagent heeft, is niet te zeggen: de wijkagenten van B zijn niet opgegeven."
    )
    assert "voor geen van de basisteams" in zinnen.wijkzin([("A", leeg), ("B", leeg)])
    assert zinnen.wijkzin([("A", stand(None, "3"))]) == ""


def test_wat_een_team_te_veel_heeft_is_een_eigen_zin() -> None:
    vol, over = stand("3", "3"), stand("3", "4.5")
    telt = "Dat telt mee, maar vult geen plaats bij een ander team."
    assert zinnen.overschotzin([("A", vol), ("B", stand(None, "3")), ("C", stand("3", None))]) == ""
    assert zinnen.overschotzin([("A", vol), ("B", over)]) == (
        f"Eén basisteam heeft meer wijkagenten dan plaatsen: B (1,5 fte). {telt}"
    )
    assert zinnen.overschotzin([(naam, over) for naam in "ABCDE"]) == (
        "5 basisteams hebben meer wijkagenten dan plaatsen: E (1,5 fte), D (1,5 fte), C (1,5 fte) en nog 2, "
        f"samen 7,5 fte. {telt}"
    )


def test_wat_er_veranderde_in_een_zin() -> None:
    nu, toen = stand("565.8", "541.2"), stand("560", "538")
    assert zinnen.veranderzin(nu, toen, Q2, [("Schiedam", D(4)), ("flexteam", D("-0.8")), ("Waterweg", None)]) == (
        "Sinds Q2 2026 ging de bezetting van 538,0 naar 541,2 fte; het plan ging van 560,0 naar 565,8 fte; "
        "de grootste verandering is Schiedam: 4,0 fte erbij."
    )
    assert zinnen.veranderzin(nu, nu, Q2, []) == "Sinds Q2 2026 bleef de bezetting 541,2 fte."
    assert "niet beide kwartalen zijn compleet" in zinnen.veranderzin(nu, stand("560", None), Q2, [])


def test_aspiranten_tellen_helemaal_mee() -> None:
    assert zinnen.aspirantenzin(D("61.7"), D("24.68"), D(40)) == (
        "Van de bezetting is 61,7 fte aspirant. Zij zijn tijdens hun opleiding voor 40% inzetbaar: 24,7 fte. "
        "In de bezetting tellen zij helemaal mee."
    )
    assert "niet voor elk onderdeel opgegeven" in zinnen.aspirantenzin(None, None, D(40))


def test_een_wijkagent_per_vijfduizend_inwoners() -> None:
    inwoners = Inwonertal(aantal=1_800_000, peildatum=date(2023, 1, 1), bron="agenda")
    assert inwonerzin("de eenheid", inwoners) == (
        "In de eenheid woonden op 1 januari 2023 1.800.000 mensen: de norm vraagt dan 360 wijkagenten."
    )
    assert planzin(inwoners, D("407.5")) == "Het plan geeft er 407,5: één per 4.417 inwoners."
    assert planzin(inwoners, None) == ""
    assert mensenzin(inwoners, D(395), Q3) == "Eind Q3 2026 werkten er 395,0 fte: één per 4.557 inwoners."
    assert mensenzin(inwoners, D(0), Q3) == "Eind Q3 2026 werkten er 0,0 fte."
    assert "niet van elk team bekend of niet voor u zichtbaar" in mensenzin(inwoners, None, Q3)


def test_het_afgesproken_deel_in_woorden() -> None:
    assert (
        deelzin(D("98.1"))
        == "De agenda vraagt dat ten minste 97% van de plaatsen bezet is; bezet is 98,1%. Dat is genoeg."
    )
    assert deelzin(None) == "De agenda vraagt dat ten minste 97% van de plaatsen bezet is."


def test_het_afgesproken_deel_is_het_doel_van_de_indicator(settings) -> None:
    from common.bestanden.toml import Fouten, lees_toml

    pad = settings.FIXTURES_DIR / "monitorset/2023-2026/bezetting-wijkagenten.toml"
    _, inhoud = lees_toml(pad, settings.FIXTURES_DIR, Fouten())
    assert inhoud["doel"]["streefwaarde"] == NORM_BEZET
