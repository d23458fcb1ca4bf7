"""The jaarplan in a real browser: sixty activities on a wide and a narrow screen, and an update by keyboard only."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from sturing.models import Activiteitversie
from sturing.regels.jaarplan import STATUSSEN
from tests.browser.bezoek import bezoek_als, fouten_op
from tests.factories import maak_eenheid, maak_hoofdlijn, maak_persoon, maak_planactiviteit
from tests.integration.site import als

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _maak_plan() -> int:
    """Sixty activities of three themes around today, of every status; the year they are of."""
    maak_eenheid()
    vandaag = timezone.localdate()
    jaar = min(max(vandaag.year, 2023), 2026)
    begin = date(jaar, 1, 1)
    for nr in range(60):
        lijn = maak_hoofdlijn(f"thema-{nr % 3}", nummer=1 + nr % 2)
        van, tot = begin + timedelta(days=nr * 3), begin + timedelta(days=90 + nr * 4)
        status = STATUSSEN[nr % 5]
        maak_planactiviteit(
            lijn,
            jaar=jaar,
            titel=f"Activiteit {nr} met een naam die lang genoeg is om over meer regels te lopen",
            begin=van.isoformat(),
            eind=tot.isoformat(),
            status=status,
            reden="" if status in ("niet-gestart", "op-schema") else "Zo ging het.",
            mijlpalen=[(tot.isoformat(), "Tussenstand besproken", "")] if status != "gereed" else [],
        )
    return jaar


@pytest.mark.parametrize(("breed", "kleur"), [(1280, "light"), (320, "dark")])
def test_zestig_activiteiten_zijn_te_lezen(live_server: object, browser: Browser, breed: int, kleur: str) -> None:
    jaar = _maak_plan()
    opties = {"viewport": {"width": breed, "height": 900}, "color_scheme": kleur}
    bezoek = bezoek_als(browser, live_server.url, als("programmadirecteur"), **opties)  # type: ignore[attr-defined]
    plan = Activiteitversie.objects.order_by("pk")[0].plan_id
    with closing(bezoek.context):
        for pad in (f"/jaarplan/{jaar}/", f"/jaarplan/activiteiten/{plan}/", f"/jaarplan/{jaar}/nieuw/"):
            assert fouten_op(bezoek.open(pad), pad, breed) == []
    assert bezoek.klachten == []
    assert bezoek.vreemd == []


def test_een_eigenaar_werkt_een_activiteit_bij_met_alleen_toetsen(live_server: object, browser: Browser) -> None:
    maak_eenheid()
    jaar = min(max(timezone.localdate().year, 2023), 2026)
    eigenaar = maak_persoon("analist", naam="proef-analist")
    dagen = {"begin": f"{jaar}-01-01", "eind": f"{jaar}-12-31"}
    versie = maak_planactiviteit(jaar=jaar, titel="Mijn werk", eigenaar=eigenaar, **dagen)
    bezoek = bezoek_als(browser, live_server.url, als("analist"))  # type: ignore[attr-defined]
    with closing(bezoek.context):
        page = bezoek.open(f"/jaarplan/activiteiten/{versie.plan_id}/#wijzigen")
        page.get_by_role("button", name="Meer regels voor mijlpalen").press("Enter")
        expect(page.locator("#mijlpaal-0-datum")).to_be_focused()
        page.locator("#id_status").focus()
        page.keyboard.type("Vertr")
        page.locator("#mijlpaal-0-titel").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#fouten")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#id_reden")).to_be_focused()
        page.keyboard.type("Een partner is ziek.")
        page.locator("#mijlpaal-0-titel").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("De wijziging is bewaard.")).to_be_visible()
    nu = Activiteitversie.objects.get(vervangen_op=None)
    assert (nu.status, nu.reden, nu.nummer) == ("vertraagd", "Een partner is ziek.", 2)
    assert [klacht for klacht in bezoek.klachten if "status of 400" not in klacht] == []  # that the form was refused
