"""One figure off course, people who explain it and decide, and what a form sends."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from accounts.models import User
from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import DUIDING
from monitor.models import Indicator
from sturing.duiding.services import dien_duiding_in
from sturing.lezen.duidingen import Duidingsplek, Gezien
from sturing.models import Duiding
from tests.factories import maak_persoon

HERKOMST = "proef"
Q2, Q3 = Kwartaal(2025, 2), Kwartaal(2025, 3)
OP = datetime(2025, 11, 23, 12, tzinfo=UTC)
PAGINA = "/indicatoren/verdachten/duiding/?kwartaal={}&onderdeel=RE07"


def plek(kwartaal: Kwartaal = Q3, onderdeel: str = "RE07", indicator: str = "verdachten") -> Duidingsplek:
    return Duidingsplek(
        Indicator.objects.get(code=indicator), Onderdeel.objects.select_related("ouder").get(code=onderdeel), kwartaal
    )


def cellen(wie: User, **anders: str) -> dict[str, str]:
    basis = {"wat": "Minder dan beloofd.", "waardoor": "Te weinig mensen.", "doen": "Twee mensen erbij."}
    return basis | {"persoon": str(wie.pk), "wanneer": "31-12-2025"} | anders


def dien_in(door: User, kwartaal: Kwartaal = Q3, *, gezien: Gezien | None = None, **anders: str) -> Duiding:
    velden: dict[str, Any] = cellen(door, **anders)
    return dien_duiding_in(plek(kwartaal), velden, door=door, herkomst=HERKOMST, op=OP, gezien=gezien)


def neem_aan(rij: Duiding) -> Duiding:
    vera = User.objects.filter(username="vera").first() or maak_persoon("vaststeller", naam="vera")
    [vast] = stel_vast(DUIDING, [rij], door=vera, herkomst=HERKOMST, op=OP)
    vast.refresh_from_db()
    return vast


def einde(jaar: int = 2025) -> date:
    return date(jaar, 12, 31)
