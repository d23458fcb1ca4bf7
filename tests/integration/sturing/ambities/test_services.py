"""Saying how far an ambition is: what is refused and where that is said, who may, and what is known on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from common.models import AuditEvent
from common.vaststellen.bewaking import NietToegestaan, Verouderd
from common.vaststellen.model import Staat
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.services import neem_terug, stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import AMBITIESTAND
from monitor.invoer.vaststellen.voorstel import AlVoorgesteld
from strategie.models import Ambitie
from sturing.ambities.services import Bron, stel_ambitiestand_voor
from sturing.lezen.ambities import laatste_standen, lees_standen
from sturing.models import Ambitiestand
from sturing.regels.omvang import Halfjaar
from tests.factories import maak_persoon
from tests.integration.sturing.opstelling import NU, VANDAAG, houder, maak_agenda, opgave, zeg, zeg_en_stel_vast

pytestmark = pytest.mark.django_db
NIET_TE_ZEGGEN: dict[str, Any] = {"oordeel": "niet-te-zeggen", "indicatoren": (), "bronnen": ()}


@pytest.fixture
def ambitie() -> Ambitie:
    return maak_agenda()


def _fouten(ambitie: Ambitie, **anders: Any) -> dict[str, str]:
    with pytest.raises(InvoerFout) as fout:
        zeg(ambitie, **anders)
    assert not Ambitiestand.objects.exists()
    return {een.kolom: een.reden for een in fout.value.fouten}


@pytest.mark.parametrize(
    ("anders", "veld", "zin"),
    [
        ({"tekst": "woord " * 301}, "tekst", "Dit zijn 301 woorden. Schrijf het in hoogstens 300."),
        ({"tekst": "x" * 10_000}, "tekst", "De tekst is te lang: hoogstens 4000 tekens."),
        ({"tekst": " \n "}, "tekst", "Schrijf hoe ver het is, in hoogstens 300 woorden."),
        ({"tekst": "een\x07twee"}, "tekst", "De tekst bevat tekens die niet te tonen zijn. Typ die opnieuw."),
        ({"oordeel": "82%"}, "oordeel", "Kies hoe ver de ambitie is."),
        ({"halfjaar": None}, "halfjaar", "Kies over welk halfjaar u schrijft."),
        (
            {"halfjaar": Halfjaar(2022, 2)},
            "halfjaar",
            "Deze ambitie hoort bij de agenda 2023-2026. Kies een halfjaar daarvan.",
        ),
        ({"indicatoren": ["bestaat-niet"]}, "indicatoren", "De indicator “bestaat-niet” is er niet in de agenda"),
        ({"indicatoren": (), "bronnen": ()}, "indicatoren", "Noem ten minste één bewijs"),
        ({"bronnen": [Bron("audit", "", date(2026, 6, 1))]}, "titel_1", "Schrijf de titel van bron 1."),
        *(
            ({"bronnen": [Bron("document", "Blad", VANDAAG, waar)]}, "waar_1", "Schrijf het heel, met https:// ervoor.")
            for waar in (
                *("http://politie.nl/blad", "www.politie.nl", "https://", "HTTP:blad", "https://a b.nl"),
                *("javascript://politie.nl/%0aalert(1)", "ftp://politie.nl/blad", "https://politie.nl@elders.nl/blad"),
            )
        ),
        ({"bronnen": [Bron("document", "Blad", VANDAAG, "x" * 301)]}, "waar_1", "te lang: hoogstens 300 tekens."),
        ({"bronnen": [Bron(), Bron("audit", "Blad")]}, "datum_2", "Vul de datum van bron 2 in."),
        ({"bronnen": [Bron("", "Blad", date(2026, 6, 1))]}, "soort_1", "Kies wat bron 1 is"),
        ({"bronnen": [Bron("indicator", "Blad", date(2026, 6, 1))]}, "soort_1", "Kies wat bron 1 is"),
        (
            {"bronnen": [Bron("audit", "Blad", VANDAAG + timedelta(days=1))]},
            "datum_1",
            "De datum van bron 1 ligt niet tussen 01-01-2000 en vandaag.",
        ),
        ({"bronnen": [Bron("audit", "x" * 201, VANDAAG)]}, "titel_1", "De tekst is te lang: hoogstens 200 tekens."),
    ],
)
def test_wat_niet_kan_staat_bij_zijn_veld(ambitie: Ambitie, anders: dict[str, Any], veld: str, zin: str) -> None:
    assert zin in _fouten(ambitie, **anders)[veld]


def test_alles_wat_fout_is_staat_er_in_een_keer(ambitie: Ambitie) -> None:
    fouten = _fouten(ambitie, tekst="", oordeel="", halfjaar=None, indicatoren=["x"], bronnen=[Bron("audit", "", None)])
    assert fouten.keys() == {"tekst", "oordeel", "halfjaar", "indicatoren", "titel_1", "datum_1"}


def test_een_halfjaar_dat_nog_niet_begon(ambitie: Ambitie) -> None:
    vroeg = NU.replace(month=6)
    with pytest.raises(InvoerFout, match="De tweede helft van 2026 is nog niet begonnen"):
        zeg(ambitie, halfjaar=Halfjaar(2026, 2), op=vroeg)
    assert zeg(ambitie, halfjaar=Halfjaar(2026, 2)).helft == 2  # it runs: of that one may write


def test_precies_driehonderd_woorden_mag(ambitie: Ambitie) -> None:
    assert zeg(ambitie, tekst="woord " * 300).staat == Staat.INGEDIEND


def test_niet_te_zeggen_hoeft_geen_bewijs(ambitie: Ambitie) -> None:
    assert zeg(ambitie, **NIET_TE_ZEGGEN).bewijs == []


def test_alleen_wie_het_thema_heeft_schrijft_en_een_ander_stelt_vast(ambitie: Ambitie) -> None:
    for rol in ("analist", "rvo-lid", "vaststeller", "beheerder"):
        with pytest.raises(NietToegestaan):
            zeg(ambitie, maak_persoon(rol))
    with pytest.raises(NietToegestaan):
        zeg(ambitie, houder("ander", "ander"))
    beide = maak_persoon("programmadirecteur", naam="beide")
    maak_persoon("vaststeller", naam="beide")
    stand = zeg(ambitie, beide)
    with pytest.raises(NietToegestaan):
        stel_vast(AMBITIESTAND, [stand], door=beide, herkomst="proef")
    assert stel_vast(AMBITIESTAND, [stand], door=maak_persoon("vaststeller"), herkomst="proef")


def test_wie_het_thema_kwijt_is_trekt_niets_meer_in(ambitie: Ambitie) -> None:
    stand = zeg(ambitie, houder())
    with pytest.raises(NietToegestaan):
        neem_terug(AMBITIESTAND, [stand], door=houder("ander", "ander"), herkomst="proef")
    neem_terug(AMBITIESTAND, [stand], door=houder(), herkomst="proef")
    assert not Ambitiestand.objects.exists()
    assert AuditEvent.objects.get(handeling="ingetrokken").naar["tekst"] == "Het gaat vooruit."


def test_twee_tegelijk(ambitie: Ambitie) -> None:
    zeg(ambitie, houder())
    with pytest.raises(AlVoorgesteld, match="Er ligt al een voorstel van houder"):
        zeg(ambitie, maak_persoon("programmadirecteur"), tekst="Anders.")
    assert zeg(ambitie, houder(), halfjaar=Halfjaar(2025, 2)).jaar == 2025  # of another half year


def test_wie_schreef_naast_wat_intussen_werd_vastgesteld_moet_opnieuw_kijken(ambitie: Ambitie) -> None:
    zeg_en_stel_vast(ambitie)
    with pytest.raises(Verouderd):
        stel_ambitiestand_voor(
            ambitie, opgave(tekst="Anders.", reden="Beter."), door=houder(), herkomst="proef", op=NU, gezien=0
        )


def test_een_teruggestuurde_stand_wordt_verbeterd_en_niet_dubbel(ambitie: Ambitie) -> None:
    stand = zeg(ambitie)
    stuur_terug(AMBITIESTAND, [stand], door=maak_persoon("vaststeller"), reden="Noem een getal niet.", herkomst="proef")
    beter = zeg(ambitie, tekst="Beter.")
    assert (beter.pk, beter.staat, beter.afkeurreden) == (stand.pk, Staat.INGEDIEND, "")
    assert Ambitiestand.objects.count() == 1


def test_een_correctie_heeft_een_reden_en_de_oude_stand_blijft_te_zien(ambitie: Ambitie) -> None:
    eerst = zeg_en_stel_vast(ambitie)
    with pytest.raises(InvoerFout, match="Schrijf waarom het anders is"):
        zeg(ambitie, tekst="Toch niet.")
    with pytest.raises(InvoerFout, match="al zo vastgesteld"):
        zeg(ambitie, reden="Nog eens.")
    later = NU + timedelta(days=3)
    nieuw = zeg_en_stel_vast(ambitie, op=later, oordeel="loopt-achter", tekst="Toch niet.", reden="Nieuwe cijfers.")
    toen, nu = (lees_standen([ambitie.pk], moment)[ambitie.pk] for moment in (NU + timedelta(days=1), None))
    assert [stand.pk for stand in toen] == [eerst.pk]
    assert [stand.pk for stand in nu] == [nieuw.pk]
    assert nieuw.vervangreden == "Nieuwe cijfers."
    assert lees_standen([ambitie.pk], NU - timedelta(days=1)) == {}


def test_de_laatste_stand_tot_een_halfjaar_in_een_vraag(ambitie: Ambitie, django_assert_num_queries: Any) -> None:
    for jaar, helft in ((2025, 1), (2026, 1), (2024, 2)):
        zeg_en_stel_vast(ambitie, halfjaar=Halfjaar(jaar, helft), bronnen=())
    with django_assert_num_queries(1):
        assert laatste_standen([ambitie.pk])[ambitie.pk].halfjaar == Halfjaar(2026, 1)
    tot = laatste_standen([ambitie.pk], None, Halfjaar(2025, 2))
    assert tot[ambitie.pk].halfjaar == Halfjaar(2025, 1)
    assert laatste_standen([ambitie.pk], None, Halfjaar(2024, 1)) == {}


def test_de_database_weigert_wat_nooit_mag(ambitie: Ambitie) -> None:
    vast = zeg_en_stel_vast(ambitie)
    for velden in ({"oordeel": "gehaald"}, {"bewijs": []}, {"tekst": "Stiekem."}, {"helft": 2}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Ambitiestand.objects.filter(pk=vast.pk).update(**velden)
    open_ = zeg(ambitie, halfjaar=Halfjaar(2025, 1), bronnen=())
    for velden in ({"bewijs": []}, {"tekst": ""}, {"helft": 3}, {"tekst": "x" * 4001}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Ambitiestand.objects.filter(pk=open_.pk).update(**velden)
    with pytest.raises(DatabaseError), transaction.atomic():
        vast.delete()
