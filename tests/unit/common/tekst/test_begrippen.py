"""One list of terms: the paper follows it, and whatever points at a term points at one that exists."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from common.tekst.begrippen import BEGRIPPEN, BIJ_SLEUTEL, als_tabel, lees_begrippen, zoek_begrippen
from formatie.district.tables import PlaatsenTabel
from formatie.plan.tables import DienstenTabel
from monitor.dashboards.naslag.woorden import BETEKENIS, BIJ_DOEL, BIJ_INDICATOR, begrippen_bij
from monitor.models import Doelstelling, Oordeel

SJABLONEN = settings.BASE_DIR / "templates"


def test_de_lijst_op_papier_is_dezelfde() -> None:
    papier = (settings.BASE_DIR / "docs" / "begrippen.md").read_text(encoding="utf-8")
    assert papier == als_tabel(), "python -m common.tekst.begrippen > docs/begrippen.md"


def test_elk_begrip_staat_er_een_keer_en_zegt_iets() -> None:
    assert len(BIJ_SLEUTEL) == len(BEGRIPPEN)
    assert len({begrip.woord.casefold() for begrip in BEGRIPPEN}) == len(BEGRIPPEN)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", begrip.sleutel) for begrip in BEGRIPPEN)
    assert all(begrip.uitleg.endswith((".", ")")) and "|" not in begrip.uitleg for begrip in BEGRIPPEN)


@pytest.mark.parametrize(
    ("tekst", "fout"),
    [
        ('[os]\nwoord = "OS"', TypeError),
        ('[os]\nwoord = "OS"\nuitleg = "Sterkte."\nbron = "plan"', TypeError),
        ('[os]\nwoord = "OS"\nuitleg = "Sterkte."\n[os]\nwoord = "OS"\nuitleg = "Twee keer."', ValueError),
        ('os = "Sterkte."', TypeError),
    ],
    ids=["te weinig", "te veel", "dubbel", "geen begrip"],
)
def test_een_onvolledig_of_dubbel_begrip_komt_er_niet_in(tekst: str, fout: type[Exception]) -> None:
    with pytest.raises(fout):
        lees_begrippen(tekst)


def test_elke_verwijzing_naar_een_begrip_bestaat() -> None:
    teksten = [pad.read_text(encoding="utf-8") for pad in SJABLONEN.rglob("*.html")]
    in_sjablonen = {sleutel for tekst in teksten for sleutel in re.findall(r'{% begrip "([^"]+)"', tekst)}
    in_tabellen = {*DienstenTabel.begrippen.values(), *PlaatsenTabel.begrippen.values()}
    bij_indicator = {sleutel for sleutels in (*BIJ_INDICATOR.values(), *BIJ_DOEL.values()) for sleutel in sleutels}
    assert in_sjablonen
    assert in_sjablonen | in_tabellen | bij_indicator <= set(BIJ_SLEUTEL)


def test_elke_indicator_met_uitleg_bestaat() -> None:
    bestanden = {pad.stem for pad in (settings.FIXTURES_DIR / "monitorset").rglob("*.toml")}
    assert set(BIJ_INDICATOR) <= bestanden
    assert set(BIJ_DOEL) <= set(Doelstelling.Soort.values)
    assert begrippen_bij("csv-aangepakt", "onbekend") == ("csv", "nb")
    assert begrippen_bij("bestaat-niet", "") == ()


def test_elk_oordeel_heeft_een_betekenis() -> None:
    assert list(BETEKENIS) == list(Oordeel)


def test_het_woord_zelf_gaat_voor_een_uitleg_waarin_het_staat() -> None:
    assert [vondst.begrip.sleutel for vondst in zoek_begrippen(("nos",))] == ["nos"]
    treden = [vondst.zoek_trede for vondst in zoek_begrippen(("doel",))]
    assert treden == sorted(treden)
    assert {1, 2} <= set(treden)
    assert zoek_begrippen(()) == []
