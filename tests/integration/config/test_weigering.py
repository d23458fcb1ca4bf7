"""Whoever tries to approve their own work is refused by every door, and that they tried outlives the rollback."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from accounts.rollen import Recht
from common.models import AuditEvent
from common.vaststellen.bewaking import NietToegestaan, bewaakt
from common.vaststellen.model import Staat
from monitor.invoer.importeren import services as inlezen
from monitor.invoer.meting.services import dien_in
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from monitor.invoer.regels.waarneming import Waarneming
from monitor.invoer.vaststellen.selectors import keuze_van
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Import, Meting
from tests.factories import IndicatorFactory, MetingFactory, MonitorregelFactory, maak_eenheid, maak_persoon
from tests.pagina import Pagina

# Real transactions: a row that is only there inside the transaction of a test proves nothing.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def beide() -> User:
    """An analyst who is an approver as well."""
    maak_persoon("analist", naam="beide")
    return User.objects.get(pk=maak_persoon("vaststeller", naam="beide").pk)


@pytest.fixture
def eigen(beide: User) -> Meting:
    maak_eenheid()
    indicator = IndicatorFactory(code="verdachten")
    MonitorregelFactory(indicator=indicator)
    return MetingFactory(indicator=indicator, ingevoerd_door=beide, wachtend=True)


def _per_service(eigen: Meting, beide: User, map_: Path) -> None:
    with pytest.raises(NietToegestaan, match="zelf ingevoerd"):
        stel_vast(METING, [eigen], door=beide, herkomst="proef")


def _per_url(eigen: Meting, beide: User, map_: Path) -> None:
    client = Client()
    client.force_login(beide)
    keuzes = [keuze_van(METING, meting) for meting in Meting.objects.all()]
    antwoord = client.post(
        "/vaststellen/", {"besluit": "vaststellen", "keuze": keuzes, "zeker": str(len(keuzes))}, follow=True
    )
    assert Pagina.van(antwoord).meldt("zelf ingevoerd")


def _in_bulk(eigen: Meting, beide: User, map_: Path) -> None:
    if not Meting.objects.filter(kwartaal=2).exists():
        MetingFactory(indicator=eigen.indicator, kwartaal=2, wachtend=True)
    _per_url(eigen, beide, map_)


def _per_bestand(eigen: Meting, beide: User, map_: Path) -> None:
    """The command that submits and approves in one go; the value waits already, as when it is run again."""
    bestand = map_ / "metingen.csv"
    bestand.write_text(";".join(METINGKOLOMMEN) + "\nverdachten;RE07;2025;1;9;;;;definitief;;\n", encoding="utf-8")
    opties = ("--door", "beide", "--vaststellen-door", "beide")
    with pytest.raises((CommandError, NietToegestaan), match="zelf ingevoerd"):
        call_command("importeer_metingen", bestand, *opties, stdout=StringIO(), stderr=StringIO())


@pytest.mark.parametrize("weg", [_per_service, _per_url, _in_bulk, _per_bestand])
def test_eigen_werk_vaststellen_blijft_in_het_spoor(
    weg: Callable[..., None], eigen: Meting, beide: User, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for keer in (1, 2):
        weg(eigen, beide, tmp_path)
        [*sporen] = AuditEvent.objects.filter(handeling="geweigerd").values_list("door_naam", "object_id")
        assert sporen == [("beide", "waarden vaststellen")] * keer
    assert set(Meting.objects.values_list("staat", flat=True)) == {Staat.INGEDIEND}
    assert not AuditEvent.objects.filter(handeling="vastgesteld").exists()
    assert caplog.text.count("waarden vaststellen geweigerd voor beide") == 2


def test_een_bestand_buiten_het_eigen_district_blijft_in_het_spoor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inlezen, "_vraag_lezen", lambda pk: None)
    maak_eenheid()
    IndicatorFactory(code="per-team", niveau="basisteam")
    chef = maak_persoon("districtschef", onderdeel="A")
    inhoud = (";".join(METINGKOLOMMEN) + "\nper-team;B1;2025;1;9;;;;definitief;;\n").encode()
    bestand = inlezen.ontvang("metingen.csv", inhoud, door=chef)
    assert inlezen.verwerk(bestand.pk)
    assert inlezen.dien_in_als_getoond(bestand.pk, door=chef) is None
    with pytest.raises(NietToegestaan, match="niet bij uw district"):
        dien_in([VAN_B], door=chef, herkomst="proef", recht=Recht.IMPORTEREN)
    assert list(AuditEvent.objects.filter(handeling="geweigerd").values_list("door_naam", flat=True)) == [str(chef)] * 2
    assert not Meting.objects.exists()
    assert Import.objects.get().staat == Import.Staat.FOUTEN


VAN_B = Waarneming(2, "per-team", "B1", 2025, 1, Decimal(9), None, None, None, False, "definitief", None, "")


def test_binnen_een_andere_handeling_staat_de_weigering_er_een_keer(beide: User) -> None:
    """The innermost says what was refused; nothing of the outer one stays."""

    def buiten() -> None:
        with bewaakt("buiten", door=beide, herkomst="proef"):
            MetingFactory(waarde=Decimal(1))
            with bewaakt("binnen", door=beide, herkomst="proef"):
                raise NietToegestaan("Dit mag niet.")

    with pytest.raises(NietToegestaan):
        buiten()
    assert list(AuditEvent.objects.values_list("handeling", "object_id")) == [("geweigerd", "binnen")]
    assert not Meting.objects.exists()
