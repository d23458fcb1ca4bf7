"""The line that says what was corrected since a day, and what of it a reader may know."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from formatie.models import Onderdeel
from monitor.dashboards import gewijzigd, selectors
from monitor.dashboards.keuze import bepaal
from monitor.models import Doelstelling, Indicator, Meting
from tests.factories import MetingFactory, maak_persoon
from tests.integration.monitor.dashboards.opstelling import maak_monitor
from tests.integration.monitor.dashboards.verleden import EINDE, corrigeer, moment, stel_klok, wijzig_doel
from tests.pagina import Link, Pagina

pytestmark = pytest.mark.django_db
DAG = "2025-11-24"
OP = moment(date(2026, 4, 1))


@pytest.fixture(autouse=True)
def _monitor(monkeypatch: pytest.MonkeyPatch) -> None:
    maak_monitor()
    stel_klok(monkeypatch, EINDE)


def sinds(rol: str = "rvo-lid", dag: str = DAG, **waar: str) -> gewijzigd.Gewijzigd:
    blik = bepaal(maak_persoon(rol, **waar), "", EINDE, dag)
    band = gewijzigd.terugblik(blik, selectors.regels(blik))
    assert band is not None
    gevonden: gewijzigd.Gewijzigd = band["gewijzigd"]
    return gevonden


def meting(code: str, plek: str, kwartaal: int | None, jaar: int = 2025) -> Meting:
    plaats = {"indicator__code": code, "onderdeel__code": plek, "jaar": jaar, "kwartaal": kwartaal}
    return Meting.objects.geldend().get(**plaats)


def regels(gevonden: gewijzigd.Gewijzigd) -> list[tuple[str, str, str, str]]:
    return [(w.naam, w.waar, w.van, w.naar) for w in gevonden.lijst]


def test_niets_gewijzigd_zegt_dat() -> None:
    assert sinds().zin == "Sinds 24-11-2025 is aan deze cijfers niets gewijzigd."


def test_waarden_doelen_en_nieuwe_waarden_apart() -> None:
    corrigeer(meting("verdachten", "RE07", 1), OP, waarde=Decimal(11))
    wijzig_doel(Doelstelling.objects.get(indicator__code="aanrijdtijd"), moment(date(2026, 4, 2)), streefwaarde=85)
    MetingFactory(indicator=meting("verdachten", "RE07", 1).indicator, kwartaal=4, vastgesteld_op=OP,
                  onderdeel=meting("verdachten", "RE07", 1).onderdeel)  # fmt: skip
    gevonden = sinds()
    assert (
        gevonden.zin == "Sinds 24-11-2025 zijn 1 waarde en 1 doel gewijzigd, en kwam er 1 waarde bij (van de eenheid)."
    )
    assert regels(gevonden) == [
        ("Aanrijdtijd", "doel 2025", "82%", "85%"),
        ("Verdachten", "Q1 2025", "9 verdachten", "11 verdachten"),
    ]
    assert [w.op for w in gevonden.lijst] == [date(2026, 4, 2), date(2026, 4, 1)]
    assert gevonden.lijst[1].adres == f"/indicatoren/verdachten/?peildatum={DAG}"


def test_twee_keer_gecorrigeerd_is_een_wijziging_en_terug_is_er_geen() -> None:
    eerste = corrigeer(meting("verdachten", "RE07", 1), OP, waarde=Decimal(11))
    corrigeer(eerste, moment(date(2026, 4, 3)), waarde=Decimal(12))
    tussen = corrigeer(meting("verdachten", "RE07", 2), OP, waarde=Decimal(1))
    corrigeer(tussen, moment(date(2026, 4, 3)), waarde=Decimal(6))
    assert regels(sinds()) == [("Verdachten", "Q1 2025", "9 verdachten", "12 verdachten")]
    assert regels(sinds(dag="2026-04-02")) == [
        ("Verdachten", "Q1 2025", "11 verdachten", "12 verdachten"),
        ("Verdachten", "Q2 2025", "1 verdachten", "6 verdachten"),
    ]


def test_nieuw_en_daarna_gecorrigeerd_is_nieuw() -> None:
    oud = meting("verdachten", "RE07", 1)
    nieuw = MetingFactory(indicator=oud.indicator, onderdeel=oud.onderdeel, kwartaal=4, vastgesteld_op=OP)
    corrigeer(nieuw, moment(date(2026, 4, 3)), waarde=Decimal(2))
    gevonden = sinds()
    assert (regels(gevonden), gevonden.nieuw) == ([], 1)
    assert gevonden.zin == "Sinds 24-11-2025 kwam er 1 waarde bij (van de eenheid); wat er al was, is niet gewijzigd."


@pytest.mark.parametrize(
    ("rol", "van"),
    [
        ("analist", "2 waarden bij (1 van de eenheid en 1 van districten en teams die u mag zien);"),
        ("rvo-lid", "1 waarde bij (van de eenheid);"),
    ],
)
def test_nieuwe_waarden_zeggen_van_wie_ze_zijn(rol: str, van: str) -> None:
    for code in ("RE07", "A1"):
        van_code = Onderdeel.objects.get(code=code)
        MetingFactory(
            indicator=Indicator.objects.get(code="verzuim"), onderdeel=van_code, kwartaal=4, vastgesteld_op=OP
        )
    assert van in sinds(rol).zin


def test_alleen_een_andere_toelichting_is_geen_wijziging_een_andere_status_wel() -> None:
    corrigeer(meting("verdachten", "RE07", 1), OP, toelichting="Anders gezegd.")
    corrigeer(meting("verdachten", "RE07", 2), OP, status="voorlopig")
    assert regels(sinds()) == [("Verdachten", "Q2 2025", "6 verdachten", "6 verdachten (voorlopig)")]


def test_een_verschil_achter_de_komma_is_te_zien() -> None:
    corrigeer(meting("tevredenheid", "RE07", None, 2023), OP, waarde=Decimal("45.0004"))
    corrigeer(meting("tevredenheid", "RE07", None, 2021), OP, marge=Decimal("1.3"))
    corrigeer(meting("aanrijdtijd", "A1", 1), OP, teller=160, noemer=200)
    assert {r[1:] for r in regels(sinds())} == {
        ("2023", "45,0000%", "45,0004%"),
        ("2021", "40,0% (zonder foutmarge)", "40,0% (± 1,3)"),
        ("Q1 2025, A1 Onderdeel A1", "80,0% (80 van 100)", "80,0% (160 van 200)"),
    }


def test_een_waarde_die_nb_werd_en_een_marge_die_veranderde() -> None:
    leeg = dict.fromkeys(("waarde", "teller", "noemer"))
    corrigeer(meting("verdachten", "RE07", 1), OP, **leeg, onbekend=True)
    wijzig_doel(Doelstelling.objects.get(indicator__code="aanrijdtijd"), OP, marge=3)
    assert {r[2:] for r in regels(sinds())} == {
        ("9 verdachten", "nb"),
        ("82% (minimum, marge 2 procentpunt)", "82% (minimum, marge 3 procentpunt)"),
    }


@pytest.mark.parametrize(
    ("rol", "waar", "gezien"),
    [
        ("rvo-lid", {}, set()),
        ("portefeuillehouder", {"thema": "wijk"}, set()),
        ("districtschef", {"onderdeel": "A"}, {"Q1 2025, A1 Onderdeel A1"}),
        ("analist", {}, {"Q1 2025, A1 Onderdeel A1", "Q1 2025, B1 Onderdeel B1"}),
    ],
)
def test_van_personeel_onder_de_eenheid_alleen_voor_wie_kleine_aantallen_leest(rol, waar, gezien) -> None:
    for team in ("A1", "B1"):
        corrigeer(meting("verzuim", team, 1), OP, teller=9)
    gevonden = sinds(rol, **waar)
    assert {w.waar for w in gevonden.lijst} == gezien


def test_gevoelig_onder_de_eenheid_blijft_weg_voor_iedereen() -> None:
    eerste = meting("aanrijdtijd", "A1", 1)
    eerste.indicator.gevoelig = True
    eerste.indicator.save()
    corrigeer(eerste, OP, teller=1)
    assert not sinds("vaststeller").lijst


def als(rol: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol))
    return client


def lees(client: Client, adres: str) -> Pagina:
    return Pagina.van(client.get(adres))


def test_de_pagina_zegt_het_met_een_verwijzing_en_de_lange_lijst_klapt_uit() -> None:
    for kwartaal, team in [(k, t) for k in (1, 3) for t in ("A1", "A2", "B1")]:
        corrigeer(meting("aanrijdtijd", team, kwartaal), OP, teller=50)
    sinds_toen = lees(als("rvo-lid"), f"/?peildatum={DAG}").deel("Terugblik")
    verwijzing = Link("Aanrijdtijd", f"/indicatoren/aanrijdtijd/?peildatum={DAG}")
    assert sinds_toen.links.count(verwijzing) == 6
    assert len(sinds_toen.lijst("Nog 1 wijziging")) == 1
    eigen = lees(als("analist"), f"/indicatoren/aanrijdtijd/?peildatum={DAG}").deel("Terugblik")
    assert eigen.heeft("Sinds 24-11-2025 zijn 6 waarden gewijzigd.")
    assert eigen.heeft("Q1 2025, A1 Onderdeel A1: van 80,0% naar 50,0% (vastgesteld 01-04-2026)")


@pytest.mark.parametrize(("dag", "jaar", "te_zien"), [("2026-04-01", 2025, True), ("2025-12-01", 2025, False)])
def test_de_pagina_van_vandaag_noemt_wat_kort_geleden_is_gecorrigeerd(dag: str, jaar: int, te_zien: bool) -> None:
    corrigeer(meting("verdachten", "RE07", 1), moment(date.fromisoformat(dag)), waarde=Decimal(11))
    client = als("rvo-lid")
    zin = "Q1 2025: van 9 verdachten naar 11 verdachten"
    gekeken = lees(client, f"/indicatoren/verdachten/?kwartaal={jaar}-Q3")
    assert (gekeken.kop1, gekeken.heeft(zin)) == ("Verdachten", te_zien)
    for adres in ("/indicatoren/verdachten/?kwartaal=2024-Q4", "/indicatoren/aanrijdtijd/?kwartaal=2025-Q3"):
        ander = lees(client, adres)
        assert ander.kop1 == adres.split("/")[2].capitalize()
        assert not ander.heeft(zin)
