"""The number of queries of a formation page does not grow with the plan."""

from __future__ import annotations

import pytest

from tests.integration.formatie.opstelling import als, laad_plan, vergroot
from tests.querytelling import controleer, tel

pytestmark = [pytest.mark.django_db, pytest.mark.queries]

PAGINAS = {
    "formatie": "/formatie/",
    "formatie_district": "/formatie/districten/A/",
    "formatie_controle": "/formatie/controle/?bevinding=afronding&sort=-verschil",
}


@pytest.mark.parametrize("groot", [False, True])
@pytest.mark.parametrize("pagina", PAGINAS)
def test_een_vast_aantal_queries(pagina: str, groot: bool) -> None:
    plan = laad_plan()
    if groot:
        vergroot(plan)
    aantal, queries = tel(als("districtschef", onderdeel="A"), PAGINAS[pagina])
    controleer(pagina, aantal, queries)
