"""One value in at the front door, and the same number and verdict in every room."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import time
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook

from accounts.models import User
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from monitor.models import Doelbereik, Herberekenverzoek, Indicator, Meting
from tests.factories import maak_persoon
from tests.figuren import figuur_van
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "verdachten-mensenhandel"
ZIN = "23 verdachten t/m Q3, norm 22,5; nog 7 nodig in Q4. Vergeleken met een gelijk deel per kwartaal."


@pytest.fixture
def lezer(worker: subprocess.Popen[bytes], tmp_path: Path) -> Client:
    """Someone who reads, after 9, 6 and 8 came in as a file and a real worker worked out what follows."""
    call_command("laad_agenda", stdout=StringIO())
    maak_persoon("analist")
    maak_persoon("vaststeller")
    rijen = [f"{CODE};RE07;2025;{k};{waarde};;;;definitief;;" for k, waarde in ((1, 9), (2, 6), (3, 8))]
    bestand = tmp_path / "metingen.csv"
    bestand.write_text("\n".join([";".join(METINGKOLOMMEN), *rijen]), encoding="utf-8")
    opties = ("--door", "analist", "--vaststellen-door", "vaststeller")
    call_command("importeer_metingen", bestand, *opties, stdout=StringIO())
    _wacht_tot(lambda: Doelbereik.objects.filter(indicator__code=CODE, oordeel="op_koers").exists())
    client = Client()
    client.force_login(maak_persoon("rvo-lid"))
    return client


def _wacht_tot(klaar: Callable[[], bool], seconden: float = 20) -> None:
    eind = time.monotonic() + seconden
    while not klaar():
        assert time.monotonic() < eind, "the worker did not get to it"
        time.sleep(0.05)


def _export(client: Client, adres: str, kop: str = "Indicator") -> list[dict[str, str]]:
    regels = list(csv.reader(io.StringIO(client.get(adres).content.decode("utf-8-sig")), delimiter=";"))
    begin = next(n for n, regel in enumerate(regels) if kop in regel)
    return [dict(zip(regels[begin], regel, strict=True)) for regel in regels[begin + 1 :]]


def test_hetzelfde_getal_en_oordeel_in_elke_kamer(lezer: Client) -> None:
    rij = Doelbereik.objects.get(indicator__code=CODE, onderdeel__code="RE07", jaar=2025, kwartaal=3)
    assert (rij.cum_teller, rij.oordeel) == (23, "op_koers")

    api = lezer.get(f"/api/v1/doelbereik?indicator={CODE}&jaar=2025&kwartaal=3").json()["resultaten"][0]
    assert (api["cumulatief"], api["oordeel"], api["reden"]) == ("23", "op_koers", ZIN)

    uit = StringIO()
    keuze = ("--indicator", CODE, "--onderdeel", "RE07", "--jaar", "2025", "--kwartaal", "3", "--json")
    call_command("toon_doelbereik", *keuze, stdout=uit)
    opdracht = json.loads(uit.getvalue())
    eigen = ("berekendOp", "omvang")  # when it was computed, and of what part of the plan bezetting speaks
    assert {naam: opdracht[naam] for naam in api if naam not in eigen} == {
        naam: api[naam] for naam in api if naam not in eigen
    }

    naam = Indicator.objects.get(code=CODE).naam
    pagina = Pagina.van(lezer.get(f"/indicatoren/{CODE}/?kwartaal=2025-Q3"))
    assert pagina.kop1 == naam
    assert pagina.heeft("Op koers te weinig metingen (3)")
    assert pagina.heeft("23 verdachten t/m Q3, norm 22,5 verdachten.")

    overzicht = Pagina.van(lezer.get("/?kwartaal=2025-Q3"))
    kern = "23 verdachten t/m Q3, norm 22,5 verdachten. Nog 7 verdachten nodig in Q4."
    assert overzicht.deel("Op koers of behaald").deel(naam).heeft(kern)

    [regel] = [r for r in _export(lezer, "/indicatoren/?kwartaal=2025-Q3&_export=csv") if "mensenhandel" in str(r)]
    assert (regel["Waarde"], regel["Doel"], regel["Oordeel"], regel["Waarom"]) == ("23", "30", "Op koers", ZIN)

    figuur = figuur_van(lezer, f"/indicatoren/{CODE}/?kwartaal=2025-Q3")
    assert figuur.status_code == 200
    assert 23 in _getallen(figuur.json())
    assert pagina.figuren[0].tabel().cel("Q3", "2025") == "23"
    assert not Herberekenverzoek.objects.exists()

    thema = lezer.get(f"/themas/{Indicator.objects.get(code=CODE).monitorregels.get().thema.slug}/?kwartaal=2025-Q3")
    assert Pagina.van(thema).deel(naam).heeft(ZIN)

    boom = Pagina.van(lezer.get(f"/indicatoren/{CODE}/oordeel/?kwartaal=2025-Q3"))
    for zin in (ZIN, "Opgeteld 9 + 6 + 8 = 23 verdachten t/m Q3", "Conclusie 23 is ten minste 22,5, dus op koers."):
        assert boom.heeft(zin)


def test_de_waarde_zelf_is_overal_dezelfde_versie(lezer: Client) -> None:
    """The third quarter: 8, version 1, as the history, the API and every file have it."""
    meting = Meting.objects.get(indicator__code=CODE, jaar=2025, kwartaal=3)
    uit_api = lezer.get(f"/api/v1/metingen?indicator={CODE}&jaar=2025&kwartaal=3").json()["resultaten"]
    assert [(rij["id"], rij["waarde"]) for rij in uit_api] == [(meting.pk, "8")]

    adres = f"/indicatoren/{CODE}/oordeel/?kwartaal=2025-Q3&_export="
    [rij] = [rij for rij in _export(lezer, f"{adres}csv", kop="Gebruikt voor") if rij["Periode"] == "Q3 2025"]
    assert (rij["Waarde"], rij["Versie"], rij["Vastgesteld door"]) == ("8", "1", "een vaststeller")
    blad = load_workbook(io.BytesIO(lezer.get(f"{adres}xlsx").content)).active
    assert 8 in {cel for rij_ in blad.iter_rows(values_only=True) if "Q3 2025" in rij_ for cel in rij_}
    ods = zipfile.ZipFile(io.BytesIO(lezer.get(f"{adres}ods").content)).read("content.xml").decode()
    assert re.search(r'office:value="8(\.0+)?"', ods)

    analist = Client()
    analist.force_login(User.objects.get(username="analist"))
    geschiedenis = Pagina.van(analist.get(f"/metingen/{meting.pk}/geschiedenis/"))
    assert [rij.kop for rij in geschiedenis.tabel("Versies").rijen] == ["8 verdachten"]
    boom = Pagina.van(analist.get(f"/indicatoren/{CODE}/oordeel/?kwartaal=2025-Q3"))
    assert boom.link("Geschiedenis van q3 2025, 8 verdachten") == f"/metingen/{meting.pk}/geschiedenis/"
    rooster = Pagina.van(analist.get("/invoer/2025-Q3/?toon=alles"))
    assert rooster.waarden[f"{CODE}:RE07:waarde"] == "8"


def _getallen(deel: Any) -> set[float]:
    """Every number anywhere in a figure."""
    if isinstance(deel, dict):
        return set().union(*map(_getallen, deel.values())) if deel else set()
    if isinstance(deel, list):
        return set().union(*map(_getallen, deel)) if deel else set()
    return {deel} if isinstance(deel, int | float) else set()
