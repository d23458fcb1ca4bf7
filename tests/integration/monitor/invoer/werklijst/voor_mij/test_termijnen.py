"""The calendar of one person: which days it holds, and who can read it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from accounts.berichten.kalender import eigenaar_van_kalender, maak_kalenderadres, trek_kalenderadres_in
from accounts.models import Kalenderadres, Rolvervulling, User
from common.models import AuditEvent
from monitor.invoer.werklijst.voor_mij.termijnen import lees_termijnen
from monitor.models import Indicator
from tests.factories import (
    AfsluitingFactory,
    EigenaarschapFactory,
    IndicatorFactory,
    MetingFactory,
    MonitorregelFactory,
    maak_eenheid,
    maak_persoon,
    maak_plan,
)

pytestmark = pytest.mark.django_db
VANDAAG = date(2025, 11, 2)
SITE = "https://site.example"


@pytest.fixture(autouse=True)
def _site(settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SITE_URL = SITE  # type: ignore[attr-defined]
    monkeypatch.setattr(timezone, "localdate", lambda *_: VANDAAG)
    maak_eenheid()


@pytest.fixture
def indicator() -> Indicator:
    indicator = IndicatorFactory(code="verdachten", naam="Verdachten")
    MonitorregelFactory(indicator=indicator, agenda__slug="kort", agenda__begin_jaar=2025, agenda__eind_jaar=2025)
    for kwartaal in (1, 2):
        MetingFactory(indicator=indicator, kwartaal=kwartaal)
    return indicator


def dagen(persoon: User) -> list[tuple[str, str]]:
    return [(f"{t.dag:%d-%m-%Y}", t.wat.removeprefix("Uiterste dag: ")) for t in lees_termijnen(persoon, VANDAAG)]


def test_een_analist_ziet_wat_te_leveren_is_en_komt(indicator: Indicator) -> None:
    assert dagen(maak_persoon("analist")) == [
        ("30-10-2025", "waarden leveren over Q3 2025"),
        ("30-01-2026", "waarden leveren over Q4 2025"),
    ]
    MetingFactory(indicator=indicator, kwartaal=3)
    assert dagen(User.objects.get(username="analist")) == [("30-01-2026", "waarden leveren over Q4 2025")]


def test_wat_een_eigenaar_heeft_staat_alleen_bij_die(indicator: Indicator) -> None:
    EigenaarschapFactory(indicator=indicator, persoon=maak_persoon("analist", naam="eigenaar"))
    assert dagen(maak_persoon("analist", naam="ander")) == []
    assert len(dagen(User.objects.get(username="eigenaar"))) == 2


def test_een_vaststeller_ziet_tot_wanneer_er_vast_te_stellen_is(indicator: Indicator) -> None:
    vaststeller = maak_persoon("vaststeller")
    assert [wat for _, wat in dagen(vaststeller)] == [
        "cijfers vaststellen over Q3 2025",
        "cijfers vaststellen over Q4 2025",
    ]
    AfsluitingFactory(jaar=2025, kwartaal=3)
    assert "cijfers vaststellen over Q3 2025" not in [wat for _, wat in dagen(vaststeller)]


def test_een_chef_ziet_de_bezetting_van_het_eigen_district(indicator: Indicator) -> None:
    maak_plan({("A1", "basisteam"): "100"}, vanaf=date(2025, 7, 1))
    wat = [wat for _, wat in dagen(maak_persoon("districtschef", onderdeel="A"))]
    assert wat == ["bezetting leveren over Q3 2025", "bezetting leveren over Q4 2025"]
    assert dagen(maak_persoon("districtschef", naam="b", onderdeel="B")) == []


@pytest.mark.parametrize("rol", ["rvo-lid", "beheerder"])
def test_wie_niets_levert_heeft_een_lege_agenda(indicator: Indicator, rol: str) -> None:
    assert dagen(maak_persoon(rol)) == []


def maak(client: Client) -> str:
    antwoord = client.post("/account/kalender/", {"actie": "maak"})
    assert antwoord.status_code == 200
    assert "no-store" in antwoord.headers["Cache-Control"]
    return str(re.search(rf"{SITE}(/kalender/\S+?\.ics)", antwoord.content.decode())[1])  # type: ignore[index]


def test_maken_lezen_vernieuwen_en_intrekken(indicator: Indicator) -> None:
    client, gast = Client(), Client()
    client.force_login(maak_persoon("analist"))
    eerste = maak(client)
    antwoord = gast.get(eerste)
    assert (antwoord.status_code, antwoord.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    tekst = antwoord.content.decode()
    assert "SUMMARY:Uiterste dag: waarden leveren over Q3 2025\r\n" in tekst
    assert "Verdachten" not in tekst  # no indicator, no figure, no name
    assert "analist" not in tekst
    assert not gast.cookies
    assert gast.get("/voor-mij/").status_code == 302  # it logged nobody in
    assert eerste not in client.get("/account/").content.decode()  # shown once
    tweede = maak(client)
    assert (gast.get(eerste).status_code, gast.get(tweede).status_code) == (404, 200)
    assert client.post("/account/kalender/", {"actie": "trek_in"}).status_code == 302
    assert [gast.get(adres).status_code for adres in (eerste, tweede)] == [404, 404]
    spoor = AuditEvent.objects.filter(handeling__startswith="kalenderadres").order_by("pk")
    assert [een.handeling.split()[1] for een in spoor] == ["gemaakt", "gemaakt", "ingetrokken"]


def test_van_het_geheim_staat_niets_in_de_database() -> None:
    adres = maak_kalenderadres(maak_persoon("analist"))
    geheim = adres.rsplit("/", 1)[1].removesuffix(".ics")
    rij = Kalenderadres.objects.get()
    assert len(geheim) >= 43  # 256 bits
    assert len(rij.vingerafdruk) == 64
    assert geheim not in repr(vars(rij))
    assert geheim not in repr(list(AuditEvent.objects.values()))


def test_een_ingetrokken_adres_is_met_niets_te_raden() -> None:
    """Withdrawn its fingerprint is empty, and that of no secret is."""
    user = maak_persoon("analist")
    maak_kalenderadres(user)
    assert trek_kalenderadres_in(user)
    assert not trek_kalenderadres_in(user)
    nummer = Kalenderadres.objects.get().pk
    assert [eigenaar_van_kalender(nummer, poging) for poging in ("", "a", "0" * 64)] == [None] * 3


def test_wie_uit_staat_of_geen_rol_meer_heeft_heeft_geen_agenda(indicator: Indicator) -> None:
    user = maak_persoon("analist")
    adres = maak_kalenderadres(user).removeprefix(SITE)
    assert Client().get(adres).status_code == 200
    Rolvervulling.objects.filter(user=user).update(geldig_tot=VANDAAG)
    assert Client().get(adres).status_code == 404
    Rolvervulling.objects.filter(user=user).update(geldig_tot=None)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert Client().get(adres).status_code == 404


@pytest.mark.parametrize("nummer", ["0", "999", "99999999999999999999999"])
def test_een_verzonnen_adres_is_er_niet(nummer: str) -> None:
    assert Client().get(f"/kalender/{nummer}/verzonnen.ics").status_code == 404


def test_een_geheim_is_van_een_persoon() -> None:
    een, ander = maak_persoon("analist"), maak_persoon("vaststeller")
    geheimen = {user: maak_kalenderadres(user).rsplit("/", 1)[1].removesuffix(".ics") for user in (een, ander)}
    nummer = Kalenderadres.objects.get(user=een).pk
    assert eigenaar_van_kalender(nummer, geheimen[een]) == een
    assert eigenaar_van_kalender(nummer, geheimen[ander]) is None
