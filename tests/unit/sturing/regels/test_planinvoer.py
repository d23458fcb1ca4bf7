"""What is typed about an activity: every fault has a sentence at its field, all at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sturing.regels.jaarplan import Mijlpaalstand, vraagt_reden
from sturing.regels.planblad import Plannamen, lees_planrij, mijlpalen_in_cel
from sturing.regels.planinvoer import Activiteittekst, Inhoud, Mijlpaaltekst, lees_inhoud, op_een_regel, schoon
from sturing.regels.planverschil import Planwoorden, planverschillen, voeg_samen

VANDAAG = date(2025, 6, 15)
GOED = Activiteittekst(
    titel="Proef",
    begin="2025-02-01",
    eind="31-10-2025",
    status="op-schema",
    reden="",
    mijlpalen=[Mijlpaaltekst("2025-03-01", "Begonnen", "2025-03-04"), Mijlpaaltekst("", " ", "")],
)
STAND = Inhoud(begin=date(2025, 2, 1), eind=date(2025, 10, 31), status="op-schema", titel="Proef")


statussen = st.sampled_from(["niet-gestart", "op-schema", "vertraagd", "vervallen"])


def velden(vorige: Inhoud | None = None, **anders: object) -> dict[str, str]:
    _, fouten = lees_inhoud(replace(GOED, **anders), 2025, VANDAAG, vorige)  # type: ignore[arg-type]  # fields by name
    return dict(fouten)


def test_wat_goed_is_wordt_gelezen() -> None:
    inhoud, fouten = lees_inhoud(GOED, 2025, VANDAAG)
    assert not fouten
    assert inhoud == replace(STAND, mijlpalen=(Mijlpaalstand(date(2025, 3, 1), "Begonnen", date(2025, 3, 4)),))


@pytest.mark.parametrize(
    ("anders", "veld", "zin"),
    [
        ({"titel": "  "}, "titel", "Vul in hoe"),
        ({"titel": "x" * 201}, "titel", "1 te veel"),
        ({"titel": "x" * 10_000}, "titel", "9800 te veel"),
        ({"reden": "x" * 2001}, "reden", "1 te veel"),
        ({"reden": "x" * 10_000}, "reden", "8000 te veel"),
        ({"begin": "2025-02-30"}, "begin", "2025-02-30 bestaat niet. Vul een dag in"),
        ({"eind": ""}, "eind", "Vul een dag in"),
        ({"eind": "2025-01-31"}, "eind", "Het einde ligt voor het begin"),
        ({"begin": "2026-01-01", "eind": "2026-02-01"}, "begin", "valt buiten 2025"),
        ({"begin": "2023-01-01", "eind": "2024-12-31"}, "eind", "valt buiten 2025"),
        ({"begin": "1999-01-01"}, "begin", "van 2000 tot en met 2100"),
        ({"status": "klaar"}, "status", "Kies een status"),
        ({"eind": "2025-01-31", "mijlpalen": [Mijlpaaltekst("2025-03-01", "A", "")]}, "eind", "ligt voor het begin"),
        ({"mijlpalen": [Mijlpaaltekst("31-02-2025", "A", "")]}, "mijlpaal-0-datum", "31-02-2025 bestaat niet"),
        ({"mijlpalen": [Mijlpaaltekst("2025-03-01", "A", "31-04-2025")]}, "mijlpaal-0-gereed", "bestaat niet. Vul in"),
        ({"status": "vertraagd"}, "reden", "Schrijf waarom"),
        ({"mijlpalen": [Mijlpaaltekst("2025-11-01", "Te laat", "")]}, "mijlpaal-0-datum", "buiten de activiteit"),
        ({"mijlpalen": [Mijlpaaltekst("", "Zonder dag", "")]}, "mijlpaal-0-datum", "Vul de dag"),
        ({"mijlpalen": [Mijlpaaltekst("2025-03-01", "", "")]}, "mijlpaal-0-titel", "Vul in hoe"),
        ({"mijlpalen": [Mijlpaaltekst("2025-03-01", "A | B", "")]}, "mijlpaal-0-titel", "geen |"),
        ({"mijlpalen": [Mijlpaaltekst("2025-03-01", "A", "2025-06-16")]}, "mijlpaal-0-gereed", "moet nog komen"),
        ({"mijlpalen": [Mijlpaaltekst("2025-03-01", "A", "gisteren")]}, "mijlpaal-0-gereed", "geen dag"),
    ],
)
def test_elke_fout_heeft_een_zin_bij_haar_veld(anders: dict[str, object], veld: str, zin: str) -> None:
    gevonden = velden(**{"mijlpalen": ()} | anders)
    assert zin in gevonden[veld]
    assert gevonden.keys() == {veld}


def test_een_status_die_er_niet_is_vraagt_nog_geen_reden() -> None:
    assert velden(STAND, status="klaar", mijlpalen=()).keys() == {"status"}


def test_alle_fouten_komen_tegelijk() -> None:
    gevonden = velden(titel="", begin="", status="", reden="x" * 3000, mijlpalen=[Mijlpaaltekst("", "", "morgen")])
    assert gevonden.keys() >= {"titel", "begin", "status", "reden", "mijlpaal-0-titel", "mijlpaal-0-datum"}


def test_gereed_met_open_mijlpalen_kan_niet() -> None:
    open_ = [Mijlpaaltekst("2025-03-01", "A", ""), Mijlpaaltekst("2025-04-01", "B", "")]
    gevonden = velden(status="gereed", reden="Af.", mijlpalen=[*open_, Mijlpaaltekst("2025-05-01", "C", "ooit")])
    assert gevonden["status"] == "Gereed kan pas als elke mijlpaal bereikt is. Nog open: “A”, “B” en “C”."
    assert gevonden.keys() == {"status", *(f"mijlpaal-{plek}-gereed" for plek in range(3))}
    assert "staat nog open" in gevonden["mijlpaal-1-gereed"]
    assert "geen dag" in gevonden["mijlpaal-2-gereed"]
    assert not velden(status="gereed", reden="Af.", mijlpalen=[Mijlpaaltekst("2025-03-01", "A", "2025-03-01")])


@pytest.mark.parametrize(
    ("wordt", "reden", "mag"),
    [
        (("2025-03-01", "Verslag", ""), "Klaar.", True),
        (("2025-03-01", "Verslag", "2025-03-04"), "Klaar.", True),
        (("", "", ""), "Klaar.", False),
        (("2025-09-01", "Verslag", ""), "Klaar.", False),
        (("2025-03-01", "Ander woord", "2025-03-04"), "Klaar.", False),
        (("", "", ""), "Het verslag\nvervalt: geen geld.", True),
        (("2025-09-01", "Verslag", ""), "Wat op 01-03-2025 af moest, schuift op.", True),
        (("", "", ""), "Het verslag is te laat.", False),  # the reason that stood there already
    ],
)
def test_een_gemiste_mijlpaal_gaat_niet_stil_weg(wordt: tuple[str, str, str], reden: str, mag: bool) -> None:
    gemist = (Mijlpaalstand(date(2025, 3, 1), "Verslag"), Mijlpaalstand(VANDAAG, "Vandaag"))
    vorige = replace(STAND, reden="Het verslag is te laat.", mijlpalen=gemist)
    for status in ("op-schema", "gereed"):
        fout = velden(vorige, status=status, reden=reden, mijlpalen=[Mijlpaaltekst(*wordt)]).get("reden", "")
        assert ("de dag is voorbij: “Verslag” van 01-03-2025. Zet terug" in fout) == (not mag)


@given(statussen, statussen, st.sampled_from(["", "Oud.", "Nieuw."]))
def test_een_andere_status_vraagt_een_nieuwe_reden(oud: str, nieuw: str, reden: str) -> None:
    vorige = replace(STAND, status=oud, reden="Oud.")
    fout = "reden" in velden(vorige, status=nieuw, reden=reden)
    moet = vraagt_reden(oud, nieuw)
    assert fout == ((moet and reden != "Nieuw.") or (not reden and nieuw in ("vertraagd", "vervallen")))


@given(st.text(max_size=200))
def test_wat_bewaard_wordt_blijft_zo_als_het_nog_eens_gelezen_wordt(tekst: str) -> None:
    assert schoon(schoon(tekst)) == schoon(tekst)
    assert op_een_regel(op_een_regel(tekst)) == op_een_regel(tekst)


dagen = st.dates(date(2025, 2, 1), date(2025, 10, 31))
titels = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=30).map(
    lambda t: op_een_regel(t.replace("|", "")) or "x"
)


@given(st.lists(st.builds(Mijlpaalstand, dagen, titels, st.none() | dagen), max_size=4))
def test_mijlpalen_komen_uit_een_cel_terug_zoals_zij_erin_gingen(stand: list[Mijlpaalstand]) -> None:
    namen = Plannamen({}, frozenset(), {"op schema": "op-schema"})
    cellen = {"titel": "Proef", "begin": "01-02-2025", "eind": "31-10-2025", "status": "Op schema"}
    tekst, fouten = lees_planrij(2, cellen | {"mijlpalen": mijlpalen_in_cel(stand)}, namen)
    inhoud, meer = lees_inhoud(tekst, 2025, date(2025, 12, 31))
    assert not [*fouten, *meer]
    assert sorted(inhoud.mijlpalen, key=repr) == sorted(stand, key=repr)


def test_van_twee_wijzigingen_blijft_wat_ieder_wijzigde() -> None:
    ander = replace(STAND, titel="Andere titel", status="vertraagd", reden="Ziek.")
    ik = replace(STAND, eind=date(2025, 12, 31), status="gereed", reden="Af.")
    samen = voeg_samen(STAND, ander, ik)
    assert samen == replace(ik, titel="Andere titel")


def test_verschillen_noemen_van_lijsten_alleen_wat_kwam_en_ging() -> None:
    een = Mijlpaalstand(date(2025, 3, 1), "Blijft")
    oud = replace(STAND, mijlpalen=(een,), indicatoren=frozenset({"a", "b"}), eigenaar=1)
    nieuw = replace(oud, mijlpalen=(een, Mijlpaalstand(date(2025, 4, 1), "Komt")), indicatoren=frozenset({"b", "c"}),
                    eigenaar=None)  # fmt: skip
    woorden = Planwoorden({1: "Anna"}, {"a": "Eerste", "c": "Derde"}, {})
    assert [(v.naam, v.oud, v.nieuw) for v in planverschillen(oud, nieuw, woorden)] == [
        ("Eigenaar", "Anna", ""),
        ("Mijlpalen", "", "Komt, 01-04-2025 (nog open)"),
        ("Indicatoren", "Eerste", "Derde"),
    ]
