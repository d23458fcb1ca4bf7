"""Signal and forecast on the pages: the same words everywhere, only of the unit, and in the export."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import pytest
from django.test import Client

from formatie.models import Onderdeel
from monitor.models import Doelbereik, Indicator, Landelijkdoel
from monitor.rekenen.herberekenen import herbereken
from tests.factories import MetingFactory, maak_persoon
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, VANDAAG, maak_monitor

pytestmark = pytest.mark.django_db
Q = f"?kwartaal={KWARTAAL}"
# 2025 up to Q3 is 9, 6 and 6 (see opstelling): mean 86/11 = 7,82 and mean range 1,9 give limits of 2,8 and 12,9.
EERDER = {2023: (7, 8, 7, 8), 2024: (7, 8, 7, 13)}


@pytest.fixture
def eenheid() -> Onderdeel:
    eenheid = maak_monitor()["RE07"]
    verdachten = Indicator.objects.get(code="verdachten")
    for jaar, waarden in EERDER.items():
        for kwartaal, waarde in enumerate(waarden, 1):
            MetingFactory(indicator=verdachten, onderdeel=eenheid, jaar=jaar, kwartaal=kwartaal, waarde=Decimal(waarde))
    herbereken(vandaag=VANDAAG)
    return eenheid


def tekst(rol: str, adres: str, **waar: str) -> str:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    antwoord = client.get(adres)
    assert antwoord.status_code == 200, adres
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", antwoord.content.decode()))


SIGNAAL, KANS = "signaal omhoog in Q4 2024", "kans ongeveer gelijk (54%)"


@pytest.mark.usefixtures("eenheid")
@pytest.mark.parametrize("adres", ["/", "/themas/opsporing/", "/indicatoren/verdachten/"])
def test_dezelfde_woorden_op_elke_pagina(adres: str) -> None:
    zicht = tekst("rvo-lid", f"{adres}{Q}")
    assert SIGNAAL in zicht
    assert KANS in zicht


@pytest.mark.usefixtures("eenheid")
def test_de_lijst_en_haar_bestand() -> None:
    zicht = tekst("rvo-lid", f"/indicatoren/{Q}")
    assert SIGNAAL in zicht
    client = Client()
    client.force_login(maak_persoon("analist"))
    ruw = client.get(f"/indicatoren/{Q}&_export=csv").content.decode("utf-8-sig")
    kop, *rijen = [rij for rij in csv.reader(io.StringIO(ruw), delimiter=ruw_scheider(ruw)) if len(rij) > 3]
    per = {rij[0]: dict(zip(kop, rij, strict=True)) for rij in rijen}
    assert per["Verdachten"]["Signaal"] == SIGNAAL
    assert per["Verdachten"]["Kans op doel"] == "ongeveer gelijk (54%)"
    assert per["Aanrijdtijd"]["Kans op doel"] == "n.v.t."
    assert per["Aanrijdtijd"]["Signaal"].startswith("te weinig punten")


def ruw_scheider(ruw: str) -> str:
    return ";" if ruw.count(";") > ruw.count(",") else ","


@pytest.mark.usefixtures("eenheid")
@pytest.mark.parametrize("volgorde", ["signaal", "-signaal", "kans", "-kans"])
def test_op_signaal_en_kans_te_sorteren(volgorde: str) -> None:
    assert "Verdachten" in tekst("rvo-lid", f"/indicatoren/{Q}&sort={volgorde}")


@pytest.mark.usefixtures("eenheid")
def test_de_pagina_van_een_indicator_toont_de_som() -> None:
    zicht = tekst("rvo-lid", f"/indicatoren/verdachten/{Q}")
    assert "Q4 2024 ligt met 13 verdachten boven de bovengrens van 12,9." in zicht
    # 21 by Q3; the year was 22/30 and 22/35 done by then: mean 0,68095. 21 ÷ 0,68095 = 30,8.
    assert "Naar verwachting 31 verdachten in 2025" in zicht
    # 2023 would have been 35 for 30 (17% off), 2024 30 for 35 (14%): mean 15,5%, and the outcomes 26,4 and 36,0:
    # 30 lies 0,626 of the way down, (1 + 0,626) / 3 = 54%
    assert "Over 2 eerdere jaren zat deze verwachting er gemiddeld 15% naast." in zicht
    assert "2 van de 11 eerdere kwartalen haalden dat tempo." in zicht


@pytest.mark.usefixtures("eenheid")
def test_een_eerder_kwartaal_kent_het_latere_niet() -> None:
    zicht = tekst("rvo-lid", "/indicatoren/verdachten/?kwartaal=2025-Q1")
    assert "Q2 2025 ligt" not in zicht
    assert "t/m Q1 " in zicht


@pytest.mark.usefixtures("eenheid")
def test_zonder_recht_op_cijfers_is_er_geen_signaal() -> None:
    for adres in (f"/{Q}", f"/themas/opsporing/{Q}"):
        assert not re.search(r"signaal omhoog|kans (klein|groot|ongeveer)", tekst("beheerder", adres))


@pytest.mark.usefixtures("eenheid")
def test_onder_de_eenheid_staat_niets_nieuws() -> None:
    """The table per onderdeel keeps its columns: nothing of signal or chance."""
    zicht = tekst("analist", f"/indicatoren/aanrijdtijd/{Q}")
    tabel = zicht[zicht.index("Per district en team") : zicht.index("Opslaan als")]
    assert not re.search(r"signaal|te weinig punten|kans (klein|groot|ongeveer)", tabel, re.IGNORECASE)


def test_een_signaal_komt_van_de_eenheid_en_niet_van_een_ander(eenheid: Onderdeel) -> None:
    """A row of another onderdeel of the same indicator changes nothing."""
    voor = tekst("rvo-lid", f"/indicatoren/verdachten/{Q}")
    rij = Doelbereik.objects.get(indicator__code="verdachten", onderdeel=eenheid, jaar=2024, kwartaal=4)
    ander = Onderdeel.objects.exclude(pk=eenheid.pk).filter(soort=Onderdeel.Soort.DISTRICT).first()
    assert ander is not None
    Doelbereik.objects.filter(indicator=rij.indicator_id, onderdeel=ander, jaar=2024, kwartaal=4).delete()
    velden = {v.attname: getattr(rij, v.attname) for v in Doelbereik._meta.concrete_fields}
    Doelbereik.objects.create(**(velden | {"onderdeel_id": ander.pk, "teller": Decimal(999)}))
    na = tekst("rvo-lid", f"/indicatoren/verdachten/{Q}")
    assert voor[voor.index("Signaal of ruis") :] == na[na.index("Signaal of ruis") :]


@pytest.mark.usefixtures("eenheid")
def test_het_aandeel_in_het_landelijke_doel_volgt_uit_beide_doelen() -> None:
    verdachten = Indicator.objects.get(code="verdachten")
    Landelijkdoel.objects.create(
        indicator=verdachten, jaar=2025, streefwaarde=220, eenheid="verdachten", bron="Memorie", let_op="Let op."
    )
    adres = f"/indicatoren/verdachten/{Q}"
    zin = "Het doel van de eenheid voor 2025 is 13,6% van het landelijke doel (220 verdachten, Memorie). Let op."
    assert zin in tekst("rvo-lid", adres)
    Landelijkdoel.objects.update(streefwaarde=210_000_000, eenheid="€")
    assert "(210 miljoen euro, Memorie)" in tekst("rvo-lid", adres)
    Landelijkdoel.objects.update(jaar=2024)
    assert "landelijke doel" not in tekst("rvo-lid", adres)
