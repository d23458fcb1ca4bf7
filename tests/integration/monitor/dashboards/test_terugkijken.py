"""The page of an earlier day shows what the page showed on that day, to whoever may read it today."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from common.grafiek.figuur import Figuur
from monitor.dashboards.keuze import bepaal
from monitor.models import Doelbereik, Indicator, Meting
from monitor.rekenen.herberekenen import herbereken
from tests.databaserol import als_superuser
from tests.factories import MetingFactory, maak_persoon
from tests.figuren import figuur_van
from tests.integration.monitor.dashboards.opstelling import VANDAAG, maak_monitor
from tests.integration.monitor.dashboards.verleden import (
    DAGEN,
    EINDE,
    Verleden,
    alles,
    corrigeer,
    moment,
    stel_klok,
    zichtbaar,
)
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
PAGINAS = (
    "/",
    "/themas/opsporing/",
    "/themas/wijk/",
    "/indicatoren/",
    "/indicatoren/?kwartaal=2025-Q2",
    "/indicatoren/verdachten/",
    "/indicatoren/aanrijdtijd/",
    "/indicatoren/tevredenheid/",
    "/indicatoren/verzuim/?kwartaal=2025-Q3",
    "/indicatoren/verdachten/oordeel/",
    "/indicatoren/aanrijdtijd/oordeel/",
    "/indicatoren/aanrijdtijd/oordeel/?onderdeel=A1",
)
UITVOER = (
    "/indicatoren/aanrijdtijd/?_export=csv&_tabel=metingen",
    "/indicatoren/aanrijdtijd/?_export=csv&_tabel=onderdelen",
    "/indicatoren/aanrijdtijd/?_export=csv&_tabel=kwartalen",
)
FIGUUR = "/indicatoren/aanrijdtijd/"
API = "/api/v1/doelbereik?jaar=2025&kwartaal=3"


def als(rol: str, **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


def met(adres: str, dag: date) -> str:
    return f"{adres}{'&' if '?' in adres else '?'}peildatum={dag.isoformat()}"


def figuur(client: Client, adres: str) -> dict[str, Any]:
    return dict(json.loads(figuur_van(client, adres).content))


def bestand(client: Client, adres: str) -> list[list[str]]:
    inhoud = client.get(adres).content.decode("utf-8-sig")
    return [
        rij for rij in csv.reader(io.StringIO(inhoud), delimiter=";") if rij and not rij[0].startswith("Dit is wat")
    ]


def antwoord(client: Client, adres: str) -> list[dict[str, Any]]:
    weg = ("berekendOp", "regelversie")
    rijen = client.get(adres).json()["resultaten"]
    return [{naam: waarde for naam, waarde in rij.items() if naam not in weg} for rij in rijen]


@pytest.mark.parametrize("zaad", [0, *(pytest.param(zaad, marks=pytest.mark.chaos) for zaad in (1, 2))])
def test_de_pagina_van_toen_is_wat_de_pagina_toen_toonde(zaad: int, monkeypatch: pytest.MonkeyPatch) -> None:
    maak_monitor()
    client, verleden, toen = als("analist"), Verleden(zaad), {}
    for dag in DAGEN:
        verleden.beleef(dag)
        stel_klok(monkeypatch, dag)
        toen[dag] = (
            [alles(zichtbaar(client, adres)) for adres in PAGINAS],
            figuur(client, FIGUUR),
            [bestand(client, adres) for adres in UITVOER],
            antwoord(client, API),
        )
    assert len({str(getoond) for getoond in toen.values()}) == len(DAGEN), "nothing happened: the test shows nothing"
    stel_klok(monkeypatch, EINDE)
    for dag, (paginas, grafiek, bestanden, rijen) in toen.items():
        for adres, getoond in zip(PAGINAS, paginas, strict=True):
            assert alles(zichtbaar(client, met(adres, dag))) == getoond, (adres, dag)
        assert figuur(client, met(FIGUUR, dag)) == grafiek
        assert [bestand(client, met(adres, dag)) for adres in UITVOER] == bestanden
        assert antwoord(client, met(API, dag)) == rijen


def test_een_dag_zonder_iets_nieuws_toont_wat_de_dag_ervoor_bekend_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last second of a day belongs to it, the first of the next does not; days are those of the Netherlands."""
    eenheid = maak_monitor()["RE07"]
    oud = Meting.objects.get(indicator__code="verdachten", onderdeel=eenheid, kwartaal=3)
    laat = moment(date(2025, 12, 1), 22) + timedelta(minutes=59, seconds=59)  # 23.59.59 in the Netherlands
    corrigeer(oud, laat + timedelta(seconds=1), waarde=20)
    herbereken(vandaag=EINDE)
    stel_klok(monkeypatch, EINDE)
    pagina = "/indicatoren/verdachten/?kwartaal=2025-Q3"
    assert zichtbaar(als("rvo-lid"), met(pagina, date(2025, 12, 1))).heeft("21 verdachten t/m Q3")
    assert zichtbaar(als("analist"), met(pagina, date(2025, 12, 2))).heeft("35 verdachten t/m Q3")


def test_api_en_lijst_zeggen_hetzelfde(monkeypatch: pytest.MonkeyPatch) -> None:
    maak_monitor()
    Verleden(9).beleef(DAGEN[0], keer=8)
    stel_klok(monkeypatch, EINDE)
    client = als("rvo-lid")
    rijen = bestand(client, met("/indicatoren/?kwartaal=2025-Q3&_export=csv", DAGEN[0]))
    lijst = {rij[0]: rij[rijen[0].index("Waarom")] for rij in rijen[1:]}
    namen = dict(Indicator.objects.values_list("code", "naam"))
    van_api = {namen[r["indicator"]]: r["reden"] for r in antwoord(client, met(f"{API}&onderdeel=RE07", DAGEN[0]))}
    assert van_api
    assert van_api.items() <= lijst.items()


class TestWieWat:
    """Rights are those of today, and of staff an earlier day shows less, never more."""

    @pytest.fixture(autouse=True)
    def _monitor(self, monkeypatch: pytest.MonkeyPatch) -> None:
        maak_monitor()
        stel_klok(monkeypatch, EINDE)

    VERZUIM = "/indicatoren/verzuim/?kwartaal=2025-Q3"
    HALF = "/indicatoren/verzuim/?kwartaal=2025-Q4"

    def test_een_districtschef_ziet_ook_toen_geen_ander_district(self) -> None:
        chef = zichtbaar(als("districtschef", onderdeel="A"), met(self.VERZUIM, DAGEN[0]))
        assert "A1 Onderdeel A1" in onderdelen(chef)
        assert not chef.ergens("Onderdeel B")

    def test_per_district_alleen_zoals_nu_bekend_voor_wie_kleine_aantallen_mist(self) -> None:
        lid = als("rvo-lid")
        assert "A Onderdeel A" in onderdelen(zichtbaar(lid, self.VERZUIM))
        toen = zichtbaar(lid, met(self.VERZUIM, DAGEN[0]))
        assert not toen.ergens("Onderdeel A")
        assert toen.heeft("alleen zoals ze nu bekend zijn")
        analist = zichtbaar(als("analist"), met(self.VERZUIM, DAGEN[0]))
        assert "A Onderdeel A" in onderdelen(analist)
        assert not analist.heeft("alleen zoals ze nu bekend zijn")
        assert {rij["onderdeel"] for rij in antwoord(lid, met(f"{API}&indicator=verzuim", DAGEN[0]))} == {"RE07"}

    @pytest.mark.parametrize("rol", ["analist", "rvo-lid", "portefeuillehouder"])
    def test_niemand_ziet_toen_meer_plekken_dan_nu(self, rol: str) -> None:
        client = als(rol, **({"thema": "wijk"} if rol == "portefeuillehouder" else {}))
        plek = lambda rij: (rij["indicator"], rij["onderdeel"])  # noqa: E731
        toen = {plek(rij) for rij in antwoord(client, met(f"{API}&perPagina=1000", DAGEN[0]))}
        assert toen <= {plek(rij) for rij in antwoord(client, f"{API}&perPagina=1000")}

    def test_een_half_gevulde_eenheid_verraadt_geen_team(self) -> None:
        """Of two days between which one team delivered, the difference is that team."""
        verzuim = Indicator.objects.get(code="verzuim")
        teams = [m.onderdeel for m in Meting.objects.filter(indicator=verzuim, kwartaal=3).select_related("onderdeel")]
        for nummer, team in enumerate(teams):
            op = moment(DAGEN[2] if nummer == 0 else DAGEN[3])
            plek = {"indicator": verzuim, "onderdeel": team, "jaar": 2025, "kwartaal": 4}
            MetingFactory(**plek, waarde=None, teller=7, noemer=100, vastgesteld_op=op)
        herbereken(vandaag=EINDE)
        lid, analist = als("rvo-lid"), als("analist")
        assert zichtbaar(analist, met(self.HALF, DAGEN[2])).heeft("5,5%")
        half = zichtbaar(lid, met(self.HALF, DAGEN[2]))
        assert half.heeft("Nog niet van alle teams; het cijfer komt als alle 5 er zijn. 1 van 5 teams heeft geleverd.")
        zonder_as = half.tekst.replace(
            "5,4% 5,5% 5,6% 5,7% 5,8% 5,9%", ""
        )  # of what stands there: 5,4 and a target of 5,9
        assert not re.search(r"5,5%|van 1\.600", zonder_as)
        assert not re.search(r'"5,5', json.dumps(figuur(lid, met("/indicatoren/verzuim/", DAGEN[2]))["data"]))
        van_api = antwoord(lid, met("/api/v1/doelbereik?jaar=2025&kwartaal=4&indicator=verzuim", DAGEN[2]))
        assert [(rij["waarde"], rij["cumulatief"]) for rij in van_api] == [(None, None)]
        toen, nu = (zichtbaar(lid, adres).gegevens for adres in (met(self.HALF, DAGEN[3]), self.HALF))
        assert toen == nu
        assert zichtbaar(lid, self.HALF).heeft("5,8%")

    def test_ook_van_een_jaar_zonder_doel_verraadt_de_eenheid_geen_team(self) -> None:
        """There nobody must deliver: what has come by now says what was still missing."""
        verzuim = Indicator.objects.get(code="verzuim")
        teams = [m.onderdeel for m in Meting.objects.filter(indicator=verzuim, kwartaal=3).select_related("onderdeel")]
        for nummer, team in enumerate(teams):
            plek = {"indicator": verzuim, "onderdeel": team, "jaar": 2024, "kwartaal": 4}
            MetingFactory(**plek, waarde=None, teller=7, noemer=100, vastgesteld_op=moment(DAGEN[min(nummer, 4)]))
        herbereken(vandaag=EINDE)
        vraag = "/api/v1/doelbereik?jaar=2024&kwartaal=4&indicator=verzuim&onderdeel=RE07"
        van_dagen = {rol: [antwoord(als(rol), met(vraag, dag)) for dag in DAGEN] for rol in ("rvo-lid", "analist")}
        cijfers = {rol: [rij["cumulatief"] for rijen in dagen for rij in rijen] for rol, dagen in van_dagen.items()}
        assert cijfers == {"rvo-lid": [*[None] * 4, "7"], "analist": ["7"] * 5}

    def test_wie_een_kwartaal_vraagt_krijgt_niet_wat_het_hele_jaar_verzwijgt(self) -> None:
        """Of the year so far a later quarter holds the team that came late in an earlier one, asked for or not."""
        verzuim = Indicator.objects.get(code="verzuim")
        teams = [m.onderdeel for m in Meting.objects.filter(indicator=verzuim, kwartaal=3).select_related("onderdeel")]
        for nummer, team in enumerate(teams):
            for kwartaal, dag in ((1, DAGEN[3 if nummer else 1]), (2, DAGEN[1])):
                plek = {"indicator": verzuim, "onderdeel": team, "jaar": 2024, "kwartaal": kwartaal}
                MetingFactory(**plek, waarde=None, teller=7, noemer=100, vastgesteld_op=moment(dag))
        herbereken(vandaag=EINDE)
        vraag = "/api/v1/doelbereik?jaar=2024&indicator=verzuim&onderdeel=RE07"
        for rol, leest in (("rvo-lid", False), ("analist", True)):
            (los,) = antwoord(als(rol), met(f"{vraag}&kwartaal=2", DAGEN[1]))
            assert los in antwoord(als(rol), met(vraag, DAGEN[1]))
            assert (los["cumulatief"] is not None) is leest

    def test_een_district_dat_voor_een_jaar_wegblijft_komt_niet_terug_langs_een_ander_jaar(self) -> None:
        verzuim = Indicator.objects.get(code="verzuim")
        for meting in Meting.objects.filter(indicator=verzuim, kwartaal=1).select_related("onderdeel"):
            plek = {"indicator": verzuim, "onderdeel": meting.onderdeel, "jaar": 2024, "kwartaal": 1}
            MetingFactory(**plek, waarde=None, teller=50, noemer=100)
        herbereken(vandaag=EINDE)
        Doelbereik.objects.filter(indicator=verzuim, onderdeel__code="B", jaar=2025, kwartaal=3).update(teller=1)
        lid = als("rvo-lid")
        nu = {rij["onderdeel"] for rij in antwoord(lid, f"{API}&indicator=verzuim")}
        assert "B" not in nu
        assert {rij["onderdeel"] for rij in antwoord(lid, met(f"{API}&indicator=verzuim", DAGEN[0]))} <= nu

    def test_wie_geen_cijfers_leest_leest_ze_ook_niet_van_toen(self) -> None:
        beheerder = als("beheerder")
        pagina = lees(beheerder, met("/", DAGEN[0]))
        assert pagina.kop1 == "De thema's van de agenda"
        assert not pagina.heeft("U kijkt terug")
        assert not pagina.heeft("zoals bekend op")
        assert beheerder.get(met("/indicatoren/verdachten/", DAGEN[0])).status_code == 404


class TestDeDag:
    @pytest.fixture(autouse=True)
    def _monitor(self, monkeypatch: pytest.MonkeyPatch) -> None:
        maak_monitor()
        stel_klok(monkeypatch, EINDE)

    @pytest.mark.parametrize(
        ("dag", "zin"),
        [
            ("2026-05-07", "ligt in de toekomst"),
            ("31-12-9999", "ligt in de toekomst"),
            ("gisteren", "geen datum"),
            ("2026-02-30", "geen datum"),
            ("30-06", "geen datum"),
            ("%00", "geen datum"),
            ("0000-01-01", "geen datum"),
            ("0001-01-01", "vanaf 01-01-2000"),
            ("٢٠٢٦-01-01", "geen datum"),
        ],
    )
    def test_een_dag_die_niet_kan_krijgt_een_zin(self, dag: str, zin: str) -> None:
        client = als("rvo-lid")
        for adres in ("/", "/themas/wijk/", "/indicatoren/", "/indicatoren/verdachten/", FIGUUR):
            gekregen = client.get(f"{adres}?peildatum={dag}")
            assert gekregen.status_code == 400
            assert Pagina.van(gekregen).inhoud.heeft(zin)

    @pytest.mark.parametrize("dag", ["2000-01-01", "2022-12-31", "2025-10-31"])
    def test_voor_de_eerste_waarde_staat_er_dat_er_niets_was(self, dag: str) -> None:
        client = als("rvo-lid")
        for adres in ("/", "/themas/wijk/", "/indicatoren/", "/indicatoren/verdachten/"):
            pagina = lees(client, f"{adres}?peildatum={dag}")
            assert pagina.deel("Terugblik").heeft("Op die dag was nog geen enkele waarde vastgesteld.")
            assert not pagina.heeft("Bespreken")
            assert not pagina.heeft("21 verdachten")

    def test_vandaag_is_de_gewone_pagina(self) -> None:
        client = als("rvo-lid")
        for dag in ("2026-05-06", "06-05-2026", "6-5-2026", ""):
            pagina = lees(client, f"/?peildatum={dag}")
            assert pagina.heeft("Voortgang in Q1 2026")
            assert not pagina.heeft("U kijkt terug")
        assert alles(zichtbaar(client, "/?peildatum=2026-05-06")) == alles(zichtbaar(client, "/"))

    def test_beide_schrijfwijzen_zijn_dezelfde_dag(self) -> None:
        client = als("rvo-lid")
        een, ander = (alles(zichtbaar(client, f"/?peildatum={dag}")) for dag in ("24-11-2025", "2025-11-24"))
        assert een == ander

    def test_een_kwartaal_van_later_is_er_dan_niet(self) -> None:
        client = als("rvo-lid")
        gekregen = client.get("/?kwartaal=2026-Q1&peildatum=2025-11-24")
        assert gekregen.status_code == 400
        assert Pagina.van(gekregen).heeft("was Q1 2026 nog niet begonnen")
        assert max(lees(client, "/?peildatum=2025-11-24").veld("Kwartaal").keuzes) == "2025-Q4"
        assert client.get("/?kwartaal=1999-Q1&peildatum=2025-11-24").status_code == 400

    def test_het_kwartaal_van_toen_is_de_eerste_keuze(self) -> None:
        user = maak_persoon("rvo-lid")
        toen, nu = bepaal(user, "", EINDE, "2025-11-24"), bepaal(user, "", EINDE)
        assert (str(toen.kwartaal), toen.vraag) == ("2025-Q3", "?peildatum=2025-11-24")
        assert toen.bekend.vraag(toen.kwartaal) == "?kwartaal=2025-Q3&peildatum=2025-11-24"
        assert (str(nu.kwartaal), nu.vraag, nu.bekend.dag) == ("2026-Q1", "", None)
        assert bepaal(user, "2025-Q2", EINDE, "2025-11-24").vraag == "?kwartaal=2025-Q2&peildatum=2025-11-24"

    @pytest.mark.parametrize("adres", ["/", "/themas/opsporing/", "/indicatoren/", "/indicatoren/verdachten/"])
    def test_elke_verwijzing_naar_een_cijferpagina_houdt_de_dag(self, adres: str) -> None:
        links = lees(als("rvo-lid"), f"{adres}?peildatum=2025-11-24").links
        cijferpagina = re.compile(r"(/|/themas/.*|/indicatoren/[a-z-]*/?)(\?.*)?")
        wegen = [link.adres for link in links if cijferpagina.fullmatch(link.adres)]
        zonder = {weg for weg in wegen if "peildatum=2025-11-24" not in weg}
        assert zonder <= {"/", adres}  # the name of the site, and the way back to today
        assert len(wegen) > len(zonder)

    def test_de_uitvoer_zegt_van_welke_dag_zij_is(self) -> None:
        client = als("rvo-lid")
        for adres in ("/indicatoren/", "/indicatoren/verdachten/", "/indicatoren/aanrijdtijd/"):
            for tabel in ("indicatoren",) if adres == "/indicatoren/" else ("metingen", "onderdelen"):
                inhoud = client.get(f"{adres}?peildatum=2025-11-24&_export=csv&_tabel={tabel}").content.decode()
                assert inhoud.count("Dit is wat op 24-11-2025 bekend was, niet wat nu bekend is.") == 1
                assert "bekend was" not in client.get(f"{adres}?_export=csv&_tabel={tabel}").content.decode()

    def test_er_wordt_niets_bewaard(self) -> None:
        with als_superuser():
            Figuur.objects.all().delete()
        client = als("rvo-lid")
        for adres in ("/", "/themas/wijk/", "/indicatoren/verdachten/", FIGUUR):
            assert client.get(f"{adres}?peildatum=2025-11-24").status_code == 200
        assert client.get(f"{FIGUUR}?peildatum=2025-11-24&_figuur=figuur-aanrijdtijd").status_code == 202
        assert not Figuur.objects.exists()
        assert not Doelbereik.objects.filter(jaar__gt=VANDAAG.year).exists()

    def test_een_grafiek_met_andere_cijfers_heeft_een_ander_merk(self) -> None:
        client = als("rvo-lid")
        dagen = ("", *(f"&peildatum={dag}" for dag in DAGEN))
        gekregen = [figuur_van(client, f"{FIGUUR}?kwartaal=2025-Q3{dag}") for dag in dagen]
        assert len({een["ETag"] for een in gekregen}) == len({een.content for een in gekregen})
        dag = f"{FIGUUR}?peildatum=2025-11-24"
        niets_nieuws = figuur_van(client, dag, **{"If-None-Match": figuur_van(client, dag)["ETag"]})
        assert niets_nieuws.status_code == 304


def lees(client: Client, adres: str) -> Pagina:
    gekregen = client.get(adres)
    assert gekregen.status_code == 200, adres
    return Pagina.van(gekregen)


def onderdelen(pagina: Pagina) -> list[str]:
    return [rij.kop for rij in pagina.deel("Per district en team").tabel("per kwartaal").rijen]
