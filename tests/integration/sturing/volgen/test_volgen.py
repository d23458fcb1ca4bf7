"""What a person follows: the button on each page, the list, and that a right which went shows nothing any more."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.html import escape

from accounts.models import Rolvervulling, User
from common.vaststellen.audit import AuditEvent
from common.vaststellen.bewaking import Geweigerd, NietToegestaan
from formatie.models import Onderdeel
from monitor.models import Indicator
from strategie.models import Thema
from sturing.lezen.volgingen import lees_gevolgd, lees_volgknop
from sturing.models import Planactiviteit, Volging
from sturing.volgen.services import volg, volg_niet_meer
from tests.factories import AgendaFactory, ThemaFactory, maak_persoon
from tests.integration.monitor.dashboards.opstelling import maak_monitor
from tests.integration.monitor.dashboards.verleden import EINDE, corrigeer, moment, stel_klok
from tests.integration.sturing.volgen.opstelling import maak_activiteit, zet_versie
from tests.integration.sturing.volgen.test_sinds import een
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
PAGINAS = {
    ("indicator", "verdachten"): "/indicatoren/verdachten/",
    ("thema", "opsporing"): "/themas/opsporing/",
    ("onderdeel", "A1"): "/onderdelen/A1/",
}


@pytest.fixture(autouse=True, scope="module")
def _monitor(gedeelde_stand: None) -> None:
    maak_monitor()


@pytest.fixture(autouse=True)
def onderdelen(monkeypatch: pytest.MonkeyPatch) -> dict[str, Onderdeel]:
    stel_klok(monkeypatch, EINDE)
    return {onderdeel.code: onderdeel for onderdeel in Onderdeel.objects.all()}


@pytest.fixture
def lid() -> User:
    return maak_persoon("rvo-lid")


def client_van(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def knop(client: Client, adres: str) -> str:
    [form] = [f for f in Pagina.van(client.get(adres))._alle("form") if f["class"] == "volgknop"]
    return form.tekst()


@pytest.mark.parametrize(("wat", "adres"), PAGINAS.items())
def test_de_knop_volgt_en_stopt_en_brengt_terug_op_de_pagina(lid: User, wat: tuple[str, str], adres: str) -> None:
    client, (soort, sleutel) = client_van(lid), wat
    assert knop(client, adres) == "Volgen"
    antwoord = client.post("/volgen/", {"soort": soort, "sleutel": sleutel, "actie": "volg"})
    assert antwoord["Location"] == adres
    assert knop(client, adres).startswith("Volgt u")
    # The page is kept for all: another reader has his own button.
    assert knop(client_van(maak_persoon("rvo-lid", naam="ander")), adres) == "Volgen"
    client.post("/volgen/", {"soort": soort, "sleutel": sleutel, "actie": "stop"})
    assert knop(client, adres) == "Volgen"
    handelingen = AuditEvent.objects.filter(object_soort="volging").order_by("pk").values_list("handeling", flat=True)
    assert list(handelingen) == ["gevolgd", "niet meer gevolgd"]


def test_de_lijst_heeft_alles_met_wat_eraan_veranderde(lid: User) -> None:
    plan = maak_activiteit("opsporing")
    for soort, sleutel in (*PAGINAS, ("activiteit", str(plan.pk))):
        volg(soort, sleutel, door=lid, herkomst="proef")
    zet_versie(plan, moment(EINDE), status="vertraagd", reden="Ziekte.")
    corrigeer(een("verdachten"), moment(EINDE), waarde=Decimal(40))
    pagina = Pagina.van(client_van(lid).get("/volgen/"))
    assert pagina.heeft("U volgt 4 dingen")
    for naam in ("Opsporing", "Verdachten", "A1 Onderdeel A1", "Pilot in de wijk"):
        assert pagina.heeft(naam)
    assert pagina.heeft("van op schema naar vertraagd")
    assert pagina.heeft("Hieraan veranderde niets.")  # A1
    client_van(lid).post(
        "/volgen/", {"soort": "activiteit", "sleutel": str(plan.pk), "actie": "stop", "terug": "volgen"}
    )
    assert [g.soort for g in lees_gevolgd(lid)] == ["thema", "indicator", "onderdeel"]


def test_wat_gezegd_wordt_leidt_naar_het_ding_en_naar_alles_wat_gevolgd_wordt(lid: User) -> None:
    client, plan = client_van(lid), maak_activiteit(titel="Pilot <b>")
    for soort, sleutel, naam in (("thema", "wijk", ""), ("activiteit", str(plan.pk), "Pilot <b>")):
        velden = {"soort": soort, "sleutel": sleutel}
        gevolgd = client.post("/volgen/", velden | {"actie": "volg"}, follow=True)
        melding = gevolgd.content.decode().partition('class="melding')[2].partition("</section>")[0]
        assert "U volgt nu <a href=" in melding
        assert f'<a href="{gevolgd.redirect_chain[-1][0]}">' in melding
        assert '<a href="/volgen/">wat u volgt</a>' in melding
        assert escape(naam) in melding
        assert "<b>" not in melding.partition("U volgt nu")[2].partition("Wat eraan")[0]
        niet_meer = Pagina.van(client.post("/volgen/", velden | {"actie": "stop", "terug": "volgen"}, follow=True))
        assert niet_meer.heeft("niet meer. Bekijk wat u nog volgt.")
        assert niet_meer.link("wat u nog volgt") == "/volgen/"


def test_wat_iemand_niet_mag_lezen_wordt_niet_genoemd() -> None:
    beheerder = client_van(maak_persoon("beheerder"))
    pagina = Pagina.van(
        beheerder.post("/volgen/", {"soort": "indicator", "sleutel": "verdachten", "actie": "stop"}, follow=True)
    )
    assert pagina.heeft("U volgt dit niet meer.")
    assert not pagina.heeft("Verdachten")


def test_wie_niets_volgt_leest_hoe_het_kan(lid: User) -> None:
    assert Pagina.van(client_van(lid).get("/volgen/")).heeft("U volgt nog niets.")


def test_twee_keer_volgen_is_een_keer(lid: User) -> None:
    for _ in range(2):
        volg("thema", "wijk", door=lid, herkomst="proef")
    assert Volging.objects.count() == 1
    assert AuditEvent.objects.filter(object_soort="volging").count() == 1


@pytest.mark.parametrize(
    ("soort", "sleutel"),
    [("thema", "bestaat-niet"), ("activiteit", "12"), ("activiteit", "x"), ("indicator", ""), ("activiteit", "9" * 30)],
)
def test_wat_er_niet_is_wordt_niet_gevolgd(lid: User, soort: str, sleutel: str) -> None:
    antwoord = client_van(lid).post("/volgen/", {"soort": soort, "sleutel": sleutel, "actie": "volg"}, follow=True)
    assert Pagina.van(antwoord).heeft("Dit is er niet meer. Er is niets gewijzigd.")
    assert not Volging.objects.exists()
    assert client_van(lid).post("/volgen/", {"soort": soort, "sleutel": sleutel, "actie": "stop"}).status_code == 302


@pytest.mark.parametrize("actie", ["volg", "stop"])
def test_een_soort_die_niet_bestaat_wordt_geweigerd(lid: User, actie: str) -> None:
    assert client_van(lid).post("/volgen/", {"soort": "user", "sleutel": "1", "actie": actie}).status_code == 302
    assert not Volging.objects.exists()
    with pytest.raises(Geweigerd):
        volg_niet_meer("user", "1", door=lid, herkomst="proef")


def test_de_beheerder_volgt_een_thema_maar_geen_cijfer() -> None:
    beheerder = maak_persoon("beheerder")
    volg("thema", "wijk", door=beheerder, herkomst="proef")
    for soort, sleutel in (("indicator", "verdachten"), ("onderdeel", "A")):
        with pytest.raises(NietToegestaan):
            volg(soort, sleutel, door=beheerder, herkomst="proef")
        assert lees_volgknop(beheerder, soort, sleutel) is None
    assert [g.soort for g in lees_gevolgd(beheerder)] == ["thema"]


def test_een_recht_dat_weg_is_toont_niets_meer_en_komt_het_terug_dan_staat_het_er_weer(lid: User) -> None:
    for soort, sleutel in PAGINAS:
        volg(soort, sleutel, door=lid, herkomst="proef")
    Rolvervulling.objects.filter(user=lid).update(rol="beheerder")
    assert [g.soort for g in lees_gevolgd(User.objects.get(pk=lid.pk))] == ["thema"]
    assert not Pagina.van(client_van(User.objects.get(pk=lid.pk)).get("/volgen/")).heeft("Verdachten")
    Rolvervulling.objects.filter(user=lid).update(rol="rvo-lid")
    assert len(lees_gevolgd(User.objects.get(pk=lid.pk))) == 3


def test_een_thema_van_twee_agendas_is_een_ding(lid: User) -> None:
    """Who follows the theme of the old agenda follows it in the new one, and stops at both."""
    oud = Volging.objects.create(user=lid, thema=Thema.objects.get(slug="wijk"), op=moment(EINDE))
    nieuw = ThemaFactory(agenda=AgendaFactory(slug="2027-2030", begin_jaar=2027, eind_jaar=2030), slug="wijk")
    knop_ervan = lees_volgknop(lid, "thema", "wijk")
    assert knop_ervan
    assert knop_ervan.volgt
    volg("thema", "wijk", door=lid, herkomst="proef")
    assert Volging.objects.get(thema=nieuw).user == oud.user
    assert volg_niet_meer("thema", "wijk", door=lid, herkomst="proef")
    assert not Volging.objects.exists()


def test_de_database_weigert_niets_en_twee_dingen_tegelijk(lid: User) -> None:
    indicator, thema = Indicator.objects.get(code="verdachten"), Thema.objects.get(slug="wijk")
    for dingen in ({}, {"indicator": indicator, "thema": thema}):
        with pytest.raises(IntegrityError, match="volging_van_een_ding"), transaction.atomic():
            Volging.objects.create(user=lid, op=moment(EINDE), **dingen)
    Volging.objects.create(user=lid, op=moment(EINDE), thema=thema)
    with pytest.raises(IntegrityError, match="volging_een_per_thema"), transaction.atomic():
        Volging.objects.create(user=lid, op=moment(EINDE), thema=thema)


def test_wat_een_ander_volgt_stopt_niemand(lid: User) -> None:
    plan = maak_activiteit()
    volg("activiteit", str(plan.pk), door=lid, herkomst="proef")
    client_van(maak_persoon("analist")).post(
        "/volgen/", {"soort": "activiteit", "sleutel": str(plan.pk), "actie": "stop"}
    )
    assert Volging.objects.get().user == lid
    assert Planactiviteit.objects.count() == 1
