"""Search over the whole site: what one types is found, where it stands, and nobody gets a way to a closed page."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.tekst.zoeken import woorden_van
from formatie.models import Formatieplan, Formatieregel, Gemeente, Onderdeel
from monitor.dashboards.zoeken import MEESTE_TREFFERS, PAGINAS, Zoekgroep, zoek
from strategie.models import Activiteit, Ambitie, Hoofdlijn
from sturing.models import Activiteitversie, Gebeurtenis
from tests.factories import (
    AgendaFactory,
    IndicatorFactory,
    MonitorregelFactory,
    OnderdeelFactory,
    ThemaFactory,
    maak_eenheid,
    maak_hoofdlijn,
    maak_persoon,
    maak_planactiviteit,
)
from tests.pagina import Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
VANDAAG = date(2025, 11, 23)


@pytest.fixture(autouse=True)
def _wereld() -> None:
    maak_eenheid()
    OnderdeelFactory(code="DRR", naam="Dienst Regionale Recherche", soort=Onderdeel.Soort.DIENST)
    agenda = AgendaFactory()
    thema = ThemaFactory(agenda=agenda, slug="mens", naam="Uitbuiting", samenvatting="Mensenhandel en arbeid.")
    for code, naam, definitie in (
        ("ziekteverzuim", "Ziekteverzuim", "Het deel van de tijd dat mensen ziek zijn."),
        ("mensenhandel-onderzoeken", "Onderzoeken mensenhandel", "Hoeveel onderzoeken er zijn afgerond."),
        ("aanrijdtijd-prio1", "Aanrijdtijd prio 1", "Binnen vijftien minuten ter plaatse; 100% gemeten_na_aankomst."),
        ("coordinatie", "Coördinatie één loket", "Telt de loketten."),
    ):
        indicator = IndicatorFactory(code=code, naam=naam, definitie=definitie)
        MonitorregelFactory(agenda=agenda, thema=thema, indicator=indicator, rubriek="Rubriek X")
    Ambitie.objects.create(thema=thema, nummer=2, tekst="Slachtoffers voelen zich gehoord.", bronregel="41")
    lijn = Hoofdlijn.objects.create(
        thema=thema, nummer=3, titel="Signalen delen", tekst="Samen met gemeenten.", bronregel="42"
    )
    Activiteit.objects.create(hoofdlijn=lijn, nummer=1, tekst="Wijkagenten opleiden in signalen.", bronregel="43")
    op = datetime(2025, 6, 1, 12, tzinfo=UTC)
    mijlpaal = ("2025-03-01", "Tussenstand besproken", "")
    maak_planactiviteit(
        maak_hoofdlijn(), op=op, status="vertraagd", reden="Uitgesteld door drukte.", mijlpalen=[mijlpaal]
    )
    door = maak_persoon("analist", naam="noteerder")
    Gebeurtenis.objects.create(
        soort="campagne", datum=date(2025, 4, 1), titel="Lenteactie", bron="Pers", door=door, op=op
    )
    Gemeente.objects.create(slug="schiedam", naam="Schiedam", bronregel="44")
    plan = Formatieplan.objects.create(
        slug="p", naam="Plan", besluit="RVO", besluitdatum=VANDAAG, geldig_vanaf=date(2023, 1, 1), bronregel="1"
    )
    Formatieregel.objects.create(
        plan=plan, sleutel="wijk", volgnummer=1, dienst="4. Wijk", naam="Wijkagent", soort="regel",
        fte=Decimal(4), fte_gedrukt="4", bronregel="45",
    )  # fmt: skip


def _zoek(vraag: str, rol: str = "rvo-lid") -> dict[str, Zoekgroep]:
    return {groep.naam: groep for groep in zoek(maak_persoon(rol), woorden_van(vraag), VANDAAG)}


def _kaal(titel: str) -> str:
    return re.sub("</?mark>", "", titel)


def _titels(vraag: str, soort: str) -> list[str]:
    gevonden = _zoek(vraag).get(soort)
    return [_kaal(treffer.titel) for treffer in gevonden.treffers] if gevonden else []


@pytest.mark.parametrize(
    ("vraag", "soort", "titel"),
    [
        ("mensenh", "Indicatoren", "Onderzoeken mensenhandel"),
        ("MENSENHANDEL onderzoek", "Indicatoren", "Onderzoeken mensenhandel"),
        ("ziek", "Indicatoren", "Ziekteverzuim"),
        ("prio 1", "Indicatoren", "Aanrijdtijd prio 1"),
        ("coordinatie een", "Indicatoren", "Coördinatie één loket"),
        ("COÖRDINATIE", "Indicatoren", "Coördinatie één loket"),
        ("loketten", "Indicatoren", "Coördinatie één loket"),
        ("rubriek x", "Indicatoren", "Ziekteverzuim"),
        ("arbeid", "Thema's", "Uitbuiting"),
        ("slachtoffer", "Ambities", "Slachtoffers voelen zich gehoord."),
        ("signaal", "Hoofdlijnen", "Signalen delen"),
        ("signalen delen", "Hoofdlijnen", "Signalen delen"),
        ("opleiden wijkagent", "Activiteiten", "Wijkagenten opleiden in signalen."),
        ("A2", "Onderdelen", "A2 Onderdeel A2"),
        ("a2", "Onderdelen", "A2 Onderdeel A2"),
        ("recherche", "Onderdelen", "DRR Dienst Regionale Recherche"),
        ("wijkteams", "Jaarplan", "Proef met wijkteams"),
        ("tussenstand", "Jaarplan", "Proef met wijkteams"),
        ("uitgesteld", "Jaarplan", "Proef met wijkteams"),
        ("lenteactie", "Gebeurtenissen", "Lenteactie"),
        ("ladder", "Pagina's", "Ladder"),
        ("gebeurtenis", "Pagina's", "Gebeurtenissen"),
        ("wijkagent", "Formatieregels", "Wijkagent"),
        ("schie", "Gemeenten", "Schiedam"),
        ("OS", "Begrippen", "OS"),
        ("nb", "Begrippen", "nb"),
    ],
)
def test_wat_men_typt_wordt_gevonden(vraag: str, soort: str, titel: str) -> None:
    assert titel in _titels(vraag, soort)


def test_een_andere_vorm_van_het_woord_wordt_ook_gevonden() -> None:
    assert _titels("gehoorde slachtoffers", "Ambities") == ["Slachtoffers voelen zich gehoord."]
    assert "<mark>" in _zoek("signaal")["Hoofdlijnen"].treffers[0].titel


def test_precies_de_code_of_naam_staat_eerst() -> None:
    OnderdeelFactory(code="A21", naam="A2 in de naam", soort=Onderdeel.Soort.DIENST)
    assert _titels("A2", "Onderdelen")[0] == "A2 Onderdeel A2"
    assert next(iter(_zoek("A2"))) == "Onderdelen"
    assert next(iter(_zoek("nb"))) == "Begrippen"
    assert next(iter(_zoek("Ladder"))) == "Pagina's"
    assert next(iter(_zoek("wijkagent"))) in ("Formatieregels", "Begrippen")


def test_elk_woord_moet_er_staan_en_een_kort_woord_aan_het_begin() -> None:
    assert _titels("ziekteverzuim mensenhandel", "Indicatoren") == []
    assert "Onderzoeken mensenhandel" not in _titels("el", "Indicatoren")


@pytest.mark.parametrize("vraag", ["%", "_", "'", "\\", "%%%", "''; --", "\x00", "&|!<->:*()", "🙂", "  ", ""])
def test_tekens_zonder_letter_vinden_niets(vraag: str) -> None:
    assert _zoek(vraag) == {}


@pytest.mark.parametrize(
    "vraag",
    ["x" * 5000, "woord " * 500, "ziek\x00te", "o'verzuim:*", "ziek%", "\u202eziek", "١٢", "é" * 90, "ß"],
)
def test_een_rare_vraag_geeft_een_gewone_pagina(client: Client, vraag: str) -> None:
    client.force_login(maak_persoon("rvo-lid"))
    assert client.get("/zoeken/", {"q": vraag}).status_code == 200


def test_de_weg_leidt_naar_de_plek_zelf() -> None:
    assert _zoek("slachtoffers")["Ambities"].treffers[0].adres == "/themas/mens/#ambitie-2"
    assert _zoek("signalen delen")["Hoofdlijnen"].treffers[0].adres == "/themas/mens/#hoofdlijn-3"
    assert _zoek("opleiden")["Activiteiten"].treffers[0].adres == "/themas/mens/#activiteit-3-1"
    assert _zoek("opleiden")["Activiteiten"].treffers[0].bron == "regel 43 van de agenda"
    assert _zoek("A2")["Onderdelen"].treffers[0].adres == "/onderdelen/A2/"
    assert _zoek("wijkagent")["Formatieregels"].treffers[0].adres == "/formatie/?zoek=Wijkagent#diensten"
    assert _zoek("csv")["Begrippen"].treffers[0].adres == "/begrippen/#csv"


def test_elke_weg_bestaat_en_de_plek_staat_erop(client: Client) -> None:
    client.force_login(maak_persoon("rvo-lid"))
    for vraag in ("wijkteams", "lenteactie", "ladder", "slachtoffers", "signalen", "A2", "wijkagent", "ziek", "os"):
        for groep in _zoek(vraag).values():
            for treffer in groep.treffers:
                pad, _, plek = treffer.adres.partition("#")
                if pad:
                    pagina = client.get(pad)
                    assert pagina.status_code == 200
                    assert not plek or Pagina.van(pagina).plek(plek).tekst


def test_een_beheerder_leest_tekst_maar_krijgt_geen_weg_naar_cijfers() -> None:
    gevonden = _zoek("ziek", "beheerder")
    assert [treffer.adres for treffer in gevonden["Indicatoren"].treffers] == [""]
    assert [treffer.adres for treffer in _zoek("A2", "beheerder")["Onderdelen"].treffers] == [""]
    assert "Formatieregels" not in _zoek("wijkagent", "beheerder")
    assert _zoek("arbeid", "beheerder")["Thema's"].treffers[0].adres == "/themas/mens/"


def test_wie_geen_cijfers_leest_vindt_geen_reden_gebeurtenis_of_gesloten_pagina() -> None:
    assert list(_zoek("uitgesteld", "beheerder")) == []
    assert list(_zoek("lenteactie", "beheerder")) == []
    assert "Pagina's" not in _zoek("ladder", "beheerder")
    [gevonden] = _zoek("wijkteams", "beheerder")["Jaarplan"].treffers
    assert gevonden.adres.startswith("/jaarplan/activiteiten/")


@pytest.mark.parametrize("rol", ["rvo-lid", "beheerder"])
def test_een_pagina_wordt_gevonden_door_wie_haar_kan_openen_en_door_niemand_anders(rol: str, client: Client) -> None:
    client.force_login(maak_persoon(rol))
    for pagina in PAGINAS:
        gaat_open = client.get(reverse(pagina.url)).status_code < 400
        gevonden = _zoek(pagina.naam, rol).get("Pagina's")
        adressen = [treffer.adres for treffer in gevonden.treffers] if gevonden else []
        assert (reverse(pagina.url) in adressen) == gaat_open, pagina


def test_wat_vervangen_of_ingetrokken_is_wordt_niet_gevonden() -> None:
    Activiteitversie.objects.update(vervangen_op=timezone.now())
    Gebeurtenis.objects.update(
        ingetrokken_op=timezone.now(), ingetrokken_door=maak_persoon("analist"), intrekreden="Fout."
    )
    assert "Jaarplan" not in _zoek("wijkteams")
    assert "Gebeurtenissen" not in _zoek("lenteactie")


def test_wat_gevonden_is_blijft_tekst(client: Client) -> None:
    indicator = IndicatorFactory(code="x", naam="<script>fiets</script>", definitie='Een "fiets" <b>& meer</b>')
    MonitorregelFactory(agenda=AgendaFactory(), thema=ThemaFactory(), indicator=indicator)
    client.force_login(maak_persoon("rvo-lid"))
    gevraagd = Pagina.van(client.get("/zoeken/", {"q": '<i>fiets"'}))
    assert gevraagd.kop1 == 'Zoeken naar “<i>fiets"”'
    assert gevraagd.veld("Zoek op de hele site").waarde == '<i>fiets"'
    # Raw: only the mark around what was found is an element, all else is text.
    pagina = client.get("/zoeken/", {"q": "fiets"}).content.decode()
    assert "&lt;script&gt;<mark>fiets</mark>&lt;/script&gt;" in pagina
    assert "Een &quot;<mark>fiets</mark>&quot; &lt;b&gt;&amp; meer&lt;/b&gt;" in pagina


def test_niets_gevonden_helpt_verder(client: Client) -> None:
    client.force_login(maak_persoon("rvo-lid"))
    pagina = Pagina.van(client.get("/zoeken/", {"q": "olifant"}))
    assert pagina.heeft("Niets gevonden voor “olifant”.")
    assert pagina.link("lijst van indicatoren") == "/indicatoren/"
    client.force_login(maak_persoon("beheerder"))
    beheerder = Pagina.van(client.get("/zoeken/", {"q": "olifant"}))
    assert beheerder.heeft("Niets gevonden voor “olifant”.")
    assert "/indicatoren/" not in {link.adres for link in beheerder.links}


def test_van_heel_veel_staat_er_een_begin_en_dat_er_meer_is(client: Client) -> None:
    for nummer in range(MEESTE_TREFFERS + 5):
        Gemeente.objects.create(slug=f"dorp-{nummer}", naam=f"Dorp {nummer}", bronregel="1")
    groep = _zoek("dorp")["Gemeenten"]
    assert len(groep.treffers) == MEESTE_TREFFERS
    assert groep.is_meer
    client.force_login(maak_persoon("rvo-lid"))
    assert Pagina.van(client.get("/zoeken/", {"q": "dorp"})).deel("Gemeenten").heeft("Er zijn er meer.")


@pytest.mark.queries
@pytest.mark.parametrize("aantal", [0, 30])
def test_een_vast_aantal_queries(client: Client, aantal: int) -> None:
    for nummer in range(aantal):
        indicator = IndicatorFactory(code=f"ziek-{nummer}", naam=f"Ziek {nummer}")
        MonitorregelFactory(agenda=AgendaFactory(), thema=ThemaFactory(), indicator=indicator)
        OnderdeelFactory(code=f"Z{nummer}", naam=f"Ziek {nummer}", ouder=Onderdeel.objects.get(code="A"))
    client.force_login(maak_persoon("rvo-lid"))
    controleer("zoeken", *tel(client, "/zoeken/?q=ziek"))


def test_een_lege_vraag_vraagt_de_database_niets(client: Client) -> None:
    client.force_login(maak_persoon("rvo-lid"))
    assert "zoek_" not in tel(client, "/zoeken/")[1]
