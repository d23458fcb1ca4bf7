"""Which basisteam works in which municipality: a file → checked rows. Nothing here touches the database."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path

from common.bestanden.toml import (
    BRONREGEL,
    SLEUTEL,
    Dag,
    Fouten,
    Keuze,
    Rij,
    Schema,
    Tekst,
    lees_toml,
    tabellen,
    weiger_dubbel,
    weiger_vreemd,
)
from formatie.models import Onderdeel, Werkgebied

BESTAND = "organisatie/werkgebieden.toml"
WERKGEBIED = Schema(
    {
        "basisteam": Tekst(lengte=12),
        "gemeente": Tekst(lengte=50, patroon=SLEUTEL),
        "gebied": Tekst(verplicht=False, lengte=80),
        "grond": Keuze(keuzes=tuple(Werkgebied.Grond.values)),
        "bron": Tekst(lengte=300),
        "bronregel": Tekst(verplicht=False, lengte=40, patroon=BRONREGEL),
        "geldig_vanaf": Dag(verplicht=False),
        "geldig_tot": Dag(verplicht=False),
    }
)


def lees_werkgebieden(wortel: Path, onderdelen: list[Rij], gemeenten: list[Rij], fouten: Fouten) -> list[Rij]:
    """The rows of the file, checked against the organisation; none where there is no file."""
    if not (wortel / BESTAND).exists():
        return []
    bestand, inhoud = lees_toml(wortel / BESTAND, wortel, fouten)
    weiger_vreemd(inhoud, ("werkgebied",), bestand, fouten)
    rijen = tabellen(inhoud, "werkgebied", WERKGEBIED, bestand, fouten)
    weiger_dubbel(rijen, ("basisteam", "gemeente", "gebied"), fouten)
    _controleer_namen(rijen, onderdelen, gemeenten, fouten)
    _controleer_geheel(rijen, fouten)
    return rijen


def _controleer_namen(rijen: list[Rij], onderdelen: list[Rij], gemeenten: list[Rij], fouten: Fouten) -> None:
    soorten = {rij["code"]: rij["soort"] for rij in onderdelen}
    slugs = {rij["slug"] for rij in gemeenten}
    for rij in rijen:
        if soorten.get(rij["basisteam"]) != Onderdeel.Soort.BASISTEAM:
            rij.meld(fouten, f"'basisteam' noemt geen basisteam: {rij['basisteam']!r}")
        if rij["gemeente"] not in slugs:
            rij.meld(fouten, f"'gemeente' noemt een onbekende gemeente {rij['gemeente']!r}")


def _controleer_geheel(rijen: list[Rij], fouten: Fouten) -> None:
    """What belongs to one team as a whole has no part with another team on the same day."""
    for eerste, tweede in combinations(rijen, 2):
        zelfde = eerste["gemeente"] == tweede["gemeente"] and eerste["basisteam"] != tweede["basisteam"]
        if zelfde and not (eerste["gebied"] and tweede["gebied"]) and _tegelijk(eerste, tweede):
            tweede.meld(fouten, f"{tweede['gemeente']!r} hoort al geheel of voor een deel bij {eerste['basisteam']!r}")


def _tegelijk(eerste: Rij, tweede: Rij) -> bool:
    return max(_van(eerste), _van(tweede)) < min(_tot(eerste), _tot(tweede))


def _van(rij: Rij) -> date:
    return rij["geldig_vanaf"] or date.min


def _tot(rij: Rij) -> date:
    return rij["geldig_tot"] or date.max
