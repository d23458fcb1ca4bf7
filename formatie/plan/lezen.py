"""The organisation and the formation plan: files → checked rows. Nothing here touches the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from common.bestanden.modelvelden import velden_van
from common.bestanden.toml import (
    BRONREGEL,
    SLEUTEL,
    Fouten,
    Getal,
    Heel,
    Keuze,
    Lijst,
    Schema,
    Tabelrij,
    Tekst,
    lees_bestand,
    mappen,
    weiger_dubbel,
    weiger_omgekeerd,
)
from formatie.models import (
    Controlesom,
    Districtsformatie,
    Formatieplan,
    Formatieregel,
    Gemeente,
    Inwonertal,
    Onderdeel,
)
from formatie.plan.controle import gewicht, ontleed
from formatie.plan.gemeenten import lees_werkgebieden

_KOLOMMEN = ("fte", "os", "nos", "inwoners")
CODE = Tekst(lengte=12)
BRON = Tekst(lengte=40, patroon=BRONREGEL)
FTE = Getal(decimalen=1, tot=Decimal("9999999.9"))
FTE_OF_NIETS = replace(FTE, verplicht=False)

ONDERDEEL = Schema(
    velden_van(Onderdeel, "code", "naam", "soort", "volgorde", "geldig_vanaf", "geldig_tot")
    | {"ouder": Tekst(verplicht=False, lengte=12), "bronregel": BRON}
)
GEMEENTE = Schema(
    velden_van(Gemeente, "slug", "naam", "cbs_code", "geldig_vanaf", "geldig_tot")
    | {"opgegaan_in": Tekst(verplicht=False, lengte=50), "bronregel": BRON}
)
PLAN = Schema(
    velden_van(Formatieplan, "slug", "naam", "besluit", "besluitdatum", "geldig_vanaf", "geldig_tot", "bronregel")
    | {"aspirant_inzetbaar": Getal(verplicht=False, standaard=Decimal(40), decimalen=2, tot=Decimal(100))}
)
REGEL = Schema(
    velden_van(Formatieregel, "sleutel", "dienst", "naam", "soort", "herleiding", "bronregel")
    | {"fte": FTE, "os": FTE_OF_NIETS, "nos": FTE_OF_NIETS}
    | {"volgnummer": Heel(van=1), "ouder": Tekst(verplicht=False, lengte=80)}
)
CEL = Schema(
    velden_van(Districtsformatie, "soort", "herleiding", "bronregel")
    | {"fte": FTE, "onderdeel": CODE, "inwoners": Heel(verplicht=False, van=1, tot=1000000)}
)
SOM = Schema(
    velden_van(Controlesom, "omschrijving", "geheel")
    | {
        "sleutel": Tekst(lengte=110, patroon=SLEUTEL),
        "soort": Keuze(verplicht=False, standaard="som", keuzes=("som", "tabellen", "gewogen")),
        "kolommen": Lijst(),
        "delen": Lijst(),
    }
)
INWONERS = Schema(
    velden_van(Inwonertal, "peildatum", "bron")
    | {"onderdeel": Tekst(verplicht=False, lengte=12), "gemeente": Tekst(verplicht=False, lengte=50, patroon=SLEUTEL)}
    | {"aantal": Heel(van=1, tot=2147483647)}
)
SLEUTEL_VAN_INWONERS = ("onderdeel", "gemeente", "peildatum")
UITLEG = Schema({"som": Tekst(lengte=120), "tekst": Tekst()})
UITGELEGD = ("oorzaak", "opmerking")


@dataclass(frozen=True)
class Organisatie:
    """The checked rows of ``fixtures/organisatie``."""

    onderdelen: list[Tabelrij]
    gemeenten: list[Tabelrij]
    inwoners: list[Tabelrij] = field(default_factory=list)
    werkgebieden: list[Tabelrij] = field(default_factory=list)

    @property
    def codes(self) -> set[str]:
        return {rij["code"] for rij in self.onderdelen}


@dataclass(frozen=True)
class Plan:
    """The checked rows of one folder of ``fixtures/formatieplan``."""

    plan: Tabelrij
    regels: list[Tabelrij]
    cellen: list[Tabelrij]
    sommen: list[dict[str, Any]] = field(default_factory=list)


def lees_organisatie(wortel: Path, fouten: Fouten) -> Organisatie:
    """Read and check the tree of onderdelen and the municipalities."""
    onderdelen = _lees(wortel, "organisatie/onderdelen.toml", "onderdeel", ONDERDEEL, fouten, "code")
    gemeenten = _lees(wortel, "organisatie/gemeenten.toml", "gemeente", GEMEENTE, fouten, "slug")
    inwoners = _lees_inwoners(wortel, onderdelen, gemeenten, fouten)
    gebieden = lees_werkgebieden(wortel, onderdelen, gemeenten, fouten)
    _controleer_boom(onderdelen)
    _controleer_samenvoegingen(gemeenten)
    weiger_omgekeerd([*onderdelen, *gemeenten, *gebieden])
    return Organisatie(onderdelen, gemeenten, inwoners, gebieden)


def _lees(
    wortel: Path, naam: str, tabel: str, schema: Schema, fouten: Fouten, *uniek: str | tuple[str, ...]
) -> list[Tabelrij]:
    """The rows of a file that holds one kind of table."""
    return lees_bestand(wortel / naam, wortel, fouten, tabel).tabellen(tabel, schema, *uniek)


def _lees_inwoners(
    wortel: Path, onderdelen: list[Tabelrij], gemeenten: list[Tabelrij], fouten: Fouten
) -> list[Tabelrij]:
    """Populations, where there is a file of them: the plan itself prints none per district."""
    naam = "organisatie/inwoners.toml"
    if not (wortel / naam).exists():
        return []
    rijen = _lees(wortel, naam, "inwoners", INWONERS, fouten, SLEUTEL_VAN_INWONERS)
    controleer_inwoners(rijen, {rij["code"] for rij in onderdelen}, {rij["slug"] for rij in gemeenten})
    return rijen


def controleer_inwoners(rijen: list[Tabelrij], onderdelen: set[str], gemeenten: set[str]) -> None:
    """A population is of one onderdeel or of one municipality."""
    _controleer_onderdelen([rij for rij in rijen if rij["onderdeel"]], onderdelen)
    for rij in rijen:
        if rij["gemeente"] and rij["gemeente"] not in gemeenten:
            rij.meld(f"'gemeente' noemt een onbekende gemeente {rij['gemeente']!r}")
        if bool(rij["gemeente"]) == bool(rij["onderdeel"]):
            rij.meld("'gemeente' of 'onderdeel' is nodig, een van beide")


def _controleer_onderdelen(rijen: list[Tabelrij], bekend: set[str]) -> None:
    for rij in rijen:
        if rij["onderdeel"] not in bekend:
            rij.meld(f"'onderdeel' is onbekend: {rij['onderdeel']!r}")


_MAG_ONDER = {
    "korps": {""},
    "eenheid": {"", "korps"},
    "district": {"eenheid"},
    "dienst": {"eenheid", "district"},
    "basisteam": {"district"},
}


def _controleer_boom(rijen: list[Tabelrij]) -> None:
    """A parent exists and is of a kind that may have this child, which also rules out circles."""
    soort = {rij["code"]: rij["soort"] for rij in rijen}
    for rij in rijen:
        if rij["ouder"] and rij["ouder"] not in soort:
            rij.meld(f"'ouder' noemt een onbekend onderdeel {rij['ouder']!r}")
        elif soort.get(rij["ouder"], "") not in _MAG_ONDER[rij["soort"]]:
            onder = f"onder {rij['ouder']}" if rij["ouder"] else "zonder ouder"
            rij.meld(f"een {rij['soort']} kan niet {onder} staan")


def _controleer_samenvoegingen(rijen: list[Tabelrij]) -> None:
    """A municipality merges into one that outlives it, which also rules out circles."""
    op_slug = {rij["slug"]: rij for rij in rijen}
    for rij in rijen:
        opvolger = op_slug.get(rij["opgegaan_in"])
        if rij["opgegaan_in"] and not opvolger:
            rij.meld(f"'opgegaan_in' noemt een onbekende gemeente {rij['opgegaan_in']!r}")
        elif opvolger and not (rij["geldig_tot"] and _overleeft(opvolger, rij["geldig_tot"])):
            rij.meld(f"kan niet zijn opgegaan in {opvolger['slug']!r}: 'geldig_tot' ontbreekt of past niet")


def _overleeft(rij: Tabelrij, dag: date) -> bool:
    return rij["geldig_tot"] is None or rij["geldig_tot"] > dag


def lees_plannen(wortel: Path, organisatie: Organisatie, fouten: Fouten) -> list[Plan]:
    """Read and check every folder of ``formatieplan``."""
    plannen = [_lees_plan(map_, wortel, organisatie, fouten) for map_ in mappen(wortel / "formatieplan")]
    gelezen = [plan for plan in plannen if plan]
    weiger_dubbel([plan.plan for plan in gelezen], "slug", "geldig_vanaf")
    return gelezen


def _lees_plan(map_: Path, wortel: Path, organisatie: Organisatie, fouten: Fouten) -> Plan | None:
    naam = map_.relative_to(wortel).as_posix()
    kop = lees_bestand(map_ / "plan.toml", wortel, fouten, "plan").tabel("plan", PLAN)
    regels = _lees(wortel, f"{naam}/regels.toml", "regel", REGEL, fouten, "sleutel", "volgnummer")
    cellen = _lees(wortel, f"{naam}/districten.toml", "cel", CEL, fouten, ("onderdeel", "soort"))
    controleer_regels(regels)
    controleer_cellen(cellen, organisatie.codes)
    weiger_omgekeerd([kop] if kop else [])
    sommen = _lees_sommen(map_ / "sommen.toml", wortel, regels, cellen, fouten)
    return Plan(kop, regels, cellen, sommen) if kop else None


def controleer_cellen(cellen: list[Tabelrij], bekend: set[str]) -> None:
    """Note with each cell what cannot be."""
    _controleer_onderdelen(cellen, bekend)
    for cel in cellen:
        if cel["inwoners"] is not None and cel["soort"] != "wijkagenten":
            cel.meld("'inwoners' hoort alleen bij wijkagenten")


def controleer_regels(regels: list[Tabelrij]) -> None:
    nummers = {rij["sleutel"]: rij["volgnummer"] for rij in regels}
    for rij in regels:
        if (rij["soort"] == "waarvan") != bool(rij["ouder"]):
            rij.meld("een waarvan-regel heeft een 'ouder' en een andere regel niet")
        if rij["ouder"] and rij["ouder"] not in nummers:
            rij.meld(f"'ouder' noemt een onbekende regel {rij['ouder']!r}")
        elif rij["ouder"] and nummers[rij["ouder"]] >= rij["volgnummer"]:
            rij.meld(f"'ouder' {rij['ouder']!r} moet boven deze regel staan")
        if rij["os"] is None and rij["nos"] is None:
            rij.meld("'os' en 'nos' ontbreken beide")


def _verwijzingen(regels: list[Tabelrij], cellen: list[Tabelrij]) -> set[str]:
    """Every printed figure of a plan, as a reference."""
    namen = {f"regel:{r['sleutel']}:{k}" for r in regels for k in ("fte", "os", "nos") if r[k] is not None}
    return namen | {
        f"cel:{r['onderdeel']}:{r['soort']}:{k}" for r in cellen for k in ("fte", "inwoners") if r[k] is not None
    }


def _lees_sommen(
    pad: Path, wortel: Path, regels: list[Tabelrij], cellen: list[Tabelrij], fouten: Fouten
) -> list[dict[str, Any]]:
    bestand = lees_bestand(pad, wortel, fouten, "som", *UITGELEGD)
    uitleg = {soort: bestand.tabellen(soort, UITLEG, "som") for soort in UITGELEGD}
    return maak_sommen(regels, cellen, bestand.tabellen("som", SOM, "sleutel"), uitleg)


def maak_sommen(
    regels: list[Tabelrij], cellen: list[Tabelrij], sommen_: list[Tabelrij], uitleg: Mapping[str, list[Tabelrij]]
) -> list[dict[str, Any]]:
    """The sums of a plan: FTE = OS + NOS for every row, and those it names, one per column."""
    gedrukt = _verwijzingen(regels, cellen)
    sommen = [_rijsom(regel) for regel in regels]
    sommen += [som for rij in sommen_ for som in _kolomsommen(rij, gedrukt)]
    for soort in UITGELEGD:
        _leg_uit(soort, uitleg[soort], sommen)
    return [{"oorzaak": "", "opmerking": "", **som, "volgnummer": nummer} for nummer, som in enumerate(sommen, 1)]


def _rijsom(regel: Tabelrij) -> dict[str, Any]:
    naam = f"regel:{regel['sleutel']}"
    return {
        "sleutel": f"rij-{regel['sleutel']}",
        "soort": "rij",
        "omschrijving": f"{regel['dienst']}, {regel['naam']}: FTE is OS plus NOS"[:200],
        "geheel": f"{naam}:fte",
        "delen": [f"{naam}:{kolom}" for kolom in ("os", "nos") if regel[kolom] is not None],
    }


def _kolomsommen(rij: Tabelrij, gedrukt: set[str]) -> list[dict[str, Any]]:
    """A sum of the file, once for each of its columns."""
    _controleer_verwijzingen(rij, gedrukt)
    sommen = []
    for kolom in rij["kolommen"]:
        geheel = f"{rij['geheel']}:{kolom}"
        delen = [f"{naam}:{kolom}" for naam in rij["delen"] if ontleed(f"{naam}:{kolom}")[1] in gedrukt]
        if kolom not in _KOLOMMEN:
            rij.meld(f"'kolommen' noemt een onbekende kolom {kolom!r}")
        elif geheel not in gedrukt:
            rij.meld(f"'geheel' noemt een getal dat niet gedrukt is: {geheel}")
        elif rij["soort"] == "gewogen" and any(gewicht(naam) not in gedrukt for naam in delen):
            rij.meld("bij een gewogen gemiddelde hoort elk deel ook fte te hebben")
        elif delen:
            sommen.append(_som(rij, kolom, geheel, delen))
    return sommen


def _controleer_verwijzingen(rij: Tabelrij, gedrukt: set[str]) -> None:
    """Each part has a printed figure in at least one column of the sum; else its name is mistyped."""
    for naam in rij["delen"]:
        if not any(ontleed(f"{naam}:{kolom}")[1] in gedrukt for kolom in rij["kolommen"]):
            rij.meld(f"'delen' noemt een getal dat niet gedrukt is: {naam}")
    if not rij["delen"] or not rij["kolommen"]:
        rij.meld("een som heeft ten minste één deel en één kolom nodig")


def _som(rij: Tabelrij, kolom: str, geheel: str, delen: list[str]) -> dict[str, Any]:
    meer = len(rij["kolommen"]) > 1
    return {
        "sleutel": f"{rij['sleutel']}-{kolom}",
        "soort": rij["soort"],
        "omschrijving": f"{rij['omschrijving']} ({kolom.upper()})" if meer else rij["omschrijving"],
        "geheel": geheel,
        "delen": delen,
    }


def _leg_uit(soort: str, uitleg: list[Tabelrij], sommen: list[dict[str, Any]]) -> None:
    """Put the known causes and remarks with their sums."""
    op_sleutel = {som["sleutel"]: som for som in sommen}
    for rij in uitleg:
        if rij["som"] in op_sleutel:
            op_sleutel[rij["som"]][soort] = rij["tekst"]
        else:
            rij.meld(f"'som' noemt een onbekende som {rij['som']!r}")
