"""A plan as a sheet: one row per printed line or cell, out and back again. Knows no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from common.tekst.getallen import GetalFout, Notatie, lees
from formatie.plan.controle import ontleed

CIJFERS = ("fte", "os", "nos", "inwoners per wijkagent")
PLANKOLOMMEN = ("kenmerk", "onderdeel of dienst", "regel of soort", *CIJFERS)
EIGEN = "kenmerk"
"""The column that says which figure a row is, and that no other sheet of ours has."""
SLEUTELS = {"fte": "fte", "os": "os", "nos": "nos", "inwoners per wijkagent": "inwoners"}
"""Column of the sheet → key in a row of the files."""
_HOOGSTE = Decimal("9999999.9")
_MEESTE_INWONERS = 1_000_000

Planrijen = Mapping[str, Sequence[Mapping[str, Any]]]
Bladcijfers = Mapping[str, Mapping[str, Decimal | None]]
"""Kenmerk → key (``fte``, ``os``, ``nos``, ``inwoners``) → figure; None where nothing is printed."""


@dataclass(frozen=True)
class Bladfout:
    """What is wrong with a cell: the row as a spreadsheet counts (0: the whole), the column, and what to do."""

    rij: int
    kolom: str
    reden: str


def kenmerk_van(tabel: str, rij: Mapping[str, Any]) -> str:
    return f"regel:{rij['sleutel']}" if tabel == "regel" else f"cel:{rij['onderdeel']}:{rij['soort']}"


def cijfers_van(rijen: Planrijen) -> dict[str, dict[str, Decimal | None]]:
    """Every figure of a plan as rows of the files."""
    return {
        kenmerk_van(tabel, rij): {naam: _getal(rij.get(naam)) for naam in _namen(tabel)}
        for tabel in ("regel", "cel")
        for rij in rijen[tabel]
    }


def _namen(tabel: str) -> tuple[str, ...]:
    return ("fte", "os", "nos") if tabel == "regel" else ("fte", "inwoners")


def _getal(waarde: Any) -> Decimal | None:
    return None if waarde in (None, "") else Decimal(str(waarde))


def als_blad(rijen: Planrijen, namen: Mapping[str, str], soorten: Mapping[str, str]) -> list[list[Any]]:
    """The sheet, the header first; ``namen``: code → name of an onderdeel, ``soorten``: kinds of places in words."""
    blad: list[list[Any]] = [list(PLANKOLOMMEN)]
    for kenmerk, cijfers in cijfers_van(rijen).items():
        blad.append([kenmerk, *_woorden(kenmerk, rijen, namen, soorten), *(cijfers.get(s) for s in SLEUTELS.values())])
    return blad


def _woorden(kenmerk: str, rijen: Planrijen, namen: Mapping[str, str], soorten: Mapping[str, str]) -> tuple[str, str]:
    soort, een, *twee = kenmerk.split(":")
    if soort == "cel":
        return f"{een} {namen.get(een, '')}".strip(), soorten.get(twee[0], twee[0])
    rij = next(rij for rij in rijen["regel"] if rij["sleutel"] == een)
    return str(rij["dienst"]), str(rij["naam"])


def lees_blad(
    rijen: Iterable[tuple[int, Mapping[str, str]]], huidig: Planrijen, teams: Iterable[str], soorten: Iterable[str]
) -> tuple[dict[str, dict[str, Decimal | None]], list[Bladfout]]:
    """The figures of a sheet, and every fault in it.

    Rows of services are those of the plan in force; a cell of an onderdeel (``teams``: all codes) may come or go.
    """
    bekend, codes, plaatssoorten = cijfers_van(huidig), set(teams), set(soorten)
    gevonden: dict[str, dict[str, Decimal | None]] = {}
    fouten: list[Bladfout] = []
    for nummer, cellen in rijen:
        kenmerk = cellen.get(EIGEN, "").strip()
        if bezwaar := _tegen_kenmerk(kenmerk, bekend, gevonden, codes, plaatssoorten):
            fouten.append(Bladfout(nummer, EIGEN, bezwaar))
            continue
        gevonden[kenmerk] = _lees_rij(nummer, kenmerk, cellen, fouten)
    weg = [kenmerk for kenmerk in bekend if kenmerk.startswith("regel:") and kenmerk not in gevonden]
    weg = [] if any(fout.kolom == EIGEN for fout in fouten) else weg
    fouten += [
        Bladfout(0, EIGEN, f"De rij {kenmerk} ontbreekt. Laat elke regel van een dienst staan.") for kenmerk in weg
    ]
    return gevonden, fouten


def _tegen_kenmerk(kenmerk: str, bekend: Bladcijfers, gevonden: Bladcijfers, codes: set[str], soorten: set[str]) -> str:
    if kenmerk in gevonden:
        return f"{kenmerk} staat er twee keer. Laat één rij staan."
    if kenmerk in bekend:
        return ""
    soort, *delen = kenmerk.split(":")
    if not kenmerk:
        return "Deze rij zegt niet welk getal het is. Neem het kenmerk over uit de export."
    if soort != "cel" or len(delen) != 2:
        return f"{kenmerk} staat niet in het plan. Neem het kenmerk over uit de export."
    if delen[0] not in codes:
        return f"{delen[0]} is geen onderdeel dat de monitor kent. Leg het team eerst vast bij Organisatie."
    return "" if delen[1] in soorten else f"{delen[1]} is geen soort plaatsen. Kies uit {', '.join(sorted(soorten))}."


def _lees_rij(
    nummer: int, kenmerk: str, cellen: Mapping[str, str], fouten: list[Bladfout]
) -> dict[str, Decimal | None]:
    namen = _namen(kenmerk.partition(":")[0])
    gelezen: dict[str, Decimal | None] = {}
    for kolom, naam in SLEUTELS.items():
        tekst = cellen.get(kolom, "").strip()
        if tekst and naam not in namen:
            fouten.append(Bladfout(nummer, kolom, "Deze kolom hoort niet bij deze rij. Maak de cel leeg."))
        elif naam in namen:
            gelezen[naam] = _lees_cijfer(nummer, kolom, tekst, fouten)
    if not cellen.get("fte", "").strip():
        fouten.append(Bladfout(nummer, "fte", "Vul een getal in; 0 als er geen plaatsen zijn."))
    if kenmerk.startswith("regel:") and not (cellen.get("os", "").strip() or cellen.get("nos", "").strip()):
        fouten.append(Bladfout(nummer, "os", "Vul OS of NOS in."))
    if gelezen.get("inwoners") is not None and not kenmerk.endswith(":wijkagenten"):
        fouten.append(
            Bladfout(nummer, "inwoners per wijkagent", "Dit getal hoort alleen bij wijkagenten. Maak de cel leeg.")
        )
    return gelezen


def _lees_cijfer(nummer: int, kolom: str, tekst: str, fouten: list[Bladfout]) -> Decimal | None:
    heel = kolom not in ("fte", "os", "nos")
    if not tekst:
        return None
    try:
        getal = lees(tekst, Notatie.TELLING if heel else Notatie.HOEVEELHEID)
    except GetalFout as fout:
        fouten.append(Bladfout(nummer, kolom, str(fout)))
        return None
    tot = Decimal(_MEESTE_INWONERS) if heel else _HOOGSTE
    if not 0 <= getal <= tot or (heel and not getal):
        fouten.append(
            Bladfout(nummer, kolom, f"Vul een getal in van {1 if heel else 0} tot {tot:f}.".replace(".9", ",9"))
        )
    elif getal != round(getal, 0 if heel else 1):
        fouten.append(Bladfout(nummer, kolom, "Hoogstens één cijfer achter de komma, zoals in het plan."))
    return getal


def met_cijfers(
    huidig: Planrijen, cijfers: Bladcijfers, districten: Mapping[str, str]
) -> dict[str, list[dict[str, Any]]]:
    """The plan with other figures; of what stays equal the printed decimals, the source and the explanation stay.

    ``districten``: code of a team → its district. What compares with a cell that is gone no longer does; a new cell
    counts in each sum in which the same cells of its district do.
    """
    regels = [rij for oud in huidig["regel"] if (rij := _gewijzigd("regel", oud, cijfers))]
    cellen = [rij for oud in huidig["cel"] if (rij := _gewijzigd("cel", oud, cijfers))]
    staand = {kenmerk_van("cel", cel) for cel in cellen}
    nieuw = [kenmerk for kenmerk in cijfers if kenmerk.startswith("cel:") and kenmerk not in staand]
    cellen += [_nieuwe_cel(kenmerk, cijfers[kenmerk]) for kenmerk in nieuw]
    sommen = [som for oud in huidig["som"] if (som := _som(oud, cijfers, nieuw, districten))]
    anders = {kenmerk for kenmerk, oud in cijfers_van(huidig).items() if cijfers.get(kenmerk) != oud} | set(nieuw)
    uitleg = {
        soort: [dict(rij) for rij in huidig[soort] if _geldt_nog(rij, huidig, anders)]
        for soort in ("oorzaak", "opmerking")
    }
    return {"regel": regels, "cel": cellen, "som": sommen, **uitleg}


def _gewijzigd(tabel: str, oud: Mapping[str, Any], cijfers: Bladcijfers) -> dict[str, Any] | None:
    nieuw = cijfers.get(kenmerk_van(tabel, oud))
    if nieuw is None:
        return None
    verschil = {naam: waarde for naam, waarde in nieuw.items() if _getal(oud.get(naam)) != waarde}
    if not verschil:
        return dict(oud)
    return {**oud, **{naam: _als_rij(naam, w) for naam, w in verschil.items()}, "bronregel": "", "herleiding": ""}


def _als_rij(naam: str, waarde: Decimal | None) -> Any:
    if waarde is None:
        return None
    return int(waarde) if naam == "inwoners" else f"{waarde:f}"


def _nieuwe_cel(kenmerk: str, cijfers: Mapping[str, Decimal | None]) -> dict[str, Any]:
    _, onderdeel, soort = kenmerk.split(":")
    waarden = {naam: _als_rij(naam, waarde) for naam, waarde in cijfers.items()}
    return {"onderdeel": onderdeel, "soort": soort, "herleiding": "", "bronregel": "", **waarden}


def _som(
    oud: Mapping[str, Any], cijfers: Bladcijfers, nieuw: Sequence[str], districten: Mapping[str, str]
) -> dict[str, Any] | None:
    """Without the parts that are gone and with those that came; None when the whole or every part is gone."""
    delen = [deel for deel in oud["delen"] if ontleed(deel)[1] in cijfers]
    zusters = {(districten.get(d[1]), d[2]) for d in (deel.split(":") for deel in oud["delen"]) if len(d) == 3}
    delen += [
        k for k in nieuw if (districten.get(k.split(":")[1], ""), k.split(":")[2]) in zusters and k != oud["geheel"]
    ]
    return {**oud, "delen": delen} if delen and oud["geheel"] in cijfers else None


def _geldt_nog(uitleg: Mapping[str, Any], huidig: Planrijen, anders: set[str]) -> bool:
    """What was proved of printed figures holds as long as all of these stand."""
    for som in huidig["som"]:
        if any(uitleg["som"] == f"{som['sleutel']}-{kolom}" for kolom in som["kolommen"]):
            return not anders & {som["geheel"], *(ontleed(deel)[1] for deel in som["delen"])}
    return f"regel:{uitleg['som'].removeprefix('rij-')}" not in anders
