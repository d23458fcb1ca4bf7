"""Fictitious bezetting, the same for the same seed. Pure: from a description and the places of the plan to Opgaven."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any

from common.tekst.getallen import Notatie, lees
from common.tekst.periode import Kwartaal, kwartalen
from monitor.demo.cijfers import NOTITIE
from monitor.invoer.bezetting.validatie import SOORTEN, Opgave, Plek

Plaatsen = Mapping[Plek, Decimal]
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
            levering = _levering(_Trekking(beschrijving, plek, kwartaal, zaad))
            if levering:
                yield levering


def kwartalen_van(beschrijving: Mapping[str, Any], tot: Kwartaal) -> list[Kwartaal]:
    return list(kwartalen(Kwartaal.parse(beschrijving["vanaf"]), tot))


@dataclass(frozen=True, slots=True)
class _Trekking:
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


def _levering(trekking: _Trekking) -> Bezettinglevering | None:
    soorten = {geval["soort"]: geval for geval in trekking.gevallen}
    if "ontbreekt" in soorten:
        return None
    opgave = _opgave(trekking, "voorlopig" if "voorlopig" in soorten else "definitief")
    if "correctie" not in soorten:
        return Bezettinglevering(opgave, trekking.kwartaal)
    geval = soorten["correctie"]
    eerst = replace(opgave, os=opgave.os - lees(geval["minder_os"], Notatie.HOEVEELHEID))
    return Bezettinglevering(opgave, trekking.kwartaal, eerst, geval["reden"], geval["dagen_later"])


def _opgave(trekking: _Trekking, status: str) -> Opgave:
    plek, kwartaal = trekking.plek, trekking.kwartaal
    reeks = trekking.beschrijving["soort"][plek.soort]
    fte = _deel(plek.formatie, trekking.aandeel(plek.soort))
    nos = _deel(fte, Decimal(str(reeks["nos"])))
    wijk, expert = _wijkagenten(trekking)
    return Opgave(
        rij=0,
        onderdeel=plek.onderdeel,
        soort=plek.soort,
        jaar=kwartaal.jaar,
        kwartaal=kwartaal.nummer,
        os=fte - nos,
        nos=nos,
        aspiranten=min(fte - nos, _deel(plek.aspiranten, Decimal(100 + trekking.toeval(str(kwartaal)).randint(-6, 4)))),
        wijkagenten=wijk,
        wijkagenten_expert=expert,
        ziek=_deel(fte, Decimal(str(reeks["ziek"]))),
        status=status,
        meetdatum=kwartaal.einde(),
        toelichting=NOTITIE,
    )


def _wijkagenten(trekking: _Trekking) -> tuple[Decimal | None, Decimal | None]:
    plaatsen = trekking.plek.wijkagenten
    if plaatsen is None:
        return None, None
    samen = _deel(plaatsen, trekking.aandeel("wijkagenten"))
    expert = _deel(samen, Decimal(trekking.beschrijving["expert"]))
    return samen - expert, expert


def _deel(geheel: Decimal, procent: Decimal) -> Decimal:
    return (geheel * procent / 100).quantize(TIENDE)


def demoplekken(plaatsen: Plaatsen, aspiranten: Plaatsen, district_van: Mapping[str, str]) -> list[Demoplek]:
    """The places of a plan, with the aspiranten it prints for a district shared out over its teams and flexteam."""
    plekken = [
        Demoplek(code, soort, district_van.get(code, code), fte, plaatsen.get((code, "wijkagenten")))
        for (code, soort), fte in sorted(plaatsen.items())
        if soort in SOORTEN and fte
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
