"""The agreed text as files: what is there, and with which lines of the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from common.bestanden.toml import Fouten, Tabelrij
from formatie.plan.lezen import lees_organisatie
from strategie.lezen import AgendaRijen, ThemaRijen, lees_agendas, lees_zetels

FIXTURES = Path(__file__).parents[3] / "fixtures"
# theme → ambitions, main lines (a programme included)
THEMAS = {
    "politie-voor-iedereen": (5, 6),
    "opsporing-en-ondermijning": (4, 4),
    "digitale-transformatie": (6, 1),
    "duurzame-inzetbaarheid": (6, 4),
    "zorg-en-veiligheid": (5, 5),
    "maatschappelijk-ongenoegen": (2, 4),
}


@pytest.fixture(scope="module")
def agenda() -> AgendaRijen:
    fouten = Fouten()
    (agenda,) = lees_agendas(FIXTURES, fouten)
    assert not fouten
    return agenda


@pytest.fixture(scope="module")
def themas(agenda: AgendaRijen) -> dict[str, ThemaRijen]:
    return {thema.thema["slug"]: thema for thema in agenda.themas}


def teksten(agenda: AgendaRijen) -> list[Tabelrij]:
    rijen = [*agenda.opdrachten, *(rij for thema in agenda.themas for rij in thema.ambities)]
    lijnen = [lijn for thema in agenda.themas for lijn in thema.hoofdlijnen]
    return [*rijen, *(lijn.lijn for lijn in lijnen), *(rij for lijn in lijnen for rij in lijn.activiteiten)]


def test_every_ambition_and_main_line_is_there(themas: dict[str, ThemaRijen]) -> None:
    assert {slug: (len(t.ambities), len(t.hoofdlijnen)) for slug, t in themas.items()} == THEMAS


def test_each_text_is_one_sentence(agenda: AgendaRijen) -> None:
    for rij in teksten(agenda):
        assert rij["tekst"].endswith("."), rij["tekst"]
        assert ". " not in rij["tekst"], rij["tekst"]


def test_each_text_has_its_own_lines_in_the_source(agenda: AgendaRijen) -> None:
    for rij in teksten(agenda):
        for deel in rij["bronregel"].split(", "):
            begin, _, eind = deel.partition("-")
            assert 395 <= int(begin) <= int(eind or begin) <= 1086


def test_strategic_themes_answer_an_assignment(themas: dict[str, ThemaRijen]) -> None:
    opdrachten = {slug: thema.thema["opdracht"] for slug, thema in themas.items()}
    assert list(opdrachten.values()) == [1, 2, 3, 4, None, None]


def test_seats_follow_the_municipalities() -> None:
    fouten = Fouten()
    gemeenten = lees_organisatie(FIXTURES, fouten).gemeenten
    zetels = lees_zetels(FIXTURES, fouten)
    burgemeesters = {rij["gebied"]: rij for rij in zetels if "burgemeester" in rij["ambt"]}
    assert not fouten
    assert burgemeesters.keys() == {rij["naam"] for rij in gemeenten}
    for gemeente in gemeenten:
        zetel = burgemeesters[gemeente["naam"]]
        assert (zetel["geldig_vanaf"], zetel["geldig_tot"]) == (gemeente["geldig_vanaf"], gemeente["geldig_tot"])
    assert sorted(rij["ambt"] for rij in zetels if "burgemeester" not in rij["ambt"]) == [
        "hoofdofficier",
        "politiechef",
    ]
