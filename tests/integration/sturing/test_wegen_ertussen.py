"""From an activity and from an ambition: to ask about it, what was asked, and to follow it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sturing.models import Planactiviteit
from sturing.overleg.vragen.selectors import zoek_onderwerp
from sturing.overleg.vragen.services import stel_vraag
from tests.factories import maak_persoon
from tests.integration.sturing.doelenboom.opstelling import maak_agenda
from tests.integration.sturing.volgen.opstelling import maak_activiteit
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
AMBITIE = "/themas/wijk/ambities/1/"


@pytest.fixture
def plan() -> Planactiviteit:
    maak_agenda()
    return maak_activiteit("onrust")


def _als(rol: str, naam: str = "") -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, naam=naam or rol))
    return client


def test_who_asks_has_a_link_there_and_sees_the_own_question(plan: Planactiviteit) -> None:
    lid, ander, bea = _als("rvo-lid", "rob"), _als("rvo-lid", "rosa"), _als("beheerder")
    pagina = f"/jaarplan/activiteiten/{plan.pk}/"
    for adres, bij in ((pagina, f"activiteit:{plan.pk}"), (AMBITIE, "ambitie:wijk/1")):
        vraag = f"/vragen/nieuw/?bij={bij}"
        assert vraag in [een.adres for een in Pagina.van(lid.get(adres)).inhoud.links]
        assert lid.get(vraag).status_code == 200
        onderwerp = zoek_onderwerp(bij).onderwerp
        wie = {"door": maak_persoon("rvo-lid", naam="rob"), "herkomst": "proef"}
        stel_vraag(onderwerp, "Wanneer is dit klaar?", formulier=bij, **wie)
        assert Pagina.van(lid.get(adres)).heeft("Vragen en adviezen hierbij (1)")
        assert not Pagina.van(ander.get(adres)).heeft("Wanneer is dit klaar?")
        gisteren = timezone.localdate() - timedelta(days=1)
        toen = Pagina.van(lid.get(f"{adres}?peildatum={gisteren}"))
        assert not toen.heeft("Wanneer is dit klaar?")
        assert not toen.heeft("Stel een vraag")
    assert not Pagina.van(bea.get(pagina)).heeft("Stel een vraag")


def test_the_committee_advises_on_its_own_theme_only(plan: Planactiviteit) -> None:
    assert not Pagina.van(_als("adviescommissie").get(AMBITIE)).heeft("Geef advies")


def test_an_activity_is_followed_from_its_page(plan: Planactiviteit) -> None:
    lid, pagina = _als("rvo-lid"), f"/jaarplan/activiteiten/{plan.pk}/"
    assert Pagina.van(lid.get(pagina)).heeft("Volgen")
    assert lid.post("/volgen/", {"soort": "activiteit", "sleutel": str(plan.pk), "actie": "volg"}).url == pagina
    assert Pagina.van(lid.get(pagina)).heeft("Volgt u")
