"""A figure off course becomes a promise, a question, a decision and an action, and comes back a quarter later.

Five roles through their own pages, by keyboard, on a clock that the test sets.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from time import monotonic
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from common.vaststellen.model import Staat
from formatie.models import Onderdeel
from monitor.models import Doelbereik, Indicator
from monitor.rekenen.herberekenen import herbereken
from sturing.models import Actieversie, Antwoord, Duiding, Overleg
from tests.browser.bezoek import fouten_op
from tests.browser.monitor.dashboards.test_paginas import Bezoek, Bezoeker, bezoeker
from tests.browser.toetsen import kies, tab_naar, vul, vul_dag
from tests.factories import EigenaarschapFactory, MetingFactory, maak_persoon

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BREED = {"viewport": {"width": 1280, "height": 900}}
INDICATOR = "/indicatoren/verdachten/"
Open = Callable[[str, str], Page]


class Klok:
    """The clock of the server, whose process is this one; it runs on from the day it was set to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.zet(2025, 11, 24)
        monkeypatch.setattr(timezone, "now", self.nu)

    def zet(self, *dag: int) -> None:
        """Noon of that day."""
        self._toen, self._gezet = datetime(*dag, 12, tzinfo=AMSTERDAM), monotonic()  # type: ignore[misc]  # year, month, day

    def nu(self) -> datetime:
        return self._toen + timedelta(seconds=monotonic() - self._gezet)


@pytest.fixture
def klok(monkeypatch: pytest.MonkeyPatch) -> Klok:
    return Klok(monkeypatch)


@pytest.fixture
def open_als(klok: Klok, bezoeker: Bezoeker) -> Open:
    """The page of somebody with this role, who signs in again on another day."""
    bezoeken: dict[tuple[str, object], Bezoek] = {}

    def _open(rol: str, pad: str) -> Page:
        wie = (rol, timezone.localdate())
        bezoek = bezoeken.setdefault(wie, bezoeken.get(wie) or bezoeker(rol, **BREED))
        assert bezoek.klachten == []
        return bezoek.open(pad)

    return _open


@pytest.mark.traag
def test_van_een_cijfer_tot_gedaan_en_weer_terug(klok: Klok, open_als: Open) -> None:
    verdachten = Indicator.objects.get(code="verdachten")
    eigenaar = maak_persoon("analist")
    EigenaarschapFactory(persoon=eigenaar, indicator=verdachten)
    herbereken(vandaag=timezone.localdate())
    assert Doelbereik.objects.get(indicator=verdachten, onderdeel__code="RE07", jaar=2025, kwartaal=3).oordeel == (
        "aandacht"
    )
    _schrijf_eerste_duiding(open_als)
    _stel_duiding_vast(open_als, "Twee rechercheurs erbij")
    _vraag_en_antwoord(open_als)
    overleg = _maak_de_agenda(open_als)
    klok.zet(2025, 12, 11)
    _besluit_en_doe(open_als, overleg)
    klok.zet(2026, 2, 9)
    MetingFactory(
        indicator=verdachten,
        onderdeel=Onderdeel.objects.get(code="RE07"),
        kwartaal=4,
        waarde=Decimal(1),
        vastgesteld_op=timezone.now(),
    )
    herbereken(vandaag=timezone.localdate())
    _zeg_wat_ervan_werd(open_als)
    _stel_duiding_vast(open_als, "De werving begint opnieuw")
    _lees_beide(open_als)
    _lees_wat_er_gebeurde(open_als)


def _schrijf_eerste_duiding(open_als: Open) -> None:
    page = open_als("analist", "/")
    expect(page.locator(".bespreken")).to_contain_text("duiding ontbreekt")
    kies(page, "Voor mij", "Verdachten, RE07")
    expect(page.get_by_text("Duiding ontbreekt.")).to_be_visible()
    vul(page, {"Wat zien we?": "Te weinig verdachten naar het OM.", "Waardoor?": "Twee plekken staan leeg."})
    vul(page, {"Wat doen we?": "Twee rechercheurs erbij."})
    vul_dag(page, "Wanneer is het gedaan?", date(2025, 12, 31))
    kies(page, "Dien in ter vaststelling")
    expect(page.get_by_text("Uw duiding ligt klaar.")).to_be_visible()
    assert fouten_op(page, "duiding", 1280) == []
    for pad in ("/", INDICATOR):
        expect(open_als("rvo-lid", pad).get_by_text("Twee plekken staan leeg.")).to_have_count(0)


def _stel_duiding_vast(open_als: Open, belofte: str) -> None:
    page = open_als("vaststeller", "/")
    kies(page, "Vaststellen")
    expect(page.get_by_role("main")).to_contain_text(belofte)
    tab_naar(page, "keuze")
    page.keyboard.press("Space")
    kies(page, "Stel vast")
    expect(page.get_by_role("main")).to_contain_text("vastgesteld")
    assert Duiding.objects.latest("pk").staat == Staat.VASTGESTELD


def _vraag_en_antwoord(open_als: Open) -> None:
    page = open_als("rvo-lid", "/")
    bespreken = page.locator(".bespreken tr").filter(has_text="Verdachten").first
    expect(bespreken).to_contain_text("Twee plekken staan leeg.")
    expect(bespreken).to_contain_text("Twee rechercheurs erbij.")
    kies(page, "Verdachten")
    expect(page.locator(".naast")).to_contain_text("Twee rechercheurs erbij.")
    expect(page.locator(".naast")).to_contain_text("Trede 1 van de ladder")
    kies(page, "Stel een vraag")
    vul(page, {"Uw vraag": "Komen de twee er voor de jaarwisseling?"})
    kies(page, "Stel de vraag")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vraag over")
    vraag = page.url

    page = open_als("analist", "/voor-mij/")
    kies(page, "Verdachten")
    vul(page, {"Antwoord": "Een begint in december, een in januari."})
    kies(page, "Bewaar het antwoord")
    expect(page.get_by_text("Intern, nog niet vrijgegeven")).to_be_visible()

    pad = "/" + vraag.split("/", 3)[3]
    expect(open_als("rvo-lid", pad).get_by_text("Een begint in december")).to_have_count(0)
    page = open_als("programmadirecteur", "/voor-mij/")
    kies(page, "Verdachten", "Geef dit antwoord vrij")
    expect(page.get_by_text("Vrijgegeven. Iedereen")).to_be_visible()
    assert Antwoord.objects.get().vrijgegeven_door == User.objects.get(username="programmadirecteur")
    expect(open_als("rvo-lid", pad).get_by_text("Een begint in december")).to_be_visible()


def _maak_de_agenda(open_als: Open) -> str:
    """The address of the meeting."""
    page = open_als("programmadirecteur", "/")
    kies(page, "Overleg", "Plan een overleg")
    vul(page, {"Titel": "RVO van december"})
    tab_naar(page, "Datum")
    page.get_by_label("Datum").fill("2025-12-11")
    kies(page, "Plan dit overleg", "Neem over")
    punt = page.locator(".agendapunten li").filter(has_text="Verdachten")
    expect(punt).to_contain_text("Aandacht.")
    expect(page.get_by_text("Leg een besluit vast")).to_have_count(0)  # it has not been
    overleg = Overleg.objects.get().adres
    expect(open_als("rvo-lid", "/").get_by_role("link", name="Volgend overleg")).to_be_visible()
    return overleg


def _besluit_en_doe(open_als: Open, overleg: str) -> None:
    page = open_als("programmadirecteur", overleg)
    kies(page, "Leg een besluit vast")
    tab_naar(page, "Bij agendapunt")
    page.keyboard.type("Verdachten")
    vul(page, {"Besluit": "De werving krijgt voorrang."})
    vul(page, {"Volgt er een actie uit?": "Geef de werving voorrang"})
    tab_naar(page, "Wie doet het")
    page.keyboard.type("analist")
    tab_naar(page, "Uiterlijk")
    page.get_by_label("Uiterlijk").first.fill("2026-01-15")
    kies(page, "Leg vast")
    expect(page.get_by_text("Het besluit en de actie zijn vastgelegd.")).to_be_visible()
    page = open_als("analist", "/")
    kies(page, "Voor mij", "Actie uit RVO van december", "Meld gereed")
    vul(page, {"Wat is er gedaan": "De vacatures staan open."})
    kies(page, "Meld gereed")
    expect(page.get_by_text("De actie is nu: gereed")).to_be_visible()
    assert Actieversie.objects.get(vervangen_op=None).status == Actieversie.Status.GEREED


def _zeg_wat_ervan_werd(open_als: Open) -> None:
    page = open_als("analist", "/")
    kies(page, "Voor mij", "Verdachten, RE07")
    belofte = page.get_by_role("region", name="Beloofd over Q3 2025")
    expect(belofte).to_contain_text("Twee rechercheurs erbij.")
    expect(belofte).to_contain_text("31-12-2025")
    formulier = page.get_by_role("region", name="Schrijf de duiding")
    boven, onder = belofte.bounding_box(), formulier.bounding_box()
    assert boven
    assert onder
    assert boven["y"] < onder["y"]
    tab_naar(page, "Wat is ervan geworden?")
    page.keyboard.type("Niet")
    vul(page, {"Toelichting daarbij": "Een van de twee kwam niet."})
    vul(page, {"Wat zien we?": "Het jaar is niet gehaald.", "Waardoor?": "Een plek bleef leeg."})
    vul(page, {"Wat doen we?": "De werving begint opnieuw."})
    vul_dag(page, "Wanneer is het gedaan?", date(2026, 3, 31))
    kies(page, "Dien in ter vaststelling")
    expect(page.get_by_text("Uw duiding ligt klaar.")).to_be_visible()
    assert Duiding.objects.latest("pk").vorige == Duiding.objects.earliest("pk")


def _lees_beide(open_als: Open) -> None:
    page = open_als("rvo-lid", INDICATOR)
    naast = page.locator(".naast")
    for zin in ("De werving begint opnieuw.", "Eerder beloofd, over Q3 2025", "Twee rechercheurs erbij."):
        expect(naast).to_contain_text(zin)
    expect(naast).to_contain_text("Een van de twee kwam niet.")
    expect(naast).to_contain_text("Trede 2 van de ladder")
    assert fouten_op(page, INDICATOR, 1280) == []
    kies(page, "Trede 2 van de ladder")
    expect(page.get_by_role("region", name="Trede 2: de portefeuillehouder")).to_contain_text("Verdachten")


def _lees_wat_er_gebeurde(open_als: Open) -> None:
    """Each line leads to a page that is there."""
    pad = "/sinds/?van=2025-11-23&tot=2026-02-09"
    page = open_als("rvo-lid", pad)
    regels = page.locator(".veranderd li")
    for zin in (
        "duiding van Q3 2025 vastgesteld",
        "duiding van Q4 2025 vastgesteld; de vorige toezegging: niet",
        "Komen de twee er voor de jaarwisseling?: beantwoord",
        "RVO van december: gepland op 11-12-2025",
        "De werving krijgt voorrang: besloten",
        "Geef de werving voorrang: afgesproken",
        "Geef de werving voorrang: gereed",
        "van aandacht (Q3 2025) naar niet behaald (Q4 2025)",
    ):
        regel = regels.filter(has_text=zin)
        expect(regel).to_have_count(1)
        naar = regel.get_by_role("link").first.get_attribute("href") or ""
        assert page.request.get(page.url.split("/sinds")[0] + naar).status == 200, naar
    assert fouten_op(page, pad, 1280) == []
