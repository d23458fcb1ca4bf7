"""The course of places and people: gaps stay gaps, a changed plan is a step, and the table has what is drawn."""

from __future__ import annotations

from decimal import Decimal as D

from common.grafiek.beeld import Beeld, Punt, Rol
from common.tekst.periode import Kwartaal, kwartalen
from formatie.bezetting.sommen import Stand
from formatie.district.grafiek import verloopbeeld
from formatie.district.verloop import Verloop, gelijke_assen


def verloop(*paren: tuple[str | None, str | None]) -> Verloop:
    eerste = Kwartaal(2025, 3)
    reeks = tuple(kwartalen(eerste, Kwartaal.van_index(eerste.index + len(paren) - 1)))
    standen = tuple(Stand(D(f) if f else None, D(b) if b else None) for f, b in paren)
    return Verloop("A1", "Waterweg", reeks, standen)


VIJF = verloop(("100", "90"), ("100", "92"), ("100", None), ("110", "95"), ("110", "96.5"))


def test_de_tabel_heeft_precies_wat_er_getekend_is() -> None:
    assert VIJF.rijen == [
        ("Q3 2025", "100,0", "90,0", "-10,0", ""),
        ("Q4 2025", "100,0", "92,0", "-8,0", ""),
        ("Q1 2026", "100,0", "–", "–", "geen volledige bezetting"),
        ("Q2 2026", "110,0", "95,0", "-15,0", "plan gewijzigd"),
        ("Q3 2026", "110,0", "96,5", "-13,5", ""),
    ]
    assert verloopbeeld(VIJF).rijen == tuple(VIJF.rijen)


def spoor(beeld: Beeld, rol: Rol) -> tuple[Punt, ...]:
    [punten] = [s.punten for s in beeld.sporen if s.rol is rol]
    return punten


def test_een_gat_blijft_een_gat_en_een_nieuw_plan_is_een_trap() -> None:
    beeld = verloopbeeld(VIJF)
    assert [punt.y for punt in spoor(beeld, Rol.HOOFD)] == [D(90), D(92), None, D(95), D("96.5")]
    trede = [(punt.x, punt.y) for punt in spoor(beeld, Rol.DOEL)]
    assert trede[4:8] == [(D("1.5"), D(100)), (D("2.5"), D(100)), (D("2.5"), D(110)), (D("3.5"), D(110))]
    assert [woord.tekst for woord in beeld.woorden] == ["96,5", "plan 110,0"]
    assert beeld.x.groepen == ((0, "2025"), (2, "2026"))


def test_een_kwartaal_zonder_plan_breekt_ook_de_lijn_van_het_plan() -> None:
    zonder = verloop(("100", "90"), (None, "91"), ("100", "92"))
    assert [punt.y for punt in spoor(verloopbeeld(zonder), Rol.DOEL)] == [D(100), D(100), None, D(100), D(100)]
    assert zonder.rijen[1] == ("Q4 2025", "–", "91,0", "–", "geen plan")
    assert not any(s.rol is Rol.DOEL for s in verloopbeeld(verloop((None, "91"))).sporen)


def test_een_fte_is_in_elke_kleine_grafiek_even_hoog_en_alles_past_erin() -> None:
    ander, leeg = verloop(("200", "190"), ("200", "230")), verloop((None, None))
    assen = gelijke_assen([VIJF, ander, leeg])
    assert {hoog - laag for laag, hoog in assen} == {D(40)}
    for v, (laag, hoog) in zip((VIJF, ander), assen, strict=False):
        assert all(laag <= w <= hoog for s in v.standen for w in (s.formatie, s.bezetting) if w is not None)


def test_de_conclusie_gaat_van_het_eerste_naar_het_laatste_bekende_kwartaal() -> None:
    assert VIJF.conclusie == "Van 90,0 fte in Q3 2025 naar 96,5 in Q3 2026, 13,5 fte te weinig."
    assert verloop(("100", "90")).conclusie == "In Q3 2025 90,0 fte, 10,0 fte te weinig."
    assert verloop(("100", None)).conclusie == "Er is geen vastgestelde bezetting in deze kwartalen."
    assert verloop(("100", None)).leeg
    assert gelijke_assen([]) == []
