"""What the page offers for a heading that is not one of ours: no command to remove it, and columns of its own kind."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from monitor.invoer.importeren import services
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from tests.factories import IndicatorFactory, maak_eenheid, maak_persoon
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db


@pytest.fixture
def analist(monkeypatch: pytest.MonkeyPatch) -> User:
    monkeypatch.setattr(services, "_vraag_lezen", lambda pk: None)
    maak_eenheid()
    IndicatorFactory(code="verdachten", naam="Verdachten in beeld")
    return maak_persoon("analist")


def _open(analist: User, kop: str, rij: str) -> str:
    bestand = services.ontvang("q1.csv", f"{kop}\n{rij}".encode(), door=analist)
    assert services.verwerk(bestand.pk)
    client = Client()
    client.force_login(analist)
    return client.get(f"/invoer/importeren/{bestand.pk}/").content.decode()


def test_een_kop_die_niet_van_ons_is_wordt_niet_weggewenst_en_kiest_uit_de_eigen_soort(analist: User) -> None:
    kop = ";".join(METINGKOLOMMEN).replace("onderdeel", "Team")
    html = _open(analist, kop, "verdachten;RE07;2025;1;9;;;;definitief;2025-04-05;")
    assert Pagina.van(html).heeft("Deze kolom is onbekend.")
    assert "Haal die weg" not in html
    assert Pagina.van(html).heeft("‘Team’, daaronder staat “RE07”")
    assert "<option>waarde</option>" in html
    assert "<option>ziek</option>" not in html
    assert "<option selected>onderdeel</option>" in html


def test_een_kop_waaruit_de_soort_niet_blijkt_biedt_alles(analist: User) -> None:
    html = _open(analist, "a;b", "1;2")
    assert "<option>ziek</option>" in html
    assert "<option>waarde</option>" in html
