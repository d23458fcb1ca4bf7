"""A question becomes an answer, a point, a decision and an action, by keyboard alone, through the hands of four."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from sturing.models import Actie, Actieversie, Antwoord, Overleg, Vraag
from tests.browser.bezoek import fouten_op
from tests.browser.monitor.dashboards.test_paginas import Bezoek, Bezoeker, bezoeker
from tests.browser.toetsen import kies, tab_naar, vul
from tests.factories import maak_persoon
from tests.factories.overleg import maak_overleg

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BREED = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def open_als(bezoeker: Bezoeker) -> Callable[[str, str], Page]:
    """The page of somebody with this role; each role has one browser."""
    bezoeken: dict[str, Bezoek] = {}

    def _open(rol: str, pad: str) -> Page:
        bezoek = bezoeken.setdefault(rol, bezoeker(rol, **BREED))
        assert bezoek.klachten == []
        return bezoek.open(pad)

    return _open


def test_van_vraag_tot_gedane_actie(open_als: Callable[[str, str], Page]) -> None:
    vandaag = timezone.localdate()
    overleg = maak_overleg(maak_persoon("programmadirecteur"), vandaag, "RVO van vandaag")

    page = open_als("rvo-lid", "/indicatoren/verdachten/")
    kies(page, "Stel een vraag")
    vul(page, {"Uw vraag": "Waarom loopt dit achter?"})
    kies(page, "Stel de vraag")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vraag over")
    vraag = Vraag.objects.get()
    assert fouten_op(page, "vraag", 1280) == []

    page = open_als("analist", "/voor-mij/")
    kies(page, "Verdachten")
    vul(page, {"Antwoord": "Twee zaken gaan pas in december naar het OM."})
    kies(page, "Bewaar het antwoord")
    expect(page.get_by_text("Intern, nog niet vrijgegeven")).to_be_visible()

    page = open_als("rvo-lid", vraag.adres)
    expect(page.get_by_text("Twee zaken")).to_have_count(0)

    page = open_als("programmadirecteur", "/voor-mij/")
    kies(page, "Verdachten", "Geef dit antwoord vrij")
    expect(page.get_by_text("Vrijgegeven. Iedereen")).to_be_visible()
    kies(page, "Zet op de agenda van een overleg")
    tab_naar(page, "Voor welk overleg")
    page.keyboard.press("ArrowDown")
    kies(page, "Zet op de agenda")
    expect(page.get_by_text("Dit staat op de agenda van RVO van vandaag.")).to_be_visible()
    assert Antwoord.objects.get().vrijgegeven_door == User.objects.get(username="programmadirecteur")

    page = open_als("programmadirecteur", overleg.adres)
    expect(page.get_by_text("Twee zaken")).to_be_visible()
    kies(page, "Leg een besluit vast")
    tab_naar(page, "Bij agendapunt")
    page.keyboard.press("ArrowDown")
    vul(page, {"Besluit": "Er komt een extra team."})
    vul(page, {"Volgt er een actie uit?": "Stel het team samen"})
    tab_naar(page, "Wie doet het")
    page.keyboard.type("analist")
    tab_naar(page, "Uiterlijk")
    dag = vandaag + timedelta(days=30)
    page.get_by_label("Uiterlijk").first.fill(f"{dag}")
    kies(page, "Leg vast")
    expect(page.get_by_text("Het besluit en de actie zijn vastgelegd.")).to_be_visible()
    assert fouten_op(page, "overleg", 1280) == []
    actie = Actie.objects.get()

    page = open_als("analist", "/voor-mij/")
    kies(page, "Actie uit RVO van vandaag", "Meld gereed")
    vul(page, {"Wat is er gedaan": "Het team begint maandag."})
    kies(page, "Meld gereed")
    expect(page.get_by_text("De actie is nu: gereed")).to_be_visible()
    assert fouten_op(page, "actie", 1280) == []
    assert actie.versies.get(vervangen_op=None).status == Actieversie.Status.GEREED

    page = open_als("rvo-lid", "/voor-mij/")
    kies(page, "Verdachten", "Gelezen")
    expect(page.get_by_text("Het antwoord staat niet meer op Voor mij.")).to_be_visible()
    assert Antwoord.objects.get().gezien_op is not None


@pytest.mark.parametrize("breed", [320, 1280])
@pytest.mark.parametrize("thema", ["light", "dark"])
def test_de_paginas_houden_zich_aan_elke_regel(bezoeker: Bezoeker, breed: int, thema: str) -> None:
    bezoek = bezoeker("programmadirecteur", viewport={"width": breed, "height": 900}, color_scheme=thema)
    overleg = maak_overleg(User.objects.get(username="programmadirecteur"), titel="Een lange titel van een overleg")
    for pad in ("/overleg/", overleg.adres, "/acties/", "/acties/?toon=alles"):
        assert fouten_op(bezoek.open(pad), pad, breed) == []
    assert Overleg.objects.count() == 1
    assert bezoek.klachten == []
