"""Fictitious measurements, the same for the same seed. Pure: from a description to what is delivered.

Every number is drawn from a generator seeded by seed, indicator, onderdeel and quarter, so that a longer
series begins with the shorter one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from common.tekst.getallen import Notatie, lees
from common.tekst.periode import Kwartaal
from monitor.demo.levering import (
    NIETS,
    Beschrijving,
    Levering,
    Opdracht,
    met_afloop,
    met_correctie,
)
from monitor.demo.mensen import Omvang, Omvangen
from monitor.demo.toeval import toeval_van, trek_aantal, trek_bedrag, trek_deel
from monitor.invoer.regels.validatie import IndicatorFeiten
from monitor.invoer.regels.waarneming import Waarneming
from monitor.rekenen.regels.verschuldigd import is_meetmoment

_INLEVERDAGEN = range(9, 25)  # after the quarter: what is in time is handed in together, on one day
_GELIJK = (1, 1, 1, 1)
_Delen = dict[tuple[str, str], Levering[Waarneming]]


def leveringen(
    opdracht: Opdracht,
    indicatoren: Mapping[str, IndicatorFeiten],
    plekken: Mapping[str, list[str]],
    omvang: Omvangen,
) -> Iterator[Levering[Waarneming]]:
    """Every delivery up to and including the last quarter, in order of quarter."""
    for kwartaal in opdracht.kwartalen:
        geleverd: _Delen = {}
        for code, reeks in opdracht.beschrijving["reeks"].items():
            for plek in plekken[code]:
                groot = omvang.get((plek, kwartaal), Omvang())
                trekking = _Trekking(opdracht, indicatoren[code], reeks, plek, kwartaal, groot)
                levering = _levering(trekking, geleverd)
                if levering:
                    geleverd[code, plek] = levering
        yield from geleverd.values()


@dataclass(frozen=True, slots=True)
class _Trekking:
    """One value to be drawn: of which indicator, where, when, from which description, and how large it is there."""

    opdracht: Opdracht
    feiten: IndicatorFeiten
    reeks: Beschrijving
    plek: str
    kwartaal: Kwartaal
    omvang: Omvang

    @property
    def toeval(self) -> Random:
        return toeval_van(self.opdracht.zaad, self.feiten.code, self.plek, self.kwartaal)

    @property
    def inleverdag(self) -> int:
        return toeval_van(self.opdracht.zaad, "inleverdag", self.kwartaal).choice(_INLEVERDAGEN)

    @property
    def spreiding(self) -> float:
        return float(self.reeks.get("spreiding", 1))

    def factor(self, naam: str) -> float:
        """What a season does to this quarter."""
        return float(self.reeks.get(naam, _GELIJK)[self.kwartaal.nummer - 1])

    @property
    def verwacht(self) -> float:
        """A count or an amount."""
        groei = (1 + self.reeks["groei"]) ** (self.kwartaal.jaar - self.opdracht.begin.jaar)
        return float(self.reeks["per_kwartaal"] * groei * self.factor("seizoen"))

    @property
    def kans(self) -> float:
        """A share, from 0 to 1: the level of the unit, that of this onderdeel, and what changed over time."""
        reeks, eigen = self.reeks, toeval_van(self.opdracht.zaad, self.plek).gauss(0, 1) * self.reeks["tussen"]
        verloop = reeks["aandeel"] + reeks["per_jaar"] * self.opdracht.jaren_tot(self.kwartaal)
        sprong = reeks.get("sprong", {"vanaf": "2100-Q1", "punten": 0})
        na_sprong = sprong["punten"] if self.kwartaal >= Kwartaal.parse(sprong["vanaf"]) else 0
        return float((verloop + eigen + reeks.get("eigen", {}).get(self.plek, 0) + na_sprong) * self.factor("seizoen"))

    @property
    def andere_delen(self) -> list[str]:
        """The indicators that are part of the same whole."""
        reeksen, geheel = self.opdracht.beschrijving["reeks"], self.reeks["deel_van"]
        return [code for code, reeks in reeksen.items() if reeks.get("deel_van") == geheel]

    @property
    def gevallen(self) -> list[Beschrijving]:
        """The awkward cases that are about this value."""
        return [
            geval
            for geval in self.opdracht.beschrijving["bijzonder"]
            if geval["indicator"] == self.feiten.code
            and geval.get("onderdeel", self.plek) == self.plek
            and self.opdracht.slaat_op(geval, self.kwartaal)
        ]


def _levering(trekking: _Trekking, geleverd: _Delen) -> Levering[Waarneming] | None:
    waarneming = _waarneming(trekking, geleverd)
    levering = Levering(waarneming, trekking.kwartaal, trekking.inleverdag) if waarneming else None
    for geval in trekking.gevallen:
        levering = _maak_bijzonder(levering, geval) if levering else None
        levering = met_afloop(levering, geval) if levering else None
    return levering


def _waarneming(trekking: _Trekking, geleverd: _Delen) -> Waarneming | None:
    """The value drawn, or None where nothing is measured in this quarter."""
    feiten, kwartaal = trekking.feiten, trekking.kwartaal
    if not is_meetmoment(feiten.frequentie, feiten.eerste_jaar, kwartaal.jaar, kwartaal.nummer):
        return None
    leeg = Waarneming(
        0, feiten.code, trekking.plek, kwartaal.jaar, kwartaal.nummer, None, None, None, None, False,
        "definitief", kwartaal.einde() + timedelta(days=5), "",
    )  # fmt: skip
    if feiten.aggregatie == "enquete":
        return _enquete(leeg, trekking.reeks)
    if feiten.aggregatie == "verhouding":
        return _verhouding(leeg, trekking)
    if "deel_van" in trekking.reeks:
        return _deel(leeg, trekking, geleverd)
    return replace(leeg, waarde=Decimal(_som(trekking)))


def _enquete(leeg: Waarneming, reeks: Beschrijving) -> Waarneming | None:
    """A survey is about the whole year; a year without an outcome has no observation."""
    jaar = str(leeg.jaar)
    if jaar not in reeks["uitkomst"]:
        return None
    waarde, marge = (lees(reeks[naam][jaar], Notatie.PERCENTAGE) for naam in ("uitkomst", "marge"))
    return replace(leeg, kwartaal=None, waarde=waarde, marge=marge)


def _som(trekking: _Trekking) -> int:
    if trekking.feiten.notatie is Notatie.BEDRAG:
        return trek_bedrag(trekking.toeval, trekking.verwacht, trekking.reeks["ruis"])
    return trek_aantal(trekking.toeval, trekking.verwacht, trekking.spreiding)


def _deel(leeg: Waarneming, trekking: _Trekking, geleverd: _Delen) -> Waarneming | None:
    """A part of a value: of what its other parts left, and not there where the whole is not."""
    geheel = geleverd.get((trekking.reeks["deel_van"], trekking.plek))
    if geheel is None or geheel.waarde.waarde is None:
        return None
    anderen = (geleverd.get((code, trekking.plek)) for code in trekking.andere_delen)
    over = geheel.waarde.waarde - sum((ander.waarde.waarde or NIETS for ander in anderen if ander), NIETS)
    return replace(leeg, waarde=Decimal(trek_deel(trekking.toeval, int(over), trekking.reeks["aandeel"])))


def _verhouding(leeg: Waarneming, trekking: _Trekking) -> Waarneming:
    toeval = trekking.toeval
    noemer = _noemer(trekking, toeval)
    teller = trek_deel(toeval, noemer, trekking.kans / 100, trekking.spreiding)
    return replace(leeg, teller=Decimal(teller), noemer=Decimal(noemer))


def _noemer(trekking: _Trekking, toeval: Random) -> int:
    """Out of how many: it follows the size of the onderdeel, where it is measured below the unit."""
    reeks, omvang = trekking.reeks, trekking.omvang
    match reeks["noemer_per"]:
        case "werkdag":
            return round(omvang.mensen * werkdagen(trekking.kwartaal))
        case "mens":
            return round(float(omvang.mensen) * reeks["noemer"] * trekking.factor("drukte"))
        case "plaats":
            return trek_aantal(toeval, float(omvang.plaatsen) * reeks["noemer"] * trekking.factor("drukte"), 1.5)
        case "eenheid":
            return trek_aantal(toeval, reeks["noemer"] * trekking.factor("drukte"), 1.5)
    raise ValueError(f"De demo kent geen noemer per {reeks['noemer_per']}.")


def werkdagen(kwartaal: Kwartaal) -> int:
    """Monday to Friday; a holiday counts, as someone works in its place."""
    dagen = (kwartaal.einde() - kwartaal.begin()).days + 1
    return sum((kwartaal.begin() + timedelta(days=dag)).isoweekday() <= 5 for dag in range(dagen))


def _maak_bijzonder(levering: Levering[Waarneming], geval: Beschrijving) -> Levering[Waarneming] | None:
    """The delivery as an awkward case makes it; None where it fails to come."""
    match geval["soort"]:
        case "ontbreekt":
            return None
        case "open":
            return levering
        case "vast":
            waarde = geval["waarden"].get(str(levering.kwartaal))
            return levering if waarde is None else _met(levering, waarde=lees(waarde, Notatie.HOEVEELHEID))
        case "aandeel":
            noemer = levering.waarde.noemer or NIETS
            return _met(levering, teller=noemer * lees(geval["aandeel"], Notatie.PERCENTAGE) / 100)
        case "nb":
            return _met(levering, onbekend=True, waarde=None, teller=None, noemer=None)
        case "voorlopig":
            return _met(levering, status="voorlopig")
        case "duiding":
            return _met(levering, toelichting=geval["tekst"])
        case "correctie":
            return met_correctie(levering, _eerst(levering.waarde, geval), geval)
        case "laat":
            return replace(levering, dagen_na_einde=geval["dagen"])
    raise ValueError(f"De demo kent geen bijzonder geval {geval['soort']}.")


def _eerst(waarneming: Waarneming, geval: Beschrijving) -> Waarneming:
    """What was handed in before it was put right."""
    minder = lees(geval["minder"], Notatie.HOEVEELHEID)
    if waarneming.teller is not None:
        return replace(waarneming, teller=max(NIETS, waarneming.teller - minder))
    return replace(waarneming, waarde=max(NIETS, (waarneming.waarde or NIETS) - minder))


def _met(levering: Levering[Waarneming], **velden: Any) -> Levering[Waarneming]:
    return replace(levering, waarde=replace(levering.waarde, **velden))
