"""What changed of what is followed, by mail: only on change, once, and never more than its reader may read."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail

from accounts.models import Rolvervulling, User
from common.jobs import JobRun
from monitor.rekenen.herberekenen import herbereken
from sturing.models import Volgstand
from sturing.volgen import berichten
from sturing.volgen.berichten import stuur_volgberichten
from sturing.volgen.services import volg, volg_niet_meer
from tests.integration.monitor.dashboards.opstelling import maak_monitor
from tests.integration.monitor.dashboards.verleden import corrigeer, moment
from tests.integration.monitor.invoer.werklijst.opstelling import om, ontvangers, persoon, site, zet
from tests.integration.sturing.volgen.opstelling import maak_activiteit, zet_versie
from tests.integration.sturing.volgen.test_sinds import een

__all__ = ["site"]
pytestmark = pytest.mark.django_db
MAANDAG = date(2025, 11, 24)
DINSDAG, WOENSDAG = MAANDAG + timedelta(days=1), MAANDAG + timedelta(days=2)


@pytest.fixture
def lid() -> User:
    """Follows an indicator since Monday morning, and hears once a day."""
    maak_monitor()
    lid = persoon("rvo-lid")
    volg("indicator", "verdachten", door=lid, herkomst="proef", op=om(8, MAANDAG))
    return lid


def verander(op: datetime, waarde: int = 40) -> None:
    corrigeer(een("verdachten"), op, waarde=Decimal(waarde))
    herbereken(vandaag=op.date())


def test_wat_gisteren_veranderde_komt_de_volgende_ochtend_een_keer(lid: User) -> None:
    verander(moment(MAANDAG, 10))
    assert stuur_volgberichten(om(12, MAANDAG)) == 0  # the day is not over
    assert stuur_volgberichten(om(6, DINSDAG)) == 0
    assert stuur_volgberichten(om(7, DINSDAG)) == 1
    assert [stuur_volgberichten(om(uur, DINSDAG)) for uur in (7, 8, 23)] == [0, 0, 0]
    assert stuur_volgberichten(om(7, WOENSDAG)) == 0
    [bericht] = mail.outbox
    assert bericht.subject == "Strategiemonitor: 3 wijzigingen in wat u volgt"
    tekst = str(bericht.body)
    assert "Verdachten:\n- Verdachten: Q3 2025 herzien, van aandacht naar op koers\n" in tekst
    assert "- Verdachten: Q3 2025 gecorrigeerd\n- Verdachten: van de ladder\n" in tekst
    assert "\nhttps://site.example/indicatoren/verdachten/" in tekst
    assert "40" not in tekst.replace("Q3 2025", "")  # no figure


def test_zonder_verandering_nooit_een_bericht_en_geen_taak(lid: User) -> None:
    assert [stuur_volgberichten(om(9, MAANDAG + timedelta(days=n))) for n in range(40)] == [0] * 40
    assert not mail.outbox
    assert not JobRun.objects.filter(soort="volgberichten").exists()


def test_wat_heen_en_weer_ging_op_een_dag_is_geen_ander_oordeel(lid: User) -> None:
    verander(moment(MAANDAG, 10), 40)
    verander(moment(MAANDAG, 11), 6)
    assert stuur_volgberichten(om(7, DINSDAG)) == 0


@pytest.mark.parametrize(
    ("keuze", "dagen"),
    [("meteen", [WOENSDAG]), ("dagelijks", [WOENSDAG]), ("wekelijks", [MAANDAG + timedelta(days=7)]), ("nooit", [])],
)
def test_zo_vaak_als_gekozen_en_hoogstens_een_keer_per_dag(lid: User, keuze: str, dagen: list[date]) -> None:
    zet(lid, keuze)
    verander(moment(DINSDAG, 10))
    alle = [MAANDAG + timedelta(days=n) for n in range(16)]
    assert [dag for dag in alle if sum(stuur_volgberichten(om(uur, dag)) for uur in (7, 12, 18))] == dagen


def test_wie_weer_wil_horen_hoort_niet_van_vroeger(lid: User) -> None:
    zet(lid, "nooit")
    verander(moment(MAANDAG, 10))
    stuur_volgberichten(om(9, WOENSDAG))
    zet(lid, "dagelijks")
    assert stuur_volgberichten(om(9, WOENSDAG + timedelta(days=1))) == 0


def test_een_mailserver_die_weg_is_kost_niets_en_verdubbelt_niets(lid: User, settings: Any) -> None:
    backend = settings.EMAIL_BACKEND
    verander(moment(MAANDAG, 10))
    settings.EMAIL_BACKEND = "tests.integration.sturing.volgen.test_berichten.Weg"
    for uur in (7, 9, 11):
        with pytest.raises(berichten.NietVerzonden):
            stuur_volgberichten(om(uur, DINSDAG))
    assert stuur_volgberichten(om(11, DINSDAG)) == 0  # within the hour it is not tried again
    verander(moment(DINSDAG, 15), 41)
    stand = Volgstand.objects.get()
    assert (stand.pogingen, stand.verteld_tot) == (3, MAANDAG - timedelta(days=1))
    settings.EMAIL_BACKEND = backend
    assert stuur_volgberichten(om(9, WOENSDAG)) == 1
    assert stuur_volgberichten(om(10, WOENSDAG)) == 0
    [bericht] = mail.outbox
    assert "na 23-11-2025 tot en met 25-11-2025" in bericht.body  # both days in one message
    assert Volgstand.objects.get().fout == ""


class Weg:
    """A mail server that does not answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        pass

    def send_messages(self, berichten: Any) -> int:
        raise ConnectionRefusedError("weg")


def test_wie_dood_gaat_tussen_sturen_en_noteren_stuurt_hetzelfde_nog_eens(
    lid: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    verander(moment(MAANDAG, 10))

    def sterf(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as tijdelijk:
        tijdelijk.setattr(berichten, "_noteer", sterf)
        with pytest.raises(KeyboardInterrupt):
            stuur_volgberichten(om(7, DINSDAG))
    assert stuur_volgberichten(om(8, DINSDAG)) == 1
    eerste, tweede = mail.outbox
    assert eerste.body == tweede.body
    assert eerste.extra_headers["Message-ID"] == tweede.extra_headers["Message-ID"]


def test_een_klok_die_vooruit_liep_maakt_niet_stom(lid: User) -> None:
    """What was told up to a day that is yet to come is told from yesterday on, and nothing twice."""
    verander(moment(MAANDAG, 10))
    assert stuur_volgberichten(om(9, MAANDAG + timedelta(days=400))) == 1
    assert stuur_volgberichten(om(9, DINSDAG)) == 0
    verander(moment(DINSDAG, 10), 41)
    assert stuur_volgberichten(om(9, WOENSDAG)) == 1


def test_zonder_adres_gaat_er_niets_en_komt_het_adres_dan_alsnog(lid: User) -> None:
    User.objects.update(email="")
    verander(moment(MAANDAG, 10))
    assert stuur_volgberichten(om(7, DINSDAG)) == 0
    assert JobRun.objects.get(soort="volgberichten").gewijzigd == 0
    User.objects.filter(pk=lid.pk).update(email="lid@site.example")
    assert stuur_volgberichten(om(8, DINSDAG)) == 1
    assert ontvangers() == ["lid@site.example"]


def test_een_recht_dat_gisteren_ophield_krijgt_niets(lid: User) -> None:
    verander(moment(MAANDAG, 10))
    Rolvervulling.objects.filter(user=lid).update(geldig_tot=DINSDAG)
    assert stuur_volgberichten(om(9, DINSDAG)) == 0
    Rolvervulling.objects.filter(user=lid).update(rol="beheerder", geldig_tot=None)
    assert stuur_volgberichten(om(9, DINSDAG)) == 0


def test_wie_stopte_hoort_niets_en_wie_later_begint_niets_van_ervoor(lid: User) -> None:
    verander(moment(MAANDAG, 10))
    volg_niet_meer("indicator", "verdachten", door=lid, herkomst="proef")
    assert stuur_volgberichten(om(9, DINSDAG)) == 0
    volg("indicator", "verdachten", door=lid, herkomst="proef", op=om(9, WOENSDAG))
    assert stuur_volgberichten(om(9, WOENSDAG + timedelta(days=1))) == 0


def test_een_ander_ding_dat_later_gevolgd_wordt_vertelt_niets_van_ervoor(lid: User) -> None:
    plan = maak_activiteit(titel="Pilot")
    zet_versie(plan, moment(MAANDAG, 10), status="vertraagd", reden="Geheim 12.")
    volg("activiteit", str(plan.pk), door=lid, herkomst="proef", op=om(9, DINSDAG))
    assert stuur_volgberichten(om(10, DINSDAG)) == 0
    zet_versie(plan, moment(DINSDAG, 12), status="gereed")
    assert stuur_volgberichten(om(9, WOENSDAG)) == 1
    tekst = str(mail.outbox[0].body)
    assert "- Pilot: van vertraagd naar gereed" in tekst
    assert "Geheim" not in tekst


def test_de_chef_hoort_van_het_eigen_district_en_geen_cijfer_over_mensen(lid: User) -> None:
    chef = persoon("districtschef", "chef", onderdeel="A")
    for wie in (chef, lid):
        volg("onderdeel", "A", door=wie, herkomst="proef", op=om(8, MAANDAG))
    for team in ("A1", "A2", "A3"):
        corrigeer(een("verzuim", team), moment(MAANDAG, 10), teller=30)
    herbereken(vandaag=DINSDAG)
    stuur_volgberichten(om(9, DINSDAG))
    teksten = {bericht.to[0]: str(bericht.body) for bericht in mail.outbox}
    assert "Verzuim, A Onderdeel A: Q3 2025 herzien" in teksten[chef.email]
    assert not re.search(r"\d+,\d%", teksten[chef.email])
    assert "Verzuim" not in teksten.get(lid.email, "")


def test_een_link_in_het_bericht_logt_niemand_in(lid: User, client: Any) -> None:
    verander(moment(MAANDAG, 10))
    stuur_volgberichten(om(7, DINSDAG))
    for adres in re.findall(r"https://site\.example(/\S*)", str(mail.outbox[0].body)):
        antwoord = client.get(adres)
        assert antwoord.status_code == 302
        assert antwoord["Location"].startswith("/inloggen/")
