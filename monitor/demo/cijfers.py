"""Fictitious measurements and bezetting, the same for the same seed. Pure: from a description to what is delivered.

Every number is drawn from a generator seeded by seed, indicator, onderdeel and quarter, so that a longer
series begins with the shorter one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any, Generic, TypeVar

from common.tekst.getallen import Notatie, lees
from common.tekst.periode import Kwartaal, kwartalen
from monitor.invoer.bezetting.validatie import PLAATSSOORTEN, Bezettingsplek, Opgave
from monitor.invoer.regels.validatie import IndicatorFeiten
from monitor.invoer.regels.waarneming import Waarneming
from monitor.rekenen.regels.verschuldigd import is_meetmoment

NOTITIE = "Fictief cijfer."
_EERSTE_JAAR = 2021
DAGEN_NA_EINDE = 20
TIENDE = Decimal("0.1")
_NIETS = Decimal(0)
_Plaatsen = Mapping[Bezettingsplek, Decimal]
Beschrijving = Mapping[str, Any]
Geleverd = TypeVar("Geleverd", Waarneming, Opgave)


@dataclass(frozen=True, slots=True)
class Levering(Generic[Geleverd]):
    """What is delivered for one quarter: the value, how late, and the value it was first thought to be."""

    waarde: Geleverd
    kwartaal: Kwartaal
    dagen_na_einde: int
    eerst: Geleverd | None = None
    reden: str = ""
    correctie_na_dagen: int = 0


def kwartalen_van(beschrijving: Beschrijving, tot: Kwartaal) -> list[Kwartaal]:
    return list(kwartalen(Kwartaal.parse(beschrijving["vanaf"]), tot))


def _jaren(kwartaal: Kwartaal) -> float:
    """Years since the start of the series."""
    return kwartaal.jaar - _EERSTE_JAAR + (kwartaal.nummer - 1) / 4


def _toeval(*delen: object) -> Random:
    return Random("/".join(map(str, delen)))  # noqa: S311  # fictitious figures, no secrets


def leveringen(
    beschrijving: Beschrijving,
    indicatoren: Mapping[str, IndicatorFeiten],
    plekken: Mapping[str, list[str]],
    tot: Kwartaal,
    zaad: int,
) -> Iterator[Levering[Waarneming]]:
    """Every delivery up to and including ``tot``, in order of quarter."""
    for kwartaal in kwartalen_van(beschrijving, tot):
        geleverd: dict[tuple[str, str], Levering[Waarneming]] = {}
        for code, reeks in beschrijving["reeks"].items():
            for plek in plekken[code]:
                trekking = _Trekking(indicatoren[code], reeks, plek, kwartaal, zaad)
                geheel = geleverd.get((reeks.get("deel_van", ""), plek))
                levering = _levering(trekking, geheel, beschrijving["bijzonder"])
                if levering:
                    geleverd[code, plek] = levering
        yield from geleverd.values()


@dataclass(frozen=True, slots=True)
class _Trekking:
    """One value to be drawn: of which indicator, where, when, and from which description."""

    feiten: IndicatorFeiten
    reeks: Beschrijving
    plek: str
    kwartaal: Kwartaal
    zaad: int

    @property
    def eigen_niveau(self) -> float:
        """How far this onderdeel lies from the others, the same in every quarter."""
        return _toeval(self.zaad, self.plek).gauss(0, 1) * self.reeks["spreiding"]

    def geldt(self, geval: Beschrijving) -> bool:
        """Whether an awkward case is about this value."""
        hier = geval["indicator"] == self.feiten.code and geval.get("onderdeel", self.plek) == self.plek
        return hier and _slaat_op(geval, self.kwartaal)


def _slaat_op(geval: Beschrijving, kwartaal: Kwartaal) -> bool:
    return geval.get("kwartaal", str(kwartaal)) == str(kwartaal)


def _levering(
    trekking: _Trekking, geheel: Levering[Waarneming] | None, gevallen: list[Beschrijving]
) -> Levering[Waarneming] | None:
    toeval = _toeval(trekking.zaad, trekking.feiten.code, trekking.plek, trekking.kwartaal)
    waarneming = _waarneming(trekking, geheel, toeval)
    levering = Levering(waarneming, trekking.kwartaal, toeval.randint(9, 24)) if waarneming else None
    for geval in filter(trekking.geldt, gevallen):
        levering = _maak_bijzonder(levering, geval) if levering else None
    return levering


def _waarneming(trekking: _Trekking, geheel: Levering[Waarneming] | None, toeval: Random) -> Waarneming | None:
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


def _enquete(leeg: Waarneming, reeks: Beschrijving) -> Waarneming | None:
    """A survey is about the whole year; a year without an outcome has no observation."""
    jaar = str(leeg.jaar)
    if jaar not in reeks["uitkomst"]:
        return None
    waarde, marge = (lees(reeks[naam][jaar], Notatie.PERCENTAGE) for naam in ("uitkomst", "marge"))
    return replace(leeg, kwartaal=None, waarde=waarde, marge=marge)


def _som(trekking: _Trekking, toeval: Random) -> Decimal:
    reeks = trekking.reeks
    groei = (1 + reeks["groei"]) ** (trekking.kwartaal.jaar - _EERSTE_JAAR)
    verwacht = reeks["per_kwartaal"] * groei * reeks["seizoen"][trekking.kwartaal.nummer - 1]
    return Decimal(max(0, round(verwacht * toeval.gauss(1, reeks["ruis"]))))


def _deel(
    leeg: Waarneming, reeks: Beschrijving, geheel: Levering[Waarneming] | None, toeval: Random
) -> Waarneming | None:
    """A part of a value: never more than half of it, and not there where the whole is not."""
    if geheel is None or geheel.waarde.waarde is None:
        return None
    aandeel = min(0.5, max(0.0, reeks["aandeel"] * toeval.gauss(1, reeks["ruis"])))
    return replace(leeg, waarde=Decimal(int(geheel.waarde.waarde * Decimal(str(aandeel)))))


def _stand(trekking: _Trekking, toeval: Random) -> Decimal:
    reeks = trekking.reeks
    verloop = reeks["start"] + reeks["per_jaar"] * _jaren(trekking.kwartaal)
    return Decimal(str(round(verloop + trekking.eigen_niveau + toeval.gauss(0, reeks["ruis"]), 1)))


def _verhouding(leeg: Waarneming, trekking: _Trekking, toeval: Random) -> Waarneming:
    reeks = trekking.reeks
    aandeel = reeks["aandeel"] + reeks["per_jaar"] * _jaren(trekking.kwartaal) + trekking.eigen_niveau
    aandeel = min(99.5, max(1.0, aandeel + toeval.gauss(0, reeks["ruis"])))
    noemer = Decimal(round(reeks["noemer"] * toeval.uniform(0.85, 1.15)))
    teller = (noemer * Decimal(str(aandeel)) / 100).quantize(Decimal(1))
    return replace(leeg, teller=min(teller, noemer), noemer=noemer)


def _maak_bijzonder(levering: Levering[Waarneming], geval: Beschrijving) -> Levering[Waarneming] | None:
    """The delivery as an awkward case makes it; None where it fails to come."""
    match geval["soort"]:
        case "ontbreekt":
            return None
        case "vast":
            waarde = geval["waarden"].get(str(levering.kwartaal))
            return levering if waarde is None else _met(levering, waarde=lees(waarde, Notatie.HOEVEELHEID))
        case "aandeel":
            noemer = levering.waarde.noemer or _NIETS
            return _met(levering, teller=noemer * lees(geval["aandeel"], Notatie.PERCENTAGE) / 100)
        case "nb":
            return _met(levering, onbekend=True, waarde=None, teller=None, noemer=None)
        case "voorlopig":
            return _met(levering, status="voorlopig")
        case "correctie":
            eerst = replace(levering.waarde, waarde=lees(geval["was"], Notatie.HOEVEELHEID))
            return replace(levering, eerst=eerst, reden=geval["reden"], correctie_na_dagen=geval["dagen_later"])
        case "laat":
            return replace(levering, dagen_na_einde=geval["dagen"])
    raise ValueError(f"De demo kent geen bijzonder geval {geval['soort']}.")


def _met(levering: Levering[Waarneming], **velden: Any) -> Levering[Waarneming]:
    return replace(levering, waarde=replace(levering.waarde, **velden))


@dataclass(frozen=True, slots=True)
class Demoplek:
    """A place: its formation, those of its wijkagenten, and the aspiranten the plan expects among them."""

    onderdeel: str
    soort: str
    district: str
    formatie: Decimal
    wijkagenten: Decimal | None = None
    aspiranten: Decimal = _NIETS


def bezettingsleveringen(
    beschrijving: Beschrijving, plekken: Mapping[Kwartaal, list[Demoplek]], zaad: int
) -> Iterator[Levering[Opgave]]:
    """Every delivery, in order of quarter."""
    for kwartaal, van_kwartaal in sorted(plekken.items()):
        for plek in van_kwartaal:
            levering = _bezettinglevering(_Bezettingtrekking(beschrijving, plek, kwartaal, zaad))
            if levering:
                yield levering


@dataclass(frozen=True, slots=True)
class _Bezettingtrekking:
    beschrijving: Beschrijving
    plek: Demoplek
    kwartaal: Kwartaal
    zaad: int

    @property
    def gevallen(self) -> list[Beschrijving]:
        return [
            geval
            for geval in self.beschrijving["bijzonder"]
            if geval["onderdeel"] in (self.plek.onderdeel, self.plek.district) and _slaat_op(geval, self.kwartaal)
        ]

    def toeval(self, wat: str) -> Random:
        return _toeval(self.zaad, wat, self.plek.onderdeel, self.plek.soort)

    def aandeel(self, soort: str) -> Decimal:
        """Which part of the places is filled: a level of its own, a slow rise, some noise."""
        reeks = self.beschrijving["soort"][soort]
        eigen = self.toeval(soort).gauss(0, 1) * reeks["spreiding"]
        ruis = self.toeval(f"{soort}/{self.kwartaal}").gauss(0, 1) * reeks["ruis"]
        verschoven = sum(geval["punten"] for geval in self.gevallen if geval["soort"] == "verschuif")
        return Decimal(
            str(round(reeks["aandeel"] + reeks["per_jaar"] * _jaren(self.kwartaal) + eigen + ruis + verschoven, 4))
        )


def _bezettinglevering(trekking: _Bezettingtrekking) -> Levering[Opgave] | None:
    soorten = {geval["soort"]: geval for geval in trekking.gevallen}
    if "ontbreekt" in soorten:
        return None
    opgave = _opgave(trekking, "voorlopig" if "voorlopig" in soorten else "definitief")
    levering = Levering(opgave, trekking.kwartaal, DAGEN_NA_EINDE)
    if "correctie" not in soorten:
        return levering
    geval = soorten["correctie"]
    eerst = replace(opgave, os=opgave.os - lees(geval["minder_os"], Notatie.HOEVEELHEID))
    return replace(levering, eerst=eerst, reden=geval["reden"], correctie_na_dagen=geval["dagen_later"])


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


def demoplekken(plaatsen: _Plaatsen, aspiranten: _Plaatsen, district_van: Mapping[str, str]) -> list[Demoplek]:
    """The places of a plan, with the aspiranten it prints for a district shared out over its teams and flexteam."""
    plekken = [
        Demoplek(
            code,
            soort,
            district_van.get(code, code),
            fte,
            plaatsen.get((code, "wijkagenten")) if soort == "basisteam" else None,
        )
        for (code, soort), fte in sorted(plaatsen.items())
        if soort in PLAATSSOORTEN and fte
    ]
    return [replace(plek, aspiranten=_aspiranten(plek, plekken, aspiranten)) for plek in plekken]


def _aspiranten(plek: Demoplek, alle: list[Demoplek], gedrukt: _Plaatsen) -> Decimal:
    teams = gedrukt.get((plek.district, "basisteams-aspiranten"), _NIETS)
    if plek.soort == "flexteam":
        return max(_NIETS, gedrukt.get((plek.district, "aspiranten"), _NIETS) - teams)
    if plek.soort != "basisteam":
        return _NIETS
    samen = sum((p.formatie for p in alle if p.district == plek.district and p.soort == "basisteam"), _NIETS)
    return teams * plek.formatie / samen
