"""The data of a chart for the browser: handed over, asked for once, and never a fault."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from celery import Celery
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import timezone

from common import jobs
from common.grafiek import figuur
from common.grafiek.beeld import merk, naar_json
from common.grafiek.figuur import Figuur, ruim_figuren_op
from common.pagina.figuren import lever_figuur
from config.celery import app
from monitor.dashboards.grafiek.tasks import teken_beeld
from tests.unit.common.grafiek.beelden import JAAR, STIPPEN

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _niets_gevraagd() -> None:
    cache.clear()


def test_wat_er_niet_is_wordt_een_keer_gevraagd_en_daarna_overhandigd(monkeypatch: pytest.MonkeyPatch) -> None:
    gevraagd: list[tuple[str, ...]] = []
    monkeypatch.setattr(figuur, "stuur", lambda *wat: gevraagd.append(wat))
    for _ in range(3):
        antwoord = lever_figuur(RequestFactory().get("/"), JAAR)
        assert (antwoord.status_code, antwoord["Retry-After"]) == (202, "1")
        assert json.loads(antwoord.content) == {"merk": merk(JAAR)}
    assert gevraagd == [(figuur.TEKENTAAK, naar_json(JAAR))]
    for _ in range(2):  # a message may come twice
        teken_beeld(gevraagd[0][1])
    antwoord = lever_figuur(RequestFactory().get("/"), JAAR)
    assert (antwoord.status_code, antwoord["ETag"]) == (200, f'"{merk(JAAR)}"')
    assert json.loads(antwoord.content)["titel"] == JAAR.titel
    assert lever_figuur(RequestFactory().get("/"), STIPPEN).status_code == 202


def test_zonder_wachtrij_blijft_de_tekening_van_de_server_staan(monkeypatch: pytest.MonkeyPatch) -> None:
    dood = Celery("dood", broker="redis+socket:///nergens/redis.sock", set_as_current=False)
    dood.conf.broker_transport_options = app.conf.broker_transport_options
    monkeypatch.setattr(jobs, "current_app", dood)
    assert lever_figuur(RequestFactory().get("/"), JAAR).status_code == 202


def test_wat_iemand_een_week_geleden_vroeg_wordt_vergeten() -> None:
    teken_beeld(naar_json(JAAR))
    teken_beeld(naar_json(STIPPEN))
    Figuur.objects.create(sleutel="vooraf", generatie="1", merk="x", beeld=b"", plotly=b"")
    oud = timezone.now() - timedelta(days=8)
    Figuur.objects.exclude(merk=merk(STIPPEN)).update(getekend_op=oud)
    ruim_figuren_op()
    assert set(Figuur.objects.values_list("merk", flat=True)) == {merk(STIPPEN), "x"}
