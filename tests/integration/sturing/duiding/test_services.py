"""Handing in a duiding: every fault at its field, nothing twice, and what was promised comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import User
from common.models import AuditEvent
from common.tekst.periode import Kwartaal
from common.vaststellen.bewaking import NietToegestaan, Verouderd
from common.vaststellen.model import Staat
from monitor.invoer.kwartaal.services import sluit_kwartaal
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.eisen import KwartaalGesloten
from monitor.invoer.vaststellen.services import neem_terug, stel_vast, stuur_terug, vraag_correctie
from monitor.invoer.vaststellen.soorten import DUIDING
from sturing.duiding.services import dien_duiding_in
from sturing.lezen.duidingen import Gezien, get_vastgesteld, lees_vorige
from sturing.models import Duiding
from tests.factories import AfsluitingFactory, maak_persoon
from tests.integration.monitor.dashboards.opstelling import maak_monitor
from tests.integration.sturing.duiding.opstelling import HERKOMST, OP, Q2, Q3, cellen, dien_in, neem_aan, plek

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def _monitor(gedeelde_stand: None) -> None:
    maak_monitor({"A": 1})


@pytest.fixture(autouse=True)
def anna() -> User:
    return maak_persoon("analist", naam="anna")


@pytest.fixture
def vera() -> User:
    return maak_persoon("vaststeller", naam="vera")


def _fouten(door: User, kwartaal: Kwartaal = Q3, **anders: str) -> dict[str, str]:
    with pytest.raises(InvoerFout) as gevangen, transaction.atomic():
        dien_in(door, kwartaal, **anders)
    assert not Duiding.objects.filter(jaar=kwartaal.jaar, kwartaal=kwartaal.nummer, staat=Staat.INGEDIEND).exists()
    return {fout.kolom: fout.reden for fout in gevangen.value.fouten}


def test_elk_leeg_veld_zegt_wat_er_mist(anna: User) -> None:
    leeg = dict.fromkeys(("wat", "waardoor", "doen", "persoon", "wanneer"), "  ")
    assert _fouten(anna, **leeg).keys() == leeg.keys()


@pytest.mark.parametrize("veld", ["wat", "waardoor", "doen", "afloop_toelichting", "reden"])
def test_tienduizend_tekens_is_een_zin_bij_het_veld(anna: User, veld: str) -> None:
    assert _fouten(anna, **{veld: "x" * 10_000}) == {veld: "De tekst is te lang: hoogstens 2000 tekens."}
    assert "niet te tonen" in _fouten(anna, **{veld: "a\x00b"})[veld]


@pytest.mark.parametrize(
    ("wanneer", "zin"),
    [
        ("30-09-2025", "Kies een dag na 30-09-2025"),
        ("1-1-2020", "Kies een dag na 30-09-2025"),
        ("31-02-2026", "is geen datum"),
        ("zodra het kan", "is geen datum"),
        ("1-1-2101", "Kies een dag tot en met 2100"),
    ],
)
def test_een_dag_die_niet_kan(anna: User, wanneer: str, zin: str) -> None:
    assert zin in _fouten(anna, wanneer=wanneer)["wanneer"]


def test_wie_het_doet_werkt_hier_en_leest_cijfers(anna: User) -> None:
    weg, beheerder = maak_persoon("analist", naam="weg"), maak_persoon("beheerder", naam="bea")
    User.objects.filter(pk=weg.pk).update(is_active=False)
    assert _fouten(anna, persoon=str(weg.pk)) == {
        "persoon": "weg werkt hier niet meer, of heeft geen rol. Kies een ander."
    }
    assert "leest geen cijfers" in _fouten(anna, persoon=str(beheerder.pk))["persoon"]
    for onzin in ("", "0", "-1", "anna", "9" * 30, "²"):
        assert _fouten(anna, persoon=onzin)["persoon"] == "Kies wie dit doet."


def test_de_belofte_van_het_vorige_kwartaal_komt_terug(anna: User) -> None:
    eerste = neem_aan(dien_in(anna, Q2, doen="Een plan maken."))
    assert _fouten(anna)["afloop"] == "Kies wat er is geworden van wat over Q2 2025 beloofd is."
    assert "afloop_toelichting" in _fouten(anna, afloop="niet-nagekomen")
    tweede = neem_aan(dien_in(anna, afloop="deels-nagekomen", afloop_toelichting="De helft is af."))
    assert (tweede.vorige, tweede.afloop_in_woorden) == (eerste, "Deels nagekomen: De helft is af.")
    assert dict(tweede.antwoorden)["Eerder beloofd, over Q2 2025"].startswith("Een plan maken. (anna, 31-12-2025")


def test_wat_nog_niet_is_vastgesteld_is_geen_belofte(anna: User) -> None:
    dien_in(anna, Q2)
    assert lees_vorige(plek().indicator, plek().onderdeel, Q3) is None
    assert dien_in(anna, afloop="nagekomen", afloop_toelichting="x").afloop == ""


def test_een_gesloten_en_een_lopend_kwartaal(anna: User) -> None:
    AfsluitingFactory(jaar=2025, kwartaal=3)
    assert "Q3 2025 is gesloten" in _fouten(anna)[""]
    nu = Kwartaal.van(timezone.localdate())
    assert "is nog niet voorbij" in _fouten(anna, nu, wanneer=f"31-12-{nu.jaar + 1}")[""]
    with pytest.raises(DatabaseError), transaction.atomic():
        Duiding.objects.create(
            indicator=plek().indicator, onderdeel=plek().onderdeel, jaar=2025, kwartaal=3, wat="x", waardoor="x",
            doen="x", wie=anna, wanneer=date(2026, 1, 1), ingevoerd_op=OP,
        )  # fmt: skip


def test_een_openstaande_duiding_houdt_het_kwartaal_open(anna: User, vera: User) -> None:
    rij = dien_in(anna)
    with pytest.raises(Exception, match="1 duiding wacht op een besluit: Verdachten"):
        sluit_kwartaal(Q3, door=vera, toelichting="Klaar.", herkomst=HERKOMST, op=OP + timedelta(days=60))
    neem_aan(rij)
    sluit_kwartaal(Q3, door=vera, toelichting="Klaar.", herkomst=HERKOMST, op=OP + timedelta(days=60))
    with pytest.raises(KwartaalGesloten):
        vraag_correctie(DUIDING, [Duiding.objects.get()], door=vera, reden="Anders.", herkomst=HERKOMST)


def test_wie_niet_mag_en_waar_het_recht_niet_reikt(anna: User) -> None:
    for rol, waar in (("rvo-lid", {}), ("vaststeller", {}), ("districtschef", {"onderdeel": "A"})):
        with pytest.raises(NietToegestaan):
            dien_in(maak_persoon(rol, naam=rol, **waar))
    wijk = maak_persoon("portefeuillehouder", naam="wijk", thema="wijk")
    with pytest.raises(NietToegestaan):
        dien_in(wijk)
    eigen = maak_persoon("portefeuillehouder", naam="ops", thema="opsporing")
    assert dien_in(eigen).staat == Staat.INGEDIEND
    chef = User.objects.get(username="districtschef")
    dien_duiding_in(plek(Q3, "A"), cellen(chef), door=chef, herkomst=HERKOMST, op=OP)
    with pytest.raises(NietToegestaan):
        dien_duiding_in(plek(Q3, "A1"), cellen(anna), door=anna, herkomst=HERKOMST, op=OP)
    assert AuditEvent.objects.filter(handeling="geweigerd").count() == 5


def test_wie_iets_anders_zag_verliest_niets_en_hoort_wie_er_was(anna: User) -> None:
    bas = maak_persoon("analist", naam="bas")
    leeg = Gezien.van(None, None)
    eerst = dien_in(bas, gezien=leeg, wat="Van Bas.")
    with pytest.raises(Verouderd, match="bas schreef of wijzigde intussen de duiding"):
        dien_in(anna, gezien=leeg, wat="Van Anna.")
    eerst.refresh_from_db()
    assert (Duiding.objects.count(), eerst.wat) == (1, "Van Bas.")
    neem_aan(eerst)
    geldend = Duiding.objects.get()
    dien_in(anna, gezien=Gezien.van(geldend, None), wat="Van Anna.", reden="Nieuw inzicht.")


def test_een_belofte_die_intussen_veranderde_vraagt_opnieuw_te_kijken(anna: User) -> None:
    gezien = Gezien.van(None, None)
    neem_aan(dien_in(anna, Q2))
    with pytest.raises(Verouderd, match="Intussen is hier iets veranderd"):
        dien_in(anna, gezien=gezien)


def test_twee_keer_hetzelfde_is_een_keer(anna: User) -> None:
    een = dien_in(anna)
    assert dien_in(anna) == een
    assert AuditEvent.objects.filter(object_soort="duiding").count() == 1
    neem_aan(een)
    assert dien_in(anna).staat == Staat.VASTGESTELD


def test_een_correctie_heeft_een_reden_en_vervangt(anna: User, vera: User) -> None:
    oud = neem_aan(dien_in(anna))
    assert "Schrijf waarom die verandert" in _fouten(anna, wat="Beter verwoord.")["reden"]
    nieuw = neem_aan(dien_in(anna, wat="Beter verwoord.", reden="Nagelezen."))
    oud.refresh_from_db()
    assert (oud.staat, nieuw.vervangt, nieuw.wat) == (Staat.VERVANGEN, oud, "Beter verwoord.")
    assert [rij.pk for rij in get_vastgesteld(anna)] == [nieuw.pk]


def test_gevraagd_om_een_correctie_hoeft_geen_tweede_reden(anna: User, vera: User) -> None:
    [terug] = vraag_correctie(DUIDING, [neem_aan(dien_in(anna))], door=vera, reden="Wie precies?", herkomst=HERKOMST)
    assert terug.staat == Staat.AFGEKEURD
    weer = dien_in(anna, doen="Bas neemt het over.")
    assert (weer.pk, weer.staat, weer.vervangreden) == (terug.pk, Staat.INGEDIEND, "Wie precies?")


def test_teruggestuurd_en_teruggenomen_houdt_wat_er_stond(anna: User, vera: User) -> None:
    rij = dien_in(anna)
    stuur_terug(DUIDING, [rij], door=vera, reden="Wanneer precies?", herkomst=HERKOMST)
    weer = dien_in(anna, wanneer="1-12-2025")
    assert (weer.pk, weer.afkeurreden, weer.wanneer) == (rij.pk, "", date(2025, 12, 1))
    neem_terug(DUIDING, [weer], door=anna, herkomst=HERKOMST)
    assert Duiding.objects.get().staat == Staat.CONCEPT
    handelingen = [een.handeling for een in AuditEvent.objects.filter(object_soort="duiding").order_by("pk")]
    assert handelingen == ["ingediend", "teruggestuurd", "opnieuw ingediend", "teruggenomen"]


def test_niemand_stelt_de_eigen_duiding_vast(anna: User) -> None:
    beide = maak_persoon("analist", naam="beide")
    maak_persoon("vaststeller", naam="beide2")
    beide.vervullingen = [*beide.vervullingen, *User.objects.get(username="beide2").vervullingen]
    rij = dien_in(beide)
    with pytest.raises(NietToegestaan):
        stel_vast(DUIDING, [rij], door=beide, herkomst=HERKOMST)


def test_zoals_bekend_op_een_dag(anna: User) -> None:
    oud = neem_aan(dien_in(anna))
    Duiding.objects.filter(pk=oud.pk).exists()
    vroeger: datetime = OP - timedelta(days=1)
    assert get_vastgesteld(anna, vroeger) == []
    assert [rij.pk for rij in get_vastgesteld(anna, OP)] == [oud.pk]


def test_op_koers_mag_maar_hoeft_niet(anna: User) -> None:
    rustig = replace(plek(), indicator=plek(indicator="aanrijdtijd").indicator)
    assert dien_duiding_in(rustig, cellen(anna), door=anna, herkomst=HERKOMST, op=OP).staat == Staat.INGEDIEND
