"""The pages of the jaarplan as their readers have them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.factories import maak_persoon, maak_planactiviteit
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
VANDAAG = date(2025, 6, 15)


def moment(dag: int, maand: int = 1) -> datetime:
    return timezone.make_aware(datetime(2025, maand, dag, 12))


@pytest.fixture(autouse=True)
def _vandaag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda m=None: timezone.localtime(m).date() if m else VANDAAG)


def client_van(persoon: User) -> Client:
    client = Client()
    client.force_login(persoon)
    return client


def directeur() -> Client:
    return client_van(maak_persoon("programmadirecteur", naam="plan-directeur"))


def test_het_jaarplan_zonder_jaar_is_dat_van_het_nieuwste_begonnen_jaar() -> None:
    maak_planactiviteit(jaar=2024, begin="2024-01-01", eind="2024-12-31", op=moment(1))
    maak_planactiviteit(jaar=2026, begin="2026-01-01", eind="2026-12-31", op=moment(1))
    antwoord = directeur().get("/jaarplan/?status=gereed")
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/jaarplan/2024/?status=gereed")


def test_wat_te_laat_is_staat_vooraan_met_de_reden_in_woorden() -> None:
    maak_planactiviteit(titel="Loopt goed", eind="2025-07-01", op=moment(1))
    maak_planactiviteit(titel="Had klaar moeten zijn", eind="2025-06-14", op=moment(1))
    maak_planactiviteit(titel="Is klaar", eind="2025-03-01", status="gereed", op=moment(1))
    antwoord = directeur().get("/jaarplan/2025/")
    html = antwoord.content.decode()
    plekken = [html.index(titel) for titel in ("Had klaar moeten zijn", "Loopt goed", "Is klaar")]
    assert plekken == sorted(plekken)
    pagina = Pagina.van(antwoord)
    assert "Het einde was 14-06-2025" in pagina.tekst
    assert "waarvan 1 te laat" in pagina.tekst
    assert 'style="' not in html
