"""Whether a page looks back is asked where that is decided, and where it is said; nobody else needs to know."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

import pytest

from config.omgeving import BASE_DIR
from scripts.wanden.boom import bestanden_in_git

LEZERS = (
    "formatie",
    "monitor/api",
    "monitor/dashboards",
    "monitor/rekenen",
    "monitor/selectors.py",
    "monitor/zicht.py",
)
VAN_TOEN = {"toen", "dag", "moment", "peildatum", "bekend_op", "is_heden", "terug", "destijds"}
SOORTEN = {"Nu", "Toen", "CijfersNu", "CijfersToen", "FormatieNu", "FormatieToen"}
MAG = {
    # makes the object
    "formatie/bezetting/terugkijken.py": 1,
    "formatie/keuze.py": 2,  # and says above the page that it looks back
    "monitor/dashboards/terugkijken.py": 1,
    "monitor/dashboards/keuze.py": 1,
    # says above the page that it looks back, and on the page of today what was corrected lately
    "monitor/dashboards/gewijzigd.py": 3,
    # the same of what changed until today
    "monitor/dashboards/overzicht/sinds.py": 1,
    # what waits for approval is known of today only, and who looks back asks nothing
    "monitor/dashboards/indicator/duiding.py": 1,
    "monitor/dashboards/overzicht/views.py": 1,
    # which quarters were over on the day the page is of
    "monitor/dashboards/grafiek/voorraad.py": 1,
    # the address of what is shown, with its day
    "monitor/dashboards/verkennen/views.py": 1,
    # there ``toen`` is an earlier quarter of the same page, and ``dag`` the first or last day of an onderdeel
    "formatie/district/zinnen.py": 3,
    "formatie/plan/grafiek.py": 1,
    "formatie/plan/laden.py": 1,
    "formatie/plan/views.py": 1,
    "monitor/dashboards/gemeente/verloop.py": 1,
    "monitor/dashboards/verkennen/beelden.py": 1,
    "monitor/rekenen/narekenen/grondslag.py": 2,
    # refuses a day that cannot be, in the words of the API
    "monitor/api/schema.py": 2,
    "monitor/api/sturing/agenda.py": 1,
    "monitor/api/sturing/wijzigingen.py": 1,
}


def vragen(code: str) -> Iterator[int]:
    """The lines that ask whether something is of the past, or of which kind it is; comparing days is another."""
    gevonden = {id(deel): deel for knoop in ast.walk(ast.parse(code)) for deel in _voorwaarden(knoop)}
    return (deel.lineno for deel in gevonden.values() if _heet(deel) in VAN_TOEN or _is_soort(deel))


def _voorwaarden(knoop: ast.AST) -> Iterator[ast.expr]:
    if isinstance(knoop, ast.If | ast.IfExp | ast.While | ast.Assert):
        yield _kaal(knoop.test)
    elif isinstance(knoop, ast.BoolOp):
        yield from map(_kaal, knoop.values)
    elif isinstance(knoop, ast.comprehension):
        yield from map(_kaal, knoop.ifs)
    elif isinstance(knoop, ast.Match):
        yield _kaal(knoop.subject)
    elif isinstance(knoop, ast.Compare) and any(map(_is_niets, knoop.comparators)):
        yield _kaal(knoop.left)
    elif isinstance(knoop, ast.Call) and _heet(knoop.func) in ("bool", "isinstance") and knoop.args:
        yield knoop if _heet(knoop.func) == "isinstance" else _kaal(knoop.args[0])


def _kaal(vraag: ast.expr) -> ast.expr:
    while isinstance(vraag, ast.UnaryOp | ast.NamedExpr):
        vraag = vraag.operand if isinstance(vraag, ast.UnaryOp) else vraag.value
    return vraag


def _heet(knoop: ast.expr) -> str:
    return knoop.id if isinstance(knoop, ast.Name) else knoop.attr if isinstance(knoop, ast.Attribute) else ""


def _is_niets(knoop: ast.expr) -> bool:
    return isinstance(knoop, ast.Constant) and knoop.value is None


def _is_soort(knoop: ast.expr) -> bool:
    """Of ``isinstance(…, CijfersToen)``."""
    return isinstance(knoop, ast.Call) and any(_heet(kind) in SOORTEN for kind in knoop.args[1:])


def test_alleen_wie_het_bepaalt_of_zegt_vraagt_of_een_pagina_terugkijkt() -> None:
    paden = [pad.relative_to(BASE_DIR) for pad in bestanden_in_git(BASE_DIR) if pad.suffix == ".py"]
    lezers = [pad for pad in paden if str(pad).startswith(LEZERS) and "migrations" not in pad.parts]
    assert len(lezers) > 80, "nothing was read: the test shows nothing"
    gevonden = Counter({str(pad): len(list(vragen((BASE_DIR / pad).read_text("utf-8")))) for pad in lezers})
    assert +gevonden == Counter(MAG)


@pytest.mark.parametrize(
    "code",
    [
        "rijen = blik.toen.rijen() if blik.toen else bewaarde()",
        "if not blik.is_heden:\n    pass",
        "versies = geldend() if peildatum is None else zoals(peildatum)",
        "noten = blik.bekend.dag and [1]",
        "x = [rij for rij in rijen if self.bekend.dag]",
        "if isinstance(blik.bekend, CijfersToen):\n    pass",
        "match moment:\n    case None:\n        pass",
        "terug = bool(blik.bekend.dag)",
        "if (dag := lees()) is not None and dag:\n    pass",
    ],
)
def test_de_regel_ziet_elke_vraag_naar_toen(code: str) -> None:
    assert list(vragen(code))


@pytest.mark.parametrize(
    "code",
    ["rijen = blik.bekend.onder(uit)", "if dag > vandaag:\n    pass", "x = toen | nu"],
)
def test_de_regel_laat_gewone_code_met_rust(code: str) -> None:
    assert not list(vragen(code))
