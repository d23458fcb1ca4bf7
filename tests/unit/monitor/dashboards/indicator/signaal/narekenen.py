"""The verdict worked out anew from nothing but the printed lines of a sum: another road than that of the program.

Only fractions, no code of the calculation: where this and the verdict differ, one of them is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

GETAL = re.compile(r"-?\d+(?:\.\d{3})*(?:,\d+)?")
GESLOTEN = {"op_koers": "behaald", "aandacht": "niet_behaald", "achter": "niet_behaald"}


def lees(tekst: str) -> list[Fraction]:
    return [Fraction(getal.replace(".", "").replace(",", ".")) for getal in GETAL.findall(tekst)]


def reken_na(regels: Mapping[str, str], soort: str, richting: str, kwartaal: int) -> str:
    """``regels`` are the printed lines by name; ``soort`` is the printed kind of target."""
    if soort == "verbetering":
        uit = _verbetering(regels, richting)
    else:
        teken = {"minimum": 1, "maximum": -1}.get(soort, 1 if richting == "hoger" else -1)
        uit = _tegen_grens(regels, soort, teken, kwartaal)
    return GESLOTEN.get(uit, uit) if kwartaal == 4 else uit


def waarde(regels: Mapping[str, str]) -> Fraction:
    """The value from its printed parts; the printed total must be their sum."""
    if "Teller" in regels:
        keer = 100 if "× 100" in regels["Waarde"] else 1
        return _opgeteld(regels["Teller"]) * keer / _opgeteld(regels["Noemer"])
    return _opgeteld(next(regels[naam] for naam in ("Opgeteld", "Stand", "Meting") if naam in regels))


def _opgeteld(tekst: str) -> Fraction:
    delen, is_som, totaal = tekst.partition(" = ")
    if not is_som:
        return lees(tekst)[0]
    som = sum(lees(re.sub(r"\(Q\d: geen waarde\)", "", delen)))
    assert som == lees(totaal)[0], tekst
    return som


def _tegen_grens(regels: Mapping[str, str], soort: str, teken: int, kwartaal: int) -> str:
    is_volume = soort == "jaarvolume"
    doel = verwachting(regels, kwartaal) if is_volume else lees(regels["Doel"])[0]
    getal = waarde(regels)
    marge = re.search(rf"marge ({GETAL.pattern})", regels["Grenzen"])
    ruimte = lees(marge[1])[0] if marge else Fraction(0)
    rand = doel - teken * (doel * ruimte / 100 if is_volume else ruimte)
    al_gehaald = is_volume and teken == 1 and getal >= lees(regels["Jaardoel"])[0]
    if teken * getal >= teken * doel or al_gehaald:
        return "op_koers"
    return "aandacht" if teken * getal >= teken * rand else "achter"


def verwachting(regels: Mapping[str, str], kwartaal: int) -> Fraction:
    doel = lees(regels["Jaardoel"])[0]
    stap = re.search(r"vanaf Q(\d)", regels["Norm"])
    if stap:
        return doel if kwartaal >= int(stap[1]) else Fraction(0)
    delen = [_aandeel(tekst) for naam, tekst in regels.items() if naam.startswith("Aandeel")]
    return doel * sum(delen) / len(delen) if delen else doel * kwartaal / 4


def _aandeel(tekst: str) -> Fraction:
    """15 (4 + 5 + 6) van 22 (4 + 5 + 6 + 7): from the parts, and the printed sums must be theirs."""
    sommen = []
    for helft in tekst.split(" van "):
        totaal, *delen = lees(helft)
        assert totaal == sum(delen), tekst
        sommen.append(totaal)
    return sommen[0] / sommen[1]


def _verbetering(regels: Mapping[str, str], richting: str) -> str:
    nu, toen = waarde(regels), _vorige(regels)
    marges = [_foutmarge(tekst) for naam, tekst in regels.items() if naam in ("Meting", "Vorige meting")]
    if (nu - toen) ** 2 <= sum(marge**2 for marge in marges):
        return "niet_te_onderscheiden"
    return "op_koers" if (nu > toen) == (richting == "hoger") else "achter"


def _vorige(regels: Mapping[str, str]) -> Fraction:
    breuk = re.search(r"\((.+?) / (.+?)\)", regels["Vorige meting"])
    if not breuk:
        return lees(regels["Vorige meting"])[0]
    return lees(breuk[1])[0] / lees(breuk[2])[0] * (100 if "%" in regels["Vorige meting"] else 1)


def _foutmarge(tekst: str) -> Fraction:
    marge = re.search(rf"± ({GETAL.pattern})", tekst)
    return lees(marge[1])[0] if marge else Fraction(0)
