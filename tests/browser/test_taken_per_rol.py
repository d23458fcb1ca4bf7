"""What each role comes to do, from its first page and with the keyboard alone; what stands elsewhere is not here.

Looking back is in ``test_terugblik``, the own municipality in ``test_gemeente``, importing in ``test_importeren``,
approving in ``test_vaststellen``, ``test_doelen`` and ``test_bezetting``, closing a quarter in ``test_werklijst``. What
waits for each role, with its number of keys, is in ``test_vanaf_de_eerste_pagina``.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from common.vaststellen.model import Staat
from formatie.models import Onderdeel, Scenario
from monitor.models import Afsluiting, Doelstelling
from tests.browser.common.grafiek.figuurregels import laat_tekenen
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, Q, bezoeker
from tests.browser.toetsen import kies, tab_naar, vul
from tests.factories import AfsluitingFactory
from tests.integration.formatie.personeel import leg_vast, maak_plan

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_een_rvo_lid_van_het_overzicht_tot_wie_een_cijfer_vaststelde(bezoeker: Bezoeker) -> None:
    page = bezoeker("rvo-lid").open(f"/{Q}")
    kies(page, "Opsporing", "Verdachten", "Hoe komt dit oordeel tot stand?")
    page.wait_for_url("**/oordeel/**")
    expect(page.locator("main")).to_contain_text("astgesteld")


def test_een_rvo_lid_loopt_langs_de_punten_van_een_grafiek(bezoeker: Bezoeker) -> None:
    page = bezoeker("rvo-lid").open(f"/indicatoren/verdachten/{Q}")
    laat_tekenen(page)
    tab_naar(page, "Grafiek van Verdachten")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-klaar=ja] [role=status]")).to_have_text(re.compile("Q1.*: 9 verdachten"))


def test_een_rvo_lid_zoekt_een_indicator(bezoeker: Bezoeker) -> None:
    page = bezoeker("rvo-lid", java_script_enabled=False).open(f"/{Q}")
    vul(page, {"q": "verzuim"})
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/**")
    kies(page, "Verzuim")
    expect(page.get_by_role("heading", name="Verzuim", level=1)).to_be_visible()


def test_een_chef_van_de_formatie_naar_een_wat_als_berekening(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("districtschef", java_script_enabled=False)
    teams = {o.code: o for o in Onderdeel.objects.filter(soort="basisteam", ouder__code="A")}
    maak_plan(teams)
    for team in teams.values():
        leg_vast(team, os=36, nos=4, wijkagenten=6, wijkagenten_expert=1)
    page = bezoek.open("/formatie/districten/A/")
    kies(page, "Wat als u plaatsen of mensen verschuift?")
    kies(page, "Mensen verschuiven")
    expect(page.get_by_text("Dit is een wat-als-berekening")).to_be_visible()
    vul(page, {"Van": "A1", "Naar": "A3", "Hoeveel fte": "3"})
    kies(page, "Reken uit")
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 fte aan mensen van A1 naar A3")
    vul(page, {"naam": "Schuiven"})
    kies(page, "Bewaar")
    expect(page.get_by_text("Alleen u ziet deze wat-als-berekening")).to_be_visible()
    scenario = Scenario.objects.get()
    assert (scenario.naam, scenario.regels.count()) == ("Schuiven", 2)


def test_een_portefeuillehouder_stelt_een_doel_voor_en_vraagt_om_heropening(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("portefeuillehouder", java_script_enabled=False)
    page = bezoek.open(f"/{Q}")
    kies(page, "Bekijk het thema", "Verdachten", "Doelen per jaar en hun versies", "Stel een ander doel voor")
    vul(page, {"jaar": "2025"})
    kies(page, "Kies")
    tab_naar(page, "streefwaarde")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("25")
    vul(page, {"besluit": "Bijstelling", "orgaan": "RVO", "geldig_vanaf": "03032025", "reden": "Nieuwe afspraak."})
    kies(page, "Stel dit doel voor")
    expect(page.get_by_text("Uw voorstel voor 2025 ligt klaar.")).to_be_visible()
    assert Doelstelling.objects.get(staat=Staat.INGEDIEND).ingevoerd_door.username == "portefeuillehouder"
    AfsluitingFactory(jaar=2025, kwartaal=3)  # a closed quarter would refuse the target: it keeps its verdict
    page = bezoek.open(f"/{Q}")
    kies(page, "Vraag om heropening")
    vul(page, {"reden": "Er kwam een cijfer na."})
    kies(page, "Vraag om heropening")
    expect(page.get_by_text("Uw vraag is bewaard.")).to_be_visible()
    assert Afsluiting.objects.get().heropenreden == "Er kwam een cijfer na."
