"""A copy, damaged in every way that is easy to think of, and put back on the real server."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import psycopg
import pytest
import redis
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from accounts.models import ApiToken, Sessie
from accounts.services import maak_gebruiker
from common.database.kopie import maak_kopie
from common.models import AuditEvent
from config.diensten import plaats
from monitor.models import Herberekenverzoek, Indicator
from tests.factories import IndicatorFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gevuld() -> None:
    IndicatorFactory()
    analist, _ = maak_gebruiker(
        naam="anna", wachtwoord="paard lamp fiets batterij", rol="analist", door=None, herkomst="proef"
    )
    ApiToken.objects.create(user=analist, naam="proef", vingerafdruk="x", geldig_tot="2030-01-01")
    Sessie.objects.create(
        session_key="k", session_data="", expire_date="2030-01-01T00:00:00Z", gezien_op="2029-01-01T00:00:00Z"
    )


@pytest.fixture
def kopie(gevuld: None, tmp_path: Path) -> Path:
    return maak_kopie(tmp_path / "kopie")


@pytest.fixture
def lege_database() -> Iterator[str]:
    """Another database of the owner, connected to; and back again."""
    echt = connection.settings_dict["NAME"]
    naam = f"{echt}_leeg"
    _op_de_server(f"DROP DATABASE IF EXISTS {naam}")
    _op_de_server(f"CREATE DATABASE {naam} OWNER strategie_eigenaar")
    connection.close()
    connection.settings_dict["NAME"] = naam
    yield naam
    connection.close()
    connection.settings_dict["NAME"] = echt
    _op_de_server(f"DROP DATABASE {naam} WITH (FORCE)")


def _op_de_server(opdracht: str) -> None:
    d = settings.DATABASES["default"]
    waar = {"host": d["HOST"], "port": d["PORT"], "user": plaats.DATABASE, "dbname": "postgres"}
    with psycopg.connect(**waar, autocommit=True) as verbinding:
        verbinding.execute(opdracht)


def _databases() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, current_database())")
        return {naam for (naam,) in cursor.fetchall()}


def zet_terug(kopie: Path, *opties: str) -> str:
    uit = StringIO()
    call_command("zet_terug", str(kopie), *opties, stdout=uit)
    return uit.getvalue()


def test_de_kopie_is_van_een_moment_en_voor_niemand_anders(kopie: Path) -> None:
    manifest = json.loads(kopie.with_suffix(".json").read_text())
    assert manifest["rijen"]["monitor_indicator"] == 1
    assert manifest["bytes"] == kopie.stat().st_size
    assert ["common", "0001_initial"] in manifest["migraties"]
    assert {stat.S_IMODE(pad.stat().st_mode) for pad in kopie.parent.iterdir()} == {0o600}
    assert sorted(pad.suffix for pad in kopie.parent.iterdir()) == [".dump", ".json"]


def test_het_wachtwoord_staat_niet_op_de_opdrachtregel(gevuld, tmp_path, monkeypatch) -> None:
    opdrachten: list[str] = []
    echt = subprocess.run

    def onthoud(opdracht: list[str], **rest: object) -> object:
        opdrachten.append(" ".join(map(str, opdracht)))
        return echt(opdracht, **rest)

    monkeypatch.setattr("common.database.kopie.subprocess.run", onthoud)
    monkeypatch.setitem(settings.DATABASE_EIGENAAR, "PASSWORD", "zeer-geheim")
    maak_kopie(tmp_path)
    assert any("pg_dump" in opdracht and "strategie_eigenaar" in opdracht for opdracht in opdrachten)
    assert "zeer-geheim" not in " ".join(opdrachten)


def test_de_controle_zet_terug_in_een_eigen_database_en_ruimt_die_op(kopie: Path) -> None:
    voor = _databases()
    gemeld = zet_terug(kopie, "--controle")
    assert "gelijk aan de kopie" in gemeld
    assert "accounts kunnen inloggen" in gemeld
    assert "De kopie is terug te zetten" in gemeld
    assert _databases() == voor
    assert Sessie.objects.count() == 1  # nothing here changed
    assert not AuditEvent.objects.filter(handeling="teruggezet").exists()


def test_terugzetten_in_een_lege_database(kopie: Path, lege_database: str) -> None:
    wachtrij = redis.Redis(unix_socket_path=str(plaats.redis_socket(settings.DATA_DIR)), db=_virtueel())
    # Of a queue that no worker of these tests listens to: what is no message would be the end of it.
    wachtrij.lpush("celery-oud", "een oud bericht")
    wachtrij.set("van een ander", "blijft")
    gemeld = zet_terug(kopie)
    assert "  monitor_indicator: 1" in gemeld
    assert "Vervallen: 1 sessies en 1 API-sleutels." in gemeld
    assert (Indicator.objects.count(), Sessie.objects.count(), ApiToken.objects.count()) == (1, 0, 0)
    assert Herberekenverzoek.objects.count() == Indicator.objects.count() == 1
    spoor = AuditEvent.objects.get(handeling="teruggezet")
    assert spoor.reden.startswith("Teruggezet uit de kopie van ")
    assert kopie.name in spoor.reden
    assert not wachtrij.exists("celery-oud")
    assert wachtrij.get("van een ander") == b"blijft"
    wachtrij.delete("van een ander")
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('strategie_site', 'common_auditevent', 'DELETE')")
        assert cursor.fetchone() == (False,)


def _virtueel() -> int:
    return int(settings.REDIS_URL.rpartition("=")[2])


def test_een_database_met_iets_erin_wordt_geweigerd_en_blijft_zoals_hij_is(kopie: Path) -> None:
    with pytest.raises(CommandError, match="is niet leeg"):
        zet_terug(kopie)
    assert Sessie.objects.count() == 1


def _een_byte(pad: Path) -> None:
    inhoud = bytearray(pad.read_bytes())
    inhoud[len(inhoud) // 2] ^= 1
    pad.write_bytes(inhoud)


def _andere_migratie(pad: Path) -> None:
    _in_manifest(pad, lambda m: m["migraties"].append(["monitor", "9999_later"]))


def _andere_telling(pad: Path) -> None:
    _in_manifest(pad, lambda m: m["rijen"].update(monitor_indicator=2))


def _ander_spoor(pad: Path) -> None:
    _in_manifest(pad, lambda m: m.update(gebeurtenissen=10_000))


def _andere_soort(pad: Path) -> None:
    _in_manifest(pad, lambda m: m.update(soort="iets anders"))


def _in_manifest(pad: Path, wijzig: Callable[[dict], object]) -> None:
    manifest = json.loads(pad.with_suffix(".json").read_text())
    wijzig(manifest)
    pad.with_suffix(".json").write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("beschadig", "zin"),
    [
        (lambda pad: os.truncate(pad, pad.stat().st_size // 2), "bytes groot en hoort"),
        (lambda pad: os.truncate(pad, 0), "bytes groot en hoort"),
        (_een_byte, "SHA-256 klopt niet"),
        (lambda pad: pad.unlink(), "bestaat niet"),
        (lambda pad: pad.with_suffix(".json").unlink(), "bestaat niet"),
        (lambda pad: pad.with_suffix(".json").write_text('{"soort": '), "beschadigd"),
        (_andere_soort, "niet van deze monitor"),
        (_andere_migratie, "andere versie"),
        (_andere_telling, "kloppen de aantallen niet van: monitor_indicator"),
        (_ander_spoor, "auditspoor"),
    ],
)
def test_een_beschadigde_kopie_wordt_geweigerd(kopie: Path, beschadig: Callable[[Path], object], zin: str) -> None:
    beschadig(kopie)
    voor = _databases()
    with pytest.raises(CommandError, match=zin):
        zet_terug(kopie, "--controle")
    assert _databases() == voor


def test_een_beschadigde_kopie_met_een_nieuwe_som_breekt_af_en_laat_niets_half_staan(
    kopie: Path, lege_database: str
) -> None:
    os.truncate(kopie, kopie.stat().st_size - 20_000)
    _in_manifest(kopie, lambda m: m.update(bytes=kopie.stat().st_size, sha256=_som(kopie)))
    with pytest.raises(CommandError, match="pg_restore is mislukt"):
        zet_terug(kopie)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert cursor.fetchone() == (0,)


def _som(pad: Path) -> str:
    return subprocess.run(["sha256sum", str(pad)], capture_output=True, text=True, check=True).stdout.split()[0]


def test_programmas_van_een_oudere_versie_worden_geweigerd(gevuld: None, tmp_path: Path, settings) -> None:
    oud = tmp_path / "pg_dump"
    oud.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 12.4'\n")
    oud.chmod(0o755)
    settings.ZOEK_POSTGRES = lambda programma: tmp_path
    with pytest.raises(CommandError, match="van PostgreSQL 12 en de server van"):
        call_command("maak_backup", str(tmp_path / "kopie"))
    assert list((tmp_path / "kopie").iterdir()) == []


def test_een_volle_schijf_laat_geen_halve_kopie_achter(gevuld: None, tmp_path: Path, settings) -> None:
    echt = settings.ZOEK_POSTGRES("pg_dump") / "pg_dump"
    vol = tmp_path / "pg_dump"
    vol.write_text(f'#!/bin/sh\n[ "$1" = --version ] || ulimit -f 8\nexec {echt} "$@"\n')
    vol.chmod(0o755)
    settings.ZOEK_POSTGRES = lambda programma: tmp_path
    with pytest.raises(CommandError, match="pg_dump is mislukt"):
        call_command("maak_backup", str(tmp_path / "kopie"))
    assert list((tmp_path / "kopie").iterdir()) == []
