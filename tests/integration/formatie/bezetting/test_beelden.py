"""Nothing of a picture moves by what is not its reader's: no dot, no axis, no label, no sentence, no row beside it."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.test import Client

from formatie.models import Districtsformatie, Formatieplan, Onderdeel
from tests.factories import maak_eenheid, maak_persoon
from tests.integration.formatie.personeel import Q1, leg_vast, maak_plan
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
KWARTALEN = (Q1, Q1.volgende())
DISTRICTEN = {"A": 3, "B": 3, "C": 2}
SOORTEN = ("", "os", "nos", "wijkagenten", "aspiranten")
MERK = re.compile(r'data-merk="(\w+)"')
LEZERS = [("rvo-lid", {}), ("portefeuillehouder", {"thema": "x"}), ("districtschef", {"onderdeel": "A"})]


BASIS = {"os": 30, "nos": 8, "aspiranten": 6, "wijkagenten": 7, "wijkagenten_expert": 6}
STAP = {"os": 9, "nos": 3, "aspiranten": 2, "wijkagenten": 1, "wijkagenten_expert": 1}


@pytest.fixture(autouse=True)
def onderdelen() -> dict[str, Onderdeel]:
    gemaakt = maak_eenheid(DISTRICTEN)
    _drukt_totalen(maak_plan(gemaakt), gemaakt)
    return gemaakt


def _meld(onderdelen: dict[str, Onderdeel], van: str, naar: str) -> None:
    """People in every team; from one team to another of every kind some, so that their sum stays the same."""
    teams = sorted(code for code, wat in onderdelen.items() if wat.soort == Onderdeel.Soort.BASISTEAM)
    for nummer, code in enumerate(teams):
        teken = (code == naar) - (code == van)
        for kwartaal in KWARTALEN:
            cijfers = {kolom: basis + nummer + teken * STAP[kolom] for kolom, basis in BASIS.items()}
            leg_vast(onderdelen[code], kwartaal, **cijfers)


def _drukt_totalen(plan: Formatieplan, onderdelen: dict[str, Onderdeel]) -> None:
    teams = DISTRICTEN | {"RE07": sum(DISTRICTEN.values())}
    Districtsformatie.objects.bulk_create(
        Districtsformatie(
            plan=plan, onderdeel=onderdelen[code], soort="totaal", fte=45 * aantal, fte_gedrukt=str(45 * aantal),
            bronregel="1",
        )
        for code, aantal in teams.items()
        if code in onderdelen
    )  # fmt: skip


def _adressen() -> list[str]:
    kwartaal = f"kwartaal={KWARTALEN[-1]}"
    return [
        f"/formatie/?{kwartaal}",
        *(f"/formatie/districten/{d}/?{kwartaal}&soort={s}" for d in "ABC" for s in SOORTEN),
    ]


def _gezien(client: Client) -> list[object]:
    """All a page says and, by the hash of each chart, all that is in its pictures; and each picture as a file."""
    gezien: list[object] = []
    for adres in _adressen():
        antwoord = client.get(adres)
        gezien += [adres, Pagina.van(antwoord).inhoud.tekst, MERK.findall(antwoord.content.decode())]
        bestanden = [client.get(f"{adres}&_figuur={naam}&_formaat=csv") for naam in ("bezet", "verloop")]
        gezien += [bestand.content if bestand.status_code == 200 else None for bestand in bestanden]
    return gezien


def _gezien_met(client: Client, onderdelen: dict[str, Onderdeel], van: str = "", naar: str = "") -> list[object]:
    """What is seen where these people work elsewhere; afterwards nobody works anywhere again."""
    merkpunt = transaction.savepoint()
    _meld(onderdelen, van, naar)
    gezien = _gezien(client)
    transaction.savepoint_rollback(merkpunt)
    return gezien


def _als(rol: str, **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


@pytest.mark.parametrize(("rol", "waar"), LEZERS)
def test_wat_binnen_een_ander_district_beweegt_is_nergens_te_zien(
    rol: str, waar: dict[str, str], onderdelen: dict[str, Onderdeel]
) -> None:
    client = _als(rol, **waar)
    assert _gezien_met(client, onderdelen, "B1", "B2") == _gezien_met(client, onderdelen)


@pytest.mark.parametrize(("rol", "waar"), LEZERS[1:])
def test_wie_geen_ander_district_ziet_merkt_niets_van_wat_daartussen_beweegt(
    rol: str, waar: dict[str, str], onderdelen: dict[str, Onderdeel]
) -> None:
    client = _als(rol, **waar)
    assert _gezien_met(client, onderdelen, "B1", "C1") == _gezien_met(client, onderdelen)


def test_wie_het_wel_mag_zien_ziet_het_ook_in_het_beeld(onderdelen: dict[str, Onderdeel]) -> None:
    client = _als("analist")
    paren = zip(_gezien_met(client, onderdelen)[2::5], _gezien_met(client, onderdelen, "B1", "B2")[2::5], strict=True)
    anders = [adres for adres, (oud, nieuw) in zip(_adressen(), paren, strict=True) if oud != nieuw]
    assert anders[0] == _adressen()[0]
    assert len([adres for adres in anders if "/B/" in adres]) == len(SOORTEN)
    assert not [adres for adres in anders if "/A/" in adres or "/C/" in adres]
