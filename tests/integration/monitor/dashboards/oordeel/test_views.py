"""The page of one verdict: the tree, who sees what of it, and the file of its values."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import Rolvervulling, User
from common.vaststellen.audit import AuditEvent
from common.vaststellen.model import Staat
from formatie.models import Onderdeel
from monitor.models import Doelstelling, Indicator, Meting
from monitor.rekenen.herberekenen import herbereken
from tests.factories import DoelstellingFactory, MetingFactory, maak_persoon
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, VANDAAG, maak_monitor
from tests.pagina import Deel, Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
HOE = re.compile(r"Hoe komt dit (oordeel )?tot stand\?")
INVOERDER, GOEDKEURDER = "Ingrid Invoer", "Gerard Goedkeur"


@pytest.fixture
def onderdelen() -> dict[str, Onderdeel]:
    gemaakt = maak_monitor()
    for username, naam, rol in (("invoerder", INVOERDER, "analist"), ("goedkeurder", GOEDKEURDER, "vaststeller")):
        user = User.objects.get(username=username)
        user.first_name, user.last_name = naam.split()
        user.save()
        Rolvervulling.objects.create(user=user, rol=rol)
    return gemaakt


def als(rol: str = "rvo-lid", **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


def adres(code: str, **vraag: str) -> str:
    return f"/indicatoren/{code}/oordeel/?" + "&".join(
        f"{naam}={waarde}" for naam, waarde in {"kwartaal": KWARTAAL, **vraag}.items()
    )


def lees(client: Client, code: str, **vraag: str) -> Deel:
    """The page of the verdict, without what stands around every page."""
    antwoord = client.get(adres(code, **vraag))
    assert antwoord.status_code == 200
    pagina = Pagina.van(antwoord)
    assert pagina.kop1 == "Hoe komt dit oordeel tot stand?"
    return pagina.inhoud


def bestand(client: Client, code: str, **vraag: str) -> list[dict[str, str]]:
    antwoord = client.get(adres(code, _export="csv", _tabel="cijfers", **vraag))
    regels = list(csv.reader(io.StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";"))
    kop = next(n for n, regel in enumerate(regels) if "Gebruikt voor" in regel)
    return [dict(zip(regels[kop], regel, strict=True)) for regel in regels[kop + 1 :]]


@pytest.mark.usefixtures("onderdelen")
def test_de_som_staat_er_in_woorden() -> None:
    pagina = lees(als(), "verdachten")
    for zin in (
        "Opgeteld 9 + 6 + 6 = 21 verdachten t/m Q3",
        "Norm 30 × 3/4 = 22,5",
        "Tempo 21 / 22,5 = 0,933 keer de norm",
        "Grenzen op koers vanaf 22,5, aandacht vanaf 20,25 (marge 10% van 22,5), daaronder achter",
        "Conclusie 21 is minder dan 22,5, maar ten minste 20,25, dus aandacht.",
        "Besluit: Vastgesteld met de agenda (RVO), geldig vanaf 01-01-2023.",
    ):
        assert pagina.heeft(zin)


@pytest.mark.usefixtures("onderdelen")
def test_een_lid_van_het_rvo_ziet_de_rol_en_een_analist_de_naam() -> None:
    lid, analist = lees(als(), "verdachten"), lees(als("analist"), "verdachten")
    assert lid.heeft("Vastgesteld door een vaststeller, een ander dan wie het invoerde, op 01-11-2025.")
    assert lid.heeft("Ingevoerd door een analist op 01-11-2025")
    assert not lid.ergens(GOEDKEURDER)
    assert not lid.ergens(INVOERDER)
    assert analist.heeft(f"Vastgesteld door {GOEDKEURDER} (vaststeller) op 01-11-2025.")
    assert analist.heeft(f"Ingevoerd door {INVOERDER} (analist)")


@pytest.mark.usefixtures("onderdelen")
def test_de_geschiedenis_is_alleen_een_link_voor_wie_haar_mag_lezen() -> None:
    wegen = {f"/metingen/{m.pk}/geschiedenis/" for m in Meting.objects.filter(indicator__code="verdachten")}
    assert len(wegen) == 3
    assert geschiedenissen(als(), "verdachten") == set()
    assert geschiedenissen(als("districtschef", onderdeel="A"), "verdachten") == set()
    assert geschiedenissen(als("analist"), "verdachten") == wegen
    houder = als("portefeuillehouder", thema="opsporing")
    assert geschiedenissen(houder, "verdachten") == wegen
    assert geschiedenissen(houder, "aanrijdtijd") == set()


def geschiedenissen(client: Client, code: str) -> set[str]:
    return {link.adres for link in lees(client, code).links if "/geschiedenis/" in link.adres}


def test_de_rol_is_die_van_de_dag_zelf(onderdelen: dict[str, Onderdeel]) -> None:
    """Who approved as an approver and became a member of the RVO later, approved as an approver."""
    user = User.objects.get(username="goedkeurder")
    Rolvervulling.objects.filter(user=user).update(geldig_tot=date(2025, 11, 10))
    Rolvervulling.objects.create(user=user, rol="rvo-lid", geldig_vanaf=date(2025, 11, 10))
    assert lees(als(), "verdachten").heeft("Vastgesteld door een vaststeller")


def test_een_correctie_staat_er_met_de_oude_waarde_en_de_reden(onderdelen: dict[str, Onderdeel]) -> None:
    oud = Meting.objects.get(indicator__code="verdachten", kwartaal=3)
    oud.staat, oud.vervangen_op = Staat.VERVANGEN, datetime(2025, 11, 12, 9, 0, tzinfo=UTC)
    oud.save(update_fields=["staat", "vervangen_op"])
    MetingFactory(
        indicator=oud.indicator, onderdeel=oud.onderdeel, kwartaal=3, waarde=Decimal(8), vervangt=oud,
        vervangreden="Dubbel geteld", vastgesteld_op=oud.vervangen_op, status="voorlopig",
    )  # fmt: skip
    herbereken(vandaag=VANDAAG)
    pagina = lees(als(), "verdachten")
    for zin in (
        "Opgeteld 9 + 6 + 8 = 23 verdachten t/m Q3",
        "Q3 2025 8 verdachten Versie 2, voorlopig, geldt.",
        "Correctie: Dubbel geteld",
        "6 verdachten Versie 1, definitief, vervangen.",
        "Vervangen op 12-11-2025.",
    ):
        assert pagina.heeft(zin)
    rijen = [rij for rij in bestand(als(), "verdachten") if rij["Periode"] == "Q3 2025"]
    assert [(rij["Versie"], rij["Waarde"], rij["Staat"]) for rij in rijen] == [
        ("2", "8", "Vastgesteld"),
        ("1", "6", "Vervangen"),
    ]


def test_de_herkomst_is_de_deur_waardoor_een_waarde_kwam(onderdelen: dict[str, Onderdeel]) -> None:
    meting = Meting.objects.get(indicator__code="verdachten", kwartaal=3)
    AuditEvent.objects.create(
        op=meting.ingevoerd_op, door_naam="x", handeling="ingediend", object_soort="meting", object_id=str(meting.pk),
        object_naam="x", herkomst="scherm importeren", naar={"waarde": "999"}, reden="geheim",
    )  # fmt: skip
    pagina = lees(als(), "verdachten")
    assert pagina.heeft("ingelezen uit een bestand")
    assert not pagina.ergens("geheim")


def test_een_vervangen_doel_staat_onder_het_doel(onderdelen: dict[str, Onderdeel]) -> None:
    oud = Doelstelling.objects.get(indicator__code="verdachten")
    oud.staat, oud.vervangen_op = Staat.VERVANGEN, datetime(2025, 6, 1, tzinfo=UTC)
    oud.save(update_fields=["staat", "vervangen_op"])
    DoelstellingFactory(
        indicator=oud.indicator, onderdeel=oud.onderdeel, streefwaarde=28, vervangt=oud, vervangreden="Minder mensen",
        besluit="Besluit van juni", geldig_vanaf=date(2025, 6, 1), vastgesteld_op=oud.vervangen_op,
        ingevoerd_door=User.objects.get(username="invoerder"), ingediend_op=oud.vervangen_op,
        vastgesteld_door=User.objects.get(username="goedkeurder"),
    )  # fmt: skip
    herbereken(vandaag=VANDAAG)
    lid, analist = lees(als(), "verdachten"), lees(als("analist"), "verdachten")
    assert lid.heeft("Het doel 28 verdachten in 2025")
    assert lid.heeft("Verving 30 verdachten in 2025")
    assert lid.heeft("Waarom gewijzigd: Minder mensen")
    assert lid.heeft("Voorgesteld door een analist op 01-06-2025. Vastgesteld door een vaststeller")
    assert analist.heeft(f"Vastgesteld door {GOEDKEURDER} (vaststeller)")


@pytest.mark.usefixtures("onderdelen")
def test_wat_ontbreekt_staat_er_met_naam() -> None:
    pagina = lees(als(), "aanrijdtijd")
    assert pagina.heeft("Ontbreekt Q2")
    assert pagina.heeft("4 van 5 teams")
    assert pagina.heeft("is dus geen volledig cijfer.")


@pytest.mark.usefixtures("onderdelen")
def test_onder_de_eenheid_ziet_ieder_alleen_het_eigen_deel() -> None:
    lid, analist, chef = (lees(als(rol, **w), "verzuim") for rol, w in (
        ("rvo-lid", {}), ("analist", {}), ("districtschef", {"onderdeel": "A"}),
    ))  # fmt: skip
    assert analist.heeft("A1 Onderdeel A1")
    assert analist.heeft("B2 Onderdeel B2")
    assert chef.heeft("A1 Onderdeel A1")
    assert not chef.ergens("Onderdeel B")
    assert chef.heeft("2 van de 5 teams hieronder worden aan u niet getoond.")
    assert not lid.ergens("A1 Onderdeel A1")
    assert lid.heeft("5 waarden vastgesteld door een vaststeller, op 01-11-2025.")


@pytest.mark.usefixtures("onderdelen")
def test_de_gevoelige_indicator_toont_niets_onder_de_eenheid() -> None:
    for rol in ("rvo-lid", "analist", "vaststeller"):
        assert not lees(als(rol), "csv").ergens("Onderdeel A")
        assert als(rol).get(adres("csv", onderdeel="A")).status_code == 404


@pytest.mark.parametrize(
    ("rol", "waar", "code", "onderdeel", "status"),
    [
        ("rvo-lid", {}, "aanrijdtijd", "A1", 200),
        ("rvo-lid", {}, "verzuim", "A1", 404),
        ("analist", {}, "verzuim", "A1", 200),
        ("districtschef", {"onderdeel": "A"}, "verzuim", "A1", 200),
        ("districtschef", {"onderdeel": "A"}, "verzuim", "B1", 404),
        ("districtschef", {"onderdeel": "A"}, "verzuim", "B", 404),
        ("analist", {}, "aanrijdtijd", "bestaat-niet", 404),
        ("analist", {}, "aanrijdtijd", "%00", 404),
        ("analist", {}, "bestaat-niet", "A1", 404),
        ("beheerder", {}, "verdachten", "RE07", 404),
    ],
)
@pytest.mark.usefixtures("onderdelen")
def test_een_onderdeel_buiten_bereik_bestaat_niet(
    rol: str, waar: dict[str, str], code: str, onderdeel: str, status: int
) -> None:
    client = als(rol, **waar)
    assert client.get(adres(code, onderdeel=onderdeel)).status_code == status
    assert client.get(adres(code, onderdeel=onderdeel, _export="csv")).status_code == status


@pytest.mark.usefixtures("onderdelen")
def test_een_bestand_houdt_hetzelfde_bereik_en_wordt_vastgelegd() -> None:
    assert {rij["Onderdeel"][:2] for rij in bestand(als("analist"), "verzuim")} == {"A1", "A2", "A3", "B1", "B2"}
    assert {rij["Onderdeel"][:1] for rij in bestand(als("districtschef", onderdeel="A"), "verzuim")} == {"A"}
    assert bestand(als(), "verzuim") == []
    rij = bestand(als(), "verdachten")[0]
    assert (rij["Waarde"], rij["Vastgesteld door"]) == ("9", "een vaststeller")
    assert AuditEvent.objects.filter(handeling="export", object_id="cijfers").count() == 4
    for formaat in ("xlsx", "ods"):
        assert als().get(adres("verdachten", _export=formaat)).status_code == 200
    assert als().get(adres("verdachten", _export="exe")).status_code == 400
    assert als().get(adres("verdachten", _export="csv", _tabel="anders")).status_code == 400


def test_zonder_berekening_is_er_een_pagina_en_geen_boom(onderdelen: dict[str, Onderdeel]) -> None:
    leeg = Indicator.objects.get(code="verdachten")
    leeg.doelbereik.all().delete()
    assert lees(als(), "verdachten").heeft("Er is nog niets berekend.")


@pytest.mark.usefixtures("onderdelen")
def test_van_de_eerste_pagina_is_het_een_klik_naar_de_boom() -> None:
    for weg in ("/", "/themas/opsporing/", "/indicatoren/verdachten/"):
        pagina = Pagina.van(als().get(f"{weg}?kwartaal={KWARTAAL}"))
        wegen = {link.adres for link in pagina.links if HOE.match(link.tekst)}
        assert adres("verdachten") in wegen


@pytest.mark.queries
@pytest.mark.parametrize("maat", [({"A": 3, "B": 2}, 0), ({"A": 9, "B": 9, "C": 9}, 20)])
@pytest.mark.parametrize(
    ("naam", "rol", "code"),
    [
        ("oordeel", "rvo-lid", "verdachten"),
        ("oordeel_met_teams", "rvo-lid", "aanrijdtijd"),
        ("oordeel_personeel", "rvo-lid", "verzuim"),
        ("oordeel_analist", "analist", "aanrijdtijd"),
    ],
)
def test_een_vast_aantal_queries(naam: str, rol: str, code: str, maat: tuple[dict[str, int], int]) -> None:
    maak_monitor(*maat)
    controleer(naam, *tel(als(rol), adres(code)))
