"""The cast of two persons and the text of a form, for proposals of targets and definition sheets."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from accounts.models import User
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import DOEL
from monitor.invoer.voorstellen.definitiebladen.services import blad_van, stel_definitie_voor
from monitor.invoer.voorstellen.doelen.services import stel_doel_voor
from monitor.models import Definitieversie, Doelstelling, Indicator
from tests.factories import OnderdeelFactory, maak_persoon

NU = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
CELLEN = {
    "jaar": "2025",
    "soort": "jaarvolume",
    "streefwaarde": "40",
    "marge": "10",
    "besluit": "Bijstelling van de monitorset",
    "orgaan": "RVO",
    "geldig_vanaf": "12-3-2025",
    "reden": "Nieuwe landelijke afspraak.",
}


def analist() -> User:
    return maak_persoon("analist")


def vaststeller() -> User:
    return maak_persoon("vaststeller")


def cellen(**anders: str) -> dict[str, str]:
    dag = {"geldig_vanaf": f"1-1-{anders['jaar']}"} if anders.get("jaar", "").isdigit() else {}
    return CELLEN | dag | anders


def stel_voor(indicator: Indicator, door: User | None = None, **anders: str) -> Doelstelling:
    onderdeel = OnderdeelFactory(code=anders.pop("onderdeel", "RE07"))
    return stel_doel_voor(indicator, onderdeel, cellen(**anders), door=door or analist(), herkomst="proef", op=NU)


def wijzig(indicator: Indicator, **anders: str) -> Doelstelling:
    """A target that is proposed and approved."""
    [doel] = stel_vast(DOEL, [stel_voor(indicator, **anders)], door=vaststeller(), herkomst="proef")
    doel.refresh_from_db()
    return doel


def stel_blad_voor(indicator: Indicator, door: User | None = None, **anders: Any) -> Definitieversie:
    blad = blad_van(Indicator.objects.get(pk=indicator.pk)) | anders
    return stel_definitie_voor(indicator, blad, reden="Aangescherpt.", door=door or analist(), herkomst="proef")


def met_blad(versie: Definitieversie) -> Definitieversie:
    """The version as an approver reads it now, with the sheet in force beside it."""
    return Definitieversie.objects.select_related("indicator").get(pk=versie.pk)
