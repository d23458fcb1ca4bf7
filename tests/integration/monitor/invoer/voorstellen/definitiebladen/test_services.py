"""A changed definition sheet: two persons, what is written, and what would lose its place."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from common.models import AuditEvent
from common.vaststellen.bewaking import NietToegestaan, Verouderd
from common.vaststellen.model import Staat
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.services import neem_terug, stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import DEFINITIE
from monitor.invoer.voorstellen.definitiebladen.blad import gevolgen
from monitor.models import Concept, Definitieversie, Herberekenverzoek, Indicator
from tests.factories import IndicatorFactory, MetingFactory, maak_eenheid, maak_persoon
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import (
    NU,
    analist,
    met_blad,
    stel_blad_voor,
    vaststeller,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator() -> Indicator:
    maak_eenheid()
    return IndicatorFactory(code="verdachten", naam="Verdachten")


def stel_blad_vast(versie: Definitieversie) -> None:
    stel_vast(DEFINITIE, [met_blad(versie)], door=vaststeller(), herkomst="proef")


def test_pas_na_vaststellen_staat_het_blad_bij_de_indicator(indicator: Indicator) -> None:
    versie = stel_blad_voor(indicator, definitie="Anders geteld.")
    indicator.refresh_from_db()
    assert (indicator.definitie, Herberekenverzoek.objects.exists()) == ("Wat er geteld wordt.", False)
    stel_blad_vast(versie)
    indicator.refresh_from_db()
    versie.refresh_from_db()
    assert indicator.definitie == "Anders geteld."
    assert (versie.staat, versie.vastgesteld_door, versie.vervangt) == (Staat.VASTGESTELD, vaststeller(), None)
    verzoek = Herberekenverzoek.objects.get()
    assert (verzoek.indicator, verzoek.onderdeel, verzoek.vanaf_jaar) == (indicator, None, None)
    spoor = AuditEvent.objects.get(handeling="vastgesteld")
    assert (spoor.van["definitie"], spoor.naar["definitie"]) == ("Wat er geteld wordt.", "Anders geteld.")


def test_een_volgende_versie_noemt_de_vorige(indicator: Indicator) -> None:
    eerste = stel_blad_voor(indicator, naam="Een")
    stel_blad_vast(eerste)
    tweede = stel_blad_voor(indicator, naam="Twee")
    stel_blad_vast(tweede)
    eerste.refresh_from_db()
    tweede.refresh_from_db()
    assert (eerste.staat, tweede.vervangt, tweede.vervangreden) == (Staat.VERVANGEN, eerste, "Aangescherpt.")


def test_wie_voorstelt_stelt_nooit_zelf_vast(indicator: Indicator) -> None:
    beide = maak_persoon("analist", naam="beide")
    maak_persoon("vaststeller", naam="beide")
    versie = stel_blad_voor(indicator, door=beide, naam="Anders")
    with pytest.raises(NietToegestaan, match="zelf ingevoerd"):
        stel_vast(DEFINITIE, [met_blad(versie)], door=type(beide).objects.get(pk=beide.pk), herkomst="proef")
    with pytest.raises(IntegrityError, match="vaststeller_is_niet_invoerder"), transaction.atomic():
        Definitieversie.objects.update(staat=Staat.VASTGESTELD, vastgesteld_door=beide, vastgesteld_op=NU)


@pytest.mark.parametrize("rol", ["rvo-lid", "vaststeller", "portefeuillehouder", "beheerder"])
def test_alleen_een_analist_stelt_een_definitie_voor(indicator: Indicator, rol: str) -> None:
    with pytest.raises(NietToegestaan):
        stel_blad_voor(indicator, door=maak_persoon(rol, thema="x" if rol == "portefeuillehouder" else ""), naam="Y")


def test_teruggestuurd_opnieuw_en_ingetrokken(indicator: Indicator) -> None:
    versie = stel_blad_voor(indicator, naam="Anders")
    with pytest.raises(InvoerFout, match="ligt al een voorstel"):
        stel_blad_voor(indicator, naam="Nog anders")
    stuur_terug(DEFINITIE, [met_blad(versie)], door=vaststeller(), reden="Te kort.", herkomst="proef")
    weer = stel_blad_voor(indicator, naam="Langer")
    assert (weer.pk, weer.staat, weer.afkeurreden) == (versie.pk, Staat.INGEDIEND, "")
    neem_terug(DEFINITIE, [weer], door=analist(), herkomst="proef")
    assert not Definitieversie.objects.exists()


def test_een_blad_dat_na_het_lezen_veranderde_wordt_niet_vastgesteld(indicator: Indicator) -> None:
    gelezen = met_blad(stel_blad_voor(indicator, naam="Anders"))
    Indicator.objects.update(bron="Een ander bestand")
    with pytest.raises(Verouderd):
        stel_vast(DEFINITIE, [gelezen], door=vaststeller(), herkomst="proef")
    Definitieversie.objects.update(naam="Stilletjes anders")
    with pytest.raises(Verouderd):
        stel_vast(DEFINITIE, [gelezen], door=vaststeller(), herkomst="proef")


@pytest.mark.parametrize(
    ("anders", "kolom"),
    [
        ({"naam": " "}, "naam"),
        ({"naam": "x" * 161}, "naam"),
        ({"definitie": "a\x00"}, "definitie"),
        ({"frequentie": "wekelijks"}, "frequentie"),
        ({"niveau": "wijk"}, "frequentie"),
        ({"frequentie": "tweejaarlijks"}, "eerste_jaar"),
        ({"frequentie": "tweejaarlijks", "eerste_jaar": 1066}, "eerste_jaar"),
        ({"eerste_jaar": 2025}, "eerste_jaar"),
        ({}, ""),
    ],
)
def test_wat_niet_kan_wordt_bij_het_veld_geweigerd(indicator: Indicator, anders: dict[str, object], kolom: str) -> None:
    with pytest.raises(InvoerFout) as gevangen:
        stel_blad_voor(indicator, **anders)
    assert {fout.kolom for fout in gevangen.value.fouten} == {kolom}


def test_een_deel_wordt_even_vaak_gemeten_als_het_geheel(indicator: Indicator) -> None:
    deel = IndicatorFactory(code="deel", waarvan_van=indicator)
    for wie in (deel, indicator):
        with pytest.raises(InvoerFout, match="even vaak"):
            stel_blad_voor(wie, frequentie="jaar")


@pytest.mark.parametrize("anders", [{"niveau": "district"}, {"frequentie": "jaar"}])
def test_open_waarden_verliezen_hun_plek_niet(indicator: Indicator, anders: dict[str, str]) -> None:
    """Handed in or only typed: a change waits for what is open, when it is proposed and when it is approved."""
    versie = stel_blad_voor(indicator, **anders)
    MetingFactory(indicator=indicator, wachtend=True)
    with pytest.raises(InvoerFout, match="1 waarde nog open"):
        stel_blad_vast(versie)
    neem_terug(DEFINITIE, [versie], door=analist(), herkomst="proef")
    Concept.objects.create(
        indicator=indicator, onderdeel=MetingFactory(indicator=indicator, kwartaal=3).onderdeel,
        jaar=2025, kwartaal=2, cellen={"waarde": "9"}, door=analist(),
    )  # fmt: skip
    with pytest.raises(InvoerFout, match="2 waarden nog open"):
        stel_blad_voor(indicator, **anders)


def test_vastgestelde_waarden_blijven_en_dat_staat_erbij(indicator: Indicator) -> None:
    MetingFactory(indicator=indicator)
    blad = {"frequentie": "jaar", "niveau": "eenheid", "eerste_jaar": None, "verwachting": "lineair"}
    [zinnen] = gevolgen({indicator.pk: (indicator, blad)}).values()
    assert "1 vastgestelde waarde is van een kwartaal of niveau dat dan niet meer wordt gevraagd" in " ".join(zinnen)
    gelijk = blad | {"frequentie": "kwartaal"}
    assert gevolgen({indicator.pk: (indicator, gelijk)}) == {}
    assert gevolgen({indicator.pk: (indicator, gelijk | {"verwachting": "seizoen"})}) == {indicator.pk: zinnen[-1:]}
    stel_blad_vast(stel_blad_voor(indicator, frequentie="jaar"))
    assert indicator.metingen.get().staat == Staat.VASTGESTELD


@pytest.mark.parametrize("wijziging", ["naam = 'x'", "niveau = 'district'", "reden = 'x'", "ingevoerd_door_id = NULL"])
def test_de_database_weigert_een_vastgesteld_blad_te_wijzigen(indicator: Indicator, wijziging: str) -> None:
    stel_blad_vast(stel_blad_voor(indicator, naam="Anders"))
    with pytest.raises(ProgrammingError, match="Cannot update"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE monitor_definitieversie SET {wijziging}")  # noqa: S608  # the texts above


def test_de_database_weigert_een_blad_te_verwijderen(indicator: Indicator) -> None:
    stel_blad_vast(stel_blad_voor(indicator, naam="Anders"))
    with pytest.raises(ProgrammingError, match="Cannot delete"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM monitor_definitieversie")
