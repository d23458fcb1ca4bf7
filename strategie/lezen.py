"""The agreed text of the agendas: files → checked rows. Nothing here touches the database."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from common.bestanden.modelvelden import velden_van
from common.bestanden.toml import (
    Fouten,
    Heel,
    Ruw,
    Schema,
    Tabelrij,
    lees_bestand,
    mappen,
    weiger_dubbel,
    weiger_omgekeerd,
)
from strategie.models import Agenda, Hoofdlijn, Opdracht, Thema, Zetel

NUMMER = Heel(van=1)
JAAR = Heel(van=2000, tot=2100)

AGENDA = Schema(velden_van(Agenda, "slug", "titel", "bron") | {"begin_jaar": JAAR, "eind_jaar": JAAR})
GENUMMERD = Schema(velden_van(Opdracht, "tekst", "bronregel") | {"nummer": NUMMER})
THEMA = Schema(
    velden_van(Thema, "slug", "naam", "soort", "samenvatting", "geen_doel", "geen_doel_bronregel", "bronregel")
    | {"nummer": NUMMER, "opdracht": Heel(verplicht=False, van=1)}
)
HOOFDLIJN = Schema(
    velden_van(Hoofdlijn, "nummer", "soort", "titel", "tekst", "bronregel")
    | {"activiteit": Ruw(verplicht=False, standaard=())}
)
ZETEL = Schema(velden_van(Zetel, "ambt", "gebied", "geldig_vanaf", "geldig_tot", "bronregel"))


@dataclass(frozen=True)
class LijnRijen:
    """A main line with its activities."""

    lijn: Tabelrij
    activiteiten: list[Tabelrij]


@dataclass(frozen=True)
class ThemaRijen:
    """A theme with its ambitions and main lines."""

    thema: Tabelrij
    ambities: list[Tabelrij]
    hoofdlijnen: list[LijnRijen]


@dataclass(frozen=True)
class AgendaRijen:
    """The checked rows of one folder of ``fixtures/agenda``."""

    agenda: Tabelrij
    opdrachten: list[Tabelrij]
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
    weiger_dubbel([agenda.agenda for agenda in gelezen], "slug")
    controleer_aansluiting([agenda.agenda for agenda in gelezen])
    return gelezen


def controleer_aansluiting(koppen: list[Tabelrij]) -> None:
    """Every year has one agenda: each begins in the year after the one before it."""
    for vorige, kop in pairwise(sorted(koppen, key=lambda kop: kop["begin_jaar"])):
        if kop["begin_jaar"] != vorige["eind_jaar"] + 1:
            kop.meld(f"begint in {kop['begin_jaar']}, en {vorige['slug']} eindigt in {vorige['eind_jaar']}")


def _lees_agenda(map_: Path, wortel: Path, fouten: Fouten) -> AgendaRijen | None:
    bestand = lees_bestand(map_ / "agenda.toml", wortel, fouten, "agenda", "opdracht")
    kop = bestand.tabel("agenda", AGENDA)
    opdrachten = bestand.tabellen("opdracht", GENUMMERD, "nummer")
    if kop and kop["eind_jaar"] < kop["begin_jaar"]:
        kop.meld("'eind_jaar' ligt voor 'begin_jaar'")
    gelezen = [_lees_thema(pad, wortel, fouten) for pad in sorted((map_ / "themas").glob("*.toml"))]
    themas = [thema for thema in gelezen if thema]
    _controleer_themas([thema.thema for thema in themas], {opdracht["nummer"] for opdracht in opdrachten})
    return AgendaRijen(kop, opdrachten, themas) if kop else None


def _controleer_themas(themas: list[Tabelrij], opdrachten: set[int]) -> None:
    weiger_dubbel(themas, "slug", ("soort", "nummer"))
    for thema in themas:
        if thema["opdracht"] is not None and thema["opdracht"] not in opdrachten:
            thema.meld(f"'opdracht' noemt een onbekende opdracht {thema['opdracht']}")
        if bool(thema["geen_doel"]) != bool(thema["geen_doel_bronregel"]):
            thema.meld("'geen_doel' en 'geen_doel_bronregel' horen bij elkaar")


def _lees_thema(pad: Path, wortel: Path, fouten: Fouten) -> ThemaRijen | None:
    bestand = lees_bestand(pad, wortel, fouten, "thema", "ambitie", "hoofdlijn")
    thema = bestand.tabel("thema", THEMA)
    ambities = bestand.tabellen("ambitie", GENUMMERD, "nummer")
    hoofdlijnen = [_met_activiteiten(lijn) for lijn in bestand.tabellen("hoofdlijn", HOOFDLIJN, "nummer")]
    return ThemaRijen(thema, ambities, hoofdlijnen) if thema else None


def _met_activiteiten(lijn: Tabelrij) -> LijnRijen:
    if (lijn["nummer"] == 0) != (lijn["soort"] == "programma"):
        lijn.meld("nummer 0 is voor een programma, en alleen daarvoor")
    plek = f"hoofdlijn {lijn['nummer']}, activiteit"
    gelezen = [lijn.lees_binnen(f"{plek} {nummer}", GENUMMERD, ruw) for nummer, ruw in enumerate(lijn["activiteit"], 1)]
    activiteiten = [rij for rij in gelezen if rij]
    weiger_dubbel(activiteiten, "nummer")
    return LijnRijen(lijn, activiteiten)


def lees_zetels(wortel: Path, fouten: Fouten) -> list[Tabelrij]:
    """Read and check the seats of the RVO."""
    bestand = lees_bestand(wortel / "organisatie" / "zetels.toml", wortel, fouten, "zetel")
    zetels = bestand.tabellen("zetel", ZETEL, ("ambt", "gebied"))
    weiger_omgekeerd(zetels)
    return zetels
