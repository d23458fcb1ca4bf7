"""The monitor set: files → checked indicators, lines and targets. Nothing here touches the database.

A folder of ``monitorset`` belongs to one agenda: ``_set.toml`` says what holds for all its indicators, every
other file is one indicator. A later agenda may leave ``[indicator]`` out and keep the earlier definition; with one it
has its own, of the same series.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from common.bestanden.modelvelden import velden_van
from common.bestanden.toml import (
    Bestand,
    Fouten,
    Getal,
    Heel,
    Lijst,
    Ruw,
    Schema,
    Tabelrij,
    Tekst,
    lees_bestand,
    mappen,
    weiger_dubbel,
)
from common.tekst.periode import Kwartaal
from monitor.models import Doelstelling, Indicator, Landelijkdoel, Monitorregel
from strategie.lezen import JAAR, AgendaRijen
from strategie.models import Thema

SETBESTAND = "_set.toml"
GETAL_OF_NIETS = Getal(verplicht=False)

SET = Schema(velden_van(Doelstelling, "besluit", "orgaan", "geldig_vanaf") | {"agenda": Tekst(lengte=50)})
RUBRIEK = Schema(velden_van(Thema, "naam", "bronregel") | {"thema": Tekst(lengte=50)})
INDICATOR = Schema(
    velden_van(Indicator, "code", "naam", "definitie", "telregel", "bron", "opmerking", "eenheid")
    | velden_van(Indicator, "eenheid_enkelvoud", "aggregatie", "richting", "tijd", "grenzen_per_kwartaal")
    | velden_van(Indicator, "frequentie", "niveau", "verwachting", "herkomst", "gevoelig", "personeel")
    | velden_van(Indicator, "vanaf", "tot")
    | {
        "decimalen": Heel(tot=4),
        "eerste_jaar": Heel(verplicht=False, van=2000, tot=2100),
        "stap_kwartaal": Heel(verplicht=False, van=1, tot=4),
        "niet_voor": Lijst(verplicht=False),
        "waarvan_van": Tekst(verplicht=False, lengte=60),
    }
)
REGEL = Schema(velden_van(Monitorregel, "rubriek", "gedrukt_doel", "bronregel") | {"volgorde": Heel(van=1)})
_DOEL = Schema(
    velden_van(Doelstelling, "soort")
    | {
        "onderdeel": Tekst(lengte=12),
        "streefwaarde": GETAL_OF_NIETS,
        "marge": GETAL_OF_NIETS,
        "jaren": Ruw(verplicht=False, soort=dict),
        "herzien": Ruw(verplicht=False, standaard=()),
    }
)
LANDELIJK = Schema(velden_van(Landelijkdoel, "bron", "eenheid", "let_op") | {"jaren": Ruw(soort=dict)})
HERZIEN = Schema(
    velden_van(Doelstelling, "besluit", "orgaan", "geldig_vanaf")
    | {"jaar": JAAR, "streefwaarde": Getal(), "marge": GETAL_OF_NIETS, "reden": Tekst()}
)


@dataclass(frozen=True)
class Doelbesluit:
    """One version of the target of one year; ``reden`` says why it replaces the one before it."""

    jaar: int
    soort: str
    streefwaarde: Decimal | None
    marge: Decimal | None
    besluit: str
    orgaan: str
    geldig_vanaf: date
    reden: str = ""


@dataclass(frozen=True)
class Setregel:
    """The place of one indicator in the monitor set of one agenda, with its targets, oldest version first."""

    code: str
    agenda: str
    thema: str
    regel: Tabelrij
    onderdeel: str = ""
    versies: dict[int, list[Doelbesluit]] = field(default_factory=dict)
    landelijk: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Monitorset:
    """All sets together: the definitions by code and agenda, the earliest first, and the lines that print them.

    ``begin`` is the first year of each agenda.
    """

    bladen: dict[str, dict[str, Tabelrij]] = field(default_factory=dict)
    begin: dict[str, int] = field(default_factory=dict)
    regels: list[Setregel] = field(default_factory=list)

    def blad(self, code: str) -> Tabelrij | None:
        """The definition that was read last: that of the agenda being read, or of an earlier one."""
        return next(reversed(self.bladen[code].values()), None) if code in self.bladen else None

    @property
    def alle(self) -> Iterator[tuple[str, Tabelrij]]:
        """Every definition with its agenda."""
        for per_agenda in self.bladen.values():
            yield from per_agenda.items()


@dataclass(frozen=True)
class _Kader:
    """What one set refers to."""

    kop: Tabelrij
    agenda: AgendaRijen
    themas: dict[str, Tabelrij]
    rubrieken: dict[str, Tabelrij]
    onderdelen: Collection[str]
    wortel: Path


def lees_monitorsets(
    wortel: Path, agendas: list[AgendaRijen], onderdelen: Collection[str], fouten: Fouten
) -> Monitorset:
    """Read and check every folder of ``monitorset``, the earliest agenda first."""
    sets = Monitorset()
    kaders = [(map_, _lees_kader(map_, wortel, agendas, onderdelen, fouten)) for map_ in mappen(wortel / "monitorset")]
    bekend = [(map_, kader) for map_, kader in kaders if kader]
    for map_, kader in sorted(bekend, key=lambda paar: paar[1].agenda.agenda["begin_jaar"]):
        _lees_set(map_, kader, sets, fouten)
    _controleer_verband(sets)
    return sets


def _lees_kader(
    map_: Path, wortel: Path, agendas: list[AgendaRijen], onderdelen: Collection[str], fouten: Fouten
) -> _Kader | None:
    bestand = lees_bestand(map_ / SETBESTAND, wortel, fouten, "set", "rubriek")
    kop = bestand.tabel("set", SET)
    rubrieken = bestand.tabellen("rubriek", RUBRIEK, "naam")
    agenda = next((agenda for agenda in agendas if kop and agenda.agenda["slug"] == kop["agenda"]), None)
    if kop and not agenda:
        kop.meld(f"'agenda' noemt een onbekende agenda {kop['agenda']!r}")
    if not kop or not agenda:
        return None
    themas = {thema.thema["slug"]: thema.thema for thema in agenda.themas}
    for rubriek in rubrieken:
        if rubriek["thema"] not in themas:
            rubriek.meld(f"'thema' noemt een onbekend thema {rubriek['thema']!r}")
    return _Kader(kop, agenda, themas, {rij["naam"]: rij for rij in rubrieken}, onderdelen, wortel)


def _lees_set(map_: Path, kader: _Kader, sets: Monitorset, fouten: Fouten) -> None:
    sets.begin[kader.kop["agenda"]] = kader.agenda.jaren[0]
    paden = [pad for pad in sorted(map_.glob("*.toml")) if pad.name != SETBESTAND]
    regels = [regel for pad in paden if (regel := _lees_indicator(pad, kader, sets, fouten))]
    weiger_dubbel([regel.regel for regel in regels], "volgorde")
    gebruikt = {regel.regel["rubriek"] for regel in regels}
    for naam, rubriek in kader.rubrieken.items():
        thema = kader.themas.get(rubriek["thema"])
        if thema and naam not in gebruikt and not thema["geen_doel"]:
            rubriek.meld("heeft geen indicator, en het thema zegt niet dat er geen doelstellingen zijn")
    sets.regels.extend(regels)


def _lees_indicator(pad: Path, kader: _Kader, sets: Monitorset, fouten: Fouten) -> Setregel | None:
    """The line of one file; its definition is added to the set."""
    bestand = lees_bestand(pad, kader.wortel, fouten, "indicator", "regel", "doel", "landelijk")
    if not bestand.inhoud:
        return None
    if "indicator" in bestand.inhoud:
        _neem_definitie(pad, bestand, kader, sets)
    elif pad.stem not in sets.bladen:
        fouten.meld(bestand.naam, "indicator", "ontbreekt, en geen eerdere agenda beschrijft deze indicator")
    elif (eerder := sets.blad(pad.stem)) and eerder["tot"]:
        fouten.meld(bestand.naam, "indicator", f"ontbreekt, en de eerdere definitie houdt op in {eerder['tot']}")
    regel = bestand.tabel("regel", REGEL)
    rubriek = kader.rubrieken.get(regel["rubriek"]) if regel else None
    if regel and not rubriek:
        regel.meld(f"'rubriek' staat niet in {SETBESTAND}: {regel['rubriek']!r}")
    doel = bestand.tabel("doel", _DOEL) if "doel" in bestand.inhoud else None
    if not regel or not rubriek:
        return None
    if doel:
        _controleer_doel(doel, rubriek, sets.blad(pad.stem), kader)
    versies = _versies(doel, kader, _doeljaren(sets.blad(pad.stem), kader)) if doel else {}
    onderdeel = doel["onderdeel"] if doel else ""
    landelijk = bestand.tabel("landelijk", LANDELIJK) if "landelijk" in bestand.inhoud else None
    per_jaar = _landelijk(landelijk, kader) if landelijk else []
    return Setregel(pad.stem, kader.kop["agenda"], rubriek["thema"], regel, onderdeel, versies, per_jaar)


def _landelijk(kop: Tabelrij, kader: _Kader) -> list[dict[str, Any]]:
    """The national target of each year of the agenda, with its source; what the unit aims for is a share of it."""
    waarden = _per_jaar(kop, "landelijk, jaren", kader.agenda.jaren, Getal(van=Decimal("0.0001")))
    vast = {naam: kop[naam] for naam in ("bron", "eenheid", "let_op")}
    return [{"jaar": jaar, "streefwaarde": waarde, **vast} for jaar, waarde in waarden.items()]


def _per_jaar(tabel: Tabelrij, plek: str, jaren: range, getal: Getal) -> dict[int, Decimal]:
    """What ``jaren`` of a table gives for each of these years; nothing after a fault."""
    rij = tabel.lees_binnen(plek, Schema({str(jaar): getal for jaar in jaren}), tabel["jaren"])
    return {jaar: rij[str(jaar)] for jaar in jaren} if rij else {}


def _doeljaren(blad: Tabelrij | None, kader: _Kader) -> range:
    """The years of the agenda in which the indicator counts."""
    jaren, vanaf, tot = kader.agenda.jaren, *(_kwartaal(blad[naam]) if blad else None for naam in ("vanaf", "tot"))
    return range(max(jaren[0], vanaf.jaar if vanaf else 0), (min(jaren[-1], tot.jaar) if tot else jaren[-1]) + 1)


def _kwartaal(tekst: str) -> Kwartaal | None:
    """None for nothing, and for what is no quarter."""
    try:
        return Kwartaal.parse(tekst) if tekst else None
    except ValueError:
        return None


def _neem_definitie(pad: Path, bestand: Bestand, kader: _Kader, sets: Monitorset) -> None:
    rij = bestand.tabel("indicator", INDICATOR)
    if not rij:
        return
    if rij["code"] != pad.stem:
        rij.meld(f"'code' is {rij['code']!r}, maar het bestand heet {pad.name}")
    for onderdeel in rij["niet_voor"]:
        if onderdeel not in kader.onderdelen:
            rij.meld(f"'niet_voor' noemt een onbekend onderdeel {onderdeel!r}")
    if (rij["frequentie"] == "tweejaarlijks") != (rij["eerste_jaar"] is not None):
        rij.meld("'eerste_jaar' hoort bij een tweejaarlijkse meting, en alleen daarbij")
    if (rij["verwachting"] == "stap") != (rij["stap_kwartaal"] is not None):
        rij.meld("'stap_kwartaal' hoort bij de verwachting stap, en alleen daarbij")
    if rij["tijd"] == Indicator.Tijd.LAATSTE and rij["aggregatie"] != Indicator.Aggregatie.VERHOUDING:
        rij.meld("'tijd' hoort bij de aggregatie verhouding, en alleen daarbij")
    _controleer_kwartalen(rij, kader.agenda.jaren)
    if eerder := sets.blad(pad.stem):
        _controleer_reeks(rij, eerder)
    sets.bladen.setdefault(pad.stem, {})[kader.kop["agenda"]] = rij


def _controleer_kwartalen(rij: Tabelrij, jaren: range) -> None:
    """The first and the last quarter are quarters of the agenda, in that order."""
    for naam in ("vanaf", "tot"):
        kwartaal = _kwartaal(rij[naam])
        if rij[naam] and not kwartaal:
            rij.meld(f"'{naam}' is {rij[naam]!r}, geen kwartaal; schrijf het als 2026-Q3")
        elif kwartaal and kwartaal.jaar not in jaren:
            grenzen = f"{jaren[0]}-Q1 tot en met {jaren[-1]}-Q4"
            rij.meld(f"'{naam}' is {rij[naam]!r}, buiten de agenda; kies een kwartaal van {grenzen}")
    if rij["vanaf"] and rij["tot"] and rij["tot"] < rij["vanaf"]:
        rij.meld("'tot' ligt voor 'vanaf'")


def _controleer_reeks(rij: Tabelrij, eerder: Tabelrij) -> None:
    """A later agenda defines the same series; whatever makes it another one asks for a new code."""
    for naam in Indicator.REEKS:
        if rij[naam] != eerder[naam]:
            was = f"'{naam}' is {rij[naam]!r}, maar in {eerder.bestand} {eerder[naam]!r}"
            rij.meld(f"{was}: dat is een andere reeks; geef een nieuwe code")


_RICHTING = {
    "jaarvolume": ("hoger",),
    "minimum": ("hoger",),
    "maximum": ("lager",),
    "verbetering": ("hoger", "lager"),
}


def past_bij_richting(soort: str, richting: str) -> bool:
    """A minimum asks for more, a maximum for less; what is only followed fits any direction."""
    return richting in _RICHTING.get(soort, (richting,))


def _controleer_doel(doel: Tabelrij, rubriek: Tabelrij, indicator: Tabelrij | None, kader: _Kader) -> None:
    """The target fits its kind, its indicator, its theme and its onderdeel."""
    soort = doel["soort"]
    if doel["onderdeel"] not in kader.onderdelen:
        doel.meld(f"'onderdeel' is onbekend: {doel['onderdeel']!r}")
    thema = kader.themas.get(rubriek["thema"])
    if thema and thema["geen_doel"]:
        doel.meld(f"het thema {thema['slug']} heeft volgens de agenda geen doelstellingen")
    if indicator and not past_bij_richting(soort, indicator["richting"]):
        doel.meld(f"een {soort} past niet bij de richting {indicator['richting']!r}")
    if indicator and soort == "jaarvolume" and indicator["aggregatie"] != "som":
        doel.meld(f"een jaarvolume past niet bij de aggregatie {indicator['aggregatie']!r}")
    if soort in Doelstelling.MET_STREEFWAARDE:
        _controleer_waarden(doel, indicator)
    elif any(doel[naam] is not None for naam in ("streefwaarde", "marge", "jaren")) or doel["herzien"]:
        doel.meld(f"een doel van de soort {soort} heeft geen streefwaarde, jaren, marge of herziening")


def _controleer_waarden(doel: Tabelrij, indicator: Tabelrij | None) -> None:
    if (doel["streefwaarde"] is None) == (doel["jaren"] is None):
        doel.meld("geef óf één 'streefwaarde' voor elk jaar, óf een waarde per jaar in 'jaren'")
    if doel["soort"] == "jaarvolume" and doel["jaren"] is None:
        doel.meld("een jaarvolume heeft een waarde per jaar nodig in 'jaren'")
    if doel["marge"] is None:
        doel.meld("'marge' ontbreekt")
    procent = indicator is not None and indicator["eenheid"] == "%"
    if procent and doel["streefwaarde"] is not None and doel["streefwaarde"] > 100:
        doel.meld(f"'streefwaarde' is {doel['streefwaarde']}, meer dan 100%")


_BESLUIT = ("besluit", "orgaan", "geldig_vanaf")


def _versies(doel: Tabelrij, kader: _Kader, jaren: range) -> dict[int, list[Doelbesluit]]:
    """The versions of the target per year: as the agenda prints it, then every revision."""
    kop = kader.kop
    versies = {
        jaar: [Doelbesluit(jaar, doel["soort"], waarde, doel["marge"], *(kop[naam] for naam in _BESLUIT))]
        for jaar, waarde in _streefwaarden(doel, jaren).items()
    }
    if any(kop["geldig_vanaf"] > date(jaar, 12, 31) for jaar in versies):
        doel.meld(f"'geldig_vanaf' ligt na het einde van {min(versies)}")
    for nummer, ruw in enumerate(doel["herzien"], 1):
        herzien = doel.lees_binnen(f"doel, herzien {nummer}", HERZIEN, ruw)
        if herzien:
            _voeg_toe(herzien, versies)
    return versies


def _streefwaarden(doel: Tabelrij, jaren: range) -> Mapping[int, Decimal | None]:
    if doel["jaren"] is None:
        return dict.fromkeys(jaren, doel["streefwaarde"])
    return _per_jaar(doel, "doel, jaren", jaren, Getal())


def _voeg_toe(herzien: Tabelrij, versies: dict[int, list[Doelbesluit]]) -> None:
    rij = versies.get(herzien["jaar"])
    if not rij:
        herzien.meld(f"'jaar' {herzien['jaar']} heeft geen doel om te herzien")
    elif herzien["geldig_vanaf"] > date(herzien["jaar"], 12, 31):
        herzien.meld(f"'geldig_vanaf' ligt na het einde van {herzien['jaar']}")
    elif herzien["geldig_vanaf"] <= rij[-1].geldig_vanaf:
        herzien.meld("'geldig_vanaf' ligt niet na de versie die hij vervangt")
    else:
        marge = rij[-1].marge if herzien["marge"] is None else herzien["marge"]
        waarden = {naam: herzien[naam] for naam in ("streefwaarde", "reden", *_BESLUIT)}
        rij.append(Doelbesluit(jaar=herzien["jaar"], soort=rij[-1].soort, marge=marge, **waarden))


def _controleer_verband(sets: Monitorset) -> None:
    """What holds between files: waarvan indicators and their parents, years that two agendas share."""
    for agenda, rij in sets.alle:
        if rij["waarvan_van"]:
            _controleer_waarvan(rij, agenda, sets)
    eerder: dict[tuple[str, int], Setregel] = {}
    for regel in sets.regels:
        for jaar in regel.versies:
            vorige = eerder.setdefault((regel.code, jaar), regel)
            if vorige is not regel:
                regel.regel.meld(f"het doel voor {jaar} staat ook in {vorige.regel.bestand}")
    _controleer_deeldoelen(sets)


def _controleer_waarvan(rij: Tabelrij, agenda: str, sets: Monitorset) -> None:
    ouder = sets.bladen.get(rij["waarvan_van"], {}).get(agenda) or sets.blad(rij["waarvan_van"])
    if not ouder:
        rij.meld(f"'waarvan_van' noemt een onbekende indicator {rij['waarvan_van']!r}")
    elif ouder["waarvan_van"]:
        rij.meld(f"'waarvan_van' noemt {ouder['code']!r}, die zelf een deel van een andere is")
    elif any(rij[naam] != ouder[naam] for naam in ("eenheid", "aggregatie", "frequentie")):
        rij.meld(f"heeft een andere eenheid, aggregatie of frequentie dan {ouder['code']!r}")


def _deeldoelen(sets: Monitorset) -> Iterator[tuple[Setregel, int, Decimal]]:
    """Each target of a waarvan indicator that is in force."""
    for regel in sets.regels:
        rij = sets.blad(regel.code)
        if rij and rij["waarvan_van"]:
            for jaar, versies in regel.versies.items():
                if versies[-1].streefwaarde is not None:
                    yield regel, jaar, versies[-1].streefwaarde


def _controleer_deeldoelen(sets: Monitorset) -> None:
    """The targets of the parts of an indicator together do not exceed its own."""
    heel = {(r.code, jaar): v[-1].streefwaarde for r in sets.regels for jaar, v in r.versies.items()}
    som: dict[tuple[str, int], Decimal] = {}
    for regel, jaar, waarde in _deeldoelen(sets):
        sleutel = (sets.blad(regel.code)["waarvan_van"], jaar)  # type: ignore[index]  # _deeldoelen found it
        som[sleutel] = som.get(sleutel, Decimal(0)) + waarde
        geheel = heel.get(sleutel)
        if geheel is not None and som[sleutel] > geheel:
            reden = f"de doelen van de delen van {sleutel[0]} in {jaar} zijn samen {som[sleutel]}, meer dan {geheel}"
            regel.regel.meld(reden)
