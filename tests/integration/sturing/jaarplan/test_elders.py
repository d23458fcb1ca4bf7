"""The jaarplan where it is met on other pages: the theme page, Voor mij, the API, and the demo."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from monitor.invoer.werklijst.punten import Bezigheid, TeDoen
from monitor.invoer.werklijst.takenlijst import lees_takenlijst
from strategie.models import Hoofdlijn
from sturing.jaarplan.services import wijzig
from sturing.regels.planinvoer import Mijlpaaltekst
from tests.factories import IndicatorFactory, maak_eenheid, maak_hoofdlijn, maak_persoon, maak_planactiviteit
from tests.factories.jaarplan import plantekst
from tests.pagina import Pagina
from tests.querytelling import tel

pytestmark = pytest.mark.django_db
VANDAAG = date(2025, 6, 15)
TOEN = datetime(2025, 1, 5, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _vandaag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda m=None: timezone.localtime(m).date() if m else VANDAAG)


@pytest.fixture
def lijn() -> Hoofdlijn:
    maak_eenheid()
    return maak_hoofdlijn(activiteiten=2)


def client_van(persoon: User) -> Client:
    client = Client()
    client.force_login(persoon)
    return client


def test_de_themapagina_toont_per_hoofdlijn_wat_er_gebeurt_en_wat_niet_gepland_is(lijn: Hoofdlijn) -> None:
    een, _ = lijn.activiteiten.all()
    maak_planactiviteit(lijn, titel="Later klaar", op=TOEN, eind="2025-12-31", uit=een)
    maak_planactiviteit(lijn, titel="Te laat klaar", op=TOEN, eind="2025-05-31")
    maak_planactiviteit(lijn, jaar=2024, titel="Van vorig jaar", op=TOEN, begin="2024-01-01", eind="2024-12-31")
    pagina = Pagina.van(client_van(maak_persoon("rvo-lid")).get("/themas/proefthema/"))
    tekst = pagina.tekst
    assert tekst.index("Te laat klaar") < tekst.index("Later klaar")
    assert "Van vorig jaar" not in tekst
    assert "Wat de agenda noemt, 2 (niet in het jaarplan)" in tekst
    assert "Wat de agenda noemt, 1 (niet" not in tekst


def test_met_tien_keer_zoveel_activiteiten_vraagt_de_themapagina_even_vaak(lijn: Hoofdlijn) -> None:
    client = client_van(maak_persoon("rvo-lid"))
    for adres in ("/themas/proefthema/", "/jaarplan/2025/"):
        tellingen = []
        for aantal in (3, 30):
            for nr in range(aantal):
                maak_planactiviteit(
                    lijn, titel=f"Nummer {aantal}-{nr} {adres}", op=TOEN, mijlpalen=[("2025-03-01", "Begonnen", "")]
                )
            tellingen.append(tel(client, adres)[0])
        assert tellingen[0] == tellingen[1], adres


def punten(persoon: User, dag: date = VANDAAG) -> list[TeDoen]:
    lijst = lees_takenlijst(User.objects.get(pk=persoon.pk), dag)
    return [punt for punt in lijst.punten if punt.groep.bezigheid is Bezigheid.ACTIVITEITEN]


def test_de_eigenaar_hoort_wat_te_laat_is_of_een_kwartaal_stil(lijn: Hoofdlijn) -> None:
    eigenaar, houder = maak_persoon("analist"), maak_persoon("portefeuillehouder", thema="proefthema")
    laat = maak_planactiviteit(lijn, titel="Te laat", op=TOEN, eind="2025-05-31", eigenaar=eigenaar)
    maak_planactiviteit(lijn, titel="Stil", op=TOEN, eigenaar=eigenaar)
    maak_planactiviteit(lijn, titel="Pas bijgewerkt", op=datetime(2025, 6, 1, 12, tzinfo=UTC), eigenaar=eigenaar)
    maak_planactiviteit(lijn, titel="Begint nog", op=TOEN, begin="2025-09-01", eigenaar=eigenaar)
    maak_planactiviteit(lijn, titel="Van niemand", op=TOEN)
    mijn = {punt.naam: punt for punt in punten(eigenaar)}
    assert mijn.keys() == {"Te laat", "Stil"}
    assert mijn["Te laat"].te_laat
    assert mijn["Te laat"].sinds.date() == date(2025, 6, 1)
    assert mijn["Te laat"].adres == f"/jaarplan/activiteiten/{laat.plan_id}/#wijzigen"
    assert mijn["Stil"].stand == "niet bijgewerkt sinds 05-01-2025"
    assert [punt.naam for punt in punten(houder)] == ["Van niemand"]
    assert punten(maak_persoon("rvo-lid")) == []


def test_wie_eerlijk_bijwerkt_wordt_een_maand_niet_opnieuw_gevraagd(lijn: Hoofdlijn) -> None:
    eigenaar, ander = maak_persoon("analist"), maak_persoon("analist", naam="ander")
    eerst, straks = ("2025-05-01", "Getekend", ""), ("2025-07-01", "Begonnen", "")
    plan = {"titel": "Te laat", "eigenaar": eigenaar, "mijlpalen": [eerst, straks]}
    laat = maak_planactiviteit(lijn, op=TOEN, **plan)
    assert [punt.stand for punt in punten(eigenaar)] == ["mijlpaal van 01-05-2025 niet bereikt: Getekend"]
    vertraagd = plantekst(status="vertraagd", reden="De leverancier is laat.", **plan)
    op = datetime(2025, 6, 10, 12, tzinfo=UTC)
    wijzig(laat.plan_id, vertraagd, 1, door=eigenaar, herkomst="proef", op=op)
    assert punten(eigenaar) == []
    assert punten(eigenaar, date(2025, 7, 1)) == []
    [mijlpaal] = punten(eigenaar, date(2025, 7, 2))  # what came to be late since is asked at once
    assert mijlpaal.stand.startswith("laatst bijgewerkt op 10-06-2025; mijlpaal van 01-05-2025 niet bereikt")
    bereikt = replace(
        vertraagd, mijlpalen=[Mijlpaaltekst(*eerst), Mijlpaaltekst("2025-07-01", "Begonnen", "2025-06-10")]
    )
    wijzig(laat.plan_id, bereikt, 2, door=eigenaar, herkomst="proef", op=op)
    assert punten(eigenaar, date(2025, 7, 11)) == []
    [weer] = punten(eigenaar, date(2025, 7, 12))
    assert (weer.te_laat, weer.sinds.date()) == (True, date(2025, 7, 12))
    assert punten(ander, date(2025, 7, 12)) == []


def test_wat_een_ander_schreef_laat_de_eigenaar_aan_zet(lijn: Hoofdlijn) -> None:
    eigenaar, plan = maak_persoon("analist"), {"eind": "2025-05-31"}
    laat = maak_planactiviteit(lijn, op=TOEN, eigenaar=eigenaar, **plan)
    tekst, op = plantekst(reden="Van boven.", eigenaar=eigenaar, **plan), datetime(2025, 6, 10, 12, tzinfo=UTC)
    wijzig(laat.plan_id, tekst, 1, door=laat.door, herkomst="proef", op=op)
    assert [punt.stand for punt in punten(eigenaar)] == ["laatst bijgewerkt op 10-06-2025; het einde was 31-05-2025"]


def test_van_wie_geen_rol_meer_heeft_gaat_het_naar_wie_het_plan_bijhoudt(lijn: Hoofdlijn) -> None:
    eigenaar, houder = maak_persoon("analist"), maak_persoon("portefeuillehouder", thema="proefthema")
    ander = maak_persoon("portefeuillehouder", naam="ander", thema="elders")
    maak_planactiviteit(lijn, titel="Verweesd", op=TOEN, eigenaar=eigenaar)
    assert punten(houder) == []
    eigenaar.rolvervullingen.update(geldig_tot=VANDAAG)
    assert [punt.naam for punt in punten(houder)] == ["Verweesd"]
    assert punten(ander) == []
    directeur = maak_persoon("programmadirecteur")
    assert punten(directeur) == []
    houder.rolvervullingen.update(geldig_tot=VANDAAG)
    assert [punt.naam for punt in punten(directeur)] == ["Verweesd"]


def test_de_api_zegt_hetzelfde_als_de_pagina(lijn: Hoofdlijn) -> None:
    IndicatorFactory(code="proef")
    een = lijn.activiteiten.first()
    versie = maak_planactiviteit(
        lijn, op=TOEN, eind="2025-05-31", uit=een, indicatoren=["proef"], mijlpalen=[("2025-03-01", "Begonnen", "")]
    )
    client = client_van(maak_persoon("rvo-lid"))
    uit: dict[str, Any] = client.get("/api/v1/planactiviteiten?jaar=2025").json()
    assert uit["totaal"] == 1
    rij = uit["resultaten"][0]
    assert rij | {"bijgewerktOp": ""} == {
        "id": versie.plan_id,
        "jaar": 2025,
        "thema": "proefthema",
        "hoofdlijn": 1,
        "nummer": 1,
        "versie": 1,
        "titel": "Proef met wijkteams",
        "eigenaar": None,
        "begin": "2025-02-01",
        "eind": "2025-05-31",
        "status": "op-schema",
        "reden": None,
        "teLaat": ["het einde was 31-05-2025", "mijlpaal van 01-03-2025 niet bereikt: Begonnen"],
        "mijlpalen": [{"datum": "2025-03-01", "titel": "Begonnen", "gereedOp": None}],
        "indicatoren": ["proef"],
        "uitAgenda": "Wat de agenda noemt, 1",
        "bijgewerktOp": "",
    }
    assert client.get("/api/v1/planactiviteiten?jaar=2026").json()["totaal"] == 0
    pagina = Pagina.van(client.get("/jaarplan/2025/")).tekst
    assert rij["titel"] in pagina
    assert "Begonnen (te laat)" in pagina
