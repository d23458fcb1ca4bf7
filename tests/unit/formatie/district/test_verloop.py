"""The course of places and people: gaps stay gaps, a changed plan is a step, and the table has what is drawn."""

from __future__ import annotations

from decimal import Decimal as D

from common.grafiek.reeks import stukken
from common.tekst.periode import Kwartaal, kwartalen
from formatie.bezetting.sommen import Stand
from formatie.district.grafiek import teken
from formatie.district.verloop import Verloop, gelijke_as
from tests.boom import lees


def verloop(*paren: tuple[str | None, str | None]) -> Verloop:
    eerste = Kwartaal(2025, 3)
    reeks = tuple(kwartalen(eerste, Kwartaal.van_index(eerste.index + len(paren) - 1)))
    standen = tuple(Stand(D(f) if f else None, D(b) if b else None) for f, b in paren)
    return Verloop("A1", "Waterweg", reeks, standen)


VIJF = verloop(("100", "90"), ("100", "92"), ("100", None), ("110", "95"), ("110", "96.5"))


def test_de_tabel_heeft_precies_wat_er_getekend_is() -> None:
    assert VIJF.rijen == [
        ("Q3 2025", "100,0", "90,0", ""),
        ("Q4 2025", "100,0", "92,0", ""),
        ("Q1 2026", "100,0", "–", "geen volledige bezetting"),
        ("Q2 2026", "110,0", "95,0", "plan gewijzigd"),
        ("Q3 2026", "110,0", "96,5", ""),
    ]
    tekening = lees(teken(VIJF, gelijke_as([VIJF])).svg)
    assert [knoop.naam for knoop in tekening.alle()].count("circle") == 4


def pad(svg: str, klasse: str) -> str:
    [lijn] = [knoop for knoop in lees(svg).alle() if knoop.naam == "path" and klasse in knoop.klassen]
    return lijn["d"]


def test_een_gat_blijft_een_gat_en_een_nieuw_plan_is_een_trap() -> None:
    svg = teken(VIJF, gelijke_as([VIJF])).svg
    assert pad(svg, "lijn").count("M") == 2
    assert (pad(svg, "doel").count("M"), pad(svg, "doel").count("V")) == (1, 1)
    assert stukken([None, D(1), D(2), None, D(3)]) == [[1, 2], [4]]


def test_een_kwartaal_zonder_plan_breekt_ook_de_lijn_van_het_plan() -> None:
    zonder = verloop(("100", "90"), (None, "91"), ("100", "92"))
    assert pad(teken(zonder, gelijke_as([zonder])).svg, "doel").count("M") == 2
    assert zonder.rijen[1] == ("Q4 2025", "–", "91,0", "geen plan")


def test_kleine_grafieken_delen_een_as() -> None:
    ander = verloop(("200", "190"))
    as_ = gelijke_as([VIJF, ander])
    assert as_ == (D(90), D(200))
    labels = [
        [knoop.tekst() for knoop in lees(teken(v, as_).svg).alle() if knoop["text-anchor"] == "end"]
        for v in (VIJF, ander)
    ]
    assert labels[0] == labels[1] != []


def test_de_conclusie_gaat_van_het_eerste_naar_het_laatste_bekende_kwartaal() -> None:
    assert VIJF.conclusie == "Van 90,0 fte in Q3 2025 naar 96,5 in Q3 2026, 13,5 fte te weinig."
    assert verloop(("100", "90")).conclusie == "In Q3 2025 90,0 fte, 10,0 fte te weinig."
    assert verloop(("100", None)).conclusie == "Er is geen vastgestelde bezetting in deze kwartalen."
    assert verloop(("100", None)).leeg
    assert gelijke_as([]) == (D(0), D(1))
