"""Logging in: how often one may try, from where, and what is told."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from io import StringIO
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.inloggen import drempel
from accounts.inloggen.drempel import GRENZEN, VENSTER, naamsleutel, tel
from accounts.models import Misser, User
from tests.factories import maak_persoon
from tests.factories.personen import WACHTWOORD
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
KLOPT_NIET = "De naam of het wachtwoord klopt niet."
TE_VAAK = "Er is te vaak een verkeerd wachtwoord ingevuld. Probeer het over 15 minuten opnieuw."


def probeer(
    naam: str = "rvo-lid",
    wachtwoord: str = "fout",
    *,
    adres: str = "192.0.2.1",
    client: Client | None = None,
    **kop: str,
) -> tuple[int, Pagina]:
    """A log-in from an address, by default from a computer that nobody knows."""
    velden = {"username": naam, "password": wachtwoord}
    antwoord = (client or Client()).post("/inloggen/", velden, REMOTE_ADDR=adres, headers=kop)
    return antwoord.status_code, Pagina.van(antwoord)


def sluit(naam: str, adres: str = "192.0.2.66") -> None:
    for _ in range(GRENZEN["naam"]):
        assert probeer(naam, adres=adres)[0] == 200
    assert probeer(naam, adres=adres)[0] == 429


def test_na_inloggen_naar_waar_u_heen_wilde() -> None:
    maak_persoon("rvo-lid")
    client = Client()
    naar = client.get("/indicatoren/")["Location"]
    antwoord = client.post(naar, {"username": "rvo-lid", "password": WACHTWOORD})
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/indicatoren/")


def test_een_chef_begint_bij_het_eigen_district_en_gaat_toch_waar_hij_heen_wilde() -> None:
    maak_persoon("districtschef", onderdeel="A")
    velden = {"username": "districtschef", "password": WACHTWOORD}
    assert Client().post("/inloggen/", velden)["Location"] == "/formatie/districten/A/"
    assert Client().post("/inloggen/?next=/indicatoren/", velden)["Location"] == "/indicatoren/"


@pytest.mark.parametrize("doel", ["https://elders.example/", "//elders.example/", "javascript:alert(1)"])
def test_nooit_naar_een_andere_site(doel: str) -> None:
    maak_persoon("rvo-lid")
    antwoord = Client().post(f"/inloggen/?next={doel}", {"username": "rvo-lid", "password": WACHTWOORD})
    assert antwoord["Location"] == "/"


def test_na_tien_keer_fout_is_het_even_dicht_ook_voor_het_goede_wachtwoord() -> None:
    maak_persoon("rvo-lid")
    sluit("rvo-lid")
    status, pagina = probeer("rvo-lid", WACHTWOORD)
    assert status == 429
    assert pagina.heeft(TE_VAAK)


def test_het_gaat_vanzelf_weer_open_en_proberen_maakt_het_niet_langer(monkeypatch: pytest.MonkeyPatch) -> None:
    maak_persoon("rvo-lid")
    begin = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: begin)
    sluit("rvo-lid")
    monkeypatch.setattr(timezone, "now", lambda: begin + VENSTER - timedelta(seconds=50))
    status, pagina = probeer("rvo-lid", WACHTWOORD)
    assert status == 429
    assert pagina.heeft("Probeer het over een minuut opnieuw.")
    monkeypatch.setattr(timezone, "now", lambda: begin + VENSTER)
    assert probeer("rvo-lid", WACHTWOORD)[0] == 302


def test_een_klok_die_teruggaat_houdt_niemand_buiten(monkeypatch: pytest.MonkeyPatch) -> None:
    maak_persoon("rvo-lid")
    sluit("rvo-lid")
    eerder = timezone.now() - timedelta(days=300)
    monkeypatch.setattr(timezone, "now", lambda: eerder)
    assert probeer("rvo-lid", WACHTWOORD)[0] == 302


def test_een_bekende_computer_komt_erin_terwijl_een_ander_de_naam_dicht_houdt() -> None:
    maak_persoon("rvo-lid")
    burgemeester = Client()
    assert probeer("rvo-lid", WACHTWOORD, client=burgemeester)[0] == 302
    burgemeester.post("/uitloggen/")
    sluit("rvo-lid")
    assert probeer("rvo-lid", client=burgemeester)[0] == 200
    assert probeer("rvo-lid", WACHTWOORD, client=burgemeester)[0] == 302


def test_een_bekende_computer_heeft_een_eigen_grens_en_geldt_alleen_voor_de_eigen_naam() -> None:
    for naam in ("rvo-lid", "ander"):
        maak_persoon("rvo-lid", naam=naam)
    client = Client()
    assert probeer("rvo-lid", WACHTWOORD, client=client)[0] == 302
    client.post("/uitloggen/")
    for _ in range(GRENZEN["apparaat"]):
        assert probeer("rvo-lid", client=client)[0] == 200
    assert probeer("rvo-lid", WACHTWOORD, client=client)[0] == 429
    assert not Misser.objects.filter(sleutel=naamsleutel("rvo-lid"), aantal__gt=0).exists()
    sluit("ander")
    assert probeer("ander", WACHTWOORD, client=client)[0] == 429


def test_een_verzonnen_computer_telt_niet() -> None:
    maak_persoon("rvo-lid")
    sluit("rvo-lid")
    client = Client()
    client.cookies["apparaat"] = "eyJhIjoxfQ:1:verzonnen"
    assert probeer("rvo-lid", WACHTWOORD, client=client)[0] == 429


def test_veel_namen_van_een_adres_lopen_tegen_de_grens_van_dat_adres() -> None:
    maak_persoon("rvo-lid")
    for nummer in range(GRENZEN["adres"]):
        assert probeer(f"naam-{nummer}", adres="192.0.2.9")[0] == 200
    assert probeer("nog-een", adres="192.0.2.9")[0] == 429
    assert probeer("rvo-lid", WACHTWOORD, adres="192.0.2.9")[0] == 429
    assert probeer("rvo-lid", WACHTWOORD, adres="192.0.2.10")[0] == 302


def test_een_heel_stadhuis_achter_een_adres_komt_erin() -> None:
    for nummer in range(GRENZEN["adres"] + 5):
        maak_persoon("rvo-lid", naam=f"lid-{nummer}")
        assert probeer(f"lid-{nummer}", WACHTWOORD, adres="198.51.100.7")[0] == 302


def test_een_aansluiting_met_ipv6_is_een_adres() -> None:
    for nummer in range(GRENZEN["adres"]):
        assert probeer(f"naam-{nummer}", adres=f"2001:db8:1:2:{nummer:x}::1")[0] == 200
    assert probeer("nog-een", adres="2001:db8:1:2:ffff::1")[0] == 429
    assert probeer("nog-een", adres="2001:db8:1:3::1")[0] == 200


@pytest.mark.parametrize("naam", ["rvo-lid", "bestaat-niet", "uitgezet"])
def test_bestaand_onbekend_en_uitgezet_lezen_hetzelfde(naam: str) -> None:
    maak_persoon("rvo-lid")
    uitgezet = maak_persoon("rvo-lid", naam="uitgezet")
    User.objects.filter(pk=uitgezet.pk).update(is_active=False)
    wachtwoord = WACHTWOORD if naam == "uitgezet" else "fout"
    with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as hashes:
        status, pagina = probeer(naam, wachtwoord)
    assert (status, hashes.call_count) == (200, 1)
    assert pagina.heeft(KLOPT_NIET)
    sluit_na = [probeer(naam)[0] for _ in range(10)]
    assert sluit_na == [200] * 9 + [429]
    assert probeer(naam)[1].heeft(TE_VAAK)


def test_een_dichte_naam_kost_geen_toets() -> None:
    maak_persoon("rvo-lid")
    sluit("rvo-lid")
    with patch.object(MD5PasswordHasher, "encode", autospec=True) as hashes:
        assert probeer("rvo-lid", WACHTWOORD)[0] == 429
    assert not hashes.called


def test_een_toets_die_niet_doorging_telt_niet() -> None:
    maak_persoon("rvo-lid")
    with patch("accounts.inloggen.forms.authenticate", side_effect=RuntimeError), pytest.raises(RuntimeError):
        probeer("rvo-lid", WACHTWOORD)
    assert not Misser.objects.filter(aantal__gt=0).exists()


@pytest.mark.parametrize(
    "naam",
    ["n" * 10_000, "\x00", "rvo\x00-lid", "\u202ervo-lid", "\u200brvo-lid", "ﬀ" * 200, "'; DROP TABLE--", "½" * 140],
)
def test_een_onmogelijke_naam_is_een_verkeerde_naam(naam: str, caplog: pytest.LogCaptureFixture) -> None:
    maak_persoon("rvo-lid")
    status, pagina = probeer(naam, WACHTWOORD)
    assert status == 200
    assert pagina.heeft(KLOPT_NIET)
    assert all(len(regel.getMessage()) < 200 for regel in caplog.records)
    assert all(len(misser.sleutel) <= 80 for misser in Misser.objects.all())


@pytest.mark.parametrize("wachtwoord", ["x" * 100_000, "\x00" * 30, "\u202e"])
def test_een_onmogelijk_wachtwoord_is_een_verkeerd_wachtwoord(wachtwoord: str) -> None:
    maak_persoon("rvo-lid")
    assert probeer("rvo-lid", wachtwoord)[1].heeft(KLOPT_NIET)


def test_schrijfwijzen_van_een_naam_tellen_samen() -> None:
    for naam in ("rvo-lid", "RVO-lid", "ｒｖｏ-lid", " rvo-lid "):
        probeer(naam)
    assert Misser.objects.get(sleutel=naamsleutel("rvo-lid")).aantal == 4


def test_een_getypt_wachtwoord_komt_nergens(caplog: pytest.LogCaptureFixture) -> None:
    maak_persoon("rvo-lid")
    probeer("MijnGeheimeZin", "AndereGeheimeZin")
    probeer("rvo-lid", "AndereGeheimeZin")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(m::text, ' ') FROM accounts_misser m")
        geschreven = caplog.text + cursor.fetchone()[0]
    assert "GeheimeZin".lower() not in geschreven.lower()
    assert "naam=onbekend adres=192.0.2.1" in caplog.text
    assert "naam=rvo-lid" in caplog.text


def test_een_dichte_naam_geeft_een_regel_en_niet_duizend(caplog: pytest.LogCaptureFixture) -> None:
    maak_persoon("rvo-lid")
    with caplog.at_level(logging.WARNING, "strategie.beveiliging"):
        sluit("rvo-lid")
        for _ in range(20):
            probeer("rvo-lid")
    assert sum("inloggen dicht per naam, naam=rvo-lid" in regel.getMessage() for regel in caplog.records) == 1


def test_zonder_proxy_zegt_een_kop_niets() -> None:
    """Nobody hides behind the header, and nobody locks out the address that stands in it."""
    for nummer in range(GRENZEN["adres"]):
        probeer(f"naam-{nummer}", adres="192.0.2.5", **{"X-Forwarded-For": f"203.0.113.{nummer}"})
    assert probeer("nog-een", adres="192.0.2.5", **{"X-Forwarded-For": "203.0.113.250"})[0] == 429
    assert probeer("nog-een", adres="203.0.113.1")[0] == 200


def test_achter_de_proxy_telt_alleen_wat_die_zelf_zag(settings: object) -> None:
    settings.ACHTER_PROXY = True  # type: ignore[attr-defined]
    for nummer in range(GRENZEN["adres"]):
        kop = {"X-Forwarded-For": f"203.0.113.{nummer}, 192.0.2.5"}
        assert probeer(f"naam-{nummer}", adres="10.0.0.1", **kop)[0] == 200
    assert probeer("nog-een", adres="10.0.0.1", **{"X-Forwarded-For": "198.51.100.1, 192.0.2.5"})[0] == 429
    assert probeer("nog-een", adres="10.0.0.1", **{"X-Forwarded-For": "192.0.2.5, 203.0.113.1"})[0] == 200


def test_de_opdracht_ontgrendel() -> None:
    maak_persoon("rvo-lid")
    sluit("rvo-lid", adres="192.0.2.66")
    uit = StringIO()
    call_command("ontgrendel", "rvo-lid", stdout=uit)
    assert uit.getvalue() == "rvo-lid: weer open.\n"
    assert probeer("rvo-lid", WACHTWOORD)[0] == 302
    call_command("ontgrendel", adres="192.0.2.66", stdout=uit)
    assert not Misser.objects.filter(sleutel="adres:192.0.2.66").exists()
    with pytest.raises(CommandError, match="Noem een naam"):
        call_command("ontgrendel")


def test_wat_voorbij_is_wordt_opgeruimd(monkeypatch: pytest.MonkeyPatch) -> None:
    probeer("iemand")
    later = timezone.now() + VENSTER
    monkeypatch.setattr(timezone, "now", lambda: later)
    drempel.ruim_missers_op()
    assert not Misser.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_acht_tegelijk_zijn_er_acht() -> None:
    uitkomsten: list[bool] = []
    hek = threading.Barrier(8)

    def een() -> None:
        try:
            hek.wait()
            uitkomsten.extend(tel(["naam:x"]).dicht_tot is None for _ in range(2))
        finally:
            connection.close()

    draden = [threading.Thread(target=een) for _ in range(8)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sum(uitkomsten) == GRENZEN["naam"]
    assert Misser.objects.get(sleutel="naam:x").aantal == 16


def test_een_formulier_zonder_sleutel_krijgt_een_uitleg() -> None:
    antwoord = Client(enforce_csrf_checks=True).post("/inloggen/", {"username": "x", "password": "y"})
    assert antwoord.status_code == 403
    assert Pagina.van(antwoord).kop1 == "Uw formulier is niet verzonden"


def test_uitloggen_kan_alleen_met_een_formulier() -> None:
    client = Client()
    client.force_login(maak_persoon("rvo-lid"))
    assert client.get("/uitloggen/").status_code == 405
    assert client.post("/uitloggen/")["Location"] == "/inloggen/"
    assert client.get("/").status_code == 302
