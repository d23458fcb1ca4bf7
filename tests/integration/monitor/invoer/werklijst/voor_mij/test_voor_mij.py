"""One list of what waits: the page, the menu and the first page show the same, each thing with its own place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Rolvervulling, Rolvoorstel, User
from common.tekst.periode import Kwartaal
from monitor.invoer.vaststellen.selectors import PER_BLADZIJDE
from monitor.invoer.vaststellen.services import stuur_terug
from monitor.invoer.vaststellen.soorten import BEZETTING, METING
from monitor.invoer.werklijst.takenlijst import lees_opgaven, lees_takenlijst
from monitor.models import Indicator, Meting
from tests.factories import (
    AfsluitingFactory,
    BezettingFactory,
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
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import stel_blad_voor, stel_voor
from tests.pagina import Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
LATER = date(2025, 11, 2)  # the third quarter is three days late
ROLLEN = {"districtschef": {"onderdeel": "A"}, "portefeuillehouder": {"thema": "proef"}}


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: LATER)
    maak_eenheid()


def maak_indicator(code: str, **velden: Any) -> Indicator:
    """Due from 2025 on; what the quarters before the third ask is there."""
    indicator = IndicatorFactory(code=code, naam=code.capitalize(), **velden)
    MonitorregelFactory(indicator=indicator, agenda__slug="kort", agenda__begin_jaar=2025, agenda__eind_jaar=2025)
    return indicator


def als(wie: User | str) -> Client:
    client = Client()
    client.force_login(wie if isinstance(wie, User) else maak_persoon(wie, **ROLLEN.get(wie, {})))
    return client


def lees(client: Client, vraag: str = "") -> Pagina:
    antwoord = client.get(f"/voor-mij/{vraag}")
    assert antwoord.status_code == 200
    return Pagina.van(antwoord)


def laat_wachten(indicator: Indicator, kwartaal: int = 3, **velden: Any) -> Meting:
    door = velden.pop("door", None) or UserFactory(username="invoerder")
    return MetingFactory(indicator=indicator, kwartaal=kwartaal, wachtend=True, ingevoerd_door=door, **velden)


def test_elke_rij_gaat_naar_de_cel_zelf() -> None:
    indicator = maak_indicator("team", niveau="basisteam")
    MetingFactory(indicator=indicator, onderdeel=OnderdeelFactory(code="A1"), kwartaal=3)
    MetingFactory(
        indicator=indicator, onderdeel=OnderdeelFactory(code="A2"), kwartaal=3, waarde=None, onbekend=True,
        toelichting="Bron stil.",
    )  # fmt: skip
    pagina = lees(als("analist"), "?soort=leveren&kwartaal=2025-Q3")
    deel = pagina.deel("Waarden te leveren over Q3 2025")
    assert [link.adres for link in deel.links] == [
        "/invoer/2025-Q3/?toon=alles#cel-team-A2",  # answered with "nb": not open in the grid
        "/invoer/2025-Q3/#cel-team-A3",
        "/invoer/2025-Q3/#cel-team-B1",
        "/invoer/2025-Q3/#cel-team-B2",
    ]
    assert deel.heeft("Uiterste dag: 30-10-2025.")
    assert deel.heeft("Team, A2 Onderdeel A2 te laat, nog niet bekend")
    cellen = als("analist").get("/invoer/2025-Q3/").content.decode()
    assert 'id="cel-team-A2"' in cellen


def test_van_elke_soort_wat_te_besluiten_is_op_zijn_eigen_plek() -> None:
    indicator, ander = maak_indicator("verdachten"), maak_persoon("analist", naam="ander")
    waarde = laat_wachten(indicator, door=ander)
    bezetting = BezettingFactory(onderdeel__code="A2", kwartaal=3, wachtend=True, ingevoerd_door=ander)
    doel, blad = stel_voor(indicator, ander), stel_blad_voor(indicator, ander, definitie="Scherper.")
    AfsluitingFactory(jaar=2025, kwartaal=1, gevraagd=True)
    client = als("vaststeller")
    links = {link.adres for link in lees(client, "?soort=besluiten").links}
    verwacht = {
        f"/vaststellen/waarden/#keuze-meting-{waarde.pk}",
        f"/vaststellen/bezetting/#keuze-bezetting-{bezetting.pk}",
        f"/vaststellen/doelen/#keuze-doelstelling-{doel.pk}",
        f"/vaststellen/definities/#keuze-definitieversie-{blad.pk}",
        "/invoer/2025-Q1/heropening/",
    }
    assert verwacht <= links
    for adres in verwacht:
        pad, _, anker = adres.partition("#")
        assert f'id="{anker}"' in client.get(pad).content.decode() or not anker
    assert lees(client).heeft("Er wachten 5 dingen op u.")


def test_wie_meer_wacht_dan_op_een_bladzijde_past_komt_op_de_goede() -> None:
    maak_eenheid({"A": PER_BLADZIJDE + 5})
    indicator = maak_indicator("team", niveau="basisteam")
    for nummer in range(1, PER_BLADZIJDE + 6):
        laat_wachten(indicator, onderdeel=OnderdeelFactory(code=f"A{nummer}"))
    client = als("vaststeller")
    links = [link.adres for link in lees(client, "?soort=besluiten").links if "#keuze-" in link.adres]
    assert len(links) == PER_BLADZIJDE + 5
    pad, _, anker = links[-1].partition("#")
    assert "?page=2" in pad
    assert f'id="{anker}"' in client.get(pad).content.decode()
    alles = lees(client).deel("Waarden vast te stellen")
    assert alles.link(f"Toon alle {PER_BLADZIJDE + 5}") == "/voor-mij/?soort=besluiten"
    assert len(alles.links) == 21


def test_wat_terugkwam_staat_er_met_de_reden_bij_de_eigen_cel() -> None:
    indicator, analist = maak_indicator("verdachten"), maak_persoon("analist")
    stuur_terug(
        METING, [laat_wachten(indicator, door=analist)], door=maak_persoon("vaststeller"),
        reden="Graag de <b>bron</b>.", herkomst="proef",
    )  # fmt: skip
    deel = lees(als(analist)).deel("Teruggestuurde inzendingen te verbeteren")
    assert deel.link("Verdachten, RE07 Onderdeel RE07, Q3 2025") == "/invoer/2025-Q3/#cel-verdachten-RE07"
    assert deel.heeft("“Graag de <b>bron</b>.”")
    assert not lees(als("vaststeller")).heeft("Graag de")


def test_wat_terugkwam_naar_wie_weg_is_moet_een_ander_leveren() -> None:
    indicator, weg = maak_indicator("verdachten"), maak_persoon("analist", naam="weg")
    stuur_terug(
        METING, [laat_wachten(indicator, door=weg)], door=maak_persoon("vaststeller"), reden="Nee.", herkomst="proef"
    )
    ander = maak_persoon("analist", naam="ander")
    assert [p.waar for p in lees_takenlijst(ander, LATER).punten if p.groep.kwartaal == Kwartaal(2025, 3)] == []
    Rolvervulling.objects.filter(user=weg).update(geldig_tot=LATER)
    punten = [p for p in lees_takenlijst(ander, LATER).punten if p.groep.kwartaal == Kwartaal(2025, 3)]
    assert [(punt.naam, punt.stand) for punt in punten] == [("Verdachten", "teruggestuurd")]


def test_een_chef_levert_de_bezetting_van_het_eigen_district() -> None:
    maak_plan({("A1", "basisteam"): "100", ("B1", "basisteam"): "90", ("A", "leiding"): "3"}, vanaf=date(2025, 7, 1))
    maak_indicator("verdachten")
    pagina = lees(als("districtschef"))
    deel = pagina.deel("Regels bezetting te leveren over Q3 2025")
    assert {link.adres for link in deel.links} == {
        "/invoer/2025-Q3/bezetting/?district=A#A1.basisteam",
        "/invoer/2025-Q3/bezetting/?district=A#A.leiding",
    }
    for link in deel.links:
        pad, _, anker = link.adres.partition("#")
        assert f'id="{anker}"' in als("districtschef").get(pad).content.decode()


def test_een_beheerder_bevestigt_rollen_van_een_ander_en_niet_die_van_zichzelf() -> None:
    eerste, tweede = maak_persoon("beheerder", naam="een"), maak_persoon("beheerder", naam="twee")
    nu, nieuw = timezone.now(), UserFactory(username="nieuw")
    Rolvoorstel.objects.create(
        user=nieuw, rol="rvo-lid", voorsteller=eerste, voorgesteld_op=nu, verloopt_op=nu + timedelta(days=7)
    )
    assert lees(als(tweede)).link("Rol RVO-lid voor nieuw") == f"/beheer/gebruikers/{nieuw.pk}/"
    assert lees(als(eerste)).heeft("Er wacht niets op u.")


@pytest.mark.parametrize(
    "rol",
    [
        *("rvo-lid", "analist", "vaststeller", "districtschef", "portefeuillehouder", "beheerder"),
        *("programmadirecteur", "adviescommissie"),
    ],
)
def test_wie_niets_hoeft_leest_dat(rol: str) -> None:
    pagina = lees(als(rol))
    assert pagina.heeft("Er wacht niets op u.")
    assert pagina.link("Voor mij") == "/voor-mij/"
    assert pagina.heeft("Zodra er iets te doen of te besluiten is")


def test_het_menu_het_overzicht_en_de_pagina_noemen_hetzelfde_aantal() -> None:
    for code in ("een", "twee"):
        indicator = maak_indicator(code)
        MetingFactory(indicator=indicator, kwartaal=1)
        laat_wachten(indicator)
    vaststeller, analist = als("vaststeller"), als("analist")
    assert lees(vaststeller).link("Voor mij (2)") == "/voor-mij/"
    assert Pagina.van(vaststeller.get("/")).link("Voor mij (2)") == "/voor-mij/"
    assert Pagina.van(analist.get("/indicatoren/")).link("Voor mij (2)") == "/voor-mij/"  # of the second quarter
    assert Pagina.van(analist.get("/voor-mij/")).heeft("Er wachten 2 dingen op u, waarvan 2 te laat.")


@pytest.mark.parametrize(
    "vraag", ["?soort=onzin", "?kwartaal=2031-Q9", "?soort=leveren&kwartaal=2025-Q1", "?soort=%00"]
)
def test_een_keuze_die_er_niet_is_toont_niets_en_zegt_het(vraag: str) -> None:
    laat_wachten(maak_indicator("een"))
    pagina = lees(als("vaststeller"), vraag)
    assert pagina.heeft("Hiervan wacht niets op u.")
    assert pagina.link("Alles (1)") == "/voor-mij/"


def test_een_keuze_staat_in_het_adres_en_de_andere_zijn_een_stap_ver() -> None:
    indicator = maak_indicator("een")
    laat_wachten(indicator, kwartaal=1)
    maak_persoon("analist")
    Rolvervulling.objects.create(user=User.objects.get(username="analist"), rol="vaststeller")
    pagina = lees(als("analist"), "?soort=leveren")
    assert pagina.link("Besluiten (1)") == "/voor-mij/?soort=besluiten"
    assert pagina.link("Q2 2025 (1)") == "/voor-mij/?soort=leveren&kwartaal=2025-Q2"
    assert "Waarden vast te stellen (1)" not in pagina.koppen
    assert len(lees(als("analist"), "?soort=leveren&kwartaal=2025-Q2").deel("Waarden te leveren over Q2").links) == 1


def test_ieders_lijst_apart_is_die_van_allen_samen() -> None:
    """The digest reads everybody at once, the page one person."""
    for code in ("een", "twee"):
        indicator = maak_indicator(code)
        EigenaarschapFactory(indicator=indicator, persoon=maak_persoon("analist", naam=code))
        laat_wachten(indicator, kwartaal=2)
    maak_plan({("A1", "basisteam"): "100", ("B1", "basisteam"): "90"}, vanaf=date(2025, 7, 1))
    for rol in ("analist", "vaststeller", "districtschef", "portefeuillehouder", "beheerder", "rvo-lid"):
        maak_persoon(rol, **ROLLEN.get(rol, {}))
    samen = {persoon.username: lijst.punten for persoon, lijst in lees_opgaven(LATER)}
    apart = {user.username: lees_takenlijst(user, LATER).punten for user in User.objects.all()}
    assert {naam: punten for naam, punten in apart.items() if punten} == samen
    assert {"een", "twee", "vaststeller", "districtschef", "analist"} == set(samen)
    for punten in samen.values():
        assert len({punt.sleutel for punt in punten}) == len(punten)


@pytest.mark.queries
@pytest.mark.parametrize("groot", [False, True])
@pytest.mark.parametrize("rol", ["analist", "vaststeller"])
def test_de_pagina_heeft_een_vast_aantal_queries(rol: str, groot: bool) -> None:
    analist = maak_persoon("analist")
    for nummer in range(12 if groot else 1):
        indicator = maak_indicator(f"team-{nummer}")
        laat_wachten(indicator, kwartaal=2)
        stel_voor(indicator, maak_persoon("analist", naam="ander"))
    for nummer in range(4 if groot else 1):
        maak_persoon("districtschef", naam=f"chef-{nummer}", onderdeel="A")
    wie = analist if rol == "analist" else rol
    controleer(f"voor_mij_{rol}", *tel(als(wie), "/voor-mij/"))


def test_te_laat_is_voor_wat_terugkwam_wat_het_op_de_werklijst_is() -> None:
    team, ander = maak_indicator("team", niveau="basisteam"), maak_indicator("ander")
    analist, vaststeller = maak_persoon("analist"), maak_persoon("vaststeller")
    for kwartaal in (1, 2):
        MetingFactory(indicator=ander, kwartaal=kwartaal)
        for code in ("A1", "A2", "A3", "B1", "B2"):
            MetingFactory(indicator=team, onderdeel=OnderdeelFactory(code=code), kwartaal=kwartaal)
    for code in ("A1", "A2", "A3", "B1"):
        MetingFactory(indicator=team, onderdeel=OnderdeelFactory(code=code), kwartaal=3)
    laat = laat_wachten(team, onderdeel=OnderdeelFactory(code="B2"), door=analist)
    geldt = MetingFactory(indicator=ander, kwartaal=3)
    correctie = laat_wachten(ander, door=analist, vervangt=geldt, vervangreden="Nageteld.", toelichting="Nageteld.")
    stuur_terug(METING, [laat, correctie], door=vaststeller, reden="Bron?", herkomst="proef")
    punten = {punt.adres.partition("#")[2]: punt.te_laat for punt in lees_takenlijst(analist, LATER).punten}
    assert punten == {"cel-team-B2": True, "cel-ander-RE07": False}
    assert lees(als(analist)).heeft("waarvan 1 te laat")
    werklijst = Pagina.van(als(analist).get("/invoer/?kwartaal=2025-Q3"))
    assert werklijst.tabel("Te leveren").kolom("Stand") == ["teruggestuurd, te laat", "teruggestuurd"]


@pytest.mark.parametrize("vervangt", [False, True])
def test_te_laat_is_ook_bezetting_die_terugkwam_zonder_dat_er_iets_geldt(*, vervangt: bool) -> None:
    chef = maak_persoon("districtschef", onderdeel="A")
    oud = BezettingFactory(onderdeel__code="A1", kwartaal=3) if vervangt else None
    wie = {"ingevoerd_door": chef, "toelichting": "Nageteld.", "vervangreden": "Nageteld." if oud else ""}
    rij = BezettingFactory(onderdeel__code="A1", kwartaal=3, wachtend=True, vervangt=oud, **wie)
    stuur_terug(BEZETTING, [rij], door=maak_persoon("vaststeller"), reden="Bron?", herkomst="proef")
    assert [punt.te_laat for punt in lees_takenlijst(chef, LATER).punten] == [not vervangt]
