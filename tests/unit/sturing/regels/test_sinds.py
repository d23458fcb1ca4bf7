"""Two states become lines: of the same state none, each with an address, and nothing is lost where they are grouped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sturing.regels.jaarplan import Mijlpaalstand, achterstanden
from sturing.regels.ladder import Ladderstand
from sturing.regels.sinds import (
    Activiteitstand,
    Bundel,
    Duidingstand,
    Oordeelstand,
    Rubriek,
    Verandering,
    activiteitwissel,
    duidingwissel,
    ladderwissel,
    oordeelwissel,
    per_thema,
    te_laat_geworden,
    tel,
    telling,
    vouw,
)

DAGEN = st.dates(date(2026, 1, 1), date(2026, 12, 31))
WOORDEN = {
    "niet-gestart": "niet gestart",
    "op-schema": "op schema",
    "vertraagd": "vertraagd",
    "gereed": "gereed",
    "vervallen": "vervallen",
}
MIJLPALEN = st.lists(
    st.builds(Mijlpaalstand, DAGEN, st.sampled_from(["Start", "Proef", "Oplevering"]), st.none() | DAGEN), max_size=4
)


@st.composite
def activiteiten(draw: st.DrawFn) -> Activiteitstand:
    status, begin = draw(st.sampled_from([*WOORDEN])), draw(DAGEN)
    return Activiteitstand(
        draw(st.sampled_from(["Pilot haven", "Campagne"])),
        status,
        WOORDEN[status],
        begin,
        begin + timedelta(days=draw(st.integers(0, 200))),
        draw(st.sampled_from(["", "analist", "portefeuillehouder"])),
        draw(st.sampled_from(["", "Te weinig mensen."])),
        tuple(draw(MIJLPALEN)),
    )


@st.composite
def regels(draw: st.DrawFn) -> Verandering:
    samen = draw(st.sampled_from(["", "", "Gelijk gebleven in Q3 2026", "Cijfers van Q3 2026 vastgesteld"]))
    return Verandering(
        draw(st.sampled_from([*Rubriek])),
        draw(st.sampled_from(["Waardebeslag", "Profcheck", "Verzuim"])),
        "van op koers naar achter",
        draw(st.sampled_from(["/indicatoren/a/", "/jaarplan/activiteiten/1/"])),
        draw(st.sampled_from(["", "wijk", "opsporing", "onbekend"])),
        telt=draw(st.sampled_from(["", "oordeel", "vertraagd", "nagekomen"])),
        samen=samen,
    )


STANDEN = st.builds(
    Oordeelstand, st.sampled_from(["op koers", "achter", "onvolledig"]), st.sampled_from(["Q2 2026", "Q3 2026"])
)


@given(STANDEN)
def test_hetzelfde_oordeel_van_hetzelfde_kwartaal_is_geen_verandering(stand: Oordeelstand) -> None:
    assert oordeelwissel(stand, stand) == ""
    assert oordeelwissel(stand, None) == ""


@given(st.none() | STANDEN, STANDEN)
def test_een_ander_oordeel_wordt_met_beide_woorden_gezegd(toen: Oordeelstand | None, nu: Oordeelstand) -> None:
    zin = oordeelwissel(toen, nu)
    assert bool(zin) == (toen != nu)
    if zin:
        assert nu.woord in zin
        assert nu.kwartaal in zin
        assert toen is None or toen.woord in zin


@pytest.mark.parametrize(
    ("toen", "nu", "zin"),
    [
        (("op koers", "Q2 2026"), ("achter", "Q3 2026"), "van op koers (Q2 2026) naar achter (Q3 2026)"),
        (("op koers", "Q2 2026"), ("op koers", "Q3 2026"), "ook in Q3 2026 op koers"),
        (("op koers", "Q3 2026"), ("achter", "Q3 2026"), "Q3 2026 herzien, van op koers naar achter"),
        (None, ("achter", "Q3 2026"), "achter in Q3 2026; daarvoor was er geen oordeel"),
    ],
)
def test_wat_er_van_een_oordeel_gezegd_wordt(toen: tuple[str, str] | None, nu: tuple[str, str], zin: str) -> None:
    assert oordeelwissel(Oordeelstand(*toen) if toen else None, Oordeelstand(*nu)) == zin


@given(activiteiten())
def test_van_dezelfde_versie_valt_niets_te_zeggen(stand: Activiteitstand) -> None:
    assert activiteitwissel(stand, stand) == []
    assert activiteitwissel(stand, None) == []
    assert len(activiteitwissel(None, stand)) == 1


@given(activiteiten(), activiteiten())
def test_wat_anders_is_wordt_gezegd(toen: Activiteitstand, nu: Activiteitstand) -> None:
    """Each field by itself: the sentences of the two states are those of the fields that differ."""
    zinnen = activiteitwissel(toen, nu)
    gezegd = {
        "status": f"van {toen.woord} naar {nu.woord}" in zinnen,
        "titel": f"heette eerst “{toen.titel}”" in zinnen,
        "begin": any(zin.startswith("begin verschoven") for zin in zinnen),
        "eind": any(zin.startswith("eind verschoven") for zin in zinnen),
        "eigenaar": any("eigenaar" in zin for zin in zinnen),
        "mijlpalen": any("mijlpaal" in zin for zin in zinnen),
    }
    for veld, is_gezegd in gezegd.items():
        if veld != "mijlpalen":
            assert is_gezegd == (getattr(toen, veld) != getattr(nu, veld)), veld
    assert not gezegd["mijlpalen"] or toen.mijlpalen != nu.mijlpalen


def _stand(**anders: object) -> Activiteitstand:
    basis = Activiteitstand("Pilot", "op-schema", "op schema", date(2026, 1, 1), date(2026, 6, 30))
    return replace(basis, **anders)  # type: ignore[arg-type]  # fields of it


@pytest.mark.parametrize(
    ("toen", "nu", "zin"),
    [
        (None, Mijlpaalstand(date(2026, 3, 1), "Start"), "nieuwe mijlpaal “Start”, 01-03-2026"),
        (
            Mijlpaalstand(date(2026, 3, 1), "Start"),
            Mijlpaalstand(date(2026, 3, 1), "Start", date(2026, 3, 4)),
            "mijlpaal “Start” bereikt op 04-03-2026",
        ),
        (
            Mijlpaalstand(date(2026, 3, 1), "Start"),
            Mijlpaalstand(date(2026, 5, 1), "Start"),
            "mijlpaal “Start” verschoven van 01-03-2026 naar 01-05-2026",
        ),
        (
            Mijlpaalstand(date(2026, 3, 1), "Start", date(2026, 3, 4)),
            Mijlpaalstand(date(2026, 3, 1), "Start"),
            "mijlpaal “Start” toch niet bereikt",
        ),
        (Mijlpaalstand(date(2026, 3, 1), "Start"), None, "mijlpaal “Start” vervallen"),
    ],
)
def test_wat_er_van_een_mijlpaal_werd(toen: Mijlpaalstand | None, nu: Mijlpaalstand | None, zin: str) -> None:
    eerst, straks = (_stand(mijlpalen=(m,) if m else ()) for m in (toen, nu))
    assert activiteitwissel(eerst, straks) == [zin]


@given(activiteiten(), DAGEN, DAGEN)
def test_wat_te_laat_werd_was_het_op_de_eerste_dag_niet_en_is_het_op_de_laatste(
    stand: Activiteitstand, een: date, ander: date
) -> None:
    van, tot = sorted((een, ander))
    werd = {laat.zin for laat in te_laat_geworden(stand, van, tot)}
    was, nu = ({laat.zin for laat in achterstanden(stand.verloop, dag) if laat.sinds} for dag in (van, tot))
    assert werd == nu - was


def _duiding(**anders: object) -> Duidingstand:
    return replace(Duidingstand(("a", "b"), "Meer doen.", "anna", date(2026, 1, 1)), **anders)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("anders", "zinnen"),
    [
        ({}, []),
        ({"wanneer": date(2026, 3, 1)}, ["toezegging verschoven van 01-01-2026 naar 01-03-2026"]),
        ({"wie": "rob"}, ["toezegging is nu van rob"]),
        ({"doen": "Minder.", "uitleg": ("a", "c")}, ["toezegging anders geschreven", "uitleg gewijzigd"]),
        ({"afloop": "nagekomen"}, ["de vorige toezegging: nagekomen"]),
    ],
)
def test_van_een_duiding_wordt_alleen_gezegd_wat_anders_is(anders: dict[str, object], zinnen: list[str]) -> None:
    assert duidingwissel(_duiding(), _duiding(**anders)) == zinnen


@pytest.mark.parametrize(
    ("van", "naar", "hoe", "waar"),
    [
        (1, 1, "", ""),
        (3, 5, "", ""),  # on the highest step already
        (0, 1, "hoger op de ladder", "trede 1: de eigenaar"),
        (1, 3, "hoger op de ladder", "trede 3: de agenda van het RVO"),
        (3, 2, "lager op de ladder", "trede 2: de portefeuillehouder"),
        (2, 0, "van de ladder", ""),
    ],
)
def test_een_stap_op_de_ladder(van: int, naar: int, hoe: str, waar: str) -> None:
    assert ladderwissel(Ladderstand(van), Ladderstand(naar)) == (hoe, waar)


@given(st.lists(regels(), max_size=20))
def test_vouwen_en_groeperen_verliest_niets_en_elke_regel_houdt_zijn_adres(alle: list[Verandering]) -> None:
    themas = {"opsporing": "Opsporing", "wijk": "Wijk"}
    terug: list[Verandering] = []
    for _, rubrieken in per_thema(alle, themas):
        for rubriek, van_rubriek in rubrieken:
            los = [r for een in van_rubriek for r in (een.regels if isinstance(een, Bundel) else (een,))]
            assert los
            assert {regel.rubriek for regel in los} == {rubriek}
            terug += los
    assert sorted(terug, key=repr) == sorted(alle, key=repr)
    assert all(regel.adres and regel.naam and regel.zin for regel in terug)


@given(st.lists(regels(), max_size=20))
def test_de_themas_staan_in_hun_volgorde_en_de_rest_achteraan(alle: list[Verandering]) -> None:
    themas = {"opsporing": "Opsporing", "wijk": "Wijk"}
    koppen = [kop for kop, _ in per_thema(alle, themas)]
    assert koppen == [kop for kop in ("Opsporing", "Wijk", "Over alle thema's heen") if kop in koppen]


def test_een_enkele_regel_wordt_geen_bundel() -> None:
    regel = Verandering(Rubriek.OORDEEL, "Waardebeslag", "ook in Q3 2026 achter", "/x/", samen="Gelijk gebleven")
    assert vouw([regel]) == [regel]
    [bundel] = vouw([regel, regel])
    assert isinstance(bundel, Bundel)


def test_de_telling_is_een_zin_in_vaste_volgorde() -> None:
    telt = ["vertraagd", "oordeel", "nagekomen", "oordeel", ""]
    alle = [Verandering(Rubriek.OORDEEL, "x", "y", "/z/", telt=een) for een in telt]
    assert telling(tel(alle)) == "2 oordelen veranderd, 1 activiteit vertraagd en 1 toezegging nagekomen"
    assert telling({}) == ""
