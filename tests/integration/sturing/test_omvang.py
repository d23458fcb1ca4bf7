"""However much is planned, explained, asked and said: the pages that show it ask the database as often as before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.tekst.periode import Kwartaal
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import AMBITIESTAND, DUIDING
from strategie.models import Ambitie, Hoofdlijn, Thema
from sturing.ambities.services import Standopgave, stel_ambitiestand_voor
from sturing.duiding.services import dien_duiding_in
from sturing.gebeurtenissen.services import Wat, noteer_gebeurtenis
from sturing.models import Duiding, Overleg, Planactiviteit
from sturing.overleg.services import plan_overleg, zet_op_agenda
from sturing.overleg.vragen.services import beantwoord, geef_vrij, stel_vraag
from sturing.regels.omvang import Halfjaar
from tests.factories import maak_persoon, maak_planactiviteit
from tests.integration.monitor.dashboards.opstelling import maak_monitor
from tests.integration.sturing.duiding.opstelling import cellen, plek
from tests.integration.sturing.overleg.opstelling import over
from tests.pagina import Pagina
from tests.querytelling import tel

pytestmark = [pytest.mark.django_db, pytest.mark.queries]
NU = datetime(2025, 11, 24, 12, tzinfo=UTC)
PAGINAS = ("/", "/themas/opsporing/", "/indicatoren/extra-0/", "/ladder/", "/jaarplan/2025/", "/agenda/", "/sinds/")
MENSEN = {
    "anna": "analist",
    "dirk": "programmadirecteur",
    "dora": "programmadirecteur",
    "rob": "rvo-lid",
    "vera": "vaststeller",
}


@pytest.fixture(autouse=True)
def _wereld(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten figures off course, of which nothing is said yet."""
    monkeypatch.setattr(timezone, "now", lambda: NU)
    maak_monitor({"A": 1, "B": 1}, extra=10)
    for naam, rol in MENSEN.items():
        maak_persoon(rol, naam=naam)
    maak_persoon("portefeuillehouder", naam="porte", thema="opsporing")
    plan_overleg("RVO van december", date(2025, 12, 11), **_door("dirk"))


def _door(naam: str) -> dict[str, Any]:
    return {"door": User.objects.get(username=naam), "herkomst": "proef", "op": NU}


def _gebeur(nummer: int) -> None:
    """One more of everything, about the theme and about a figure of it."""
    thema = Thema.objects.get(slug="opsporing")
    lijn, _ = Hoofdlijn.objects.get_or_create(thema=thema, nummer=1, titel="Lijn", tekst="Zo.", bronregel="1")
    maak_planactiviteit(
        lijn, titel=f"Werk {nummer}", eind="2025-11-01", op=NU, mijlpalen=[("2025-03-01", "Begonnen", "")],
        indicatoren=["extra-0"], eigenaar=User.objects.get(username="anna"),
    )  # fmt: skip
    _duid(nummer)
    _zeg_hoe_ver(Ambitie.objects.create(thema=thema, nummer=nummer + 1, tekst="Verder komen.", bronregel="1"))
    dag = date(2025, 5, 1 + nummer)
    wat = Wat("campagne", dag, f"Campagne {nummer}", "Plan", alle_indicatoren=True, overal=True)
    noteer_gebeurtenis(wat, **_door("anna"))
    _vraag(nummer)


def _duid(nummer: int) -> None:
    anna, waar = User.objects.get(username="anna"), plek(Kwartaal(2025, 3), indicator=f"extra-{nummer}")
    rij = dien_duiding_in(waar, cellen(anna), **_door("anna"))
    stel_vast(DUIDING, [rij], **_door("vera"))


def _zeg_hoe_ver(ambitie: Ambitie) -> None:
    opgave = Standopgave(Halfjaar(2025, 1), "op-weg", "Het gaat vooruit.", ["extra-0"], [])
    stel_vast(AMBITIESTAND, [stel_ambitiestand_voor(ambitie, opgave, **_door("porte"))], **_door("vera"))


def _vraag(nummer: int) -> None:
    """Asked, answered, released and on the agenda."""
    vraag = stel_vraag(over("extra-0"), f"Waarom {nummer}?", None, formulier=f"merk {nummer}", **_door("rob"))
    beantwoord(vraag, "Daarom.", gezien=0, **_door("anna"))
    geef_vrij(vraag, gezien=1, **_door("dora"))
    zet_op_agenda(vraag, Overleg.objects.get(), **_door("dirk"))


@pytest.mark.parametrize("naam", ["rob", "anna", "porte"])
def test_met_tien_keer_zoveel_vraagt_een_pagina_even_vaak(naam: str) -> None:
    client = Client()
    client.force_login(User.objects.get(username=naam))
    _gebeur(0)
    weinig = {adres: tel(client, adres) for adres in PAGINAS}
    for nummer in range(1, 10):
        _gebeur(nummer)
    veel = {adres: tel(client, adres) for adres in PAGINAS}
    meer = {adres: (weinig[adres][0], veel[adres][0]) for adres in PAGINAS if weinig[adres][0] != veel[adres][0]}
    assert meer == {}, "\n\n".join(f"{weinig[adres][1]}\n-- tien keer:\n{veel[adres][1]}" for adres in meer)
    assert Duiding.objects.geldend().count() == Planactiviteit.objects.count() == 10
    thema = Pagina.van(client.get("/themas/opsporing/"))
    assert all(thema.heeft(f"Werk {nummer}") for nummer in range(10))
