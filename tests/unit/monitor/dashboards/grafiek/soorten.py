"""Every kind of indicator once, as its rows are: what a chart of this year and of all quarters must be able to show."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

from tests.unit.monitor.dashboards.grafiek.cijferreeks import jaardoel, rijen_van, soort_indicator

BESLAG = soort_indicator(eenheid="€", verwachting="seizoen")
PRIO = soort_indicator("verhouding", eenheid="%", decimalen=1)
VIER = dict.fromkeys((2021, 2022, 2023, 2024, 2025), (9, 6, 8, 7))


def _beslag() -> dict[int, tuple[int, ...]]:
    mln = {
        2021: (35, 41, 52, 81),
        2022: (38, 44, 50, 85),
        2023: (50, 49, 52, 86),
        2024: (52, 50, 49, 88),
        2025: (55, 47, 54, 84),
    }
    return {j: tuple(w * 100_000 for w in rij) for j, rij in mln.items()} | {2026: (4_800_000, 4_600_000, 4_112_345)}


def _percentages(laatste: int = 3) -> dict[int, tuple[Any, ...]]:
    reeks = {j: tuple((820 + (j * 7 + q * 3) % 19, 1000) for q in range(4)) for j in range(2021, 2026)}
    return reeks | {2026: tuple((815 + q, 1000) for q in range(laatste))}


def _elk(eerder: tuple[Any, ...], nu: tuple[Any, ...]) -> dict[int, tuple[Any, ...]]:
    return dict.fromkeys(range(2021, 2026), eerder) | {2026: nu}


def _alle(soort: str, waarde: object = 30, **velden: Any) -> list[Any]:
    return [jaardoel(j, soort, waarde, **velden) for j in range(2023, 2027)]


def soorten() -> dict[str, tuple[Any, list[Any]]]:
    """By name: the indicator and its rows."""
    klein = soort_indicator(eenheid_enkelvoud="verdachte")
    enquete = soort_indicator("enquete", eenheid="%", decimalen=1, frequentie="tweejaarlijks", eerste_jaar=2021)
    lager = soort_indicator("verhouding", richting="lager", eenheid="%", decimalen=1, tijd="laatste")
    stand = soort_indicator("stand", eenheid="fte", decimalen=1, richting="geen", herkomst="afgeleid")
    half = soort_indicator(frequentie="halfjaar")
    jaarlijks = soort_indicator(frequentie="jaar")
    stap = soort_indicator(verwachting="stap", stap_kwartaal=4)
    plafond = soort_indicator(richting="lager")
    gewijzigd = jaardoel(2026, waarde=40, geldig_vanaf=date(2026, 5, 1), vervangt=jaardoel(2026, waarde=30))
    verschillen = ("-3.5", "1.2", "0", "-7.25"), ("-2", "3.1", "-1")
    verzuim = _alle("maximum", "5.9", marge=D("0.5"))
    metingen = {2021: ("49.3",), 2023: ("48.1",), 2025: ("47.9",)}
    return {
        "beslag": (BESLAG, rijen_van(BESLAG, _beslag(), _alle("jaarvolume", 24270188), voorlopig=1)),
        "klein": (klein, rijen_van(klein, VIER | {2026: (9, 6, 8)}, _alle("jaarvolume"))),
        "gat": (klein, rijen_van(klein, VIER | {2026: (9, None, 8)}, _alle("jaarvolume"))),
        "niets dit jaar": (klein, rijen_van(klein, VIER, _alle("jaarvolume"))),
        "eerste jaar": (klein, rijen_van(klein, {2026: (9, 6, 8)}, [jaardoel(2026)])),
        "een punt": (klein, rijen_van(klein, {2026: (9,)}, [jaardoel(2026)])),
        "geen doel": (klein, rijen_van(klein, VIER | {2026: (9, 6, 8)})),
        "doel gewijzigd": (klein, rijen_van(klein, VIER | {2026: (9, 6, 8)}, [*_alle("jaarvolume")[:3], gewijzigd])),
        "plafond": (plafond, rijen_van(plafond, VIER | {2026: (9, 6, 8)}, _alle("jaarvolume", 40))),
        "gehaald": (klein, rijen_van(klein, VIER | {2026: (19, 16, 8)}, _alle("jaarvolume"))),
        "stap": (stap, rijen_van(stap, {2026: (0, 0, 0)}, [jaardoel(2026, waarde=2)])),
        "halfjaar": (half, rijen_van(half, _elk((14, 16), (12,)), _alle("jaarvolume"))),
        "jaar": (jaarlijks, rijen_van(jaarlijks, {j: (30 + j % 4,) for j in range(2021, 2026)}, _alle("jaarvolume"))),
        "minimum": (PRIO, rijen_van(PRIO, _percentages(), _alle("minimum", 82))),
        "maximum": (lager, rijen_van(lager, _elk(((61, 1000),) * 4, ((65, 1000),) * 3), verzuim)),
        "monitoring": (stand, rijen_van(stand, _elk(*verschillen), _alle("monitoring"))),
        "enquete": (enquete, rijen_van(enquete, metingen, _alle("verbetering"), marge="1.9")),
        "gelijk": (klein, rijen_van(klein, _elk((7,) * 4, (7,) * 3), _alle("jaarvolume"))),
        "leeg": (klein, []),
    }  # fmt: skip
