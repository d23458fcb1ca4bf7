"""The line on the first page counts what the list counts; and how many queries both take."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from formatie.models import Onderdeel
from monitor.dashboards.overzicht.sinds import lees_sinds
from monitor.rekenen.herberekenen import herbereken
from sturing.lezen.vergadering import Tijdvak, begin_vanzelf
from sturing.regels.sinds import tel
from tests.factories import maak_persoon
from tests.integration.monitor.dashboards.opstelling import maak_monitor
from tests.integration.monitor.dashboards.verleden import DAGEN, EINDE, Verleden, corrigeer, moment, stel_klok
from tests.integration.sturing.volgen.opstelling import maak_activiteit, zet_versie
from tests.integration.sturing.volgen.test_sinds import ERNA, VAN, als, een, onderdelen
from tests.pagina import Pagina
from tests.querytelling import controleer
from tests.querytelling import tel as tel_queries

__all__ = ["onderdelen"]
pytestmark = pytest.mark.django_db


class TestEerstePagina:
    """One line, that counts what the list counts."""

    @pytest.mark.parametrize(
        "zaad", [0, pytest.param(1, marks=pytest.mark.chaos), pytest.param(2, marks=pytest.mark.chaos)]
    )
    @pytest.mark.parametrize("rol", ["rvo-lid", "analist"])
    def test_de_eerste_pagina_telt_wat_de_lijst_telt(
        self, zaad: int, rol: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """After each day of a past in which anything may be corrected, decided or added."""
        maak_monitor()
        client, verleden, gezien = als(rol), Verleden(zaad), set()
        user = maak_persoon(rol, naam="lezer")
        for dag in [*DAGEN, EINDE]:
            verleden.beleef(dag)
            stel_klok(monkeypatch, dag)
            begin = begin_vanzelf(dag).dag
            aantal = tel(lees_sinds(user, Tijdvak(begin, dag, dag)).regels)["oordeel"]
            zin = {0: "geen enkel oordeel veranderd", 1: "1 oordeel veranderd"}.get(
                aantal, f"{aantal} oordelen veranderd"
            )
            assert Pagina.van(client.get("/")).heeft(zin), (dag, zin)
            gezien.add(aantal)
        assert len(gezien) > 1, "the test shows nothing"

    def test_de_regel_staat_niet_op_een_pagina_van_een_andere_dag(self, onderdelen: dict[str, Onderdeel]) -> None:
        client = als("rvo-lid")
        assert Pagina.van(client.get("/")).heeft("Sinds het eind van Q1 2026")
        for adres in ("/?peildatum=2026-01-01", "/?kwartaal=2025-Q3"):
            assert not Pagina.van(client.get(adres)).heeft("Sinds het eind van")

    def test_activiteiten_staan_erin(self, onderdelen: dict[str, Onderdeel]) -> None:
        plan = maak_activiteit()
        zet_versie(plan, moment(EINDE), status="vertraagd", reden="Ziekte.")
        assert Pagina.van(als("rvo-lid").get("/")).heeft("1 activiteit vertraagd")


@pytest.mark.queries
@pytest.mark.parametrize("keer", [1, 10])
@pytest.mark.parametrize("rol", ["rvo-lid", "districtschef"])
def test_een_vast_aantal_queries_hoeveel_er_ook_gebeurde(onderdelen: dict[str, Onderdeel], rol: str, keer: int) -> None:
    client = als(rol, **({"onderdeel": "A"} if rol == "districtschef" else {}))
    for nummer in range(keer):
        plan = maak_activiteit(titel=f"Activiteit {nummer}")
        zet_versie(plan, moment(ERNA), (("Start", ERNA, ERNA),), status="vertraagd", reden="x")
        corrigeer(een("verdachten"), moment(ERNA + timedelta(minutes=nummer)), waarde=Decimal(nummer))
        corrigeer(een("aanrijdtijd", "A1"), moment(ERNA + timedelta(minutes=nummer)), teller=nummer)
    herbereken(vandaag=EINDE)
    aantal, queries = tel_queries(client, f"/sinds/?van={VAN}&tot={EINDE - timedelta(days=1)}")
    controleer(f"sinds_{rol}_dagen", aantal, queries)
    aantal, queries = tel_queries(client, f"/sinds/?van={VAN}")
    controleer(f"sinds_{rol}", aantal, queries)
    if rol == "rvo-lid":
        aantal, queries = tel_queries(client, "/")
        controleer("overzicht_sinds", aantal, queries)
