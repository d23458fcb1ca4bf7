"""The ladder in the database: the same for a page, a meeting and the trail, each step written once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pgtrigger
import pytest
from django.test import Client

from accounts.models import User
from common.models import AuditEvent
from common.vaststellen.model import Staat
from monitor.dashboards.keuze import bepaal
from monitor.invoer.vaststellen.services import stuur_terug
from monitor.invoer.vaststellen.soorten import DUIDING
from monitor.invoer.werklijst.punten import Bezigheid
from monitor.invoer.werklijst.takenlijst import lees_takenlijst
from monitor.models import Doelbereik, Indicator, Meting
from sturing.duiding.bijhouden import ERAF, HOGER, LAGER, houd_ladder_bij
from sturing.duiding.overzicht import lees_ladderbeeld
from sturing.duiding.services import dien_duiding_in
from sturing.duiding.tasks import neem_stappen
from sturing.lezen.duidingen import get_vastgesteld
from sturing.lezen.ladder import Laddercijfers, get_laddersporen
from sturing.models import Duiding
from sturing.regels.ladder import Trede
from tests.databaserol import als_superuser
from tests.factories import AfsluitingFactory, EigenaarschapFactory, maak_persoon
from tests.integration.monitor.dashboards.opstelling import VANDAAG, maak_monitor
from tests.integration.sturing.duiding.opstelling import HERKOMST, OP, Q3, cellen, dien_in, neem_aan, plek
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
KWARTAAL = "?kwartaal=2025-Q3"
DAG = datetime(2025, 11, 23, 6, tzinfo=UTC)


@pytest.fixture(autouse=True, scope="module")
def _monitor(gedeelde_stand: None) -> None:
    maak_monitor({"A": 1, "B": 1})


@pytest.fixture(autouse=True)
def anna() -> User:
    return maak_persoon("analist", naam="anna")


def _zet(oordeel: str, kwartalen: tuple[int, ...] = (3,), onderdeel: str = "RE07", code: str = "verdachten") -> None:
    rijen = Doelbereik.objects.filter(indicator__code=code, onderdeel__code=onderdeel, jaar=2025)
    rijen.filter(kwartaal__in=kwartalen).update(oordeel=oordeel)


def _treden(user: User | None) -> dict[str, Trede]:
    punten = Laddercijfers.lees(VANDAAG).van_eenheid(user)
    return {punt.indicator.code: punt.stand.trede for punt in punten if punt.stand.trede}


def _sporen() -> list[tuple[str, str, Any, Any]]:
    sporen = get_laddersporen().order_by("pk")
    return [(een.object_id, een.handeling, een.van["trede"], een.naar["trede"]) for een in sporen]


def test_een_vergadering_leest_wat_op_de_pagina_staat(anna: User) -> None:
    _zet("achter", (1, 2, 3))
    beeld = lees_ladderbeeld(bepaal(anna, "2025-Q3", VANDAAG))
    op_pagina = {rij.regel.code: rij.trede for rij in beeld.regels}
    assert op_pagina == _treden(anna)
    assert op_pagina["verdachten"] is Trede.RVO
    assert Laddercijfers.lees(VANDAAG).van_eenheid(maak_persoon("beheerder", naam="bea")) == []


def test_elke_stap_staat_een_keer_in_het_spoor(anna: User) -> None:
    eerste = houd_ladder_bij(DAG)
    assert eerste == len(_treden(None)) > 0
    assert ("verdachten", HOGER, 0, 1) in _sporen()
    assert houd_ladder_bij(DAG) == 0
    aantal = AuditEvent.objects.filter(object_soort="ladder").count()
    assert aantal + neem_stappen() == get_laddersporen().count()


def test_hoger_lager_en_eraf(anna: User) -> None:
    houd_ladder_bij(DAG)
    _zet("achter", (2, 3))
    houd_ladder_bij(DAG)
    _zet("achter", (1, 2, 3))
    houd_ladder_bij(DAG)
    _zet("op_koers", (2,))
    houd_ladder_bij(DAG)
    _zet("op_koers", (3,))
    houd_ladder_bij(DAG)
    van_verdachten = [(hoe, van, naar) for code, hoe, van, naar in _sporen() if code == "verdachten"]
    assert van_verdachten == [(HOGER, 0, 1), (HOGER, 1, 2), (HOGER, 2, 3), (LAGER, 3, 1), (ERAF, 1, 0)]
    laatste = get_laddersporen().filter(object_id="verdachten")[0]
    assert (laatste.door_id, laatste.door_naam) == (None, "het systeem")
    assert (laatste.naar or {})["kwartaal"] == "2025-Q3"


def test_de_stappen_staan_op_de_pagina_voor_wie_het_cijfer_heel_leest(client: Client, anna: User) -> None:
    houd_ladder_bij(DAG)
    client.force_login(maak_persoon("rvo-lid", naam="rob"))
    pagina = Pagina.van(client.get("/ladder/?kwartaal=2025-Q3"))
    assert pagina.heeft("Verdachten: hoger op de ladder gezet (trede 1: de eigenaar), na Q3 2025.")
    Indicator.objects.filter(code="verdachten").update(gevoelig=True, niveau="basisteam")
    assert not Pagina.van(client.get("/ladder/?kwartaal=2025-Q3")).heeft("Verdachten: hoger")


def _wat_wacht(user: User) -> dict[str, str]:
    punten = lees_takenlijst(User.objects.get(pk=user.pk), VANDAAG).punten
    return {punt.naam: punt.stand for punt in punten if punt.groep.bezigheid is Bezigheid.DUIDEN}


VERDACHTEN = "Verdachten, RE07 Onderdeel RE07"


def test_wat_van_niemand_is_wordt_aan_ieder_gevraagd_die_mag(anna: User) -> None:
    assert _wat_wacht(anna)[VERDACHTEN] == "trede 1 van de ladder, 1 kwartaal van koers, sinds Q3 2025"
    assert VERDACHTEN in _wat_wacht(maak_persoon("portefeuillehouder", naam="ops", thema="opsporing"))
    assert VERDACHTEN not in _wat_wacht(maak_persoon("portefeuillehouder", naam="wijk", thema="wijk"))
    assert _wat_wacht(maak_persoon("vaststeller", naam="vera")) == {}


def test_een_eigenaar_is_de_enige_die_het_hoort(anna: User) -> None:
    bas = maak_persoon("analist", naam="bas")
    EigenaarschapFactory(persoon=bas, indicator=Indicator.objects.get(code="verdachten"))
    assert VERDACHTEN in _wat_wacht(bas)
    assert VERDACHTEN not in _wat_wacht(anna)
    User.objects.filter(pk=bas.pk).update(is_active=False)
    assert VERDACHTEN in _wat_wacht(anna)


def test_wat_in_een_district_van_koers_ligt_is_van_de_chef(anna: User) -> None:
    a, b = (maak_persoon("districtschef", naam=f"chef-{code}", onderdeel=code) for code in "AB")
    _zet("achter", onderdeel="A", code="aanrijdtijd")
    assert list(_wat_wacht(a)) == ["Aanrijdtijd, A Onderdeel A"]
    assert not any(naam.startswith("Aanrijdtijd") for naam in _wat_wacht(b))
    assert not any(", A " in naam for naam in _wat_wacht(anna))
    dien_duiding_in(plek(Q3, "A", "aanrijdtijd"), cellen(a), door=a, herkomst=HERKOMST, op=OP)
    assert _wat_wacht(a) == {}


def test_ingediend_vastgesteld_of_terug_wacht_niet_als_nieuw(anna: User) -> None:
    bas, vera = maak_persoon("analist", naam="bas"), maak_persoon("vaststeller", naam="vera")
    rij = dien_in(anna)
    assert VERDACHTEN not in _wat_wacht(anna)
    stuur_terug(DUIDING, [rij], door=vera, reden="Wie?", herkomst=HERKOMST)
    assert VERDACHTEN not in _wat_wacht(bas)
    soorten = [punt.groep.bezigheid for punt in lees_takenlijst(User.objects.get(pk=anna.pk), VANDAAG).punten]
    assert Bezigheid.TERUG in soorten
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert VERDACHTEN in _wat_wacht(bas)  # who it came back to is gone
    opnieuw = dien_in(bas)
    neem_aan(opnieuw)
    assert VERDACHTEN not in _wat_wacht(bas)
    assert Duiding.objects.get().staat == Staat.VASTGESTELD


def test_van_een_gesloten_kwartaal_wordt_niets_gevraagd(anna: User) -> None:
    AfsluitingFactory(jaar=2025, kwartaal=3)
    assert _wat_wacht(anna) == {}


def test_wie_het_cijfer_niet_heel_leest_wordt_niets_gevraagd_en_leest_geen_duiding(client: Client, anna: User) -> None:
    """Of people, and not of every part yet: the others read neither the figure nor what is said about it."""
    neem_aan(dien_in(anna))
    Indicator.objects.filter(code="verdachten").update(personeel=True, niveau="basisteam")
    rijen = Doelbereik.objects.filter(indicator__code="verdachten", onderdeel__code="RE07")
    rijen.update(moet_leveren=4, geleverd=1, oordeel="achter")
    with als_superuser(), pgtrigger.ignore("monitor.Meting:niet_verwijderen"):
        Meting.objects.filter(indicator__code="verdachten").delete()  # it is only added up
    houder = maak_persoon("portefeuillehouder", naam="ops", thema="opsporing")
    assert "verdachten" in _treden(anna)
    assert "verdachten" not in _treden(houder)
    assert (len(get_vastgesteld(anna)), get_vastgesteld(houder)) == (1, [])
    client.force_login(houder)
    for adres in ("/indicatoren/verdachten/", "/indicatoren/verdachten/duiding/", "/ladder/", "/api/v1/duidingen"):
        assert "Te weinig mensen." not in client.get(f"{adres}{KWARTAAL}").content.decode(), adres
    client.force_login(anna)
    assert "Te weinig mensen." in client.get(f"/indicatoren/verdachten/duiding/{KWARTAAL}").content.decode()
