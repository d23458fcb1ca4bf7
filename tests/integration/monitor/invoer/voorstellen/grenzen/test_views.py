"""The page of limits and the block of who decides: who sees what, and what a form does."""

from __future__ import annotations

import pytest
from django.test import Client

from common.vaststellen.model import Staat
from monitor.invoer.vaststellen.services import stuur_terug
from monitor.invoer.vaststellen.soorten import GRENS
from monitor.invoer.werklijst.selectors import lees_teruggestuurd
from monitor.models import Grensbesluit, Indicator
from tests.factories import IndicatorFactory
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import vaststeller
from tests.integration.monitor.invoer.voorstellen.doelen.test_views import als, inhoud, keuzes, meldingen
from tests.integration.monitor.invoer.voorstellen.grenzen.test_services import indicator, neem_aan, stel_voor
from tests.pagina import Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
GRENZEN, BESLUITEN = "/indicatoren/verdachten/grenzen/", "/vaststellen/grenzen/"
VELDEN = {"jaar": "2025", "kwartaal": "2", "reden": "Nieuwe telwijze."}
__all__ = ["indicator"]


def test_voorstellen_terugsturen_en_vaststellen(indicator: Indicator) -> None:
    analist_, vaststeller_ = als("analist"), als("vaststeller")
    assert "Uw voorstel ligt klaar." in meldingen(analist_, GRENZEN, **VELDEN)
    assert "Stel deze grenzen voor" not in inhoud(analist_, GRENZEN).knoppen
    terug = {"besluit": "terugsturen", "keuze": keuzes(vaststeller_, BESLUITEN), "reden": "Welke afspraak?"}
    assert "1 voorstel voor grenzen teruggestuurd" in meldingen(vaststeller_, BESLUITEN, **terug)
    pagina = inhoud(analist_, GRENZEN)
    assert pagina.deel("Voorstel: Grenzen vanaf Q2 2025").heeft("Welke afspraak?")
    assert (pagina.waarden["jaar"], pagina.waarden["reden"]) == ("2025", "Nieuwe telwijze.")
    analist_.post(GRENZEN, VELDEN | {"kwartaal": "3"})
    vast = {"besluit": "vaststellen", "keuze": keuzes(vaststeller_, BESLUITEN)}
    gezegd = meldingen(vaststeller_, BESLUITEN, **vast)
    assert "1 voorstel voor grenzen vastgesteld. De grafiek rekent ermee." in gezegd
    lezer = inhoud(als("rvo-lid"), GRENZEN)
    assert lezer.deel("Vastgesteld").heeft("Grenzen vanaf Q3 2025")
    assert not lezer.heeft("Voorgesteld door")
    assert "Wat er gebeurde" not in lezer.koppen
    stappen = inhoud(analist_, GRENZEN).lijst("Wat er gebeurde")
    assert "vaststeller stelde vast: Grenzen vanaf Q3 2025." in stappen[0]
    assert "vaststeller stuurde het voorstel terug: Grenzen vanaf Q2 2025." in stappen[2]


def test_wie_besluit_ziet_het_laatste_begin_ernaast(indicator: Indicator) -> None:
    neem_aan(stel_voor(indicator, 2024, 4))
    neem_aan(stel_voor(indicator, 2023, 1))
    stel_voor(indicator, 2024, 4, reden="Beter verwoord.")
    tabel = inhoud(als("vaststeller"), BESLUITEN).tabel("Grenzen: nieuw naast wat nu geldt")
    assert [tabel.cel(0, kop) for kop in ("Vanaf", "Nieuw", "Geldt nu")] == [
        "vanaf Q4 2024",
        "Grenzen vanaf Q4 2024",
        "Grenzen vanaf Q4 2024",
    ]
    assert tabel.cel(0, "Toelichting") == "Beter verwoord. In plaats van: Nieuwe telwijze."


def test_een_lezer_ziet_geen_voorstel_en_stelt_niets_voor(indicator: Indicator) -> None:
    stel_voor(indicator, reden="Nog geheim.")
    lezer = als("rvo-lid")
    assert not inhoud(lezer, GRENZEN).heeft("Nog geheim.")
    assert "Stel deze grenzen voor" not in inhoud(lezer, GRENZEN).knoppen
    assert lezer.post(GRENZEN, VELDEN).status_code == 403
    assert als("vaststeller").post(GRENZEN, VELDEN).status_code == 403


def test_een_fout_staat_bij_het_veld_en_wat_getypt_is_blijft(indicator: Indicator) -> None:
    client = als("analist")
    antwoord = client.post(GRENZEN, VELDEN | {"jaar": "1066", "reden": ""})
    assert antwoord.status_code == 400
    velden = {veld.naam: veld for veld in Pagina.van(antwoord).velden}
    assert velden["jaar"].waarde == "1066"
    assert velden["jaar"].fouten == ["Vul een jaar in van 2000 tot en met 2100."]
    assert velden["reden"].fouten == ["Schrijf welke afgesproken verandering dit is."]
    for raar in ({"jaar": "x"}, {"jaar": "9" * 40}, {"kwartaal": "5"}, {"kwartaal": ""}, {"reden": "a\x00"}):
        assert client.post(GRENZEN, VELDEN | raar).status_code == 400, raar
    assert client.post(GRENZEN, {"intrekken": "999"}).status_code == 404
    assert not Grensbesluit.objects.exists()


def test_intrekken_kan_alleen_wie_voorstelde(indicator: Indicator) -> None:
    rij = stel_voor(indicator)
    ander = als("analist", naam="ander")
    assert "Trek uw voorstel in" not in inhoud(ander, GRENZEN).knoppen
    assert "Alleen wie het voorstel deed" in meldingen(ander, GRENZEN, intrekken=rij.pk)
    assert "Uw voorstel is ingetrokken." in meldingen(als("analist"), GRENZEN, intrekken=rij.pk)
    assert not Grensbesluit.objects.exists()


def test_de_pagina_van_de_indicator_wijst_erheen(indicator: Indicator) -> None:
    wegen = {rol: inhoud(als(rol), "/indicatoren/verdachten/") for rol in ("analist", "rvo-lid")}
    assert wegen["analist"].heeft("Stel nieuwe grenzen voor")
    assert wegen["rvo-lid"].heeft("Grenzen van de gewone schommeling")
    assert not wegen["rvo-lid"].heeft("Stel nieuwe grenzen voor")


def test_wat_terugkwam_heeft_een_naam_en_een_pagina(indicator: Indicator) -> None:
    rij = stel_voor(indicator)
    stuur_terug(GRENS, [rij], door=vaststeller(), reden="Welke afspraak?", herkomst="proef")
    [terug] = lees_teruggestuurd([GRENS])
    assert (terug.naam, terug.adres) == ("Grenzen van Verdachten, vanaf Q2 2025", GRENZEN)


def test_getypte_tekst_blijft_letterlijk(indicator: Indicator) -> None:
    vals = "<script>alert(1)</script>{{7*7}}"
    stel_voor(indicator, reden=vals)
    for client, adres in ((als("analist"), GRENZEN), (als("vaststeller"), BESLUITEN)):
        assert "<script>alert" not in client.get(adres).content.decode()  # raw: what the browser would run
        assert inhoud(client, adres).heeft(vals)


@pytest.mark.queries
@pytest.mark.parametrize("aantal", [1, 4])
def test_een_vast_aantal_queries(indicator: Indicator, aantal: int) -> None:
    for nummer in range(aantal):
        neem_aan(stel_voor(indicator, 2010 + nummer))
        stel_voor(IndicatorFactory(code=f"ander-{nummer}"))
    stel_voor(indicator)
    controleer("indicator_grenzen", *tel(als("analist"), GRENZEN))
    controleer("vaststellen_grenzen", *tel(als("vaststeller"), BESLUITEN))


def test_een_verzonnen_keuze_verandert_niets(indicator: Indicator) -> None:
    stel_voor(indicator)
    client: Client = als("vaststeller")
    assert "gewijzigd of al behandeld" in meldingen(client, BESLUITEN, besluit="vaststellen", keuze=["1:" + "0" * 20])
    assert Grensbesluit.objects.get().staat == Staat.INGEDIEND
