"""Fictitious measurements, the same for the same seed. Pure: from a description to Waarnemingen.

Every number is drawn from a generator seeded by seed, indicator, onderdeel and quarter, so that a longer
series begins with the shorter one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from common.tekst.getallen import Notatie, lees
from common.tekst.periode import Kwartaal, kwartalen
from monitor.invoer.regels.validatie import IndicatorFeiten, past_bij_frequentie
from monitor.invoer.regels.waarneming import Waarneming

NOTITIE = "Fictief cijfer."


@dataclass(frozen=True, slots=True)
class Levering:
    """What is delivered for one quarter: the value, how late, and the value it was first thought to be."""

    waarneming: Waarneming
    kwartaal: Kwartaal
    dagen_na_einde: int
    eerst: Waarneming | None = None
    reden: str = ""
    correctie_na_dagen: int = 0


def leveringen(
    beschrijving: Mapping[str, Any],
    indicatoren: Mapping[str, IndicatorFeiten],
    plekken: Mapping[str, list[str]],
    tot: Kwartaal,
    zaad: int,
) -> Iterator[Levering]:
    """Every delivery up to and including ``tot``, in order of quarter."""
    bijzonder = _bijzonder(beschrijving)
    for kwartaal in kwartalen(Kwartaal.parse(beschrijving["vanaf"]), tot):
        geleverd: dict[tuple[str, str], Levering] = {}
        for code, reeks in beschrijving["reeks"].items():
            for plek in plekken[code]:
                gevallen = bijzonder.get((code, plek), []) + bijzonder.get((code, ""), [])
                trekking = _Trekking(indicatoren[code], reeks, plek, kwartaal, zaad)
                geheel = geleverd.get((reeks.get("deel_van", ""), plek))
                levering = _levering(trekking, geheel, gevallen)
                if levering:
                    geleverd[code, plek] = levering
        yield from geleverd.values()


@dataclass(frozen=True, slots=True)
class _Trekking:
    """One value to be drawn: of which indicator, where, when, and from which description."""

    feiten: IndicatorFeiten
    reeks: Mapping[str, Any]
    plek: str
    kwartaal: Kwartaal
    zaad: int

    @property
    def jaren(self) -> float:
        """Years since the start of the series."""
        return self.kwartaal.jaar - 2021 + (self.kwartaal.nummer - 1) / 4

    @property
    def eigen_niveau(self) -> float:
        """How far this onderdeel lies from the others, the same in every quarter."""
        toeval = Random(f"{self.zaad}/{self.plek}")  # noqa: S311  # fictitious figures, no secrets
        return toeval.gauss(0, 1) * self.reeks["spreiding"]

    def toeval(self) -> Random:
        return Random(f"{self.zaad}/{self.feiten.code}/{self.plek}/{self.kwartaal}")  # noqa: S311  # as above


def _bijzonder(beschrijving: Mapping[str, Any]) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
    gevallen: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for geval in beschrijving["bijzonder"]:
        gevallen.setdefault((geval["indicator"], geval.get("onderdeel", "")), []).append(geval)
    return gevallen


def _levering(trekking: _Trekking, geheel: Levering | None, gevallen: list[Mapping[str, Any]]) -> Levering | None:
    toeval = trekking.toeval()
    waarneming = _waarneming(trekking, geheel, toeval)
    levering = Levering(waarneming, trekking.kwartaal, toeval.randint(9, 24)) if waarneming else None
    for geval in gevallen:
        if levering and _slaat_op(geval, trekking.kwartaal):
            levering = _BIJZONDER[geval["soort"]](levering, geval)
    return levering


def _slaat_op(geval: Mapping[str, Any], kwartaal: Kwartaal) -> bool:
    return geval.get("kwartaal", str(kwartaal)) == str(kwartaal)


def _waarneming(trekking: _Trekking, geheel: Levering | None, toeval: Random) -> Waarneming | None:
    """The value drawn, or None where nothing is measured in this quarter."""
    feiten, kwartaal = trekking.feiten, trekking.kwartaal
    if not past_bij_frequentie(feiten.frequentie, feiten.eerste_jaar, kwartaal.jaar, kwartaal.nummer):
        return None
    leeg = Waarneming(
        0, feiten.code, trekking.plek, kwartaal.jaar, kwartaal.nummer, None, None, None, None, False,
        "definitief", kwartaal.einde() + timedelta(days=5), NOTITIE,
    )  # fmt: skip
    if feiten.aggregatie == "enquete":
        return _enquete(leeg, trekking.reeks)
    if feiten.aggregatie == "verhouding":
        return _verhouding(leeg, trekking, toeval)
    if "deel_van" in trekking.reeks:
        return _deel(leeg, trekking.reeks, geheel, toeval)
    return replace(leeg, waarde=(_som if feiten.aggregatie == "som" else _stand)(trekking, toeval))


def _enquete(leeg: Waarneming, reeks: Mapping[str, Any]) -> Waarneming | None:
    """A survey is about the whole year; a year without an outcome has no observation."""
    jaar = str(leeg.jaar)
    if jaar not in reeks["uitkomst"]:
        return None
    waarde, marge = (lees(reeks[naam][jaar], Notatie.PERCENTAGE) for naam in ("uitkomst", "marge"))
    return replace(leeg, kwartaal=None, waarde=waarde, marge=marge)


def _som(trekking: _Trekking, toeval: Random) -> Decimal:
    reeks = trekking.reeks
    groei = (1 + reeks["groei"]) ** (trekking.kwartaal.jaar - 2021)
    verwacht = reeks["per_kwartaal"] * groei * reeks["seizoen"][trekking.kwartaal.nummer - 1]
    return Decimal(max(0, round(verwacht * toeval.gauss(1, reeks["ruis"]))))


def _deel(leeg: Waarneming, reeks: Mapping[str, Any], geheel: Levering | None, toeval: Random) -> Waarneming | None:
    """A part of a value: never more than half of it, and not there where the whole is not."""
    if geheel is None or geheel.waarneming.waarde is None:
        return None
    aandeel = min(0.5, max(0.0, reeks["aandeel"] * toeval.gauss(1, reeks["ruis"])))
    return replace(leeg, waarde=Decimal(int(geheel.waarneming.waarde * Decimal(str(aandeel)))))


def _stand(trekking: _Trekking, toeval: Random) -> Decimal:
    reeks = trekking.reeks
    verloop = reeks["start"] + reeks["per_jaar"] * trekking.jaren
    return Decimal(str(round(verloop + trekking.eigen_niveau + toeval.gauss(0, reeks["ruis"]), 1)))


def _verhouding(leeg: Waarneming, trekking: _Trekking, toeval: Random) -> Waarneming:
    reeks = trekking.reeks
    aandeel = reeks["aandeel"] + reeks["per_jaar"] * trekking.jaren + trekking.eigen_niveau
    aandeel = min(99.5, max(1.0, aandeel + toeval.gauss(0, reeks["ruis"])))
    noemer = Decimal(round(reeks["noemer"] * toeval.uniform(0.85, 1.15)))
    teller = (noemer * Decimal(str(aandeel)) / 100).quantize(Decimal(1))
    return replace(leeg, teller=min(teller, noemer), noemer=noemer)


def _ontbreekt(levering: Levering, geval: Mapping[str, Any]) -> None:
    return None


def _vast(levering: Levering, geval: Mapping[str, Any]) -> Levering:
    waarde = geval["waarden"].get(str(levering.kwartaal))
    return levering if waarde is None else _met(levering, waarde=lees(waarde, Notatie.HOEVEELHEID))


def _aandeel(levering: Levering, geval: Mapping[str, Any]) -> Levering:
    noemer = levering.waarneming.noemer or Decimal(0)
    return _met(levering, teller=noemer * lees(geval["aandeel"], Notatie.PERCENTAGE) / 100)


def _nb(levering: Levering, geval: Mapping[str, Any]) -> Levering:
    return _met(levering, onbekend=True, waarde=None, teller=None, noemer=None)


def _voorlopig(levering: Levering, geval: Mapping[str, Any]) -> Levering:
    return _met(levering, status="voorlopig")


def _correctie(levering: Levering, geval: Mapping[str, Any]) -> Levering:
    eerst = replace(levering.waarneming, waarde=lees(geval["was"], Notatie.HOEVEELHEID))
    return replace(levering, eerst=eerst, reden=geval["reden"], correctie_na_dagen=geval["dagen_later"])


def _laat(levering: Levering, geval: Mapping[str, Any]) -> Levering:
    return replace(levering, dagen_na_einde=geval["dagen"])


def _met(levering: Levering, **velden: Any) -> Levering:
    return replace(levering, waarneming=replace(levering.waarneming, **velden))


_BIJZONDER = {
    "ontbreekt": _ontbreekt,
    "vast": _vast,
    "aandeel": _aandeel,
    "nb": _nb,
    "voorlopig": _voorlopig,
    "correctie": _correctie,
    "laat": _laat,
}
