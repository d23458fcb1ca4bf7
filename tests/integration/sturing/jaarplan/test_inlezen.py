"""A jaarplan from a sheet: what was exported changes nothing, every fault is named, all of it or nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from common.pagina.uitvoer import FORMATEN, ontdoe
from sturing.models import Activiteitversie, Planactiviteit
from tests.factories import IndicatorFactory, maak_hoofdlijn, maak_persoon, maak_planactiviteit
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
VANDAAG = date(2025, 6, 15)
ADRES = "/jaarplan/2025/importeren/"
Blad = list[list[str]]


@pytest.fixture(autouse=True)
def _vandaag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda m=None: timezone.localtime(m).date() if m else VANDAAG)


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(maak_persoon("programmadirecteur", naam="plan-directeur"))
    return client


@pytest.fixture
def versies() -> list[Activiteitversie]:
    IndicatorFactory(code="proef"), IndicatorFactory(code="tweede")
    anna, op = maak_persoon("analist", naam="anna"), datetime(2025, 6, 1, 12, tzinfo=UTC)
    lijn = maak_hoofdlijn()
    mijlpalen = [("2025-03-01", "=Begonnen; met +", "2025-03-02"), ("2025-04-01", "Nog, niet", "")]
    return [
        maak_planactiviteit(lijn, op=op, eigenaar=anna, mijlpalen=mijlpalen, indicatoren=["proef", "tweede"]),
        maak_planactiviteit(
            lijn,
            op=op,
            titel='=HYPERLINK("x") – “élan”',
            status="vertraagd",
            reden='Regel een.\n\n+Regel; "twee", drie.',
        ),
        maak_planactiviteit(maak_hoofdlijn("ander", 0), op=op, titel="'Elders", begin="2024-11-01", eind="2026-02-28"),
    ]


def exporteer(client: Client, formaat: str = "csv", vraag: str = "") -> bytes:
    return client.get(f"/jaarplan/2025/?_export={formaat}{vraag}").content


def als_blad(inhoud: bytes) -> Blad:
    rijen = csv.reader(io.StringIO(inhoud.decode("utf-8-sig")), delimiter=";")
    return [[ontdoe(cel) for cel in rij] for rij in rijen]


def lees(client: Client, inhoud: bytes | Blad, formaat: str = "csv") -> HttpResponse:
    bytes_ = inhoud if isinstance(inhoud, bytes) else FORMATEN[formaat][1]("Jaarplan", inhoud)
    return client.post(ADRES, {"bestand": SimpleUploadedFile(f"jaarplan.{formaat}", bytes_)})  # type: ignore[return-value]


def bevestig(client: Client, getoond: HttpResponse) -> HttpResponse:
    """Send what the page holds for it, as a browser does."""
    velden = dict(re.findall(r'type="hidden" name="(gezien|rijen)" value="([^"]*)"', getoond.content.decode()))
    return client.post(ADRES, {naam: unescape(waarde) for naam, waarde in velden.items()})  # type: ignore[return-value]


def kolom(blad: Blad, naam: str) -> int:
    return [cel.lower() for cel in blad[0]].index(naam)


@pytest.mark.parametrize("formaat", ["csv", "xlsx", "ods"])
def test_wat_werd_opgeslagen_verandert_bij_het_inlezen_niets(
    formaat: str, client: Client, versies: list[Activiteitversie]
) -> None:
    antwoord = lees(client, exporteer(client, formaat), formaat)
    assert antwoord.status_code == 200, Pagina.van(antwoord).tekst
    assert Pagina.van(antwoord).heeft("Het blad verandert niets")
    assert Activiteitversie.objects.count() == len(versies)


@pytest.mark.parametrize("formaat", ["csv", "xlsx", "ods"])
def test_eerst_wordt_getoond_wat_er_verandert_en_dan_pas_bewaard(
    formaat: str, client: Client, versies: list[Activiteitversie]
) -> None:
    blad = als_blad(exporteer(client))
    rij = next(rij for rij in blad if "Proef met wijkteams" in rij)
    rij[kolom(blad, "eind")] = "2025-11-30"
    nieuw = [
        "",
        "",
        "Ander",
        "0",
        "Nieuw uit blad",
        "ANNA",
        "1-7-2025",
        "31-12-2025",
        "niet gestart",
        "",
        "",
        "proef",
        "",
        "",
    ]
    getoond = lees(client, [*blad, nieuw], formaat)
    pagina = Pagina.van(getoond)
    assert pagina.heeft("2 activiteiten nieuw of gewijzigd")
    assert pagina.heeft("2 activiteiten blijven zoals ze zijn")
    assert pagina.heeft("einde van “31-10-2025” naar “30-11-2025”")
    assert Activiteitversie.objects.count() == 3
    assert bevestig(client, getoond).status_code == 302
    gewijzigd = versies[0].plan.versies.get(vervangen_op=None)
    assert (gewijzigd.nummer, gewijzigd.eind, gewijzigd.mijlpalen.count()) == (2, date(2025, 11, 30), 2)
    gemaakt = Activiteitversie.objects.get(titel="Nieuw uit blad")
    assert (gemaakt.eigenaar.username, gemaakt.plan.hoofdlijn.thema.slug, gemaakt.plan.nummer) == ("anna", "ander", 2)


FOUTEN: dict[str, tuple[str, str, str]] = {
    "activiteit": ("activiteit", "proefthema 9.9", "staat niet in het jaarplan van 2025"),
    "versie": ("versie", "7", "nu geldt 1"),
    "thema": ("thema", "ander", "hoort bij Proefthema"),
    "hoofdlijn": ("hoofdlijn", "4", "hoort bij hoofdlijn 1"),
    "titel": ("titel", "", "Vul in hoe de activiteit heet"),
    "eigenaar": ("eigenaar", "Niemand Bekend", "“Niemand Bekend” staat niet in de monitor"),
    "begin": ("begin", "gisteren", "Vul een dag in"),
    "begin dat niet bestaat": ("begin", "31-02-2025", "31-02-2025 bestaat niet. Vul een dag in"),
    "eind": ("eind", "01-01-2025", "ligt voor het begin"),
    "status": ("status", "bijna", "is geen status"),
    "lege status": ("status", "", "Vul een status in: niet gestart"),
    "reden": ("reden", "x" * 10_000, "hoogstens 2000 tekens"),
    "mijlpalen": ("mijlpalen", "01-04-2025 | Nog, niet\n01-12-2025 | Buiten", "buiten de activiteit"),
    "mijlpaal zonder dag": ("mijlpalen", "ooit | Zonder dag", "Vul de dag"),
    "mijlpaal zonder streep": (
        "mijlpalen",
        "01-03-2025 A",
        "“01-03-2025 A” is zo niet te lezen. Schrijf elke mijlpaal",
    ),
    "mijlpaal met meer": ("mijlpalen", "01-03-2025 | A | bereikt morgen", "geen dag"),
    "indicatoren": ("indicatoren", "proef, bestaat-niet", "bestaat-niet is geen indicator"),
}


@pytest.mark.parametrize("geval", FOUTEN)
def test_elke_fout_heet_naar_haar_rij_en_kolom(geval: str, client: Client, versies: list[Activiteitversie]) -> None:
    naam, waarde, zin = FOUTEN[geval]
    blad = als_blad(exporteer(client))
    nummer = next(nr for nr, rij in enumerate(blad) if "Proef met wijkteams" in rij)
    blad[nummer][kolom(blad, naam)] = waarde
    if geval == "versie":
        blad[nummer][kolom(blad, "titel")] = "Anders"
    antwoord = lees(client, blad)
    gevonden = [(fout.rij, fout.kolom, fout.reden) for fout in antwoord.context["fouten"]]  # type: ignore[attr-defined]  # of the test client
    assert antwoord.status_code == 400
    erbij = [(nummer + 1, "titel")] if geval == "activiteit" else []  # a new one may not have the title of another
    assert [(nummer + 1, naam), *erbij] == [een[:2] for een in gevonden], gevonden
    assert zin in gevonden[0][2]
    assert Activiteitversie.objects.count() == 3


def test_een_gemiste_mijlpaal_gaat_niet_stil_uit_het_blad(client: Client, versies: list[Activiteitversie]) -> None:
    blad = als_blad(exporteer(client))
    rij = next(rij for rij in blad if "Proef met wijkteams" in rij)
    rij[kolom(blad, "mijlpalen")] = ""
    antwoord = lees(client, blad)
    assert antwoord.status_code == 400
    assert Pagina.van(antwoord).heeft("reden: Niet bereikt, en de dag is voorbij: “Nog, niet” van 01-04-2025.")
    rij[kolom(blad, "reden")] = "De mijlpaal van 01-04-2025 vervalt."
    assert bevestig(client, lees(client, blad)).status_code == 302


def test_een_fout_houdt_alles_tegen_en_alle_fouten_komen_tegelijk(
    client: Client, versies: list[Activiteitversie]
) -> None:
    blad = als_blad(exporteer(client))
    goed = ["", "", "Ander", "0", "Goed", "", "01-07-2025", "31-12-2025", "Op schema", "", "", "", "", ""]
    fout = ["", "", "Geen thema", "0", "Fout", "wie?", "x", "", "?", "", "ooit | A\nlater | B", "?", "", ""]
    elders = [*blad[1][:2], "Ander", "9", "", *blad[1][5:]]
    antwoord = lees(client, [blad[0], elders, *blad[2:], goed, fout, [*goed[:3], "7", "", "", "x", "", "?", *goed[9:]]])
    gevonden = [(f.rij, f.kolom) for f in antwoord.context["fouten"]]  # type: ignore[attr-defined]  # of the test client
    rij = len(blad) + 2
    assert gevonden == [
        *[(2, kolom) for kolom in ("thema", "hoofdlijn", "titel")],
        *[(rij, kolom) for kolom in ("thema", "eigenaar", "begin", "eind", "status")],
        *[(rij, "mijlpalen"), (rij, "mijlpalen"), (rij, "indicatoren")],
        *[(rij + 1, kolom) for kolom in ("hoofdlijn", "titel", "begin", "eind", "status")],
    ]
    assert Pagina.van(antwoord).heeft("Mijlpaal 2: Vul de dag van deze mijlpaal in")
    assert Planactiviteit.objects.count() == 3


def test_een_cel_die_niet_te_lezen_is_komt_met_de_rest(client: Client, versies: list[Activiteitversie]) -> None:
    blad = als_blad(exporteer(client))
    blad[1] = [*blad[1][:4], "", *blad[1][5:], "los"]
    antwoord = lees(client, blad)
    gevonden = [(f.rij, f.kolom) for f in antwoord.context["fouten"]]  # type: ignore[attr-defined]  # of the test client
    assert gevonden == [(2, ""), (2, "titel")]


def test_een_hoofdlijn_die_er_niet_is_noemt_welke_er_zijn(client: Client, versies: list[Activiteitversie]) -> None:
    blad = als_blad(exporteer(client))
    nieuw = ["", "", "Proefthema", "7", "Nieuw", "", "01-07-2025", "31-12-2025", "Op schema", "", "", "", "", ""]
    lijn = versies[0].plan.hoofdlijn
    pagina = Pagina.van(lees(client, [*blad, nieuw, [*nieuw[:3], "", *nieuw[4:]]]))
    keuzes = f"Kies het nummer uit: {lijn.nummer} ({lijn.titel})."
    assert pagina.heeft(f"Rij {len(blad) + 1}, hoofdlijn: Proefthema heeft geen hoofdlijn “7”. {keuzes}")
    assert pagina.heeft(f"Rij {len(blad) + 2}, hoofdlijn: Vul een nummer in. {keuzes}")


def test_dubbele_rijen_en_hetzelfde_blad_nog_eens(client: Client, versies: list[Activiteitversie]) -> None:
    blad = als_blad(exporteer(client))
    assert lees(client, [*blad, blad[1]]).status_code == 400
    nieuw = ["", "", "ander", "0", "Maar één keer", "", "01-07-2025", "31-12-2025", "Op schema", "", "", "", "", ""]
    bevestig(client, lees(client, [*blad, nieuw]))
    assert Planactiviteit.objects.count() == 4
    weer = lees(client, [*blad, nieuw])
    assert weer.status_code == 400
    assert Pagina.van(weer).heeft("staat al in het jaarplan, als ander 0.2")


def test_wie_een_oud_blad_inleest_overschrijft_niets_van_een_ander(
    client: Client, versies: list[Activiteitversie]
) -> None:
    oud = als_blad(exporteer(client))
    velden = {"titel": "Van een ander", "begin": "2025-02-01", "eind": "2025-10-31", "status": "op-schema"}
    velden |= {"reden": "“Nog, niet” vervalt."}
    client.post(f"/jaarplan/activiteiten/{versies[0].plan_id}/", velden | {"eigenaar": "", "gezien": "1"})
    assert Pagina.van(lees(client, oud)).heeft("Het blad verandert niets")
    rij = next(rij for rij in oud if "Proef met wijkteams" in rij)
    rij[kolom(oud, "titel")] = "Uit het oude blad"
    assert Pagina.van(lees(client, oud)).heeft("nu geldt 2")


def test_wijzigt_er_iets_tussen_tonen_en_bewaren_dan_wordt_opnieuw_getoond(
    client: Client, versies: list[Activiteitversie]
) -> None:
    blad = als_blad(exporteer(client))
    rij = next(rij for rij in blad if "Proef met wijkteams" in rij)
    rij[kolom(blad, "titel")] = "Uit het blad"
    getoond = lees(client, blad)
    velden = {"titel": "Van een ander", "begin": "2025-02-01", "eind": "2025-10-31", "status": "op-schema"}
    velden |= {"reden": "“Nog, niet” vervalt."}
    client.post(f"/jaarplan/activiteiten/{versies[0].plan_id}/", velden | {"eigenaar": "", "gezien": "1"})
    assert bevestig(client, getoond).status_code == 400
    assert versies[0].plan.versies.get(vervangen_op=None).titel == "Van een ander"


def test_van_een_ander_thema_mag_een_rij_blijven_maar_niet_veranderen(versies: list[Activiteitversie]) -> None:
    client = Client()
    client.force_login(maak_persoon("portefeuillehouder", thema="proefthema"))
    blad = als_blad(exporteer(client))
    assert Pagina.van(lees(client, blad)).heeft("Het blad verandert niets")
    rij = next(rij for rij in blad if rij[0].startswith("ander"))
    rij[kolom(blad, "eind")] = "31-12-2025"
    assert Pagina.van(lees(client, blad)).heeft("U houdt het jaarplan van dit thema niet bij")


@pytest.mark.parametrize(
    ("maak", "zin"),
    [
        (lambda: b"", "Het bestand is leeg"),
        (lambda: b"PK\x03\x04kapot", "beschadigd"),
        (lambda: b"%PDF-1.4", "pdf"),
        (lambda: FORMATEN["csv"][1]("x", [["indicator", "onderdeel", "jaar"], ["a", "b", "1"]]), "geen blad van het"),
        (lambda: FORMATEN["xlsx"][1]("x", [["naam", "bedrag"], ["a", "b"]]), "de kolommen activiteit; versie; thema"),
        (lambda: FORMATEN["csv"][1]("x", [["titel", "mijlpalen"], ["a", "b"]]), "de kolommen activiteit; versie"),
    ],
)  # fmt: skip
def test_een_ander_bestand_wordt_met_een_zin_geweigerd(
    maak: Callable[[], bytes], zin: str, client: Client, versies: list[Activiteitversie]
) -> None:
    antwoord = lees(client, maak())
    assert antwoord.status_code == 400
    assert zin in Pagina.van(antwoord).tekst
    assert "in het blad en lees" not in Pagina.van(antwoord).tekst or "Rij 1" in Pagina.van(antwoord).tekst


def test_zonder_bestand_staat_dat_bij_het_veld_en_de_pagina_zegt_wat_te_wijzigen_is(client: Client) -> None:
    maak_planactiviteit()
    antwoord = client.post(ADRES, {})
    pagina = Pagina.van(antwoord)
    assert antwoord.status_code == 400
    assert antwoord.context["formulier"].errors == {"bestand": ["Kies een bestand."]}
    assert pagina.heeft("Kies het blad")
    assert not pagina.heeft("Er is niets ingelezen")
    assert pagina.heeft("kolommen wijzigen: titel, eigenaar, begin, eind, status, reden, mijlpalen, indicatoren.")


def test_een_titel_die_een_ander_al_heeft_wordt_ook_uit_een_blad_geweigerd(
    client: Client, versies: list[Activiteitversie]
) -> None:
    blad = als_blad(exporteer(client))
    rij = next(rij for rij in blad if "Proef met wijkteams" in rij)
    rij[kolom(blad, "titel")] = versies[1].titel
    assert Pagina.van(lees(client, blad)).heeft("Dit staat al in het jaarplan, als proefthema 1.2")


@pytest.mark.parametrize("rijen", ["", "[]", "geen json", "[1]", '[["x", {}]]', '{"a": 1}', "[[1, 2]]"])
def test_wat_er_bij_het_bevestigen_terugkomt_wordt_niet_vertrouwd(
    rijen: str, client: Client, versies: list[Activiteitversie]
) -> None:
    assert client.post(ADRES, {"rijen": rijen, "gezien": "x"}).status_code == 400


def test_een_jaarplan_op_de_pagina_van_imports_wordt_naar_het_jaarplan_gewezen() -> None:
    from monitor.invoer.importeren.bestand.rijen import JAARPLANREGELS
    from monitor.invoer.importeren.soorten import soort_van
    from monitor.invoer.regels.waarneming import InvoerFout

    with pytest.raises(InvoerFout, match="Jaarplan, Lees een blad in"):
        soort_van(JAARPLANREGELS)
