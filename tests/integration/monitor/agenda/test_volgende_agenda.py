"""The worked example of a next agenda: what it changes, and above all what it leaves as it was."""

from __future__ import annotations

import re
import shutil
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from formatie.models import Onderdeel
from monitor.models import Definitie, Doelbereik, Indicator
from monitor.rekenen.herberekenen import herbereken
from tests.factories import MetingFactory
from tests.integration.formatie.opstelling import als
from tests.integration.monitor.dashboards.verleden import stel_klok
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db

TWEEDE = Path(__file__).parents[3] / "fixtures_tweede_agenda"
NU = date(2026, 11, 28)
KWARTALEN = ("2026-Q3", "2025-Q4", "2023-Q1")
PAGINAS = ("/", "/indicatoren/", "/themas/duurzame-inzetbaarheid/", "/themas/zorg-en-veiligheid/")
PAGINAS += ("/indicatoren/aanrijdtijd-prio1/", "/indicatoren/profcheck/", "/indicatoren/waardebeslag/")
PAGINAS += ("/indicatoren/aanrijdtijd-prio1/oordeel/", "/gemeenten/", "/gemeenten/rotterdam/")
BESTANDEN = ("/indicatoren/?_export=csv", "/indicatoren/aanrijdtijd-prio1/?_export=csv&_tabel=onderdelen")
API = ("doelbereik?indicator=aanrijdtijd-prio1&jaar=2025", "metingen?indicator=profcheck&jaar=2025", "indicatoren")


@pytest.fixture
def beide(tmp_path: Path) -> Path:
    """The folder of both agendas."""
    map_ = Path(shutil.copytree(settings.FIXTURES_DIR, tmp_path / "fixtures"))
    shutil.copytree(TWEEDE, map_, dirs_exist_ok=True)
    return map_


@pytest.fixture
def allebei(beide: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """An analyst, with both agendas and no figures, on the day of May on which the first quarter of 2027 is due."""
    laad(beide)
    stel_klok(monkeypatch, date(2027, 5, 2))
    return als("analist")


@pytest.fixture
def lezer(monkeypatch: pytest.MonkeyPatch) -> Client:
    """An analyst of the demonstration, on a day of the first agenda; only that one is loaded."""
    stel_klok(monkeypatch, NU)
    call_command("laad_agenda", stdout=StringIO())
    call_command("laad_demo", "--tot", "2026-Q3", stdout=StringIO())
    herbereken(vandaag=NU)
    client = Client()
    client.force_login(User.objects.get(username="analist"))
    return client


def laad(map_: Path, vandaag: date = NU) -> None:
    call_command("laad_agenda", "--map", str(map_), stdout=StringIO())
    herbereken(vandaag=vandaag)


def tekst(client: Client, adres: str) -> str:
    """The text of a page without the choice of a quarter and the minute of computing; of a file all of it."""
    antwoord = client.get(adres)
    assert antwoord.status_code == 200, adres
    html = re.sub(r'<form class="kwartaalkeuze.*?</form>', "", antwoord.content.decode(), flags=re.S)
    html = re.sub(r'csrf[^>]*>|\?v=\w+|data-generatie="[^"]*"', "", html)
    return re.sub(r"\d+-\d+-\d{4} om \d\d:\d\d|\d\d:\d\d|\"berekendOp\": ?\"[^\"]*\"", "", html)


def alles_van(client: Client) -> dict[str, str]:
    adressen = [f"{pagina}?kwartaal={kwartaal}" for pagina in PAGINAS for kwartaal in KWARTALEN]
    adressen += [f"{bestand}&kwartaal={kwartaal}" for bestand in BESTANDEN for kwartaal in KWARTALEN]
    adressen += [f"/api/v1/{vraag}" for vraag in API]
    return {adres: tekst(client, adres) for adres in adressen}


def test_een_volgende_agenda_verandert_niets_aan_de_vorige(lezer: Client, beide: Path) -> None:
    voor = alles_van(lezer)
    rijen = list(Doelbereik.objects.order_by("pk").values())
    laad(beide)
    assert list(Doelbereik.objects.filter(jaar__lte=2026).order_by("pk").values()) == rijen
    na = alles_van(lezer)
    assert [adres for adres in voor if voor[adres] != na[adres]] == []


@pytest.mark.parametrize(
    ("dag", "vanzelf", "laatste"),
    [
        (date(2026, 12, 31), "Q3 2026", "2026-Q4"),
        (date(2027, 1, 1), "Q3 2026", "2027-Q1"),
        (date(2027, 1, 30), "Q3 2026", "2027-Q1"),
        (date(2027, 1, 31), "Q4 2026", "2027-Q1"),
        (date(2027, 2, 1), "Q4 2026", "2027-Q1"),
        (date(2027, 4, 30), "Q4 2026", "2027-Q2"),
        (date(2027, 5, 1), "Q1 2027", "2027-Q2"),
        (date(2031, 6, 1), "Q4 2030", "2030-Q4"),
    ],
)
def test_de_eerste_pagina_toont_het_laatste_kwartaal_dat_er_moet_zijn(
    beide: Path, monkeypatch: pytest.MonkeyPatch, dag: date, vanzelf: str, laatste: str
) -> None:
    laad(beide)
    stel_klok(monkeypatch, dag)
    pagina = Pagina.van(als("analist").get("/"))
    assert pagina.kop1 == f"Voortgang in {vanzelf}"
    keuzes = pagina.veld("Kwartaal").keuzes
    assert (min(keuzes), max(keuzes)) == ("2023-Q1", laatste)


def test_wat_niet_doorgaat_blijft_te_vinden(allebei: Client) -> None:
    pagina = Pagina.van(allebei.get("/indicatoren/profcheck/"))
    assert pagina.kop1 == "Profcheck"
    assert pagina.heeft("Deze indicator hoort bij de agenda 2023-2026.")
    assert pagina.veld("Kwartaal").waarde == "2026-Q4"
    assert Pagina.van(allebei.get("/themas/zorg-en-veiligheid/")).heeft("Dit thema hoort bij de agenda 2023-2026.")
    assert Pagina.van(allebei.get("/zoeken/?q=profcheck")).heeft("hoort bij de agenda 2023-2026")
    api = allebei.get("/api/v1/indicatoren?perPagina=100").json()["resultaten"]
    agendas = {rij["code"]: rij["agenda"] for rij in api}
    assert (agendas["profcheck"], agendas["ziekteverzuim"]) == ("2023-2026", "2027-2030")
    anders = allebei.get("/indicatoren/profcheck/?kwartaal=2027-Q1")
    assert anders.status_code == 400
    assert Pagina.van(anders).heeft("Kies een kwartaal van Q1 2023 tot en met Q4 2026.")


def test_wat_er_nog_niet_was_begint_bij_zijn_eigen_agenda(allebei: Client) -> None:
    assert Pagina.van(allebei.get("/indicatoren/online-aangiften/")).veld("Kwartaal").waarde == "2027-Q1"
    eerder = allebei.get("/indicatoren/online-aangiften/?kwartaal=2026-Q4")
    assert eerder.status_code == 400
    assert Pagina.van(eerder).heeft("Kies een kwartaal van Q1 2027 tot en met Q2 2027.")


@pytest.mark.parametrize(
    ("adres", "namen"),
    [
        ("/indicatoren/aanrijdtijd-prio1/", ("Aanrijdtijden prio 1", "Snel ter plaatse")),
        ("/themas/duurzame-inzetbaarheid/", ("Duurzame inzetbaarheid", "Verzonnen thema")),
    ],
)
def test_elk_kwartaal_toont_zijn_eigen_agenda(allebei: Client, adres: str, namen: tuple[str, str]) -> None:
    gezien = [Pagina.van(allebei.get(f"{adres}?kwartaal={kwartaal}")).kop1 for kwartaal in ("2026-Q4", "2027-Q1")]
    assert gezien == list(namen)


def test_een_eigen_definitie_staat_apart(allebei: Client) -> None:
    bladen = Definitie.objects.values_list("indicator__code", "agenda__slug", "naam", "decimalen")
    assert set(bladen) == {("aanrijdtijd-prio1", "2027-2030", "Snel ter plaatse", 2)}
    eigen = Indicator.objects.get(code="aanrijdtijd-prio1")
    assert (eigen.naam, eigen.decimalen) == ("Aanrijdtijden prio 1", 1)
    assert Pagina.van(allebei.get("/zoeken/?q=snel+ter+plaatse")).heeft("Snel ter plaatse")
    assert Pagina.van(allebei.get("/indicatoren/aanrijdtijd-prio1/definitie/")).heeft("in de agenda 2027-2030")


def test_voor_het_eerste_kwartaal_ontbreekt_niets(allebei: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first value in the third quarter of the first year, 12 of 20: judged over the two quarters that count."""
    dag = date(2027, 11, 2)
    stel_klok(monkeypatch, dag)
    nieuw, eenheid = Indicator.objects.get(code="online-aangiften"), Onderdeel.objects.get(code="RE07")
    MetingFactory(indicator=nieuw, onderdeel=eenheid, jaar=2027, kwartaal=3, waarde=Decimal(12))
    herbereken([nieuw.pk], vandaag=dag)
    rijen = {rij.kwartaal: rij for rij in Doelbereik.objects.filter(indicator=nieuw, jaar=2027, onderdeel=eenheid)}
    assert rijen.keys() == {3, 4}
    assert (rijen[3].verwachting, rijen[3].oordeel, rijen[3].gemist) == (10, "op_koers", 0)
    pagina = Pagina.van(allebei.get("/indicatoren/online-aangiften/?kwartaal=2027-Q3"))
    assert pagina.heeft("12 aangiften t/m Q3, verwacht 10; nog 8 nodig in Q4.")


def test_een_doorlopende_lijn_zegt_waar_de_agenda_wisselt(allebei: Client) -> None:
    prio1, eenheid = Indicator.objects.get(code="aanrijdtijd-prio1"), Onderdeel.objects.get(code="RE07")
    for jaar, kwartaal in ((2026, 3), (2026, 4), (2027, 1)):
        for team in Onderdeel.objects.filter(soort="basisteam").exclude(code="ZHP1"):
            MetingFactory(
                indicator=prio1, onderdeel=team, jaar=jaar, kwartaal=kwartaal, waarde=None, teller=83, noemer=100
            )
    herbereken([prio1.pk], vandaag=date(2027, 5, 2))
    assert eenheid
    rij = Pagina.van(allebei.get("/indicatoren/aanrijdtijd-prio1/")).figuur("Het verloop").tabel().rij("Q1 2027")
    assert rij.cel("Opmerking") == "vanaf hier agenda 2027-2030, andere definitie, ander doel"
    figuur = allebei.get("/indicatoren/aanrijdtijd-prio1/figuur.json").json()
    assert [vorm["type"] for vorm in figuur["layout"]["shapes"]] == ["line"]
    ervoor = allebei.get("/indicatoren/aanrijdtijd-prio1/figuur.json?kwartaal=2026-Q4").json()
    assert ervoor["layout"]["shapes"] == []
