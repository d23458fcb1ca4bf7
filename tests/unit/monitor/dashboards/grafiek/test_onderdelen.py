"""Districts and teams ranked: order, interval, target, and the same words as their table."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from common.grafiek.beeld import Beeld, Rol, Vorm
from common.tekst.getallen import Notatie, lees
from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from monitor.dashboards.grafiek.onderdelen import GEEN_RIJEN, build_onderdelen, interval
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.indicator.teams import Onderdeelrij
from monitor.models import Monitorregel
from monitor.rekenen.regels.toeval import poisson, wilson
from tests.unit.monitor.dashboards.grafiek.cijferreeks import jaardoel, rijen_van, soort_indicator
from tests.unit.monitor.dashboards.grafiek.soorten import PRIO

Q = Kwartaal(2026, 1)


def onderdeelrij(i: Any, code: str, waarde: Any, doelen: Any = (), soort: str = "basisteam") -> Onderdeelrij:
    rijen = [rij for rij in rijen_van(i, {2026: (waarde,)}, doelen) if (rij.jaar, rij.kwartaal) == (2026, 1)]
    plek = Onderdeel(code=code, naam=f"Team {code}", soort=soort)
    return Onderdeelrij(Regel(Monitorregel(indicator=i), Q, rijen[0] if rijen else None), plek)


def teken(i: Any, *rijen: Onderdeelrij) -> Beeld:
    return build_onderdelen(i, rijen, lambda code: f"/naar/{code}/")


def punten(beeld: Beeld) -> list[Any]:
    los = [punt for spoor in beeld.sporen if spoor.vorm is Vorm.PUNTEN for punt in spoor.punten]
    return sorted(los, key=lambda punt: punt.y)


def test_het_beste_staat_boven_en_wat_ontbreekt_onderaan() -> None:
    doel = [jaardoel(2026, "minimum", 82)]
    beeld = teken(
        PRIO,
        onderdeelrij(PRIO, "B1", (80, 100), doel),
        onderdeelrij(PRIO, "B2", None, doel),
        onderdeelrij(PRIO, "B3", (90, 100), doel),
        onderdeelrij(PRIO, "B", (85, 100), doel, "district"),
    )
    assert [label.split()[-1] for label in beeld.y.labels] == ["B3", "B", "B1", "B2"]
    assert [punt.x for punt in punten(beeld)] == [90, 85, 80, None]
    assert [punt.adres for punt in punten(beeld)] == ["/naar/B3/", "/naar/B/", "/naar/B1/", "/naar/B2/"]
    assert [punt.merk for punt in punten(beeld)][:3] == ["", "", "ruit"]
    assert (
        beeld.titel
        == "2 van de 3 liggen op koers; B3 Team B3 ligt het hoogst met 90,0%, B1 Team B1 het laagst met 80,0%."
    )
    assert [(woord.tekst, woord.x, woord.y) for woord in beeld.woorden] == [
        ("90,0%", 90, 0),
        ("85,0%", 85, 1),
        ("80,0%", 80, 2),
    ]
    strepen = [spoor for spoor in beeld.sporen if spoor.rol is Rol.DOEL]
    assert {punt.x for spoor in strepen for punt in spoor.punten} == {82}


def test_lager_is_beter_draait_de_volgorde_om() -> None:
    i = soort_indicator("verhouding", richting="lager", eenheid="%", decimalen=1)
    beeld = teken(i, onderdeelrij(i, "B1", (8, 100)), onderdeelrij(i, "B2", (5, 100)))
    assert [punt.x for punt in punten(beeld)] == [5, 8]
    assert beeld.titel == "B2 Team B2 ligt het laagst met 5,0%, B1 Team B1 het hoogst met 8,0%."


def _zin(*waarden: int, onvolledig: tuple[int, ...] = (), soort: str = "basisteam") -> str:
    """What the title says of how many; ``onvolledig`` are the places of values that are not complete."""
    doel = [jaardoel(2026, "minimum", 82)]
    rijen = [onderdeelrij(PRIO, f"B{n}", (waarde, 100), doel) for n, waarde in enumerate(waarden)]
    for n in onvolledig:
        rijen[n].regel.rij.oordeel = "onvolledig"
    rijen[0].onderdeel.soort = soort
    return teken(PRIO, *rijen).titel.partition(";")[0]


def test_de_titel_telt_in_goed_nederlands() -> None:
    assert _zin(90, 70, 71) == "1 van de 3 basisteams ligt op koers"
    assert _zin(90, 91) == "Beide basisteams liggen op koers"
    assert _zin(60, 70, 71, soort="eenheid") == "Geen van de 3 ligt op koers"
    assert _zin(90, 91, 70, onvolledig=(0, 1)) == ("2 van de 3 basisteams liggen boven het doel, beide nog onvolledig")
    assert _zin(90, 91, 70, onvolledig=(2,)) == "2 van de 3 basisteams liggen boven het doel, één is nog onvolledig"
    assert _zin(60, 61, 70, onvolledig=(0, 1, 2)) == (
        "Geen van de 3 basisteams ligt boven het doel, alle 3 nog onvolledig"
    )


def test_een_en_gelijke_waarden_hebben_geen_beste() -> None:
    assert teken(PRIO, onderdeelrij(PRIO, "B1", (80, 100))).titel == "B1 Team B1 heeft 80,0%."
    gelijk = teken(PRIO, *(onderdeelrij(PRIO, code, (80, 100)) for code in ("B1", "B2", "B3")))
    assert gelijk.titel == "Alle 3 hebben 80,0%."


def test_bij_veel_punten_staan_de_waarden_alleen_in_de_tabel() -> None:
    beeld = teken(PRIO, *(onderdeelrij(PRIO, f"B{n}", (80 + n, 100)) for n in range(9)))
    assert beeld.woorden == ()


def test_een_aandeel_en_een_klein_aantal_tonen_wat_toeval_openlaat() -> None:
    i = soort_indicator()
    assert interval(PRIO, onderdeelrij(PRIO, "B1", (80, 100))) == tuple(100 * w for w in wilson(D(80), D(100)))
    assert interval(i, onderdeelrij(i, "B1", 3)) == poisson(3)
    assert interval(i, onderdeelrij(i, "B1", 51)) is None
    assert interval(i, onderdeelrij(i, "B1", None)) is None


def test_zonder_rijen_zegt_het_beeld_dat() -> None:
    beeld = teken(PRIO)
    assert beeld.leeg
    assert beeld.titel == GEEN_RIJEN


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(300, 900)), min_size=1, max_size=8), st.integers(1, 99))
def test_elk_getal_van_het_beeld_staat_in_zijn_rij(paren: list[tuple[int, int]], doel: int) -> None:
    doelen = [jaardoel(2026, "minimum", doel)]
    beeld = teken(PRIO, *(onderdeelrij(PRIO, f"B{n}", paar, doelen) for n, paar in enumerate(paren)))
    for punt, rij in zip(punten(beeld), beeld.rijen, strict=True):
        waarde, laag, hoog, tegen = (lees(cel, Notatie.HOEVEELHEID) for cel in rij[1:5])
        assert [abs(a - b) < D("0.06") for a, b in ((waarde, punt.x), (laag, punt.van), (hoog, punt.tot))] == [True] * 3
        assert (waarde > tegen, waarde < tegen) == (punt.x > doel, punt.x < doel)
        assert rij[1] in punt.tekst
