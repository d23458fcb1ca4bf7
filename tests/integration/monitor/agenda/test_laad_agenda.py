from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, models

from common.vaststellen.audit import AuditEvent
from formatie.models import Controlesom, Districtsformatie, Formatieplan, Formatieregel, Gemeente, Onderdeel, Werkgebied
from formatie.plan.controle import Bevinding
from formatie.plan.selectors import get_inhoud, get_regels_met_sommen
from monitor.models import Doelstelling, Herberekenverzoek, Indicator, Landelijkdoel, Monitorregel
from strategie.models import Activiteit, Agenda, Agendafeit, Ambitie, Hoofdlijn, Opdracht, Thema, Trend, Zetel
from tests.factories import AfsluitingFactory, MetingFactory

pytestmark = pytest.mark.django_db

FOUT = Path(__file__).parents[3] / "fixtures_fout"
TWEEDE = Path(__file__).parents[3] / "fixtures_tweede_agenda"
MODELLEN: list[type[models.Model]] = [
    *(Agenda, Opdracht, Trend, Thema, Ambitie, Hoofdlijn, Activiteit, Agendafeit, Zetel),
    *(Onderdeel, Gemeente, Werkgebied, Formatieplan, Formatieregel, Districtsformatie, Controlesom),
    *(Indicator, Monitorregel, Landelijkdoel, Doelstelling, AuditEvent, Herberekenverzoek),
]


def laad(*argumenten: str, map_: Path | None = None) -> str:
    uit = StringIO()
    extra = ["--map", str(map_)] if map_ else []
    call_command("laad_agenda", *argumenten, *extra, stdout=uit)
    return uit.getvalue()


def fouten_van(map_: Path) -> list[str]:
    fout = StringIO()
    with pytest.raises(CommandError, match="er is niets gewijzigd"):
        call_command("laad_agenda", "--map", str(map_), stderr=fout)
    return fout.getvalue().splitlines()


def stand() -> dict[str, list[dict[str, object]]]:
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in MODELLEN}


@pytest.fixture
def kopie(tmp_path: Path) -> Path:
    """The real fixtures, to change something in."""
    return Path(shutil.copytree(settings.FIXTURES_DIR, tmp_path / "fixtures"))


def vervang(pad: Path, oud: str, nieuw: str) -> None:
    tekst = pad.read_text(encoding="utf-8")
    assert tekst.count(oud) == 1, f"{oud!r} staat {tekst.count(oud)} keer in {pad.name}"
    pad.write_text(tekst.replace(oud, nieuw), encoding="utf-8")


def test_loads_the_whole_plan() -> None:
    laad()
    assert Thema.objects.filter(soort="strategisch").count() == 4
    assert Thema.objects.filter(soort="veiligheid").count() == 2
    assert Opdracht.objects.count() == 4
    assert Hoofdlijn.objects.filter(soort="programma").count() == 2
    assert Trend.objects.exclude(opdracht=None).count() == 4
    assert [thema.slug for thema in Thema.objects.exclude(bovenliggend_bronregel="")] == ["politie-voor-iedereen"]
    assert Gemeente.objects.filter(geldig_tot=None).count() == 23
    assert set(Gemeente.objects.filter(opgegaan_in__slug="voorne-aan-zee").values_list("naam", flat=True)) == {
        "Brielle",
        "Hellevoetsluis",
        "Westvoorne",
    }
    assert Onderdeel.objects.filter(soort="basisteam").count() == 18
    assert Onderdeel.objects.filter(soort="district").count() == 7
    assert Werkgebied.objects.count() == 23
    assert Formatieregel.objects.count() == 87
    assert Indicator.objects.count() == 20


def test_a_second_run_changes_no_row() -> None:
    laad()
    voor = stand()
    uit = laad()
    assert stand() == voor
    assert all(regel.split(": ")[1].startswith("0 nieuw, 0 gewijzigd") for regel in uit.splitlines())


def test_only_checking_writes_nothing() -> None:
    assert "niets gewijzigd" in laad("--controleer")
    assert not any(rijen for rijen in stand().values())


@pytest.mark.parametrize("argumenten", [["--controleer"], []])
def test_without_a_usable_database_files_can_be_checked_but_not_loaded(
    argumenten: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def onbereikbaar(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr("monitor.agenda.laden.controleer_doelen", onbereikbaar)
    if argumenten:
        assert "De bestanden kloppen" in laad(*argumenten)
    else:
        with pytest.raises(CommandError, match="niet bereikbaar"):
            laad()


def test_a_row_that_left_the_files_stays(kopie: Path) -> None:
    laad()
    (kopie / "agenda/2023-2026/themas/6-maatschappelijk-ongenoegen.toml").unlink()
    (kopie / "agenda/2023-2026/feiten.toml").unlink()  # names that theme
    vervang(
        kopie / "monitorset/2023-2026/_set.toml",
        '[[rubriek]]\nnaam = "Maatschappelijke onrust"\nthema = "maatschappelijk-ongenoegen"\nbronregel = "1426"\n',
        "",
    )
    laad(map_=kopie)
    assert Thema.objects.filter(slug="maatschappelijk-ongenoegen").exists()
    assert Agendafeit.objects.filter(naar__slug="maatschappelijk-ongenoegen").exists()


def test_a_changed_text_changes_that_row_only(kopie: Path) -> None:
    laad()
    vervang(kopie / "agenda/2023-2026/agenda.toml", "Houd de band met de wijk", "Houd de banden met de wijk")
    uit = laad(map_=kopie)
    assert "opdrachten: 0 nieuw, 1 gewijzigd, 3 gelijk" in uit
    assert uit.count(" 0 gewijzigd") == len(uit.splitlines()) - 1


def test_rows_may_be_renumbered(kopie: Path) -> None:
    laad()
    bestand = kopie / "formatieplan/2023-2026/regels.toml"
    vervang(bestand, "volgnummer = 4\n", "volgnummer = 99\n")
    vervang(bestand, "volgnummer = 5\n", "volgnummer = 4\n")
    vervang(bestand, "volgnummer = 99\n", "volgnummer = 5\n")
    assert "formatieregels: 0 nieuw, 2 gewijzigd" in laad(map_=kopie)


def test_absent_is_not_zero() -> None:
    laad()
    regel = Formatieregel.objects.get(sleutel="districten-flexteam")
    assert (regel.fte_os_gedrukt, regel.fte_nos, regel.fte_nos_gedrukt) == ("153", None, "")
    assert Formatieregel.objects.get(sleutel="totaal-paraatheid").fte_nos_gedrukt == "0"


def test_every_target_of_the_agenda() -> None:
    laad()
    doelen = Doelstelling.objects.values_list("indicator__code", "jaar", "soort", "streefwaarde")
    waarden = {(code, jaar): (soort, streef) for code, jaar, soort, streef in doelen}
    assert waarden["waardebeslag", 2026] == ("jaarvolume", 24270188)
    assert waarden["csv-aangepakt", 2024] == ("onbekend", None)
    assert str(waarden["ziekteverzuim", 2023][1]) == "5.9000"
    assert not [code for code, _ in waarden if code.endswith(("-csv", "-alternatief")) or code == "fenomeenonderzoeken"]
    assert len(waarden) == 15 * 4
    assert Thema.objects.get(slug="maatschappelijk-ongenoegen").geen_doel == "Geen doelstellingen"
    assert not Monitorregel.objects.filter(thema__slug="maatschappelijk-ongenoegen").exists()


def test_a_changed_target_without_a_decision_is_refused(kopie: Path) -> None:
    laad()
    voor = stand()
    vervang(kopie / "monitorset/2023-2026/verdachten-mensenhandel.toml", "2025 = 30", "2025 = 32")
    (fout,) = fouten_van(kopie)
    assert "verdachten-mensenhandel.toml" in fout
    assert "2025" in fout
    assert "[[doel.herzien]]" in fout
    assert stand() == voor


HERZIEN = """
[[doel.herzien]]
jaar = 2025
streefwaarde = 32
besluit = "Bijstelling van de monitorset"
orgaan = "Regionaal Veiligheidsoverleg"
geldig_vanaf = 2025-03-01
reden = "Nieuwe landelijke afspraak"
"""


def test_a_revision_with_a_decision_is_a_new_version(kopie: Path) -> None:
    laad()
    bestand = kopie / "monitorset/2023-2026/verdachten-mensenhandel.toml"
    bestand.write_text(bestand.read_text(encoding="utf-8") + HERZIEN, encoding="utf-8")
    assert "doelstellingen: 1 nieuw, 0 gewijzigd, 60 gelijk" in laad(map_=kopie)
    oud, nieuw = Doelstelling.objects.filter(indicator__code="verdachten-mensenhandel", jaar=2025).order_by("id")
    assert (oud.staat, oud.streefwaarde, oud.vervangen_op) == ("vervangen", 30, nieuw.vastgesteld_op)
    assert (nieuw.staat, nieuw.streefwaarde, nieuw.vervangt, nieuw.marge) == ("vastgesteld", 32, oud, oud.marge)
    assert "doelstellingen: 0 nieuw, 0 gewijzigd, 61 gelijk" in laad(map_=kopie)


def beeindig(kopie: Path, kop: str, dag: str) -> None:
    """The team that begins with these lines ends on that day, where it is listed and where it works."""
    vervang(kopie / "organisatie/onderdelen.toml", kop, f"{kop}geldig_tot = {dag}\n")
    werkgebieden = kopie / "organisatie/werkgebieden.toml"
    team = kop.partition("\n")[0].replace("code", "basisteam")
    tekst = werkgebieden.read_text(encoding="utf-8").replace(f"{team}\n", f"{team}\ngeldig_tot = {dag}\n")
    werkgebieden.write_text(tekst, encoding="utf-8")


A1 = 'code = "A1"\nnaam = "Waterweg"\n'


@pytest.mark.parametrize(("einde", "mag"), [("2025-03-31", False), ("2025-04-01", True)])
def test_a_closed_quarter_keeps_its_verdict_when_the_organisation_changes(kopie: Path, einde: str, mag: bool) -> None:
    """A team that ended within the quarter is not asked any more; one that ended after it is another matter."""
    laad()
    AfsluitingFactory(jaar=2025, kwartaal=1)
    voor = stand()
    beeindig(kopie, A1, einde)
    if mag:
        laad(map_=kopie)
        return
    with pytest.raises(CommandError, match=r"Q1 2025 van .* is gesloten\. .* Er is niets gewijzigd"):
        laad(map_=kopie)
    assert stand() == voor


def test_a_closed_quarter_keeps_its_verdict_when_a_definition_changes(kopie: Path) -> None:
    laad()
    indicator = Indicator.objects.get(code="verdachten-mensenhandel")
    for kwartaal in (1, 2):
        MetingFactory(indicator=indicator, kwartaal=kwartaal)
    AfsluitingFactory(jaar=2025, kwartaal=2)
    bestand = kopie / "monitorset/2023-2026/verdachten-mensenhandel.toml"
    vervang(bestand, "gevoelig = true\n", 'gevoelig = true\nverwachting = "stap"\nstap_kwartaal = 4\n')
    with pytest.raises(CommandError, match="Dit verandert het oordeel over Q2 2025 van"):
        laad(map_=kopie)


def test_a_target_does_not_begin_after_its_year(kopie: Path) -> None:
    laad()
    bestand = kopie / "monitorset/2023-2026/verdachten-mensenhandel.toml"
    bestand.write_text(
        bestand.read_text(encoding="utf-8") + HERZIEN.replace("2025-03-01", "2026-01-01"), encoding="utf-8"
    )
    (fout,) = fouten_van(kopie)
    assert "'geldig_vanaf' ligt na het einde van 2025" in fout


def test_the_national_targets_are_loaded_once_and_follow_their_file(kopie: Path) -> None:
    assert "landelijke doelen: 12 nieuw, 0 gewijzigd, 0 gelijk" in laad(map_=kopie)
    assert "landelijke doelen: 0 nieuw, 0 gewijzigd, 12 gelijk" in laad(map_=kopie)
    vervang(kopie / "monitorset/2023-2026/cybercrime-regulier.toml", "2025 = 400", "2025 = 401")
    assert "landelijke doelen: 0 nieuw, 1 gewijzigd, 11 gelijk" in laad(map_=kopie)
    assert Landelijkdoel.objects.get(indicator__code="cybercrime-regulier", jaar=2025).streefwaarde == 401


def test_what_depends_on_a_change_is_asked_to_be_recomputed(kopie: Path) -> None:
    laad()
    assert Herberekenverzoek.objects.count() == Indicator.objects.count()
    Herberekenverzoek.objects.all().delete()
    vervang(kopie / "monitorset/2023-2026/profcheck.toml", 'niveau = "district"', 'niveau = "eenheid"')
    laad(map_=kopie)
    assert [verzoek.indicator.code for verzoek in Herberekenverzoek.objects.all()] == ["profcheck"]


def test_a_changed_organisation_asks_for_everything_to_be_recomputed(kopie: Path) -> None:
    laad()
    Herberekenverzoek.objects.all().delete()
    beeindig(kopie, 'code = "F4"\nnaam = "Lek en Merwede"\n', "2026-01-01")
    laad(map_=kopie)
    assert Herberekenverzoek.objects.count() == Indicator.objects.count()


def test_a_next_agenda_is_a_matter_of_adding_folders(kopie: Path) -> None:
    laad()
    voor = stand()
    shutil.copytree(TWEEDE, kopie, dirs_exist_ok=True)
    laad(map_=kopie)
    assert list(Agenda.objects.values_list("slug", flat=True)) == ["2023-2026", "2027-2030"]
    assert Doelstelling.objects.filter(indicator__code="ziekteverzuim", jaar=2027).get().streefwaarde == 5
    assert Monitorregel.objects.filter(indicator__code="ziekteverzuim").count() == 2
    assert Formatieplan.objects.count() == 2
    na = stand()
    for naam in ("Thema", "Doelstelling", "Formatieregel", "Indicator"):
        assert na[naam][: len(voor[naam])] == voor[naam]


def test_faults_are_named_all_at_once_and_nothing_changes(kopie: Path) -> None:
    laad()
    voor = stand()
    shutil.copytree(FOUT, kopie, dirs_exist_ok=True)
    fouten = fouten_van(kopie)
    verwacht = (FOUT / "verwacht.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(fouten) == sorted(verwacht)
    assert stand() == voor


def test_the_printed_plan_differs_from_its_parts_in_four_places_that_rounding_cannot_explain() -> None:
    laad()
    verschillen = get_inhoud(Formatieplan.objects.get()).verschillen
    assert len(verschillen) == 44
    assert {u.som.sleutel for u in verschillen if u.bevinding is Bevinding.GEEN_AFRONDING} == {
        "totaal-basispolitiezorg-fte",
        "totaal-basispolitiezorg-os",
        "tabellen-zhp-totaal-fte",
        "inwoners-per-wijkagent-inwoners",
    }


def test_a_cause_or_remark_is_only_given_where_there_is_a_difference() -> None:
    laad()
    met_verschil = {uitkomst.som.sleutel for uitkomst in get_inhoud(Formatieplan.objects.get()).verschillen}
    uitgelegd = Controlesom.objects.exclude(oorzaak="", opmerking="")
    assert {som.sleutel for som in uitgelegd} == met_verschil


def test_computed_figures_stand_next_to_printed_ones() -> None:
    laad()
    sommen = {regel.sleutel: van_regel for regel, van_regel in get_regels_met_sommen(Formatieplan.objects.get())}
    assert str(sommen["zhp-totaal"]["fte"].verschil) == "0.3"
    assert sommen["dros-parate-eenheid"] == {}


def test_controleer_plan_lists_every_difference() -> None:
    with pytest.raises(CommandError, match="laad_agenda"):
        call_command("controleer_plan")
    laad()
    uit = StringIO()
    call_command("controleer_plan", stdout=uit)
    tekst = uit.getvalue()
    assert "181 vergelijkingen, 44 verschillen, waarvan 4 die afronding niet kan verklaren" in tekst
    assert "gedrukt 3.028, berekend 2.904,6, verschil 123,4: geen afronding" in tekst
    assert "gedrukt 609,0, berekend 609,5, verschil -0,5: afronding (tot 0,70 kan afronding zijn)" in tekst
    assert "(regel 1308)" in tekst
