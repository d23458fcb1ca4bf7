"""The one place that writes a figure: what it writes, and that nobody else does."""

import ast
import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
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
    "monitor/dashboards/indicator/signaal/toelichting.py": "a cell of a table, whose heading has the unit",
    "common/pagina/gewijzigd.py": "a count of corrections",
    "monitor/dashboards/gewijzigd.py": "a count of values",
    "formatie/scenario/beeld.py": "a count of inhabitants",
    "formatie/district/stand.py": "a count of inhabitants, and of wijkagenten",
    "formatie/management/commands/controleer_plan.py": "the report of a command, as the plan prints it",
    "monitor/management/commands/herbereken.py": "seconds",
    "monitor/invoer/bezetting/weergave.py": "beside the text of a form, as it was typed",
    "monitor/invoer/voorstellen/doelen/validatie.py": "what the reason must repeat, as it was typed",
    "monitor/invoer/regels/twijfel.py": "what was perhaps meant, read back by lees; earlier values beside it",
    "formatie/bijhouden/formatieplan.py": "places of the plan side by side, under the name of their column",
    "formatie/bijhouden/inwonertal.py": "a count of inhabitants",
    "monitor/invoer/voorstellen/organisatie/selectors.py": "a count of inhabitants",
    "monitor/dashboards/gemeente/zinnen.py": "a count of inhabitants",
    "monitor/rekenen/signaalzin.py": "the lower end of a range, whose upper end has the unit",
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


# Who may round or print a number without the one place, and why it is no figure of the monitor.
GEEN_CIJFER = {
    "common/grafiek/svg.py": "coordinates of a drawing",
    "common/tekst/getallen.py": "the notation itself",
    "config/toezicht.py": "seconds",
    "config/voorbereiden.py": "seconds",
    "formatie/bezetting/sommen.py": "whether a sum is whole tenths",
    "formatie/plan/kolommen.py": "a mean and a share of the plan, to be shown",
    "monitor/dashboards/taken.py": "seconds",
    "monitor/management/commands/maak_backup.py": "seconds",
    "monitor/management/commands/zet_terug.py": "seconds",
    "formatie/district/stand.py": "inhabitants to a wijkagent, rounded by the rule of the law",
    "formatie/bijhouden/planblad.py": "whether what was typed is whole tenths",
    "formatie/scenario/forms.py": "whether what was typed is whole tenths",
    "formatie/templatetags/formatie.py": "a ratio as the plan prints it",
    "monitor/dashboards/grafiek/plotly.py": "coordinates of a drawing",
    "common/tekst/verschrijving.py": "whether a number may be another one that was mistyped",
    "monitor/demo/cijfers.py": "makes up figures",
    "monitor/demo/mensen.py": "makes up figures",
    "monitor/demo/toeval.py": "makes up figures",
    "monitor/invoer/importeren/bestand/xlsx/opmaak.py": "what a cell of a spreadsheet shows",
    "monitor/rekenen/cijfers.py": "takes an exponent off, rounds nothing",
}
AFRONDERS = re.compile(r"\bquantize\(|:[,+]?\.\d[feg%]|:,\}|\bround\(")
FILTERS = re.compile(r"\|\s*(?:floatformat|intcomma|stringformat:\"[^ds])|\{%\s*(?:widthratio|localize)")


def test_alleen_wie_een_reden_heeft_rondt_af() -> None:
    schrijvers = {
        str(pad.relative_to(BASIS))
        for pad in bestanden_in_git(BASIS)
        if pad.suffix == ".py" and pad.relative_to(BASIS).parts[0] in APPS and AFRONDERS.search(pad.read_text("utf-8"))
    }
    assert schrijvers == set(GEEN_CIJFER)


def test_een_sjabloon_rondt_niets_af() -> None:
    sjablonen = [pad for pad in bestanden_in_git(BASIS) if pad.suffix in (".html", ".txt") and "templates" in pad.parts]
    assert len(sjablonen) > 50
    assert [str(pad) for pad in sjablonen if FILTERS.search(pad.read_text("utf-8"))] == []


@pytest.mark.parametrize("tekst", ["{{ w|floatformat:1 }}", "{{ w|intcomma }}", '{{ w|stringformat:".1f" }}'])
def test_de_zoeker_vindt_een_filter_dat_afrondt(tekst: str) -> None:
    assert FILTERS.search(tekst)


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
        (EUROS, "1234.5", "€ 1.235", "€ 1.234,50"),
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
        ("jaarvolume", "30", "10", ZAKEN, "30 verdachten (jaarvolume, marge 10% van de norm)"),
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
        (EUROS, "5000", "+€ 5.000"),
        (EUROS, "-4680321", "-€ 4.680.321"),
        (ZAKEN, "0", "0 verdachten"),
    ],
)
def test_een_verschil_is_nooit_nul_dat_het_niet_is(maat, verschil, tekst):
    assert cijfers.verschil_in_woorden(Decimal(verschil), maat, teken=True) == tekst


def _terug(tekst):
    return lees(tekst, Notatie.HOEVEELHEID) if "," not in tekst else Decimal(tekst.replace(".", "").replace(",", "."))


maten = st.sampled_from([PROCENTEN, EUROS, ZAKEN, cijfers.FTE, LosseMaat(decimalen=2), cijfers.EURO_MILJOENEN])
breuken = st.builds(lambda t, n: Decimal(t) * 100 / n, st.integers(-100_000, 100_000), st.integers(1, 100_000))
maximaal = st.one_of(getallen, breuken, st.decimals(-1000, 1000, places=10))
marges = st.one_of(st.none(), st.decimals(0, 100, places=4), st.decimals(0, 50, places=4).map(lambda m: m.sqrt()))


@st.composite
def vlak_bij(draw):
    """A value on, or a hair beside, its limit or the edge of its margin: where rounding goes wrong."""
    grens, marge, kant = draw(maximaal), draw(marges), draw(st.sampled_from([-1, 0, 1]))
    haar = draw(st.sampled_from([Decimal(0), *(Decimal(w).scaleb(-n) for n in range(1, 9) for w in (-5, -1, 1, 4, 5))]))
    return grens + kant * (marge or 0) + haar, grens, marge


def _uit_tekst(tekst):
    """A figure as its reader has it: the number in the text, as it stands there."""
    kaal = re.sub(r"[^0-9,+-]", "", tekst)
    return Decimal(kaal.replace(",", "."))


def _oordeel(waarde, grens, marge, teken, *, deel):
    """The rule of a norm, in its simplest words."""
    tekort = teken * (grens - waarde)
    ruimte = (marge or Decimal(0)) * (abs(grens) / 100 if deel else 1)
    return "op koers" if tekort <= 0 else "aandacht" if tekort <= ruimte else "achter"


@settings(max_examples=600)
@given(st.one_of(vlak_bij(), st.tuples(maximaal, maximaal, marges)), maten, st.sampled_from([1, -1]), st.booleans())
def test_wat_er_staat_telt_op_en_geeft_hetzelfde_oordeel(getal, maat, teken, deel):
    waarde, grens, marge = getal
    w = cijfers.weeg(waarde, grens, maat, marge=marge, deel=deel)
    teksten = (w.waarde_tekst, w.grens_tekst, w.verschil_tekst)
    links, rechts, verschil = map(_uit_tekst, teksten)
    assert links - rechts == verschil
    ruimte = None if marge is None else _uit_tekst(w.kale_marge)
    exact = _oordeel(waarde, grens, marge, teken, deel=deel)
    assert _oordeel(links, rechts, ruimte, teken, deel=deel) == exact
    assert (verschil == 0) == (waarde == grens)


@given(maximaal, maximaal, maten)
def test_wat_er_staat_is_afgerond_en_niet_anders(waarde, grens, maat):
    """Every figure lies within half of its last decimal of the exact one; a difference within a whole one."""
    w = cijfers.weeg(waarde, grens, maat)
    for getoond, exact, deel in ((w.waarde, waarde, 2), (w.verschil, waarde - grens, 1)):
        laatste = Decimal(1).scaleb(getoond.as_tuple().exponent)
        assert abs(getoond - exact) <= laatste / deel
    assert -w.waarde.as_tuple().exponent >= maat.decimalen


@pytest.mark.parametrize(
    ("waarde", "grens", "marge", "maat", "getoond"),
    [
        ("81.96", "82", "2", PROCENTEN, ("81,96%", "82%", "-0,04 procentpunt")),
        ("81.95", "82", "2", PROCENTEN, ("81,95%", "82%", "-0,05 procentpunt")),
        ("81.45", "82", "2", PROCENTEN, ("81,45%", "82%", "-0,55 procentpunt")),
        ("81.4", "82", "2", PROCENTEN, ("81,4%", "82%", "-0,6 procentpunt")),
        ("6.45", "5.9", "0.5", PROCENTEN, ("6,5%", "5,9%", "+0,6 procentpunt")),
        ("6.42", "5.9", "0.5", PROCENTEN, ("6,42%", "5,9%", "+0,52 procentpunt")),
        ("6.4", "5.9", "0.5", PROCENTEN, ("6,4%", "5,9%", "+0,5 procentpunt")),
        ("5.94", "5.9", "0.5", PROCENTEN, ("5,94%", "5,9%", "+0,04 procentpunt")),
        ("23", "22.5", None, ZAKEN, ("23 verdachten", "22,5 verdachten", "+0,5 verdachten")),
        ("253", "282.83333333", None, ZAKEN, ("253 verdachten", "282,8 verdachten", "-29,8 verdachten")),
        ("5229267.6", "5229268", None, EUROS, ("€ 5.229.267,60", "€ 5.229.268", "-€ 0,40")),
        ("13450000", "18130321", None, EUROS, ("€ 13.450.000", "€ 18.130.321", "-€ 4.680.321")),
    ],
)
def test_een_waarde_naast_haar_grens(waarde, grens, marge, maat, getoond):
    w = cijfers.weeg(Decimal(waarde), Decimal(grens), maat, marge=marge and Decimal(marge))
    assert (w.waarde_tekst, w.grens_tekst, w.verschil_tekst) == getoond


misschien = st.one_of(st.none(), maximaal)


@given(st.lists(misschien, max_size=2), st.lists(misschien, max_size=4), maten)
@example([Decimal(100) / 65], [Decimal(100) / 65], EUROS)
def test_in_een_rij_ligt_elke_waarde_aan_de_goede_kant_van_elke_grens(waarden, grenzen, maat):
    getoond = cijfers.naast_grenzen(waarden, grenzen, maat)
    links, rechts = getoond[: len(waarden)], getoond[len(waarden) :]
    assert [g is None for g in getoond] == [g is None for g in (*waarden, *grenzen)]
    paren = [(w, x, g, h) for w, x in zip(links, waarden, strict=True) for g, h in zip(rechts, grenzen, strict=True)]
    assert all((w > g, w < g) == (x > h, x < h) for w, x, g, h in paren if None not in (w, g))


@pytest.mark.parametrize(
    ("waarde", "grens", "getoond"),
    [
        ("13450000", "18130321", ("€ 13,45 mln", "€ 18,13 mln", "-€ 4,68 mln")),
        ("13420000", "18130321", ("€ 13,4 mln", "€ 18,1 mln", "-€ 4,7 mln")),
        ("20917069", "20917070", ("€ 20,917069 mln", "€ 20,91707 mln", "-€ 0,000001 mln")),
        ("900000", "800000", ("€ 900.000", "€ 800.000", "+€ 100.000")),
    ],
)
def test_een_kop_rondt_grote_bedragen_af_zoals_men_ze_zegt(waarde, grens, getoond):
    waarde, grens = Decimal(waarde), Decimal(grens)
    w = cijfers.weeg_in_kop(cijfers.weeg(waarde, grens, EUROS), waarde, grens)
    assert (w.waarde_tekst, w.grens_tekst, w.verschil_tekst) == getoond


@pytest.mark.parametrize(
    ("getal", "tekst"),
    [
        ("1", "1 verdachte"),
        ("-1", "-1 verdachte"),
        ("2", "2 verdachten"),
        ("0", "0 verdachten"),
        ("21", "21 verdachten"),
    ],
)
def test_een_eenheid_is_enkelvoud_bij_een(getal, tekst):
    assert cijfers.waarde_in_woorden(Decimal(getal), LosseMaat("verdachten", 0, "verdachte")) == tekst


def test_alleen_een_teken_wordt_herhaald():
    assert cijfers.grens_in_woorden(Decimal("22.5"), alleen_teken(ZAKEN)) == "22,5"
    assert cijfers.grens_in_woorden(Decimal("82.25"), alleen_teken(PROCENTEN)) == "82,25%"
    assert cijfers.grens_in_woorden(Decimal("5229267.5"), alleen_teken(EUROS)) == "€ 5.229.268"


def test_een_doel_van_miljoenen_voluit():
    assert cijfers.voluit(Decimal(20_000_000), EUROS) == "20 miljoen euro"


@given(getallen)
def test_fte_heeft_ten_minste_een_decimaal(waarde):
    assert "," in cijfers.fte(waarde)
    assert _terug(cijfers.fte(waarde)) == waarde
