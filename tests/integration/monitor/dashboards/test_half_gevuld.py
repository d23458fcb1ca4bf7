"""A figure about people that is not of every part yet: along no road for who may not read its parts."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from formatie.models import Onderdeel
from monitor.invoer.voorstellen.definitiebladen.opbouw import get_opbouw
from monitor.models import Doelstelling, Indicator
from monitor.rekenen.herberekenen import herbereken
from tests.factories import (
    AgendaFactory,
    DoelstellingFactory,
    GemeenteFactory,
    MetingFactory,
    MonitorregelFactory,
    maak_eenheid,
    maak_gebied,
    maak_persoon,
)
from tests.figuren import figuur_van
from tests.integration.monitor.dashboards.verleden import stel_klok

pytestmark = pytest.mark.django_db
VANDAAG = date(2025, 11, 23)
DISTRICTEN = ("A", "B", "C", "D")
LEZERS = (("rvo-lid", {}), ("portefeuillehouder", {"thema": "x"}), ("districtschef", {"onderdeel": "D"}))
WEGEN = (
    "/", "/indicatoren/?kwartaal=2025-Q3", "/indicatoren/?kwartaal=2025-Q3&_export=csv",
    "/indicatoren/ziek/?kwartaal=2025-Q3", "/indicatoren/ziek/?kwartaal=2025-Q3&_figuur=figuur-ziek&_formaat=csv",
    "/indicatoren/ziek/?kwartaal=2025-Q3&_export=csv&_tabel=onderdelen",
    "/indicatoren/ziek/?kwartaal=2025-Q3&_export=csv&_tabel=kwartalen",
    "/indicatoren/ziek/?kwartaal=2025-Q3&_export=csv&_tabel=metingen",
    "/indicatoren/ziek/oordeel/?kwartaal=2025-Q3", "/api/v1/doelbereik?indicator=ziek",
    "/indicatoren/ziek/?kwartaal=2025-Q3&peildatum=2025-11-22",
    "/api/v1/doelbereik?indicator=ziek&peildatum=2025-11-22", "/api/v1/metingen?indicator=ziek",
    "/onderdelen/A/?kwartaal=2025-Q3", "/onderdelen/A1/?kwartaal=2025-Q3",
    "/onderdelen/B/?kwartaal=2025-Q3&_export=csv",
    "/onderdelen/A/?kwartaal=2025-Q3&peildatum=2025-11-22", "/gemeenten/?kwartaal=2025-Q3",
    "/gemeenten/schiedam/?kwartaal=2025-Q3", "/gemeenten/schiedam/?kwartaal=2025-Q3&_export=csv",
    "/api/v1/reeksen?indicator=ziek", "/api/v1/reeksen?indicator=ziek&peildatum=2025-11-22",
)  # fmt: skip
MERKEN = ("37,1", "37.1", "371", "23,5", "23.5", "235.0000")
"""37,1 is 371 of 1.000 people of A; 23,5 is 47 of the 200 of B."""
ZIN = "Nog niet van alle districten; het cijfer komt als alle 4 er zijn."


@pytest.fixture
def onderdelen(monkeypatch: pytest.MonkeyPatch) -> dict[str, Onderdeel]:
    AgendaFactory()
    gemaakt = maak_eenheid(dict.fromkeys(DISTRICTEN, 1))
    ziek = MonitorregelFactory(
        indicator__code="ziek", indicator__niveau="district", indicator__personeel=True, indicator__percentage=True,
        indicator__richting="lager",
    ).indicator  # fmt: skip
    DoelstellingFactory(
        indicator=ziek, onderdeel=gemaakt["RE07"], soort=Doelstelling.Soort.MAXIMUM, streefwaarde=6, marge=1
    )
    maak_gebied(GemeenteFactory(slug="schiedam"), "A1")
    stel_klok(monkeypatch, VANDAAG)
    return gemaakt


def _lever(onderdeel: Onderdeel, teller: int, noemer: int, jaar: int = 2025, kwartaal: int = 3) -> None:
    MetingFactory(
        indicator=Indicator.objects.get(code="ziek"), onderdeel=onderdeel, jaar=jaar, kwartaal=kwartaal, waarde=None,
        teller=teller, noemer=noemer,
    )  # fmt: skip
    herbereken(vandaag=VANDAAG)


def _client(rol: str, **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


def _lees(client: Client, adres: str) -> str:
    antwoord = client.get(adres)
    assert antwoord.status_code == 200, adres
    inhoud = b"".join(antwoord) if antwoord.streaming else antwoord.content
    return str(inhoud.decode("utf-8-sig"))


@pytest.mark.parametrize(("rol", "waar"), LEZERS)
@pytest.mark.parametrize("geleverd", [1, 2])
def test_langs_geen_weg_staat_wat_niet_van_alle_delen_is(onderdelen, rol: str, waar: dict, geleverd: int) -> None:
    for code, teller, noemer in (("A", 371, 1000), ("B", 47, 200))[:geleverd]:
        _lever(onderdelen[code], teller, noemer)
    client = _client(rol, **waar)
    for adres in WEGEN:
        tekst = _lees(client, adres)
        gevonden = [merk for merk in (*MERKEN, "34,8", "34.8", "418") if f">{merk}" in tekst or f'"{merk}' in tekst]
        assert not gevonden, (adres, gevonden)
    assert _lees(client, "/indicatoren/ziek/?kwartaal=2025-Q3").count(ZIN) > 1  # beside the figure, and the quarters
    assert ZIN in figuur_van(client, "/indicatoren/ziek/?kwartaal=2025-Q3").json()["titel"]
    [rij] = client.get("/api/v1/doelbereik?indicator=ziek&onderdeel=RE07&kwartaal=3").json()["resultaten"]
    assert (rij["waarde"], rij["cumulatief"], rij["stand"]) == (None, None, "niet_van_alle")
    assert rij["reden"].startswith(ZIN)


def test_wie_de_delen_leest_leest_ook_de_halve_som(onderdelen) -> None:
    _lever(onderdelen["A"], 371, 1000)
    [rij] = _client("analist").get("/api/v1/doelbereik?indicator=ziek&onderdeel=RE07&kwartaal=3").json()["resultaten"]
    assert (rij["cumulatief"], rij["stand"]) == ("37.1", "geleverd")


def test_zijn_alle_delen_er_dan_staat_het_cijfer_er(onderdelen) -> None:
    for code in DISTRICTEN:
        _lever(onderdelen[code], 50, 1000)
    [rij] = _client("rvo-lid").get("/api/v1/doelbereik?indicator=ziek&onderdeel=RE07&kwartaal=3").json()["resultaten"]
    assert (rij["waarde"], rij["stand"]) == ("5", "geleverd")


def test_ook_in_een_jaar_waarin_niemand_hoeft_te_leveren(onderdelen) -> None:
    """There the parts that delivered are all that is asked; what exists says that there are more."""
    _lever(onderdelen["A"], 371, 1000, jaar=2023)
    vraag = "/api/v1/doelbereik?indicator=ziek&onderdeel=RE07&jaar=2023&kwartaal=3"
    for rol, waar in LEZERS:
        [rij] = _client(rol, **waar).get(vraag).json()["resultaten"]
        assert (rij["cumulatief"], rij["stand"]) == (None, "niet_van_alle")
        assert rij["reden"].startswith(ZIN)


def test_een_half_kwartaal_sluit_ook_het_jaar_tot_en_met_het_volgende(onderdelen) -> None:
    _lever(onderdelen["A"], 371, 1000, kwartaal=1)
    for code in DISTRICTEN:
        _lever(onderdelen[code], 50, 1000, kwartaal=2)
    rijen = _client("rvo-lid").get("/api/v1/doelbereik?indicator=ziek&onderdeel=RE07&jaar=2025").json()["resultaten"]
    assert {rij["cumulatief"] for rij in rijen} == {None}


def test_ook_hoe_de_jaren_zich_opbouwden_is_er_pas_als_alle_delen_er_zijn(onderdelen) -> None:
    instroom = MonitorregelFactory(
        indicator__code="instroom", indicator__niveau="district", indicator__personeel=True
    ).indicator
    DoelstellingFactory(
        indicator=instroom, onderdeel=onderdelen["RE07"], soort=Doelstelling.Soort.JAARVOLUME, streefwaarde=90
    )
    for kwartaal in range(1, 5):  # of a year in which nothing is asked, so that nothing seems to be missing
        MetingFactory(indicator=instroom, onderdeel=onderdelen["A"], jaar=2024, kwartaal=kwartaal, waarde=10 * kwartaal)
    herbereken(vandaag=VANDAAG)
    assert get_opbouw(maak_persoon("analist"), instroom).delen
    assert not get_opbouw(maak_persoon("rvo-lid"), instroom).delen
