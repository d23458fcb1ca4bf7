"""The page of an indicator in its three views: what is offered to whom, and the words and figures beside the chart."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client

from formatie.models import Onderdeel
from monitor.models import Indicator, Meting
from monitor.rekenen.herberekenen import herbereken
from tests.factories import MetingFactory, maak_persoon
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, VANDAAG, maak_monitor
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
Q = f"?kwartaal={KWARTAAL}"


@pytest.fixture(autouse=True, scope="module")
def _monitor(gedeelde_stand: None) -> None:
    maak_monitor()


def als(rol: str = "rvo-lid", **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


def lees(code: str, weergave: str = "", client: Client | None = None) -> Pagina:
    antwoord = (client or als()).get(f"/indicatoren/{code}/{Q}{f'&weergave={weergave}' if weergave else ''}")
    assert antwoord.status_code == 200
    return Pagina.van(antwoord)


def weergaven(pagina: Pagina) -> list[str]:
    return [link.tekst for link in pagina.links if "weergave=" in link.adres]


def test_alleen_wat_er_is_staat_er_te_kiezen() -> None:
    assert weergaven(lees("verdachten")) == ["Alle kwartalen"]
    assert weergaven(lees("aanrijdtijd")) == ["Alle kwartalen", "Onderdelen"]
    assert weergaven(lees("tevredenheid")) == []  # measured once in two years: one picture has all of it


def test_een_onbekende_weergave_wordt_uitgelegd() -> None:
    antwoord = als().get(f"/indicatoren/verdachten/{Q}&weergave=taart")
    assert antwoord.status_code == 400
    assert Pagina.van(antwoord).heeft("De weergave “taart” bestaat niet. Kies dit-jaar, alle-kwartalen, onderdelen.")


@pytest.mark.parametrize(("code", "weergave"), [("verdachten", "onderdelen"), ("tevredenheid", "alle-kwartalen")])
def test_een_weergave_die_deze_indicator_niet_heeft_bestaat_niet(code: str, weergave: str) -> None:
    antwoord = als().get(f"/indicatoren/{code}/{Q}&weergave={weergave}")
    assert antwoord.status_code == 404


def test_wie_geen_onderdelen_mag_zien_krijgt_die_weergave_niet() -> None:
    houder = als("portefeuillehouder", thema="x")
    assert "Onderdelen" not in weergaven(lees("verzuim", client=houder))
    assert houder.get(f"/indicatoren/verzuim/{Q}&weergave=onderdelen").status_code == 404


def test_de_onderdelen_zijn_die_van_de_tabel() -> None:
    for client in (als(), als("analist"), als("districtschef", onderdeel="A")):
        pagina = lees("verzuim", "onderdelen", client)
        getekend = {rij.kop for rij in pagina.figuur().tabel().rijen}
        assert getekend == {rij.kop for rij in pagina.deel("Per district en team").tabel("per kwartaal").rijen}


@pytest.mark.parametrize("weergave", ["dit-jaar", "alle-kwartalen"])
def test_grafiek_tabel_en_bestand_hebben_dezelfde_cellen(weergave: str) -> None:
    for code in Indicator.objects.exclude(code="tevredenheid").values_list("code", flat=True):
        client = als()
        adres = f"/indicatoren/{code}/{Q}&weergave={weergave}&_figuur=figuur-{code}&_formaat=csv"
        inhoud = client.get(adres).content.decode("utf-8-sig")
        regels = list(csv.reader(io.StringIO(inhoud), delimiter=";"))
        tabel = lees(code, weergave, client).figuur().tabel()
        assert regels[1:-2] == [rij.cellen for rij in tabel.rijen], code


def test_wat_men_eerst_moet_weten_staat_boven_de_grafiek() -> None:
    Indicator.objects.filter(code="verdachten").update(opmerking="Iets anders.\nLet op: wordt nog bijgesteld.")
    assert lees("verdachten").heeft("Lees dit eerst. wordt nog bijgesteld.")
    assert not lees("aanrijdtijd").heeft("Lees dit eerst")


def test_drie_feiten_een_regel_vertrouwen_en_de_duiding() -> None:
    pagina = lees("verdachten")
    assert pagina.gegeven("Nog nodig") == "9 verdachten"
    assert pagina.gegeven("Vorig jaar (2024 t/m Q3)") == "geen cijfer"
    assert pagina.heeft("vastgesteld door twee personen") or pagina.heeft("Vastgesteld op")
    assert pagina.heeft("nog geen duiding vastgesteld")


def test_de_toelichting_bij_de_waarde_staat_bij_het_cijfer() -> None:
    jong, eenheid = Indicator.objects.get(code="verdachten-jong"), Onderdeel.objects.get(code="RE07")
    MetingFactory(indicator=jong, onderdeel=eenheid, kwartaal=2, waarde=Decimal(4), toelichting="Eén groot onderzoek.")
    herbereken(vandaag=VANDAAG)
    pagina = Pagina.van(als().get("/indicatoren/verdachten-jong/?kwartaal=2025-Q2"))
    assert pagina.deel("Duiding over Q2 2025").heeft("Bij het cijfer: Eén groot onderzoek.")


def test_namen_staan_alleen_bij_wie_het_spoor_mag_lezen() -> None:
    meting = Meting.objects.get(indicator__code="verdachten", kwartaal=3)
    assert not lees("verdachten").ergens(f"ingevoerd door {meting.ingevoerd_door}")


def test_niets_staat_twee_keer_in_een_rij() -> None:
    tabel = Pagina.van(als().get(f"/indicatoren/{Q}")).tabel("Indicatoren, Q3 2025")
    for rij in tabel.rijen:
        woorden = [cel for cel in rij.cellen if cel and not cel.strip("-")[0].isdigit() and cel != "n.v.t."]
        assert len(woorden) == len({*woorden}) or "geen meting" in woorden, rij.cellen
