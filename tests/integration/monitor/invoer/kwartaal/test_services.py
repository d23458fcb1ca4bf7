"""A closed quarter stays closed: for services, commands and raw SQL; it takes three persons to close and reopen."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.models import AuditEvent
from common.tekst.periode import Kwartaal
from common.vaststellen.bewaking import Geweigerd, NietToegestaan
from common.vaststellen.model import Staat
from monitor.invoer.kwartaal.services import (
    aantal_ontbrekend,
    get_geschiedenis,
    heropen,
    sluit_kwartaal,
    trek_heropening_in,
    vraag_heropening,
    wijs_heropening_af,
)
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.eisen import KwartaalGesloten
from monitor.invoer.vaststellen.services import stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import DEFINITIE, DOEL, METING
from monitor.models import Afsluiting, Indicator, Meting
from tests.factories import (
    AfsluitingFactory,
    BezettingFactory,
    ConceptFactory,
    IndicatorFactory,
    MetingFactory,
    MonitorregelFactory,
    maak_eenheid,
    maak_persoon,
)
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import stel_blad_voor, stel_voor
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
Q3, Q4 = Kwartaal(2025, 3), Kwartaal(2025, 4)
KOP = "indicator;onderdeel;jaar;kwartaal;waarde;teller;noemer;marge;status;meetdatum;toelichting\n"


@pytest.fixture
def indicator() -> Indicator:
    maak_eenheid()
    regel = MonitorregelFactory(indicator__code="verdachten", indicator__naam="Verdachten")
    return regel.indicator


@pytest.fixture
def sluiter() -> User:
    return maak_persoon("vaststeller", naam="sluiter")


def sluit(door: User, kwartaal: Kwartaal = Q3, toelichting: str = "") -> Afsluiting:
    return sluit_kwartaal(kwartaal, door=door, toelichting=toelichting, herkomst="proef")


def vraag(door: User, reden: str = "Nagekomen cijfer.") -> Afsluiting:
    return vraag_heropening(Q3, door=door, reden=reden, herkomst="proef")


def maak_open(door: User) -> Afsluiting:
    return heropen(Q3, door=door, herkomst="proef")


def test_een_compleet_kwartaal_gaat_dicht(indicator: Indicator, sluiter: User) -> None:
    MetingFactory(indicator=indicator, kwartaal=3)
    afsluiting = sluit(sluiter)
    assert (afsluiting.periode, afsluiting.gesloten_door) == (Q3, sluiter)
    assert AuditEvent.objects.get(object_soort="afsluiting").naar == {"mist": 0}


@pytest.mark.parametrize(
    ("kwartaal", "periode", "staat", "zin"),
    [
        (Q3, 3, "ingediend", "1 waarde wacht op een besluit: Verdachten."),
        (Q3, 3, "concept", "1 waarde is niet ingediend: Verdachten."),
        (Q3, 3, "afgekeurd", "1 waarde is teruggestuurd: Verdachten."),
        (Q4, None, "ingediend", "1 waarde wacht op een besluit: Verdachten."),
        (Q4, 4, "ingediend", "1 waarde wacht op een besluit: Verdachten."),
    ],
)
def test_met_werk_in_de_weg_gaat_het_niet_dicht(
    indicator: Indicator, sluiter: User, kwartaal: Kwartaal, periode: int | None, staat: str, zin: str
) -> None:
    terug = {"afgekeurd_door": sluiter, "afgekeurd_op": timezone.now(), "afkeurreden": "Bron?"}
    extra = terug if staat == "afgekeurd" else {}
    MetingFactory(indicator=indicator, kwartaal=periode, wachtend=True, **{"staat": staat, **extra})
    with pytest.raises(Geweigerd, match="kan nog niet dicht") as fout:
        sluit(sluiter, kwartaal, "Toch.")
    assert zin in str(fout.value)
    assert not Afsluiting.objects.exists()


def test_een_heel_jaar_staat_een_ander_kwartaal_niet_in_de_weg(indicator: Indicator, sluiter: User) -> None:
    MetingFactory(indicator=indicator, kwartaal=3)
    MetingFactory(indicator=indicator, kwartaal=None, wachtend=True)
    assert sluit(sluiter).periode == Q3


@pytest.mark.parametrize(
    ("staat", "zin"),
    [
        ("ingediend", "1 regel bezetting wacht op een besluit: A1 Onderdeel A1."),
        ("concept", "1 regel bezetting is niet ingediend: A1 Onderdeel A1."),
        ("afgekeurd", "1 regel bezetting is teruggestuurd: A1 Onderdeel A1."),
    ],
)
def test_open_bezetting_houdt_het_kwartaal_open(indicator: Indicator, sluiter: User, staat: str, zin: str) -> None:
    terug = {"afgekeurd_door": sluiter, "afgekeurd_op": timezone.now(), "afkeurreden": "Bron?"}
    extra = terug if staat == "afgekeurd" else {}
    BezettingFactory(kwartaal=3, wachtend=True, **{"staat": staat, **extra})
    BezettingFactory(kwartaal=3, soort="flexteam")
    with pytest.raises(Geweigerd, match="Handel dit eerst af") as fout:
        sluit(sluiter, toelichting="Toch.")
    assert zin in str(fout.value)
    assert Pagina.van(als(sluiter).get("/invoer/2025-Q3/sluiten/")).heeft(zin)
    assert sluit(sluiter, Kwartaal(2025, 2), "De bron ligt stil.")


def test_een_doel_dat_wacht_houdt_de_kwartalen_van_zijn_jaar_open(indicator: Indicator, sluiter: User) -> None:
    doel = stel_voor(indicator)
    for kwartaal in (Kwartaal(2025, 1), Q4):
        with pytest.raises(Geweigerd, match=r"1 gewijzigd doel wacht op een besluit: Verdachten\."):
            sluit(sluiter, kwartaal, "Toch.")
    assert sluit(sluiter, Kwartaal(2024, 4), "De bron ligt stil.")
    stuur_terug(DOEL, [doel], door=sluiter, reden="Welk besluit?", herkomst="proef")
    assert sluit(sluiter, Q3, "De bron ligt stil.")


def test_een_gesloten_kwartaal_houdt_zijn_oordeel_ook_tegen_een_doel_of_definitie(indicator: Indicator) -> None:
    """What waited when it closed is not approved, and can be sent back; what changes no verdict may pass."""
    besluiter = maak_persoon("vaststeller")
    doel, ritme = stel_voor(indicator), stel_blad_voor(indicator, frequentie="halfjaar")
    AfsluitingFactory(kwartaal=2)
    for soort, voorstel in ((DOEL, doel), (DEFINITIE, ritme)):
        with pytest.raises(KwartaalGesloten, match="Q2 2025 is gesloten"):
            stel_vast(soort, [voorstel], door=besluiter, herkomst="proef")
        stuur_terug(soort, [voorstel], door=besluiter, reden="Pas na heropening.", herkomst="proef")
    with pytest.raises(KwartaalGesloten):
        stel_voor(indicator)
    with pytest.raises(KwartaalGesloten):
        stel_blad_voor(indicator, frequentie="halfjaar")
    tekst = stel_blad_voor(indicator, definitie="Scherper.")
    assert stel_vast(DEFINITIE, [tekst], door=besluiter, herkomst="proef")
    assert stel_voor(indicator, jaar="2024").staat == Staat.INGEDIEND


def test_een_definitie_die_wacht_houdt_een_kwartaal_open_waarin_ze_meet(indicator: Indicator, sluiter: User) -> None:
    stel_blad_voor(indicator, definitie="Scherper.")
    ander = MonitorregelFactory(
        indicator__code="jaarlijks", indicator__naam="Jaarlijks", indicator__frequentie="jaar"
    ).indicator
    stel_blad_voor(ander, definitie="Scherper.")
    stel_blad_voor(IndicatorFactory(naam="Buiten de agenda"), definitie="Scherper.")
    with pytest.raises(Geweigerd, match=r"1 gewijzigde definitie wacht op een besluit: Verdachten\."):
        sluit(sluiter, toelichting="Toch.")
    with pytest.raises(Geweigerd, match=r"2 gewijzigde definities wachten op een besluit: Verdachten, Jaarlijks\."):
        sluit(sluiter, Q4, "Toch.")


def test_een_voorgesteld_ritme_telt_ook(indicator: Indicator, sluiter: User) -> None:
    Indicator.objects.update(frequentie="jaar")
    stel_blad_voor(indicator, frequentie="kwartaal")
    with pytest.raises(Geweigerd, match=r"1 gewijzigde definitie wacht"):
        sluit(sluiter, toelichting="Toch.")


def test_getypte_tekst_staat_in_de_weg(indicator: Indicator, sluiter: User) -> None:
    ConceptFactory(indicator=indicator)
    ConceptFactory(indicator=IndicatorFactory(naam="Anders"))
    with pytest.raises(Geweigerd, match=r"2 getypte concepten zijn niet ingediend: Verdachten, Anders."):
        sluit(sluiter, toelichting="Toch.")


def test_met_waarden_die_ontbreken_alleen_met_een_toelichting(indicator: Indicator, sluiter: User) -> None:
    assert aantal_ontbrekend(Q3) == 1
    with pytest.raises(InvoerFout, match=r"1 waarde ontbreekt nog. Schrijf waarom"):
        sluit(sluiter, toelichting="  ")
    assert sluit(sluiter, toelichting="De bron ligt stil.").toelichting == "De bron ligt stil."


def test_een_lopend_kwartaal_en_een_gesloten_kwartaal_gaan_niet_dicht(indicator: Indicator, sluiter: User) -> None:
    with pytest.raises(Geweigerd, match="nog niet voorbij"):
        sluit(sluiter, Kwartaal.van(timezone.localdate()), "Toch.")
    sluit(sluiter, toelichting="De bron ligt stil.")
    with pytest.raises(Geweigerd, match="al gesloten"):
        sluit(sluiter, toelichting="Nog eens.")


@pytest.mark.parametrize("rol", ["analist", "rvo-lid", "beheerder", "portefeuillehouder"])
def test_wie_niet_mag_sluiten_krijgt_een_weigering_in_het_spoor(indicator: Indicator, rol: str) -> None:
    door = maak_persoon(rol, thema="proef" if rol == "portefeuillehouder" else "")
    with pytest.raises(NietToegestaan):
        sluit(door, toelichting="Toch.")
    assert AuditEvent.objects.get().handeling == "geweigerd"


def test_in_een_gesloten_kwartaal_verandert_niets_meer(indicator: Indicator, sluiter: User, tmp_path: Path) -> None:
    meting = MetingFactory(indicator=indicator, kwartaal=4, wachtend=True)
    jaar = MetingFactory(indicator=indicator, jaar=2023, kwartaal=None, wachtend=True)
    for jaar_, kwartaal in ((2025, 4), (2023, 4), (2025, 2)):
        AfsluitingFactory(jaar=jaar_, kwartaal=kwartaal)
    for een in (meting, jaar):
        with pytest.raises(KwartaalGesloten):
            stel_vast(METING, [een], door=sluiter, herkomst="proef")
    with pytest.raises(KwartaalGesloten):
        stuur_terug(METING, [meting], door=sluiter, reden="Bron?", herkomst="proef")
    bestand = tmp_path / "metingen.csv"
    bestand.write_text(f"{KOP}verdachten;RE07;2025;2;8;;;;definitief;;\n", encoding="utf-8")
    maak_persoon("analist")
    gezegd = StringIO()
    with pytest.raises(CommandError, match="niets ingelezen"):
        call_command("importeer_metingen", str(bestand), "--door", "analist", stdout=gezegd, stderr=gezegd)
    assert "Q2 2025 is gesloten" in gezegd.getvalue()
    assert set(Meting.objects.values_list("staat", flat=True)) == {Staat.INGEDIEND}


@pytest.mark.parametrize("kwartaal", [4, None])
@pytest.mark.parametrize(
    "opdracht", ["UPDATE monitor_meting SET waarde = 1", "UPDATE monitor_meting SET staat = 'concept'"]
)
def test_ook_ruwe_sql_verandert_er_niets(indicator: Indicator, kwartaal: int | None, opdracht: str) -> None:
    MetingFactory(indicator=indicator, kwartaal=kwartaal, wachtend=True)
    AfsluitingFactory(kwartaal=4)
    with pytest.raises(IntegrityError, match="kwartaal gesloten"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(opdracht)


def test_heropenen_kan_alleen_een_derde(indicator: Indicator, sluiter: User) -> None:
    vrager, derde = maak_persoon("vaststeller", naam="vrager"), maak_persoon("vaststeller", naam="derde")
    sluit(sluiter, toelichting="De bron ligt stil.")
    with pytest.raises(Geweigerd, match="Niemand vraagt nu"):
        maak_open(derde)
    vraag(vrager)
    for zelf in (sluiter, vrager):
        with pytest.raises(NietToegestaan, match="Laat iemand anders"):
            maak_open(zelf)
    with pytest.raises(NietToegestaan):
        maak_open(maak_persoon("analist"))
    assert maak_open(derde).heropend_door == derde
    assert [stap.zin for stap in get_geschiedenis(Q3)] == [
        "derde heropende het kwartaal.", "vrager vroeg om heropening.", "sluiter sloot het kwartaal."
    ]  # fmt: skip
    assert sluit(sluiter, toelichting="Nu wel.").pk


@pytest.mark.parametrize("wie", ["gevraagd_door", "gesloten_door"])
def test_de_database_weigert_heropenen_door_een_van_de_twee(wie: str) -> None:
    afsluiting = AfsluitingFactory(gevraagd=True)
    with pytest.raises(IntegrityError, match="heropener_is_een_ander"), transaction.atomic():
        Afsluiting.objects.update(heropend_door=getattr(afsluiting, wie), heropend_op=timezone.now())


def test_vragen_vraagt_een_reden_en_kan_maar_een_keer(indicator: Indicator) -> None:
    analist = maak_persoon("analist")
    with pytest.raises(Geweigerd, match="is open"):
        vraag(analist)
    AfsluitingFactory()
    with pytest.raises(InvoerFout, match="Schrijf waarom"):
        vraag(analist, " ")
    vraag(analist)
    with pytest.raises(Geweigerd, match="analist heeft al om heropening gevraagd"):
        vraag(maak_persoon("vaststeller"))
    with pytest.raises(NietToegestaan):
        vraag(maak_persoon("districtschef", onderdeel="A"))


def test_intrekken_doet_wie_vroeg_en_afwijzen_een_ander_met_reden(indicator: Indicator) -> None:
    analist, vaststeller = maak_persoon("analist"), maak_persoon("vaststeller")
    AfsluitingFactory()
    vraag(analist)
    with pytest.raises(NietToegestaan):
        trek_heropening_in(Q3, door=vaststeller, herkomst="proef")
    with pytest.raises(InvoerFout, match="gesloten blijft"):
        wijs_heropening_af(Q3, door=vaststeller, reden="", herkomst="proef")
    wijs_heropening_af(Q3, door=vaststeller, reden="Te laat.", herkomst="proef")
    vraag(analist)
    trek_heropening_in(Q3, door=analist, herkomst="proef")
    assert Afsluiting.objects.get().gevraagd_op is None
    assert AuditEvent.objects.get(handeling="heropening afgewezen").van["reden"] == "Nagekomen cijfer."
    vraag(vaststeller)
    with pytest.raises(NietToegestaan, match="Trek de vraag in"):
        wijs_heropening_af(Q3, door=vaststeller, reden="Toch niet.", herkomst="proef")


@pytest.mark.django_db(transaction=True)
def test_van_twee_sluiters_tegelijk_sluit_er_een() -> None:
    maak_eenheid()
    personen = [maak_persoon("vaststeller", naam=f"sluiter-{n}") for n in range(2)]
    uitkomsten: list[Any] = []
    tegelijk = Barrier(2)

    def doe(door: User) -> None:
        tegelijk.wait(30)
        try:
            uitkomsten.append(sluit(door, toelichting="Klaar."))
        except Geweigerd as fout:
            uitkomsten.append(str(fout))
        finally:
            connection.close()

    draden = [Thread(target=doe, args=[persoon]) for persoon in personen]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    assert sorted(isinstance(uitkomst, str) for uitkomst in uitkomsten) == [False, True]
    assert Afsluiting.objects.count() == 1


def lees(persoon: User, adres: str) -> Pagina:
    return Pagina.van(als(persoon).get(f"/invoer/{adres}"))


def als(persoon: User) -> Client:
    client = Client()
    client.force_login(persoon)
    return client


def test_de_paginas_sluiten_vragen_en_heropenen(indicator: Indicator, sluiter: User) -> None:
    def post(persoon: User, deel: str, **velden: str) -> Pagina:
        return Pagina.van(als(persoon).post(f"/invoer/2025-Q3/{deel}/", velden, follow=True))

    vrager, derde = maak_persoon("analist"), maak_persoon("vaststeller", naam="derde")
    assert lees(sluiter, "2025-Q3/sluiten/").meldt("1 waarde ontbreekt nog.")
    assert post(sluiter, "sluiten", reden="").meldt("Schrijf waarom u toch sluit")
    assert post(sluiter, "sluiten", reden="De bron ligt stil.").meldt("Q3 2025 is gesloten.")
    assert post(vrager, "heropening", besluit="vragen", reden="Nagekomen.").meldt("Uw vraag is bewaard.")
    assert lees(vrager, "2025-Q3/heropening/").deel("De vraag").knoppen == ["Trek de vraag in"]
    assert lees(sluiter, "2025-Q3/heropening/").deel("De vraag").knoppen == ["Wijs de vraag af"]
    assert post(sluiter, "heropening", besluit="heropenen").meldt("Laat iemand anders beslissen")
    assert post(derde, "heropening", besluit="afwijzen", reden="Te laat.").meldt("blijft gesloten")
    post(vrager, "heropening", besluit="vragen", reden="Het is echt nodig.")
    assert post(vrager, "heropening", besluit="intrekken").meldt("is ingetrokken")
    post(vrager, "heropening", besluit="vragen", reden="Het is echt nodig.")
    wacht = lees(derde, "").deel("Wacht op een besluit")
    assert wacht.link("Heropening van Q3 2025") == "/invoer/2025-Q3/heropening/"
    pagina = post(derde, "heropening", besluit="heropenen")
    assert pagina.meldt("Q3 2025 is weer open.")
    assert pagina.inhoud.heeft("derde heropende het kwartaal.")
    assert pagina.inhoud.heeft("Het is echt nodig.")


def test_de_pagina_noemt_wat_in_de_weg_staat(indicator: Indicator, sluiter: User) -> None:
    MetingFactory(indicator=indicator, kwartaal=3, wachtend=True)
    pagina = lees(sluiter, "2025-Q3/sluiten/")
    assert pagina.kop1 == "Q3 2025 sluiten"
    assert pagina.inhoud.heeft("1 waarde wacht op een besluit: Verdachten.")
    assert (pagina.inhoud.velden, pagina.inhoud.knoppen) == ([], [])


@pytest.mark.parametrize("deel", ["2025-Q5", "2025-Q0", "1999-Q1", "2031-Q1", "2022-Q4", "9999999999-Q1"])
def test_een_kwartaal_dat_niet_gevraagd_wordt_bestaat_niet(indicator: Indicator, sluiter: User, deel: str) -> None:
    client = als(sluiter)
    assert client.get(f"/invoer/{deel}/sluiten/").status_code == 404
    assert client.post(f"/invoer/{deel}/heropening/").status_code == 404


def test_een_portefeuillehouder_vraagt_en_een_lezer_niet(indicator: Indicator) -> None:
    AfsluitingFactory()
    houder = maak_persoon("portefeuillehouder", thema="proef")
    assert lees(houder, "2025-Q3/heropening/").knop("Vraag om heropening").kan
    assert als(houder).post("/invoer/2025-Q3/sluiten/").status_code == 404
    lezer = als(maak_persoon("rvo-lid", naam="lezer"))
    assert lezer.post("/invoer/2025-Q3/heropening/", {"reden": "x"}).status_code == 404
    assert Afsluiting.objects.get().gevraagd_op is None
