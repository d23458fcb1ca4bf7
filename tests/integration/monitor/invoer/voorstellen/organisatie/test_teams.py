"""Teams that change on the site: from the page to the sums, by two persons."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal as D
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from common.bestanden.toml import Fouten
from common.tekst.periode import Kwartaal
from formatie.bezetting.terugkijken import NU
from formatie.bezetting.voor_lezer import get_eenheid
from formatie.models import Bezetting, Eerderenaam, Formatieplan, Onderdeel, Opvolging, Organisatiebesluit, Werkgebied
from formatie.plan import laden, lezen
from monitor.invoer.bezetting.kader import lees_ontbrekend
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import ORGANISATIE
from tests.factories import BezettingFactory
from tests.integration.formatie.opstelling import laad_plan
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import analist, vaststeller
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
ADRES = "/beheer/organisatie/"
SPLITSING = {
    "soort": "splitsen", "van": ["A1"], "vanaf": "2027-01-01",
    "code_1": "A4", "naam_1": "Maassluis", "code_2": "A5", "naam_2": "Vlaardingen",
}  # fmt: skip
SAMEN = {"soort": "samenvoegen", "code_1": "A2", "naam_1": ""}


@pytest.fixture(autouse=True)
def _op_een_dag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 29, 11, 0, tzinfo=UTC))


@pytest.fixture
def plan() -> Formatieplan:
    return laad_plan()


@pytest.fixture
def client() -> Client:
    browser = Client()
    browser.force_login(analist())
    return browser


def _post(client: Client, **velden: Any) -> Any:
    return client.post(ADRES, SPLITSING | {"bron": "Fictief: besluit 12"} | velden)


def _stel_voor(client: Client, **velden: Any) -> Organisatiebesluit:
    """Read what follows first, then propose it."""
    gelezen = _post(client, **velden).context["formulier"].merk
    antwoord = _post(client, **velden, gelezen=gelezen)
    assert antwoord.status_code == 302, antwoord.context["formulier"].errors
    return Organisatiebesluit.objects.latest("pk")


def _stel_vast(besluit: Organisatiebesluit) -> None:
    gezien = list(ORGANISATIE.wachtend().filter(pk=besluit.pk))
    stel_vast(ORGANISATIE, gezien, door=vaststeller(), herkomst="proef")


def test_eerst_lezen_dan_voorstellen_dan_door_een_ander(plan: Formatieplan, client: Client) -> None:
    antwoord = _post(client)
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 200, antwoord.context["formulier"].errors
    assert "A4 Maassluis begint op 1 januari 2027 met een eigen, lege reeks, en noemt A1 als voorganger" in pagina
    assert "De plaatsen in het formatieplan blijven staan" in pagina
    assert not Organisatiebesluit.objects.exists()
    _stel_vast(_stel_voor(client))
    teams = {o.code: o for o in Onderdeel.objects.filter(ouder__code="A")}
    assert teams["A1"].geldig_tot == teams["A4"].geldig_vanaf == date(2027, 1, 1)
    assert set(Opvolging.objects.values_list("van__code", "naar__code")) == {("A1", "A4"), ("A1", "A5")}


def test_een_team_waarover_een_voorstel_wacht_is_gemerkt(plan: Formatieplan, client: Client) -> None:
    naam = str(Onderdeel.objects.get(code="A1"))
    assert not Pagina.van(client.get(ADRES)).heeft("Er wacht een voorstel")
    _stel_voor(client)
    assert Pagina.van(client.get(ADRES)).link(f"Er wacht een voorstel over {naam}") == "#wachtend"


def test_wie_iets_anders_typt_leest_het_opnieuw(plan: Formatieplan, client: Client) -> None:
    gelezen = _post(client).context["formulier"].merk
    antwoord = _post(client, code_2="A6", naam_2="Anders", gelezen=gelezen)
    assert (antwoord.status_code, Organisatiebesluit.objects.count()) == (200, 0)
    assert "A6 Anders" in antwoord.content.decode()


@pytest.mark.parametrize(
    ("velden", "veld", "reden"),
    [
        (
            {"code_1": "", "naam_1": "", "code_2": "", "naam_2": ""},
            "code_1",
            "Een splitsing heeft ten minste twee opvolgers",
        ),
        ({"vanaf": ""}, "vanaf", "Vanaf"),
        ({"vanaf": "geen dag"}, "vanaf", "datum"),
        ({"vanaf": "2026-09-01"}, "vanaf", "ingevoerd over Q3 2026"),
        ({"bron": ""}, "bron", "leeg"),
        ({"naam_2": "x" * 130}, "naam_2", "130 tekens"),
        ({"code_2": "a5"}, "code_2", "“a5” kan geen code zijn"),
        ({"naam_2": ""}, "naam_2", "vul ook zijn naam in"),
        ({"soort": "hernoemen", "naam": "Nieuw", "vanaf": "2027-01-01"}, "vanaf", "meteen overal"),
    ],
)
def test_een_fout_staat_bij_zijn_veld_en_wat_getypt_is_blijft(
    plan: Formatieplan, client: Client, velden: dict[str, str], veld: str, reden: str
) -> None:
    BezettingFactory(onderdeel=Onderdeel.objects.get(code="A1"), jaar=2026, kwartaal=3)
    antwoord = _post(client, **velden)
    fouten = antwoord.context["formulier"].errors
    assert antwoord.status_code == 400
    assert reden in " ".join(fouten.get(veld, [])), fouten
    assert not Organisatiebesluit.objects.exists()
    pagina = Pagina.van(antwoord)
    for naam, label in (("naam_1", "Naam van team 1"), ("naam_2", "Naam van team 2")):
        if SPLITSING["soort"] == velden.get("soort", "splitsen"):
            assert pagina.veld(label).waarde == velden.get(naam, SPLITSING[naam])


def test_werkgebieden_gaan_naar_wie_is_aangewezen(plan: Formatieplan, client: Client) -> None:
    gebieden = list(Werkgebied.objects.filter(basisteam__code="A1", geldig_tot=None))
    assert gebieden
    _stel_vast(_stel_voor(client, **{f"gebied-{gebied.pk}": "A5" for gebied in gebieden}))
    assert not Werkgebied.objects.filter(basisteam__code="A1", geldig_tot=None).exists()
    over = Werkgebied.objects.filter(basisteam__code="A5", geldig_vanaf=date(2027, 1, 1))
    assert {rij.gemeente_id for rij in over} == {rij.gemeente_id for rij in gebieden}
    assert {(rij.bron, rij.bronregel) for rij in over} == {("Fictief: besluit 12", "")}


def test_wie_besluit_leest_wie_welk_werkgebied_krijgt(plan: Formatieplan, client: Client) -> None:
    een, *meer = Werkgebied.objects.filter(basisteam__code="A1", geldig_tot=None).select_related("gemeente")
    besluit = _stel_voor(client, **{f"gebied-{een.pk}": "A5"}, **{f"gebied-{gebied.pk}": "" for gebied in meer})
    (naast,) = ORGANISATIE.naast([besluit])
    assert naast.naam == "Splitsing van A1 in A4 Maassluis en A5 Vlaardingen"
    assert naast.nieuw.startswith("vanaf 1 januari 2027. Werkgebieden: ")
    assert f"{een.gemeente} naar A5 Vlaardingen" in naast.nieuw
    assert naast.nieuw.count("nog naar niemand") == len(meer)
    assert any("heeft vanaf die dag geen basisteam" in zin for zin in naast.uitleg) is bool(meer)


def test_bij_samenvoegen_gaan_de_werkgebieden_vanzelf_mee(plan: Formatieplan, client: Client) -> None:
    waren = set(Werkgebied.objects.filter(basisteam__code__in=["A1", "A2"]).values_list("gemeente", flat=True))
    _stel_vast(_stel_voor(client, **SAMEN, van=["A1", "A2"]))
    nu = Werkgebied.objects.filter(basisteam__code="A2", geldig_tot=None)
    assert set(nu.values_list("gemeente", flat=True)) == waren


def test_de_bestanden_maken_een_besluit_niet_ongedaan(plan: Formatieplan, client: Client) -> None:
    _stel_vast(_stel_voor(client))
    fouten = Fouten()
    organisatie = lezen.lees_organisatie(settings.FIXTURES_DIR, fouten)
    telling = laden.laad(organisatie, [])
    assert not any(een.schreef for een in telling.values())
    assert Onderdeel.objects.get(code="A1").geldig_tot == date(2027, 1, 1)


def test_een_andere_naam_blijft_te_vinden(plan: Formatieplan, client: Client) -> None:
    _stel_vast(_stel_voor(client, soort="hernoemen", naam="Waterkant", vanaf="2026-11-01"))
    assert Onderdeel.objects.get(code="A1").naam == "Waterkant"
    eerder = Eerderenaam.objects.get()
    assert (eerder.naam, eerder.tot) == ("Waterweg", date(2026, 11, 1))
    assert "A1" in client.get("/zoeken/?q=Waterweg").content.decode()


def _lever(kwartaal: Kwartaal, plekken: list[tuple[str, str]], fte: str) -> None:
    niets = dict.fromkeys(("nos", "aspiranten", "wijkagenten", "wijkagenten_expert"), D(0))
    for code, soort in plekken:
        onderdeel = Onderdeel.objects.get(code=code)
        jaar, nummer = kwartaal.jaar, kwartaal.nummer
        BezettingFactory(onderdeel=onderdeel, soort=soort, jaar=jaar, kwartaal=nummer, os=D(fte), **niets)


def test_de_som_van_het_district_blijft_heel_over_de_datum(plan: Formatieplan, client: Client) -> None:
    """Nobody is counted twice or lost: the heirs are asked, what ended is not, and the sum is there when all are in."""
    _stel_vast(_stel_voor(client, vanaf="2026-11-15"))
    voor, na = Kwartaal(2026, 3), Kwartaal(2026, 4)
    alle = list(Onderdeel.objects.select_related("ouder"))
    gevraagd = {
        kwartaal: {o.code for o, soort in rijen if soort == "basisteam" and o.ouder and o.ouder.code == "A"}
        for kwartaal, rijen in lees_ontbrekend([voor, na], alle).items()
    }
    assert gevraagd == {voor: {"A1", "A2", "A3"}, na: {"A2", "A3", "A4", "A5"}}
    overig = plan.districtscellen.filter(onderdeel__code="A", soort__in=Bezetting.Soort.values)
    for kwartaal in (voor, na):
        _lever(kwartaal, [(code, "basisteam") for code in sorted(gevraagd[kwartaal])], "10")
        _lever(kwartaal, [("A", cel.soort) for cel in overig], "1")
    sommen = get_eenheid(vaststeller(), [voor, na], NU)
    assert sommen[voor]["A"].fte == 30 + len(overig)
    assert sommen[na]["A"].fte == 40 + len(overig)
    pagina = client.get("/formatie/districten/A/?kwartaal=2026-Q4").content.decode()
    assert "bestaat niet meer" in pagina


def test_de_soort_in_het_adres_toont_alleen_haar_velden_met_het_team_gekozen(
    plan: Formatieplan, client: Client
) -> None:
    keuze = Pagina.van(client.get(ADRES))
    assert keuze.link("Een team krijgt een andere naam") == "?wat=hernoemen#voorstel"
    assert "Vanaf" not in [veld.label for veld in keuze.velden]
    splitsen = client.get(f"{ADRES}?wat=splitsen&team=A2").context["formulier"]
    assert [rij[0].name for rij in splitsen.opvolgerrijen] == [f"code_{nummer}" for nummer in range(1, 7)]
    assert "naam" not in splitsen.fields
    hernoemen = client.get(f"{ADRES}?wat=hernoemen&team=A2").context["formulier"]
    assert hernoemen.opvolgerrijen == []
    assert {"naam", "van"} <= set(hernoemen.fields)
    for formulier in (splitsen, hernoemen):
        gekozen = [team.code for _, teams in formulier.per_district for team, is_gekozen in teams if is_gekozen]
        assert gekozen == ["A2"]


def test_een_lege_rij_ertussen_schuift_op_en_de_fout_staat_bij_haar_team(plan: Formatieplan, client: Client) -> None:
    antwoord = _post(client, code_2="", naam_2="", code_4="fout", naam_4="Vlaardingen")
    formulier = antwoord.context["formulier"]
    assert "“fout” kan geen code zijn" in str(formulier.errors["code_2"])
    assert Pagina.van(antwoord).veld("Naam van team 2").waarde == "Vlaardingen"
    assert 'href="#id_code_2"' in antwoord.content.decode()
