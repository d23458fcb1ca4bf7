"""Districts with few people in an indicator about staff: away for a whole year, with as many others as it takes.

Every figure is one that occurs nowhere else, so that page, figure, file and API can be searched for it as text.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from monitor.dashboards.indicator.weergave import Weergave
from monitor.models import Doelbereik, Indicator
from monitor.rekenen.herberekenen import herbereken
from monitor.zicht import alleen_zichtbaar, get_te_klein
from tests.factories import MetingFactory, MonitorregelFactory, maak_eenheid, maak_persoon
from tests.figuren import figuur_van
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
DISTRICTEN = ("A", "B", "C", "D", "E")
Q1, Q2 = Kwartaal(2025, 1), Kwartaal(2025, 2)
PAGINA = "/indicatoren/ziek/"
Cijfers = tuple[tuple[int, int], tuple[int, int]]
# teller and noemer per district in Q1 and Q2; C is small in Q2 only
CIJFERS = {
    "A": ((31, 401), (32, 403)),
    "B": ((41, 409), (43, 419)),
    "C": ((37, 421), (2, 431)),
    "D": ((17, 433), (19, 439)),
    "E": ((53, 443), (59, 449)),
}


@pytest.fixture
def onderdelen() -> dict[str, Onderdeel]:
    return maak_eenheid(dict.fromkeys(DISTRICTEN, 1))


def _meet(onderdelen: dict[str, Onderdeel], anders: dict[str, Cijfers] | None = None, **velden: object) -> Indicator:
    """An indicator about staff with these figures; of some districts others."""
    naam = {"code": "ziek", "niveau": "district", "personeel": True, "percentage": True} | velden
    indicator = MonitorregelFactory(**{f"indicator__{veld}": waarde for veld, waarde in naam.items()}).indicator
    for code, perioden in (CIJFERS | (anders or {})).items():
        for kwartaal, (teller, noemer) in enumerate(perioden, 1):
            _meting(indicator, onderdelen[code], 2025, kwartaal, teller, noemer)
    herbereken(vandaag=Q2.volgende().einde())
    return indicator


def _meting(indicator: Indicator, onderdeel: Onderdeel, jaar: int, kwartaal: int, teller: int, noemer: int) -> None:
    MetingFactory(
        indicator=indicator, onderdeel=onderdeel, jaar=jaar, kwartaal=kwartaal, waarde=None, teller=Decimal(teller),
        noemer=Decimal(noemer),
    )  # fmt: skip


def _zichtbaar(user: User, jaar: int = 2025, kwartaal: int = 1) -> set[str]:
    rijen = alleen_zichtbaar(Doelbereik.objects.filter(jaar=jaar, kwartaal=kwartaal, noemer__gt=0), user)
    return set(rijen.values_list("onderdeel__code", flat=True))


def _weg(user: User, indicator: Indicator, jaar: int = 2025) -> set[str]:
    pks = get_te_klein(user).get((indicator.pk, jaar), set())
    return set(Onderdeel.objects.filter(pk__in=pks).values_list("code", flat=True))


def test_een_klein_district_is_het_hele_jaar_weg_met_een_ander_en_de_eenheid_blijft(onderdelen) -> None:
    indicator, lid = _meet(onderdelen), maak_persoon("rvo-lid")
    weg = _weg(lid, indicator)
    assert "C" in weg
    assert 2 <= len(weg) < len(DISTRICTEN)
    for kwartaal in (1, 2):  # in Q1 nothing of C is small
        assert _zichtbaar(lid, kwartaal=kwartaal) == {"RE07", *DISTRICTEN} - weg


def test_de_eenheid_min_de_andere_geeft_geen_klein_aantal(onderdelen) -> None:
    """What a reader can add up of what stays away: in no quarter a small teller or a small rest."""
    weg = _weg(maak_persoon("rvo-lid"), _meet(onderdelen))
    for nummer in (0, 1):
        teller = sum(CIJFERS[code][nummer][0] for code in weg)
        rest = sum(CIJFERS[code][nummer][1] - CIJFERS[code][nummer][0] for code in weg)
        assert min(teller, rest) >= settings.KLEINSTE_AANTAL


def test_een_kleine_rest_verraadt_evenveel_als_een_kleine_teller(onderdelen) -> None:
    indicator = _meet(onderdelen, {"C": ((37, 421), (429, 431))})
    assert "C" in _weg(maak_persoon("rvo-lid"), indicator)


def test_een_ander_jaar_en_een_ander_soort_indicator_staan_er_los_van(onderdelen) -> None:
    indicator = _meet(onderdelen)
    for code in DISTRICTEN:
        _meting(indicator, onderdelen[code], 2024, 1, 40, 400)
    herbereken(vandaag=Q2.volgende().einde())
    lid = maak_persoon("rvo-lid")
    assert _weg(lid, indicator, 2024) == set()
    assert _zichtbaar(lid, 2024) == {"RE07", *DISTRICTEN}
    Indicator.objects.filter(pk=indicator.pk).update(personeel=False)
    assert _zichtbaar(lid) == {"RE07", *DISTRICTEN}


@pytest.mark.parametrize(
    ("rol", "waar", "ziet"),
    [
        ("analist", {}, {"RE07", *DISTRICTEN}),
        ("vaststeller", {}, {"RE07", *DISTRICTEN}),
        ("districtschef", {"onderdeel": "C"}, {"RE07", "C"}),
        ("districtschef", {"onderdeel": "D"}, {"RE07", "D"}),
        ("portefeuillehouder", {"thema": "x"}, {"RE07"}),
        ("beheerder", {}, set()),
    ],
)
def test_wie_de_kleine_aantallen_mag_lezen_houdt_die(onderdelen, rol: str, waar: dict, ziet: set[str]) -> None:
    _meet(onderdelen)
    assert _zichtbaar(maak_persoon(rol, **waar)) == ziet


@pytest.mark.parametrize("rol", ["analist", "vaststeller", "rvo-lid"])
def test_wat_gevoelig_is_staat_voor_niemand_onder_de_eenheid(onderdelen, rol: str) -> None:
    _meet(onderdelen, gevoelig=True)
    assert _zichtbaar(maak_persoon(rol)) == {"RE07"}


def _procent(code: str, kwartaal: int) -> str:
    teller, noemer = CIJFERS[code][kwartaal - 1]
    return f"{round(Decimal(100 * teller) / noemer, 1)}".replace(".", ",")


def _haal(client: Client, adres: str) -> str:
    antwoord = client.get(adres)
    assert antwoord.status_code == 200, adres
    return (b"".join(antwoord) if antwoord.streaming else antwoord.content).decode("utf-8-sig")


def test_pagina_figuur_bestand_en_koppeling_zijn_het_eens(onderdelen) -> None:
    indicator = _meet(onderdelen)
    assert len({_procent(code, 1) for code in DISTRICTEN}) == len(DISTRICTEN)
    for rol, waar in (("rvo-lid", {}), ("analist", {}), ("districtschef", {"onderdeel": "C"})):
        user, client = maak_persoon(rol, **waar), Client()
        client.force_login(user)
        ziet = _zichtbaar(user) - {"RE07"}
        adressen = [f"{PAGINA}?kwartaal={Q1}&weergave={weergave}" for weergave in Weergave]
        paginas = [_haal(client, adres) for adres in adressen]
        figuren = [figuur_van(client, adres) for adres in adressen]
        bestand = _haal(client, f"{PAGINA}?kwartaal={Q1}&_export=csv&_tabel=onderdelen")
        assert {figuur.status_code for figuur in figuren} == {200}
        pagina, figuur = "".join(paginas), "".join(figuur.content.decode() for figuur in figuren)
        rijen = [rij for tekst in paginas for tabel in Pagina.van(tekst).tabellen for rij in tabel.rijen]
        for code in DISTRICTEN:
            assert (f"{_procent(code, 1)}" in bestand) is (code in ziet), (rol, code)
            cijfers = {f"{_procent(code, 1)}%", _procent(code, 1)}
            assert any(cijfers & set(rij.cellen) for rij in rijen) is (code in ziet), (rol, code)
            # raw for who may not see it: not beside a table, in a drawing or in an attribute either
            merken = (f"{_procent(code, 1)}%", f">{_procent(code, 1)}<")
            assert code in ziet or not any(merk in pagina for merk in merken), (rol, code)
            assert (f"{_procent(code, 1)}%" in figuur) is (f"Onderdeel {code}" in figuur) is (code in ziet), (rol, code)
        for soort in ("doelbereik", "metingen"):
            gevonden = client.get(f"/api/v1/{soort}?indicator={indicator.code}&perPagina=100").json()["resultaten"]
            assert {rij["onderdeel"] for rij in gevonden if rij["kwartaal"] == 1} - {"RE07"} == ziet, (rol, soort)


def test_drie_kleine_districten_dekken_elkaar_niet_vanzelf(onderdelen) -> None:
    """2 and 1 and 1 are 4: with only these away the unit would still give a small number."""
    klein = {code: (CIJFERS[code][0], (1, 439)) for code in "DE"}
    weg = _weg(maak_persoon("rvo-lid"), _meet(onderdelen, klein))
    assert {"C", "D", "E"} < weg
