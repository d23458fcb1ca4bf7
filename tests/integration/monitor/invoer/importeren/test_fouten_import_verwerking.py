"""Bad input, lines 25 to 29: what a file would do, for whom, and what is left when it is cut off halfway."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Rolvervulling, User
from common.models import AuditEvent, JobRun
from common.vaststellen.bewaking import NietToegestaan
from config.celery import app
from config.diensten.proces import start_proces
from config.omgeving import BASE_DIR
from monitor.invoer.importeren import services
from monitor.invoer.importeren.soorten import VAN_METINGEN
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from monitor.models import Import, Meting
from tests import proefserver
from tests.factories import IndicatorFactory, MetingFactory, maak_eenheid, maak_persoon
from tests.integration.monitor.invoer.importeren.importbestanden import GOED, maak_csv, maak_xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _opstelling(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_vraag_lezen", lambda pk: None)  # no other worker may be first
    maak_eenheid()
    IndicatorFactory(code="verdachten")
    IndicatorFactory(code="prio1", percentage=True)


@pytest.fixture
def analist() -> User:
    return maak_persoon("analist")


def _lees(user: User, inhoud: bytes, naam: str = "q1.csv") -> Import:
    bestand = services.ontvang(naam, inhoud, door=user)
    assert services.verwerk(bestand.pk)
    bestand.refresh_from_db()
    return bestand


def test_fout_25_dubbele_rijen_weigeren_het_bestand_en_nog_eens_is_niets(analist: User) -> None:
    dubbel = _lees(analist, maak_csv(GOED[0], GOED[0].replace(";9;", ";11;")))
    assert dubbel.fouten == [[3, "", "Deze waarde staat ook op rij 2. Laat er één staan."]]
    services.dien_in_als_getoond(_lees(analist, maak_csv(*GOED)).pk, door=analist)
    nog_eens = _lees(analist, maak_csv(*GOED))
    assert (nog_eens.gelijk, nog_eens.nieuw, nog_eens.gewijzigd) == (3, 0, 0)
    toekomst = _lees(analist, maak_csv(GOED[2].replace("2025;1", "2099;1")))
    laatste = timezone.localdate().year
    zin = f"“2099” is geen jaar van 2000 tot en met {laatste}. Kijk of het jaar klopt."
    assert toekomst.fouten == [[2, "jaar", zin]]


def test_fout_26_een_foute_rij_en_niets_komt_binnen(analist: User) -> None:
    for nummer in range(50):
        IndicatorFactory(code=f"i{nummer}")
    periodes = product(range(50), range(2000, 2025), (1, 2, 3, 4))
    rijen = [f"i{i};RE07;{jaar};{kwartaal};9;;;;definitief;;" for i, jaar, kwartaal in periodes]
    bestand = _lees(analist, maak_csv(*rijen, "i0;RE07;2025;1;1.2.3;;;;x;;"))
    assert (bestand.staat, bestand.nieuw, bestand.geweigerd) == ("fouten", 5000, 1)
    assert [(rij, kolom) for rij, kolom, _ in bestand.fouten] == [(5002, "status"), (5002, "waarde")]
    assert services.dien_in_als_getoond(bestand.pk, door=analist) is None
    assert not Meting.objects.exists()
    assert bytes(bestand.inhoud) == maak_csv(*rijen, "i0;RE07;2025;1;1.2.3;;;;x;;")  # kept for its owner


def test_fout_27_rijen_van_een_ander_district(caplog: pytest.LogCaptureFixture) -> None:
    chef = maak_persoon("districtschef", onderdeel="A")
    MetingFactory(indicator=IndicatorFactory(code="per-team", niveau="basisteam"), onderdeel__code="B1")
    eigen, vreemd = (f"per-team;{team};2025;1;9;;;;definitief;;" for team in ("A1", "B1"))
    with caplog.at_level(logging.WARNING, "strategie.beveiliging"):
        bestand = _lees(chef, maak_csv(eigen, vreemd, vreemd.replace(";9;", ";10;")))
    assert bestand.fouten == [
        [3, "", VAN_METINGEN.buiten_bereik],
        [4, "", VAN_METINGEN.buiten_bereik],
    ]  # equal or not: the same
    assert (bestand.staat, bestand.nieuw, bestand.gelijk) == ("fouten", 1, 0)
    weigering = AuditEvent.objects.get(handeling="geweigerd")
    assert (weigering.door_id, "2 rijen van buiten" in weigering.reden) == (chef.pk, True)
    assert "geweigerd" in caplog.text
    alleen_eigen = _lees(chef, maak_csv(eigen))
    assert services.dien_in_als_getoond(alleen_eigen.pk, door=chef) is not None


def test_fout_27_een_oude_waarde_die_iemand_niet_mag_zien_blijft_ongezegd() -> None:
    chef = maak_persoon("districtschef", onderdeel="A")
    gevoelig = IndicatorFactory(code="gevoelig", niveau="basisteam", gevoelig=True)
    for kwartaal in (1, 2):
        MetingFactory(indicator=gevoelig, onderdeel__code="A1", kwartaal=kwartaal, waarde=4321)
    bestand = _lees(chef, maak_csv(*(f"gevoelig;A1;2025;{k};43;;;;definitief;;" for k in (2, 3))))
    tekst = str([(regel.verschillen, regel.fouten) for regel in bestand.regels.all()])
    assert bestand.twijfel == 2
    assert "4321" not in tekst.replace(".", "")
    assert "niet zichtbaar voor u" in tekst
    assert "wijkt sterk af van eerdere metingen" in tekst


@pytest.mark.parametrize("moment", ["lezen", "indienen"])
def test_fout_27_een_ingetrokken_rol_geldt_ook_voor_wat_al_wachtte(analist: User, moment: str) -> None:
    bestand = services.ontvang("a.csv", maak_csv(*GOED), door=analist)
    if moment == "indienen":
        services.verwerk(bestand.pk)
    Rolvervulling.objects.filter(user=analist).update(geldig_tot=timezone.localdate())
    actueel = User.objects.get(pk=analist.pk)
    if moment == "indienen":
        with pytest.raises(NietToegestaan):
            services.dien_in_als_getoond(bestand.pk, door=actueel)
    else:
        services.verwerk(bestand.pk)
        bestand.refresh_from_db()
        assert (bestand.staat, "mag geen bestanden inlezen" in bestand.fouten[0][2]) == ("fouten", True)
    assert AuditEvent.objects.get(handeling="geweigerd").door_id == analist.pk
    assert not Meting.objects.exists()


@pytest.fixture
def eigen_worker(transactional_db: None, tmp_path: Path) -> Iterator[Any]:
    """A worker that may be killed, with a queue of its own."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        proefserver.DATABASENAAM: str(settings.DATABASES["default"]["NAME"]),
    }
    opdracht = [sys.executable, "-m", "celery", "-A", "config", "worker", "--concurrency=1", "-Q", "importproef"]
    opdracht += ["--without-gossip", "--without-mingle", "-n", f"import{proefserver.nummer()}@%h"]
    proces = start_proces(opdracht, bij_dood=signal.SIGKILL, logboek=tmp_path / "worker.log", env=env)
    yield proces
    proces.kill()
    proces.wait()


def _wacht(tot: Any, seconden: float = 40) -> None:
    eind = time.monotonic() + seconden
    while not tot():
        assert time.monotonic() < eind
        time.sleep(0.05)


def _wacht_op_slot() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database()))"
        )
        return bool(cursor.fetchone()[0])


# What holds the worker up at that part of the way, so that it is killed there and nowhere else.
HALVERWEGE = {"10%": "monitor_import", "50%": "monitor_meting", "90%": "monitor_importregel"}


@pytest.mark.traag
@pytest.mark.parametrize("deel", HALVERWEGE)
@pytest.mark.django_db(transaction=True)
def test_fout_28_een_gedode_worker_laat_alles_of_niets_na(eigen_worker: Any, analist: User, deel: str) -> None:
    periodes = product(range(2000, 2025), (1, 2, 3, 4))
    rijen = [list(METINGKOLOMMEN), *(["verdachten", "RE07", j, k, "9", "", "", "", "definitief"] for j, k in periodes)]
    bestand = services.ontvang("groot.xlsx", maak_xlsx(*rijen), door=analist)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {HALVERWEGE[deel]} IN {'SHARE' if deel == '10%' else 'ACCESS EXCLUSIVE'} MODE")
        app.send_task(services.LEESTAAK, args=[bestand.pk], queue="importproef", ignore_result=True)
        _wacht(_wacht_op_slot)
        eigen_worker.kill()
        eigen_worker.wait()
    bestand.refresh_from_db()
    # At 10% the statement itself waited: the server may still carry out what its dead client sent last.
    assert bestand.staat in (("ontvangen", "bezig") if deel == "10%" else ("bezig",))
    assert bestand.gelezen == (0 if deel == "10%" else 100)
    assert not bestand.regels.exists()
    _wacht(lambda: services.verwerk_wachtende() == 1)
    bestand.refresh_from_db()
    assert (bestand.staat, bestand.nieuw, bestand.regels.count()) == ("voorstel", 100, 100)
    if deel != "10%":  # before it began there is nothing to say
        assert bestand.pogingen == 2
        assert list(JobRun.objects.order_by("pk").values_list("afloop", flat=True)) == ["mislukt", "geslaagd"]
        assert JobRun.objects.earliest("pk").fout == services.ONDERBROKEN
        assert "opnieuw gestart" in services.ONDERBROKEN


INDIENEN = """
import django, sys
django.setup()
from accounts.models import User
from monitor.invoer.importeren import services
services.dien_in_als_getoond(int(sys.argv[1]), door=User.objects.get(username="analist"))
"""


@pytest.mark.traag
@pytest.mark.django_db(transaction=True)
def test_fout_28_wie_tijdens_het_indienen_valt_diende_niets_in(analist: User) -> None:
    bestand = _lees(analist, maak_csv(*GOED))
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        proefserver.DATABASENAAM: str(settings.DATABASES["default"]["NAME"]),
    }
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE common_auditevent IN ACCESS EXCLUSIVE MODE")  # after the values are written
        proces = subprocess.Popen([sys.executable, "-c", INDIENEN, str(bestand.pk)], env=env, cwd=BASE_DIR)
        _wacht(_wacht_op_slot)
        proces.kill()
        proces.wait()
    bestand.refresh_from_db()
    assert (bestand.staat, Meting.objects.count()) == ("voorstel", 0)
    assert services.dien_in_als_getoond(bestand.pk, door=analist) is not None
    assert Meting.objects.count() == 3


def test_fout_29_een_blad_dat_niet_optelt_komt_binnen_zoals_het_er_staat(analist: User) -> None:
    """Each onderdeel is a value of its own; a printed total is kept beside what its parts give, on Controle."""
    IndicatorFactory(code="tevreden", enquete=True, niveau="basisteam")
    rijen = [f"tevreden;{waar};2023;;{waarde};;;;definitief;;" for waar, waarde in (("A1", 60), ("A2", 70), ("A", 90))]
    bestand = _lees(analist, maak_csv(*rijen))
    services.dien_in_als_getoond(bestand.pk, door=analist)
    gelezen = Meting.objects.order_by("onderdeel__code").values_list("onderdeel__code", "waarde")
    assert [(code, int(waarde)) for code, waarde in gelezen] == [("A", 90), ("A1", 60), ("A2", 70)]
