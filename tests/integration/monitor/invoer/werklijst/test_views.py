"""What is due, how far it is, and how the page tells it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.models import AuditEvent
from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from monitor.invoer.kwartaal.services import aantal_ontbrekend
from monitor.invoer.regels.toetsgegevens import lees_kader
from monitor.invoer.regels.validatie import lees_rij
from monitor.invoer.regels.waarneming import Invoerrij
from monitor.invoer.rooster.celtekst import wordt_getypt
from monitor.invoer.werklijst.selectors import lees_plan, lees_werk, verschuldigde_cellen
from monitor.invoer.werklijst.takenlijst import lees_takenlijst
from monitor.models import Indicator
from monitor.reikwijdte import lees_reikwijdte
from tests.factories import (
    AfsluitingFactory,
    ConceptFactory,
    EigenaarschapFactory,
    IndicatorFactory,
    MetingFactory,
    MonitorregelFactory,
    OnderdeelFactory,
    UserFactory,
    maak_eenheid,
    maak_persoon,
    maak_plan,
)
from tests.pagina import Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
Q3, Q4 = Kwartaal(2025, 3), Kwartaal(2025, 4)
LATER = date(2026, 11, 24)
TERUG = {"staat": "afgekeurd", "afgekeurd_op": timezone.now, "afkeurreden": "Graag de bron erbij."}


def maak_indicator(code: str, **velden: Any) -> Indicator:
    indicator = IndicatorFactory(code=code, naam=code.capitalize(), **velden)
    MonitorregelFactory(indicator=indicator)
    return indicator


@pytest.fixture
def onderdelen() -> dict[str, Onderdeel]:
    return maak_eenheid()


@pytest.fixture
def client() -> Client:
    return als("analist")


def als(rol: str, naam: str = "", **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, naam=naam, **waar))
    return client


def lees(client: Client, vraag: str = "?kwartaal=2025-Q3") -> Pagina:
    return Pagina.van(client.get(f"/invoer/{vraag}"))


def plekken(kwartaal: Kwartaal) -> list[tuple[str, str]]:
    return [(cel.indicator.code, cel.onderdeel.code) for cel in verschuldigde_cellen(kwartaal, lees_plan())]


def staten(kwartaal: Kwartaal, vandaag: date = LATER) -> dict[tuple[str, str], tuple[str, bool]]:
    werk = lees_werk([kwartaal], lees_plan(), vandaag)[kwartaal]
    return {(w.cel.indicator.code, w.cel.onderdeel.code): (w.staat.value, w.te_laat) for w in werk}


def test_gevraagd_is_wat_bij_niveau_en_frequentie_hoort(onderdelen: dict[str, Onderdeel]) -> None:
    maak_indicator("eenheid")
    per_district = maak_indicator("district", niveau="district")
    per_district.niet_voor.add(onderdelen["B"])
    maak_indicator("halfjaar", frequentie="halfjaar")
    maak_indicator("enquete", enquete=True, niveau="district")
    maak_indicator("afgeleid", herkomst="afgeleid")
    assert plekken(Q3) == [("eenheid", "RE07"), ("district", "A")]
    assert set(plekken(Q4)) - set(plekken(Q3)) == {
        ("halfjaar", "RE07"), ("enquete", "RE07"), ("enquete", "A"), ("enquete", "B")
    }  # fmt: skip
    assert ("enquete", "A") not in plekken(Kwartaal(2024, 4))


def test_onder_een_uitgezonderd_district_vraagt_niemand_iets(onderdelen: dict[str, Onderdeel]) -> None:
    """The work list, the grid and a file ask what the calculation counts: nothing of a team below it."""
    maak_indicator("team", niveau="basisteam").niet_voor.add(onderdelen["B"])
    assert {onderdeel for _, onderdeel in plekken(Q3)} == {"A1", "A2", "A3"}
    kader = lees_kader()
    team, getypt = kader.indicatoren["team"], [o for o in kader.onderdelen.values() if o.soort == "basisteam"]
    assert {o.code for o in getypt if wordt_getypt(team, o, Q3)} == {"A1", "A2", "A3"}
    rij = {"indicator": "team", "onderdeel": "B1", "jaar": "2025", "kwartaal": "3", "waarde": "4"}
    fouten = lees_rij(Invoerrij(1, {**rij, "status": "definitief"}), kader)
    assert [fout.reden for fout in fouten] == ["Deze indicator is niet van toepassing op B1."]


def test_alleen_wat_op_de_laatste_dag_bestaat_levert(onderdelen: dict[str, Onderdeel]) -> None:
    maak_indicator("team", niveau="basisteam")
    Onderdeel.objects.filter(code="A1").update(geldig_tot=date(2025, 9, 30))
    Onderdeel.objects.filter(code="A2").update(geldig_tot=date(2025, 10, 1))
    Onderdeel.objects.filter(code="A3").update(geldig_vanaf=date(2025, 10, 1))
    assert [onderdeel for _, onderdeel in plekken(Q3)] == ["A2", "B1", "B2"]


def test_van_voor_de_agenda_en_van_erna_wordt_niets_gevraagd(onderdelen: dict[str, Onderdeel]) -> None:
    maak_indicator("eenheid")
    IndicatorFactory(code="staat-in-geen-agenda")
    assert [bool(plekken(Kwartaal(jaar, 1))) for jaar in (2022, 2023, 2026, 2027)] == [False, True, True, False]
    assert lees_plan().kwartalen(date(2023, 8, 1)) == [Kwartaal(2023, 2), Kwartaal(2023, 1)]
    assert lees_plan().kwartalen(date(2031, 1, 1))[0] == Kwartaal(2026, 4)


def test_elke_staat_en_alleen_wat_bij_de_invoerder_ligt_is_te_laat(onderdelen: dict[str, Onderdeel]) -> None:
    team = maak_indicator("team", niveau="basisteam")
    op = {"indicator": team, "jaar": 2025, "kwartaal": 3}
    MetingFactory(onderdeel=onderdelen["A1"], **op)
    MetingFactory(onderdeel=onderdelen["A2"], **op, wachtend=True)
    terug = {"afgekeurd_door": UserFactory(), **TERUG, "afgekeurd_op": timezone.now()}
    MetingFactory(onderdeel=onderdelen["A3"], **op, wachtend=True, **terug)
    ConceptFactory(onderdeel=onderdelen["B1"], **op)
    verwacht = {"A1": "vastgesteld", "A2": "ingediend", "A3": "teruggestuurd", "B1": "concept", "B2": "te leveren"}
    laat = {"A3", "B1", "B2"}
    assert staten(Q3) == {("team", o): (staat, o in laat) for o, staat in verwacht.items()}
    op_tijd = staten(Q3, date(2025, 10, 30))
    assert not any(te_laat for _, te_laat in op_tijd.values())
    assert staten(Q3, date(2025, 10, 31)) == staten(Q3)


def test_een_openstaande_correctie_is_niet_te_laat(onderdelen: dict[str, Onderdeel]) -> None:
    indicator = maak_indicator("eenheid")
    oud = MetingFactory(indicator=indicator, kwartaal=3)
    terug = {"afgekeurd_door": UserFactory(), **TERUG, "afgekeurd_op": timezone.now()}
    MetingFactory(indicator=indicator, kwartaal=3, wachtend=True, vervangt=oud, vervangreden="Telfout.", **terug)
    assert staten(Q3) == {("eenheid", "RE07"): ("teruggestuurd", False)}


@pytest.mark.parametrize("kwartaal", [4, None])
def test_een_enquete_over_het_hele_jaar_staat_in_het_vierde_kwartaal(
    onderdelen: dict[str, Onderdeel], kwartaal: int | None
) -> None:
    enquete = maak_indicator("enquete", enquete=True)
    MetingFactory(indicator=enquete, jaar=2025, kwartaal=kwartaal, waarde=Decimal(60))
    assert staten(Q4) == {("enquete", "RE07"): ("vastgesteld", False)}


def test_wat_uit_de_bezetting_volgt_hoeft_niemand_te_leveren(client: Client, onderdelen: dict[str, Onderdeel]) -> None:
    """Also when it has values, and for every way the list counts."""
    afgeleid = maak_indicator("afgeleid", niveau="basisteam", herkomst=Indicator.Herkomst.AFGELEID)
    gewoon = maak_indicator("gewoon")
    MetingFactory(indicator=afgeleid, onderdeel=onderdelen["A1"], jaar=2025, kwartaal=3)
    plan = lees_plan()
    werk = lees_werk([Q3, Q4], plan, LATER)
    assert {een.cel.indicator.code for van in werk.values() for een in van} == {gewoon.code}
    for vraag in ("", "?per=indicator", "?per=onderdeel"):
        pagina = lees(client, vraag)
        assert "De werklijst" in pagina.koppen
        assert not pagina.heeft("Afgeleid")


NB = {"kwartaal": 3, "waarde": None, "onbekend": True}


def test_nb_is_een_antwoord_en_geen_levering(onderdelen: dict[str, Onderdeel]) -> None:
    nb = MetingFactory(indicator=maak_indicator("eenheid"), **NB)
    assert staten(Q3) == {("eenheid", "RE07"): ("nog niet bekend", True)}
    assert staten(Q3, Q3.einde()) == {("eenheid", "RE07"): ("nog niet bekend", False)}
    pagina = lees(als("vaststeller"))
    assert pagina.heeft("Nog 1 van de 1 waarde te leveren.")
    assert not pagina.heeft("Alles is geleverd.")
    assert aantal_ontbrekend(Q3) == 1
    MetingFactory(indicator=nb.indicator, kwartaal=3, vervangt=nb, vervangreden="Nu bekend.", wachtend=True)
    assert staten(Q3) == {("eenheid", "RE07"): ("ingediend", False)}


@pytest.mark.parametrize("wachtend", [True, False])
def test_een_waarde_die_nb_zou_worden_telt_tot_dan(onderdelen: dict[str, Onderdeel], wachtend: bool) -> None:
    indicator = maak_indicator("eenheid")
    if not wachtend:
        MetingFactory(indicator=indicator, **NB, wachtend=True)
        assert staten(Q3) == {("eenheid", "RE07"): ("nog niet bekend", True)}
        return
    waarde = MetingFactory(indicator=indicator, kwartaal=3)
    MetingFactory(indicator=indicator, **NB, vervangt=waarde, vervangreden="Bron fout.", wachtend=True)
    assert staten(Q3) == {("eenheid", "RE07"): ("ingediend", False)}


def test_een_enquete_blijft_gevraagd_tot_die_er_is(
    onderdelen: dict[str, Onderdeel], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A survey of 2023 stays on the list in 2026, long after its quarter left the recent ones."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: LATER)
    enquete = maak_indicator("enquete", enquete=True)
    maak_indicator("elk")
    zin = "Van Q4 2023 is nog te leveren: Enquete."
    assert lees(als("vaststeller"), "").heeft(zin)
    assert lees(als("vaststeller"), "?kwartaal=2023-Q2").heeft(zin)
    analist = maak_persoon("analist")
    oudste, punten = list(lees_takenlijst(analist, LATER).groepen.items())[-1]
    assert (oudste.kwartaal, [punt.naam for punt in punten]) == (Kwartaal(2023, 4), ["Enquete"])
    MetingFactory(indicator=enquete, jaar=2023, kwartaal=4)
    assert not lees(als("vaststeller"), "").heeft(zin)


def test_een_gesloten_kwartaal_vraagt_geen_enquete_meer(
    onderdelen: dict[str, Onderdeel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: LATER)
    maak_indicator("enquete", enquete=True)
    AfsluitingFactory(jaar=2023, kwartaal=4)
    assert not lees(als("vaststeller"), "").heeft("Van Q4 2023")


def test_wie_een_district_heeft_ziet_het_werk_van_dat_district(onderdelen: dict[str, Onderdeel]) -> None:
    maak_indicator("team", niveau="basisteam")
    reikwijdte = lees_reikwijdte(maak_persoon("analist", onderdeel="B"), Recht.METING_INVOEREN)
    werk = lees_werk([Q3], lees_plan(), LATER, reikwijdte)[Q3]
    assert [w.cel.onderdeel.code for w in werk] == ["B1", "B2"]


@pytest.mark.parametrize("groot", [False, True])
def test_vijf_queries_voor_elk_aantal(groot: bool) -> None:
    maak_eenheid({"A": 9, "B": 9} if groot else {"A": 1})
    for nummer in range(20 if groot else 1):
        maak_indicator(f"team-{nummer}", niveau="basisteam")
    with CaptureQueriesContext(connection) as gevangen:
        werk = lees_werk([Q3, Q4], lees_plan(), LATER)
    assert (len(gevangen), sum(map(len, werk.values()))) == (5, 2 * (18 * 20 if groot else 1))


@pytest.mark.queries
@pytest.mark.parametrize("groot", [False, True])
def test_de_pagina_heeft_een_vast_aantal_queries(groot: bool) -> None:
    maak_eenheid({"A": 9, "B": 9} if groot else {"A": 1})
    analist = UserFactory(username="analist")
    for nummer in range(20 if groot else 1):
        indicator = maak_indicator(f"team-{nummer}", niveau="basisteam")
        if nummer % 2 or not groot:
            EigenaarschapFactory(indicator=indicator, persoon=analist)
        terug = {"afgekeurd_door": UserFactory(), **TERUG, "afgekeurd_op": timezone.now(), "ingevoerd_door": analist}
        MetingFactory(indicator=indicator, onderdeel=OnderdeelFactory(code="A1"), kwartaal=3, wachtend=True, **terug)
    controleer("invoer", *tel(als("analist"), "/invoer/?kwartaal=2025-Q3"))


def test_de_pagina_zegt_eerst_wat_er_moet_gebeuren(client: Client, onderdelen: dict[str, Onderdeel]) -> None:
    indicator = maak_indicator("verdachten")
    analist = UserFactory(username="analist")
    terug = {"afgekeurd_door": UserFactory(), **TERUG, "afgekeurd_op": timezone.now(), "ingevoerd_door": analist}
    MetingFactory(indicator=indicator, kwartaal=3, wachtend=True, **terug)
    pagina = lees(client)
    assert pagina.koppen[:3] == ["Invoer over Q3 2025", "Naar u teruggestuurd", "De werklijst"]
    assert pagina.link("Vul Q3 2025 in") == "/invoer/2025-Q3/"
    assert re.search(r"Uiterste dag 30-10-2025, .* te laat\.", pagina.tekst)
    [teruggestuurd] = pagina.lijst("Naar u teruggestuurd")
    assert "Graag de bron erbij." in teruggestuurd


def test_de_werklijst_is_een_lijst_van_waarden_met_een_weg_naar_de_cel(
    client: Client, onderdelen: dict[str, Onderdeel]
) -> None:
    """What came back first with the reason, then what is doubtful; what was delivered is not there."""
    team, analist = maak_indicator("team", niveau="basisteam"), UserFactory(username="analist")
    op = {"indicator": team, "kwartaal": 3}
    terug = {"afgekeurd_door": UserFactory(), **TERUG, "afgekeurd_op": timezone.now(), "ingevoerd_door": analist}
    MetingFactory(onderdeel=onderdelen["A1"], **op, wachtend=True)
    MetingFactory(onderdeel=onderdelen["A2"], **op)
    MetingFactory(onderdeel=onderdelen["B2"], **op, wachtend=True, **terug)
    MetingFactory(onderdeel=onderdelen["A3"], indicator=team, **NB)
    ConceptFactory(onderdeel=onderdelen["B1"], indicator=team, jaar=2025, kwartaal=3, cellen={"waarde": "1.2.3"})
    tabel = lees(client).tabel("Te leveren over Q3 2025")
    assert [rij.onder("Onderdeel", "Stand") for rij in tabel.rijen] == [
        ["B2 Onderdeel B2", "teruggestuurd, te laat"],
        ["B1 Onderdeel B1", "concept, te laat, vraagt aandacht"],
        ["A3 Onderdeel A3", "nog niet bekend, te laat"],
    ]
    assert tabel.cel(0, "Reden") == "Graag de bron erbij."
    assert "niet te lezen" in tabel.cel(1, "Reden")
    cellen = [f"/invoer/2025-Q3/#cel-team-{onderdeel}" for onderdeel in ("B2", "B1", "A3")]
    assert [rij.links[0].adres for rij in tabel.rijen] == cellen
    rooster = Pagina.van(client.get("/invoer/2025-Q3/"))
    assert all(rooster.plek(adres.partition("#")[2]) for adres in cellen)


def test_wie_niet_invoert_ziet_de_waarden_zonder_weg_naar_een_cel(onderdelen: dict[str, Onderdeel]) -> None:
    maak_indicator("verdachten")
    tabel = lees(als("vaststeller")).tabel("Te leveren over Q3 2025")
    assert ([rij.kop for rij in tabel.rijen], tabel.rij(0).links) == (["Verdachten"], [])


def test_alles_is_niet_geleverd_zolang_de_bezetting_ontbreekt(onderdelen: dict[str, Onderdeel]) -> None:
    maak_plan({("A1", "basisteam"): "40"})
    MetingFactory(indicator=maak_indicator("verdachten"), kwartaal=3, wachtend=True)
    pagina = lees(als("analist"))
    assert pagina.heeft("De waarden zijn geleverd, de bezetting nog niet. 1 waarde wacht nog op een besluit.")
    assert not pagina.heeft("Alles is geleverd.")


def test_alles_geleverd(client: Client, onderdelen: dict[str, Onderdeel]) -> None:
    MetingFactory(indicator=maak_indicator("verdachten"), kwartaal=3, wachtend=True)
    pagina = lees(client)
    assert pagina.heeft("Alles is geleverd. 1 waarde wacht nog op een besluit.")
    assert pagina.gegeven("Ingediend") == "1"


def test_zonder_agenda_is_er_niets_te_leveren(client: Client) -> None:
    pagina = lees(client, "")
    assert (pagina.kop1, pagina.tabellen) == ("Invoer", [])
    assert pagina.inhoud.heeft("Er is nog niets te leveren.")


def test_alleen_mijn_werk_is_van_mij_of_van_niemand(onderdelen: dict[str, Onderdeel]) -> None:
    client = als("analist")
    EigenaarschapFactory(indicator=maak_indicator("van-mij"), persoon=User.objects.get(username="analist"))
    maak_indicator("van-niemand")
    EigenaarschapFactory(indicator=maak_indicator("van-een-ander"), persoon=maak_persoon("analist", naam="ander"))
    mijn, alles = (lees(client, f"?kwartaal=2025-Q3{vraag}").deel("De werklijst") for vraag in ("&wie=mij", ""))
    namen = ("Van-mij", "Van-niemand", "Van-een-ander")
    assert [mijn.heeft(naam) for naam in namen] == [True, True, False]
    assert [alles.heeft(naam) for naam in namen] == [True, True, True]


@pytest.mark.parametrize(
    ("per", "rijen"), [("indicator", ["Team"]), ("onderdeel", ["A1 Onderdeel A1"]), ("persoon", ["niemand aangewezen"])]
)
def test_per_indicator_per_onderdeel_en_per_persoon(
    client: Client, onderdelen: dict[str, Onderdeel], per: str, rijen: list[str]
) -> None:
    maak_indicator("team", niveau="basisteam")
    bestand = client.get(f"/invoer/?kwartaal=2025-Q3&per={per}&_export=csv").content.decode()
    assert all(rij in bestand for rij in rijen)
    assert AuditEvent.objects.filter(handeling="export", object_id="werklijst").exists()


def test_het_overzicht_van_kwartalen_is_ook_op_te_slaan(client: Client, onderdelen: dict[str, Onderdeel]) -> None:
    maak_indicator("verdachten")
    AfsluitingFactory(jaar=2023, kwartaal=1)
    bestand = client.get("/invoer/?_export=csv&_tabel=kwartalen").content.decode()
    assert "open" in bestand
    assert "<a" not in bestand


@pytest.mark.parametrize(
    "vraag", ["kwartaal=2031-Q1", "kwartaal=x", "per=alles", "wie=jij", "k-sort=x", "sort=__class__"]
)
def test_een_rare_keuze_valt_terug_op_de_eerste(client: Client, onderdelen: dict[str, Onderdeel], vraag: str) -> None:
    maak_indicator("verdachten")
    assert client.get(f"/invoer/?{vraag}").status_code == 200


def test_een_gesloten_kwartaal_zegt_door_wie(client: Client, onderdelen: dict[str, Onderdeel]) -> None:
    maak_indicator("verdachten")
    AfsluitingFactory()
    pagina = lees(client)
    assert re.search(r"Q3 2025 is gesloten op \d\d-\d\d-\d{4} door sluiter", pagina.tekst)
    assert pagina.link("Vraag om heropening") == "/invoer/2025-Q3/heropening/"
    assert not any(link.tekst == "Vul Q3 2025 in" for link in pagina.links)
