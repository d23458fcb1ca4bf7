"""Fictitious data: the same for the same seed, marked, and wholly removable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from common.models import AuditEvent
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from monitor.demo.laden import GEBRUIKERS, WACHTWOORD, laad_demo
from monitor.invoer.importeren.services import ontvang
from monitor.invoer.kwartaal.services import heropen, sluit_kwartaal, vraag_heropening
from monitor.invoer.rooster.services import Celtekst, bewaar_concepten
from monitor.models import Concept, Import, Indicator, Meting
from tests.factories import MetingFactory

# In one worker: what is loaded is loaded once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo laden")]


@pytest.fixture(autouse=True, scope="module")
def _plan(gedeelde_stand: None) -> None:
    call_command("laad_agenda", stdout=StringIO())
    connection.check_constraints()  # here once, and not again at the end of each test


def _laad(tot: str = "2021-Q1", zaad: int = 1) -> datetime:
    """As it is loaded two months after that quarter."""
    kwartaal = Kwartaal.parse(tot)
    nu = timezone.make_aware(datetime.combine(kwartaal.einde() + timedelta(days=60), time(9)))
    laad_demo(map_=settings.FIXTURES_DIR / "demo", tot=kwartaal, zaad=zaad, nu=nu)
    return nu


def _cijfers() -> list[tuple[object, ...]]:
    velden = ("indicator__code", "onderdeel__code", "jaar", "kwartaal", "waarde", "teller", "noemer", "staat")
    return sorted(Meting.objects.values_list(*velden), key=str)


@pytest.fixture(scope="class")
def geladen(_plan: None, deelstand: Any) -> Iterator[datetime]:
    with deelstand():
        nu = _laad(tot="2026-Q3")
        connection.check_constraints()
        yield nu


@pytest.mark.usefixtures("geladen")
class TestTotVandaag:
    """All quarters of the agenda that are over, loaded once."""

    def test_elke_indicator_krijgt_cijfers_en_alles_is_als_fictief_gemerkt(self) -> None:
        assert set(Meting.objects.values_list("indicator__code", flat=True)) == set(
            Indicator.objects.values_list("code", flat=True)
        )
        assert not Meting.objects.filter(demo=False).exists()
        assert not User.objects.filter(demo=False).exists()
        assert User.objects.get(username="rvo-lid").gemeenten == ("nissewaard",)

    def test_de_lastige_gevallen_zitten_erin(self) -> None:
        def op(code: str, **waar: object) -> Meting | None:
            return Meting.objects.geldend().filter(indicator__code=code, **waar).first()

        assert op("cybercrime-regulier", jaar=2024, kwartaal=2) is None
        assert op("fenomeenonderzoeken", jaar=2024, kwartaal=1).waarde == 0
        assert op("fenomeenonderzoeken-alternatief", jaar=2026, kwartaal=3).onbekend
        assert op("waardebeslag", jaar=2026, kwartaal=3).status == "voorlopig"
        vol = op("profcheck", onderdeel__code="ZHP", jaar=2025, kwartaal=1)
        assert vol.teller == vol.noemer
        correctie = op("waardebeslag", jaar=2025, kwartaal=4)
        assert (correctie.vervangt.staat, correctie.waarde - correctie.vervangt.waarde) == (Staat.VERVANGEN, 412_600)
        reeks = [op("verdachten-mensenhandel", jaar=2025, kwartaal=k).waarde for k in (1, 2, 3)]
        assert reeks == [9, 6, 8]

    def test_waarvan_is_nooit_meer_dan_het_geheel(self) -> None:
        delen: dict[tuple[object, ...], int] = {}
        for deel in Meting.objects.geldend().filter(indicator__waarvan_van__isnull=False, onbekend=False):
            plek = (deel.indicator.waarvan_van_id, deel.onderdeel_id, deel.jaar, deel.kwartaal)
            delen[plek] = delen.get(plek, 0) + deel.waarde
        for geheel in Meting.objects.geldend().filter(indicator__waarvan__isnull=False, onbekend=False).distinct():
            plek = (geheel.indicator_id, geheel.onderdeel_id, geheel.jaar, geheel.kwartaal)
            assert delen.get(plek, 0) <= geheel.waarde, plek

    def test_een_moment_ligt_nooit_in_de_toekomst(self, geladen: datetime) -> None:
        gedaan = AuditEvent.objects.exclude(object_soort__in=("user", "rolvervulling")).filter(herkomst="demo")
        assert gedaan.latest("op").op <= geladen


def test_dezelfde_cijfers_bij_hetzelfde_zaad_en_een_tweede_keer_verandert_niets() -> None:
    _laad(tot="2022-Q2", zaad=7)
    eerste = _cijfers()
    _laad(tot="2022-Q2", zaad=7)
    assert _cijfers() == eerste
    call_command("wis_demo", stdout=StringIO())
    _laad(tot="2022-Q2", zaad=7)
    assert _cijfers() == eerste


def test_een_langere_reeks_begint_met_de_kortere() -> None:
    _laad(tot="2021-Q4", zaad=7)
    # The last quarter has its own awkward cases, whichever it is.
    kort = {rij for rij in _cijfers() if rij[2:4] != (2021, 4)}
    call_command("wis_demo", stdout=StringIO())
    _laad(tot="2022-Q2", zaad=7)
    assert kort <= set(_cijfers())


def test_wissen_laat_het_echte_staan() -> None:
    echt = MetingFactory()
    _laad(tot="2021-Q4")
    call_command("wis_demo", stdout=StringIO())
    assert list(Meting.objects.all()) == [echt]
    assert not User.objects.filter(username__in=[naam for naam, *_ in GEBRUIKERS]).exists()


def test_een_bestand_van_een_demogebruiker_gaat_mee_weg() -> None:
    _laad(tot="2021-Q1")
    ontvang("proef.csv", b"x", door=User.objects.get(username="analist"))
    call_command("wis_demo", stdout=StringIO())
    assert not Import.objects.exists()
    assert not User.objects.filter(username="analist").exists()


def test_wat_een_demogebruiker_typte_gaat_mee_weg() -> None:
    _laad()
    cel = Celtekst("waardebeslag", "RE07", Kwartaal(2021, 2), {"waarde": "12"}, 0)
    bewaar_concepten([cel], door=User.objects.get(username="analist"), herkomst="proef")
    call_command("wis_demo", stdout=StringIO())
    assert not Concept.objects.exists()
    assert not User.objects.filter(demo=True).exists()


def test_een_demogebruiker_met_een_echte_meting_wordt_uitgezet() -> None:
    _laad(tot="2021-Q1")
    MetingFactory(ingevoerd_door=User.objects.get(username="analist"))
    call_command("wis_demo", stdout=StringIO())
    assert not User.objects.get(username="analist").is_active


def test_een_echte_correctie_op_een_fictieve_waarde_houdt_wissen_tegen() -> None:
    _laad(tot="2021-Q1")
    fictief = Meting.objects.filter(demo=True).first()
    Meting.objects.filter(pk=fictief.pk).update(staat=Staat.VERVANGEN, vervangen_op=datetime(2026, 1, 1, tzinfo=UTC))
    MetingFactory(
        indicator=fictief.indicator, onderdeel=fictief.onderdeel, vervangt=fictief, vervangreden="Echt cijfer."
    )
    with pytest.raises(CommandError, match="echte meting"):
        call_command("wis_demo")
    assert Meting.objects.filter(demo=True).exists()


@pytest.mark.parametrize(
    ("vandaag", "tot", "zin"),
    [
        ((2026, 11, 28), "2026-Q4", "2026-Q4 is nog niet voorbij."),
        ((2028, 2, 29), "2027-Q1", "De democijfers gaan tot en met 2026-Q4."),
    ],
)
def test_een_kwartaal_dat_loopt_of_na_de_agenda_valt_wordt_geweigerd(
    vandaag: tuple[int, int, int], tot: str, zin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(*vandaag, tzinfo=UTC))
    with pytest.raises(CommandError, match=zin):
        call_command("laad_demo", "--tot", tot, stdout=StringIO())
    assert not User.objects.exists()


@override_settings(PROEF=False)
def test_niet_met_productie_instellingen() -> None:
    with pytest.raises(CommandError, match="productie"):
        call_command("laad_demo", "--tot", "2021-Q1", stdout=StringIO())
    assert not User.objects.exists()


def test_inloggen_met_het_bekende_wachtwoord(client: Any) -> None:
    _laad(tot="2021-Q1")
    antwoord = client.post("/inloggen/", {"username": "rvo-lid", "password": WACHTWOORD})
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/")


def test_er_zijn_demogebruikers_genoeg_om_een_kwartaal_te_sluiten_en_te_heropenen() -> None:
    """Who closes, who asks and who reopens are three; a demo account that did so is switched off, not removed."""
    _laad(tot="2021-Q1")
    q1 = Kwartaal(2023, 1)
    sluiter, vrager, heropener = (User.objects.get(username=n) for n in ("vaststeller", "analist", "vaststeller-2"))
    sluit_kwartaal(q1, door=sluiter, toelichting="Proef.", herkomst="proef")
    vraag_heropening(q1, door=vrager, reden="Proef.", herkomst="proef")
    assert heropen(q1, door=heropener, herkomst="proef").heropend_door == heropener
    call_command("wis_demo", stdout=StringIO())
    assert set(User.objects.values_list("username", "is_active")) == {
        (persoon.username, False) for persoon in (sluiter, vrager, heropener)
    }
