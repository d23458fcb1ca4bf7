"""The watch over the figures: checked once a night; a difference is an alarm that says where and never how much."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.models import JobRun
from monitor.invoer.toezicht import cijfers
from monitor.invoer.toezicht.cijfers import bewaak_cijfers, reken_na
from monitor.models import Doelbereik, Herberekenverzoek, Spooralarm
from monitor.rekenen.herberekenen import herbereken
from monitor.rekenen.narekenen.selectors import NAREKENTAAK, lees_nagerekend
from monitor.rekenen.wachtrij import herbereken_vandaag
from tests.factories import IndicatorFactory, MetingFactory, maak_persoon
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
ADRES = "beheerder@site.example"


@pytest.fixture
def nacht() -> datetime:
    """Today, after the night."""
    return timezone.localtime().replace(hour=4)


@pytest.fixture
def fout() -> Doelbereik:
    """A stored figure that does not follow from the value."""
    meting = MetingFactory(indicator__code="vangst", waarde=31415)
    herbereken()
    rijen = Doelbereik.objects.filter(indicator=meting.indicator, jaar=meting.jaar, kwartaal=meting.kwartaal)
    rijen.update(cum_teller=27182)
    return rijen.get()


@pytest.fixture
def beheerder() -> User:
    user = maak_persoon("beheerder")
    user.email = ADRES
    user.save()
    return user


def _lees(user: User, adres: str) -> Pagina:
    cache.clear()
    client = Client()
    client.force_login(user)
    return Pagina.van(client.get(adres))


def test_een_keer_per_nacht_na_de_berekening_van_de_dag(nacht: datetime) -> None:
    bewaak_cijfers(nacht.replace(hour=2))
    bewaak_cijfers(nacht)
    assert lees_nagerekend() is None  # today's own recompute was not there yet
    herbereken_vandaag()
    wacht = Herberekenverzoek.objects.create(indicator=IndicatorFactory())
    bewaak_cijfers(nacht)
    assert lees_nagerekend() is None  # what is still to be computed can only differ
    wacht.delete()
    for _ in range(2):
        bewaak_cijfers(nacht)
        JobRun.objects.filter(soort=NAREKENTAAK).update(begonnen_op=nacht)  # a run itself has the real time
    assert JobRun.objects.filter(soort=NAREKENTAAK).count() == 1
    assert lees_nagerekend()[1:] == (0, "geen verschillen")  # type: ignore[index]
    bewaak_cijfers(nacht + timedelta(days=1))
    assert JobRun.objects.filter(soort=NAREKENTAAK).count() == 2


def test_een_verschil_wordt_een_keer_gemeld_zonder_cijfer_en_gaat_weer_weg(
    fout: Doelbereik, beheerder: User, nacht: datetime
) -> None:
    lezer = maak_persoon("rvo-lid")
    reken_na(nacht)
    for _ in range(2):
        bewaak_cijfers(nacht.replace(hour=2))
    [bericht] = mail.outbox
    assert (bericht.to, bericht.subject) == ([ADRES], "Strategiemonitor: nagerekende cijfers wijken af")
    plek = f"vangst, {fout.onderdeel.code}, Q{fout.kwartaal} {fout.jaar} (cum teller)"
    assert f"Nagerekend komt er iets anders uit: {plek}." in bericht.body
    taken = _lees(beheerder, "/taken/")
    assert taken.heeft("Bekijk welke (1)")
    assert taken.heeft(plek)
    assert not any(geheim in taken.tekst + bericht.body for geheim in ("31415", "27182", "31.415", "27.182"))
    assert _lees(beheerder, "/spoor/").heeft("Het spoor is nog niet gecontroleerd")
    run = JobRun.objects.get(soort=NAREKENTAAK)
    assert (run.gewijzigd, run.fout) == (1, f"{plek[:-13]}: cum_teller is 27182, nagerekend 31415")

    voet = _lees(lezer, "/")
    assert voet.heeft("verschillen gevonden, de beheerder is gewaarschuwd")
    assert not voet.heeft("Nagerekende cijfers wijken af")
    herbereken()
    reken_na(nacht)
    bewaak_cijfers(nacht.replace(hour=2))
    assert mail.outbox[1].body.count("Niet meer gevonden") == 1
    assert _lees(lezer, "/").heeft(f"Cijfers nagerekend op {nacht:%d-%m-%Y} ")
    assert _lees(lezer, "/").heeft("geen verschillen")
    assert not _lees(beheerder, "/taken/").heeft("wijken af")
    assert Spooralarm.objects.get().hersteld_op is not None


def test_een_alarm_over_cijfers_eindigt_niet_door_een_controle_van_het_spoor(
    fout: Doelbereik, beheerder: User, nacht: datetime
) -> None:
    reken_na(nacht)
    cijfers.werk_alarmen_bij((), nacht)
    assert Spooralarm.objects.filter(over="cijfers", hersteld_op=None).count() == 1


def test_een_run_die_gedood_wordt_zegt_niet_dat_er_gekeken_is(fout: Doelbereik, nacht: datetime) -> None:
    JobRun.objects.create(soort=NAREKENTAAK)  # one that was killed is still "bezig"
    with (
        patch("monitor.rekenen.narekenen.vergelijken.reken_indicator_na", side_effect=SystemExit),
        pytest.raises(SystemExit),
    ):
        reken_na(nacht)
    assert lees_nagerekend() is None
    assert Spooralarm.objects.count() == 0
    assert not _lees(maak_persoon("rvo-lid"), "/").heeft("nagerekend")


def test_de_opdracht_noemt_elk_verschil_en_eindigt_met_een_fout(fout: Doelbereik) -> None:
    uit = StringIO()
    with pytest.raises(CommandError, match="Er is 1 verschil"):
        call_command("controleer_cijfers", stdout=uit)
    assert "cum_teller is 27182, nagerekend 31415" in uit.getvalue()
    verzoek = Herberekenverzoek.objects.create(indicator_id=fout.indicator_id)
    uit = StringIO()
    call_command("controleer_cijfers", stdout=uit)
    assert "Wordt nog berekend: vangst." in uit.getvalue()
    verzoek.delete()
    herbereken()
    uit = StringIO()
    call_command("controleer_cijfers", stdout=uit)
    assert uit.getvalue().endswith("rijen van 1 indicatoren: geen verschillen.\n")
