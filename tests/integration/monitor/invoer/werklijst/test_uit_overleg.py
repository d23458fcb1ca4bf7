"""What a meeting asks of whom: the owner first, nobody who may not answer, and not longer than it waits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from monitor.invoer.werklijst.punten import Bezigheid, TeDoen
from monitor.invoer.werklijst.takenlijst import lees_takenlijst
from monitor.models import Indicator
from sturing.lezen.sinds import lees_spoor
from sturing.lezen.vergadering import Tijdvak
from sturing.overleg.acties.services import maak_actie, meld_gereed, verzet
from sturing.overleg.services import neem_besluit, voeg_punt_toe, zet_op_agenda
from sturing.overleg.vragen.selectors import Onderwerp
from sturing.overleg.vragen.services import beantwoord, geef_vrij, meld_gelezen, stel_vraag
from tests.factories import EigenaarschapFactory, maak_hoofdlijn, maak_planactiviteit
from tests.integration.sturing.overleg.opstelling import (
    MENSEN,
    VANDAAG,
    door,
    maak_mensen,
    over,
    overleg,
    vraag,
    wie,
)
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
D = timedelta(days=1)


@pytest.fixture(autouse=True)
def _opstelling(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda waarde=None, *a: waarde.date() if waarde else VANDAAG)
    maak_mensen()


def als(naam: str) -> Client:
    client = Client()
    client.force_login(wie(naam))
    return client


def punten(naam: str, dag: date = VANDAAG) -> list[TeDoen]:
    return [punt for punt in lees_takenlijst(wie(naam), dag).punten if punt.groep.bezigheid == Bezigheid.OVERLEG]


def bij_wie() -> dict[str, str]:
    return {naam: van[0].groep.rest for naam in MENSEN if (van := punten(naam))}


def test_een_vraag_gaat_van_de_houder_naar_de_voorbereider_en_terug_naar_wie_vroeg() -> None:
    gesteld = vraag()
    assert bij_wie() == {"porte": "te beantwoorden"}
    beantwoord(gesteld, "Daarom.", gezien=0, **door("porte"))
    assert bij_wie() == {"dirk": "vrij te geven", "dora": "vrij te geven"}
    geef_vrij(gesteld, gezien=1, **door("dirk"))
    assert bij_wie() == {"rob": "op wat u vroeg of adviseerde"}
    meld_gelezen(gesteld, **door("rob"))
    assert bij_wie() == {}
    beantwoord(gesteld, "Of toch niet.", gezien=1, **door("dirk"))
    assert bij_wie() == {"dora": "vrij te geven"}


def test_de_eigenaar_van_het_cijfer_gaat_voor_die_van_het_thema() -> None:
    EigenaarschapFactory(indicator=Indicator.objects.get(code="een"), persoon=wie("anna"), geldig_vanaf=VANDAAG - D)
    vraag()
    assert bij_wie() == {"anna": "te beantwoorden"}


def test_zonder_houder_is_het_van_wie_mag_antwoorden_behalve_wie_het_overleg_voorbereidt() -> None:
    vraag(code="breed")
    assert bij_wie() == {"anna": "te beantwoorden"}


def test_te_laat_als_het_overleg_is_geweest() -> None:
    vraag(overleg=overleg(VANDAAG + 5 * D))
    [voor], [na] = punten("porte", VANDAAG + 5 * D), punten("porte", VANDAAG + 6 * D)
    assert (voor.te_laat, na.te_laat) == (False, True)
    assert "Waarom?" in voor.reden
    assert "Waarom?" not in voor.naam + voor.stand  # what goes by mail holds no text of people


def test_een_actie_staat_bij_haar_eigenaar_tot_zij_gereed_is() -> None:
    besluit = neem_besluit(voeg_punt_toe(overleg(VANDAAG), "Punt", **door("dirk")), "Doen.", **door("dirk"))
    actie = maak_actie(besluit, "Zoek 14 zaken uit", wie("rob"), VANDAAG + D, **door("dirk"))
    assert bij_wie() == {"rob": "uit het overleg"}
    eerst = punten("rob")[0]
    assert "14" not in eerst.naam + eerst.stand
    assert [een.te_laat for een in punten("rob", VANDAAG + 2 * D)] == [True]
    verzet(actie, VANDAAG + 9 * D, "Later.", eigenaar=wie("vera"), gezien=1, **door("dirk"))
    assert bij_wie() == {"vera": "uit het overleg"}
    meld_gereed(actie, "Gedaan.", gezien=2, **door("vera"))
    assert bij_wie() == {}


def test_wie_vroeg_vindt_het_terug_met_wie_aan_zet_is_en_het_telt_niet_mee() -> None:
    gesteld = vraag(tekst="Waarom zo laag?")
    advies = stel_vraag(over("breed"), "Betrek de wijk.", formulier="a", **door("ada"))
    mijn = {naam: Pagina.van(als(naam).get("/voor-mij/")) for naam in ("rob", "rosa", "ada", "anna")}
    assert mijn["rob"].heeft("Er wacht niets op u.")
    deel = mijn["rob"].deel("Wat u vroeg")
    assert deel.link("Waarom zo laag?") == gesteld.adres
    assert deel.heeft("Wacht op antwoord van porte")
    assert mijn["ada"].deel("Uw adviezen").link("Betrek de wijk.") == advies.adres
    assert mijn["rosa"].deel("Wat u vroeg").heeft("U vroeg nog niets.")
    assert "Wat u vroeg" not in mijn["anna"].koppen
    pagina = Pagina.van(als("rob").get(gesteld.adres))
    assert pagina.heeft("Wie antwoordt: porte. Een programmadirecteur geeft het antwoord daarna vrij.")
    assert not Pagina.van(als("porte").get("/voor-mij/")).heeft("Wat u vroeg")


def test_een_vraag_over_een_activiteit_hoort_bij_haar_thema() -> None:
    versie = maak_planactiviteit(maak_hoofdlijn("werk"), titel="Werven", eigenaar=wie("vera"))
    gesteld = stel_vraag(Onderwerp(plan=versie.plan), "Loopt dit?", formulier="x", **door("rob"))
    thema = versie.plan.hoofdlijn.thema
    assert [(punt.naam, punt.waar) for punt in punten("vera")] == [("Werven", thema.naam)]
    punt = zet_op_agenda(gesteld, overleg(VANDAAG), **door("dirk"))
    besluit = neem_besluit(punt, "Doorgaan.", **door("dirk"))
    vak = Tijdvak(VANDAAG - D, VANDAAG, VANDAAG)
    regels = {regel.naam: regel.thema for regel in lees_spoor(wie("rosa"), vak, {})}
    assert regels["Loopt dit?"] == regels[besluit.tekst.rstrip(".")] == "werk"
    assert Pagina.van(als("rosa").get(punt.overleg.adres)).plek(f"punt-{punt.pk}").link(thema.naam) == "/themas/werk/"
    [uit] = als("rosa").get("/api/v1/vragen").json()["resultaten"]
    assert uit["themas"] == ["werk"]
    [van] = als("rosa").get("/api/v1/overleggen").json()["resultaten"]
    assert [een["thema"] for een in van["agenda"]] == ["werk"]
