"""Every list of what is steered on is also to be had as known on a day, and refuses another day in the same words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import DUIDING
from sturing.duiding.services import dien_duiding_in
from sturing.gebeurtenissen.services import trek_gebeurtenis_in
from sturing.overleg.acties.services import maak_actie, verzet
from sturing.overleg.services import neem_besluit, trek_in, voeg_punt_toe, zet_op_agenda
from sturing.overleg.vragen.services import beantwoord, geef_vrij
from sturing.regels.omvang import Halfjaar
from tests.factories import maak_persoon
from tests.integration.monitor.dashboards.verleden import moment, stel_klok
from tests.integration.sturing.doelenboom.opstelling import ambitie, indicator, koppel, maak_agenda
from tests.integration.sturing.duiding.opstelling import cellen, dien_in, neem_aan, plek
from tests.integration.sturing.opstelling import houder, noteer, zeg_en_stel_vast
from tests.integration.sturing.overleg.opstelling import NU, door, overleg, vraag, wie
from tests.integration.sturing.volgen.opstelling import maak_activiteit, zet_versie

pytestmark = pytest.mark.django_db
VANDAAG, TOEN = date(2025, 12, 1), date(2025, 11, 24)
ERNA = moment(TOEN + timedelta(days=2))
LIJSTEN = (
    *("agendadelen", "koppelingen", "ambitiestanden", "gebeurtenissen", "duidingen", "planactiviteiten"),
    *("overleggen", "vragen", "acties"),
)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    stel_klok(monkeypatch, VANDAAG)
    maak_agenda()
    for naam, rol in {"rob": "rvo-lid", "dirk": "programmadirecteur", "dora": "programmadirecteur"}.items():
        maak_persoon(rol, naam=naam)
    client = Client()
    client.force_login(wie("rob"))
    return client


def _lees(client: Client, lijst: str, dag: date | None = None) -> list[dict[str, Any]]:
    antwoord = client.get(f"/api/v1/{lijst}{f'?peildatum={dag}' if dag else ''}")
    assert antwoord.status_code == 200, antwoord.content
    return list(antwoord.json()["resultaten"])


@pytest.mark.parametrize("lijst", LIJSTEN)
@pytest.mark.parametrize(
    ("dag", "zin"),
    [
        ("2031-01-01", "peildatum: De dag 01-01-2031 ligt in de toekomst. Kies vandaag of een eerdere dag."),
        ("1999-12-31", "peildatum: Kies een dag vanaf 01-01-2000."),
        ("gisteren", "peildatum: Vul een datum in, bijvoorbeeld 2026-11-23."),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_the_words_of_the_pages(
    client: Client, lijst: str, dag: str, zin: str
) -> None:
    antwoord = client.get(f"/api/v1/{lijst}?peildatum={dag}")
    assert (antwoord.status_code, antwoord.json()["detail"]) == (400, zin)


@pytest.mark.parametrize("lijst", LIJSTEN)
def test_today_is_the_list_of_now_and_long_ago_nothing_was_said(client: Client, lijst: str) -> None:
    _vul(NU)
    assert _lees(client, lijst)
    assert _lees(client, lijst, VANDAAG) == _lees(client, lijst)
    if lijst != "agendadelen":  # the agenda itself has no history
        assert _lees(client, lijst, date(2024, 12, 31)) == []


def _vul(op: datetime) -> dict[str, Any]:
    """One of each."""
    anna = maak_persoon("analist", naam="anna")
    rvo, gevraagd = overleg(date(2025, 10, 20)), vraag("rob", code="verdachten")
    besluit = neem_besluit(voeg_punt_toe(rvo, "Meer", "", indicator(), **door("dirk", op)), "Doen.", **door("dirk", op))
    zet_op_agenda(gevraagd, rvo, **door("dirk", op))
    zeg_en_stel_vast(ambitie(), op, halfjaar=Halfjaar(2025, 1), bronnen=[], door=houder(thema="opsporing"))
    neem_aan(dien_in(anna))
    return {
        "anna": anna,
        "gevraagd": gevraagd,
        "rvo": rvo,
        "besluit": besluit,
        "koppeling": koppel(ambitie(), indicator()),
        "gebeurtenis": noteer(op=op),
        "plan": maak_activiteit(eind=TOEN - timedelta(days=1)),
        "actie": maak_actie(besluit, wat="Bel", eigenaar=wie("dora"), datum=date(2025, 12, 31), **door("dirk", op)),
    }


def test_what_was_said_withdrawn_or_moved_later_was_not_so_yet(client: Client) -> None:
    er_is = _vul(NU)
    trek_gebeurtenis_in(er_is["gebeurtenis"].pk, reden="Fout.", door=wie("analist"), herkomst="proef", op=ERNA)
    verzet(er_is["actie"], date(2026, 2, 1), "Later.", gezien=1, **door("dora", ERNA))
    beantwoord(er_is["gevraagd"], "Daarom.", gezien=0, **door("dirk"))
    geef_vrij(er_is["gevraagd"], gezien=1, **door("dora", ERNA))
    trek_in(overleg(date(2025, 12, 11), "Dubbel"), "Dubbel.", **door("dirk", ERNA))
    zet_versie(er_is["plan"], ERNA, eind=date(2026, 3, 31))
    rij = dien_duiding_in(
        plek(), cellen(er_is["anna"], wat="Anders.", reden="x"), door=er_is["anna"], herkomst="proef", op=ERNA
    )
    stel_vast(DUIDING, [rij], door=wie("vera"), herkomst="proef", op=ERNA)
    verwacht = {
        "gebeurtenissen": (lambda uit: len(uit), 1, 0),
        "overleggen": (lambda uit: [een["titel"] for een in uit], ["RVO", "Dubbel"], ["RVO"]),
        "acties": (lambda uit: uit[0]["uiterlijk"], "2025-12-31", "2026-02-01"),
        "vragen": (lambda uit: uit[0]["antwoord"], None, "Daarom."),
        "duidingen": (lambda uit: uit[0]["wat"], "Minder dan beloofd.", "Anders."),
        "planactiviteiten": (lambda uit: uit[0]["teLaat"], ["het einde was 23-11-2025"], []),
    }
    for lijst, (wat, toen, nu) in verwacht.items():
        assert (wat(_lees(client, lijst, TOEN)), wat(_lees(client, lijst))) == (toen, nu), lijst
