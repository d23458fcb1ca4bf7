"""What the tests of upkeep propose with: rows as the files have them."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from formatie.bijhouden.werkgebied import WERKGEBIED
from formatie.models import Organisatiebesluit
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import ORGANISATIE
from monitor.invoer.voorstellen.organisatie.services import stel_organisatie_voor
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import analist, vaststeller

BRON = "Fictief: brief van de eenheid, punt 3"


def gebied(team: str = "A1", gemeente: str = "proefgemeente", **velden: Any) -> dict[str, Any]:
    rij = {"basisteam": team, "gemeente": gemeente, "gebied": "", "grond": "bron", "bron": BRON}
    return {**rij, "geldig_vanaf": "2025-01-01", "geldig_tot": "", **velden}


def stel_gebied_voor(*rijen: dict[str, Any], door: User | None = None, **velden: Any) -> Organisatiebesluit:
    lijst = list(rijen) or [gebied()]
    kop = {"vanaf": lijst[-1]["geldig_vanaf"] or lijst[-1]["geldig_tot"], "bron": BRON, "herkomst": "proef"} | velden
    return stel_organisatie_voor(WERKGEBIED, {"werkgebied": lijst}, door=door or analist(), **kop)


def neem_aan(*rijen: Organisatiebesluit) -> None:
    gezien = list(ORGANISATIE.wachtend().filter(pk__in=[rij.pk for rij in rijen]))
    stel_vast(ORGANISATIE, gezien, door=vaststeller(), herkomst="proef")
