"""New limits from a quarter: one proposes, another decides, and each start is kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from accounts.models import User
from common.models import AuditEvent
from common.tekst.periode import Kwartaal
from common.vaststellen.bewaking import Geweigerd, NietToegestaan
from common.vaststellen.model import Staat
from monitor.invoer.kwartaal.services import sluit_kwartaal
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.eisen import KwartaalGesloten
from monitor.invoer.vaststellen.services import neem_terug, stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import GRENS
from monitor.invoer.voorstellen.grenzen.services import stel_grenzen_voor
from monitor.models import Grensbesluit, Herberekenverzoek, Indicator
from tests.factories import AfsluitingFactory, MonitorregelFactory, maak_eenheid, maak_persoon
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import NU, analist, vaststeller

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator() -> Indicator:
    maak_eenheid()
    return MonitorregelFactory(indicator__code="verdachten", indicator__naam="Verdachten").indicator


def stel_voor(indicator: Indicator, jaar: int | None = 2025, kwartaal: int | None = 2, **anders: Any) -> Grensbesluit:
    velden = {"reden": "Nieuwe telwijze.", "door": analist(), "herkomst": "proef"} | anders
    return stel_grenzen_voor(indicator, jaar, kwartaal, **velden)


def neem_aan(rij: Grensbesluit) -> None:
    stel_vast(GRENS, [rij], door=vaststeller(), herkomst="proef")


def sluit(kwartaal: Kwartaal) -> object:
    return sluit_kwartaal(kwartaal, door=vaststeller(), toelichting="Er komt niets meer.", herkomst="proef")


def test_een_ander_stelt_vast_en_het_spoor_zegt_wat(indicator: Indicator) -> None:
    rij = stel_voor(indicator)
    assert (rij.staat, rij.in_woorden) == (Staat.INGEDIEND, "Grenzen vanaf Q2 2025")
    neem_aan(rij)
    rij.refresh_from_db()
    assert (rij.staat, rij.vastgesteld_door, rij.vervangt) == (Staat.VASTGESTELD, vaststeller(), None)
    spoor = AuditEvent.objects.filter(object_soort="grensbesluit").order_by("pk")
    assert list(spoor.values_list("handeling", "van")) == [("voorgesteld", None), ("vastgesteld", None)]
    assert spoor[1].naar == {"indicator": "verdachten", "jaar": 2025, "kwartaal": 2, "reden": "Nieuwe telwijze."}
    assert not Herberekenverzoek.objects.exists()  # no verdict is made of it


def test_elk_begin_blijft_naast_een_ander_en_dezelfde_wordt_vervangen(indicator: Indicator) -> None:
    for kwartaal, reden in ((2, "Nieuwe telwijze."), (4, "Andere inzet."), (2, "Nieuwe telwijze vanaf april.")):
        neem_aan(stel_voor(indicator, kwartaal=kwartaal, reden=reden))
    geldend = Grensbesluit.objects.geldend().values_list("kwartaal", "reden")
    assert list(geldend) == [(2, "Nieuwe telwijze vanaf april."), (4, "Andere inzet.")]
    vervangen = Grensbesluit.objects.get(staat=Staat.VERVANGEN)
    assert (vervangen.reden, vervangen.vervanger.vervangreden) == ("Nieuwe telwijze.", "Nieuwe telwijze vanaf april.")
    laatste = AuditEvent.objects.filter(handeling="vastgesteld").latest("pk")
    assert (laatste.van["reden"], laatste.naar["reden"]) == ("Nieuwe telwijze.", "Nieuwe telwijze vanaf april.")
    with pytest.raises(InvoerFout, match="al zo besloten"):
        stel_voor(indicator, kwartaal=4, reden="Andere inzet.")


def test_eigen_werk_stelt_niemand_vast(indicator: Indicator) -> None:
    maak_persoon("analist", naam="beide")
    maak_persoon("vaststeller", naam="beide")
    beide = User.objects.get(username="beide")
    rij = stel_voor(indicator, door=beide)
    with pytest.raises(NietToegestaan, match="zelf ingevoerd"):
        stel_vast(GRENS, [rij], door=beide, herkomst="proef")
    with pytest.raises(IntegrityError, match="vaststeller_is_niet_invoerder"), transaction.atomic():
        Grensbesluit.objects.update(staat=Staat.VASTGESTELD, vastgesteld_door=beide, vastgesteld_op=NU)


@pytest.mark.parametrize("rol", ["rvo-lid", "vaststeller", "beheerder"])
def test_alleen_een_analist_stelt_grenzen_voor(indicator: Indicator, rol: str) -> None:
    with pytest.raises(NietToegestaan):
        stel_voor(indicator, door=maak_persoon(rol))


def test_een_tegelijk_teruggestuurd_opnieuw_en_ingetrokken(indicator: Indicator) -> None:
    rij = stel_voor(indicator)
    with pytest.raises(InvoerFout, match="ligt al een voorstel van analist"):
        stel_voor(indicator, kwartaal=3)
    with pytest.raises(IntegrityError, match="grensbesluit_een_openstaande"), transaction.atomic():
        Grensbesluit.objects.create(indicator=indicator, jaar=2024, kwartaal=1, reden="X", ingevoerd_op=NU)
    stuur_terug(GRENS, [rij], door=vaststeller(), reden="Welke afspraak?", herkomst="proef")
    weer = stel_voor(indicator, kwartaal=3)
    assert (weer.pk, weer.staat, weer.kwartaal, weer.afkeurreden) == (rij.pk, Staat.INGEDIEND, 3, "")
    with pytest.raises(NietToegestaan, match="Alleen wie het voorstel deed"):
        neem_terug(GRENS, [weer], door=maak_persoon("analist", naam="ander"), herkomst="proef")
    neem_terug(GRENS, [weer], door=analist(), herkomst="proef")
    assert not Grensbesluit.objects.exists()


@pytest.mark.parametrize(
    ("anders", "kolom"),
    [
        ({"jaar": 1999}, "jaar"),
        ({"jaar": None}, "jaar"),
        ({"jaar": 99999}, "jaar"),
        ({"kwartaal": 0}, "kwartaal"),
        ({"kwartaal": 5}, "kwartaal"),
        ({"kwartaal": None}, "kwartaal"),
        ({"reden": " \n"}, "reden"),
        ({"reden": "x" * 2001}, "reden"),
        ({"reden": "a\x00"}, "reden"),
    ],
)
def test_wat_niet_kan_wordt_bij_het_veld_geweigerd(indicator: Indicator, anders: dict[str, object], kolom: str) -> None:
    with pytest.raises(InvoerFout) as gevangen:
        stel_voor(indicator, **anders)
    assert [fout.kolom for fout in gevangen.value.fouten] == [kolom]
    assert not Grensbesluit.objects.exists()


def test_een_voorstel_houdt_het_kwartaal_open_waarin_het_begint(indicator: Indicator) -> None:
    rij = stel_voor(indicator)
    with pytest.raises(Geweigerd, match=r"1 voorstel voor grenzen wacht op een besluit: Verdachten\."):
        sluit(Kwartaal(2025, 2))
    assert sluit(Kwartaal(2025, 1))
    assert sluit(Kwartaal(2025, 3))
    stuur_terug(GRENS, [rij], door=vaststeller(), reden="Welke afspraak?", herkomst="proef")
    assert sluit(Kwartaal(2025, 2))


def test_in_een_gesloten_kwartaal_beginnen_geen_grenzen(indicator: Indicator) -> None:
    rij = stel_voor(indicator)
    AfsluitingFactory(kwartaal=2)
    with pytest.raises(KwartaalGesloten, match="Q2 2025 is gesloten"):
        neem_aan(rij)
    neem_terug(GRENS, [rij], door=analist(), herkomst="proef")
    with pytest.raises(KwartaalGesloten):
        stel_voor(indicator)
    neem_aan(stel_voor(indicator, kwartaal=3))


def test_de_database_houdt_wat_besloten_is(indicator: Indicator) -> None:
    neem_aan(stel_voor(indicator))
    for anders in ({"kwartaal": 3}, {"reden": "Anders."}):
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            Grensbesluit.objects.update(**anders)
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        Grensbesluit.objects.all().delete()
