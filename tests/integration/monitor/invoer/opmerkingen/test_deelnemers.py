"""Who may read what was said about a thing: exactly who may read the concept of it."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

import pytest

from accounts.models import Rolvervulling, User
from accounts.rollen import ROLLEN, Recht
from monitor.invoer.opmerkingen.deelnemers import lees_deelnemers
from monitor.invoer.opmerkingen.selectors import plek_bij
from monitor.models import Eigenaarschap, Indicator, Meting
from monitor.selectors import get_metingen, leest_opmerkingen, schrijft_opmerkingen
from tests.factories import (
    BezettingFactory,
    IndicatorFactory,
    MetingFactory,
    MonitorregelFactory,
    UserFactory,
    maak_persoon,
)
from tests.integration.monitor.invoer.opmerkingen.opstelling import maak_wereld, zeg

pytestmark = pytest.mark.django_db
VANDAAG = date(2025, 11, 1)
WAAR: dict[str, list[dict[str, str]]] = {
    "districtschef": [{"onderdeel_code": "A"}, {"onderdeel_code": "B"}],
    "portefeuillehouder": [{"thema_slug": "proefthema"}, {"thema_slug": "elders"}],
    "analist": [{}, {"onderdeel_code": "B"}],
}
VERVULLINGEN = [(rol, waar) for rol in ROLLEN for waar in WAAR.get(rol, [{}])]
SOORTEN: list[dict[str, Any]] = [{}, {"personeel": True}, {"gevoelig": True}]


def _persoon(*vervullingen: tuple[str, dict[str, str]]) -> User:
    user = UserFactory()
    for rol, waar in vervullingen:
        Rolvervulling.objects.create(user=user, rol=rol, **waar)
    return user


@pytest.mark.parametrize("aantal", [1, 2])
def test_bij_een_waarde_leest_wie_het_concept_leest(aantal: int) -> None:
    """Every role and every pair of roles, over every kind of value and place; the oracle is the page of values."""
    onderdelen = maak_wereld().onderdelen
    metingen: list[Meting] = []
    for velden in SOORTEN:
        indicator: Indicator = IndicatorFactory(niveau="basisteam", **velden)
        MonitorregelFactory(indicator=indicator, thema__slug="proefthema")
        van = {"indicator": indicator, "wachtend": True}
        metingen += [MetingFactory(onderdeel=onderdelen[code], **van) for code in ("RE07", "A", "A1", "B", "B2")]
    for vervullingen in combinations(VERVULLINGEN, aantal):
        user = _persoon(*vervullingen)
        leest = (
            set(get_metingen(user).filter(staat="ingediend").values_list("pk", flat=True))
            if user.mag(Recht.CONCEPT_LEZEN)
            else set()
        )
        ziet = {meting.pk for meting in metingen if leest_opmerkingen(user, plek_bij(meting))}
        assert ziet == leest & {meting.pk for meting in metingen}, vervullingen


def test_schrijven_doet_wie_eraan_werkt() -> None:
    w = maak_wereld()
    elders = maak_persoon("districtschef", naam="ander", onderdeel="B")
    schrijft = {een.username for een in (w.anna, w.vera, w.chef, w.piet, elders) if schrijft_opmerkingen(een, w.plek)}
    assert schrijft == {"anna", "vera", "chef"}
    assert leest_opmerkingen(w.piet, w.plek)
    assert not leest_opmerkingen(elders, w.plek)
    for rol in ("rvo-lid", "beheerder"):
        assert not leest_opmerkingen(maak_persoon(rol), w.plek)


def test_bij_bezetting_leest_wie_teams_leest() -> None:
    w = maak_wereld()
    b1 = plek_bij(BezettingFactory(onderdeel=w.onderdelen["B1"]))
    wie = [w.anna, w.vera, w.chef, w.piet, maak_persoon("rvo-lid")]
    assert [schrijft_opmerkingen(een, w.bij_bezetting) for een in wie] == [True, True, True, False, False]
    assert [leest_opmerkingen(een, b1) for een in wie] == [True, True, False, False, False]


def test_bij_een_import_leest_de_eigenaar_en_wie_elk_concept_leest() -> None:
    w = maak_wereld()
    elders = maak_persoon("districtschef", naam="ander", onderdeel="B")
    van_chef = w.bij_import(w.chef)
    assert [schrijft_opmerkingen(een, van_chef) for een in (w.chef, w.anna, w.vera, elders)] == [
        True,
        True,
        True,
        False,
    ]
    assert not leest_opmerkingen(w.piet, van_chef)


def test_wie_het_naast_betrokken_is_staat_vooraan() -> None:
    w = maak_wereld()
    for naam in ("zoe", "bas"):
        maak_persoon("analist", naam=naam)
    maak_persoon("rvo-lid", naam="raf")
    uit = UserFactory(username="uit", is_active=False)
    Rolvervulling.objects.create(user=uit, rol="analist")
    zeg(w.plek, User.objects.get(username="zoe"))
    gevonden = [(d.persoon.username, d.aandeel, d.werkt_mee) for d in lees_deelnemers(w.plek, w.anna, VANDAAG)]
    assert gevonden == [
        ("zoe", "schreef hier", True),
        ("vera", "stelt vast", True),
        ("chef", "districtschef", True),
        ("bas", "analist", False),
        ("piet", "portefeuillehouder", False),
    ]
    assert [d.aandeel for d in lees_deelnemers(w.plek, w.vera, VANDAAG)][:2] == ["voerde het in", "schreef hier"]


@pytest.mark.parametrize("voorwerp", ["indicator", "onderdeel", "thema"])
def test_eigenaar_en_vervanger_heten_naar_wat_ze_zijn(voorwerp: str) -> None:
    w = maak_wereld()
    eigenaar, vervanger = (maak_persoon("analist", naam=naam) for naam in ("eva", "vos"))
    waarvan = {
        "indicator": w.indicator,
        "onderdeel": w.onderdelen["A"],  # of a team the owner of its district
        "thema": w.indicator.monitorregels.get().thema,
    }[voorwerp]
    Eigenaarschap.objects.create(persoon=eigenaar, vervanger=vervanger, geldig_vanaf=VANDAAG, **{voorwerp: waarvan})
    aandelen = {d.persoon.username: d.aandeel for d in lees_deelnemers(w.plek, w.anna, VANDAAG)}
    assert (aandelen["eva"], aandelen["vos"]) == ("eigenaar", "vervanger van eva")
