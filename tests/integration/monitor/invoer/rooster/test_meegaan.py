"""What goes along when one hands in, and what stands in the cell of a value that came back."""

from __future__ import annotations

import pytest
from django.test import Client

from monitor.invoer.vaststellen.services import stuur_terug
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Indicator, Meting
from tests.factories import IndicatorFactory, maak_eenheid, maak_persoon
from tests.integration.monitor.invoer.rooster.test_rooster import ADRES, lees, verstuur

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdachten() -> Indicator:
    maak_eenheid()
    return IndicatorFactory(code="verdachten", naam="Verdachten", eenheid="verdachten")


@pytest.fixture
def anna(client: Client) -> Client:
    client.force_login(maak_persoon("analist", naam="anna"))
    return client


def test_wat_meegaat_is_wat_u_zelf_typte_en_dat_is_te_tellen(anna: Client, verdachten: Indicator) -> None:
    def mee(lezer: Client) -> int:
        return lezer.get(ADRES).content.decode().count(" data-mee>")

    assert mee(anna) == 0
    verstuur(anna, waarde="12")
    ander = Client()
    ander.force_login(maak_persoon("analist", naam="bert"))
    assert (mee(anna), mee(ander)) == (1, 0)
    verstuur(anna, "indienen", waarde="12")
    assert lees(anna).meldt("Het gaat om Verdachten, RE07 Onderdeel RE07.")
    assert mee(anna) == 0


def test_na_terugsturen_staat_het_nieuwe_getal_er_als_nieuw_en_zonder_wie_terugstuurde(
    anna: Client, verdachten: Indicator
) -> None:
    verstuur(anna, "indienen", waarde="12")
    vera = maak_persoon("vaststeller", naam="vera")
    stuur_terug(METING, [Meting.objects.get()], door=vera, herkomst="proef", reden="Te hoog.")
    assert "vera" in lees(anna).tabel().cel("verdachten", "Stand")
    verstuur(anna, waarde="11", toelichting="Nageteld.")
    stand = lees(anna).tabel().cel("verdachten", "Stand")
    assert "Teruggestuurd nieuw: 11" in stand
    assert "vera" not in stand
    assert lees(anna).heeft("vera stuurde dit terug op")
