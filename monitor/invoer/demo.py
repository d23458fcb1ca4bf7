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

from common.getallen import Notatie, lees
from common.periode import Kwartaal, kwartalen
from monitor.invoer.validatie import IndicatorFeiten, past_bij_frequentie
from monitor.invoer.waarneming import Waarneming

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


@dataclass(frozen=True, slots=True)
class Plek:
    """An onderdeel that reports on an indicator; ``plaatsen`` are its formation places where these count."""

    code: str
    plaatsen: Decimal | None = None


def leveringen(
    beschrijving: Mapping[str, Any],
    indicatoren: Mapping[str, IndicatorFeiten],
    plekken: Mapping[str, list[Plek]],
    tot: Kwartaal,
    zaad: int,
) -> Iterator[Levering]:
    """Every delivery up to and including ``tot``, in order of quarter."""
    bijzonder = _bijzonder(beschrijving)
    for kwartaal in kwartalen(Kwartaal.parse(beschrijving["vanaf"]), tot):
        for code, reeks in beschrijving["reeks"].items():
            feiten = indicatoren[code]
            if not past_bij_frequentie(feiten.frequentie, feiten.eerste_jaar, kwartaal.jaar, kwartaal.nummer):
                continue
            for plek in plekken[code]:
                gevallen = bijzonder.get((code, plek.code), []) + bijzonder.get((code, ""), [])
                levering = _levering(feiten, reeks, plek, kwartaal, zaad, gevallen)
                if levering:
                    yield levering


def _bijzonder(beschrijving: Mapping[str, Any]) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
    gevallen: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for geval in beschrijving["bijzonder"]:
        gevallen.setdefault((geval["indicator"], geval.get("onderdeel", "")), []).append(geval)
    return gevallen


def _levering(
    feiten: IndicatorFeiten,
    reeks: Mapping[str, Any],
    plek: Plek,
    kwartaal: Kwartaal,
    zaad: int,
    gevallen: list[Mapping[str, Any]],
) -> Levering | None:
    toeval = Random(f"{zaad}/{feiten.code}/{plek.code}/{kwartaal}")  # noqa: S311  # fictitious figures, no secrets
    waarneming = _waarneming(feiten, reeks, plek, kwartaal, zaad, toeval)
    levering = Levering(waarneming, kwartaal, toeval.randint(9, 24)) if waarneming else None
    for geval in gevallen:
        if levering and _slaat_op(geval, kwartaal):
            levering = _BIJZONDER[geval["soort"]](levering, geval)
    return levering


def _slaat_op(geval: Mapping[str, Any], kwartaal: Kwartaal) -> bool:
    return geval.get("kwartaal", str(kwartaal)) == str(kwartaal)


def _waarneming(
    feiten: IndicatorFeiten, reeks: Mapping[str, Any], plek: Plek, kwartaal: Kwartaal, zaad: int, toeval: Random
) -> Waarneming | None:
    leeg = Waarneming(
        0, feiten.code, plek.code, kwartaal.jaar, kwartaal.nummer, None, None, None, None, False,
        "definitief", kwartaal.einde() + timedelta(days=5), NOTITIE,
    )  # fmt: skip
    if feiten.aggregatie == "enquete":
        return _enquete(leeg, reeks)
    if feiten.aggregatie == "verhouding":
        return _verhouding(leeg, reeks, plek, zaad, toeval)
    waarde = (
        _som(reeks, kwartaal, toeval) if feiten.aggregatie == "som" else _stand(reeks, plek, kwartaal, zaad, toeval)
    )
    return replace(leeg, waarde=waarde)


def _enquete(leeg: Waarneming, reeks: Mapping[str, Any]) -> Waarneming | None:
    """A survey is about the whole year; a year without an outcome has no observation."""
    jaar = str(leeg.jaar)
    if jaar not in reeks["uitkomst"]:
        return None
    waarde, marge = (lees(reeks[naam][jaar], Notatie.PERCENTAGE) for naam in ("uitkomst", "marge"))
    return replace(leeg, kwartaal=None, waarde=waarde, marge=marge)


def _som(reeks: Mapping[str, Any], kwartaal: Kwartaal, toeval: Random) -> Decimal:
    groei = (1 + reeks["groei"]) ** (kwartaal.jaar - 2021)
    verwacht = reeks["per_kwartaal"] * groei * reeks["seizoen"][kwartaal.nummer - 1]
    return Decimal(max(0, round(verwacht * toeval.gauss(1, reeks["ruis"]))))


def _eigen_niveau(reeks: Mapping[str, Any], plek: Plek, zaad: int) -> float:
    """How far this onderdeel lies from the others, the same in every quarter."""
    return Random(f"{zaad}/{plek.code}").gauss(0, 1) * reeks["spreiding"]  # noqa: S311  # fictitious figures


def _stand(reeks: Mapping[str, Any], plek: Plek, kwartaal: Kwartaal, zaad: int, toeval: Random) -> Decimal:
    jaren = kwartaal.jaar - 2021 + (kwartaal.nummer - 1) / 4
    waarde = (
        reeks["start"] + reeks["per_jaar"] * jaren + _eigen_niveau(reeks, plek, zaad) + toeval.gauss(0, reeks["ruis"])
    )
    return Decimal(str(round(waarde, 1)))


def _verhouding(leeg: Waarneming, reeks: Mapping[str, Any], plek: Plek, zaad: int, toeval: Random) -> Waarneming:
    jaren = leeg.jaar - 2021 + ((leeg.kwartaal or 4) - 1) / 4
    aandeel = reeks["aandeel"] + reeks["per_jaar"] * jaren + _eigen_niveau(reeks, plek, zaad)
    aandeel = min(99.5, max(1.0, aandeel + toeval.gauss(0, reeks["ruis"])))
    noemer = (
        plek.plaatsen if plek.plaatsen is not None else Decimal(round(reeks["noemer"] * toeval.uniform(0.85, 1.15)))
    )
    decimalen = Decimal("0.1") if plek.plaatsen is not None else Decimal(1)
    teller = (noemer * Decimal(str(aandeel)) / 100).quantize(decimalen)
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
