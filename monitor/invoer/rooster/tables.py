"""The tables of the grid: of each row the plain values that its templates show.

With templates the whole request of a grid of 20 by 25 takes 1,3 times as long as with HTML written in Python.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from common.tekst.periode import Kwartaal
from common.tekst.tekens import zichtbaar
from monitor.invoer.regels.twijfel import Meetplek
from monitor.invoer.regels.validatie import CIJFERKOLOMMEN
from monitor.invoer.regels.weergave import in_twee_delen, meting_in_woorden
from monitor.invoer.rooster.beoordeling import Celoordeel, Opmerking
from monitor.invoer.rooster.forms import Getypt
from monitor.invoer.rooster.selectors import (
    NIET_BEWAARD,
    STANDEN,
    Rooster,
    Roostergroep,
    Roosterregel,
    andere_periode,
    kort_moment,
)
from monitor.invoer.rooster.services import Celuitkomst
from monitor.models import Meting

KOPPEN = {
    "waarde": "Waarde",
    "teller": "Teller",
    "noemer": "Noemer",
    "marge": "Marge (±)",
    "status": "Status",
    "meetdatum": "Meetdatum",
    "toelichting": "Toelichting",
}
# By column its name, heading and kind as a template writes them, without looking for what must be escaped.
_KOLOMMEN: dict[str, tuple[str, ...]] = {
    kolom: tuple(map(SafeString, (kolom, kop, "getal" if kolom in CIJFERKOLOMMEN else kolom)))
    for kolom, kop in (("", ""), *KOPPEN.items())
}


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What the page shows besides what is stored: what was typed and not kept, and what is wrong with it."""

    getypt: Mapping[Meetplek, Getypt] = field(default_factory=dict)
    uitkomsten: Mapping[Meetplek, Celuitkomst] = field(default_factory=dict)
    oordelen: Mapping[Meetplek, Celoordeel] = field(default_factory=dict)
    hersteld: bool = False

    def opmerkingen(self, regel: Roosterregel) -> list[Opmerking]:
        oordeel = self.oordelen.get(regel.plek)
        return (oordeel.alle if oordeel else []) or regel.oordeel.opmerkingen


def build_tabel(groep: Roostergroep, rooster: Rooster, antwoord: Antwoord) -> dict[str, Any]:
    koppen = KOPPEN | ({"waarde": "Waarde of teller"} if groep.is_gemengd else {})
    kolommen = groep.kolommen
    return {
        "groep": groep,
        "koppen": [(kolom, koppen[kolom]) for kolom in kolommen],
        "breedte": 4 + len(kolommen),
        "rijen": [_build_rij(regel, groep, kolommen, rooster, antwoord) for regel in groep.regels],
    }


def _build_rij(
    regel: Roosterregel, groep: Roostergroep, kolommen: tuple[str, ...], rooster: Rooster, antwoord: Antwoord
) -> dict[str, Any]:
    """As a dict, in which a template looks things up fastest: there are five hundred rows."""
    getypt, fouten = antwoord.getypt.get(regel.plek), {o.kolom for o in antwoord.opmerkingen(regel)}
    indicator, onderdeel, kwartaal = regel.indicator, regel.onderdeel, rooster.kwartaal
    voorin = {"status": "voorlopig"} if kwartaal.loopt(timezone.localdate()) else {}
    return {
        **build_stand(regel, rooster, antwoord),
        "klasse": "waarvan" if groep.is_eenheid and indicator.waarvan_van_id else "",
        "kop": indicator.naam if groep.is_eenheid else onderdeel.naam,
        "klein": indicator.eenheid if groep.is_eenheid else onderdeel.code,
        "token": getypt.token if getypt else regel.token,
        "vorige": _eerdere(regel.vorige, kwartaal.vorige()),
        "jaar_eerder": _eerdere(regel.jaar_eerder, Kwartaal(kwartaal.jaar - 1, kwartaal.nummer)),
        "cellen": list(_cellen(regel, kolommen, voorin | (getypt.cellen if getypt else regel.teksten), fouten)),
    }


def _cellen(
    regel: Roosterregel, kolommen: tuple[str, ...], teksten: Mapping[str, str], fouten: set[str]
) -> Iterator[tuple[str | bool, ...]]:
    """Column, heading, kind, text and whether it is wrong; a numerator may stand in the column of the values."""
    eigen = {kolom: kolom for kolom in regel.kolommen}
    if "teller" in eigen and "teller" not in kolommen:
        eigen["waarde"] = "teller"
    for plaats in kolommen:
        kolom = eigen.get(plaats, "")
        yield *_KOLOMMEN[kolom], teksten.get(kolom, ""), kolom in fouten


def _eerdere(meting: Meting | None, verwacht: Kwartaal) -> tuple[str, str] | None:
    """An earlier value, and what else there is to say of it: of a rarer measurement also its period."""
    if meting is None:
        return None
    waarde, rest = in_twee_delen(meting)
    return waarde, ", ".join(deel for deel in (rest, andere_periode(meting, verwacht)) if deel)


def build_stand(regel: Roosterregel, rooster: Rooster, antwoord: Antwoord) -> dict[str, Any]:
    """How a row stands, and everything that is to be said about it."""
    getypt = regel.plek in antwoord.getypt  # beside what counts it is only text, whatever the state of that
    stand = NIET_BEWAARD if getypt else regel.stand
    (persoon, op), (standnaam, teken) = (None, None) if getypt else regel.wie, STANDEN[stand]
    vergrendeld, is_vast = regel.open if regel.is_vergrendeld else None, rooster.is_gesloten or regel.is_vergrendeld
    uitkomst = antwoord.uitkomsten.get(regel.plek)
    conflict = uitkomst if uitkomst and uitkomst.soort == "conflict" else None
    geweigerd = uitkomst.reden if uitkomst and uitkomst.soort == "geweigerd" else ""
    opmerkingen = [] if is_vast else [(_kop(regel, o), o) for o in antwoord.opmerkingen(regel)]
    afgekeurd = regel.open if regel.stand == "afgekeurd" else None
    return {
        # Escaped once: every cell of the row says these.
        "naam": escape(":".join(regel.plek)),
        "id": escape(f"cel-{'-'.join(regel.plek)}"),
        "oor": escape(_naam_voor_oor(regel)),
        "is_vast": is_vast,
        "stand": stand,
        "teken": teken,
        "standnaam": standnaam,
        "begrepen": _begrepen(regel, getypt=getypt),
        "geldt_nu": meting_in_woorden(regel.geldend) if regel.geldend and (getypt or regel.is_wijziging) else "",
        "persoon": persoon,
        "op": kort_moment(op),
        "terug": vergrendeld.pk if vergrendeld and _mag_terug(vergrendeld, rooster) else None,
        "conflict": _conflict(regel, conflict) if conflict else None,
        "geweigerd": geweigerd,
        "teruggestuurd": afgekeurd,
        "opmerkingen": opmerkingen,
        "heeft_bericht": bool(conflict or geweigerd or afgekeurd or opmerkingen),
    }


def _begrepen(regel: Roosterregel, *, getypt: bool) -> str:
    """What the state is about: what waits, or what is understood of the text; of text that was not kept nothing."""
    if getypt:
        return ""
    return meting_in_woorden(regel.open) if regel.open and regel.is_vergrendeld else regel.oordeel.begrepen


def _mag_terug(wacht: Meting, rooster: Rooster) -> bool:
    return not rooster.is_gesloten and wacht.ingevoerd_door_id == rooster.lezer


def _kop(regel: Roosterregel, opmerking: Opmerking) -> str:
    """Which column a remark is about, where there are several to choose from."""
    return KOPPEN.get(opmerking.kolom, "") if len(regel.kolommen) > 4 else ""


def _naam_voor_oor(regel: Roosterregel) -> str:
    return regel.indicator.naam if regel.indicator.niveau == "eenheid" else f"{regel.indicator.naam} {regel.onderdeel}"


def _conflict(regel: Roosterregel, uitkomst: Celuitkomst) -> dict[str, Any]:
    """Both texts, who typed the other and when, and the choice between them."""
    getypt, ander = in_een_regel(uitkomst.getypt), in_een_regel(uitkomst.bewaard)
    return {
        "door": uitkomst.door,
        "om": kort_moment(uitkomst.op)[-5:],
        "ander": ander,
        "getypt": getypt,
        "keuzes": (("mijn", f"Houd {getypt}"), ("ander", f"Neem {ander} over")),
        "versie": uitkomst.versie,
        "token": regel.token,
        "cellen": json.dumps(regel.teksten),
    }


def in_een_regel(cellen: Mapping[str, str]) -> str:
    """What was typed, in the order of the grid; ``leeg`` where that is nothing."""
    cijfers = " / ".join(cellen[kolom] for kolom in ("waarde", "teller", "noemer") if cellen.get(kolom))
    marge = f" ± {cellen['marge']}" if cellen.get("marge") else ""
    rest = ", ".join(cellen[kolom] for kolom in ("status", "meetdatum", "toelichting") if cellen.get(kolom))
    return zichtbaar(", ".join(deel for deel in (cijfers + marge, rest) if deel)) or "leeg"
