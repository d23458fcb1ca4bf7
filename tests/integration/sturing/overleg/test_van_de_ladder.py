"""What the ladder brings to the agenda of a meeting, and what is explained there about each figure."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from accounts.models import User
from monitor.models import Doelbereik
from sturing.models import Agendapunt
from sturing.overleg.selectors import lees_overleg
from sturing.overleg.services import neem_punten_over
from sturing.overleg.voordragen import lees_voordrachten
from tests.factories import maak_persoon
from tests.integration.monitor.dashboards.opstelling import VANDAAG, maak_monitor
from tests.integration.monitor.dashboards.verleden import stel_klok
from tests.integration.sturing.duiding.opstelling import dien_in, neem_aan
from tests.integration.sturing.overleg.opstelling import door, overleg, wie
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anna(monkeypatch: pytest.MonkeyPatch) -> User:
    stel_klok(monkeypatch, VANDAAG)
    maak_monitor()
    maak_persoon("programmadirecteur", naam="dirk")
    return maak_persoon("analist", naam="anna")


def _drie_kwartalen_van_koers(code: str = "verdachten") -> None:
    rijen = Doelbereik.objects.filter(indicator__code=code, onderdeel__code="RE07", jaar=2025)
    rijen.filter(kwartaal__in=(1, 2, 3)).update(oordeel="niet_behaald")


def test_the_ladder_brings_what_is_off_course_for_three_quarters() -> None:
    _drie_kwartalen_van_koers()
    per_bron = {een.titel: een for een in lees_voordrachten(wie("dirk"), VANDAAG)}
    punt = per_bron["Verdachten"]
    assert punt.bron is Agendapunt.Bron.LADDER
    assert punt.stand.startswith("Niet behaald.")
    assert punt.stand.endswith("Op de ladder: 3 kwartalen op rij van koers, sinds Q1 2025.")
    rvo = overleg(date(2025, 12, 11))
    assert neem_punten_over(rvo, per_bron.values(), **door("dirk")) == len(per_bron)
    assert neem_punten_over(rvo, lees_voordrachten(wie("dirk"), VANDAAG), **door("dirk")) == 0
    assert rvo.punten.get(titel="Verdachten").get_bron_display() == "volgens de ladder"


def test_points_are_chosen_from_what_the_figures_bring() -> None:
    _drie_kwartalen_van_koers()
    _drie_kwartalen_van_koers("aanrijdtijd")
    rvo, client = overleg(date(2025, 12, 11)), Client()
    client.force_login(wie("dirk"))
    brengt = lees_voordrachten(wie("dirk"), VANDAAG)
    assert len(brengt) > 1
    keuzes = client.get(rvo.adres).context["formulieren"]["overnemen"]["punten"]
    assert keuzes.value() == [een.sleutel for een in brengt]  # of an empty agenda all of it
    for niets in ({}, {"overnemen-punten": ["0:2025-Q3"]}):
        antwoord = client.post(rvo.adres, {"handeling": "overnemen", **niets})
        assert (antwoord.status_code, rvo.punten.count()) == (400, 0)
        assert Pagina.van(antwoord).heeft("Welke punten")
    gekozen = next(een for een in brengt if een.titel == "Verdachten")
    goed = client.post(rvo.adres, {"handeling": "overnemen", "overnemen-punten": [gekozen.sleutel]})
    assert goed["Location"] == f"{rvo.adres}#bij-agenda"
    assert [punt.titel for punt in rvo.punten.all()] == ["Verdachten"]
    over = client.get(rvo.adres).context["formulieren"]["overnemen"]["punten"]
    assert over.value() == []
    assert [sleutel for sleutel, _ in over.field.choices] == [e.sleutel for e in brengt if e is not gekozen]
    lezer = Client()
    lezer.force_login(maak_persoon("rvo-lid"))
    aanbod = Pagina.van(lezer.get(rvo.adres)).plek("doe-overnemen")
    assert all(
        aanbod.heeft(een.titel) and aanbod.heeft("Nog niet overgenomen.") for een in brengt if een is not gekozen
    )
    assert lezer.post(rvo.adres, {"handeling": "overnemen", "overnemen-punten": [gekozen.sleutel]}).status_code == 403
    lezer.force_login(maak_persoon("beheerder", naam="bea"))
    assert not Pagina.van(lezer.get(rvo.adres)).heeft("Niet op deze agenda")


def test_at_a_point_stands_what_is_promised_or_that_it_is_missing(anna: User) -> None:
    _drie_kwartalen_van_koers()
    rvo = overleg(date(2025, 12, 11))
    neem_punten_over(rvo, lees_voordrachten(wie("dirk"), VANDAAG), **door("dirk"))
    client = Client()
    client.force_login(maak_persoon("rvo-lid"))
    [punt] = rvo.punten.filter(titel="Verdachten")
    plek = f"punt-{punt.pk}"
    assert Pagina.van(client.get(rvo.adres)).plek(plek).heeft("nog geen duiding vastgesteld")
    wacht = dien_in(anna)
    assert Pagina.van(client.get(rvo.adres)).plek(plek).heeft("nog geen duiding vastgesteld")
    neem_aan(wacht)
    hier = Pagina.van(client.get(rvo.adres)).plek(plek)
    assert hier.heeft("Wat doen we: Twee mensen erbij.")
    assert hier.heeft("anna, uiterlijk 31-12-2025")
    assert "/indicatoren/verdachten/duiding/?kwartaal=2025-Q3&onderdeel=RE07" in [een.adres for een in hier.links]
    assert not hier.heeft("nog geen duiding vastgesteld")
    [regel] = [r for r in lees_overleg(rvo, maak_persoon("beheerder"), VANDAAG).regels if r.punt.punt == punt]
    assert regel.duiding is None
