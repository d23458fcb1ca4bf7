"""Two persons at the same moment, for every kind of thing that two persons decide on: exactly one wins."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from accounts.models import User
from common.models import AuditEvent
from common.vaststellen.model import OPENSTAAND, Staat
from monitor.invoer.importeren import services as inlezen
from monitor.models import Afsluiting
from tests.factories import maak_persoon
from tests.integration.monitor.invoer.rassen.tweekamp import Opdracht, Scheidsrechter, Uitkomst
from tests.integration.monitor.invoer.soortproeven import JAAR, PROEVEN, Soortproef, maak_invoerder, maak_wereld

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("rassen")]
Beide = tuple[Uitkomst, Uitkomst]
LANG = 20
VERLIEST = {"Verouderd", "InvoerFout", "Geweigerd", "AlVoorgesteld", "KwartaalGesloten"}


@pytest.fixture(scope="module")
def scheidsrechter(django_db_setup: None) -> Iterator[Scheidsrechter]:
    scheidsrechter = Scheidsrechter()
    yield scheidsrechter
    scheidsrechter.stop()


@pytest.fixture
def scheids(transactional_db: None, scheidsrechter: Scheidsrechter, monkeypatch: pytest.MonkeyPatch) -> Scheidsrechter:
    monkeypatch.setattr(inlezen, "_vraag_lezen", lambda pk: None)
    maak_wereld()
    for invoerder, vaststeller in (("anna", "vera"), ("bas", "wim")):
        maak_invoerder(invoerder)
        maak_persoon("vaststeller", naam=vaststeller)
    invoerders = ("anna", "bas")
    for rol, namen in {
        "analist": invoerders,
        "programmadirecteur": invoerders,
        "vaststeller": ("vera", "wim"),
    }.items():
        for naam in namen:
            maak_persoon(rol, naam=naam)
    return scheidsrechter


def _wachtend(proef: Soortproef) -> int:
    proef.dien_in(User.objects.get(username="anna"), 1, JAAR)
    return int(proef.soort.wachtend().get().pk)


def _twee_vaststellers(soort: str) -> tuple[Opdracht, Opdracht]:
    wat = {"wat": "stelt_vast", "soort": soort, "pk": _wachtend(PROEVEN[soort])}
    return wat | {"door": "vera"}, wat | {"door": "wim"}


def _terug_tegen_vast(soort: str) -> tuple[Opdracht, Opdracht]:
    wat = {"soort": soort, "pk": _wachtend(PROEVEN[soort])}
    return wat | {"wat": "neemt_terug", "door": "anna"}, wat | {"wat": "stelt_vast", "door": "vera"}


def _twee_invoerders(soort: str) -> tuple[Opdracht, Opdracht]:
    wat = {"wat": "dient_soort_in", "soort": soort}
    return wat | {"door": "anna", "waarde": 0}, wat | {"door": "bas", "waarde": 1}


def _sluiten_tegen_indienen(soort: str) -> tuple[Opdracht, Opdracht]:
    invoer = {"wat": "dient_soort_in", "soort": soort, "door": "anna", "waarde": 1}
    return {"wat": "sluit", "door": "vera", "jaar": JAAR}, invoer


def _een_besluit(proef: Soortproef, uit: Beide) -> None:
    """Decided once, or taken back and not decided on."""
    naam = proef.soort.model._meta.model_name
    sporen = AuditEvent.objects.filter(object_soort=naam).values_list("handeling", flat=True)
    besluiten = [een for een in sporen if een in ("vastgesteld", "teruggenomen", "ingetrokken")]
    vastgesteld = proef.soort.model.objects.filter(staat=Staat.VASTGESTELD).count()
    assert len(besluiten) == 1
    assert vastgesteld == (besluiten == ["vastgesteld"])


def _een_open(proef: Soortproef, uit: Beide) -> None:
    rij = proef.soort.model.objects.get(staat__in=OPENSTAAND)
    naam, waarde = (("anna", 0), ("bas", 1))[[u.gelukt for u in uit].index(True)]
    assert (rij.ingevoerd_door.username, proef.waarde(rij)) == (naam, waarde)


def _dicht_of_erin(proef: Soortproef, uit: Beide) -> None:
    erin = proef.soort.model.objects.filter(staat__in=OPENSTAAND).exists()
    assert (Afsluiting.objects.exists(), erin) == (uit[0].gelukt, uit[1].gelukt)


RASSEN: dict[str, tuple[Callable[[str], tuple[Opdracht, Opdracht]], Callable[[Soortproef, Beide], None]]] = {
    "vaststellen tegen vaststellen": (_twee_vaststellers, _een_besluit),
    "terugnemen tegen vaststellen": (_terug_tegen_vast, _een_besluit),
    "indienen tegen indienen": (_twee_invoerders, _een_open),
    "sluiten tegen indienen": (_sluiten_tegen_indienen, _dicht_of_erin),
}


@pytest.mark.parametrize("ronde", [0, *(pytest.param(nummer, marks=pytest.mark.chaos) for nummer in range(1, LANG))])
@pytest.mark.parametrize("naam", RASSEN)
@pytest.mark.parametrize("soort", [soort for soort in PROEVEN if soort != "meting"])  # that one is in test_rassen
def test_er_is_bij_elke_soort_precies_een_winnaar(scheids: Scheidsrechter, soort: str, naam: str, ronde: int) -> None:
    zet_klaar, bekijk = RASSEN[naam]
    een, ander = zet_klaar(soort)
    uit = scheids.race(een, ander) if ronde % 2 else scheids.race(ander, een)[::-1]
    beide = naam == "sluiten tegen indienen" and not PROEVEN[soort].van_kwartaal  # a closed quarter holds it not up
    assert sorted(u.gelukt for u in uit) == [beide, True], uit
    assert {u.naam for u in uit if not u.gelukt} <= VERLIEST, uit
    bekijk(PROEVEN[soort], uit)
