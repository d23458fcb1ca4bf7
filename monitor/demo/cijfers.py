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
from monitor.invoer.bezetting.validatie import PLAATSSOORTEN, Bezettingsplek, Opgave
from monitor.invoer.regels.validatie import IndicatorFeiten
from monitor.invoer.regels.waarneming import Waarneming
from monitor.rekenen.regels.verschuldigd import is_meetmoment

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
    if not is_meetmoment(feiten.frequentie, feiten.eerste_jaar, kwartaal.jaar, kwartaal.nummer):
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


Plaatsen = Mapping[Bezettingsplek, Decimal]
TIENDE = Decimal("0.1")
NIETS = Decimal(0)


@dataclass(frozen=True, slots=True)
class Bezettinglevering:
    """What is delivered for one place and quarter, and what it was first thought to be."""

    opgave: Opgave
    kwartaal: Kwartaal
    eerst: Opgave | None = None
    reden: str = ""
    correctie_na_dagen: int = 0


@dataclass(frozen=True, slots=True)
class Demoplek:
    """A place: its formation, those of its wijkagenten, and the aspiranten the plan expects among them."""

    onderdeel: str
    soort: str
    district: str
    formatie: Decimal
    wijkagenten: Decimal | None = None
    aspiranten: Decimal = NIETS


def bezettingsleveringen(
    beschrijving: Mapping[str, Any], plekken: Mapping[Kwartaal, list[Demoplek]], zaad: int
) -> Iterator[Bezettinglevering]:
    """Every delivery, in order of quarter."""
    for kwartaal, van_kwartaal in sorted(plekken.items()):
        for plek in van_kwartaal:
            levering = _bezettinglevering(_Bezettingtrekking(beschrijving, plek, kwartaal, zaad))
            if levering:
                yield levering


def kwartalen_van(beschrijving: Mapping[str, Any], tot: Kwartaal) -> list[Kwartaal]:
    return list(kwartalen(Kwartaal.parse(beschrijving["vanaf"]), tot))


@dataclass(frozen=True, slots=True)
class _Bezettingtrekking:
    beschrijving: Mapping[str, Any]
    plek: Demoplek
    kwartaal: Kwartaal
    zaad: int

    @property
    def gevallen(self) -> list[Mapping[str, Any]]:
        return [
            geval
            for geval in self.beschrijving["bijzonder"]
            if geval["onderdeel"] in (self.plek.onderdeel, self.plek.district)
            and geval.get("kwartaal", str(self.kwartaal)) == str(self.kwartaal)
        ]

    def toeval(self, wat: str) -> Random:
        return Random(f"{self.zaad}/{wat}/{self.plek.onderdeel}/{self.plek.soort}")  # noqa: S311  # fictitious figures

    def aandeel(self, soort: str) -> Decimal:
        """Which part of the places is filled: a level of its own, a slow rise, some noise."""
        reeks = self.beschrijving["soort"][soort]
        jaren = self.kwartaal.jaar - 2021 + (self.kwartaal.nummer - 1) / 4
        eigen = self.toeval(soort).gauss(0, 1) * reeks["spreiding"]
        ruis = self.toeval(f"{soort}/{self.kwartaal}").gauss(0, 1) * reeks["ruis"]
        verschoven = sum(geval["punten"] for geval in self.gevallen if geval["soort"] == "verschuif")
        return Decimal(str(round(reeks["aandeel"] + reeks["per_jaar"] * jaren + eigen + ruis + verschoven, 4)))


def _bezettinglevering(trekking: _Bezettingtrekking) -> Bezettinglevering | None:
    soorten = {geval["soort"]: geval for geval in trekking.gevallen}
    if "ontbreekt" in soorten:
        return None
    opgave = _opgave(trekking, "voorlopig" if "voorlopig" in soorten else "definitief")
    if "correctie" not in soorten:
        return Bezettinglevering(opgave, trekking.kwartaal)
    geval = soorten["correctie"]
    eerst = replace(opgave, os=opgave.os - lees(geval["minder_os"], Notatie.HOEVEELHEID))
    return Bezettinglevering(opgave, trekking.kwartaal, eerst, geval["reden"], geval["dagen_later"])


def _opgave(trekking: _Bezettingtrekking, status: str) -> Opgave:
    plek, kwartaal = trekking.plek, trekking.kwartaal
    reeks = trekking.beschrijving["soort"][plek.soort]
    fte = _procent_van(plek.formatie, trekking.aandeel(plek.soort))
    nos = _procent_van(fte, Decimal(str(reeks["nos"])))
    wijk, expert = _wijkagenten(trekking)
    schommeling = trekking.toeval(str(kwartaal)).randint(-6, 4)
    return Opgave(
        rij=0,
        onderdeel=plek.onderdeel,
        soort=plek.soort,
        jaar=kwartaal.jaar,
        kwartaal=kwartaal.nummer,
        os=fte - nos,
        nos=nos,
        aspiranten=min(fte - nos, _procent_van(plek.aspiranten, Decimal(100 + schommeling))),
        wijkagenten=wijk,
        wijkagenten_expert=expert,
        ziek=_procent_van(fte, Decimal(str(reeks["ziek"]))),
        status=status,
        meetdatum=kwartaal.einde(),
        toelichting=NOTITIE,
    )


def _wijkagenten(trekking: _Bezettingtrekking) -> tuple[Decimal | None, Decimal | None]:
    plaatsen = trekking.plek.wijkagenten
    if plaatsen is None:
        return None, None
    samen = _procent_van(plaatsen, trekking.aandeel("wijkagenten"))
    expert = _procent_van(samen, Decimal(trekking.beschrijving["expert"]))
    return samen - expert, expert


def _procent_van(geheel: Decimal, procent: Decimal) -> Decimal:
    return (geheel * procent / 100).quantize(TIENDE)


def demoplekken(plaatsen: Plaatsen, aspiranten: Plaatsen, district_van: Mapping[str, str]) -> list[Demoplek]:
    """The places of a plan, with the aspiranten it prints for a district shared out over its teams and flexteam."""
    plekken = [
        Demoplek(code, soort, district_van.get(code, code), fte, plaatsen.get((code, "wijkagenten")))
        for (code, soort), fte in sorted(plaatsen.items())
        if soort in PLAATSSOORTEN and fte
    ]
    return [
        replace(plek, aspiranten=_aspiranten(plek, plekken, aspiranten), wijkagenten=_alleen_team(plek))
        for plek in plekken
    ]


def _alleen_team(plek: Demoplek) -> Decimal | None:
    return plek.wijkagenten if plek.soort == "basisteam" else None


def _aspiranten(plek: Demoplek, alle: list[Demoplek], gedrukt: Plaatsen) -> Decimal:
    teams = gedrukt.get((plek.district, "basisteams-aspiranten"), NIETS)
    if plek.soort == "flexteam":
        return max(NIETS, gedrukt.get((plek.district, "aspiranten"), NIETS) - teams)
    if plek.soort != "basisteam":
        return NIETS
    samen = sum((p.formatie for p in alle if p.district == plek.district and p.soort == "basisteam"), NIETS)
    return teams * plek.formatie / samen
