"""The tidy set: the same figures along every road, and never one that its reader may not see."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from common.tekst.getallen import voor_programma
from common.tekst.periode import Kwartaal
from common.vaststellen.audit import AuditEvent
from monitor.dashboards.verkennen.reeksen import (
    BESTANDSKOP,
    MEESTE_KEUZES,
    Reekskeuze,
    Weggelaten,
    get_reeksen,
    get_weggelaten,
    keur_keuze,
)
from monitor.models import Doelbereik
from monitor.rekenen.herberekenen import herbereken
from tests.factories import DoelstellingFactory, MetingFactory, MonitorregelFactory, maak_eenheid, maak_persoon
from tests.integration.monitor.dashboards.verleden import stel_klok

pytestmark = pytest.mark.django_db
VANDAAG = date(2025, 11, 23)
ROLLEN: tuple[tuple[str, dict[str, str]], ...] = (
    ("rvo-lid", {}), ("analist", {}), ("districtschef", {"onderdeel": "A"}), ("portefeuillehouder", {"thema": "x"}),
    ("beheerder", {}),
)  # fmt: skip


@pytest.fixture
def cijfers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures of all sorts: of teams, about people with small numbers, half of all parts, divided by 0, unknown."""
    stel_klok(monkeypatch, VANDAAG)
    onderdelen = maak_eenheid({"A": 2, "B": 2, "C": 1})
    vangst = MonitorregelFactory(indicator__code="vangst").indicator
    ziek = MonitorregelFactory(
        indicator__code="ziek", indicator__niveau="district", indicator__personeel=True, indicator__percentage=True
    ).indicator
    DoelstellingFactory(indicator=vangst, onderdeel=onderdelen["RE07"], streefwaarde=Decimal("30.5"))
    for kwartaal in (1, 2, 3):
        for nummer, code in enumerate(("A1", "A2", "B1", "B2", "C1")):
            anders: dict[str, Any] = {"onbekend": True, "waarde": None} if (kwartaal, code) == (3, "C1") else {}
            MetingFactory(
                indicator=vangst,
                onderdeel=onderdelen[code],
                kwartaal=kwartaal,
                **{"waarde": nummer + kwartaal} | anders,
            )
        for code, teller, noemer in (("A", 7, 300), ("B", 2, 100), ("C", 90, 1000), ("RE07", 0, 0))[: 3 + kwartaal % 2]:
            if (kwartaal, code) != (3, "C"):
                MetingFactory(
                    indicator=ziek, onderdeel=onderdelen[code], kwartaal=kwartaal, waarde=None, teller=teller,
                    noemer=noemer,
                )  # fmt: skip
    herbereken(vandaag=VANDAAG)


def _client(rol: str, **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


def _alles(client: Client, vraag: str) -> list[dict[str, Any]]:
    uit: list[dict[str, Any]] = []
    while True:
        antwoord = client.get(f"{vraag}&perPagina=7&pagina={len(uit) // 7 + 1}").json()
        uit += antwoord["resultaten"]
        if len(uit) == antwoord["totaal"]:
            return uit


@pytest.mark.parametrize("dag", ["", "&peildatum=2025-11-20"])
@pytest.mark.parametrize(("rol", "waar"), ROLLEN[:4])
def test_een_reeks_zegt_cel_voor_cel_wat_het_doelbereik_zegt(cijfers, rol: str, waar: dict, dag: str) -> None:
    client = _client(rol, **waar)
    reeksen, doelbereik = (_alles(client, f"/api/v1/{lijst}?{dag}") for lijst in ("reeksen", "doelbereik"))
    assert len(reeksen) > 20
    gelijk = ("indicator", "onderdeel", "jaar", "kwartaal", "waarde", "cumulatief", "streefwaarde", "oordeel", "stand")
    assert [[rij[naam] for naam in gelijk] for rij in reeksen] == [[rij[naam] for naam in gelijk] for rij in doelbereik]
    for rij, ander in zip(reeksen, doelbereik, strict=True):
        assert {True: "voorlopig", False: "definitief", None: None}[rij["voorlopig"]] == ander["status"]
        assert bool(rij["reden"]) == (rij["waarde"] is None)
        if rij["stand"] == "niet_van_alle":
            assert (rij["reden"], rij["teller"], rij["noemer"]) == (ander["reden"], None, None)


@pytest.mark.parametrize("dag", [None, date(2025, 11, 20)])
@pytest.mark.parametrize(("rol", "waar"), ROLLEN)
def test_de_set_de_lijst_en_het_bestand_zijn_hetzelfde(
    cijfers, rol: str, waar: dict, dag: date | None, tmp_path: Path
) -> None:
    persoon = maak_persoon(rol, **waar)
    rijen = get_reeksen(persoon, Reekskeuze(), dag)
    client = Client()
    client.force_login(persoon)
    if rol == "beheerder":
        assert rijen == []
        assert client.get("/api/v1/reeksen").status_code == 404
        return
    van_api = _alles(client, f"/api/v1/reeksen?{f'peildatum={dag}' if dag else ''}")
    assert [(r["indicator"], r["onderdeel"], r["waarde"], r["teller"], r["reden"]) for r in van_api] == [
        (r.indicator, r.onderdeel, _tekst(r.waarde), _tekst(r.teller), r.reden) for r in rijen
    ]
    if dag is None:
        assert _bestand(tmp_path, "--als", persoon.username)[1:] == [
            [_cel(getattr(rij, naam)) for naam in BESTANDSKOP] for rij in rijen
        ]


def _tekst(getal: Decimal | None) -> str | None:
    return None if getal is None else voor_programma(getal)


def _cel(cel: Any) -> str:
    if isinstance(cel, bool):
        return "ja" if cel else "nee"
    return voor_programma(cel).replace(".", ",") if isinstance(cel, Decimal) else "" if cel is None else str(cel)


def _bestand(map_: Path, *opties: str) -> list[list[str]]:
    call_command("exporteer_cijfers", str(map_ / "cijfers.csv"), *opties, stdout=StringIO())
    with (map_ / "cijfers.csv").open(encoding="utf-8-sig", newline="") as bestand:
        return list(csv.reader(bestand, delimiter=";"))


def test_zonder_gebruiker_schrijft_het_bestand_wat_een_rvo_lid_leest(cijfers, tmp_path: Path) -> None:
    zonder, lid = _bestand(tmp_path), _bestand(tmp_path, "--als", maak_persoon("rvo-lid").username)
    assert zonder == lid
    assert len(zonder) < len(_bestand(tmp_path, "--als", maak_persoon("analist").username))
    assert not [rij for rij in zonder if rij[0] == "ziek" and rij[2] in ("A", "B")]
    assert AuditEvent.objects.filter(handeling="export").order_by("pk")[0].naar["als"] is None


@pytest.mark.parametrize("formaat", ["csv", "xlsx", "ods"])
def test_elk_formaat_is_terug_te_lezen(cijfers, formaat: str, tmp_path: Path) -> None:
    pad = tmp_path / f"cijfers.{formaat}"
    keuze = ("--indicator", "VANGST", "--vanaf", "2025-Q2", "--tot", "2025-q3")
    call_command("exporteer_cijfers", str(pad), *keuze, stdout=StringIO())
    lees = {
        "csv": lambda: pd.read_csv(pad, sep=";", decimal=","),
        "xlsx": lambda: pd.read_excel(pad),
        "ods": lambda: pd.read_excel(pad, engine="odf"),
    }
    blad = lees[formaat]()
    assert list(blad.columns) == list(BESTANDSKOP)
    eenheid = blad[(blad.onderdeel == "RE07") & (blad.kwartaal == "2025-Q2")].iloc[0]
    assert (eenheid.waarde, eenheid.cumulatief, eenheid.streefwaarde) == (20, 35, 30.5)
    assert set(blad.kwartaal) == {"2025-Q2", "2025-Q3"}


@pytest.mark.parametrize(
    ("opties", "reden"),
    [
        (["--indicator", "bestaat-niet"], "--indicator: “bestaat-niet” is geen indicator."),
        (["--vanaf", "gisteren"], "is geen kwartaal"),
        (["--vanaf", "2025-Q3", "--tot", "2025-Q1"], "2025-Q1 komt daarvoor"),
        (["--als", "niemand"], "Er is geen actieve gebruiker “niemand”."),
    ],
)
def test_een_verkeerde_vraag_zegt_waarom_en_laat_het_bestand_staan(cijfers, opties, reden, tmp_path: Path) -> None:
    pad = tmp_path / "cijfers.csv"
    pad.write_text("oud")
    with pytest.raises(CommandError, match=reden):
        call_command("exporteer_cijfers", str(pad), *opties, stdout=StringIO())
    assert pad.read_text() == "oud"
    with pytest.raises(CommandError, match="Kies csv, xlsx of ods"):
        call_command("exporteer_cijfers", str(tmp_path / "cijfers"), stdout=StringIO())
    with pytest.raises(CommandError, match="niet te schrijven"):
        call_command("exporteer_cijfers", str(tmp_path / "weg" / "cijfers.csv"), stdout=StringIO())


def test_meer_codes_tegelijk_en_een_periode(cijfers) -> None:
    client = _client("analist")
    twee = _alles(client, "/api/v1/reeksen?indicator=vangst,ziek&onderdeel=a&onderdeel=RE07&vanaf=2025-q2&tot=2025-Q2")
    assert {(rij["indicator"], rij["onderdeel"], rij["kwartaal"]) for rij in twee} == {
        (indicator, onderdeel, 2) for indicator in ("vangst", "ziek") for onderdeel in ("A", "RE07")
    }


@pytest.mark.parametrize(
    ("vraag", "fouten"),
    [
        ("indicator=x,y&onderdeel=%00&vanaf=nu", {"indicator", "onderdeel", "vanaf"}),
        ("indicator=" + ",".join(f"i{n}" for n in range(1000)), {"indicator"}),
        ("vanaf=2025-Q3&tot=2025-Q2", {"tot"}),
        ("peildatum=2999-01-01", {"peildatum"}),
        ("vanaf=2025-Q1&vanaf=2025-Q2&soort=x", {"vanaf", "soort"}),
    ],
)
def test_alle_fouten_van_een_vraag_tegelijk(cijfers, vraag: str, fouten: set[str]) -> None:
    antwoord = _client("rvo-lid").get(f"/api/v1/reeksen?{vraag}")
    assert (antwoord.status_code, antwoord["Content-Type"]) == (400, "application/problem+json")
    assert {fout["parameter"] for fout in antwoord.json()["fouten"]} == fouten
    assert len(antwoord.content) < 2000


def test_een_vaste_hoeveelheid_vragen_hoeveel_er_ook_gekozen_is(cijfers, django_assert_max_num_queries) -> None:
    persoon = maak_persoon("rvo-lid")
    with django_assert_max_num_queries(16):
        get_reeksen(persoon, Reekskeuze())
    persoon = maak_persoon("analist")
    with django_assert_max_num_queries(6):
        assert len(get_reeksen(persoon, Reekskeuze())) == Doelbereik.objects.count()


def test_wat_gekozen_is_en_er_niet_bij_hoort_zegt_waarom(cijfers) -> None:
    keuze = Reekskeuze(("vangst", "ziek"), ("A", "A1", "B", "RE07"), Kwartaal(2025, 1), Kwartaal(2025, 4))
    weg = get_weggelaten(maak_persoon("rvo-lid"), keuze)
    assert {(w.indicator, w.onderdeel) for w in weg} == {("ziek", "A"), ("ziek", "A1"), ("ziek", "B")}
    assert Weggelaten("ziek", "A1", "hoort niet bij uw rol") in weg
    gelezen = {
        (rij.indicator, rij.onderdeel) for rij in get_reeksen(maak_persoon("portefeuillehouder", thema="x"), keuze)
    }
    assert not gelezen & {("ziek", "A"), ("ziek", "A1"), ("ziek", "B")}


def test_niet_meer_dan_een_hand_vol() -> None:
    keuze, fouten = keur_keuze(["x"] * 3 + [f"i{n}" for n in range(MEESTE_KEUZES)], [])
    assert keuze == Reekskeuze()
    assert [fout.zin for fout in fouten] == [f"Kies er hoogstens {MEESTE_KEUZES}; dit zijn er {MEESTE_KEUZES + 1}."]
