"""The turn of the year in a real browser: the last agenda stays in sight until the next one has something to show."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from formatie.models import Onderdeel
from monitor.models import Indicator
from monitor.rekenen.herberekenen import herbereken
from tests.browser.bezoek import Bezoek, bezoek_als, fouten_op
from tests.browser.common.grafiek.figuurregels import laat_tekenen
from tests.browser.verzoeken import uitgelopen
from tests.factories import MetingFactory, maak_persoon

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TWEEDE = Path(__file__).parents[3] / "fixtures_tweede_agenda"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BREED = 1280


class Klok:
    """The clock of the server: its process is this one, so what it reads here is what every page reads."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.nu = datetime(2026, 11, 28, 12, tzinfo=AMSTERDAM)
        monkeypatch.setattr(timezone, "localdate", self._dag)

    def _dag(self, moment: datetime | None = None, zone: tzinfo | None = None) -> date:
        return (moment or self.nu).astimezone(zone or AMSTERDAM).date()

    def zet(self, *moment: int) -> None:
        self.nu = datetime(*moment, tzinfo=AMSTERDAM)  # type: ignore[misc]  # year, month, day, hour, minute


@pytest.fixture
def klok(monkeypatch: pytest.MonkeyPatch) -> Klok:
    return Klok(monkeypatch)


@pytest.fixture
def bezoek(klok: Klok, browser: Browser, live_server: Any, worker: Any, tmp_path: Path) -> Iterator[Bezoek]:
    """An RVO member, with both agendas and a few figures on either side of New Year."""
    map_ = Path(shutil.copytree(settings.FIXTURES_DIR, tmp_path / "fixtures"))
    shutil.copytree(TWEEDE, map_, dirs_exist_ok=True)
    call_command("laad_agenda", "--map", str(map_), stdout=StringIO())
    _lever([(2025, 4), (2026, 1), (2026, 2), (2026, 3), (2026, 4), (2027, 1)])
    client = Client()
    client.force_login(maak_persoon("rvo-lid"))
    gemaakt = bezoek_als(browser, live_server.url, client, viewport={"width": BREED, "height": 900})
    with uitgelopen():
        yield gemaakt
        gemaakt.context.close()


def _lever(kwartalen: list[tuple[int, int]]) -> None:
    prio1, profcheck = (Indicator.objects.get(code=code) for code in ("aanrijdtijd-prio1", "profcheck"))
    teams = Onderdeel.objects.filter(soort="basisteam").exclude(code="ZHP1")
    plekken = [(prio1, team, 83) for team in teams]
    plekken += [(profcheck, district, 97) for district in Onderdeel.objects.filter(soort="district")]
    op = datetime(2026, 1, 1, tzinfo=UTC)
    for jaar, kwartaal in kwartalen:
        for indicator, onderdeel, teller in plekken:
            if indicator is prio1 or jaar < 2027:
                MetingFactory(
                    indicator=indicator, onderdeel=onderdeel, jaar=jaar, kwartaal=kwartaal,
                    waarde=None, teller=Decimal(teller), noemer=Decimal(100), vastgesteld_op=op,
                )  # fmt: skip
    herbereken(vandaag=date(2027, 5, 2))


def _groepen(page: Page) -> list[str]:
    return [str(groep.get_attribute("label")) for groep in page.locator("#kwartaal optgroup").all()]


@pytest.mark.parametrize(
    ("moment", "kop", "groepen"),
    [
        ((2026, 12, 31, 23, 59), "Voortgang in Q3 2026", ["Agenda 2023-2026"]),
        ((2027, 1, 1, 0, 10), "Voortgang in Q3 2026", ["Agenda 2027-2030", "Agenda 2023-2026"]),
        ((2027, 1, 30, 9, 0), "Voortgang in Q3 2026", ["Agenda 2027-2030", "Agenda 2023-2026"]),
        ((2027, 2, 1, 9, 0), "Voortgang in Q4 2026", ["Agenda 2027-2030", "Agenda 2023-2026"]),
        ((2027, 5, 2, 9, 0), "Voortgang in Q1 2027", ["Agenda 2027-2030", "Agenda 2023-2026"]),
    ],
)
def test_wie_binnenkomt_ziet_het_laatste_kwartaal_dat_er_moet_zijn(
    bezoek: Bezoek, klok: Klok, moment: tuple[int, ...], kop: str, groepen: list[str]
) -> None:
    klok.zet(*moment)
    page = bezoek.open("/")
    expect(page.get_by_text(kop, exact=True)).to_be_visible()
    assert _groepen(page) == groepen
    expect(page.locator("#kwartaal option:checked")).to_have_text(kop.removeprefix("Voortgang in "))
    assert fouten_op(page, "/", BREED) == []
    assert bezoek.klachten == []


def test_na_de_wisseling_is_alles_nog_te_bereiken(bezoek: Bezoek, klok: Klok) -> None:
    klok.zet(2027, 5, 2, 9, 0)
    page = bezoek.open("/zoeken/?q=profcheck")
    page.get_by_role("link", name="Profcheck").first.click()
    expect(page.get_by_role("heading", name="Profcheck", level=1)).to_be_visible()
    expect(page.get_by_text("Deze indicator hoort bij de agenda 2023-2026.")).to_be_visible()
    expect(page.locator("#kwartaal option:checked")).to_have_text("Q4 2026")
    page = bezoek.open("/")
    page.get_by_text("Ander kwartaal").click()
    page.get_by_label("Kwartaal").select_option("2026-Q4")
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_text("Voortgang in Q4 2026", exact=True)).to_be_visible()
    assert bezoek.klachten == []


def test_de_grafiek_loopt_door_en_zegt_waar_de_agenda_wisselt(bezoek: Bezoek, klok: Klok) -> None:
    klok.zet(2027, 5, 2, 9, 0)
    pad = "/indicatoren/aanrijdtijd-prio1/?weergave=alle-kwartalen"
    page = bezoek.open(pad)
    expect(page.get_by_role("heading", name="Snel ter plaatse", level=1)).to_be_visible()
    laat_tekenen(page)
    expect(page.locator(".figuur-plotly").get_by_text("agenda 2027-2030, andere definitie")).to_be_visible()
    tabel = page.locator("figure table").first  # the chart has no room for all of the words
    expect(tabel).to_contain_text("agenda 2027-2030, andere definitie, ander doel")
    assert fouten_op(page, pad, BREED) == []
    assert bezoek.klachten == []
