"""One of each kind, made by its real service: one line in what changed, for who may read it and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import DUIDING
from sturing.duiding.services import dien_duiding_in
from sturing.gebeurtenissen.services import trek_gebeurtenis_in
from sturing.lezen.sinds import SPOOR, lees_spoor, lees_verlopen
from sturing.lezen.vergadering import Tijdvak, begin_vanzelf
from sturing.models import Vraag
from sturing.overleg.acties.services import maak_actie, meld_gereed, trek_actie_in, verzet
from sturing.overleg.services import neem_besluit, trek_in, voeg_punt_toe, zet_op_agenda
from sturing.overleg.vragen.services import beantwoord, geef_vrij, trek_vraag_in
from sturing.regels.omvang import Halfjaar
from sturing.regels.sinds import Rubriek
from tests.factories import maak_persoon
from tests.integration.monitor.dashboards.verleden import stel_klok
from tests.integration.sturing.doelenboom.opstelling import ambitie, indicator, koppel, maak_agenda
from tests.integration.sturing.duiding.opstelling import Q2, cellen, dien_in, neem_aan, plek
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
    yield Rubriek.GEBEURTENIS, "van 12-05-2025, op de tijdas gezet", "/gebeurtenissen/"


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


LATER, ERNA = datetime(2025, 11, 26, 12, tzinfo=UTC), datetime(2025, 11, 27, 12, tzinfo=UTC)
SINDS = Tijdvak(date(2025, 11, 24), VANDAAG, VANDAAG)


def _sinds(van: Tijdvak = SINDS) -> list[tuple[str, str]]:
    themas = {"verdachten": "opsporing"}
    lezers = (lees_spoor(wie("rob"), van, themas), lees_verlopen(wie("rob"), van, themas))
    return [(een.naam, een.zin) for regels in lezers for een in regels]


def _verander(anna: User, op: datetime, **anders: str) -> None:
    inhoud = cellen(anna, **{"reden": "Anders.", **anders})
    rij = dien_duiding_in(plek(), inhoud, door=anna, herkomst="proef", op=op)
    stel_vast(DUIDING, [rij], door=wie("vera"), herkomst="proef", op=op)


def test_of_a_duiding_that_is_approved_again_only_what_changed_is_told() -> None:
    anna = maak_persoon("analist", naam="anna")
    neem_aan(dien_in(anna))
    assert _sinds() == []
    _verander(anna, LATER, wanneer="31-03-2026")
    verschoven = "toezegging verschoven van 31-12-2025 naar 31-03-2026"
    assert _sinds() == [("Verdachten", f"duiding van Q3 2025: {verschoven}")]
    _verander(anna, ERNA, wanneer="31-03-2026", waardoor="Te weinig auto's.")
    assert _sinds() == [("Verdachten", f"duiding van Q3 2025: {verschoven}; uitleg gewijzigd")]
    van_begin = Tijdvak(date(2025, 10, 31), VANDAAG, VANDAAG)
    assert _sinds(van_begin) == [("Verdachten", "duiding van Q3 2025 vastgesteld")]
    _verander(anna, ERNA + timedelta(hours=1))
    assert _sinds() == []  # as it was: of these two days nothing is to be told


def test_a_promise_that_was_kept_is_counted_once() -> None:
    anna = maak_persoon("analist", naam="anna")
    neem_aan(dien_in(anna, Q2))
    neem_aan(dien_in(anna, afloop="nagekomen", wanneer="31-03-2026"))
    [eerst] = [r for r in lees_spoor(wie("rob"), VAK, {}) if r.telt]
    assert eerst.zin == (
        "duiding van Q3 2025 vastgesteld; de vorige toezegging: nagekomen; "
        "toezegging verschoven van 31-12-2025 naar 31-03-2026"
    )
    _verander(anna, LATER, afloop="nagekomen", wanneer="31-03-2026", wat="Nog minder.")
    [later] = lees_spoor(wie("rob"), SINDS, {})
    assert (later.zin, later.telt) == ("duiding van Q3 2025: uitleg gewijzigd", "")


def test_an_ambition_that_is_approved_again_says_from_what_to_what() -> None:
    zo_ver: dict[str, Any] = {"halfjaar": Halfjaar(2025, 1), "bronnen": [], "door": houder(thema="opsporing")}
    zeg_en_stel_vast(ambitie(), NU, **zo_ver)
    zeg_en_stel_vast(ambitie(), LATER, **zo_ver, tekst="Anders gezegd.", reden="Beter.")
    assert _sinds() == [("Ambitie 1", "toelichting gewijzigd (eerste helft van 2025)")]
    zeg_en_stel_vast(ambitie(), ERNA, **zo_ver, oordeel="loopt-achter", reden="Tegenvaller.")
    assert _sinds() == [("Ambitie 1", "van op weg naar loopt achter (eerste helft van 2025)")]


def test_what_was_there_and_is_withdrawn_is_told_and_what_came_and_went_is_not() -> None:
    weg, kort = noteer(op=NU), noteer(op=LATER, titel="Vergissing")
    for rij in (weg, kort):
        trek_gebeurtenis_in(rij.pk, reden="Fout.", door=wie("analist"), herkomst="proef", op=ERNA)
    rvo, gevraagd = overleg(date(2025, 10, 20)), vraag("rob", code="verdachten")
    besluit = neem_besluit(voeg_punt_toe(rvo, "Meer", "", indicator(), **door("dirk")), "Doen.", **door("dirk"))
    trek_in(besluit, "Toch niet.", **door("dirk", ERNA))
    trek_vraag_in(gevraagd, "Al gehoord.", **door("rob", ERNA))
    trek_in(overleg(date(2025, 12, 11), "Dubbel"), "Dubbel.", **door("dirk", ERNA))
    ingetrokken = {naam for naam, zin in _sinds() if zin == "ingetrokken"}
    assert ingetrokken == {weg.titel, "Doen", gevraagd.tekst, "Dubbel"}
    assert len(_sinds()) == 4
    eerder = Tijdvak(SINDS.van, LATER.date(), VANDAAG)
    assert _sinds(eerder) == [("Vergissing", "van 12-05-2025, op de tijdas gezet")]  # that day nobody knew it would go
    adressen = [een.adres for een in lees_spoor(wie("rob"), SINDS, {})]
    client = Client()
    client.force_login(wie("rob"))
    assert {client.get(adres).status_code for adres in adressen} == {200}


def test_an_action_is_late_the_day_after_its_last_and_says_it_when_it_was_moved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stel_klok(monkeypatch, NU.date())
    rvo = overleg(date(2025, 10, 20))
    besluit = neem_besluit(voeg_punt_toe(rvo, "Meer", "", indicator(), **door("dirk")), "Doen.", **door("dirk"))
    dag = date(2025, 11, 27)
    acties = [maak_actie(besluit, wat=w, eigenaar=wie("dora"), datum=dag, **door("dirk")) for w in "ABCD"]
    verzet(acties[1], date(2025, 12, 31), "Later.", gezien=1, **door("dora", LATER))
    meld_gereed(acties[2], "Af.", gezien=1, **door("dora", LATER))
    trek_actie_in(acties[3], "Hoeft niet.", gezien=1, **door("dirk", LATER))
    stel_klok(monkeypatch, VANDAAG)
    gedaan = [("B", "nu van dora, uiterlijk 31-12-2025"), ("D", "ingetrokken"), ("C", "gereed")]
    assert sorted(_sinds()) == sorted([*gedaan, ("A", "te laat, uiterlijk 27-11-2025")])
    assert sorted(_sinds(Tijdvak(SINDS.van, dag, VANDAAG))) == sorted(gedaan)
    assert _sinds(Tijdvak(dag, VANDAAG, VANDAAG)) == [("A", "te laat, uiterlijk 27-11-2025")]
    assert _sinds(Tijdvak(dag + timedelta(days=1), VANDAAG, VANDAAG)) == []
    assert lees_verlopen(wie("bea"), SINDS, {}) == []


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
