"""The first page says what the pages behind it say: one count, one verdict, whoever reads and whichever quarter."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest
from django.test import Client

from common.tekst.periode import Kwartaal
from monitor.dashboards.oordeel.uiterlijk import UITERLIJK
from monitor.dashboards.overzicht.koers import Koers, koers_van, koerszin
from monitor.models import Doelbereik, Doelstelling, Indicator, Meting
from monitor.rekenen.herberekenen import herbereken
from tests.factories import MetingFactory, maak_persoon
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, VANDAAG, maak_monitor
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
CODES = {uiterlijk.woord: code for code, uiterlijk in UITERLIJK.items()}
ROLLEN = {
    "rvo-lid": {},
    "analist": {},
    "vaststeller": {},
    "districtschef": {"onderdeel": "A"},
    "portefeuillehouder": {"thema": "opsporing"},
}
LIJSTEN = (
    *("Andere aandachtspunten", "Wacht op een nieuwe meting", "Cijfer mist", "Op koers of behaald"),
    *("Cijfer komt nog", "Zonder oordeel"),
)


@pytest.fixture(autouse=True, scope="module")
def _monitor(gedeelde_stand: None) -> None:
    maak_monitor()


def als(rol: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **ROLLEN.get(rol, {})))
    return client


def lees(client: Client, adres: str) -> Pagina:
    antwoord = client.get(adres)
    assert antwoord.status_code == 200, adres
    return Pagina.van(antwoord)


def stippen(pagina: Pagina) -> dict[str, str]:
    """Per indicator the verdict in the name of its dot."""
    namen = [link.tekst for link in pagina.deel("De thema's").links if link.adres.startswith("/indicatoren/")]
    gesplitst = [re.sub(r"^[↑↓] ?", "", naam).split(": ", 1) for naam in namen]
    return {naam: oordeel.split(",")[0] for naam, oordeel in gesplitst}


def _als_doel(naam: str, oordeel: str, jaar: int) -> str:
    """A figure that is missing where no target of that year would be judged is no goal without its figure."""
    soorten = ("jaarvolume", "minimum", "maximum", "verbetering")
    doelen = Doelstelling.objects.geldend().filter(indicator__naam=naam, jaar=jaar, soort__in=soorten)
    return "geen_doel" if oordeel == "geen_meting" and not doelen.exists() else oordeel


@pytest.mark.parametrize("kwartaal", ["2025-Q3", "2025-Q2", "2025-Q1", "2024-Q4"])
@pytest.mark.parametrize("rol", ROLLEN)
def test_zin_stippen_lijsten_tabel_en_api_tellen_hetzelfde(rol: str, kwartaal: str) -> None:
    client = als(rol)
    pagina = lees(client, f"/?kwartaal={kwartaal}")
    tabel = lees(client, f"/indicatoren/?kwartaal={kwartaal}").tabel()
    in_tabel = dict(zip(tabel.kolom("Indicator"), tabel.kolom("Oordeel"), strict=True))
    assert stippen(pagina) == in_tabel
    met_woord = {woord for lijst in pagina.deel("De thema's").lijsten for woord in lijst}
    assert set(in_tabel.values()) - {"Niet berekend"} <= met_woord
    oordelen = [_als_doel(naam, CODES.get(woord, ""), int(kwartaal[:4])) for naam, woord in in_tabel.items()]
    assert pagina.kop1 == koerszin(oordelen)
    assert lijsten(pagina) == Counter(list(in_tabel))
    in_api = {rij["indicator"]: rij["oordeel"] for rij in api(client, kwartaal)}
    namen = dict(Indicator.objects.values_list("code", "naam"))
    assert in_api or kwartaal == "2024-Q4"  # from before the first figure
    assert {namen[code]: UITERLIJK[oordeel].woord for code, oordeel in in_api.items()}.items() <= in_tabel.items()


def lijsten(pagina: Pagina) -> Counter[str]:
    """How often each indicator stands in what is to discuss and in the lists below it."""
    bespreken = pagina.deel("Bespreken")
    gevonden = Counter(rij.links[0].tekst for tabel in bespreken.tabellen for rij in tabel.rijen)
    for kop in LIJSTEN:
        if re.search(rf"{kop} \(\d+[),]", pagina.tekst):
            gevonden.update(bespreken.deel(kop).koppen)
    return gevonden


def api(client: Client, kwartaal: str) -> list[dict[str, str]]:
    periode = Kwartaal.parse(kwartaal)
    vraag = f"jaar={periode.jaar}&kwartaal={periode.nummer}&onderdeel=RE07"
    antwoord = client.get(f"/api/v1/doelbereik?{vraag}")
    assert antwoord.status_code == 200
    rijen: list[dict[str, str]] = antwoord.json()["resultaten"]
    return rijen


def test_een_ander_oordeel_staat_onder_de_kop_en_bij_de_stip() -> None:
    pagina = lees(als("rvo-lid"), f"/?kwartaal={KWARTAAL}")
    sinds = pagina.tekst.partition("Sinds Q2:")[2].partition("De thema's")[0]
    assert sinds.strip().startswith("slechter: Verdachten van op koers naar aandacht"), sinds
    assert pagina.link("Verdachten: Aandacht, was Op koers in Q2") == f"/indicatoren/verdachten/?kwartaal={KWARTAAL}"
    assert not pagina.heeft("Verzuim van")


def test_een_kwartaal_waarin_niets_veranderde_zegt_dat() -> None:
    client = als("rvo-lid")
    assert lees(client, "/?kwartaal=2026-Q3").heeft("Sinds Q2: geen enkel oordeel veranderde.")
    Doelbereik.objects.exclude(kwartaal=1, jaar=2025).delete()
    assert lees(client, "/?kwartaal=2025-Q1").heeft("Sinds Q4 2024: toen was er geen oordeel om mee te vergelijken.")


def vervang(kwartaal: int, **velden: object) -> None:
    """Another version of the number of suspects, approved after the figures of 2025 had to be in."""
    op = "2026-02-10T10:00+01:00"
    oud = Meting.objects.get(indicator__code="verdachten", kwartaal=kwartaal)
    Meting.objects.filter(pk=oud.pk).update(staat="vervangen", vervangen_op=op)
    plek = {"indicator": oud.indicator, "onderdeel": oud.onderdeel, "kwartaal": kwartaal}
    nieuw = {"waarde": oud.waarde, "vervangt": oud, "vervangreden": "Nagekomen.", "vastgesteld_op": op}
    MetingFactory(**nieuw | plek | velden)
    herbereken(vandaag=VANDAAG)


def test_een_correctie_op_een_eerder_kwartaal_wordt_genoemd() -> None:
    client = als("rvo-lid")
    assert not lees(client, "/?kwartaal=2026-Q1").heeft("correctie")
    vervang(2, waarde=Decimal(7))
    pagina = lees(client, "/?kwartaal=2026-Q1")
    assert pagina.heeft("1 correctie op eerdere cijfers.")
    assert pagina.deel("Correcties op eerdere cijfers").heeft("Verdachten, Q2 2025")


def test_een_opmerking_bij_de_waarde_is_geen_duiding() -> None:
    client, tabel, kolom = als("rvo-lid"), "Wat dit jaar nog te beïnvloeden is", "Waardoor, en wat doen we"
    assert lees(client, f"/?kwartaal={KWARTAAL}").tabel(tabel).kolom(kolom) == ["nog geen duiding vastgesteld"]
    vervang(3, toelichting="Een zaak <b>loopt</b> door.")
    pagina = lees(client, f"/?kwartaal={KWARTAAL}")
    assert pagina.tabel(tabel).kolom(kolom) == ["nog geen duiding vastgesteld"]
    assert not pagina.heeft("correctie")


def test_wie_geen_cijfers_ziet_leest_de_themas_en_geen_stip() -> None:
    client = als("beheerder")
    for adres in ("/", "/themas/"):
        pagina = lees(client, f"{adres}?kwartaal={KWARTAAL}")
        assert pagina.link("Opsporing").startswith("/themas/opsporing/")
        assert not [link for link in pagina.links if link.adres.startswith("/indicatoren/")]
        assert not pagina.ergens("Bespreken")
        assert not pagina.ergens("op koers")


def test_wat_van_mij_is_staat_ernaast() -> None:
    houder = lees(als("portefeuillehouder"), f"/?kwartaal={KWARTAAL}")
    blok = houder.deel("Mijn thema: Opsporing")
    assert blok.heeft("Verdachten vraagt aandacht")
    assert blok.link("Bekijk het thema") == f"/themas/opsporing/?kwartaal={KWARTAAL}"
    for rol in ("vaststeller", "rvo-lid"):
        assert lees(als(rol), f"/?kwartaal={KWARTAAL}").deel("Voor mij").heeft("Er wacht niets op u."), rol


def test_wat_op_een_besluit_wacht_staat_met_het_aantal_bij_wie_besluit() -> None:
    indicator = Indicator.objects.get(code="verdachten")
    waar = Meting.objects.filter(indicator=indicator)[0].onderdeel
    wacht = MetingFactory(indicator=indicator, onderdeel=waar, jaar=2025, kwartaal=4, waarde=Decimal(3), wachtend=True)
    pagina = lees(als("vaststeller"), f"/?kwartaal={KWARTAAL}")
    assert pagina.deel("Voor mij").link("1 waarde vast te stellen") == f"/vaststellen/waarden/#keuze-meting-{wacht.pk}"
    assert pagina.link("Voor mij (1)") == "/voor-mij/"


@pytest.mark.parametrize("oordeel", ["", *UITERLIJK])
def test_elk_oordeel_hoort_bij_een_koers(oordeel: str) -> None:
    assert koers_van(oordeel) in Koers
