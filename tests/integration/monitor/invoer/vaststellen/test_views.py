"""The approver's page: what changes, decide on one or many, and never on one's own work or on what was not seen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import User
from common.models import AuditEvent
from common.vaststellen.model import Staat
from monitor.invoer.regels.weergave import meting_in_woorden
from monitor.invoer.vaststellen.geschiedenis import get_stappen, get_versies
from monitor.models import Herberekenverzoek, Indicator, Meting
from tests.factories import IndicatorFactory, MetingFactory, MonitorregelFactory, maak_eenheid, maak_persoon
from tests.pagina import Pagina
from tests.querytelling import tel

pytestmark = pytest.mark.django_db
ADRES = "/vaststellen/"


@pytest.fixture
def indicator() -> Indicator:
    maak_eenheid()
    return IndicatorFactory(code="verdachten", naam="Verdachten", eenheid="verdachten")


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(maak_persoon("vaststeller"))
    return client


def _keuzes(client: Client) -> list[str]:
    return [veld.waarde for veld in _pagina(client).velden if veld.naam == "keuze"]


def _pagina(client: Client) -> Pagina:
    return Pagina.van(client.get(ADRES))


def _besluit(client: Client, besluit: str, keuzes: list[str], reden: str = "") -> Pagina:
    velden = {"besluit": besluit, "keuze": keuzes, "reden": reden, "zeker": str(len(keuzes))}
    return Pagina.van(client.post(ADRES, velden, follow=True))


def test_de_nieuwe_waarde_staat_naast_wat_nu_geldt(client: Client, indicator: Indicator) -> None:
    oud = MetingFactory(indicator=indicator, waarde=Decimal(6))
    MetingFactory(indicator=indicator, waarde=Decimal(9), wachtend=True, vervangt=oud, vervangreden="Nagekomen.")
    tabel = _pagina(client).tabel("Waarden: nieuw")
    assert tabel.zinnen == ["Verdachten, Q1 2025"]
    [rij] = tabel.rijen
    assert rij.onder("Nieuw", "Geldt nu") == ["9 verdachten", "6 verdachten"]
    assert rij.cel("Toelichting") == "Correctie: Nagekomen."


def test_vele_tegelijk_vaststellen(client: Client, indicator: Indicator) -> None:
    for kwartaal in (1, 2, 3):
        MetingFactory(indicator=indicator, kwartaal=kwartaal, wachtend=True)
    assert _besluit(client, "vaststellen", _keuzes(client)).meldt("3 waarden vastgesteld.")
    assert set(Meting.objects.values_list("staat", "vastgesteld_door__username")) == {("vastgesteld", "vaststeller")}
    assert Herberekenverzoek.objects.exists()
    assert _pagina(client).heeft("Er wacht niets op uw besluit.")
    assert Pagina.van(client.get("/vaststellen/waarden/")).heeft("Er wachten geen waarden op uw besluit.")


def test_terugsturen_vraagt_een_reden(client: Client, indicator: Indicator) -> None:
    MetingFactory(indicator=indicator, wachtend=True)
    assert _besluit(client, "terugsturen", _keuzes(client), " ").meldt("Schrijf waarom")
    assert Meting.objects.get().staat == Staat.INGEDIEND
    assert _besluit(client, "terugsturen", _keuzes(client), "Graag de bron erbij.").meldt("1 waarde teruggestuurd")
    assert (Meting.objects.get().staat, Meting.objects.get().afkeurreden) == (Staat.AFGEKEURD, "Graag de bron erbij.")


def test_zonder_keuze_gebeurt_er_niets(client: Client, indicator: Indicator) -> None:
    MetingFactory(indicator=indicator, wachtend=True)
    assert _besluit(client, "vaststellen", []).meldt("nog niets aangevinkt")
    assert Meting.objects.get().staat == Staat.INGEDIEND


def test_eigen_werk_is_niet_te_kiezen_en_ook_niet_langs_een_omweg(client: Client, indicator: Indicator) -> None:
    ander = MetingFactory(indicator=indicator, wachtend=True)
    [keuze] = _keuzes(client)
    Meting.objects.filter(pk=ander.pk).update(ingevoerd_door=User.objects.get(username="vaststeller"))
    assert _keuzes(client) == []
    assert _pagina(client).tabel("Waarden: nieuw").cel(0, "Kies") == "uw eigen invoer"
    assert _besluit(client, "vaststellen", [keuze]).meldt("zelf ingevoerd")
    assert Meting.objects.get().staat == Staat.INGEDIEND


def test_wat_na_het_lezen_veranderde_wordt_genoemd_en_de_rest_gaat_door(client: Client, indicator: Indicator) -> None:
    for kwartaal in (1, 2):
        MetingFactory(indicator=indicator, kwartaal=kwartaal, wachtend=True)
    keuzes = _keuzes(client)
    Meting.objects.filter(kwartaal=2).update(waarde=99)
    pagina = _besluit(client, "vaststellen", keuzes)
    assert pagina.meldt("1 waarde vastgesteld.")
    assert pagina.meldt("1 regel is gewijzigd of al behandeld nadat u die las.")
    assert pagina.meldt("Q2 2025: is anders dan u zag.")
    assert dict(Meting.objects.values_list("kwartaal", "staat")) == {1: Staat.VASTGESTELD, 2: Staat.INGEDIEND}


def test_twee_keer_klikken_stelt_een_keer_vast(client: Client, indicator: Indicator) -> None:
    MetingFactory(indicator=indicator, wachtend=True)
    keuzes = _keuzes(client)
    _besluit(client, "vaststellen", keuzes)
    assert _besluit(client, "vaststellen", keuzes).meldt("al behandeld")
    assert AuditEvent.objects.filter(handeling="vastgesteld").count() == 1


@pytest.mark.parametrize("keuze", ["x", "1", "1:", "999999:" + "0" * 20, "1:" + "g" * 20, "9" * 30 + ":" + "0" * 20])
def test_een_verzonnen_keuze_verandert_niets(client: Client, indicator: Indicator, keuze: str) -> None:
    MetingFactory(pk=1, indicator=indicator, wachtend=True)
    assert _besluit(client, "vaststellen", [keuze]).meldt("gewijzigd of al behandeld")
    assert Meting.objects.get().staat == Staat.INGEDIEND


@pytest.mark.parametrize("rol", ["rvo-lid", "analist", "beheerder"])
def test_wie_geen_vaststeller_is_verandert_niets(indicator: Indicator, rol: str) -> None:
    MetingFactory(pk=1, indicator=indicator, wachtend=True)
    client = Client()
    client.force_login(maak_persoon(rol, naam=f"een-{rol}"))
    assert client.post(ADRES, {"besluit": "vaststellen", "keuze": ["1:" + "0" * 20]}).status_code in (403, 404)
    assert Meting.objects.get().staat == Staat.INGEDIEND


def test_een_opmerking_blijft_letterlijke_tekst(client: Client, indicator: Indicator) -> None:
    MetingFactory(indicator=indicator, wachtend=True, toelichting="<script>alert(1)</script>{{7*7}}")
    # As text: were it an element, its text would not be read.
    assert _pagina(client).tabel().cel(0, "Toelichting") == "<script>alert(1)</script>{{7*7}}"


def test_het_aantal_queries_hangt_niet_van_het_aantal_waarden_af(client: Client, indicator: Indicator) -> None:
    aantallen = []
    for kwartalen in ((1, 2), (3, 4)):
        for kwartaal in kwartalen:
            MetingFactory(indicator=indicator, kwartaal=kwartaal, wachtend=True)
        aantallen.append(tel(client, ADRES)[0])
    assert aantallen[0] == aantallen[1] <= 18


@pytest.mark.parametrize(
    ("velden", "woorden"),
    [
        ({"waarde": Decimal("4950000.5000")}, "€ 4.950.000,50"),
        ({"waarde": Decimal(4136798), "status": "voorlopig"}, "€ 4.136.798, voorlopig"),
        ({"waarde": None, "onbekend": True}, "nog niet bekend (nb)"),
    ],
)
def test_een_bedrag_in_woorden(velden: dict[str, object], woorden: str) -> None:
    assert meting_in_woorden(MetingFactory(indicator=IndicatorFactory(eenheid="€"), **velden)) == woorden


def test_een_verhouding_in_woorden() -> None:
    team = maak_eenheid()["A1"]
    verhouding = {"waarde": None, "teller": Decimal(352), "noemer": Decimal(421)}
    meting = MetingFactory(indicator=IndicatorFactory(percentage=True), onderdeel=team, **verhouding)
    assert meting_in_woorden(meting) == "83,6% (352 van 421)"
    nul = {"waarde": None, "teller": Decimal(0), "noemer": Decimal(0)}
    leeg = MetingFactory(indicator=meting.indicator, onderdeel=team, kwartaal=2, **nul)
    assert meting_in_woorden(leeg) == "noemer is 0 (0 van 0)"


def test_de_geschiedenis_vertelt_elke_stap(client: Client, indicator: Indicator) -> None:
    oud = MetingFactory(indicator=indicator, waarde=Decimal(6))
    correctie = {"vervangt": oud, "vervangreden": "Nagekomen.", "status": "voorlopig"}
    MetingFactory(indicator=indicator, waarde=Decimal(9), wachtend=True, **correctie)
    _besluit(client, "vaststellen", _keuzes(client))
    nieuw = Meting.objects.latest("pk")
    assert [stap.zin for stap in get_stappen(get_versies(nieuw))] == [
        "vaststeller stelde 9 verdachten, voorlopig vast."
    ]
    pagina = Pagina.van(client.get(f"/metingen/{nieuw.pk}/geschiedenis/"))
    versies = pagina.tabel("Versies, de nieuwste bovenaan")
    assert [rij.kop for rij in versies.rijen] == ["9 verdachten, voorlopig", "6 verdachten"]
    assert versies.kolom("Staat") == ["Vastgesteld", "Vervangen"]
    assert "Nagekomen." in versies.cel("9 verdachten", "Toelichting")
    assert pagina.deel("Wat er gebeurde").heeft("scherm vaststellen")


def test_een_districtschef_leest_de_geschiedenis_van_het_eigen_district_alleen(indicator: Indicator) -> None:
    onderdelen = maak_eenheid()
    per_team = IndicatorFactory(code="team", niveau="basisteam")
    MonitorregelFactory(indicator=per_team)
    client = Client()
    client.force_login(maak_persoon("districtschef", onderdeel="A"))
    for code, status in (("A1", 200), ("B1", 404), ("RE07", 404)):
        meting = MetingFactory(indicator=per_team, onderdeel=onderdelen[code])
        assert client.get(f"/metingen/{meting.pk}/geschiedenis/").status_code == status


def test_de_vaststeller_ziet_dezelfde_twijfel_als_de_invoerder(client: Client, indicator: Indicator) -> None:
    MetingFactory(indicator=indicator, jaar=2024, kwartaal=4, waarde=9)
    MetingFactory(indicator=indicator, waarde=900, wachtend=True, toelichting="Grote actie in de haven.")
    rij = _pagina(client).tabel("Waarden: nieuw").rijen[0]
    assert "ongeveer 100 keer zo veel als de vorige meting (9)" in rij.cel("Nieuw")
    assert rij.cel("Toelichting") == "Grote actie in de haven."
