"""A small site in which every route of the table of rights answers: for tests that walk over all pages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.management.color import no_style
from django.db import connection
from django.test import Client

from accounts.models import User
from common.pagina.cache import _sleutel, lees_stand
from formatie.models import Bezetting, Districtsformatie, Formatieplan, Formatieregel, Onderdeel, Scenario
from monitor.models import Indicator, Meting, Verkenning
from strategie.models import Ambitie, Hoofdlijn
from sturing.models import Actie, Actieversie, Activiteitversie, Besluit, Overleg, Planactiviteit, Vraag
from tests.databaserol import als_superuser
from tests.factories import (
    BezettingFactory,
    DoelstellingFactory,
    GemeenteFactory,
    MetingFactory,
    MonitorregelFactory,
    UserFactory,
    maak_eenheid,
    maak_persoon,
)
from tests.factories.overleg import OP, maak_overleg, maak_punt, maak_vraag

_MET_NUMMER = [Bezetting, Meting, Planactiviteit, Scenario, User, Verkenning, Overleg, Vraag, Actie]
WAAR = {"districtschef": {"onderdeel": "A"}, "portefeuillehouder": {"thema": "proefthema"}}


def maak_site() -> None:
    """The objects that ``tests.rechten`` names in its addresses."""
    UserFactory(pk=1, username="iemand")
    onderdelen = maak_eenheid()
    regel = MonitorregelFactory(indicator__code="proef", thema__slug="proefthema", thema__nummer=90)
    Ambitie.objects.create(thema=regel.thema, nummer=1, tekst="Verder komen.", bronregel="1")
    DoelstellingFactory(indicator=regel.indicator, onderdeel=onderdelen["RE07"])
    MetingFactory(pk=1, indicator=regel.indicator, onderdeel=onderdelen["RE07"])
    GemeenteFactory(slug="proefgemeente")
    BezettingFactory(pk=1, onderdeel=onderdelen["B1"])
    dag = date(2023, 1, 1)
    plan = Formatieplan.objects.create(
        slug="proef", naam="Proefplan", besluit="RVO", besluitdatum=dag, geldig_vanaf=dag, bronregel="1"
    )
    Formatieregel.objects.create(
        plan=plan, sleutel="leiding", volgnummer=1, dienst="1. Leiding", naam="Leiding", soort="regel",
        fte=Decimal(4), fte_os=Decimal(4), fte_gedrukt="4", fte_os_gedrukt="4", bronregel="1",
    )  # fmt: skip
    Scenario.objects.create(
        pk=1, eigenaar=maak_persoon("analist", naam="ander"), district=onderdelen["A"], naam="Proef", gedeeld=True,
        jaar=2025, kwartaal=1,
    )  # fmt: skip
    Verkenning.objects.create(
        pk=1, eigenaar=User.objects.get(username="ander"), naam="Proef", vraag="indicator=proef", gedeeld=True
    )
    for code in ("RE07", "A", "A1", "A2"):
        soort = "basisteam" if code in ("A1", "A2") else "totaal"
        Districtsformatie.objects.create(
            plan=plan, onderdeel=onderdelen[code], soort=soort, fte=Decimal(9), fte_gedrukt="9", bronregel="1"
        )
    lijn = Hoofdlijn.objects.create(thema=regel.thema, nummer=1, titel="Zo doen we het", tekst="Zo.", bronregel="1")
    Planactiviteit.objects.create(pk=1, jaar=2025, hoofdlijn=lijn, nummer=1)
    Activiteitversie.objects.create(
        plan_id=1, nummer=1, titel="Proef", begin=date(2025, 1, 1), eind=date(2025, 12, 31), status="op-schema",
        door=User.objects.get(username="ander"), op=datetime(2025, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    _maak_overleg(regel.indicator, onderdelen["RE07"])
    _schuif_tellers()


def _maak_overleg(indicator: Indicator, eenheid: Onderdeel) -> None:
    """A meeting with a decision that became an action, and a question of somebody that nobody answered."""
    iemand = User.objects.get(username="iemand")
    punt = maak_punt(maak_overleg(iemand, pk=1))
    besluit = Besluit.objects.create(punt=punt, tekst="Besloten.", door=iemand, op=OP)
    actie = Actie.objects.create(pk=1, besluit=besluit, wat="Zoek het uit")
    Actieversie.objects.create(actie=actie, nummer=1, eigenaar=iemand, datum=date(2025, 6, 1), door=iemand, op=OP)
    maak_vraag(iemand, indicator, eenheid, pk=1)


def _schuif_tellers() -> None:
    """What is made after this gets a number of its own: above are numbers that were chosen."""
    with als_superuser(), connection.cursor() as cursor:
        for opdracht in connection.ops.sequence_reset_sql(no_style(), _MET_NUMMER):
            cursor.execute(opdracht)


def als(rol: str) -> Client:
    """A client of somebody with this role, where the table of rights says it is filled."""
    client = Client()
    if rol != "anoniem":
        client.force_login(maak_persoon(rol, naam=f"proef-{rol}", **WAAR.get(rol, {})))
    return client


def bewaar_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a walk in a transaction, where every page makes the menu anew: it is kept, as in the site, until something
    is written."""
    gemaakt: dict[object, Any] = {}

    def bewaard(request: Any, maak: Any, keuze: Any = None, *, bewaren: bool = True, overal: bool = False) -> Any:
        if not bewaren:
            return maak()
        sleutel = (_sleutel(request, keuze, overal), lees_stand())
        if sleutel not in gemaakt:
            gemaakt[sleutel] = maak()
        return gemaakt[sleutel]

    monkeypatch.setattr("monitor.invoer.werklijst.voor_mij.menu.bewaard", bewaard)
