"""The agenda as a tree, as a table, as a file and in the API: the same words, for each reader what they may see."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from strategie.models import Hoofdlijn, Thema
from sturing.models import Activiteitversie, Planactiviteit
from tests.factories import maak_persoon
from tests.integration.monitor.dashboards.opstelling import KWARTAAL
from tests.integration.sturing.doelenboom.opstelling import (
    activiteit,
    ambitie,
    indicator,
    koppel,
    lijn,
    maak_agenda,
    voorsteller,
)
from tests.pagina import Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
ADRES = f"/agenda/?kwartaal={KWARTAAL}"
KOLOMMEN = ["Soort", "Deel", "Ligt onder", "Stand", "Wat mist", "Gekoppeld aan", "Regel"]


@pytest.fixture(autouse=True)
def _agenda(db: None) -> None:
    maak_agenda()


def _client(rol: str = "rvo-lid") -> Client:
    client = Client()
    client.force_login(maak_persoon(rol))
    return client


def _plan(status: str = "op-schema", jaar: int = 2025) -> Activiteitversie:
    plan = Planactiviteit.objects.create(jaar=jaar, hoofdlijn=lijn(), nummer=1, activiteit=activiteit())
    dagen = {"begin": date(jaar, 1, 1), "eind": date(jaar, 12, 31)}
    wie = {"door": voorsteller(), "op": timezone.now()}
    return Activiteitversie.objects.create(plan=plan, nummer=1, titel="Werk", status=status, **dagen, **wie)


def test_the_tree_shows_how_each_part_stands_and_what_is_missing() -> None:
    koppel(ambitie(), indicator())
    _plan()
    pagina = Pagina.van(_client().get(ADRES))
    for telling in (
        *("4 ambities, 3 zonder cijfer", "2 hoofdlijnen, 1 zonder activiteit in het jaarplan"),
        *("2 activiteiten, 1 niet in het jaarplan", "6 indicatoren, 5 nog nergens aan gekoppeld"),
        "In het jaarplan van 2025: 1 activiteit, alle uit de agenda",
    ):
        assert pagina.heeft(telling)
    assert pagina.plek("ambitie-opsporing-1").tekst == (
        "Ambitie 1 Wens 1 van Opsporing. (regel 10) Nog niets vastgesteld "
        "Hieronder hoort Verdachten Aandacht Dit hoort zo."
    )
    assert pagina.plek("ambitie-opsporing-2").heeft("Nog niets vastgesteld geen cijfer bij deze ambitie")
    assert pagina.plek("activiteit-opsporing-1-1").heeft("Te laat, gemeld als op schema")
    assert pagina.plek("activiteit-wijk-1-1").heeft("niet in het jaarplan van 2025")
    assert pagina.plek("hoofdlijn-opsporing-1").heeft("1 in het jaarplan")
    assert pagina.plek("indicator-verdachten").heeft("Hoort onder Ambitie 1: Wens 1 van Opsporing.")
    assert pagina.plek("thema-opsporing").heeft("1 van 2 ambities zonder cijfer")
    assert pagina.plek("thema-wijk").heeft("boven alle thema's")
    assert pagina.plek("trend-1").heeft("Opdracht 1")
    assert pagina.plek("opdracht-1").heeft("Opsporing")


def test_tree_and_plan_say_why_they_count_other_activities() -> None:
    eigen = Planactiviteit.objects.create(jaar=2025, hoofdlijn=lijn(), nummer=2)
    dagen, wie = {"begin": date(2025, 1, 1), "eind": date(2025, 12, 31)}, {"door": voorsteller(), "op": timezone.now()}
    Activiteitversie.objects.create(plan=eigen, nummer=1, titel="Eigen werk", status="op-schema", **dagen, **wie)
    _plan()
    herkomst = "1 uit de agenda en 1 die de agenda niet noemt"
    boom = Pagina.van(_client().get(ADRES))
    assert boom.heeft(f"In het jaarplan van 2025: 2 activiteiten, {herkomst}")
    plan = Pagina.van(_client().get(boom.link("jaarplan van 2025")))
    assert plan.heeft(f"Van het hele jaarplan 2025: {herkomst}.")


def test_the_tree_opens_to_the_themes_and_whole_when_asked() -> None:
    client = _client()
    deels, alles = (Pagina.van(client.get(adres)).uitklappers for adres in (ADRES, f"{ADRES}&open=alles"))
    open_ = {naam for naam, is_open in deels.items() if is_open}
    assert open_ == {"Trend 1: Het wordt drukker", "Opdracht 1"}
    in_boom = [naam for naam in alles if naam.startswith(("Trend", "Opdracht", "Opsporing", "Wijk", "Hoofdlijn"))]
    assert in_boom
    assert all(alles[naam] for naam in in_boom)


def test_a_figure_under_a_linked_main_line_counts_for_the_ambition() -> None:
    koppel(ambitie(), lijn())
    koppel(activiteit(), indicator())
    pagina = Pagina.van(_client().get(ADRES))
    assert not pagina.plek("ambitie-opsporing-1").heeft("geen cijfer bij deze ambitie")
    assert pagina.plek("activiteit-opsporing-1-1").heeft("Hieronder hoort Verdachten")


def test_table_file_and_api_say_what_the_tree_says() -> None:
    koppel(ambitie(), indicator())
    _plan()
    client = _client()
    tabel = Pagina.van(client.get(f"{ADRES}&vorm=tabel")).tabel()
    rijen = [*csv.reader(client.get(f"{ADRES}&_export=csv").content.decode("utf-8-sig").splitlines(), delimiter=";")]
    kop = rijen.index(KOLOMMEN)
    bestand = rijen[kop + 1 :]
    assert tabel.kolommen == KOLOMMEN
    assert [rij.cellen for rij in tabel.rijen] == [[cel.strip() for cel in rij] for rij in bestand if len(rij) == 7]
    boom = Pagina.van(client.get(ADRES))
    for rij in client.get("/api/v1/agendadelen?perPagina=100").json()["resultaten"]:
        plek = boom.plek(rij["sleutel"])
        assert plek.heeft(rij["naam"])
        assert plek.heeft(rij["tekst"])
        assert plek.heeft(rij["bronregel"])
        assert rij["ouder"] is None or boom.plek(rij["ouder"]).heeft(rij["naam"])
        if rij["soort"] == "ambitie":
            assert plek.heeft(rij["stand"])
            assert plek.heeft(rij["mist"] or "")


def test_the_api_lists_the_links_that_count() -> None:
    rij = koppel(ambitie(), indicator())
    [een] = _client().get("/api/v1/koppelingen").json()["resultaten"]
    assert (een["boven"], een["onder"], een["reden"], een["id"]) == (
        *("ambitie-opsporing-1", "indicator-verdachten", "Dit hoort zo."),
        rij.pk,
    )


def test_a_beheerder_reads_the_text_without_figures_or_what_people_wrote() -> None:
    koppel(ambitie(), indicator(), reden="Het cijfer was 21.")
    pagina = Pagina.van(_client("beheerder").get(ADRES))
    assert pagina.plek("ambitie-opsporing-1").heeft("Hieronder hoort Verdachten")
    assert not pagina.heeft("Het cijfer was 21.")
    assert not pagina.heeft("Aandacht")
    assert not pagina.heeft("op koers")
    assert not [link for link in pagina.inhoud.links if "/indicatoren/" in link.adres]
    assert _client("beheerder").get("/api/v1/agendadelen").status_code == 404


def test_looking_back_shows_the_links_and_the_plan_of_that_day() -> None:
    koppel(ambitie(), indicator())
    _plan()
    gisteren = (timezone.localdate() - timedelta(days=1)).isoformat()
    toen = Pagina.van(_client().get(f"{ADRES}&peildatum={gisteren}"))
    assert not toen.plek("ambitie-opsporing-1").heeft("Verdachten")
    assert toen.plek("activiteit-opsporing-1-1").heeft("niet in het jaarplan van 2025")
    assert [link for link in toen.inhoud.links if f"peildatum={gisteren}" in link.adres]


def test_what_the_text_names_stands_below_with_its_source() -> None:
    pagina = Pagina.van(_client().get(ADRES))
    assert pagina.heeft("De buren In eigen woorden. Opsporing (regel 20)")
    assert pagina.heeft("Samen In eigen woorden. Leidt naar Wijk. Opsporing (regel 20)")
    assert pagina.heeft("Wie het wilde In eigen woorden. De agenda noemt geen datum. (regel 20)")
    assert pagina.heeft("Politiechef (1) Rotterdam (regel 21)")


def test_a_form_that_is_not_there_is_refused() -> None:
    antwoord = _client().get("/agenda/?vorm=kring")
    assert antwoord.status_code == 400
    assert Pagina.van(antwoord).heeft("Kies boom of tabel.")


@pytest.mark.queries
@pytest.mark.parametrize("lijnen", [1, 14])
def test_the_number_of_queries_does_not_grow_with_the_agenda(lijnen: int) -> None:
    for thema in Thema.objects.filter(slug__in=("opsporing", "wijk")):
        for nummer in range(2, lijnen + 1):
            nieuw = Hoofdlijn.objects.create(thema=thema, nummer=nummer, titel="Meer", tekst="Zo.", bronregel="1")
            koppel(ambitie(thema.slug), nieuw)
    client, tabel = _client(), f"{ADRES}&vorm=tabel"
    for naam, adres in {"agenda": ADRES, "agenda_tabel": tabel, "koppelingen": "/agenda/koppelingen/"}.items():
        controleer(naam, *tel(client, adres))
