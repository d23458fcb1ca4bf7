"""A version of the plan from our own sheet: out, changed, back, and in force when another approved it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from common.bestanden.toml import Fouten
from common.pagina.uitvoer import FORMATEN
from formatie.bijhouden.formatieplan import namen_en_soorten, planrijen_van
from formatie.bijhouden.planblad import als_blad
from formatie.models import Formatieplan, Onderdeel, Organisatiebesluit
from formatie.plan import laden, lezen
from formatie.plan.selectors import get_formatieplan, get_inhoud
from monitor.invoer.importeren.bestand.rijen import PLANREGELS
from monitor.invoer.importeren.soorten import soort_van
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import ORGANISATIE
from tests.integration.formatie.opstelling import laad_plan
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import analist, vaststeller
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
ADRES = "/beheer/formatieplan/"
KOP = {
    "naam": "Formatieplan 2027", "besluit": "Fictief: vastgesteld door het RVO", "besluitdatum": "2026-11-20",
    "geldig_vanaf": "2027-01-01", "bron": "Fictief: notulen van 20 november",
}  # fmt: skip


@pytest.fixture(autouse=True)
def plan(monkeypatch: pytest.MonkeyPatch) -> Formatieplan:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 29, 11, 0, tzinfo=UTC))
    return laad_plan()


@pytest.fixture
def client() -> Client:
    browser = Client()
    browser.force_login(analist())
    return browser


def _blad(plan: Formatieplan) -> list[list[Any]]:
    return als_blad(planrijen_van(plan), *namen_en_soorten())


def _lees_in(client: Client, blad: list[list[Any]], formaat: str = "csv", **velden: str) -> Any:
    inhoud = FORMATEN[formaat][1]("Plan", [["Een titel erboven"], *blad])
    return client.post(ADRES, KOP | velden | {"bestand": SimpleUploadedFile(f"plan.{formaat}", inhoud)})


def _velden(formulier: Any) -> dict[str, str]:
    """What a browser would send of the figures that stand on the page."""
    velden = [veld for groep in formulier.groepen for rij in groep.rijen for veld in rij.eigen]
    return {"wat": "hand"} | {veld.naam: veld.tekst for veld in velden}


@pytest.mark.parametrize("formaat", ["csv", "xlsx", "ods"])
def test_onze_uitvoer_ongewijzigd_terug_is_geen_verschil(plan: Formatieplan, client: Client, formaat: str) -> None:
    inhoud = client.get(f"{ADRES}{plan.slug}.{formaat}").content
    antwoord = client.post(ADRES, KOP | {"bestand": SimpleUploadedFile(f"plan.{formaat}", inhoud)})
    formulier = antwoord.context["formulier"]
    assert formulier.veldfouten == []
    assert formulier.verschillen == []
    assert "verandert geen enkel getal" in str(formulier.errors)


def test_drie_gewijzigde_cellen_zijn_precies_drie_verschillen_en_gelden_na_een_tweede(
    plan: Formatieplan, client: Client
) -> None:
    blad = _blad(plan)
    oud = {rij[0]: rij for rij in blad}
    for kenmerk in ("cel:A1:basisteam", "cel:A:basisteams", "cel:A:totaal"):
        oud[kenmerk][3] += 1
    formulier = _lees_in(client, blad, "xlsx").context["formulier"]
    anders = {(een.naam, een.verschil) for een in formulier.verschillen}
    assert anders == {("Basisteam", 1), ("Totaal basisteams", 1), ("Totaal", 1)}
    assert len(formulier.verschillen) == 3
    assert not Organisatiebesluit.objects.exists()
    velden = KOP | _velden(formulier) | {"gelezen": formulier.merk, "reden": "Het RVO telt zo."}
    antwoord = client.post(ADRES, velden)
    assert antwoord.status_code == 302, antwoord.context["formulier"].errors
    besluit = Organisatiebesluit.objects.get()
    stel_vast(ORGANISATIE, list(ORGANISATIE.wachtend()), door=vaststeller(), herkomst="proef")
    nieuw = get_formatieplan(date(2027, 1, 1))
    plan.refresh_from_db()
    assert nieuw is not None
    assert (nieuw.naam, plan.geldig_tot) == ("Formatieplan 2027", date(2027, 1, 1))
    assert get_formatieplan(date(2026, 12, 31)) == plan
    assert len(get_inhoud(nieuw).uitkomsten) == len(get_inhoud(plan).uitkomsten)
    assert besluit.naam == "Formatieplan 2027"
    assert client.get(f"/formatie/versies/{nieuw.slug}/").status_code == 200
    _bestanden_laten_het_staan(plan)


def _bestanden_laten_het_staan(plan: Formatieplan) -> None:
    fouten = Fouten()
    organisatie = lezen.lees_organisatie(settings.FIXTURES_DIR, fouten)
    telling = laden.laad(organisatie, lezen.lees_plannen(settings.FIXTURES_DIR, organisatie, fouten))
    assert not any(een.schreef for een in telling.values())
    plan.refresh_from_db()
    assert plan.geldig_tot == date(2027, 1, 1)


def test_een_fout_in_het_bestand_staat_bij_zijn_veld_en_is_daar_te_herstellen(
    plan: Formatieplan, client: Client
) -> None:
    blad = _blad(plan)
    plek = next(nr for nr, rij in enumerate(blad) if rij[0] == "cel:A1:basisteam")
    oud, blad[plek][3] = blad[plek][3], "veel"
    antwoord = _lees_in(client, blad)
    formulier, pagina = antwoord.context["formulier"], Pagina.van(antwoord)
    assert antwoord.status_code == 400
    assert [fout.veld for fout in formulier.veldfouten] == ["cel:A1:basisteam:fte"]
    assert pagina.veld("FTE van A Rijnmond Noord, A1 Waterweg, basisteam").waarde == "veel"
    assert pagina.veld("Naam").waarde == "Formatieplan 2027"
    hersteld = client.post(ADRES, KOP | _velden(formulier) | {"cel:A1:basisteam:fte": f"{oud + 1}".replace(".", ",")})
    assert [een.verschil for een in hersteld.context["formulier"].verschillen] == [1]


def test_een_onbekende_rij_in_het_bestand_noemt_haar_plek_en_vraagt_om_het_bestand(
    plan: Formatieplan, client: Client
) -> None:
    blad = _blad(plan)
    blad[3][0], blad[5][3] = "regel:weg", "veel"
    pagina = Pagina.van(_lees_in(client, blad))
    assert pagina.heeft("Rij 5, kenmerk: regel:weg staat niet in het plan.")
    assert pagina.heeft("Rij 7, fte: ")
    assert pagina.veld("Bestand")


def test_met_de_hand_zijn_twee_gewijzigde_velden_precies_twee_verschillen(plan: Formatieplan, client: Client) -> None:
    velden = _velden(client.get(f"{ADRES}?wat=hand").context["formulier"])
    assert len(velden) - 1 == sum(3 if rij[0].startswith("regel:") else 1 for rij in _blad(plan)[1:]) + 8
    gelijk = client.post(ADRES, KOP | velden)
    assert gelijk.context["formulier"].verschillen == []
    anders = velden | {"cel:A1:basisteam:fte": "170,5", "regel:regiostaf-politieprofessie:nos": "3"}
    formulier = client.post(ADRES, KOP | anders).context["formulier"]
    assert {(een.naam, een.kolom, een.nieuw) for een in formulier.verschillen} == {
        ("Basisteam", "FTE", Decimal("170.5")),
        ("Politieprofessie", "NOS", Decimal(3)),
    }
    assert [groep.naam for groep in formulier.groepen if groep.aantal_anders] == [
        "Regiostaf en Bedrijfsvoering",
        "A Rijnmond Noord",
    ]


def test_met_de_hand_staat_een_fout_bij_haar_veld_en_is_niets_getypt_verloren(
    plan: Formatieplan, client: Client
) -> None:
    velden = _velden(client.get(f"{ADRES}?wat=hand").context["formulier"])
    getypt = {"cel:A1:basisteam:fte": "16,25", "cel:B1:basisteam:fte": "", "cel:C1:basisteam:fte": "201,3"}
    antwoord = client.post(ADRES, KOP | velden | getypt | {"naam": ""})
    formulier, pagina, tekst = antwoord.context["formulier"], Pagina.van(antwoord), antwoord.content.decode()
    assert antwoord.status_code == 400
    assert {fout.veld for fout in formulier.veldfouten} == {"cel:A1:basisteam:fte", "cel:B1:basisteam:fte"}
    assert 'href="#cel:A1:basisteam:fte"' in tekst
    assert pagina.heeft("Hoogstens één cijfer achter de komma, zoals in het plan.")
    assert _velden(formulier) == velden | getypt
    assert pagina.veld("FTE van A Rijnmond Noord, A1 Waterweg, basisteam").waarde == "16,25"
    assert not Organisatiebesluit.objects.exists()


def test_een_team_dat_komt_heeft_lege_velden_en_een_dat_ophoudt_mag_leeg(plan: Formatieplan, client: Client) -> None:
    Onderdeel.objects.filter(code="A1").update(geldig_tot=date(2027, 1, 1))
    district = Onderdeel.objects.get(code="A")
    Onderdeel.objects.create(code="A4", naam="Maassluis", soort="basisteam", ouder=district, volgorde=district.volgorde)
    velden = _velden(client.get(f"{ADRES}?wat=hand").context["formulier"])
    assert velden["cel:A4:basisteam:fte"] == velden["cel:A4:wijkagenten:fte"] == ""
    assert client.post(ADRES, KOP | velden).context["formulier"].verschillen == []
    weg = {naam: "" for naam in velden if naam.startswith("cel:A1:")}
    formulier = client.post(ADRES, KOP | velden | weg | {"cel:A4:basisteam:fte": "12"}).context["formulier"]
    assert formulier.veldfouten == []
    assert {een.tabel for een in formulier.verschillen} == {"A1 Waterweg", "A4 Maassluis"}


def test_een_ander_bestand_en_een_datum_die_niet_kan_krijgen_een_zin(plan: Formatieplan, client: Client) -> None:
    anders = _lees_in(client, [["indicator", "onderdeel", "jaar"], ["x", "A1", 2026]])
    assert "geen blad van het formatieplan" in anders.content.decode()
    zelfde = _lees_in(client, _blad(plan), geldig_vanaf="2023-01-01")
    assert zelfde.status_code == 400
    assert "gaat op die dag al in" in str(zelfde.context["formulier"].errors)


def test_gewone_import_wijst_de_weg_naar_het_formatieplan(plan: Formatieplan) -> None:
    with pytest.raises(InvoerFout, match="bij Beheer, Formatieplan"):
        soort_van(PLANREGELS)
