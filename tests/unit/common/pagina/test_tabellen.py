"""One table class for page and file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.core.exceptions import BadRequest
from django.test import RequestFactory

from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom, richt_in
from common.pagina.tonen import exporteer
from tests.pagina import Pagina
from tests.pagina import Tabel as GetoondeTabel


@dataclass
class Rij:
    naam: str
    waarde: Decimal | None
    decimalen: int = 1
    waarom: str = "geen meting"
    rijklasse: str = ""


class Proeftabel(Tabel):
    naam_ = Tekstkolom(accessor="naam", verbose_name="Naam", rijkop=True)
    waarde = Getalkolom(verbose_name="Waarde (%)", decimalen="decimalen", reden="waarom")
    verborgen = Tekstkolom(accessor="naam", verbose_name="Ook", visible=False)
    naam = "proef"


RIJEN = [Rij("een", Decimal("1234.567")), Rij("twee", None), Rij("=drie", Decimal(0), 0, rijklasse="tussen")]
TOTAAL = [Rij("totaal", Decimal("1234.567"), 2)]


def tabel(vraag: str = "", per_bladzijde: int = 50) -> Proeftabel:
    gemaakt = Proeftabel(RIJEN, titel="Een proef", totalen=TOTAAL)
    gemaakt.per_bladzijde = per_bladzijde
    richt_in(gemaakt, RequestFactory().get(f"/?{vraag}"))
    return gemaakt


def lees(gemaakt: Proeftabel) -> GetoondeTabel:
    koppen = "".join(f"<th>{kolom.header}</th>" for kolom in gemaakt.columns)
    html = f"<table><thead><tr>{koppen}</tr></thead><tbody>{gemaakt.lijf()}</tbody></table>"
    return Pagina.van(html).tabel()


def test_getallen_staan_rechts_in_het_nederlands_en_een_leeg_vak_zegt_waarom() -> None:
    getoond = lees(tabel())
    assert getoond.kolom("Waarde (%)") == ["1.234,6", "geen meting", "0", "1.234,57"]
    assert [rij.kop for rij in getoond.rijen] == ["een", "twee", "=drie", "totaal"]
    # raw: the classes that put a number on the right, and that make what is missing look so
    assert tabel().lijf().count('<td class="getal">') == 4
    assert '<span class="ontbreekt">geen meting</span>' in tabel().lijf()


def test_tekst_wordt_letterlijk_getoond() -> None:
    gemaakt = Proeftabel([Rij("<script>", None, waarom="<b>")], titel="x")
    richt_in(gemaakt, RequestFactory().get("/"))
    assert "<script>" not in gemaakt.lijf()  # raw: what the browser would make of it
    assert "<b>" not in gemaakt.lijf()
    assert lees(gemaakt).rij(0).cellen == ["<script>", "<b>"]


def test_totalen_blijven_onderaan_en_rijen_houden_hun_soort() -> None:
    for vraag in ("sort=naam_", "sort=-naam_", "sort=waarde"):
        laatste = lees(tabel(vraag)).rijen[-1]
        assert (laatste.kop, laatste.cel("Waarde (%)")) == ("totaal", "1.234,57")
    assert 'class="tussen' in tabel().lijf()  # raw: the class is what is asked


@pytest.mark.parametrize("vraag", ["sort=__class__", "page=0", "page=-3", "page=9" + "9" * 5000, "page=٣", "sort="])
def test_een_vreemde_vraag_wordt_genegeerd(vraag: str) -> None:
    assert "een" in lees(tabel(vraag)).kolom("Naam")


def test_bladeren_laat_elke_rij_een_keer_zien() -> None:
    bladen = [lees(tabel(f"page={nummer}", per_bladzijde=1)).rijen[0].kop for nummer in (1, 2, 3, 99)]
    assert sorted(bladen[:3]) == ["=drie", "een", "twee"]
    assert bladen[3] == bladen[2]


def test_het_bestand_heeft_elke_rij_elke_kolom_en_het_hele_getal() -> None:
    assert list(tabel(per_bladzijde=1).as_values()) == [
        ["Naam", "Waarde (%)", "Ook"],
        ["een", Decimal("1234.567"), "een"],
        ["twee", "geen meting", "twee"],
        ["=drie", Decimal(0), "=drie"],
        ["totaal", Decimal("1234.567"), "totaal"],
    ]


def test_een_lege_tabel_zegt_dat_er_niets_is() -> None:
    gemaakt = Proeftabel([], titel="leeg")
    richt_in(gemaakt, RequestFactory().get("/"))
    assert (lees(gemaakt).rijen, lees(gemaakt).zinnen) == ([], ["Er zijn geen rijen."])


def test_zonder_vraag_om_een_bestand_is_er_geen() -> None:
    assert exporteer(RequestFactory().get("/"), tabel()) is None
    assert exporteer(RequestFactory().get("/?_export=csv&_tabel=andere"), tabel()) is None
    with pytest.raises(BadRequest):
        exporteer(RequestFactory().get("/?_export=pdf"), tabel())
