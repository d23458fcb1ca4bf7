"""What nobody should type, in addresses, forms and names: an answer, never a fault, and never mark-up."""

from __future__ import annotations

import pytest
from django.test import Client

from common.vaststellen.model import Staat
from monitor.dashboards.grafiek.tasks import teken_figuren
from monitor.models import Meting
from monitor.rekenen.herberekenen import herbereken
from tests.factories import DoelstellingFactory, MetingFactory, MonitorregelFactory, maak_eenheid, maak_persoon
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
KWAAD = "<script>alert(1)</script>\"'{{7*7}}"


def _als(rol: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol))
    return client


@pytest.mark.parametrize("rol", ["analist", "vaststeller"])
@pytest.mark.parametrize(
    "adres",
    [
        "/metingen/99999999999999999999/geschiedenis/",
        "/invoer/importeren/99999999999999999999/",
        "/themas/x%00y/",
        f"/indicatoren/{'a' * 3000}/",
        "/formatie/districten/%27/",
        "/vaststellen/?page=999999999999999999999",
        "/indicatoren/?thema=%00&oordeel=%27",
        "/formatie/controle/?soort=%00",
        "/invoer/importeren/?page=-1&sort=__class__",
    ],
)
def test_een_raar_adres_geeft_nooit_een_storing(adres: str, rol: str) -> None:
    assert _als(rol).get(adres).status_code < 500


@pytest.mark.parametrize("naam", ["a\x00b", "x" * 100_000, "' OR 1=1", "\u202eabc"])
def test_een_rare_naam_bij_het_inloggen(naam: str) -> None:
    assert Client().post("/inloggen/", {"username": naam, "password": "y\x00"}).status_code == 200


def test_een_naam_met_opmaak_blijft_overal_tekst() -> None:
    maak_eenheid()
    plek = {"thema__slug": "t", "thema__naam": KWAAD}
    regel = MonitorregelFactory(indicator__code="k", indicator__naam=KWAAD, indicator__eenheid="<b>x</b>", **plek)
    DoelstellingFactory(indicator=regel.indicator)
    for kwartaal in (1, 2, 3):
        MetingFactory(indicator=regel.indicator, kwartaal=kwartaal, toelichting=KWAAD)
    herbereken()
    teken_figuren(["k"])
    client = _als("analist")
    for adres in ("/", "/themas/t/", "/indicatoren/", "/indicatoren/k/"):
        antwoord = client.get(f"{adres}?kwartaal=2025-Q3")
        assert Pagina.van(antwoord).heeft(KWAAD)
        tekst = antwoord.content.decode()  # raw: nowhere an element
        assert "<script>alert" not in tekst
        assert "<b>x</b>" not in tekst


@pytest.mark.parametrize(("reden", "zin"), [("a\x00b", "niet te tonen"), ("a" * 2001, "te lang")])
def test_een_reden_die_niet_te_bewaren_is_krijgt_een_zin(reden: str, zin: str) -> None:
    MetingFactory(wachtend=True)
    client = _als("vaststeller")
    keuzes = [veld.waarde for veld in Pagina.van(client.get("/vaststellen/")).velden if veld.naam == "keuze"]
    assert len(keuzes) == 1
    velden = {"besluit": "terugsturen", "keuze": keuzes, "reden": reden}
    assert Pagina.van(client.post("/vaststellen/", velden, follow=True)).meldt(zin)
    assert Meting.objects.get().staat == Staat.INGEDIEND
