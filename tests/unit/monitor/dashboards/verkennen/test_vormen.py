"""Rows crossed and drawn: compared with what a plain loop finds, and with what may never happen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.grafiek.beeld import Beeld, Punt, Rol, Vorm
from common.tekst.cijfers import LosseMaat, waarde_in_woorden
from common.tekst.periode import Kwartaal
from monitor.dashboards.verkennen.beelden import MEESTE_KLEINE, build_uitkomst
from monitor.dashboards.verkennen.uitkomst import Legopdracht, Uitkomst
from monitor.dashboards.verkennen.vormen import build_kruistabel

BEGIN = Kwartaal(2023, 1).index
GETAL = st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False, allow_infinity=False)


def _indicator(naam: str = "Prio 1", eenheid: str = "%", telt_op: bool = False, decimalen: int = 1) -> dict[str, Any]:
    return {"naam": naam, "eenheid": eenheid, "enkelvoud": "", "decimalen": decimalen, "telt_op": telt_op}


def _rij(indicator: str, plek: str, index: int, waarde: Any, cumulatief: Any = None, **anders: Any) -> list[Any]:
    getallen = [None if g is None else str(g) for g in (waarde, cumulatief, anders.get("doel"))]
    rest = ["Op koers", anders.get("voorlopig", False), anders.get("ontbreekt", "geen meting")]
    return [indicator, plek, index, *getallen, *rest]


def _opdracht(
    rijen: list[list[Any]], indicatoren: dict[str, Any], opzet: str = "tijd", per: str = "kwartaal"
) -> Legopdracht:
    indexen = [rij[2] for rij in rijen]
    plekken = dict.fromkeys(rij[1] for rij in rijen)
    return {
        "opzet": opzet, "per": per, "vanaf": min(indexen), "tot": max(indexen), "indicatoren": indicatoren,
        "onderdelen": {plek: f"{plek} Naam" for plek in plekken}, "rijen": rijen,
    }  # fmt: skip


def _punten(beeld: Beeld, rol: Rol) -> list[Punt]:
    return [punt for spoor in beeld.sporen if spoor.rol == rol for punt in spoor.punten]


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["p1", "p2"]), st.sampled_from(["A1", "A2", "B1"]), st.integers(0, 11)),
        st.none() | GETAL,
        min_size=1,
        max_size=40,
    )
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_elk_getal_staat_exact_op_zijn_plaats_en_een_gat_blijft_een_gat(cellen: dict[Any, Decimal | None]) -> None:
    rijen = [_rij(i, plek, BEGIN + n, waarde) for (i, plek, n), waarde in cellen.items()]
    kruis = build_kruistabel(_opdracht(rijen, {"p1": _indicator("Een"), "p2": _indicator("Twee", "€")}))
    eerste = min(n for _, _, n in cellen)
    gevonden = {
        (serie.indicator, serie.plek_naam[:2], n + eerste): cel
        for serie in kruis.series
        for n, cel in enumerate(serie.cellen)
    }
    for plaats, cel in gevonden.items():
        assert cel.getal == cellen.get(plaats)
        assert isinstance(cel.getal, Decimal | None)
        assert cel.tekst == ("–" if plaats not in cellen else "geen meting") if cel.getal is None else cel.tekst
    assert {plaats for plaats in gevonden if plaats in cellen} == set(cellen)


@given(st.lists(st.tuples(st.integers(0, 15), st.none() | GETAL), min_size=1, unique_by=lambda paar: paar[0]))
def test_van_een_jaar_telt_de_laatste_rij_met_een_cijfer(stand: list[tuple[int, Decimal | None]]) -> None:
    rijen = [_rij("w", "RE", BEGIN + n, None, waarde) for n, waarde in stand]
    (serie,) = build_kruistabel(_opdracht(rijen, {"w": _indicator(eenheid="€", telt_op=True)}, per="jaar")).series
    jaren = sorted({n // 4 for n, _ in stand})
    for jaar in jaren:
        van_jaar = [waarde for n, waarde in sorted(stand) if n // 4 == jaar and waarde is not None]
        assert serie.cellen[jaar - jaren[0]].getal == (van_jaar[-1] if van_jaar else None)


def test_een_jaar_dat_niet_heel_is_zegt_tot_welk_kwartaal() -> None:
    rijen = [_rij("w", "RE", BEGIN + n, 1, n) for n in range(7)]
    assert build_kruistabel(_opdracht(rijen, {"w": _indicator()}, per="jaar")).labels == ["2023", "2024 t/m Q3"]


def test_verschillende_eenheden_staan_nooit_op_een_as() -> None:
    rijen = [_rij(code, "A1", BEGIN + n, n) for code in ("p", "e") for n in range(4)]
    uit = build_uitkomst(_opdracht(rijen, {"p": _indicator(), "e": _indicator("Euro", "€")}))
    assert [beeld.y.eenheid for _, beeld in uit.beelden] == ["%", "€"]
    assert [beeld.y.vanaf_nul for _, beeld in uit.beelden] == [False, True]


def test_te_veel_lijnen_worden_kleine_beelden_op_een_schaal() -> None:
    rijen = [_rij("p", f"T{t:02}", BEGIN + n, 10 * t + n) for t in range(30) for n in range(4)]
    uit = build_uitkomst(_opdracht(rijen, {"p": _indicator()}))
    assert [maat for maat, _ in uit.beelden] == ["klein"] * MEESTE_KLEINE
    assert {beeld.y.bereik for _, beeld in uit.beelden} == {(Decimal(0), Decimal(293))}
    assert uit.zinnen == ["Getekend zijn de eerste 24 van 30; in de tabel staan ze alle."]
    assert len(uit.rijen) == 30


def test_naast_elkaar_staat_het_hoogste_boven_en_wat_ontbreekt_onder_met_de_reden() -> None:
    waarden = {"A1": -5, "A2": 0, "A3": None, "A4": 7}
    rijen = [_rij("f", plek, BEGIN, waarde, doel=0) for plek, waarde in waarden.items()]
    ((maat, beeld),) = build_uitkomst(_opdracht(rijen, {"f": _indicator("Verschil", "fte")}, "naast")).beelden
    assert maat == "hoog"
    assert beeld.y.labels == ("A4 Naam", "A2 Naam", "A1 Naam", "A3 Naam (geen meting)")
    assert [punt.x for punt in _punten(beeld, Rol.HOOFD)] == [7, 0, -5, None]
    assert _punten(beeld, Rol.HOOFD)[-1].tekst == "A3 Naam: geen meting"
    assert beeld.titel == "Het hoogst in Q1 2023: A4 Naam (7,0 fte); het laagst: A1 Naam (-5,0 fte)."
    assert beeld.sporen[0].vorm == Vorm.STAVEN


def test_naast_elkaar_kiest_het_laatste_kwartaal_met_een_cijfer() -> None:
    rijen = [_rij("p", "A1", BEGIN, 80), _rij("p", "A2", BEGIN, 90), _rij("p", "A1", BEGIN + 1, None)]
    ((_, beeld),) = build_uitkomst(_opdracht(rijen, {"p": _indicator()}, "naast")).beelden
    assert {rij[1] for rij in beeld.rijen} == {"Q1 2023"}


def test_tegen_elkaar_is_een_punt_per_onderdeel_met_beide_cijfers() -> None:
    rijen = [_rij("x", plek, BEGIN, n) for n, plek in enumerate(("A1", "A2", "A3"))]
    rijen += [_rij("y", "A1", BEGIN, 5, voorlopig=True), _rij("y", "A2", BEGIN, 3), _rij("y", "A3", BEGIN, None)]
    ((_, beeld),) = build_uitkomst(_opdracht(rijen, {"x": _indicator("X"), "y": _indicator("Y", "€")}, "tegen")).beelden
    assert [(p.x, p.y, p.open) for p in _punten(beeld, Rol.HOOFD)] == [(0, 5, True), (1, 3, False)]
    assert (beeld.x.eenheid, beeld.y.eenheid) == ("%", "€")
    assert beeld.titel.endswith("Van 1 andere is een van beide er niet.")


def test_tegen_elkaar_zonder_een_gezamenlijk_cijfer_zegt_dat() -> None:
    rijen = [_rij("x", "A1", BEGIN, 1), _rij("y", "A1", BEGIN + 1, 1)]
    uit = build_uitkomst(_opdracht(rijen, {"x": _indicator("X"), "y": _indicator("Y")}, "tegen"))
    assert uit.beelden == []
    assert uit.zinnen == ["Nergens zijn van beide indicatoren cijfers over hetzelfde kwartaal."]


@pytest.mark.parametrize(
    ("telt_op", "per", "getekend"), [(True, "kwartaal", False), (True, "jaar", True), (False, "kwartaal", True)]
)
def test_een_jaardoel_staat_niet_bij_een_kwartaal_van_wat_optelt(telt_op: bool, per: str, getekend: bool) -> None:
    rijen = [_rij("w", "RE", BEGIN + n, 5, 5 * n, doel=20) for n in range(4)]
    ((_, beeld),) = build_uitkomst(_opdracht(rijen, {"w": _indicator(telt_op=telt_op)}, per=per)).beelden
    assert bool(_punten(beeld, Rol.DOEL)) == getekend


def _moeilijk() -> dict[str, list[list[Any]]]:
    lang = "Een naam van tweehonderd tekens " * 6
    return {
        "een punt": [_rij("p", "A1", BEGIN, 5)],
        "alles ontbreekt": [_rij("p", "A1", BEGIN + n, None, ontbreekt="cijfer komt nog") for n in range(4)],
        "alles gelijk": [_rij("p", plek, BEGIN + n, 5) for plek in ("A1", "A2") for n in range(4)],
        "veertig jaar": [_rij("p", "A1", BEGIN + n, n) for n in range(160)],
        "twaalf ordes": [_rij("p", "A1", BEGIN + n, Decimal(10) ** (n - 4)) for n in range(12)],
        "onder nul": [_rij("p", plek, BEGIN + n, -n) for plek in ("A1", "A2") for n in range(4)],
        "lange naam": [_rij("p", lang, BEGIN + n, n) for n in range(4)],
        "alleen een doel": [_rij("p", "A1", BEGIN + n, None, doel=5) for n in range(4)],
    }


@pytest.mark.parametrize("per", ["kwartaal", "jaar"])
@pytest.mark.parametrize("opzet", ["tijd", "naast", "tegen", "tabel"])
@pytest.mark.parametrize("geval", _moeilijk())
def test_elk_moeilijk_geval_geeft_een_beeld_dat_zegt_wat_de_tabel_zegt(geval: str, opzet: str, per: str) -> None:
    rijen = _moeilijk()[geval]
    rijen = [[*rij[:4], rij[3], *rij[5:]] for rij in rijen]
    tweede = [["q", *rij[1:]] for rij in rijen] if opzet == "tegen" else []
    soorten = {"p": _indicator()} | ({"q": _indicator("Prio 2")} if tweede else {})
    uit = build_uitkomst(_opdracht(rijen + tweede, soorten, opzet, per))
    assert len(uit.rijen) == len({(rij[0], rij[1]) for rij in rijen + tweede})
    for _, beeld in uit.beelden:
        assert not beeld.leeg
        assert beeld.titel.endswith(".")
        cellen = " ".join(cel for rij in beeld.rijen for cel in rij)
        for spoor in beeld.sporen:
            for punt in spoor.punten if spoor.rol != Rol.DOEL else ():
                getal = punt.x if beeld.liggend else punt.y
                assert getal is None or waarde_in_woorden(Decimal(getal), LosseMaat("%", 1)) in cellen
                assert isinstance(getal, Decimal | None)


def test_het_antwoord_gaat_heen_en_weer_zonder_iets_te_verliezen() -> None:
    rijen = [
        _rij("p", plek, BEGIN + n, Decimal("83.33333333333333333333333333"), doel=90) for plek in "AB" for n in (0, 3)
    ]
    uit = build_uitkomst(_opdracht(rijen, {"p": _indicator()}))
    terug = Uitkomst.van_gegevens(uit.als_gegevens())
    assert list(terug.beelden) == uit.beelden
    assert [list(rij) for rij in terug.rijen] == [list(rij) for rij in uit.rijen]


def test_van_meer_indicatoren_samen_staat_elke_gebeurtenis_er_een_keer() -> None:
    rijen = [_rij(code, "A1", BEGIN + n, n) for code in ("p", "q") for n in range(4)]
    wat = ["2023-05-12", "Andere telling", "Telling gewijzigd", None]
    eigen = ["2023-08-01", "Van q alleen", "Anders", None]
    gebeurd = {"p": {"A1 Naam": [wat]}, "q": {"A1 Naam": [wat, eigen]}}
    opdracht = _opdracht(rijen, {"p": _indicator(), "q": _indicator("Prio 2")})
    [(_, beeld)] = build_uitkomst({**opdracht, "gebeurd": gebeurd}).beelden  # type: ignore[typeddict-item]  # one more
    assert [g.tekst for g in beeld.gebeurtenissen] == ["1 Andere telling", "2 Van q alleen"]
    assert [rij[-1] for rij in beeld.rijen][1:3] == ["12-05-2023: Andere telling", "01-08-2023: Van q alleen"]
    assert len(beeld.noten) == 2
