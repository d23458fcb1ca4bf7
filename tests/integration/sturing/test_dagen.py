"""The pages of steering on days that are none like others: the last of the year and of the agenda, and after it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import timezone

from strategie.models import Thema
from sturing.lezen.jaarplan import agendajaar
from sturing.overleg.selectors import get_onderwerpen
from tests.factories import AgendaFactory, ThemaFactory, maak_planactiviteit
from tests.integration.site import als, maak_site
from tests.integration.sturing.doelenboom.opstelling import maak_agenda
from tests.pagina import Pagina
from tests.rechten import ROUTES

pytestmark = pytest.mark.django_db
PAGINAS = (
    *("indicator_duiding", "ladder", "ambitie", "gebeurtenissen", "doelenboom", "koppelingen", "jaarplan"),
    *("jaarplan_jaar", "planactiviteit", "planactiviteit_nieuw", "overleggen", "overleg", "vraag", "acties", "actie"),
    *("sinds", "volgen", "voor_mij", "overzicht"),
)
OUDJAAR, NIEUWJAAR, SCHRIKKELDAG = "2026-12-31 23:59", "2027-01-01 00:00", "2028-02-29 12:00"
DUBBEL_UUR = "2027-10-31 02:30"


def _zet(monkeypatch: pytest.MonkeyPatch, klok: str, fold: int = 0) -> None:
    """Dutch time, as on the wall."""
    op = datetime.fromisoformat(klok).replace(tzinfo=timezone.get_default_timezone(), fold=fold)
    monkeypatch.setattr(timezone, "now", lambda: op)


@pytest.mark.parametrize(
    ("klok", "fold"), [(OUDJAAR, 0), (NIEUWJAAR, 0), (SCHRIKKELDAG, 0), (DUBBEL_UUR, 0), (DUBBEL_UUR, 1)]
)
def test_elke_pagina_is_er_op_elke_dag(monkeypatch: pytest.MonkeyPatch, klok: str, fold: int) -> None:
    maak_site()
    _zet(monkeypatch, klok, fold)
    client = als("programmadirecteur")
    assert [naam for naam in PAGINAS if client.get(ROUTES[naam].adres, follow=True).status_code != 200] == []


@pytest.mark.parametrize(("klok", "gekozen"), [(OUDJAAR, "2026-1"), (NIEUWJAAR, "2026-2"), (SCHRIKKELDAG, "2026-2")])
def test_een_ambitie_vraagt_naar_het_halfjaar_dat_voorbij_is(
    monkeypatch: pytest.MonkeyPatch, klok: str, gekozen: str
) -> None:
    maak_site()
    _zet(monkeypatch, klok)
    pagina = Pagina.van(als("portefeuillehouder").get(ROUTES["ambitie"].adres))
    assert next(veld.waarde for veld in pagina.velden if veld.naam == "halfjaar") == gekozen


@pytest.mark.parametrize(("klok", "te_laat"), [(OUDJAAR, False), (NIEUWJAAR, True)])
def test_een_activiteit_tot_het_eind_van_het_jaar_is_een_minuut_later_te_laat(
    monkeypatch: pytest.MonkeyPatch, klok: str, te_laat: bool
) -> None:
    plan = maak_planactiviteit(jaar=2026, begin="2026-02-01", eind="2026-12-31", titel="Tot het eind").plan
    _zet(monkeypatch, klok)
    client = als("programmadirecteur")
    assert client.get("/jaarplan/").url == "/jaarplan/2026/"
    pagina = Pagina.van(client.get(f"/jaarplan/activiteiten/{plan.pk}/"))
    assert pagina.inhoud.heeft("Het einde was 31-12-2026") == te_laat


@pytest.mark.parametrize("klok", [OUDJAAR, NIEUWJAAR, SCHRIKKELDAG])
def test_een_agenda_die_voorbij_is_blijft_die_waarover_het_gaat(monkeypatch: pytest.MonkeyPatch, klok: str) -> None:
    """Without one activity in it as well, and until there is another agenda."""
    maak_agenda()
    _zet(monkeypatch, klok)
    client = als("programmadirecteur")
    assert client.get("/jaarplan/").url == "/jaarplan/2026/"
    assert client.get("/jaarplan/2026/").status_code == 200
    for van, keuzes in get_onderwerpen(timezone.localdate())[:2]:
        assert keuzes, van


def test_over_het_laatste_kwartaal_gaat_een_overleg_ook_als_de_volgende_agenda_loopt() -> None:
    """In January the figures of the old year come; its themes and activities can still be put on an agenda."""
    maak_agenda()
    laatste = maak_planactiviteit(jaar=2026, begin="2026-02-01", eind="2026-12-31", titel="Uit de oude agenda")
    nieuw = AgendaFactory(slug="2027-2030", begin_jaar=2027, eind_jaar=2030)
    ThemaFactory(agenda=nieuw, slug="vers", naam="Vers")
    voor, na = (
        {tekst for _, keuzes in get_onderwerpen(dag) for _, tekst in keuzes}
        for dag in (date(2027, 1, 1), date(2028, 2, 29))
    )
    assert {"Vers", Thema.objects.get(slug="opsporing").naam, laatste.titel} <= voor
    assert ("Vers" in na, laatste.titel in na) == (True, False)
    assert [agendajaar(jaar) for jaar in (2025, 2026, 2027, 2030, 2031)] == [2025, 2026, 2027, 2030, 2030]
