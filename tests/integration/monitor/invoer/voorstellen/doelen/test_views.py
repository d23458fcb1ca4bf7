"""The pages of targets and definition sheets: who sees what, what a form does, and what an approver decides on."""

from __future__ import annotations

import pytest
from django.test import Client

from common.vaststellen.model import Staat
from monitor.invoer.vaststellen.services import stuur_terug
from monitor.invoer.vaststellen.soorten import DOEL
from monitor.invoer.voorstellen.definitiebladen.services import blad_van
from monitor.models import Definitieversie, Doelstelling, Indicator
from tests.factories import (
    DoelstellingFactory,
    IndicatorFactory,
    MonitorregelFactory,
    OnderdeelFactory,
    maak_eenheid,
    maak_persoon,
)
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import (
    cellen,
    stel_blad_voor,
    stel_voor,
    wijzig,
)
from tests.pagina import Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
DOELEN, DEFINITIE = "/indicatoren/verdachten/doelen/", "/indicatoren/verdachten/definitie/"
BESLUITEN = ["/vaststellen/doelen/", "/vaststellen/definities/"]


@pytest.fixture
def indicator() -> Indicator:
    maak_eenheid()
    indicator = IndicatorFactory(code="verdachten", naam="Verdachten", eenheid="verdachten")
    MonitorregelFactory(indicator=indicator, thema__slug="eigen")
    DoelstellingFactory(indicator=indicator, onderdeel=OnderdeelFactory(code="RE07"))
    return indicator


def als(rol: str, **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


def inhoud(client: Client, adres: str) -> Pagina:
    return Pagina.van(client.get(adres))


def meldingen(client: Client, adres: str, **velden: object) -> str:
    """What the page says of what was sent to it."""
    return " ".join(Pagina.van(client.post(adres, velden, follow=True)).meldingen)


def blad(indicator: Indicator, **anders: object) -> dict[str, object]:
    velden = {naam: "" if w is None else w for naam, w in blad_van(indicator).items()}
    return velden | {"reden": "Aangescherpt."} | anders


def keuzes(client: Client, adres: str) -> list[str]:
    return [veld.waarde for veld in inhoud(client, adres).velden if veld.naam == "keuze"]


def test_een_lezer_ziet_elke_versie_maar_geen_namen_en_geen_voorstel(indicator: Indicator) -> None:
    wijzig(indicator)
    stel_voor(indicator, jaar="2024", reden="", streefwaarde="77")
    pagina = inhoud(als("rvo-lid"), DOELEN)
    tabel = pagina.tabel("Alle versies")
    assert [doel.partition(" (")[0] for doel in tabel.kolom("Doel")] == ["40 verdachten", "30 verdachten"]
    assert tabel.cel(0, "Besluit") == "Bijstelling van de monitorset (RVO)"
    assert tabel.cel(0, "Waarom") == "Nieuwe landelijke afspraak."
    assert "Door" not in tabel.kolommen
    assert "Wat er gebeurde" not in pagina.koppen
    assert "Stel dit doel voor" not in pagina.knoppen
    for tekst in ("analist", "vaststeller", "77"):
        assert not pagina.inhoud.heeft(tekst)


def test_wie_het_spoor_mag_lezen_ziet_wie_wat_deed_ook_wat_werd_ingetrokken(indicator: Indicator) -> None:
    client = als("analist")
    wijzig(indicator)
    doel = stel_voor(indicator, streefwaarde="55", geldig_vanaf="1-6-2025")
    client.post(DOELEN, {"intrekken": str(doel.pk)})
    stappen = inhoud(client, DOELEN).lijst("Wat er gebeurde")
    for zin in (
        "vaststeller stelde vast: 2025 (RE07): 40 verdachten",
        "Daarvoor: 2025 (RE07): 30 verdachten",
        "analist trok het voorstel in: 2025 (RE07): 55 verdachten",
    ):
        assert any(zin in stap for stap in stappen), (zin, stappen)


def test_een_portefeuillehouder_stelt_alleen_bij_het_eigen_thema_voor(indicator: Indicator) -> None:
    velden = cellen(onderdeel="RE07")
    ander = als("portefeuillehouder", naam="ander", thema="ander")
    assert inhoud(ander, DOELEN).kop1 == "Doelen"
    assert "Stel dit doel voor" not in inhoud(ander, DOELEN).knoppen
    assert ander.post(DOELEN, velden).status_code == 403
    eigen = als("portefeuillehouder", naam="eigen", thema="eigen")
    assert inhoud(eigen, DOELEN).knop("Stel dit doel voor").kan
    assert eigen.post(DOELEN, velden).status_code == 302
    assert Doelstelling.objects.get(staat=Staat.INGEDIEND).ingevoerd_door.username == "eigen"


def test_het_formulier_begint_met_wat_geldt_en_houdt_wat_getypt_is(indicator: Indicator) -> None:
    client = als("analist")
    assert inhoud(client, DOELEN + "?jaar=2025").waarden["streefwaarde"] == "30"
    antwoord = client.post(DOELEN, cellen(onderdeel="RE07", streefwaarde="veertig", orgaan=""))
    assert antwoord.status_code == 400
    velden = {veld.naam: veld for veld in Pagina.van(antwoord).velden}
    assert velden["streefwaarde"].waarde == "veertig"
    assert any("“veertig” is geen getal" in fout for fout in velden["streefwaarde"].fouten)
    assert velden["orgaan"].fouten == ["Vul dit in."]


@pytest.mark.parametrize("vraag", ["?jaar=x", "?jaar=٢٠٢٥", "?jaar=99999999999", "?onderdeel=", "?jaar=%00"])
def test_een_rare_vraag_geeft_de_gewone_pagina(indicator: Indicator, vraag: str) -> None:
    assert als("analist").get(DOELEN + vraag).status_code == 200


def test_een_onbekend_onderdeel_of_voorstel_bestaat_niet(indicator: Indicator) -> None:
    client = als("analist")
    assert client.get(DOELEN + "?onderdeel=X9").status_code == 404
    for pk in ("999", "x", "9" * 30, ""):
        assert client.post(DOELEN, {"intrekken": pk}).status_code == 404


def test_een_definitie_voorstellen_terugsturen_en_vaststellen(indicator: Indicator) -> None:
    analist_, vaststeller_ = als("analist"), als("vaststeller")
    assert analist_.post(DEFINITIE, blad(indicator, definitie="Wat we tellen.")).status_code == 302
    adres = BESLUITEN[1]
    pagina = inhoud(vaststeller_, adres)
    assert pagina.tabel("Wat er verandert").cel("Wat is het?", "Wordt") == "Wat we tellen."
    assert pagina.deel("Soorten besluiten").hier == ["Definities (1)"]
    terug = {"besluit": "terugsturen", "keuze": keuzes(vaststeller_, adres), "reden": "Noem de bron."}
    assert "1 gewijzigde definitie teruggestuurd" in meldingen(vaststeller_, adres, **terug)
    assert inhoud(analist_, DEFINITIE).deel("Er is een voorstel").heeft("Noem de bron.")
    analist_.post(DEFINITIE, blad(indicator, definitie="Wat we tellen.", bron="Het OM"))
    vast = {"besluit": "vaststellen", "keuze": keuzes(vaststeller_, adres)}
    assert "1 gewijzigde definitie vastgesteld." in meldingen(vaststeller_, adres, **vast)
    indicator.refresh_from_db()
    assert indicator.bron == "Het OM"
    lezer = inhoud(als("rvo-lid"), DEFINITIE)
    assert "Het OM" in lezer.deel("Wat nu geldt").gegevens.values()
    assert not lezer.heeft("Voorgesteld door")
    assert inhoud(analist_, DEFINITIE).deel("Wat er gebeurde").heeft("vaststeller stelde de wijziging vast.")


def test_een_ander_ritme_zegt_wat_dat_doet(indicator: Indicator) -> None:
    stel_blad_voor(indicator, frequentie="jaar")
    for client, adres in ((als("analist"), DEFINITIE), (als("vaststeller"), BESLUITEN[1])):
        assert inhoud(client, adres).meldt("rekent de monitor alle oordelen van deze indicator opnieuw uit")


def test_doelen_vaststellen_en_wat_veranderde_niet(indicator: Indicator) -> None:
    client = als("vaststeller", naam="tweede")
    eerste = stel_voor(indicator)
    gekozen = keuzes(client, BESLUITEN[0])
    Doelstelling.objects.filter(pk=eerste.pk).update(streefwaarde=99)
    vast = {"besluit": "vaststellen", "keuze": gekozen, "zeker": str(len(gekozen))}
    assert "gewijzigd of al behandeld" in meldingen(client, BESLUITEN[0], **vast)
    vast = {"besluit": "vaststellen", "keuze": keuzes(client, BESLUITEN[0])}
    assert "1 gewijzigd doel vastgesteld." in meldingen(client, BESLUITEN[0], **vast)
    assert "al behandeld" in meldingen(client, BESLUITEN[0], **vast)


def test_een_blad_dat_ernaast_veranderde_wordt_niet_vastgesteld(indicator: Indicator) -> None:
    client = als("vaststeller")
    stel_blad_voor(indicator, naam="Anders")
    vast = {"besluit": "vaststellen", "keuze": keuzes(client, BESLUITEN[1])}
    Indicator.objects.filter(pk=indicator.pk).update(bron="Uit een nieuw bestand")
    assert "gewijzigd of al behandeld" in meldingen(client, BESLUITEN[1], **vast)
    assert Definitieversie.objects.get().staat == Staat.INGEDIEND


def test_eigen_voorstellen_zijn_niet_te_kiezen(indicator: Indicator) -> None:
    client = als("vaststeller")
    stel_voor(indicator, door=maak_persoon("vaststeller"))
    assert keuzes(client, BESLUITEN[0]) == []
    assert inhoud(client, BESLUITEN[0]).tabel("Doelen: nieuw").kolom("Kies") == ["uw eigen voorstel"]


@pytest.mark.parametrize("adres", BESLUITEN)
@pytest.mark.parametrize("keuze", ["x", "1:", "999999:" + "0" * 20, "9" * 30 + ":" + "0" * 20])
def test_een_verzonnen_keuze_verandert_niets(indicator: Indicator, adres: str, keuze: str) -> None:
    gezegd = meldingen(als("vaststeller"), adres, besluit="vaststellen", keuze=[keuze])
    assert "gewijzigd of al behandeld" in gezegd


@pytest.mark.parametrize("adres", BESLUITEN)
@pytest.mark.parametrize("rol", ["rvo-lid", "analist", "beheerder"])
def test_wie_geen_vaststeller_is_besluit_niet(indicator: Indicator, adres: str, rol: str) -> None:
    assert als(rol).post(adres, {"besluit": "vaststellen", "keuze": ["1:" + "0" * 20]}).status_code in (403, 404)


def test_getypte_tekst_blijft_letterlijk(indicator: Indicator) -> None:
    vals = "<script>alert(1)</script>{{7*7}}"
    stel_voor(indicator, reden=vals)
    stel_blad_voor(indicator, definitie=vals)
    for client, adres in (
        (als("analist"), DOELEN),
        (als("analist"), DEFINITIE),
        *((als("vaststeller"), a) for a in BESLUITEN),
    ):
        assert "<script>alert" not in client.get(adres).content.decode()  # raw: what the browser would run
        assert inhoud(client, adres).heeft(vals)


@pytest.mark.queries
@pytest.mark.parametrize("aantal", [1, 6])
def test_een_vast_aantal_queries(indicator: Indicator, aantal: int) -> None:
    for nummer in range(aantal):
        jaar = {"jaar": str(2010 + nummer), "reden": ""}
        wijzig(indicator, **jaar)
        stel_voor(
            indicator, **jaar | {"reden": "Bijgesteld.", "streefwaarde": "50", "geldig_vanaf": f"2-1-{2010 + nummer}"}
        )
        stel_blad_voor(IndicatorFactory(code=f"ander-{nummer}"), naam="Anders", frequentie="jaar")
    stel_blad_voor(indicator, naam="Anders")
    paginas = {
        "indicator_doelen": ("analist", DOELEN),
        "indicator_definitie": ("analist", DEFINITIE),
        "vaststellen": ("vaststeller", "/vaststellen/"),
        "vaststellen_doelen": ("vaststeller", BESLUITEN[0]),
        "vaststellen_definities": ("vaststeller", BESLUITEN[1]),
    }
    for naam, (rol, adres) in paginas.items():
        controleer(naam, *tel(als(rol), adres))


def test_een_teruggestuurd_doel_is_aan_te_passen_en_opnieuw_voor_te_stellen(indicator: Indicator) -> None:
    client, doel = als("analist"), stel_voor(indicator, streefwaarde="55", geldig_vanaf="1-6-2025")
    assert not any("Pas het voorstel aan" in link.tekst for link in inhoud(client, DOELEN).links)
    stuur_terug(DOEL, [doel], door=maak_persoon("vaststeller"), reden="Welk besluit?", herkomst="proef")
    weg = inhoud(client, DOELEN).link("Pas het voorstel aan")
    assert weg == "?jaar=2025&onderdeel=RE07#voorstel"
    formulier = inhoud(client, DOELEN + weg.partition("#")[0]).deel("Stel een doel voor")
    assert formulier.waarden["streefwaarde"] == "55"
    assert formulier.knop("Stel dit doel opnieuw voor").kan
    client.post(DOELEN, formulier.waarden | {"streefwaarde": "50"})
    doel.refresh_from_db()
    assert (doel.staat, doel.streefwaarde) == (Staat.INGEDIEND, 50)
