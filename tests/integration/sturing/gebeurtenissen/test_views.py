"""The page of events, and the charts that draw them: on the page, in its file, and as known on a day."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from monitor.dashboards import keuze
from monitor.dashboards.grafiek import voorraad
from monitor.models import Indicator
from monitor.rekenen.herberekenen import herbereken
from sturing.models import Gebeurtenis
from tests.factories import MetingFactory, OnderdeelFactory, maak_persoon
from tests.integration.sturing.opstelling import NU, VANDAAG, houder, maak_agenda, noteer, trek_in
from tests.pagina import Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
HIER = "/gebeurtenissen/"
VELDEN = {
    "soort": "campagne",
    "datum": "2025-05-12",
    "titel": "Week van de wijk",
    "bron": "Plan",
    "indicatoren": ["verdachten"],
    "overal": "on",
}


@pytest.fixture(autouse=True)
def _agenda(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda moment=None: moment.date() if moment else VANDAAG)
    maak_agenda()


def _als(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _pagina(user: User, adres: str = HIER) -> Pagina:
    return Pagina.van(_als(user).get(adres))


def test_noteren_vinden_en_intrekken() -> None:
    client = _als(houder())
    assert Pagina.van(client.post(HIER, VELDEN, follow=True)).meldt("“Week van de wijk” staat op de tijdas")
    tabel = Pagina.van(client.get(HIER)).tabel("Gebeurtenissen")
    assert tabel.cel("Week van de wijk", "Geldt voor") == "Verdachten"
    rij = Gebeurtenis.objects.get()
    pagina = Pagina.van(client.get(f"{HIER}?intrek={rij.pk}"))
    assert "Trek in: Week van de wijk" in pagina.koppen
    leeg = Pagina.van(client.post(HIER, {"intrekken": rij.pk, "reden": ""}))
    assert leeg.plek("fouten").ergens("Schrijf waarom u dit intrekt.")
    weg = Pagina.van(client.post(HIER, {"intrekken": rij.pk, "reden": "Ging niet door."}, follow=True))
    assert weg.meldt("is ingetrokken en staat in geen grafiek meer")
    nog = Pagina.van(client.post(HIER, {"intrekken": rij.pk, "reden": "Nog eens."}))
    assert nog.plek("fouten").ergens("is al ingetrokken")
    stand = _pagina(maak_persoon("rvo-lid")).tabel("Gebeurtenissen").cel("Week van de wijk", "Stand")
    assert "ingetrokken op" in stand
    assert "Ging niet door." in stand


def test_wie_van_een_indicator_komt_begint_daarmee() -> None:
    analist = maak_persoon("analist")

    def gekozen(adres: str) -> list[str]:
        return [veld.waarde for veld in _pagina(analist, adres).velden if veld.naam == "indicatoren" and veld.gaat_mee]

    assert gekozen(f"{HIER}?indicator=verzuim") == ["verzuim"]
    assert gekozen(HIER) == gekozen(f"{HIER}?indicator=bestaat-niet") == []


def test_de_filters_staan_in_het_adres() -> None:
    noteer(titel="Alles", datum=date(2024, 2, 1))
    noteer(titel="Verzuim", indicatoren=["verzuim"], soort="campagne", tot=date(2026, 1, 2))
    lid = maak_persoon("rvo-lid")

    def gezien(vraag: str) -> list[str]:
        return [rij.kop for rij in _pagina(lid, f"{HIER}{vraag}").tabel("Gebeurtenissen").rijen]

    assert gezien("") == ["Verzuim", "Alles"]
    assert gezien("?indicator=verdachten") == ["Alles"]
    assert gezien("?soort=campagne") == ["Verzuim"]
    assert gezien("?jaar=2026") == gezien("?jaar=2025") == ["Verzuim"]
    assert _pagina(lid, f"{HIER}?jaar=1999&soort=feest").heeft("0 gebeurtenissen")
    bestand = _als(lid).get(f"{HIER}?indicator=verzuim&_export=csv").content.decode("utf-8-sig")
    rijen = [rij for rij in csv.reader(io.StringIO(bestand), delimiter=";") if rij]
    assert [rij[0] for rij in rijen[1:]] == ["Verzuim", "Alles"]
    for formaat in ("xlsx", "ods"):
        assert _als(lid).get(f"{HIER}?_export={formaat}").status_code == 200


def test_wie_niet_mag() -> None:
    rij = noteer()
    for user, status in ((maak_persoon("rvo-lid"), 403), (maak_persoon("beheerder"), 404)):
        assert _als(user).post(HIER, VELDEN).status_code == status
    assert "Noteer een gebeurtenis" not in _pagina(maak_persoon("rvo-lid")).koppen
    ander = _als(houder())
    assert Pagina.van(ander.post(HIER, VELDEN | {"indicatoren": ["verzuim"]})).plek("fouten").ergens("niet voor u")
    assert Pagina.van(ander.post(HIER, VELDEN | {"indicatoren": []})).plek("fouten").ergens("Kies waarover het gaat")
    assert Pagina.van(ander.post(HIER, {"intrekken": rij.pk, "reden": "Weg."})).heeft("meer dan uw eigen thema")
    assert ander.post(HIER, {"intrekken": "9" * 18, "reden": "Weg."}).status_code == 404
    assert ander.post(f"{HIER}?peildatum=2026-07-01", VELDEN).status_code == 403
    assert Gebeurtenis.objects.count() == 1


def test_voor_alles_is_een_eigen_keuze() -> None:
    analist, niets = _als(maak_persoon("analist")), {"indicatoren": [], "overal": ""}
    pagina = Pagina.van(analist.post(HIER, VELDEN | niets))
    assert pagina.plek("fouten").ergens("Of vink aan dat het voor alle indicatoren geldt.")
    assert pagina.plek("fouten").ergens("Of vink de hele eenheid aan.")
    assert not Gebeurtenis.objects.exists()
    assert analist.post(HIER, VELDEN | niets | {"overal": "on", "alle_indicatoren": "on"}).status_code == 302
    assert Pagina.van(analist.get(HIER)).tabel("Gebeurtenissen").cel(0, "Geldt voor") == "Alle indicatoren"
    namen = {veld.naam for veld in _pagina(houder()).velden}
    assert "overal" in namen
    assert "alle_indicatoren" not in namen  # who keeps one theme cannot choose it


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"titel": "x" * 61}, "hoogstens 60 tekens"),
        ({"toelichting": "y" * 10_000}, "hoogstens 2000 tekens"),
        ({"datum": "1999-01-01"}, "Deze dag valt buiten elke grafiek."),
        ({"datum": "morgen"}, "datum"),
    ],
)
def test_niets_dat_getypt_is_gaat_verloren(anders: dict[str, str], zin: str) -> None:
    antwoord = _als(houder()).post(HIER, VELDEN | anders)
    pagina = Pagina.van(antwoord)
    assert antwoord.status_code == 400
    assert pagina.plek("fouten").ergens(zin)
    assert pagina.waarden["titel"] == (VELDEN | anders)["titel"]
    assert pagina.waarden["bron"] == "Plan"


def _reken() -> Indicator:
    indicator = Indicator.objects.get(code="verdachten")
    for jaar in (2024, 2025, 2026):
        for kwartaal in (1, 2, 3, 4)[: 2 if jaar == 2026 else 4]:
            MetingFactory(
                indicator=indicator, onderdeel=OnderdeelFactory(code="RE07"), jaar=jaar, kwartaal=kwartaal,
                vastgesteld_op=NU - timedelta(days=30),
            )  # fmt: skip
    herbereken(vandaag=VANDAAG)
    return indicator


ALLE = "/indicatoren/verdachten/?weergave=alle-kwartalen"


def test_de_grafiek_de_lijst_eronder_en_de_tabel_noemen_haar() -> None:
    _reken()
    lid = maak_persoon("rvo-lid")
    assert not _pagina(lid, ALLE).ergens("Andere telling")
    noteer(indicatoren=["verdachten"])
    noteer(titel="Van een ander", indicatoren=["verzuim"])
    pagina = _pagina(lid, ALLE)
    assert pagina.ergens("1. 12-05-2025: Andere telling (telling gewijzigd)")
    assert pagina.ergens("12-05-2025: Andere telling")
    assert not pagina.ergens("Van een ander")
    assert "1 Andere telling" in _als(lid).get(ALLE).content.decode()
    naam = "figuur-verdachten"
    rijen = _als(lid).get(f"{ALLE}&_figuur={naam}&_formaat=csv").content.decode()
    assert "12-05-2025: Andere telling" in rijen


def test_ingetrokken_staat_zij_nergens_meer_maar_wel_op_de_peildatum() -> None:
    _reken()
    lid, rij = maak_persoon("rvo-lid"), noteer(indicatoren=["verdachten"], op=NU - timedelta(days=20))
    assert _pagina(lid, ALLE).ergens("Andere telling")
    trek_in(rij, NU - timedelta(days=5))
    assert not _pagina(lid, ALLE).ergens("Andere telling")
    assert _pagina(lid, f"{ALLE}&peildatum=2026-07-01").ergens("Andere telling")
    assert not _pagina(lid, f"{ALLE}&peildatum=2026-06-15").ergens("Andere telling")
    assert _pagina(lid, f"{HIER}?peildatum=2026-07-01").tabel("Gebeurtenissen").cel(0, "Stand") == "geldt"
    erna = _pagina(lid, f"{HIER}?peildatum=2026-07-06").tabel("Gebeurtenissen")
    assert (erna.cel(0, "Wat"), erna.cel(0, "Stand")[:11]) == ("Andere telling (ingetrokken)", "ingetrokken")


def test_een_nieuwe_en_een_ingetrokken_gebeurtenis_geven_een_andere_figuur() -> None:
    indicator = _reken()
    lid = User.objects.get(pk=maak_persoon("rvo-lid").pk)

    def figuren() -> list[tuple[str, str]]:
        blik = keuze.bepaal(lid, "2026-Q2", VANDAAG)
        vers = Indicator.objects.select_related("berekening").get(pk=indicator.pk)
        gevonden = [voorraad.haal(blik, [vers], soort)[vers.pk] for soort in voorraad.Figuursoort]
        return [(figuur.generatie, figuur.merk) for figuur in gevonden]

    leeg = figuren()
    rij = noteer(datum=date(2026, 5, 1))
    met = figuren()
    anders = [(a[0] != b[0], a[1] != b[1]) for a, b in zip(leeg, met, strict=True)]
    assert anders == [(True, True)] * 3 + [(False, False)]  # a sparkline draws none of it, and is kept
    noteer(titel="Van een ander", indicatoren=["verzuim"])
    assert figuren() == met
    trek_in(rij)
    assert figuren() == leeg


def test_wie_tekent_vraagt_er_een_keer_om_hoeveel_het_er_ook_zijn() -> None:
    _reken()
    client = _als(maak_persoon("rvo-lid"))
    paginas = ("/", "/themas/eigen/", ALLE)
    noteer(titel="De eerste", onderdelen=["RE07"])  # of what happened at all the first page tells in its line
    weinig = [tel(client, adres)[0] for adres in paginas]
    for nummer in range(12):
        noteer(titel=f"Nummer {nummer}", datum=date(2026, 1, 5 + nummer), onderdelen=["RE07"])
    assert [tel(client, adres)[0] for adres in paginas] == weinig
    assert tel(client, ALLE)[1].count('FROM "sturing_gebeurtenis"') == 1
    controleer("gebeurtenissen", *tel(client, HIER))


def test_de_lijst_van_de_api() -> None:
    noteer(indicatoren=["verdachten"], onderdelen=["A"], tot=date(2025, 6, 1))
    trek_in(noteer(titel="Weg"))
    antwoord = _als(maak_persoon("rvo-lid")).get("/api/v1/gebeurtenissen").json()
    assert antwoord["totaal"] == 1
    [een] = antwoord["resultaten"]
    assert (een["titel"], een["totEnMet"], een["indicatoren"], een["onderdelen"]) == (
        "Andere telling",
        "2025-06-01",
        ["verdachten"],
        ["A"],
    )
    assert een["thema"] is None
