"""What a reader can do with a chart: hear it, switch a series, look into a part, take it along, pass it on."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from accounts.models import User
from common.grafiek.beeld import merk
from monitor.dashboards.naslag.grafieken import GRAFIEKSOORTEN
from tests.browser.bezoek import Bezoek, bezoek_als
from tests.browser.common.grafiek.figuurregels import GEDULD
from tests.browser.verzoeken import uitgelopen
from tests.integration.site import als, maak_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DIT_JAAR, ALLES = "soorten-dit-jaar", "soorten-alle-kwartalen"
BEREIK = "(vlak) => vlak.layout.xaxis.range"
ZICHTBAAR = "(vlak) => vlak.data.filter((s) => s.visible !== false).map((s) => s.name)"
Opener = Callable[..., tuple[Bezoek, Page]]


@pytest.fixture
def open_stijl(browser: Browser, live_server: Any, worker: Any) -> Iterator[Opener]:
    maak_site()
    User.objects.update(demo=True)
    bezoeken: list[Bezoek] = []

    def _open(pad: str = "/stijl/", **opties: Any) -> tuple[Bezoek, Page]:
        scherm = {"viewport": {"width": 1280, "height": 900}} | opties
        bezoeken.append(bezoek_als(browser, live_server.url, als("rvo-lid"), **scherm))
        return bezoeken[-1], bezoeken[-1].open(pad)

    with uitgelopen():
        yield _open
        for bezoek in bezoeken:
            bezoek.context.close()


def getekend(page: Page, naam: str) -> tuple[Locator, Locator, Locator]:
    """A figure that Plotly has drawn: the figure, where the keys go, and what Plotly made."""
    figuur = page.locator(f"#{naam}")
    doek = figuur.locator(".figuur-doek")
    doek.scroll_into_view_if_needed()
    expect(doek).to_have_attribute("data-klaar", "ja", timeout=GEDULD)
    return figuur, doek, figuur.locator(".figuur-plotly")


def test_een_reeks_gaat_uit_en_aan_met_het_toetsenbord(open_stijl: Opener) -> None:
    bezoek, page = open_stijl()
    figuur, _, vlak = getekend(page, DIT_JAAR)
    knop = figuur.get_by_role("button", name="2020")
    expect(knop).to_have_attribute("aria-pressed", "true")
    assert "2020" in vlak.evaluate(ZICHTBAAR)
    knop.focus()
    page.keyboard.press("Enter")
    expect(knop).to_have_attribute("aria-pressed", "false")
    assert "2020" not in vlak.evaluate(ZICHTBAAR)
    page.keyboard.press("Space")
    expect(knop).to_have_attribute("aria-pressed", "true")
    assert bezoek.klachten == []


def test_wat_uit_staat_wordt_niet_gezegd(open_stijl: Opener) -> None:
    _, page = open_stijl()
    figuur, doek, _ = getekend(page, DIT_JAAR)
    figuur.get_by_role("button", name="2022").click()
    doek.press("Home")
    expect(doek.locator("[role=status]")).not_to_contain_text("2022")


def test_de_toetsen_lopen_langs_de_punten_en_naar_een_andere_reeks(open_stijl: Opener) -> None:
    _, page = open_stijl()
    _, doek, _ = getekend(page, DIT_JAAR)
    gezegd = []
    for toets in ("Home", "ArrowRight", "ArrowDown", "End"):
        doek.press(toets)
        gezegd.append(doek.locator("[role=status]").text_content() or "")
    assert gezegd[:2] == ["2022, Q1: 6 paraplu's", "2022, Q2: 13 paraplu's"]
    assert "Q2" in gezegd[2]
    assert "2022" not in gezegd[2]
    assert "Q4" in gezegd[3]
    expect(page.locator(".hoverlayer .hovertext")).to_be_visible()


def test_namen_onder_elkaar_lopen_met_omlaag(open_stijl: Opener) -> None:
    _, page = open_stijl()
    _, doek, _ = getekend(page, "soorten-onderdelen")
    for toets, woord in (("Home", "Kade: 91%"), ("ArrowDown", "Plein: 78%")):
        doek.press(toets)
        expect(doek.locator("[role=status]")).to_have_text(woord)
    doek.press("Enter")
    page.wait_for_url("**/stijl/#onderdelen")


def test_in_een_deel_kijken_met_toetsen_en_knoppen(open_stijl: Opener) -> None:
    _, page = open_stijl()
    figuur, doek, vlak = getekend(page, ALLES)
    heel = vlak.evaluate(BEREIK)
    doek.press("+")
    deel = vlak.evaluate(BEREIK)
    assert deel[1] - deel[0] == pytest.approx((heel[1] - heel[0]) / 2)
    doek.press("0")
    assert vlak.evaluate(BEREIK) == heel
    figuur.get_by_role("button", name="Laatste 2 jaar").press("Enter")
    assert vlak.evaluate(BEREIK)[1] - vlak.evaluate(BEREIK)[0] == pytest.approx(8.1)
    expect(figuur.get_by_role("button", name="Laatste 2 jaar")).to_have_attribute("aria-pressed", "true")
    doek.press("Home")
    expect(doek.locator("[role=status]")).to_contain_text("Q1 2021")
    figuur.get_by_role("button", name="Alles").click()
    assert vlak.evaluate(BEREIK) == heel


def test_een_deel_kiezen_door_te_slepen(open_stijl: Opener) -> None:
    _, page = open_stijl()
    figuur, _, vlak = getekend(page, ALLES)
    heel, vak = vlak.evaluate(BEREIK), figuur.locator(".nsewdrag").bounding_box()
    assert vak
    page.mouse.move(vak["x"] + vak["width"] * 0.5, vak["y"] + 80)
    page.mouse.down()
    page.mouse.move(vak["x"] + vak["width"] * 0.9, vak["y"] + 90, steps=5)
    page.mouse.up()
    expect(figuur.get_by_role("button", name="Alles")).to_have_attribute("aria-pressed", "false")
    assert vlak.evaluate(BEREIK)[0] > heel[0] + 5


def test_de_svg_draagt_alles_bij_zich(open_stijl: Opener) -> None:
    bezoek, page = open_stijl()
    figuur, _, _ = getekend(page, DIT_JAAR)
    with page.expect_download() as neem:
        figuur.get_by_role("button", name="SVG").click()
    assert neem.value.suggested_filename == "gevonden-paraplu-s-dit-jaar-demonstratie.svg"
    svg = _platte_tekst(Path(neem.value.path()).read_text())
    beeld = GRAFIEKSOORTEN["dit-jaar"]
    bewijs = (beeld.titel, beeld.onderschrift, "Bron: Strategiemonitor", "zoals bekend op", "Demonstratie", "norm")
    assert [deel for deel in bewijs if deel.lower() not in svg.lower()] == []
    assert bezoek.klachten == []
    assert bezoek.vreemd == []


def _platte_tekst(svg: str) -> str:
    zonder = re.sub(r"</(?:text|tspan|title)>", " ", svg)
    zonder = re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), re.sub("<[^>]*>", "", zonder))
    return " ".join(zonder.split())


def test_de_png_is_een_plaat_met_de_band_van_de_demonstratie(open_stijl: Opener) -> None:
    bezoek, page = open_stijl(color_scheme="dark")
    figuur, _, _ = getekend(page, DIT_JAAR)
    with page.expect_download() as neem:
        figuur.get_by_role("button", name="PNG").click()
    assert bezoek.klachten == []
    assert bezoek.vreemd == []
    inhoud = Path(neem.value.path()).read_bytes()
    adres = "data:image/png;base64," + base64.b64encode(inhoud).decode()
    breed, band, papier, inkt = page.evaluate(LEES_PLAAT, adres)
    assert breed == 2000
    assert band == [255, 224, 138]
    assert papier == [255, 255, 255]  # also for who reads in the dark
    assert inkt > 1000


LEES_PLAAT = """async (adres) => {
  const beeld = new Image();
  beeld.src = adres;
  await beeld.decode();
  const doek = document.createElement('canvas');
  [doek.width, doek.height] = [beeld.naturalWidth, beeld.naturalHeight];
  const pen = doek.getContext('2d');
  pen.drawImage(beeld, 0, 0);
  const punt = (x, y) => [...pen.getImageData(x, y, 1, 1).data].slice(0, 3);
  const alles = pen.getImageData(0, 0, doek.width, doek.height).data;
  let inkt = 0;
  for (let i = 0; i < alles.length; i += 4) if (alles[i] + alles[i + 1] + alles[i + 2] < 200) inkt += 1;
  return [doek.width, punt(4, 4), punt(4, doek.height - 4), inkt];
}"""


def test_de_link_geeft_hetzelfde_beeld(open_stijl: Opener) -> None:
    bezoek, page = open_stijl(permissions=["clipboard-read", "clipboard-write"])
    figuur, _, vlak = getekend(page, ALLES)
    figuur.get_by_role("button", name="Laatste 2 jaar").click()
    figuur.get_by_role("button", name="Midden").click()
    figuur.get_by_role("button", name="Kopieer link").click()
    expect(figuur.get_by_role("button", name="Gekopieerd")).to_be_visible()
    expect(figuur.locator("[role=status]")).to_have_text("De link is gekopieerd.")
    adres = page.evaluate("navigator.clipboard.readText()").removeprefix(bezoek.adres)
    ander = bezoek.open(adres)
    opnieuw, _, zelfde = getekend(ander, ALLES)
    expect(opnieuw.get_by_role("button", name="Midden")).to_have_attribute("aria-pressed", "false")
    assert zelfde.evaluate(BEREIK) == pytest.approx(vlak.evaluate(BEREIK), abs=0.01)


@pytest.mark.parametrize("anker", [f"#{ALLES}?deel=x&deel=y", f"#{ALLES}?uit=bestaat-niet", f"#{ALLES}?deel=9&deel=1"])
def test_een_onzinnige_link_geeft_de_hele_grafiek(open_stijl: Opener, anker: str) -> None:
    bezoek, page = open_stijl(f"/stijl/{anker}")
    figuur, _, _ = getekend(page, ALLES)
    expect(figuur.get_by_role("button", name="Alles")).to_have_attribute("aria-pressed", "true")
    assert bezoek.klachten == []


def test_het_bestand_is_de_tabel(open_stijl: Opener) -> None:
    _, page = open_stijl()
    figuur, _, _ = getekend(page, DIT_JAAR)
    with page.expect_download() as neem:
        figuur.get_by_role("link", name="csv").click()
    rijen = list(csv.reader(io.StringIO(Path(neem.value.path()).read_text("utf-8-sig")), delimiter=";"))
    beeld = GRAFIEKSOORTEN["dit-jaar"]
    *tabel, leeg, bron = rijen
    assert tabel[-len(beeld.rijen) - 1 :] == [list(rij) for rij in (beeld.koppen, *beeld.rijen)]
    assert (leeg, bron[0].startswith("Bron: Strategiemonitor")) == ([], True)
    assert "Demonstratie" in rijen[0][0]


def test_een_ander_kleurenschema_tekent_opnieuw(open_stijl: Opener) -> None:
    _, page = open_stijl(color_scheme="light")
    _, _, vlak = getekend(page, DIT_JAAR)
    kleur = "(vlak) => vlak.data.find((s) => s.meta.rol === 'hoofd').line.color"
    assert vlak.evaluate(kleur) == "#10507c"
    page.emulate_media(color_scheme="dark")
    expect(vlak.locator(".scatterlayer path.js-line[style*='rgb(143, 199, 240)']").first).to_be_attached()
    assert vlak.evaluate(kleur) == "#8fc7f0"


def test_rustig_voor_wie_dat_vraagt(open_stijl: Opener) -> None:
    _, page = open_stijl(reduced_motion="reduce")
    _, _, vlak = getekend(page, DIT_JAAR)
    assert vlak.evaluate("(vlak) => vlak.layout.transition.duration") == 0


def test_op_papier_staat_de_tekening_met_haar_legenda_zonder_knoppen(open_stijl: Opener) -> None:
    _, page = open_stijl()
    figuur, doek, vlak = getekend(page, DIT_JAAR)
    page.emulate_media(media="print")
    expect(doek.locator("> svg")).to_be_visible()
    expect(vlak).to_be_hidden()
    expect(figuur.locator(".figuurlegende")).to_be_visible()
    expect(figuur.get_by_role("button", name="PNG")).to_be_hidden()
    assert figuur.evaluate("(f) => getComputedStyle(f).breakInside") == "avoid"


def test_zonder_script_staat_er_wat_werkt(open_stijl: Opener) -> None:
    _, page = open_stijl(java_script_enabled=False)
    figuur = page.locator(f"#{DIT_JAAR}")
    expect(figuur.locator(".figuur-doek > svg")).to_be_visible()
    expect(figuur.locator(".figuurlegende")).to_contain_text("2020")
    expect(figuur.get_by_role("link", name="csv")).to_be_visible()
    assert figuur.locator(".figuurbalk button:visible").count() == 0


def test_een_figuur_die_gemaakt_wordt_komt_vanzelf(open_stijl: Opener) -> None:
    bezoek, _ = open_stijl("/hulp/")
    keren = []

    def _nog_niet(route: Any) -> None:
        keren.append(1)
        if len(keren) < 3:
            route.fulfill(status=202, json={"merk": merk(GRAFIEKSOORTEN["dit-jaar"])})
        else:
            route.continue_()

    page = bezoek.context.new_page()
    page.route(f"**/stijl/?_figuur={DIT_JAAR}", _nog_niet)
    page.goto(f"{bezoek.adres}/stijl/")
    getekend(page, DIT_JAAR)
    assert len(keren) >= 3


@pytest.mark.parametrize(
    "antwoord",
    [
        {"status": 200, "body": '{"merk": "ander"}'},
        {"status": 202, "body": '{"merk": "ander"}'},
        {"status": 200, "body": "{"},
        {"status": 404, "body": ""},
    ],
    ids=["andere cijfers", "wordt anders", "kapot", "weg"],
)
def test_anders_blijft_de_tekening_van_de_server(open_stijl: Opener, antwoord: dict[str, Any]) -> None:
    bezoek, _ = open_stijl("/hulp/")
    bezoek.context.route("**/stijl/?_figuur=*", lambda r: r.fulfill(content_type="application/json", **antwoord))
    page = bezoek.open("/stijl/")
    doek = page.locator(f"#{DIT_JAAR} .figuur-doek")
    with page.expect_response(f"**/stijl/?_figuur={DIT_JAAR}"):
        doek.scroll_into_view_if_needed()
    expect(doek.locator("> svg")).to_be_visible()
    assert doek.get_attribute("data-klaar") is None


def test_alleen_wat_in_beeld_komt_wordt_gevraagd(open_stijl: Opener) -> None:
    bezoek, _ = open_stijl("/hulp/")
    gevraagd: list[str] = []
    bezoek.context.on("request", lambda v: gevraagd.append(v.url) if "_figuur=" in v.url else None)
    page = bezoek.open("/stijl/")
    page.wait_for_load_state("networkidle")
    assert not any("lastig-" in url for url in gevraagd)
    getekend(page, "lastig-veel-namen")
    assert any("lastig-veel-namen" in url for url in gevraagd)


def test_een_kleine_grafiek_wordt_getekend_als_iemand_ernaar_wijst(open_stijl: Opener) -> None:
    _, page = open_stijl()
    doek = page.locator("#voorbeeld-klein .figuur-doek")
    doek.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    assert doek.get_attribute("data-klaar") is None
    doek.hover()
    expect(doek).to_have_attribute("data-klaar", "ja", timeout=GEDULD)


def test_de_grafiek_stuurt_niets_naar_buiten(open_stijl: Opener) -> None:
    bezoek, page = open_stijl()
    _, _, vlak = getekend(page, DIT_JAAR)
    instellingen = vlak.evaluate("(vlak) => vlak._context")
    assert (instellingen["showSendToCloud"], instellingen["plotlyServerURL"]) == (False, "")
    assert instellingen["displaylogo"] is False
    assert page.locator(".modebar-btn").count() == 0
    assert bezoek.vreemd == []
