"""Each page with figures says when these were computed, and whether that is being done anew right now."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from common.hartslag import ACHTERGROND
from monitor.models import Berekening, Herberekenverzoek, Indicator
from tests.factories import maak_persoon
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, maak_monitor
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db(transaction=True)
BEZIG, STIL = "Er wordt nu herberekend", "Een herberekening is stilgezet; de beheerder is op de hoogte."
PAGINAS = ("/", "/themas/", "/themas/opsporing/", "/indicatoren/", "/indicatoren/verdachten/")


@pytest.fixture
def client() -> Client:
    leeft = cache.get(ACHTERGROND)
    cache.clear()
    cache.set(ACHTERGROND, leeft)
    maak_monitor()
    Berekening.objects.update(berekend_op="2025-11-23T09:30:00+01:00")
    client = Client()
    client.force_login(maak_persoon("rvo-lid"))
    return client


def _pagina(client: Client, pad: str) -> Pagina:
    return Pagina.van(client.get(f"{pad}?kwartaal={KWARTAAL}"))


@pytest.mark.parametrize("pad", PAGINAS)
def test_de_stand_zegt_wanneer_er_berekend_is(client: Client, pad: str) -> None:
    pagina = _pagina(client, pad)
    assert pagina.heeft("berekend op 23-11-2025 09:30")
    assert not pagina.heeft(BEZIG)
    assert not pagina.heeft(STIL)


@pytest.mark.parametrize("pad", PAGINAS)
def test_een_bewaarde_pagina_meldt_meteen_dat_er_gerekend_wordt_en_daarna_niet_meer(client: Client, pad: str) -> None:
    _pagina(client, pad)
    verzoek = Herberekenverzoek.objects.create(indicator=Indicator.objects.get(code="verdachten"))
    assert _pagina(client, pad).heeft(f"{BEZIG}; de cijfers hieronder zijn van 23-11-2025 09:30.")
    Herberekenverzoek.objects.filter(pk=verzoek.pk).update(geparkeerd=True)
    assert _pagina(client, pad).heeft(STIL)
    verzoek.delete()
    assert _pagina(client, pad).heeft("berekend op 23-11-2025 09:30")
    assert not _pagina(client, pad).heeft("herbereken")


def test_wie_geen_cijfers_ziet_leest_er_niets_over(client: Client) -> None:
    Herberekenverzoek.objects.create(indicator=Indicator.objects.get(code="verdachten"))
    client.force_login(maak_persoon("beheerder"))
    pagina = _pagina(client, "/")
    assert pagina.kop1 == "De thema's van de agenda"
    assert not pagina.heeft(BEZIG)
