"""Files beside what was decided on the site: a load stays without effect, and never passes over two persons."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import DEFINITIE
from monitor.models import Doelstelling, Indicator
from tests.integration.monitor.agenda.test_laad_agenda import HERZIEN, fouten_van, kopie, laad, stand, vervang
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import (
    met_blad,
    stel_blad_voor,
    stel_voor,
    vaststeller,
    wijzig,
)

__all__ = ["kopie"]
pytestmark = pytest.mark.django_db
CODE = "verdachten-mensenhandel"


@pytest.fixture
def indicator() -> Indicator:
    laad()
    return Indicator.objects.get(code=CODE)


def test_na_een_gewijzigd_doel_verandert_laden_niets(indicator: Indicator) -> None:
    wijzig(indicator, streefwaarde="32", reden="Nieuwe afspraak.")
    voor = stand()
    assert "doelstellingen: 0 nieuw, 0 gewijzigd, 60 gelijk" in laad()
    assert "niets gewijzigd" in laad("--controleer")
    assert stand() == voor


def test_na_een_eerste_doel_van_een_jaar_verandert_laden_niets(indicator: Indicator) -> None:
    wijzig(indicator, onderdeel="A", reden="")
    voor = stand()
    assert "doelstellingen: 0 nieuw" in laad()
    assert stand() == voor


@pytest.mark.parametrize("vastgesteld", [True, False])
def test_een_herziening_in_de_bestanden_gaat_niet_over_de_site_heen(
    indicator: Indicator, kopie: Path, vastgesteld: bool
) -> None:
    (wijzig if vastgesteld else stel_voor)(indicator, streefwaarde="32")
    voor = stand()
    bestand = kopie / f"monitorset/2023-2026/{CODE}.toml"
    bestand.write_text(bestand.read_text(encoding="utf-8") + HERZIEN, encoding="utf-8")
    [fout] = fouten_van(kopie)
    assert "voor 2025 is op de site al een doel voorgesteld of vastgesteld" in fout
    assert stand() == voor


def test_een_gewijzigd_blad_wint_van_de_bestanden(indicator: Indicator, kopie: Path) -> None:
    versie = stel_blad_voor(indicator, bron="Het OM zelf")
    stel_vast(DEFINITIE, [met_blad(versie)], door=vaststeller(), herkomst="proef")
    van, naar = 'eenheid = "verdachten"\neenheid_enkelvoud', 'eenheid = "personen"\neenheid_enkelvoud'
    vervang(kopie / f"monitorset/2023-2026/{CODE}.toml", van, naar)
    uit = laad(map_=kopie)
    assert f"Definities die op de site zijn gewijzigd, blijven zoals ze zijn: {CODE}." in uit
    indicator.refresh_from_db()
    assert (indicator.bron, indicator.eenheid) == ("Het OM zelf", "personen")


def test_wat_de_bestanden_laadden_blijft_gelden_als_er_niets_op_de_site_is() -> None:
    uit = StringIO()
    call_command("laad_agenda", stdout=uit)
    assert "op de site" not in uit.getvalue()
    assert not Doelstelling.objects.filter(ingevoerd_door__isnull=False).exists()
