"""Two persons who decide on the same group at the same moment: of each row one wins, the other hears who that was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from accounts.models import User
from common.models import AuditEvent
from common.vaststellen.model import OPENSTAAND, Staat
from monitor.invoer.importeren import services as inlezen
from monitor.models import Meting
from tests.factories import IndicatorFactory, MetingFactory, maak_eenheid, maak_persoon
from tests.integration.monitor.invoer.rassen.tweekamp import Scheidsrechter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("rassen")]
LANG = 20
rondes = pytest.mark.parametrize("ronde", [0, *(pytest.param(n, marks=pytest.mark.chaos) for n in range(1, LANG))])


@pytest.fixture(scope="module")
def scheidsrechter(django_db_setup: None) -> Iterator[Scheidsrechter]:
    scheidsrechter = Scheidsrechter()
    yield scheidsrechter
    scheidsrechter.stop()


@pytest.fixture
def scheids(transactional_db: None, scheidsrechter: Scheidsrechter, monkeypatch: pytest.MonkeyPatch) -> Scheidsrechter:
    monkeypatch.setattr(inlezen, "_vraag_lezen", lambda pk: None)
    for rol, namen in {"analist": ("anna",), "vaststeller": ("vera", "wim")}.items():
        for naam in namen:
            maak_persoon(rol, naam=naam)
    return scheidsrechter


def _groep() -> list[int]:
    onderdelen = maak_eenheid({"A": 9})
    indicator, anna = (
        IndicatorFactory(code="proef", naam="Proef", niveau="basisteam"),
        User.objects.get(username="anna"),
    )
    teams = [onderdelen[f"A{nummer}"] for nummer in range(1, 10)]
    return [MetingFactory(indicator=indicator, onderdeel=o, ingevoerd_door=anna, wachtend=True).pk for o in teams]


@rondes
@pytest.mark.parametrize("reden", [None, "Graag de bron erbij."])
def test_van_elke_rij_wint_er_een_en_de_ander_hoort_wie(scheids: Scheidsrechter, reden: str | None, ronde: int) -> None:
    pks = _groep()
    vera = {"wat": "besluit_groep", "door": "vera", "pks": pks[:6]}
    wim = {"wat": "besluit_groep", "door": "wim", "pks": pks[3:], "reden": reden}
    uit = scheids.race(vera, wim) if ronde % 2 else scheids.race(wim, vera)[::-1]
    assert all(een.gelukt for een in uit), uit
    besluiten = AuditEvent.objects.filter(handeling__in=("vastgesteld", "teruggestuurd"))
    assert Counter(besluiten.values_list("object_id", flat=True)) == Counter(map(str, pks))
    assert not Meting.objects.filter(staat__in=(Staat.INGEDIEND, Staat.CONCEPT)).exists()
    for (gedaan, gemist, fouten), wie, ander, hoeveel in zip(
        (een.waarde for een in uit), ("vera", "wim"), ("wim", "vera"), (6, 6), strict=True
    ):
        assert fouten == []
        assert besluiten.filter(door_naam=wie).count() == gedaan
        assert gedaan + len(gemist) == hoeveel
        assert all(f"door {ander} op" in zin for zin in gemist), gemist
    assert sorted(gedaan for gedaan, _, _ in (een.waarde for een in uit)) == [3, 6]


@rondes
def test_wie_een_rij_terugneemt_houdt_de_andere_niet_tegen(scheids: Scheidsrechter, ronde: int) -> None:
    pks = _groep()
    anna = {"wat": "neemt_terug", "door": "anna", "pk": pks[4]}
    vera = {"wat": "besluit_groep", "door": "vera", "pks": pks}
    terug, vast = scheids.race(anna, vera) if ronde % 2 else scheids.race(vera, anna)[::-1]
    gedaan, gemist, fouten = vast.waarde
    assert (fouten, gedaan) == ([], 8 if terug.gelukt else 9)
    assert ["teruggenomen door anna" in zin for zin in gemist] == [True] * terug.gelukt
    assert Meting.objects.filter(staat=Staat.VASTGESTELD).count() == gedaan


@rondes
def test_wie_een_rij_wijzigt_houdt_de_andere_niet_tegen_en_wat_niemand_zag_geldt_niet(
    scheids: Scheidsrechter, ronde: int
) -> None:
    pks = _groep()
    anna = {"wat": "wijzigt", "door": "anna", "pk": pks[4], "waarde": "4711"}
    vera = {"wat": "besluit_groep", "door": "vera", "pks": pks}
    anders, vast = scheids.race(anna, vera) if ronde % 2 else scheids.race(vera, anna)[::-1]
    gedaan, gemist, fouten = vast.waarde
    assert (fouten, gedaan, len(gemist)) == ([], 9 - len(gemist), anders.gelukt)
    assert Meting.objects.filter(staat=Staat.VASTGESTELD).count() == gedaan
    assert not Meting.objects.filter(staat=Staat.VASTGESTELD, waarde=4711).exists()
    assert Meting.objects.filter(staat=Staat.INGEDIEND, waarde=4711).count() == anders.gelukt


@rondes
def test_twee_die_om_dezelfde_correctie_vragen(scheids: Scheidsrechter, ronde: int) -> None:
    [pk, *_] = _groep()
    besluit = {"wat": "besluit_groep", "door": "vera", "pks": [pk]}
    wacht = {"wat": "besluit_groep", "door": "wim", "pks": []}
    scheids.race(besluit, wacht)
    vraag = {"wat": "vraagt_correctie", "pk": pk}
    uit = scheids.race(vraag | {"door": "vera"}, vraag | {"door": "wim"})
    assert sorted(een.naam for een in uit) == ["Geweigerd", "gelukt"], uit
    assert Meting.objects.filter(staat__in=OPENSTAAND, vervangt=pk).count() == 1
    assert Meting.objects.get(pk=pk).staat == Staat.VASTGESTELD
