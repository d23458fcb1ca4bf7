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
    Tekst,
    Veld,
    lees_bestand,
    mappen,
    weiger_dubbel,
    weiger_omgekeerd,
)
from strategie.models import Agenda, Agendafeit, Hoofdlijn, Opdracht, Thema, Trend, Zetel

NUMMER = Heel(van=1)
JAAR = Heel(van=2000, tot=2100)

AGENDA = Schema(velden_van(Agenda, "slug", "titel", "bron") | {"begin_jaar": JAAR, "eind_jaar": JAAR})
GENUMMERD = Schema(velden_van(Opdracht, "tekst", "bronregel") | {"nummer": NUMMER})
THEMA = Schema(
    velden_van(Thema, "slug", "naam", "soort", "samenvatting", "geen_doel", "geen_doel_bronregel", "bronregel")
    | velden_van(Thema, "bovenliggend_bronregel")
    | {"nummer": NUMMER, "opdracht": Heel(verplicht=False, van=1)}
)
TREND = Schema(velden_van(Trend, "titel", "tekst", "bronregel") | {"nummer": NUMMER, "opdracht": NUMMER})
_PLEK = {"trend": Heel(verplicht=False, van=1), "thema": Tekst(verplicht=False), "hoofdlijn": Heel(verplicht=False)}
_FEIT = velden_van(Agendafeit, "naam", "tekst", "bronregel") | {"nummer": NUMMER} | _PLEK
_EXTRA: dict[str, dict[str, Veld]] = {
    Agendafeit.Soort.MOMENT: velden_van(Agendafeit, "datum") | {"jaar": JAAR, "wanneer": Tekst(lengte=40)},
    Agendafeit.Soort.DWARSVERBAND: {"naar": Tekst()},
    Agendafeit.Soort.BESLUIT: velden_van(Agendafeit, "datum"),
}
FEITEN = {soort: Schema(_FEIT | _EXTRA.get(soort, {})) for soort in Agendafeit.Soort.values}
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
    trends: list[Tabelrij]
    feiten: dict[str, list[Tabelrij]]
    """Per kind of ``Agendafeit``."""

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
    bestand = lees_bestand(map_ / "agenda.toml", wortel, fouten, "agenda", "opdracht", "trend")
    kop = bestand.tabel("agenda", AGENDA)
    opdrachten = bestand.tabellen("opdracht", GENUMMERD, "nummer")
    if kop and kop["eind_jaar"] < kop["begin_jaar"]:
        kop.meld("'eind_jaar' ligt voor 'begin_jaar'")
    gelezen = [_lees_thema(pad, wortel, fouten) for pad in sorted((map_ / "themas").glob("*.toml"))]
    themas = [thema for thema in gelezen if thema]
    trends = bestand.tabellen("trend", TREND, "nummer")
    nummers = {opdracht["nummer"] for opdracht in opdrachten}
    _eis_opdracht([*trends, *(thema.thema for thema in themas)], nummers)
    _controleer_themas([thema.thema for thema in themas])
    feiten = _lees_feiten(map_ / "feiten.toml", wortel, fouten)
    plekken = Plekken({trend["nummer"] for trend in trends}, themas)
    for feit in (feit for van_soort in feiten.values() for feit in van_soort):
        plekken.controleer(feit)
    return AgendaRijen(kop, opdrachten, themas, trends, feiten) if kop else None


def _eis_opdracht(rijen: list[Tabelrij], opdrachten: set[int]) -> None:
    for rij in rijen:
        if rij["opdracht"] is not None and rij["opdracht"] not in opdrachten:
            rij.meld(f"'opdracht' noemt een onbekende opdracht {rij['opdracht']}")


def _lees_feiten(pad: Path, wortel: Path, fouten: Fouten) -> dict[str, list[Tabelrij]]:
    """What else the text names; an agenda need not have this file."""
    if not pad.exists():
        return {}
    bestand = lees_bestand(pad, wortel, fouten, *FEITEN)
    return {soort: bestand.tabellen(soort, schema, "nummer") for soort, schema in FEITEN.items()}


class Plekken:
    """The places of one agenda at which something can stand."""

    def __init__(self, trends: set[int], themas: list[ThemaRijen]) -> None:
        self.trends = trends
        self.lijnen = {thema.thema["slug"]: {lijn.lijn["nummer"] for lijn in thema.hoofdlijnen} for thema in themas}

    def controleer(self, feit: Tabelrij) -> None:
        """Note a place that is not there, and two places at once."""
        trend, thema, lijn = feit["trend"], feit["thema"], feit["hoofdlijn"]
        if trend is not None and trend not in self.trends:
            feit.meld(f"'trend' noemt een onbekende trend {trend}")
        for naam in ("thema", "naar"):
            slug = feit.waarden.get(naam)
            if slug and slug not in self.lijnen:
                feit.meld(f"{naam!r} noemt een onbekend thema {slug!r}")
        if lijn is not None and lijn not in self.lijnen.get(thema, set()):
            feit.meld(f"'hoofdlijn' noemt een onbekende hoofdlijn {lijn} van het thema {thema!r}")
        if trend is not None and thema:
            feit.meld("staat bij een trend of bij een thema, niet bij beide")
        if thema and feit.waarden.get("naar") == thema:
            feit.meld("een dwarsverband leidt naar een ander thema")


def _controleer_themas(themas: list[Tabelrij]) -> None:
    weiger_dubbel(themas, "slug", ("soort", "nummer"))
    boven = [thema for thema in themas if thema["bovenliggend_bronregel"]]
    for thema in boven[1:]:
        thema.meld(f"ligt boven de andere thema's, maar dat doet {boven[0]['slug']!r} al")
    for thema in themas:
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
