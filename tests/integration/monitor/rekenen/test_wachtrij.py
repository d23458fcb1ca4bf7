from __future__ import annotations

import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from celery import Celery
from django.db import connection, transaction
from django.utils import timezone

from common import jobs
from common.jobs import JobRun
from common.locks import Slot, houd_slot
from config.celery import app
from monitor.models import Berekening, Doelbereik, Herberekenverzoek
from monitor.rekenen import herberekenen as bijwerken
from monitor.rekenen import herberekenen as herberekening
from monitor.rekenen import wachtrij
from tests.integration.monitor.rekenen.wereld import JAREN, VANDAAG, Wereld, alle_rijen

KLEIN = 4  # indicators; a queue needs no more


@pytest.fixture
def wereld(db: None) -> Wereld:
    return Wereld()


def meet(wereld: Wereld, nummer: int = 0, code: str = "RA1", jaar: int = 2025, kwartaal: int = 1):
    return wereld.meet(wereld.indicatoren[nummer], code, jaar, kwartaal, waarde=5, onbekend=False)


def vraag(wereld: Wereld, nummer: int = 0, code: str = "RA1", jaar: int = 2025) -> None:
    wachtrij.vraag_herberekeningen([(wereld.indicatoren[nummer].pk, wereld.onderdelen[code].pk, jaar)])


class TestAfwerken:
    def test_een_verzoek_wordt_berekend_en_verdwijnt(self, wereld):
        meet(wereld)
        vraag(wereld)
        uitkomst = wachtrij.werk_wachtrij_af(vandaag=VANDAAG)
        assert uitkomst.gewijzigd > 0
        assert not Herberekenverzoek.objects.exists()
        assert Doelbereik.objects.get(onderdeel__code="RA1", jaar=2025, kwartaal=1).teller == 5
        run = JobRun.objects.get()
        assert (run.afloop, run.gewijzigd) == ("geslaagd", uitkomst.gewijzigd)

    def test_zonder_verzoeken_is_er_geen_taak_te_zien(self, wereld):
        wachtrij.werk_wachtrij_af(vandaag=VANDAAG)
        assert not JobRun.objects.exists()

    def test_veel_verzoeken_zijn_hetzelfde_als_alles_opnieuw(self, wereld):
        herberekening.herbereken(vandaag=VANDAAG)
        wereld.vul_gewoon()
        for nummer in range(KLEIN):
            for code in wereld.onderdelen:
                vraag(wereld, nummer, code, JAREN.start)
        wachtrij.werk_wachtrij_af(vandaag=VANDAAG)
        stapsgewijs = alle_rijen()
        ids = [indicator.pk for indicator in wereld.indicatoren[:KLEIN]]
        assert herberekening.herbereken(ids, vandaag=VANDAAG).gewijzigd == 0
        assert alle_rijen() == stapsgewijs

    def test_een_zonder_doel_begint_bij_de_eerste_waarde(self, wereld):
        """The first value of an indicator without targets makes values due for every onderdeel: all is recomputed."""
        (zonder,) = [i for i in wereld.indicatoren if i.aggregatie == "som" and not i.doelstellingen.exists()]
        for jaar in (2024, 2022):
            wereld.meet(zonder, "RA1", jaar, 1, waarde=5, onbekend=False)
            wachtrij.vraag_herberekeningen([(zonder.pk, wereld.onderdelen["RA1"].pk, jaar)])
            wachtrij.werk_wachtrij_af(vandaag=VANDAAG)
            assert herberekening.herbereken([zonder.pk], vandaag=VANDAAG).gewijzigd == 0
            assert Doelbereik.objects.filter(indicator=zonder, onderdeel__code="HA2", jaar=jaar).exists()

    def test_de_generatie_stijgt_alleen_bij_een_wijziging(self, wereld):
        meet(wereld)
        vraag(wereld)
        wachtrij.werk_wachtrij_af(vandaag=VANDAAG)
        vraag(wereld)
        wachtrij.werk_wachtrij_af(vandaag=VANDAAG)
        assert Berekening.objects.get(indicator=wereld.indicatoren[0]).generatie == 1

    def test_de_kalender_maakt_van_nog_niet_verschuldigd_geen_meting(self, wereld):
        herberekening.herbereken(vandaag=VANDAAG)
        vierde = Doelbereik.objects.filter(
            indicator=wereld.indicatoren[0], onderdeel__code="RA1", jaar=2026, kwartaal=4
        )
        assert vierde.get().oordeel == "nog_niet_verschuldigd"
        wachtrij.herbereken_vandaag(vandaag=VANDAAG.replace(year=2027, month=1, day=31))
        assert vierde.get().oordeel == "geen_meting"


class TestFouten:
    @pytest.fixture
    def giftig(self, wereld, monkeypatch) -> int:
        """One onderdeel of which the computation always fails."""
        gif, echt = wereld.onderdelen["RA2"].pk, bijwerken.werk_bij

        def werk_bij(indicator, onderdeel, jaar, **meer):
            if onderdeel == gif:
                raise RuntimeError("vergif")
            return echt(indicator, onderdeel, jaar, **meer)

        monkeypatch.setattr(bijwerken, "werk_bij", werk_bij)
        return gif

    def test_na_drie_keer_geparkeerd_en_de_rest_gaat_door(self, wereld, giftig):
        herberekening.herbereken(vandaag=VANDAAG)
        for code, nummer in (("RA2", 0), ("RA1", 0), ("RA1", 1)):
            meet(wereld, nummer, code)
            vraag(wereld, nummer, code)
        for poging in (1, 2, 3):
            wachtrij.werk_wachtrij_af(vandaag=VANDAAG)
            verzoek = Herberekenverzoek.objects.get()
            assert (verzoek.onderdeel_id, verzoek.pogingen) == (giftig, poging)
        assert verzoek.geparkeerd
        assert "vergif" in verzoek.fout
        assert Doelbereik.objects.filter(onderdeel__code="RA1", jaar=2025, kwartaal=1, teller=5).count() == 2
        assert wachtrij.werk_wachtrij_af(vandaag=VANDAAG).gewijzigd == 0

    def test_halverwege_mislukt_laat_de_oude_cijfers_staan(self, wereld, monkeypatch):
        herberekening.herbereken(vandaag=VANDAAG)
        voor = alle_rijen()
        meet(wereld)
        vraag(wereld)
        monkeypatch.setattr(herberekening, "verhoog_generatie", lambda gewijzigd: 1 / 0)
        wachtrij.werk_wachtrij_af(vandaag=VANDAAG)
        assert alle_rijen() == voor
        assert Herberekenverzoek.objects.get().pogingen == 1


@pytest.mark.django_db(transaction=True)
class TestTegelijk:
    @pytest.fixture
    def niemand_anders(self, monkeypatch):
        """The worker of other tests may still be there, and would take the work."""
        monkeypatch.setattr(wachtrij, "haast", lambda: None)

    def test_een_indicator_in_handen_van_een_ander_wordt_overgeslagen(self, niemand_anders):
        wereld = Wereld()
        meet(wereld)
        vraag(wereld)
        vast, klaar = threading.Event(), threading.Event()

        def ander() -> None:
            with transaction.atomic():
                houd_slot(Slot.HERBEREKENING, wereld.indicatoren[0].pk)
                vast.set()
                klaar.wait(10)
            connection.close()

        draad = threading.Thread(target=ander)
        draad.start()
        vast.wait(10)
        begin = time.monotonic()
        assert wachtrij.werk_wachtrij_af(vandaag=VANDAAG).gewijzigd == 0
        assert time.monotonic() - begin < 5
        assert Herberekenverzoek.objects.count() == 1
        klaar.set()
        draad.join()
        assert wachtrij.werk_wachtrij_af(vandaag=VANDAAG).gewijzigd > 0

    def test_twee_werkers_doen_samen_alles_een_keer(self, niemand_anders):
        wereld = Wereld()
        herberekening.herbereken(vandaag=VANDAAG)
        wereld.vul_gewoon()
        for nummer in range(KLEIN):
            for code in ("RA1", "RA2", "HA2", "HB1"):
                vraag(wereld, nummer, code, JAREN.start)
        uit: list[int] = []

        def werker() -> None:
            uit.append(wachtrij.werk_wachtrij_af(vandaag=VANDAAG).gewijzigd)
            connection.close()

        draden = [threading.Thread(target=werker) for _ in range(2)]
        for draad in draden:
            draad.start()
        for draad in draden:
            draad.join()
        # A real worker of these tests may hold an indicator at this moment; it looks again itself.
        eind = time.monotonic() + 30
        while Herberekenverzoek.objects.exists() and time.monotonic() < eind:
            wachtrij.werk_wachtrij_af(vandaag=VANDAAG)
        assert not Herberekenverzoek.objects.exists()
        assert len(uit) == 2
        gedaan = Doelbereik.objects.filter(indicator=wereld.indicatoren[0], onderdeel__code="RA1")
        assert gedaan.filter(stand="geleverd").count() > 15

    def test_een_echte_worker_haalt_het_verzoek_op(self, worker):
        wereld = Wereld()
        meet(wereld)
        with transaction.atomic():
            vraag(wereld)
        eind = time.monotonic() + 60
        while Herberekenverzoek.objects.exists():
            assert time.monotonic() < eind, "the worker never came"
            time.sleep(0.1)
        assert Doelbereik.objects.get(onderdeel__code="RA1", jaar=2025, kwartaal=1).teller == 5


@pytest.fixture
def bevroren() -> Iterator[str]:
    """A server that takes a connection and never says a word."""
    with tempfile.TemporaryDirectory() as map_, socket.socket(socket.AF_UNIX) as doof:
        doof.bind(f"{map_}/doof.sock")
        doof.listen()
        yield f"redis+socket://{map_}/doof.sock"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("soort", ["weg", "bevroren"])
def test_opslaan_werkt_ook_zonder_wachtrij(soort, bevroren, monkeypatch, caplog):
    adres = bevroren if soort == "bevroren" else "redis+socket:///nergens/redis.sock"
    dood = Celery("dood", broker=adres, set_as_current=False)
    dood.conf.broker_transport_options = app.conf.broker_transport_options
    monkeypatch.setattr(jobs, "current_app", dood)
    wereld = Wereld()
    begin = time.monotonic()
    with transaction.atomic():
        meet(wereld)
        vraag(wereld)
    assert time.monotonic() - begin < 5
    assert Herberekenverzoek.objects.count() == 1
    assert "niet bereikbaar" in caplog.text


@pytest.mark.django_db(transaction=True)
class TestSamen:
    """However many ask: one worker is at it, in one run, and the queue holds no pile of messages."""

    def test_duizend_verzoeken_zijn_hoogstens_drie_taken(self, worker):
        wereld = Wereld()
        begin, hoogste = time.monotonic(), 0
        for nummer in range(1000):
            with transaction.atomic():
                vraag(wereld, nummer % KLEIN)
            time.sleep(max(0.0, begin + nummer * 0.016 - time.monotonic()))
            hoogste = max(hoogste, _berichten()) if nummer % 50 == 0 else hoogste
        _tot(lambda: not Herberekenverzoek.objects.exists())
        _tot(lambda: not JobRun.objects.filter(afloop="bezig").exists())
        assert JobRun.objects.filter(soort="herberekening").count() <= 3
        assert hoogste <= 20

    def test_een_enkele_goedkeuring_wacht_daar_niet_op(self, worker):
        wereld = Wereld()
        for kwartaal in (1, 2):  # the second comes while the worker still looks whether more follows
            meet(wereld, kwartaal=kwartaal)
            begin = time.monotonic()
            with transaction.atomic():
                vraag(wereld)
            _tot(lambda: not Herberekenverzoek.objects.exists())
            assert time.monotonic() - begin < 3
        assert Doelbereik.objects.get(onderdeel__code="RA1", jaar=2025, kwartaal=2).teller == 5

    def test_zonder_worker_stapelen_de_berichten_zich_niet_op(self, monkeypatch):
        wereld, gestuurd = Wereld(), []
        monkeypatch.setattr(wachtrij, "haast", lambda: gestuurd.append(1))
        monkeypatch.setattr(wachtrij, "is_bezet", lambda slot: False)
        vraag(wereld)
        Herberekenverzoek.objects.update(aangemaakt_op=timezone.now() - timedelta(seconds=5))
        for _ in range(20):
            vraag(wereld)
        assert len(gestuurd) == 1

    def test_wat_mislukte_houdt_geen_nieuw_verzoek_op(self, monkeypatch):
        wereld, gestuurd = Wereld(), []
        monkeypatch.setattr(wachtrij, "haast", lambda: gestuurd.append(1))
        monkeypatch.setattr(wachtrij, "is_bezet", lambda slot: False)
        vraag(wereld)
        Herberekenverzoek.objects.update(pogingen=1, aangemaakt_op=timezone.now() - timedelta(seconds=5))
        vraag(wereld)
        assert len(gestuurd) == 2

    def test_een_bevroren_ander_houdt_het_werk_niet_voor_altijd_op(self, monkeypatch):
        """Who holds the lock may be frozen: what waits too long is done all the same."""
        wereld = Wereld()
        monkeypatch.setattr(wachtrij, "haast", lambda: None)
        monkeypatch.setattr(wachtrij, "RUST", 0.0)
        vraag(wereld)
        with _ander_houdt(Slot.WACHTRIJ):
            wachtrij.houd_bij(lambda uitkomst: None)
            assert Herberekenverzoek.objects.exists()
            Herberekenverzoek.objects.update(aangemaakt_op=timezone.now() - timedelta(minutes=1))
            wachtrij.houd_bij(lambda uitkomst: None)
            assert not Herberekenverzoek.objects.exists()

    def test_wie_blijft_vragen_houdt_geen_worker_bezet(self, monkeypatch):
        """A worker that has to stop waits for its task, and figures are told of at the end of a run."""
        wereld, keren = Wereld(), []
        monkeypatch.setattr(wachtrij, "haast", lambda: None)
        monkeypatch.setattr(wachtrij, "RUST", 0.0)
        monkeypatch.setattr(wachtrij, "LANGST", 0.5)

        def meld(uitkomst: object) -> None:
            keren.append(uitkomst)
            assert len(keren) < 500
            time.sleep(0.02)
            vraag(wereld)

        vraag(wereld)
        wachtrij.houd_bij(meld)
        assert Herberekenverzoek.objects.exists()  # for the sweep


def _tot(vraag_: Callable[[], bool]) -> None:
    eind = time.monotonic() + 60
    while not vraag_():
        assert time.monotonic() < eind
        time.sleep(0.02)


def _berichten() -> int:
    """How many messages wait in the queue."""
    with app.connection_for_read() as verbinding:
        return verbinding.default_channel.client.llen("celery")


@contextmanager
def _ander_houdt(slot: Slot) -> Iterator[None]:
    ander = psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}, autocommit=True)
    _tot(lambda: ander.execute("SELECT pg_try_advisory_lock(%s, 0)", [slot]).fetchone() == (True,))
    yield
    ander.close()
