"""The agreed text of the agendas: files → checked rows. Nothing here touches the database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common.bestanden.toml import (
    BRONREGEL,
    SLEUTEL,
    Dag,
    Fouten,
    Heel,
    Keuze,
    Rij,
    Ruw,
    Schema,
    Tekst,
    lees_toml,
    mappen,
    tabellen,
    weiger_dubbel,
    weiger_vreemd,
)
from strategie.models import Hoofdlijn, Thema, Zetel

BRON = Tekst(lengte=40, patroon=BRONREGEL)
SLUG = Tekst(lengte=50, patroon=SLEUTEL)
NUMMER = Heel(van=1)

AGENDA = Schema(
    {
        "slug": SLUG,
        "titel": Tekst(lengte=200),
        "begin_jaar": Heel(van=2000, tot=2100),
        "eind_jaar": Heel(van=2000, tot=2100),
        "bron": Tekst(lengte=300),
    }
)
GENUMMERD = Schema({"nummer": NUMMER, "tekst": Tekst(), "bronregel": BRON})
THEMA = Schema(
    {
        "slug": SLUG,
        "naam": Tekst(lengte=120),
        "soort": Keuze(keuzes=tuple(Thema.Soort.values)),
        "nummer": NUMMER,
        "opdracht": Heel(verplicht=False, van=1),
        "samenvatting": Tekst(),
        "geen_doel": Tekst(verplicht=False, lengte=200),
        "geen_doel_bronregel": Tekst(verplicht=False, lengte=40, patroon=BRONREGEL),
        "bronregel": BRON,
    }
)
HOOFDLIJN = Schema(
    {
        "nummer": Heel(),
        "soort": Keuze(verplicht=False, standaard="hoofdlijn", keuzes=tuple(Hoofdlijn.Soort.values)),
        "titel": Tekst(lengte=200),
        "tekst": Tekst(),
        "activiteit": Ruw(verplicht=False, standaard=()),
        "bronregel": BRON,
    }
)
ZETEL = Schema(
    {
        "ambt": Keuze(keuzes=tuple(Zetel.Ambt.values)),
        "gebied": Tekst(lengte=80),
        "geldig_vanaf": Dag(verplicht=False),
        "geldig_tot": Dag(verplicht=False),
        "bronregel": BRON,
    }
)


@dataclass(frozen=True)
class LijnRijen:
    """A main line with its activities."""

    lijn: Rij
    activiteiten: list[Rij]


@dataclass(frozen=True)
class ThemaRijen:
    """A theme with its ambitions and main lines."""

    thema: Rij
    ambities: list[Rij]
    hoofdlijnen: list[LijnRijen]


@dataclass(frozen=True)
class AgendaRijen:
    """The checked rows of one folder of ``fixtures/agenda``."""

    agenda: Rij
    opdrachten: list[Rij]
    themas: list[ThemaRijen]

    @property
    def jaren(self) -> range:
        """The years of the agenda, the last one included."""
        return range(self.agenda["begin_jaar"], self.agenda["eind_jaar"] + 1)


def lees_agendas(wortel: Path, fouten: Fouten) -> list[AgendaRijen]:
    """Read and check every folder of ``agenda``."""
    if not list(mappen(wortel / "agenda")):
        fouten.meld("agenda", "", "er is geen map met een agenda")
    agendas = [_lees_agenda(map_, wortel, fouten) for map_ in mappen(wortel / "agenda")]
    gelezen = [agenda for agenda in agendas if agenda]
    weiger_dubbel([agenda.agenda for agenda in gelezen], ("slug",), fouten)
    return gelezen


def _lees_agenda(map_: Path, wortel: Path, fouten: Fouten) -> AgendaRijen | None:
    bestand, inhoud = lees_toml(map_ / "agenda.toml", wortel, fouten)
    weiger_vreemd(inhoud, ("agenda", "opdracht"), bestand, fouten)
    kop = AGENDA.lees(inhoud.get("agenda", {}), bestand, "agenda", fouten) if inhoud else None
    opdrachten = tabellen(inhoud, "opdracht", GENUMMERD, bestand, fouten)
    weiger_dubbel(opdrachten, ("nummer",), fouten)
    if kop and kop["eind_jaar"] < kop["begin_jaar"]:
        kop.meld(fouten, "'eind_jaar' ligt voor 'begin_jaar'")
    themas = _lees_themas(map_, wortel, opdrachten, fouten)
    return AgendaRijen(kop, opdrachten, themas) if kop else None


def _lees_themas(map_: Path, wortel: Path, opdrachten: list[Rij], fouten: Fouten) -> list[ThemaRijen]:
    gelezen = [_lees_thema(pad, wortel, fouten) for pad in sorted((map_ / "themas").glob("*.toml"))]
    themas = [thema for thema in gelezen if thema]
    weiger_dubbel([thema.thema for thema in themas], ("slug",), fouten)
    weiger_dubbel([thema.thema for thema in themas], ("soort", "nummer"), fouten)
    nummers = {opdracht["nummer"] for opdracht in opdrachten}
    for thema in themas:
        _controleer_thema(thema.thema, nummers, fouten)
    return themas


def _controleer_thema(thema: Rij, opdrachten: set[int], fouten: Fouten) -> None:
    if thema["opdracht"] is not None and thema["opdracht"] not in opdrachten:
        thema.meld(fouten, f"'opdracht' noemt een onbekende opdracht {thema['opdracht']}")
    if bool(thema["geen_doel"]) != bool(thema["geen_doel_bronregel"]):
        thema.meld(fouten, "'geen_doel' en 'geen_doel_bronregel' horen bij elkaar")


def _lees_thema(pad: Path, wortel: Path, fouten: Fouten) -> ThemaRijen | None:
    bestand, inhoud = lees_toml(pad, wortel, fouten)
    weiger_vreemd(inhoud, ("thema", "ambitie", "hoofdlijn"), bestand, fouten)
    thema = THEMA.lees(inhoud.get("thema", {}), bestand, "thema", fouten) if inhoud else None
    ambities = tabellen(inhoud, "ambitie", GENUMMERD, bestand, fouten)
    weiger_dubbel(ambities, ("nummer",), fouten)
    lijnen = tabellen(inhoud, "hoofdlijn", HOOFDLIJN, bestand, fouten)
    weiger_dubbel(lijnen, ("nummer",), fouten)
    hoofdlijnen = [LijnRijen(lijn, _lees_activiteiten(lijn, fouten)) for lijn in lijnen]
    return ThemaRijen(thema, ambities, hoofdlijnen) if thema else None


def _lees_activiteiten(lijn: Rij, fouten: Fouten) -> list[Rij]:
    plek = f"hoofdlijn {lijn['nummer']}, activiteit"
    gelezen = [
        GENUMMERD.lees(ruw, lijn.bestand, f"{plek} {nummer}", fouten)
        for nummer, ruw in enumerate(lijn["activiteit"], 1)
    ]
    rijen = [rij for rij in gelezen if rij]
    weiger_dubbel(rijen, ("nummer",), fouten)
    if (lijn["nummer"] == 0) != (lijn["soort"] == "programma"):
        lijn.meld(fouten, "nummer 0 is voor een programma, en alleen daarvoor")
    return rijen


def lees_zetels(wortel: Path, fouten: Fouten) -> list[Rij]:
    """Read and check the seats of the RVO."""
    bestand, inhoud = lees_toml(wortel / "organisatie" / "zetels.toml", wortel, fouten)
    weiger_vreemd(inhoud, ("zetel",), bestand, fouten)
    zetels = tabellen(inhoud, "zetel", ZETEL, bestand, fouten)
    weiger_dubbel(zetels, ("ambt", "gebied"), fouten)
    for zetel in zetels:
        if zetel["geldig_vanaf"] and zetel["geldig_tot"] and zetel["geldig_tot"] <= zetel["geldig_vanaf"]:
            zetel.meld(fouten, "'geldig_tot' ligt niet na 'geldig_vanaf'")
    return zetels


def zonder(rij: Rij, *namen: str) -> dict[str, Any]:
    """The values of a row but for some keys."""
    return {naam: waarde for naam, waarde in rij.waarden.items() if naam not in namen}
