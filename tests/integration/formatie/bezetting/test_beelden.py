"""Nothing of a picture moves by what is not its reader's: no dot, no axis, no label, no sentence, no row beside it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.db.models import F
from django.test import Client

from formatie.models import Bezetting, Districtsformatie, Formatieplan, Onderdeel
from tests.factories import maak_eenheid, maak_persoon
from tests.integration.formatie.personeel import Q1, leg_vast, maak_plan
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
KWARTALEN = (Q1, Q1.volgende())
DISTRICTEN = {"A": 3, "B": 3, "C": 2}
SOORTEN = ("", "os", "nos", "wijkagenten", "aspiranten")
MERK = re.compile(r'data-merk="(\w+)"')
LEZERS = [("rvo-lid", {}), ("portefeuillehouder", {"thema": "x"}), ("districtschef", {"onderdeel": "A"})]


@pytest.fixture(autouse=True)
def _opstelling() -> None:
    onderdelen = maak_eenheid(DISTRICTEN)
    plan = maak_plan(onderdelen)
    _drukt_totalen(plan, onderdelen)
    for nummer, (code, team) in enumerate(sorted(onderdelen.items())):
        for kwartaal in KWARTALEN if team.soort == Onderdeel.Soort.BASISTEAM else ():
            leg_vast(team, kwartaal, os=30 + nummer, nos=8, aspiranten=6, wijkagenten=7, wijkagenten_expert=6)
            assert code


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
        gezien += [client.get(f"{adres}&_figuur={naam}&_formaat=csv").content for naam in ("bezet", "verloop")]
    return gezien


def _verplaats(van: str, naar: str) -> None:
    """Of every kind of people some, so that nothing changes in the sum of these two teams."""
    kolommen = {"os": 9, "nos": 3, "aspiranten": 2, "wijkagenten": 1, "wijkagenten_expert": 1}
    for team, teken in ((van, -1), (naar, 1)):
        anders = {kolom: F(kolom) + Decimal(teken * aantal) for kolom, aantal in kolommen.items()}
        assert Bezetting.objects.filter(onderdeel__code=team).update(**anders) == len(KWARTALEN)


@pytest.mark.parametrize(("rol", "waar"), LEZERS)
def test_wat_binnen_een_ander_district_beweegt_is_nergens_te_zien(rol: str, waar: dict[str, str]) -> None:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    eerst = _gezien(client)
    _verplaats("B1", "B2")
    assert _gezien(client) == eerst


@pytest.mark.parametrize(("rol", "waar"), LEZERS[1:])
def test_wie_geen_ander_district_ziet_merkt_niets_van_wat_daartussen_beweegt(rol: str, waar: dict[str, str]) -> None:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    eerst = _gezien(client)
    _verplaats("B1", "C1")
    assert _gezien(client) == eerst


def test_wie_het_wel_mag_zien_ziet_het_ook_in_het_beeld() -> None:
    client = Client()
    client.force_login(maak_persoon("analist"))
    eerst = _gezien(client)
    _verplaats("B1", "B2")
    anders = [
        adres for adres, oud, nieuw in zip(_adressen(), eerst[2::5], _gezien(client)[2::5], strict=True) if oud != nieuw
    ]
    assert anders[0] == _adressen()[0]
    assert len([adres for adres in anders if "/B/" in adres]) == len(SOORTEN)
    assert not [adres for adres in anders if "/A/" in adres or "/C/" in adres]
