"""What changes between two days without anybody doing it, and what was said again: told once, of that alone."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from formatie.models import Onderdeel
from monitor.models import Indicator
from monitor.rekenen.herberekenen import herbereken
from sturing.models import Duiding
from sturing.regels.sinds import Rubriek, Verandering
from tests.factories import MetingFactory, maak_persoon
from tests.integration.monitor.dashboards.verleden import EINDE, corrigeer, moment
from tests.integration.sturing.volgen.opstelling import maak_activiteit, zet_versie
from tests.integration.sturing.volgen.test_sinds import ERNA, VAN, als, een, onderdelen, regels, teksten
from tests.pagina import Pagina

__all__ = ["onderdelen"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("onderdelen")]
D = timedelta(days=1)


def plan(van: date, tot: date) -> list[Verandering]:
    return [r for r in regels(maak_persoon("rvo-lid"), van, tot) if r.rubriek is Rubriek.ACTIVITEIT]


def test_an_activity_becomes_late_on_the_day_after_its_end_and_on_no_other() -> None:
    klaar = maak_activiteit(titel="Klaar", eind=ERNA)
    zet_versie(klaar, moment(date(2025, 2, 1)), status="gereed", reden="Af.")
    maak_activiteit(eind=ERNA)
    assert plan(VAN, ERNA) == []  # its last day is still in time
    [laat] = plan(VAN, ERNA + D)
    assert laat.tekst == "Pilot in de wijk: te laat (het einde was 27-11-2025)"
    assert (laat.op, laat.telt) == (ERNA + D, "te-laat")
    assert laat.adres.startswith("/jaarplan/activiteiten/")
    assert plan(ERNA, ERNA + D) == [laat]
    assert plan(ERNA + D, EINDE) == []


@pytest.mark.parametrize(
    ("velden", "mijlpalen", "zin"),
    [
        ({"status": "niet-gestart", "begin": ERNA}, (), "te laat (had op 27-11-2025 moeten beginnen)"),
        ({}, (("Start", ERNA, None),), "te laat (mijlpaal van 27-11-2025 niet bereikt: Start)"),
        ({}, (("Start", ERNA, ERNA),), ""),
        ({"begin": ERNA}, (), ""),
    ],
)
def test_so_does_a_beginning_and_a_milestone(
    velden: dict[str, object], mijlpalen: tuple[tuple[str, date, date | None], ...], zin: str
) -> None:
    zet_versie(maak_activiteit(), moment(date(2025, 2, 1)), mijlpalen, **velden)
    assert [regel.zin for regel in plan(VAN, ERNA + D)] == ([zin] if zin else [])


def test_what_was_moved_in_time_is_moved_and_what_came_too_late_is_both() -> None:
    op_tijd, te_laat = maak_activiteit(titel="Een", eind=ERNA), maak_activiteit(titel="Twee", eind=ERNA)
    zet_versie(op_tijd, moment(ERNA - D), eind=EINDE)
    zet_versie(te_laat, moment(ERNA - D), eind=ERNA + D)
    assert [regel.zin for regel in plan(VAN, ERNA + 2 * D)] == [
        "eind verschoven van 27-11-2025 naar 06-05-2026",
        "eind verschoven van 27-11-2025 naar 28-11-2025; te laat (het einde was 28-11-2025)",
    ]


def test_the_first_page_and_the_file_say_it_too() -> None:
    maak_activiteit(eind=EINDE - D)
    client = als("rvo-lid")
    assert Pagina.van(client.get("/")).heeft("1 activiteit te laat geworden")
    adres = f"/sinds/?van={EINDE - D}"
    assert Pagina.van(client.get(adres)).heeft("1 activiteit te laat geworden")
    assert "te laat (het einde was 05-05-2026)" in client.get(f"{adres}&_export=csv").content.decode("utf-8-sig")
    [uit] = client.get(f"/api/v1/wijzigingen?van={EINDE - D}").json()["resultaten"]
    assert (uit["wijziging"], uit["op"]) == ("te laat (het einde was 05-05-2026)", EINDE.isoformat())


def test_a_matter_goes_up_the_ladder_and_asks_for_a_duiding_when_its_quarter_is_due(
    onderdelen: dict[str, Onderdeel],
) -> None:
    indicator, eenheid = Indicator.objects.get(code="verdachten"), onderdelen["RE07"]
    MetingFactory(
        indicator=indicator, onderdeel=eenheid, kwartaal=4, waarde=Decimal(1), vastgesteld_op=moment(date(2026, 1, 20))
    )
    herbereken(vandaag=EINDE)
    lid, vak = maak_persoon("rvo-lid"), {"van": date(2026, 1, 10), "tot": date(2026, 2, 14)}
    ladder = "Verdachten: hoger op de ladder, trede 2: de portefeuillehouder; 2 kwartalen op rij van koers, "
    assert f"{ladder}sinds Q3 2025" in teksten(lid, Rubriek.LADDER, **vak)
    gevraagd = [r for r in regels(lid, **vak) if r.rubriek is Rubriek.DUIDING and r.naam == "Verdachten"]
    assert [regel.zin for regel in gevraagd] == ["duiding gevraagd over Q4 2025"]
    assert gevraagd[0].adres.startswith("/indicatoren/verdachten/duiding/?kwartaal=2025-Q4")
    assert als("rvo-lid").get(gevraagd[0].adres).status_code == 200
    assert Pagina.van(als("rvo-lid").get(f"/sinds/?van={vak['van']}&tot={vak['tot']}")).heeft("Ladder")
    schrijver = maak_persoon("analist", naam="schrijver")
    Duiding.objects.create(
        indicator=indicator, onderdeel=eenheid, jaar=2025, kwartaal=4, wat="a", waardoor="b", doen="c",
        wie=schrijver, wanneer=EINDE, staat="vastgesteld", ingevoerd_door=schrijver, ingevoerd_op=moment(VAN),
        vastgesteld_door=lid, vastgesteld_op=moment(date(2026, 2, 13)),
    )  # fmt: skip
    assert "Verdachten: duiding gevraagd over Q4 2025" not in teksten(lid, Rubriek.DUIDING, **vak)
    assert teksten(maak_persoon("beheerder"), Rubriek.LADDER, **vak) == []


def test_a_correction_takes_a_matter_off_the_ladder() -> None:
    corrigeer(een("verdachten"), moment(ERNA), waarde=Decimal(40))
    herbereken(vandaag=EINDE)
    [regel] = [r for r in regels(maak_persoon("rvo-lid"), tot=ERNA) if r.rubriek is Rubriek.LADDER]
    assert regel.tekst == "Verdachten: van de ladder"
    assert regel.adres.startswith("/ladder/")


def test_the_chief_is_asked_for_the_own_district_and_nobody_is_told_of_its_step() -> None:
    for team in ("A1", "A2", "A3"):
        goed = corrigeer(een("aanrijdtijd", team), moment(ERNA), teller=100)
        corrigeer(goed, moment(ERNA + D), teller=1)
    herbereken(vandaag=EINDE)
    chef = maak_persoon("districtschef", onderdeel="A")
    verteld = [r for r in regels(chef, ERNA, ERNA + D, ("A",)) if r.naam == "Aanrijdtijd, A Onderdeel A"]
    [gevraagd] = [r for r in verteld if r.rubriek is Rubriek.DUIDING]
    assert (gevraagd.zin, gevraagd.adres.endswith("&onderdeel=A")) == ("duiding gevraagd over Q3 2025", True)
    assert Rubriek.LADDER not in {r.rubriek for r in verteld}
