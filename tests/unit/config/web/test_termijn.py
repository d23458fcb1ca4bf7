from __future__ import annotations

import time

import pytest
from django.db import OperationalError, connection
from django.test import Client

from accounts.models import User
from config.web import termijn, wachtwoord
from config.web.rijen import PerAdres
from tests.pagina import Pagina


def test_zonder_termijn_wacht_men_zolang_het_duurt() -> None:
    assert termijn.over() is None


def test_een_kortere_termijn_binnen_een_langere_geldt_alleen_daar() -> None:
    nu = time.monotonic()
    with termijn.tot(nu + 60):
        with termijn.tot(nu + 1):
            assert (termijn.over() or 99) <= 1
        with termijn.tot(nu + 600):
            assert 1 < (termijn.over() or 999) <= 60
    assert termijn.over() is None


@pytest.mark.django_db(transaction=True)
def test_een_vraag_die_te_lang_duurt_wordt_opgegeven_en_de_volgende_lukt() -> None:
    connection.ensure_connection()
    begin = time.monotonic()
    with termijn.tot(begin + 0.3), connection.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("SELECT pg_sleep(5)")
    assert 0.2 < time.monotonic() - begin < 4
    connection.close()
    with termijn.tot(time.monotonic() + 60), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_wie_te_laat_is_maakt_geen_nieuwe_verbinding() -> None:
    connection.close()
    with termijn.tot(time.monotonic() + 0.1), pytest.raises(OperationalError):
        connection.ensure_connection()


@pytest.mark.django_db
def test_een_fout_van_de_database_zelf_blijft_wat_zij_is() -> None:
    with termijn.tot(time.monotonic() + 60), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 50")
        with pytest.raises(OperationalError, match="statement timeout"):
            cursor.execute("SELECT pg_sleep(5)")


@pytest.fixture
def echte_wachtwoorden(settings) -> None:
    settings.PASSWORD_HASHERS = ["config.web.wachtwoord.OpBeurt"]


@pytest.mark.django_db
@pytest.mark.usefixtures("echte_wachtwoorden")
def test_wie_niet_aan_de_beurt_komt_leest_dat_het_druk_is_en_houdt_zijn_naam(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    User.objects.create_user("burgemeester", password="Een-lang-wachtwoord-1")
    velden = {"username": "burgemeester", "password": "Een-lang-wachtwoord-1"}
    client = Client()
    with termijn.tot(time.monotonic() + 60), monkeypatch.context() as druk:
        druk.setattr(wachtwoord, "BEGINNEN", 61)
        antwoord = client.post("/inloggen/", velden)
    assert (antwoord.status_code, antwoord["Retry-After"]) == (503, "10")
    assert Pagina.van(antwoord).meldt("Het is druk met inloggen")
    assert 'value="burgemeester"' in antwoord.content.decode()
    with termijn.tot(time.monotonic() + 60):
        assert client.post("/inloggen/", velden).status_code == 302


def test_een_wachtwoord_wordt_in_een_eigen_draad_nagegaan_en_klopt() -> None:
    hasher = wachtwoord.OpBeurt()
    hasher.iterations = 1000
    zonder = hasher.encode("geheim", "zout")
    with termijn.tot(time.monotonic() + 60):
        assert hasher.encode("geheim", "zout") == zonder
        assert hasher.verify("geheim", zonder)
        assert not hasher.verify("anders", zonder)


class _Kanaal:
    def __init__(self, adres: str, doorgestuurd: str = "") -> None:
        self.addr, self.requests = (adres, 1), [self]
        self.headers = {"X_FORWARDED_FOR": doorgestuurd}


def test_elk_adres_komt_om_de_beurt() -> None:
    rij = PerAdres(achter_proxy=False)
    for adres in "aaaaabac":
        rij.append(_Kanaal(adres, "elke keer anders"))
    volgorde = [rij.popleft().addr[0] for _ in range(len(rij))]
    assert volgorde == list("abcaaaaa")
    assert not rij


def test_achter_een_proxy_telt_het_laatste_adres() -> None:
    rij = PerAdres(achter_proxy=True)
    for doorgestuurd in ("verzonnen-1, x", "verzonnen-2, x", "y"):
        rij.append(_Kanaal("proxy", doorgestuurd))
    assert [rij.popleft().headers["X_FORWARDED_FOR"][-1] for _ in range(3)] == ["x", "y", "x"]
