"""Which passwords are refused, and with which sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.wachtwoord.regels import (
    BEKEND,
    CIJFERS,
    KORT,
    LANG,
    UITLEG,
    WOORD,
    Wachtwoordregels,
    get_bezwaar,
    normaal,
)

NAMEN = ("Districtschef Rijnmond-Noord", "Jan de Groot", "Zeehavenpolitie", "Ondermijning")


@pytest.mark.parametrize(
    "wachtwoord",
    [
        "Rotterdam2026!",
        "Welkom01!Welkom",
        "Politie12345!",
        "W3lk0m2026!!",
        "P@ssw0rd2026!",
        "Feyenoord1908!",
        "Zeehavenpolitie1",
        "Zomer2026!Zomer",
        "wachtwoord2026",
        "RotterdamPolitie",
        "2026rotterdam2026",
        "madrettoR2026",
        "ROTTERDAM!!!!!!!!",
        "R o t t e r d a m 1 2".replace(" ", "") + "!",
        "Kinderbijslag1",
        "Ondermijning2027",
        "Rijnmond-Noord-1",
        "JandeGroot2026",
        "Vrijdag13november",
        "Politie Rotterdam 2026",
    ],
)
def test_een_bekend_woord_met_iets_eraan_wordt_geweigerd(wachtwoord: str) -> None:
    assert get_bezwaar(wachtwoord, NAMEN) in (WOORD, BEKEND)


@pytest.mark.parametrize(
    "wachtwoord", ["qwertyuiop[]", "aaaaaaaaaaaaa", "abcdefghijklm", "1qaz2wsx3edc", "abcabcabcabc", "qwerty123456"]
)
def test_een_bekende_rij_wordt_geweigerd(wachtwoord: str) -> None:
    assert get_bezwaar(wachtwoord) in (WOORD, BEKEND)


@pytest.mark.parametrize(
    "wachtwoord",
    [
        "paard lamp fiets batterij",
        "schaap tafel zon twaalf",
        "mijn hond heet vandaag anders",
        "x7Kp2mQ9vLwz",
        "correcthorsebatterystaple",
        "Überraschung bei kaltem Tee",
        "kaas🧀 op de maan met bier",
        "хороший пароль длинный",
    ],
)
def test_een_zin_en_een_willekeurige_reeks_zijn_goed(wachtwoord: str) -> None:
    assert get_bezwaar(wachtwoord, NAMEN) == ""


def test_de_lengte_en_alleen_cijfers() -> None:
    assert get_bezwaar("kort zinnetj"[:11]) == KORT
    assert get_bezwaar("w" * 129) == LANG
    assert get_bezwaar("é" * 65) == LANG
    assert get_bezwaar("749302857391") == CIJFERS
    assert all(zin.startswith(("Kies", "Dit", "Alleen")) and zin.endswith(".") for zin in (KORT, LANG, BEKEND, WOORD))
    assert Wachtwoordregels().get_help_text() == UITLEG


def test_wat_er_gelijk_uitziet_is_gelijk() -> None:
    assert normaal("cafe\u0301 ﬁets") == normaal("café fiets")


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["rotterdam", "welkom", "feyenoord", "politie", "geheim", "januari"]), st.data())
def test_geen_kunstje_maakt_een_woord_goed(woord: str, data: st.DataObject) -> None:
    """Capitals, signs for letters, a year, signs and repetition, in whatever order someone adds them."""
    vorm = "".join(data.draw(st.sampled_from([teken, teken.upper()])) for teken in woord)
    if data.draw(st.booleans()):
        vorm = vorm.replace("o", "0").replace("e", "3").replace("i", "1")
    staart = data.draw(st.text("0123456789!?. -_", min_size=6, max_size=10))
    assert get_bezwaar(data.draw(st.sampled_from([vorm + staart, staart + vorm, vorm + staart + vorm])))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_elke_tekst_krijgt_een_antwoord(wachtwoord: str) -> None:
    bezwaar = get_bezwaar(wachtwoord)
    assert bezwaar in ("", KORT, LANG, BEKEND, WOORD, CIJFERS)
    assert bezwaar or len(wachtwoord.encode(errors="replace")) <= 128
