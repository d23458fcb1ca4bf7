"""The organisation and the formation plan: files → checked rows. Nothing here touches the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from common.bestanden.toml import (
    BRONREGEL,
    SLEUTEL,
    Dag,
    Fouten,
    Getal,
    Heel,
    Keuze,
    Lijst,
    Rij,
    Schema,
    Tekst,
    lees_toml,
    mappen,
    tabellen,
    weiger_dubbel,
    weiger_vreemd,
)
from formatie.gemeenten import GELDIGHEID, lees_werkgebieden
from formatie.models import Districtsformatie, Formatieregel, Onderdeel
from formatie.plan.controle import gewicht, ontleed

_KOLOMMEN = ("fte", "os", "nos", "inwoners")
BRON = Tekst(lengte=40, patroon=BRONREGEL)
CODE = Tekst(lengte=12)
NAAM = Tekst(lengte=120)
FTE = Getal(decimalen=1, tot=Decimal("9999999.9"))
FTE_OF_NIETS = Getal(verplicht=False, decimalen=1, tot=Decimal("9999999.9"))
TOELICHTING = Tekst(verplicht=False)

ONDERDEEL = Schema(
    {
        "code": CODE,
        "naam": NAAM,
        "soort": Keuze(keuzes=tuple(Onderdeel.Soort.values)),
        "ouder": Tekst(verplicht=False, lengte=12),
        "volgorde": Heel(),
        **GELDIGHEID,
        "bronregel": BRON,
    }
)
GEMEENTE = Schema(
    {
        "slug": Tekst(lengte=50, patroon=SLEUTEL),
        "naam": Tekst(lengte=80),
        "cbs_code": Tekst(verplicht=False, lengte=6),
        **GELDIGHEID,
        "opgegaan_in": Tekst(verplicht=False, lengte=50),
        "bronregel": BRON,
    }
)
PLAN = Schema(
    {
        "slug": Tekst(lengte=50, patroon=SLEUTEL),
        "naam": NAAM,
        "besluit": Tekst(lengte=200),
        "besluitdatum": Dag(),
        **GELDIGHEID,
        "geldig_vanaf": Dag(),
        "aspirant_inzetbaar": Getal(verplicht=False, standaard=Decimal(40), decimalen=2, tot=Decimal(100)),
        "bronregel": BRON,
    }
)
REGEL = Schema(
    {
        "volgnummer": Heel(van=1),
        "sleutel": Tekst(lengte=80, patroon=SLEUTEL),
        "dienst": Tekst(lengte=80),
        "naam": NAAM,
        "soort": Keuze(keuzes=tuple(Formatieregel.Soort.values)),
        "ouder": Tekst(verplicht=False, lengte=80),
        "fte": FTE,
        "os": FTE_OF_NIETS,
        "nos": FTE_OF_NIETS,
        "herleiding": TOELICHTING,
        "bronregel": BRON,
    }
)
CEL = Schema(
    {
        "onderdeel": CODE,
        "soort": Keuze(keuzes=tuple(Districtsformatie.Soort.values)),
        "fte": FTE,
        "inwoners": Heel(verplicht=False, van=1, tot=1000000),
        "herleiding": TOELICHTING,
        "bronregel": BRON,
    }
)
SOM = Schema(
    {
        "sleutel": Tekst(lengte=110, patroon=SLEUTEL),
        "soort": Keuze(verplicht=False, standaard="som", keuzes=("som", "tabellen", "gewogen")),
        "omschrijving": Tekst(lengte=200),
        "geheel": Tekst(lengte=120),
        "kolommen": Lijst(),
        "delen": Lijst(),
    }
)
INWONERS = Schema(
    {"onderdeel": CODE, "peildatum": Dag(), "aantal": Heel(van=1, tot=2147483647), "bron": Tekst(lengte=200)}
)
UITLEG = Schema({"som": Tekst(lengte=120), "tekst": Tekst()})


@dataclass(frozen=True)
class Organisatie:
    """The checked rows of ``fixtures/organisatie``."""

    onderdelen: list[Rij]
    gemeenten: list[Rij]
    inwoners: list[Rij] = field(default_factory=list)
    werkgebieden: list[Rij] = field(default_factory=list)

    @property
    def codes(self) -> set[str]:
        return {rij["code"] for rij in self.onderdelen}


@dataclass(frozen=True)
class Plan:
    """The checked rows of one folder of ``fixtures/formatieplan``."""

    plan: Rij
    regels: list[Rij]
    cellen: list[Rij]
    sommen: list[dict[str, Any]] = field(default_factory=list)


def lees_organisatie(wortel: Path, fouten: Fouten) -> Organisatie:
    """Read and check the tree of onderdelen and the municipalities."""
    onderdelen = _lees(wortel, "organisatie/onderdelen.toml", "onderdeel", ONDERDEEL, fouten)
    gemeenten = _lees(wortel, "organisatie/gemeenten.toml", "gemeente", GEMEENTE, fouten)
    inwoners = _lees_inwoners(wortel, fouten)
    gebieden = lees_werkgebieden(wortel, onderdelen, gemeenten, fouten)
    organisatie = Organisatie(onderdelen, gemeenten, inwoners, gebieden)
    weiger_dubbel(organisatie.onderdelen, ("code",), fouten)
    weiger_dubbel(organisatie.gemeenten, ("slug",), fouten)
    _controleer_boom(organisatie.onderdelen, fouten)
    _controleer_samenvoegingen(organisatie.gemeenten, fouten)
    _controleer_inwoners(organisatie, fouten)
    for rij in [*organisatie.onderdelen, *organisatie.gemeenten, *organisatie.werkgebieden]:
        _controleer_geldigheid(rij, fouten)
    return organisatie


def _lees(wortel: Path, naam: str, tabel: str, schema: Schema, fouten: Fouten) -> list[Rij]:
    """The rows of a file that holds one kind of table."""
    bestand, inhoud = lees_toml(wortel / naam, wortel, fouten)
    weiger_vreemd(inhoud, (tabel,), bestand, fouten)
    return tabellen(inhoud, tabel, schema, bestand, fouten)


def _lees_inwoners(wortel: Path, fouten: Fouten) -> list[Rij]:
    """Populations, where there is a file of them: the plan itself prints none per district."""
    naam = "organisatie/inwoners.toml"
    return _lees(wortel, naam, "inwoners", INWONERS, fouten) if (wortel / naam).exists() else []


_MAG_ONDER = {
    "korps": {""},
    "eenheid": {"", "korps"},
    "district": {"eenheid"},
    "dienst": {"eenheid", "district"},
    "basisteam": {"district"},
}


def _controleer_boom(rijen: list[Rij], fouten: Fouten) -> None:
    """A parent exists and is of a kind that may have this child, which also rules out circles."""
    soort = {rij["code"]: rij["soort"] for rij in rijen}
    for rij in rijen:
        if rij["ouder"] and rij["ouder"] not in soort:
            rij.meld(fouten, f"'ouder' noemt een onbekend onderdeel {rij['ouder']!r}")
        elif soort.get(rij["ouder"], "") not in _MAG_ONDER[rij["soort"]]:
            onder = f"onder {rij['ouder']}" if rij["ouder"] else "zonder ouder"
            rij.meld(fouten, f"een {rij['soort']} kan niet {onder} staan")


def _controleer_samenvoegingen(rijen: list[Rij], fouten: Fouten) -> None:
    """A municipality merges into one that outlives it, which also rules out circles."""
    op_slug = {rij["slug"]: rij for rij in rijen}
    for rij in rijen:
        opvolger = op_slug.get(rij["opgegaan_in"])
        if rij["opgegaan_in"] and not opvolger:
            rij.meld(fouten, f"'opgegaan_in' noemt een onbekende gemeente {rij['opgegaan_in']!r}")
        elif opvolger and not (rij["geldig_tot"] and rij["geldig_tot"] < (opvolger["geldig_tot"] or date.max)):
            rij.meld(fouten, f"kan niet zijn opgegaan in {opvolger['slug']!r}: 'geldig_tot' ontbreekt of past niet")


def _controleer_inwoners(organisatie: Organisatie, fouten: Fouten) -> None:
    """A population belongs to a known onderdeel, and there is one for each day."""
    weiger_dubbel(organisatie.inwoners, ("onderdeel", "peildatum"), fouten)
    _controleer_onderdeel(organisatie.inwoners, organisatie, fouten)


def _controleer_onderdeel(rijen: list[Rij], organisatie: Organisatie, fouten: Fouten) -> None:
    for rij in rijen:
        if rij["onderdeel"] not in organisatie.codes:
            rij.meld(fouten, f"'onderdeel' is onbekend: {rij['onderdeel']!r}")


def _controleer_geldigheid(rij: Rij, fouten: Fouten) -> None:
    vanaf: date | None = rij["geldig_vanaf"]
    tot: date | None = rij["geldig_tot"]
    if vanaf and tot and tot <= vanaf:
        rij.meld(fouten, "'geldig_tot' ligt niet na 'geldig_vanaf'")


def lees_plannen(wortel: Path, organisatie: Organisatie, fouten: Fouten) -> list[Plan]:
    """Read and check every folder of ``formatieplan``."""
    plannen = [_lees_plan(map_, wortel, organisatie, fouten) for map_ in mappen(wortel / "formatieplan")]
    gelezen = [plan for plan in plannen if plan]
    koppen = [plan.plan for plan in gelezen]
    weiger_dubbel(koppen, ("slug",), fouten)
    weiger_dubbel(koppen, ("geldig_vanaf",), fouten)
    return gelezen


def _lees_plan(map_: Path, wortel: Path, organisatie: Organisatie, fouten: Fouten) -> Plan | None:
    naam = map_.relative_to(wortel).as_posix()
    bestand, inhoud = lees_toml(map_ / "plan.toml", wortel, fouten)
    weiger_vreemd(inhoud, ("plan",), bestand, fouten)
    kop = PLAN.lees(inhoud.get("plan", {}), bestand, "plan", fouten) if inhoud else None
    regels = _lees(wortel, f"{naam}/regels.toml", "regel", REGEL, fouten)
    cellen = _lees(wortel, f"{naam}/districten.toml", "cel", CEL, fouten)
    _controleer_regels(regels, fouten)
    _controleer_cellen(cellen, organisatie, fouten)
    if kop:
        _controleer_geldigheid(kop, fouten)
    sommen = lees_sommen(f"{naam}/sommen.toml", wortel, regels, cellen, fouten)
    return Plan(kop, regels, cellen, sommen) if kop else None


def _controleer_regels(regels: list[Rij], fouten: Fouten) -> None:
    weiger_dubbel(regels, ("sleutel",), fouten)
    weiger_dubbel(regels, ("volgnummer",), fouten)
    nummers = {rij["sleutel"]: rij["volgnummer"] for rij in regels}
    for rij in regels:
        if (rij["soort"] == "waarvan") != bool(rij["ouder"]):
            rij.meld(fouten, "een waarvan-regel heeft een 'ouder' en een andere regel niet")
        if rij["ouder"] and rij["ouder"] not in nummers:
            rij.meld(fouten, f"'ouder' noemt een onbekende regel {rij['ouder']!r}")
        elif rij["ouder"] and nummers[rij["ouder"]] >= rij["volgnummer"]:
            rij.meld(fouten, f"'ouder' {rij['ouder']!r} moet boven deze regel staan")
        if rij["os"] is None and rij["nos"] is None:
            rij.meld(fouten, "'os' en 'nos' ontbreken beide")


def _controleer_cellen(cellen: list[Rij], organisatie: Organisatie, fouten: Fouten) -> None:
    weiger_dubbel(cellen, ("onderdeel", "soort"), fouten)
    _controleer_onderdeel(cellen, organisatie, fouten)
    for rij in cellen:
        if rij["inwoners"] is not None and rij["soort"] != "wijkagenten":
            rij.meld(fouten, "'inwoners' hoort alleen bij wijkagenten")


def verwijzingen(regels: list[Rij], cellen: list[Rij]) -> set[str]:
    """Every printed figure of a plan, as a reference."""
    namen = {f"regel:{r['sleutel']}:{k}" for r in regels for k in ("fte", "os", "nos") if r[k] is not None}
    return namen | {
        f"cel:{r['onderdeel']}:{r['soort']}:{k}" for r in cellen for k in ("fte", "inwoners") if r[k] is not None
    }


def lees_sommen(naam: str, wortel: Path, regels: list[Rij], cellen: list[Rij], fouten: Fouten) -> list[dict[str, Any]]:
    """The sums of a plan: FTE = OS + NOS for every row, and those of the file, one per column."""
    bestand, inhoud = lees_toml(wortel / naam, wortel, fouten)
    weiger_vreemd(inhoud, ("som", "oorzaak", "opmerking"), bestand, fouten)
    rijen = tabellen(inhoud, "som", SOM, bestand, fouten)
    weiger_dubbel(rijen, ("sleutel",), fouten)
    gedrukt = verwijzingen(regels, cellen)
    sommen = [_rijsom(regel) for regel in regels]
    sommen += [som for rij in rijen for som in _kolomsommen(rij, gedrukt, fouten)]
    for soort in ("oorzaak", "opmerking"):
        _leg_uit(soort, tabellen(inhoud, soort, UITLEG, bestand, fouten), sommen, fouten)
    return [{"oorzaak": "", "opmerking": "", **som, "volgnummer": nummer} for nummer, som in enumerate(sommen, 1)]


def _rijsom(regel: Rij) -> dict[str, Any]:
    sleutel = regel["sleutel"]
    kolommen = [kolom for kolom in ("os", "nos") if regel[kolom] is not None]
    return {
        "sleutel": f"rij-{sleutel}",
        "soort": "rij",
        "omschrijving": f"{regel['dienst']}, {regel['naam']}: FTE is OS plus NOS"[:200],
        "geheel": f"regel:{sleutel}:fte",
        "delen": [f"regel:{sleutel}:{kolom}" for kolom in kolommen],
    }


def _kolomsommen(rij: Rij, gedrukt: set[str], fouten: Fouten) -> list[dict[str, Any]]:
    """A sum of the file, once for each of its columns."""
    _controleer_verwijzingen(rij, gedrukt, fouten)
    sommen = []
    for kolom in rij["kolommen"]:
        geheel = f"{rij['geheel']}:{kolom}"
        delen = [f"{naam}:{kolom}" for naam in rij["delen"] if ontleed(f"{naam}:{kolom}")[1] in gedrukt]
        if kolom not in _KOLOMMEN:
            rij.meld(fouten, f"'kolommen' noemt een onbekende kolom {kolom!r}")
        elif geheel not in gedrukt:
            rij.meld(fouten, f"'geheel' noemt een getal dat niet gedrukt is: {geheel}")
        elif rij["soort"] == "gewogen" and any(gewicht(naam) not in gedrukt for naam in delen):
            rij.meld(fouten, "bij een gewogen gemiddelde hoort elk deel ook fte te hebben")
        elif delen:
            sommen.append(_som(rij, kolom, geheel, delen))
    return sommen


def _controleer_verwijzingen(rij: Rij, gedrukt: set[str], fouten: Fouten) -> None:
    """Each part has a printed figure in at least one column of the sum; else its name is mistyped."""
    for naam in rij["delen"]:
        if not any(ontleed(f"{naam}:{kolom}")[1] in gedrukt for kolom in rij["kolommen"]):
            rij.meld(fouten, f"'delen' noemt een getal dat niet gedrukt is: {naam}")
    if not rij["delen"] or not rij["kolommen"]:
        rij.meld(fouten, "een som heeft ten minste één deel en één kolom nodig")


def _som(rij: Rij, kolom: str, geheel: str, delen: list[str]) -> dict[str, Any]:
    meer = len(rij["kolommen"]) > 1
    return {
        "sleutel": f"{rij['sleutel']}-{kolom}",
        "soort": rij["soort"],
        "omschrijving": f"{rij['omschrijving']} ({kolom.upper()})" if meer else rij["omschrijving"],
        "geheel": geheel,
        "delen": delen,
    }


def _leg_uit(soort: str, uitleg: list[Rij], sommen: list[dict[str, Any]], fouten: Fouten) -> None:
    """Put the known causes and remarks with their sums."""
    weiger_dubbel(uitleg, ("som",), fouten)
    op_sleutel = {som["sleutel"]: som for som in sommen}
    for rij in uitleg:
        if rij["som"] in op_sleutel:
            op_sleutel[rij["som"]][soort] = rij["tekst"]
        else:
            rij.meld(fouten, f"'som' noemt een onbekende som {rij['som']!r}")
