"""How the years built up: what the page of a definition proposes, and how the verdicts of those years turned out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from formatie.models import Onderdeel
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.eisen import KwartaalGesloten
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import DEFINITIE
from monitor.models import Doelbereik, Indicator
from monitor.rekenen.herberekenen import herbereken
from tests.databaserol import als_superuser
from tests.factories import AfsluitingFactory, DoelstellingFactory, MetingFactory, MonitorregelFactory, maak_eenheid
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import met_blad, stel_blad_voor, vaststeller
from tests.integration.monitor.invoer.voorstellen.doelen.test_views import als
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
ADRES = "/indicatoren/beslag/definitie/"
# Every year a fifth, two fifths and three fifths of the year by Q1, Q2 and Q3; all of it makes the target.
JAREN = {2023: (20, 20, 20, 40), 2024: (22, 22, 22, 44), 2025: (21, 21, 21, 42)}


def vul(jaren: dict[int, tuple[int, ...]]) -> Indicator:
    eenheid: Onderdeel = maak_eenheid()["RE07"]
    indicator = MonitorregelFactory(indicator__code="beslag", indicator__naam="Beslag").indicator
    for jaar, waarden in jaren.items():
        DoelstellingFactory(
            indicator=indicator, onderdeel=eenheid, jaar=jaar, soort="jaarvolume", streefwaarde=100, marge=10
        )
        for kwartaal, waarde in enumerate(waarden, 1):
            MetingFactory(indicator=indicator, onderdeel=eenheid, jaar=jaar, kwartaal=kwartaal, waarde=Decimal(waarde))
    herbereken(vandaag=date(2026, 3, 20))
    return indicator


def lees(client: Client) -> Pagina:
    return Pagina.van(client.get(ADRES))


def test_een_vast_patroon_wordt_voorgesteld_met_zijn_cijfers() -> None:
    vul(JAREN)
    deel = lees(als("analist")).deel("Past deze definitie bij eerdere jaren?")
    assert deel.heeft(
        "De 3 volle jaren tot nu toe bouwden zich op dezelfde manier op: t/m Q1 20%, t/m Q2 40%, t/m Q3 60%."
    )
    assert deel.heeft("Stel “Volgens het patroon van eerdere jaren” voor")
    assert deel.heeft("De kwartalen van een jaar verschillen vanzelf van elkaar")
    # 20, 40 and 60 against 25, 50 and 75: behind all year, and made each time
    assert deel.heeft("stond het oordeel in 9 van de 9 kwartalen op aandacht of achter")
    uitkomsten = deel.tabel("Hoe vaak een oordeel in de loop van het jaar eindigde in behaald")
    assert [uitkomsten.cel("Q1", kop) for kop in ("Op koers", "Aandacht", "Achter")] == ["–", "–", "3 van 3"]


def test_zonder_drie_jaren_of_zonder_patroon_is_er_geen_voorstel() -> None:
    vul({2023: JAREN[2023], 2024: JAREN[2024]})
    assert not lees(als("analist")).heeft("bouwden zich op dezelfde manier op")


def test_een_gelijk_verdeeld_jaar_vraagt_geen_ander_patroon() -> None:
    vul({2023: (25, 26, 25, 25), 2024: (26, 24, 25, 26), 2025: (24, 25, 26, 25)})
    assert not lees(als("analist")).heeft("voor als dat beter past")


def test_het_patroon_wijzigt_met_twee_personen_en_rekent_opnieuw() -> None:
    indicator = vul(JAREN)
    versie = stel_blad_voor(indicator, verwachting="seizoen", grenzen_per_kwartaal=True)
    assert versie.verwachting == "seizoen"
    indicator.refresh_from_db()
    assert (indicator.verwachting, indicator.grenzen_per_kwartaal) == ("lineair", False)
    stel_vast(DEFINITIE, [met_blad(versie)], door=vaststeller(), herkomst="proef")
    indicator.refresh_from_db()
    assert (indicator.verwachting, indicator.grenzen_per_kwartaal) == ("seizoen", True)
    herbereken(vandaag=date(2026, 3, 20))
    oordelen = Doelbereik.objects.filter(indicator=indicator, jaar=2025, onderdeel__code="RE07").order_by("kwartaal")
    # 2025 with 21 a quarter against a fifth of 100; 2023 and 2024 give the pattern
    assert list(oordelen.values_list("oordeel", flat=True)) == ["op_koers", "op_koers", "op_koers", "behaald"]
    assert not lees(als("analist")).heeft("voor als dat beter past")


def test_een_gesloten_kwartaal_houdt_zijn_oordeel() -> None:
    indicator = vul(JAREN)
    vierde = AfsluitingFactory(jaar=2025, kwartaal=4)
    stel_blad_voor(indicator, grenzen_per_kwartaal=True)  # no verdict is made of it
    with als_superuser():
        vierde.delete()
    indicator.definitieversies.update(staat="concept")
    indicator.definitieversies.all().delete()
    AfsluitingFactory(jaar=2025, kwartaal=2)
    with pytest.raises(KwartaalGesloten):
        stel_blad_voor(indicator, verwachting="seizoen")


@pytest.mark.parametrize(
    ("veld", "waarde", "zin"),
    [
        ("verwachting", "", "Kies hoe het jaar zich opbouwt."),
        ("verwachting", "stap", "Van deze indicator staat niet vast in welk kwartaal alles in één keer komt."),
        ("grenzen_per_kwartaal", "", "Kies waarmee een kwartaal vergeleken wordt."),
    ],
)
def test_wat_niet_kan_wordt_geweigerd(veld: str, waarde: str, zin: str) -> None:
    indicator = vul({})
    with pytest.raises(InvoerFout) as fout:
        stel_blad_voor(indicator, **{veld: waarde})
    assert [(f.kolom, zin in f.reden) for f in fout.value.fouten] == [(veld, True)]
