"""What we write as a file reads back as what it was, whatever someone wrote in a remark."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.pagina.tonen import DEMOMELDING
from common.pagina.uitvoer import FORMATEN
from monitor.invoer.importeren.bestand.cel import getaltekst, is_afgerond
from monitor.invoer.importeren.bestand.lezen import lees_bytes
from monitor.invoer.regels.validatie import METINGKOLOMMEN, IndicatorFeiten, Kader, OnderdeelFeiten, lees_rij
from monitor.invoer.regels.waarneming import Waarneming

KADER = Kader(
    {"maat-x": IndicatorFeiten("maat-x", "stand", "kwartaal", "eenheid", "punten", "geen", 1, None)},
    {"RE07": OnderdeelFeiten("RE07", "eenheid")},
    date(2026, 11, 1),
)
VREEMD = [
    "=HYPERLINK('x')",
    "+31 6",
    "-",
    "@SUM",
    "'",
    "\t",
    "\r",
    "\n",
    "\r\n",
    '"',
    ";",
    ",",
    "–",
    "_x000D_",
    " ",
    "nb",
]
TEKST = st.lists(st.one_of(st.sampled_from(VREEMD), st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]))))
GETAL = st.decimals(-(10**15), 10**15, places=4, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize("soort", FORMATEN)
@settings(deadline=None, max_examples=60)
@given(regels=st.lists(st.tuples(TEKST.map("".join), GETAL), min_size=1, max_size=8))
def test_een_export_leest_gelijk_terug(soort: str, regels: list[tuple[str, Decimal]]) -> None:
    vast = ["maat-x", "RE07", 2026, 3]
    rijen = [
        [*vast, getaltekst(getal) if is_afgerond(getal) else getal, None, None, None, "definitief", None, tekst]
        for tekst, getal in regels
    ]
    inhoud = lees_bytes(FORMATEN[soort][1]("Metingen", [[DEMOMELDING], METINGKOLOMMEN, *rijen]))
    assert not inhoud.fouten
    gelezen = [lees_rij(rij, KADER) for rij in inhoud.rijen]
    for waarneming, (tekst, getal) in zip(gelezen, regels, strict=True):
        assert isinstance(waarneming, Waarneming)
        assert (waarneming.toelichting, waarneming.waarde) == (tekst.strip(), getal)
