"""The one place that writes a figure: what it writes, and that nobody else does."""

import ast
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.tekst import cijfers
from common.tekst.cijfers import LosseMaat, alleen_teken
from common.tekst.getallen import Notatie, lees
from scripts.wanden.boom import APPS, bestanden_in_git

BASIS = Path(__file__).parents[4]
PROCENTEN, EUROS, ZAKEN = LosseMaat("%", 1), LosseMaat("€"), LosseMaat("verdachten")
getallen = st.decimals(-10_000_000, 10_000_000, places=4)

# Who may write a bare number, and why no unit belongs to it.
KAAL = {
    "common/tekst/cijfers.py": "the one place",
    "common/tekst/getallen.py": "the notation itself",
    "common/pagina/uitvoer.py": "a cell of a file, whose heading has the unit",
    "common/pagina/tabellen.py": "a cell of a table, whose heading has the unit",
    "common/grafiek/reeks.py": "a cell of the table of a chart, whose heading has the unit",
    "monitor/dashboards/signaal/grafiek.py": "a cell of the table of a chart, whose heading has the unit",
    "monitor/dashboards/signaal/toelichting.py": "a cell of a table, whose heading has the unit",
    "common/pagina/gewijzigd.py": "a count of corrections",
    "formatie/scenario/beeld.py": "a count of inhabitants",
    "formatie/district/stand.py": "a count of inhabitants, and of wijkagenten",
    "formatie/management/commands/controleer_plan.py": "the report of a command, as the plan prints it",
    "monitor/management/commands/herbereken.py": "seconds",
    "monitor/invoer/bezetting/weergave.py": "beside the text of a form, as it was typed",
    "monitor/invoer/doelen/validatie.py": "what the reason must repeat, as it was typed",
    "monitor/invoer/regels/twijfel.py": "what was perhaps meant, read back by lees; earlier values beside it",
    "monitor/rekenen/oordeelzin.py": "what is still needed, in a sentence that named the unit",
    "monitor/rekenen/signaalzin.py": "the lower end of a range, whose upper end has the unit",
    "monitor/dashboards/indicator/uitleg.py": "the pace, which has no unit",
    "monitor/dashboards/oordeel/som.py": "the terms of a sum, whose outcome has the unit",
}
SCHRIJVERS = ("toon", "toon_kort")
EENHEDEN = ("%", " %", " fte", " mln", " procentpunt")


def _aanroepen(boom):
    """Calls of the two notations, and not of a function of that name of the file itself."""
    namen = {
        naam.asname or naam.name
        for knoop in ast.walk(boom)
        if isinstance(knoop, ast.ImportFrom) and knoop.module == "common.tekst.getallen"
        for naam in knoop.names
        if naam.name in SCHRIJVERS
    }
    return namen & {k.func.id for k in ast.walk(boom) if isinstance(k, ast.Call) and isinstance(k.func, ast.Name)}


def _product():
    return {
        str(pad.relative_to(BASIS)): ast.parse(pad.read_text(encoding="utf-8"))
        for pad in bestanden_in_git(BASIS)
        if pad.suffix == ".py" and pad.relative_to(BASIS).parts[0] in APPS
    }


def test_alleen_wie_een_reden_heeft_schrijft_een_kaal_getal():
    schrijvers = {pad for pad, boom in _product().items() if _aanroepen(boom)}
    assert schrijvers == KAAL.keys() - {"common/tekst/getallen.py"}


def _met_eenheid(tekst):
    """Whether an f-string sticks a unit to a number it writes."""
    for eerste, tweede in zip(tekst.values, tekst.values[1:], strict=False):
        if _schrijft(eerste) and isinstance(tweede, ast.Constant) and str(tweede.value).startswith(EENHEDEN):
            return True
        if _schrijft(tweede) and isinstance(eerste, ast.Constant) and str(eerste.value).rstrip().endswith("€"):
            return True
    return any(_schrijft(deel) for deel in tekst.values) and any(
        isinstance(k, ast.Attribute) and k.attr == "eenheid" for deel in tekst.values for k in ast.walk(deel)
    )


def _schrijft(deel):
    waarde = deel.value if isinstance(deel, ast.FormattedValue) else None
    return isinstance(waarde, ast.Call) and isinstance(waarde.func, ast.Name) and waarde.func.id in SCHRIJVERS


def test_niemand_anders_zet_een_eenheid_bij_een_getal():
    fout = [
        f"{pad}:{knoop.lineno}"
        for pad, boom in _product().items()
        if pad != "common/tekst/cijfers.py"
        for knoop in ast.walk(boom)
        if isinstance(knoop, ast.JoinedStr) and _met_eenheid(knoop)
    ]
    assert not fout


@pytest.mark.parametrize(
    ("tekst", "fout"),
    [
        ('f"{toon(w, 1)}%"', True),
        ('f"{toon_kort(w)} fte"', True),
        ('f"€ {toon_kort(w)}"', True),
        ('f"{toon_kort(w)} {i.eenheid}"', True),
        ('f"{toon_kort(w)} waarden"', False),
        ('f"{procent(w)} bezet"', False),
    ],
)
def test_de_zoeker_vindt_een_eenheid(tekst, fout):
    assert _met_eenheid(ast.parse(tekst, mode="eval").body) is fout


@pytest.mark.parametrize(
    ("maat", "waarde", "rond", "exact"),
    [
        (PROCENTEN, "82.5", "82,5%", "82,5%"),
        (PROCENTEN, "82", "82,0%", "82%"),
        (EUROS, "1234.5", "€ 1.235", "€ 1.234,5"),
        (ZAKEN, "22.5", "23 verdachten", "22,5 verdachten"),
        (ZAKEN, "-0.4", "0 verdachten", "-0,4 verdachten"),
        (LosseMaat(), "3", "3", "3"),
    ],
)
def test_een_waarde_met_haar_eenheid(maat, waarde, rond, exact):
    assert cijfers.waarde_in_woorden(Decimal(waarde), maat) == rond
    assert cijfers.exact_in_woorden(Decimal(waarde), maat) == exact


@pytest.mark.parametrize(
    ("maat", "waarde", "gedeeld", "tekst"),
    [
        (PROCENTEN, "65", False, "65,0%"),
        (PROCENTEN, "65.25", False, "65,25%"),
        (PROCENTEN, "65.25", True, "65,3%"),
        (EUROS, "1234.5", False, "€ 1.234,50"),
        (EUROS, "1234", False, "€ 1.234"),
    ],
)
def test_een_meting_houdt_wat_getypt_is(maat, waarde, gedeeld, tekst):
    assert cijfers.gemeten_in_woorden(Decimal(waarde), maat, gedeeld=gedeeld) == tekst


@pytest.mark.parametrize(
    ("soort", "streefwaarde", "marge", "maat", "tekst"),
    [
        ("jaarvolume", "30", "10", ZAKEN, "30 verdachten (jaarvolume, marge 10% van de verwachting)"),
        ("minimum", "82", "2", PROCENTEN, "82% (minimum, marge 2 procentpunt)"),
        ("maximum", "500000", "1000", EUROS, "€ 500.000 (maximum, marge € 1.000)"),
        ("minimum", "82", None, PROCENTEN, "82% (minimum)"),
        ("monitoring", None, None, PROCENTEN, "monitoring"),
    ],
)
def test_een_doel(soort, streefwaarde, marge, maat, tekst):
    getal = {naam: None if w is None else Decimal(w) for naam, w in (("streefwaarde", streefwaarde), ("marge", marge))}
    doel = SimpleNamespace(soort=soort, get_soort_display=lambda: soort.capitalize(), **getal)
    assert cijfers.doel_in_woorden(doel, maat) == tekst


@pytest.mark.parametrize(
    ("maat", "verschil", "tekst"),
    [
        (PROCENTEN, "0.04", "+0,04 procentpunt"),
        (PROCENTEN, "-2", "-2,0 procentpunt"),
        (EUROS, "5000", "€ +5.000"),
        (ZAKEN, "0", "0 verdachten"),
    ],
)
def test_een_verschil_is_nooit_nul_dat_het_niet_is(maat, verschil, tekst):
    assert cijfers.verschil_in_woorden(Decimal(verschil), maat, teken=True) == tekst


def _terug(tekst):
    return lees(tekst, Notatie.HOEVEELHEID) if "," not in tekst else Decimal(tekst.replace(".", "").replace(",", "."))


@given(getallen, getallen, st.sampled_from([0, 1, 2]))
def test_een_afgerond_getal_ligt_aan_de_kant_van_zijn_oordeel(waarde, grens, decimalen):
    paar = cijfers.naast_elkaar(waarde, grens, LosseMaat(decimalen=decimalen), mist=True)
    links, rechts = _terug(paar.kaal), _terug(paar.kale_grens)
    assert (links < rechts, links == rechts) == (waarde < grens, waarde == grens) or waarde == grens


@pytest.mark.parametrize(
    ("waarde", "grens", "maat", "links", "rechts"),
    [
        ("81.96", "82", PROCENTEN, "81,96%", "82%"),
        ("23", "22.5", ZAKEN, "23 verdachten", "22,5 verdachten"),
        ("5229267.6", "5229268", EUROS, "€ 5.229.267,6", "€ 5.229.268"),
    ],
)
def test_naast_zijn_grens(waarde, grens, maat, links, rechts):
    paar = cijfers.naast_elkaar(Decimal(waarde), Decimal(grens), maat, mist=True)
    assert (paar.waarde, paar.grens) == (links, rechts)


def test_een_verschil_naast_zijn_marge():
    paar = cijfers.verschil_naast(Decimal("-0.55"), Decimal("0.5"), PROCENTEN, mist=True)
    assert (paar.waarde, paar.kale_grens) == ("0,6 procentpunt", "0,5")
    net = cijfers.verschil_naast(Decimal("0.52"), Decimal("0.5"), PROCENTEN, mist=True)
    assert (net.waarde, net.kale_grens) == ("0,52 procentpunt", "0,5")


def test_alleen_een_teken_wordt_herhaald():
    assert cijfers.grens_in_woorden(Decimal("22.5"), alleen_teken(ZAKEN)) == "22,5"
    assert cijfers.grens_in_woorden(Decimal("82.25"), alleen_teken(PROCENTEN)) == "82,25%"
    assert cijfers.grens_in_woorden(Decimal("5229267.5"), alleen_teken(EUROS)) == "€ 5.229.268"


def test_een_kort_getal_bij_een_lijn():
    assert cijfers.kort_in_woorden(Decimal(13_450_000), EUROS) == "13,5 mln"
    assert cijfers.kort_in_woorden(Decimal(900_000), EUROS) == "900.000"
    assert cijfers.kort_in_woorden(Decimal(900_000), EUROS, hoogste=Decimal(2_000_000)) == "0,9 mln"
    assert cijfers.kort_in_woorden(Decimal(35), PROCENTEN, doel=True) == "35%"
    assert cijfers.voluit(Decimal(20_000_000), EUROS) == "20 miljoen euro"


@given(getallen)
def test_fte_heeft_ten_minste_een_decimaal(waarde):
    assert "," in cijfers.fte(waarde)
    assert _terug(cijfers.fte(waarde)) == waarde
