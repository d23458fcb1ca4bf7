"""The background work stands still: who notices, and that a moved clock is no reason for it."""

from __future__ import annotations

import os
import runpy
import shutil
import signal
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common.hartslag import ACHTERGROND, LEVENSTEKENS, Achtergrond, Hartslag, klop, lees_achtergrond
from common.jobs import JobRun
from config.diensten.proces import start_proces, stop_proces
from config.diensten.waakhond import stam
from config.omgeving import BASE_DIR
from config.toezicht import web
from monitor.rekenen import tasks, wachtrij
from tests import proefserver
from tests.factories import maak_persoon
from tests.integration.config.test_storing import PRODUCTIE, Site
from tests.integration.opstelling import processen_van, start, vrije_poort, wacht_op_regel
from tests.pagina import Pagina

ZIN = "Cijfers worden op dit moment niet bijgewerkt"


@pytest.fixture(autouse=True)
def _vers() -> Iterator[None]:
    cache.delete(ACHTERGROND)
    yield
    cache.delete(ACHTERGROND)


def _alles_leeft() -> None:
    klop(*LEVENSTEKENS)
    cache.delete(ACHTERGROND)


def _stil(naam: str, sinds: timedelta) -> None:
    Hartslag.objects.filter(naam=naam).update(op=Now() - sinds)
    cache.delete(ACHTERGROND)


@pytest.mark.django_db
class TestGezien:
    @pytest.fixture
    def lezer(self) -> Client:
        client = Client()
        client.force_login(maak_persoon("rvo-lid"))
        return client

    @pytest.mark.parametrize("naam", LEVENSTEKENS)
    def test_binnen_een_minuut_staat_het_in_de_voet_en_in_gezondheid(self, lezer: Client, naam: str) -> None:
        _alles_leeft()
        _stil(naam, timedelta(seconds=30))
        assert ZIN not in lezer.get("/toegankelijkheid/").content.decode()
        assert lezer.get("/gezondheid/").content == b"ok\n"
        _stil(naam, timedelta(seconds=50))
        assert ZIN in lezer.get("/toegankelijkheid/").content.decode()
        antwoord = Client().get("/gezondheid/")
        assert (antwoord.status_code, antwoord.content) == (200, b"ok, achtergrondwerk staat stil\n")

    def test_wie_er_nooit_was_staat_ook_stil(self, lezer: Client) -> None:
        assert lees_achtergrond().stil == tuple(LEVENSTEKENS)
        assert f"{ZIN}. Wat is vastgesteld, is bewaard." in lezer.get("/toegankelijkheid/").content.decode()

    def test_wie_niet_is_ingelogd_leest_het_niet(self) -> None:
        assert ZIN not in Client().get("/inloggen/").content.decode()

    def test_een_teken_uit_de_toekomst_is_geen_teken(self) -> None:
        """Written before the clock of the database was put back: whether it lives now, it does not say."""
        _alles_leeft()
        _stil("beat", -timedelta(hours=1))
        assert lees_achtergrond().stil == ("beat",)
        klop("beat")
        assert lees_achtergrond().stil == ()

    def test_wie_de_wachtrij_mag_zien_leest_wat_er_stilstaat(self) -> None:
        _alles_leeft()
        _stil("worker", timedelta(minutes=5))
        beheerder, analist = Client(), Client()
        beheerder.force_login(maak_persoon("beheerder"))
        analist.force_login(maak_persoon("analist"))
        pagina = Pagina.van(beheerder.get("/taken/"))
        assert "Achtergrondwerk" in pagina.koppen
        assert "De worker, die het uitvoert: staat stil. Laatst gezien" in pagina.tekst
        assert pagina.tekst.count("staat stil") == 1
        assert analist.get("/taken/").status_code == 404

    def test_de_voet_vraagt_het_niet_bij_elke_pagina(self, lezer: Client) -> None:
        lezer.get("/toegankelijkheid/")
        with CaptureQueriesContext(connection) as gevangen:
            lezer.get("/toegankelijkheid/")
        assert not [query for query in gevangen if "common_hartslag" in query["sql"]]


def test_de_zin_zegt_sinds_wanneer() -> None:
    nu = timezone.localtime().replace(hour=14, minute=5)
    gezien = {"beat": nu, "wachtrij": nu + timedelta(minutes=1), "worker": None}
    assert Achtergrond(gezien, ("beat", "wachtrij", "worker")).zin == (
        f"{ZIN} (sinds 14:05). Wat is vastgesteld, is bewaard."
    )
    gisteren = {"beat": nu - timedelta(days=1)}
    assert f"(sinds {nu - timedelta(days=1):%d-%m-%Y} 14:05)" in Achtergrond(gisteren, ("beat",)).zin
    assert Achtergrond(gezien, ()).zin == ""


@pytest.fixture
def doe_om(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Ask for the daily run at this moment; ``doe_om.keren`` holds how often it was done."""
    keren: list[date] = []

    def herbereken(vandaag: date | None) -> wachtrij.Herberekening:
        keren.append(timezone.localdate())
        return wachtrij.Herberekening()

    def doe(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        monkeypatch.setattr(JobRun._meta.get_field("begonnen_op"), "_get_default", lambda: moment)
        tasks.herbereken_kalender()

    monkeypatch.setattr(wachtrij.herberekenen, "herbereken", herbereken)
    doe.keren = keren  # type: ignore[attr-defined]
    return doe


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dag", "volgende"),
    [
        ("2026-12-31 23:59", "2027-01-01 00:01"),
        ("2028-02-28 23:59", "2028-02-29 00:01"),
        ("2028-02-29 23:59", "2028-03-01 00:01"),
        ("2026-03-29 00:01", "2026-03-30 00:01"),
        ("2026-10-25 00:01", "2026-10-26 00:01"),
    ],
)
def test_elke_dag_een_keer_hoe_vaak_het_ook_gevraagd_wordt(doe_om: Any, dag: str, volgende: str) -> None:
    """Also when the clock goes back over midnight, and forward again."""
    for moment in (dag, dag, volgende, dag, volgende, volgende):
        doe_om(datetime.fromisoformat(moment).replace(tzinfo=timezone.get_default_timezone()))
    assert doe_om.keren == [date.fromisoformat(dag[:10]), date.fromisoformat(volgende[:10])]


@pytest.mark.django_db
@pytest.mark.parametrize("uur", ["2026-10-25 00:30", "2026-10-25 01:30", "2026-03-29 00:59", "2026-03-29 01:01"])
def test_een_uur_dat_twee_keer_of_niet_komt_is_dezelfde_dag(doe_om: Any, uur: str) -> None:
    """In UTC, around the change at 01:00: once that day, before and after it."""
    for erbij in (0, 20, 40, 60, 80):
        doe_om(datetime.fromisoformat(f"{uur}+00:00") + timedelta(minutes=erbij))
    assert len(doe_om.keren) == 1


def _binnen(seconden: float, vraag: Callable[[], bool]) -> bool:
    eind = time.monotonic() + seconden
    while not vraag():
        if time.monotonic() > eind:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.traag
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "sprong", ["-1h", pytest.param("+1h", marks=pytest.mark.chaos), pytest.param("-400d", marks=pytest.mark.chaos)]
)
def test_beat_stuurt_door_als_de_klok_verspringt(tmp_path: Path, sprong: str) -> None:
    """The real beat; only its wall clock is moved, while it runs."""
    klok = tmp_path / "klok"
    klok.write_text("+0")
    dagen = runpy.run_path(str(BASE_DIR / "scripts" / "dagen"))
    env = (
        os.environ
        | dagen["klok_op"]("2026-11-28")
        | {
            "FAKETIME_TIMESTAMP_FILE": str(klok),
            "FAKETIME_NO_CACHE": "1",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            proefserver.DATABASENAAM: str(settings.DATABASES["default"]["NAME"]),
        }
    )
    del env["FAKETIME"]
    opdracht = [sys.executable, "-m", "celery", "-A", "config", "beat", "--loglevel", "INFO", "--pidfile="]
    beat = start_proces(opdracht, bij_dood=signal.SIGKILL, logboek=tmp_path / "beat.log", env=env)
    try:
        assert _binnen(60, lambda: Hartslag.objects.filter(naam="wachtrij").exists()), (
            tmp_path / "beat.log"
        ).read_text()
        klok.write_text(sprong)
        for _ in range(2):  # one tick may have been under way
            vorige = Hartslag.objects.get(naam="wachtrij").op
            assert _binnen(25, lambda vorige=vorige: Hartslag.objects.get(naam="wachtrij").op > vorige)
    finally:
        stop_proces(beat, signal.SIGTERM, geduld=10)


@pytest.fixture
def site() -> Iterator[Site]:
    """The real site in production shape, without figures, so that it starts soon."""
    basis = Path(tempfile.mkdtemp(prefix="strategie-bevroren-"))
    basis.chmod(0o755)
    poort = vrije_poort()
    toezicht = start(basis / "data", "-m", "config.toezicht", PORT=str(poort), **PRODUCTIE)
    try:
        wacht_op_regel(toezicht, "Stoppen: Ctrl-C")
        yield Site(basis / "data", poort)
    finally:
        toezicht.send_signal(signal.SIGTERM)
        toezicht.communicate(timeout=60)
        shutil.rmtree(basis, ignore_errors=True)


@pytest.mark.traag
def test_alles_tegelijk_bevroren_komt_binnen_een_minuut_vanzelf_terug(site: Site) -> None:
    """Web, worker, beat and both servers; the supervisor alone goes on. Then everything works, and says so."""
    assert _binnen(60, lambda: _gezondheid(site) == "ok\n")
    soorten = ((web("")[1],), ("celery", " worker "), ("celery", " beat "), ("bin/postgres -D",), ("valkey-server",))
    bevroren = [een for soort in soorten for een, *_ in stam(site.nummer(*soort))]
    for nummer in bevroren:
        os.kill(nummer, signal.SIGSTOP)
    begin = time.monotonic()
    assert _binnen(60, lambda: not set(bevroren) & set(processen_van(site.data_dir)) and site.status() == 200)
    assert _binnen(begin + 60 - time.monotonic(), lambda: site.stuur() == "uitkomst [1, 2]")
    assert _binnen(begin + 60 - time.monotonic(), lambda: _gezondheid(site) == "ok\n")


def _gezondheid(site: Site) -> str:
    verzoek = urllib.request.Request(f"http://127.0.0.1:{site.poort}/gezondheid/", headers={"Host": "site.example"})
    try:
        with urllib.request.urlopen(verzoek, timeout=10) as antwoord:  # noqa: S310
            return str(antwoord.read().decode())
    except OSError:
        return ""
