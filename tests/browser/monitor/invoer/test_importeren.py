"""Importing a file with the keyboard only, and the pages of it on a wide and a narrow screen."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from monitor.invoer.importeren import services
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from monitor.models import Indicator, Meting
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, bezoeker
from tests.browser.toetsen import tel_toetsen
from tests.factories import MetingFactory, maak_persoon

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["bezoeker"]
RIJEN = (";".join(METINGKOLOMMEN), "verdachten;RE07;2021;1;9;;;;definitief;2021-04-05;")


def _tab_naar(page: Page, naam: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if naam in page.evaluate("(document.activeElement.textContent || '') + document.activeElement.id"):
            return
    raise AssertionError(f"{naam} is not reached by Tab")


def test_importeren_met_het_toetsenbord(bezoeker: Bezoeker, worker: Any, tmp_path: Path) -> None:
    pad = tmp_path / "q1.csv"
    pad.write_text("\n".join(RIJEN))
    bezoek = bezoeker("analist", viewport={"width": 1280, "height": 900})
    page = bezoek.open("/invoer/importeren/")
    assert Axe().run(page).response["violations"] == []
    _tab_naar(page, "id_bestand")
    # The window that opens here belongs to the system; only what it gives back reaches the page.
    page.locator("input:focus").set_input_files(pad)
    _tab_naar(page, "Bestand lezen")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Klaar om in te dienen: 1 nieuw")).to_be_visible(timeout=20_000)
    assert Axe().run(page).response["violations"] == []
    assert not Meting.objects.filter(jaar=2021, kwartaal=1).exists()
    _tab_naar(page, "Indienen")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Iemand anders moet ze nog vaststellen.")).to_be_visible()
    assert Meting.objects.get(jaar=2021, kwartaal=1).waarde == 9
    assert bezoek.klachten == []
    assert bezoek.vreemd == []


def test_een_twijfelachtige_waarde_vraagt_een_toelichting(bezoeker: Bezoeker, worker: Any, tmp_path: Path) -> None:
    pad = tmp_path / "q1.csv"
    pad.write_text("\n".join((*RIJEN, "verdachten;RE07;2021;2;900;;;;definitief;;")))
    bezoek = bezoeker("analist", viewport={"width": 1280, "height": 900})
    MetingFactory(indicator=Indicator.objects.get(code="verdachten"), jaar=2019, kwartaal=1, waarde=Decimal(9))
    page = bezoek.open("/invoer/importeren/")
    _tab_naar(page, "id_bestand")
    page.locator("input:focus").set_input_files(pad)
    _tab_naar(page, "Bestand lezen")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 twijfelachtig")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Dit is ongeveer 100 keer zo veel als de vorige meting (9).")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    _tab_naar(page, "id_toelichting")
    page.keyboard.type("Een landelijke actie op één dag.")
    _tab_naar(page, "Indienen")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Iemand anders moet ze nog vaststellen.")).to_be_visible()
    toelichtingen = dict(Meting.objects.filter(ingevoerd_door__username="analist").values_list("waarde", "toelichting"))
    assert toelichtingen == {Decimal(9): "", Decimal(900): "Een landelijke actie op één dag."}
    assert bezoek.klachten == []


GOED_IS = {"waarde": "9", "status": "definitief", "onderdeel": "RE07", "kwartaal": "{kwartaal}"}
FOUT_IS = {"waarde": "1.2.3", "status": "zeker", "onderdeel": "RE70", "kwartaal": "7"}
MEESTE_TOETSEN = 75


def _twaalf_fouten() -> tuple[list[str], list[str]]:
    """Three good rows and twelve with one fault each; beside them what to type, in that order."""
    rijen, typen = [METINGKOLOMMEN, *(["verdachten", "RE07", "2024", k, "8"] for k in "123")], []
    for plek in range(12):
        kolom, kwartaal = list(GOED_IS)[plek % 4], str(plek % 4 + 1)
        goed = {k: v.format(kwartaal=kwartaal) for k, v in GOED_IS.items()}
        cel = {"indicator": "verdachten", "jaar": str(2021 + plek // 4), **goed, kolom: FOUT_IS[kolom]}
        rijen.append([cel.get(k, "") for k in METINGKOLOMMEN])
        typen.append(goed[kolom])
    rijen[1:4] = [[*rij, "", "", "", "definitief", "", ""] for rij in rijen[1:4]]
    return [";".join(rij) for rij in rijen], typen


def test_een_import_met_twaalf_fouten_herstellen(bezoeker: Bezoeker, worker: Any, tmp_path: Path) -> None:
    rijen, typen = _twaalf_fouten()
    pad = tmp_path / "q1.csv"
    pad.write_text("\n".join(rijen))
    bezoek = bezoeker("analist", viewport={"width": 1280, "height": 900})
    page = bezoek.open("/invoer/importeren/")
    toetsen = tel_toetsen(page)
    page.set_input_files("#id_bestand", pad)
    page.locator("#id_bestand").focus()
    _tab_naar(page, "Bestand lezen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="12 rijen met een fout")).to_be_visible(timeout=20_000)
    expect(page.locator("#fouten")).to_be_focused()
    assert Axe().run(page).response["violations"] == []
    # As a program that fills in fields leaves them: to copy that when a part is swapped, is refused by the site.
    page.evaluate(
        "for (const veld of document.querySelectorAll('input')) { veld.style.color = 'red'; veld.style.color = '' }"
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for tekst in typen:
        page.keyboard.type(tekst)
        page.keyboard.press("Enter")
    expect(page.get_by_text("Klaar om in te dienen: 15 nieuw")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("button", name="Indienen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Iemand anders moet ze nog vaststellen.")).to_be_visible()
    assert Meting.objects.filter(ingevoerd_door__username="analist").count() == 15
    print(f"{len(toetsen)} toetsen")
    assert len(toetsen) <= MEESTE_TOETSEN
    assert bezoek.klachten == []


def test_een_wachtende_controle_drukt_op_geen_knop(bezoeker: Bezoeker, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell typed in during a check is checked twice: the second time the focus is on a button already."""
    monkeypatch.setattr(services, "_vraag_lezen", lambda pk: None)  # no worker may be first
    rijen, _ = _twaalf_fouten()
    analist = maak_persoon("analist")
    bestand = services.ontvang("q1.csv", "\n".join([rijen[0], *rijen[5:7]]).encode(), door=analist)
    services.verwerk(bestand.pk)
    bezoek = bezoeker("analist", viewport={"width": 1280, "height": 900})
    page = bezoek.open(f"/invoer/importeren/{bestand.pk}/")
    vast: list[Any] = []
    page.route(f"**/{bestand.pk}/", lambda route: vast.append(route) if len(vast) < 2 else route.continue_())
    page.locator("[aria-invalid]").first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("definitief")
    page.keyboard.press("Enter")
    page.keyboard.type("RE07")
    with page.expect_request(lambda verzoek: "RE07" in (verzoek.post_data or "")):
        vast[0].continue_()
    expect(page.get_by_role("heading", name="1 rij met een fout")).to_be_visible()
    page.keyboard.press("Enter")  # checked once more after what is under way
    vast[1].continue_()
    expect(page.get_by_text("Klaar om in te dienen: 2 nieuw")).to_be_visible()
    expect(page.locator(".htmx-request")).to_have_count(0)
    expect(page.get_by_role("button", name="Indienen")).to_be_focused()
    bestand.refresh_from_db()
    assert bestand.staat == "voorstel"
    assert bezoek.klachten == []


def test_wat_onder_een_controle_wordt_getypt_blijft_staan(bezoeker: Bezoeker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_vraag_lezen", lambda pk: None)  # no worker may be first
    rijen, _ = _twaalf_fouten()
    analist = maak_persoon("analist")
    bestand = services.ontvang("q1.csv", "\n".join(rijen).encode(), door=analist)
    services.verwerk(bestand.pk)
    bezoek = bezoeker("analist", viewport={"width": 1280, "height": 900})
    page = bezoek.open(f"/invoer/importeren/{bestand.pk}/")
    vast: list[Any] = []
    page.route(f"**/{bestand.pk}/", lambda route: vast.append(route) if not vast else route.continue_())
    page.locator("#cel-5-waarde").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    page.keyboard.type("defin")
    page.wait_for_function("document.activeElement.id === 'cel-6-status'")
    vast[0].continue_()
    expect(page.get_by_role("heading", name="11 rijen met een fout")).to_be_visible()
    expect(page.locator("#cel-6-status")).to_be_focused()
    expect(page.locator("#cel-6-status")).to_have_value("defin")
    page.keyboard.type("itief")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="10 rijen met een fout")).to_be_visible()
    assert bestand.regels.get(rij=6).cellen["status"] == "definitief"
    assert bezoek.klachten == []


@pytest.mark.parametrize("breed", [1280, 320])
def test_de_bladen_van_een_import_zijn_schoon(bezoeker: Bezoeker, breed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_vraag_lezen", lambda pk: None)  # no worker may be first
    analist = maak_persoon("analist")
    MetingFactory(indicator=Indicator.objects.get(code="verdachten"), jaar=2019, waarde=Decimal(6))
    gewijzigd = (*RIJEN, "verdachten;RE07;2019;1;9;;;;definitief;;Twee verdachten stonden op naam van een ander")
    for rijen in (
        gewijzigd,
        (*gewijzigd, "verdachten;RE07;2021;2;900;;;;definitief;;"),
        (*gewijzigd, "verdachten;RE07;2021;2;1.2.3;;;;x;;", "onbekend;Z9;2025;9;1;;;;definitief;;"),
    ):
        bestand = services.ontvang("q1.csv", "\n".join(rijen).encode(), door=analist)
        services.verwerk(bestand.pk)
    bezoek = bezoeker("analist", viewport={"width": breed, "height": 900})
    for pad in ("", f"{bestand.pk - 2}/", f"{bestand.pk - 1}/", f"{bestand.pk}/", f"{bestand.pk}/?soort=geweigerd"):
        page = bezoek.open(f"/invoer/importeren/{pad}")
        assert page.evaluate("document.documentElement.scrollWidth") <= breed, pad
        assert Axe().run(page).response["violations"] == [], pad
    assert bezoek.klachten == []
