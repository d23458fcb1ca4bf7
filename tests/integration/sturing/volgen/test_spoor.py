"""One of each kind, made by its real service: one line in what changed, for who may read it and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from accounts.models import User
from sturing.lezen.sinds import SPOOR, lees_spoor
from sturing.lezen.vergadering import Tijdvak, begin_vanzelf
from sturing.models import Vraag
from sturing.overleg.acties.services import maak_actie, meld_gereed
from sturing.overleg.services import neem_besluit, trek_in, voeg_punt_toe, zet_op_agenda
from sturing.overleg.vragen.services import beantwoord, geef_vrij
from sturing.regels.omvang import Halfjaar
from sturing.regels.sinds import Rubriek
from tests.factories import maak_persoon
from tests.integration.monitor.dashboards.verleden import stel_klok
from tests.integration.sturing.doelenboom.opstelling import ambitie, indicator, koppel, maak_agenda
from tests.integration.sturing.duiding.opstelling import dien_in, neem_aan
from tests.integration.sturing.opstelling import houder, noteer, zeg_en_stel_vast
from tests.integration.sturing.overleg.opstelling import NU, door, overleg, vraag, wie
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
VANDAAG = date(2025, 12, 1)
VAK = Tijdvak(date(2025, 10, 31), VANDAAG, VANDAAG)
Plek = tuple[str, str, str]


@pytest.fixture(autouse=True)
def _mensen(monkeypatch: pytest.MonkeyPatch) -> None:
    stel_klok(monkeypatch, VANDAAG)
    maak_agenda()
    rollen = {"rob": "rvo-lid", "rosa": "rvo-lid", "dirk": "programmadirecteur", "dora": "programmadirecteur"}
    for naam, rol in rollen.items():
        maak_persoon(rol, naam=naam)
    maak_persoon("beheerder", naam="bea")


def _regels(user: User) -> list[Plek]:
    return [(een.rubriek, een.zin, een.adres) for een in lees_spoor(user, VAK, {"verdachten": "opsporing"})]


def _wat_gezegd_is() -> Iterator[Plek]:
    neem_aan(dien_in(maak_persoon("analist", naam="anna")))
    duiding = "/indicatoren/verdachten/duiding/?kwartaal=2025-Q3&onderdeel=RE07"
    yield Rubriek.DUIDING, "duiding van Q3 2025 vastgesteld", duiding
    zo_ver = {"halfjaar": Halfjaar(2025, 1), "bronnen": []}
    zeg_en_stel_vast(ambitie(), NU, door=houder(thema="opsporing"), **zo_ver)
    yield Rubriek.AMBITIE, "op weg (eerste helft van 2025)", "/themas/opsporing/ambities/1/"
    koppel(ambitie(), indicator())
    yield Rubriek.KOPPELING, "hoort bij elkaar", "/agenda/koppelingen/"
    noteer(op=NU)
    yield Rubriek.GEBEURTENIS, "op de tijdas gezet, 12-05-2025", "/gebeurtenissen/"


def _van_het_overleg() -> Iterator[Plek]:
    rvo = overleg(date(2025, 11, 20))
    yield Rubriek.BESLUIT, "gepland op 20-11-2025", rvo.adres
    besluit = neem_besluit(voeg_punt_toe(rvo, "Meer", "", indicator(), **door("dirk")), "Doen.", **door("dirk"))
    yield Rubriek.BESLUIT, "besloten", rvo.adres
    actie = maak_actie(besluit, wat="Bel", eigenaar=wie("dora"), datum=date(2025, 12, 31), **door("dirk"))
    yield Rubriek.BESLUIT, "afgesproken", actie.adres
    meld_gereed(actie, "Gebeld.", gezien=1, **door("dora"))
    yield Rubriek.BESLUIT, "gereed", actie.adres


def _beantwoorde_vraag() -> tuple[Vraag, Plek, Plek]:
    gevraagd = vraag("rob", code="verdachten")
    beantwoord(gevraagd, "Daarom.", gezien=0, **door("dirk"))
    geef_vrij(gevraagd, gezien=1, **door("dora"))
    gesteld, antwoord = ((Rubriek.VRAAG, wat, gevraagd.adres) for wat in ("vraag gesteld", "beantwoord"))
    return gevraagd, gesteld, antwoord


def test_one_of_each_kind_is_one_line_with_an_address_that_is_there() -> None:
    _, *van_vraag = _beantwoorde_vraag()
    verwacht = [*_wat_gezegd_is(), *_van_het_overleg(), *van_vraag]
    assert sorted(_regels(wie("rob"))) == sorted(verwacht)
    assert {soort for soort, *_ in verwacht} == {regel.rubriek for regel in SPOOR}
    client = Client()
    client.force_login(wie("rob"))
    assert {adres: client.get(adres).status_code for _, _, adres in verwacht} == {adres: 200 for *_, adres in verwacht}


def test_a_beheerder_is_told_of_the_meeting_alone() -> None:
    alles = [*_wat_gezegd_is(), *_van_het_overleg(), *_beantwoorde_vraag()[1:]]
    assert _regels(wie("bea")) == [een for een in alles if een[1].startswith("gepland")]


def test_a_line_is_of_the_theme_and_the_indicator_that_it_is_about() -> None:
    [*_wat_gezegd_is()], [*_van_het_overleg()]
    over = {een.zin: een.over for een in lees_spoor(wie("rob"), VAK, {"verdachten": "opsporing"})}
    hier = {("indicator", "verdachten"), ("thema", "opsporing")}
    assert over["besloten"] == over["afgesproken"] == over["gereed"] == over["hoort bij elkaar"] == hier
    assert over["duiding van Q3 2025 vastgesteld"] == {*hier, ("onderdeel", "RE07")}
    assert over["op weg (eerste helft van 2025)"] == {("thema", "opsporing")}


def test_an_internal_answer_and_its_question_are_told_to_nobody_else() -> None:
    gevraagd = vraag("rosa", "Hoezo?", code="verdachten")
    beantwoord(gevraagd, "Nog geheim.", gezien=0, **door("dirk"))
    gesteld = (Rubriek.VRAAG, "vraag gesteld", gevraagd.adres)
    assert _regels(wie("rosa")) == [gesteld]
    assert _regels(wie("dirk")) == [gesteld]
    assert _regels(wie("rob")) == []
    zet_op_agenda(gevraagd, overleg(date(2025, 12, 11)), **door("dirk"))
    assert gesteld in _regels(wie("rob"))
    assert not [zin for _, zin, _ in _regels(wie("rob")) if zin == "beantwoord"]


def test_it_begins_at_the_last_meeting_that_was_not_withdrawn() -> None:
    overleg(date(2025, 9, 5), "Ver weg")
    overleg(date(2025, 11, 20))
    overleg(VANDAAG, "Vandaag")
    trek_in(overleg(date(2025, 11, 27), "Vervallen"), "Gaat niet door.", **door("dirk"))
    assert begin_vanzelf(VANDAAG).woorden == "de vorige vergadering (20 november 2025)"
    assert begin_vanzelf(date(2025, 11, 20)).dag == date(2025, 9, 5)
    client = Client()
    client.force_login(wie("rob"))
    zin = "Sinds de vorige vergadering (20 november 2025)"
    assert Pagina.van(client.get("/sinds/")).heeft(zin)
    assert Pagina.van(client.get("/")).heeft(zin)
