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
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from formatie.models import Onderdeel
from monitor.invoer.bezetting.indicatorwaarden import leid_opnieuw_af
from monitor.invoer.regels.toetsgegevens import lees_kader
from monitor.invoer.regels.validatie import lees_rij
from monitor.invoer.regels.waarneming import Invoerrij
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import DEFINITIE
from monitor.invoer.voorstellen.definitiebladen.blad import blad_van
from monitor.invoer.voorstellen.definitiebladen.services import stel_definitie_voor
from monitor.models import Definitie, Definitieversie, Doelbereik, Indicator, Meting
from monitor.rekenen.herberekenen import herbereken
from strategie.models import Agenda
from tests.factories import BezettingFactory, MetingFactory, maak_persoon
from tests.figuren import figuur_van
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
    call_command("laad_agenda", stdout=StringIO())
    call_command("laad_demo", "--tot", "2026-Q3", stdout=StringIO())  # of its own days
    stel_klok(monkeypatch, NU)
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
    assert pagina.heeft(f"Voortgang in {vanzelf}")
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
    assert pagina.heeft("12 aangiften t/m Q3, norm 10 aangiften. Nog 8 aangiften nodig in Q4.")


def test_een_doorlopende_lijn_zegt_waar_de_agenda_wisselt(allebei: Client) -> None:
    prio1, eenheid = Indicator.objects.get(code="aanrijdtijd-prio1"), Onderdeel.objects.get(code="RE07")
    for jaar, kwartaal in ((2026, 3), (2026, 4), (2027, 1)):
        for team in Onderdeel.objects.filter(soort="basisteam").exclude(code="ZHP1"):
            MetingFactory(
                indicator=prio1, onderdeel=team, jaar=jaar, kwartaal=kwartaal, waarde=None, teller=83, noemer=100
            )
    herbereken([prio1.pk], vandaag=date(2027, 5, 2))
    assert eenheid
    adres = "/indicatoren/aanrijdtijd-prio1/?weergave=alle-kwartalen"
    rij = Pagina.van(allebei.get(adres)).figuren[0].tabel().rij("Q1 2027")
    assert rij.cel("Opmerking") == "vanaf hier agenda 2027-2030, andere definitie, ander doel"
    figuur = figuur_van(allebei, adres).json()
    assert [vorm["type"] for vorm in figuur["layout"]["shapes"]] == ["line"]
    ervoor = figuur_van(allebei, f"{adres}&kwartaal=2026-Q4").json()
    assert "shapes" not in ervoor["layout"]


def test_een_afgeleide_indicator_die_ophoudt_krijgt_geen_waarden_meer(beide: Path) -> None:
    """Stored, a value would be hidden: no page shows a quarter after the last agenda that prints it."""
    laad(beide)
    team = Onderdeel.objects.get(code="A1")
    for jaar, kwartaal in ((2026, 4), (2027, 1)):
        BezettingFactory(onderdeel=team, jaar=jaar, kwartaal=kwartaal)
    leid_opnieuw_af()
    gemaakt = Meting.objects.filter(indicator__code__in=("formatie-bezetting", "bezetting-wijkagenten"))
    assert set(gemaakt.values_list("jaar", "kwartaal")) == {(2026, 4)}


BLAD = "monitorset/2027-2030/online-aangiften.toml"
AGENDA = "agenda/2027-2030/agenda.toml"
EERDER = "monitorset/2023-2026/aanrijdtijd-prio1.toml"
PRIO1 = "monitorset/2027-2030/aanrijdtijd-prio1.toml"


@pytest.mark.parametrize(
    ("bestand", "oud", "nieuw", "fout"),
    [
        (BLAD, '"2027-Q3"', '"2027-3"', "'vanaf' is '2027-3', geen kwartaal; schrijf het als 2026-Q3"),
        (
            BLAD,
            '"2027-Q3"',
            '"2026-Q3"',
            "'vanaf' is '2026-Q3', buiten de agenda; kies een kwartaal van 2027-Q1 tot en met 2030-Q4",
        ),
        (BLAD, 'vanaf = "2027-Q3"', 'vanaf = "2027-Q3"\ntot = "2027-Q2"', "'tot' ligt voor 'vanaf'"),
        (
            PRIO1,
            'aggregatie = "verhouding"',
            'aggregatie = "stand"',
            f"'aggregatie' is 'stand', maar in {EERDER} 'verhouding': dat is een andere reeks; geef een nieuwe code",
        ),
        (
            PRIO1,
            'herkomst = "import"',
            'herkomst = "import"\npersoneel = true',
            f"'personeel' is True, maar in {EERDER} False: dat is een andere reeks; geef een nieuwe code",
        ),
        (
            "agenda/2027-2030/agenda.toml",
            "begin_jaar = 2027",
            "begin_jaar = 2028",
            "begint in 2028, en 2023-2026 eindigt in 2026",
        ),
    ],
)
def test_wat_niet_kan_wordt_gezegd(beide: Path, bestand: str, oud: str, nieuw: str, fout: str) -> None:
    pad = beide / bestand
    assert oud in pad.read_text(encoding="utf-8")
    pad.write_text(pad.read_text(encoding="utf-8").replace(oud, nieuw), encoding="utf-8")
    gezegd = StringIO()
    with pytest.raises(CommandError):
        call_command("laad_agenda", "--controleer", "--map", str(beide), stderr=gezegd)
    assert fout in gezegd.getvalue()


def test_alleen_de_nieuwe_mappen_laden_verandert_de_vorige_agenda_ook_niet(beide: Path) -> None:
    """The old folders need not be there any more: the database knows that an earlier agenda defines the indicator."""
    call_command("laad_agenda", stdout=StringIO())
    voor = list(Indicator.objects.order_by("pk").exclude(code="online-aangiften").values())
    for soort in ("agenda", "monitorset", "formatieplan"):
        shutil.rmtree(beide / soort / "2023-2026")
    (beide / "monitorset/2027-2030/ziekteverzuim.toml").unlink()
    set_ = beide / "monitorset/2027-2030/_set.toml"
    mensen = '[[rubriek]]\nnaam = "Mensen"\nthema = "duurzame-inzetbaarheid"\nbronregel = "8"\n'
    set_.write_text(set_.read_text(encoding="utf-8").replace(mensen, ""), encoding="utf-8")
    laad(beide)
    assert list(Indicator.objects.order_by("pk").exclude(code="online-aangiften").values()) == voor
    assert Definitie.objects.get().naam == "Snel ter plaatse"


def test_een_gewijzigde_definitie_is_van_de_agenda_van_nu(allebei: Client) -> None:
    """Two persons change a sheet in 2027: the page of 2026 keeps its own, and a new load leaves the change alone."""
    for code in ("ziekteverzuim", "aanrijdtijd-prio1"):
        indicator = Indicator.objects.get(code=code)
        nu = Definitieversie(indicator=indicator, agenda=Agenda.objects.last()).zoals_nu
        blad = blad_van(nu) | {"naam": f"Anders {code}"}
        versie = stel_definitie_voor(indicator, blad, reden="Besloten.", door=maak_persoon("analist", naam="een"),
                                     herkomst="proef")  # fmt: skip
        stel_vast(DEFINITIE, [versie], door=maak_persoon("vaststeller", naam="twee"), herkomst="proef")
        gezien = [
            Pagina.van(allebei.get(f"/indicatoren/{code}/?kwartaal={kwartaal}")).kop1
            for kwartaal in ("2026-Q4", "2027-Q1")
        ]
        assert gezien == [indicator.naam, f"Anders {code}"]


@pytest.mark.parametrize(
    ("jaar", "indicator", "zin"),
    [
        ("2100", "ziekteverzuim", "“2100” is geen jaar van 2000 tot en met 2027. Kijk of het jaar klopt."),
        ("1999", "ziekteverzuim", "“1999” is geen jaar van 2000 tot en met 2027. Kijk of het jaar klopt."),
        (
            "2027",
            "profcheck",
            "Deze indicator hoort bij een agenda tot en met Q4 2026. Vul een periode in van 2000 tot en met Q4 2026.",
        ),
    ],
)
@pytest.mark.usefixtures("allebei")
def test_een_jaar_zonder_agenda_wordt_geweigerd(jaar: str, indicator: str, zin: str) -> None:
    cellen = {"indicator": indicator, "onderdeel": "A", "jaar": jaar, "kwartaal": "1", "teller": "1", "noemer": "2"}
    gelezen = lees_rij(Invoerrij(1, cellen | {"status": "definitief"}), lees_kader(date(2027, 5, 2)))
    assert isinstance(gelezen, list)
    assert [fout.reden for fout in gelezen] == [zin]
