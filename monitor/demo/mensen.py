"""Fictitious bezetting beside the places of the real plan, and how large each onderdeel is. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

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
from monitor.demo.toeval import toeval_van
from monitor.invoer.bezetting.validatie import PLAATSSOORTEN, Bezettingsplek, Opgave

_DAGEN_NA_EINDE = 15
_TIENDE = Decimal("0.1")
_Plaatsen = Mapping[Bezettingsplek, Decimal]


@dataclass(frozen=True, slots=True)
class Demoplek:
    """A place: its formation, those of its wijkagenten, and the aspiranten the plan expects among them."""

    onderdeel: str
    soort: str
    district: str
    formatie: Decimal
    wijkagenten: Decimal | None = None
    aspiranten: Decimal = NIETS


_Plekken = Mapping[Kwartaal, list[Demoplek]]


@dataclass(frozen=True, slots=True)
class Omvang:
    """How large an onderdeel is in a quarter: the places of the plan and the people who are there, both in fte."""

    plaatsen: Decimal = NIETS
    mensen: Decimal = NIETS


Omvangen = Mapping[tuple[str, Kwartaal], Omvang]


def omvang_van(opdracht: Opdracht, plekken: _Plekken) -> Omvangen:
    """Of every team and every district with all that belongs to it, also where nobody delivered."""
    omvang: dict[tuple[str, Kwartaal], Omvang] = defaultdict(Omvang)
    for kwartaal, van_kwartaal in plekken.items():
        for plek in van_kwartaal:
            mensen = _Trekking(opdracht, plek, kwartaal).mensen
            for code in {plek.onderdeel, plek.district}:
                tot_nu = omvang[code, kwartaal]
                omvang[code, kwartaal] = Omvang(tot_nu.plaatsen + plek.formatie, tot_nu.mensen + mensen)
    return omvang


def bezettingsleveringen(opdracht: Opdracht, plekken: _Plekken) -> Iterator[Levering[Opgave]]:
    """Every delivery, in order of quarter."""
    for kwartaal, van_kwartaal in sorted(plekken.items()):
        for plek in van_kwartaal:
            levering = _levering(_Trekking(opdracht, plek, kwartaal))
            if levering:
                yield levering


@dataclass(frozen=True, slots=True)
class _Trekking:
    opdracht: Opdracht
    plek: Demoplek
    kwartaal: Kwartaal

    @property
    def gevallen(self) -> list[Beschrijving]:
        return [
            geval
            for geval in self.opdracht.beschrijving["bijzonder"]
            if geval["onderdeel"] in (self.plek.onderdeel, self.plek.district)
            and geval.get("plaats", self.plek.soort) == self.plek.soort
            and self.opdracht.slaat_op(geval, self.kwartaal)
        ]

    @property
    def reeks(self) -> Beschrijving:
        soort: Beschrijving = self.opdracht.beschrijving["soort"][self.plek.soort]
        return soort

    @property
    def mensen(self) -> Decimal:
        return _procent_van(self.plek.formatie, self.aandeel(self.plek.soort))

    def toeval(self, wat: str) -> Random:
        return toeval_van(self.opdracht.zaad, wat, self.plek.onderdeel, self.plek.soort)

    def aandeel(self, soort: str) -> Decimal:
        """Which part of the places is filled: a level of its own, a slow rise, some noise."""
        reeks = self.opdracht.beschrijving["soort"][soort]
        eigen = self.toeval(soort).gauss(0, 1) * reeks["spreiding"]
        ruis = self.toeval(f"{soort}/{self.kwartaal}").gauss(0, 1) * reeks["ruis"]
        verschoven = sum(geval["punten"] for geval in self.gevallen if geval["soort"] == "verschuif")
        verloop = reeks["aandeel"] + reeks["per_jaar"] * self.opdracht.jaren_tot(self.kwartaal)
        return Decimal(str(round(verloop + eigen + ruis + verschoven, 4)))

    def ziek(self) -> Decimal:
        """Which part of the people is ill on the last day of the quarter: more in winter."""
        seizoen = self.opdracht.beschrijving["ziek_seizoen"][self.kwartaal.nummer - 1]
        ruis = self.toeval(f"ziek/{self.kwartaal}").uniform(0.85, 1.15)
        return Decimal(str(round(self.reeks["ziek"] * seizoen * ruis, 4)))


def _levering(trekking: _Trekking) -> Levering[Opgave] | None:
    levering = Levering(_opgave(trekking), trekking.kwartaal, _DAGEN_NA_EINDE)
    for geval in trekking.gevallen:
        if geval["soort"] == "ontbreekt":
            return None
        levering = met_afloop(_maak_bijzonder(levering, geval), geval)
    return levering


def _maak_bijzonder(levering: Levering[Opgave], geval: Beschrijving) -> Levering[Opgave]:
    opgave = levering.waarde
    match geval["soort"]:
        case "voorlopig":
            return replace(levering, waarde=replace(opgave, status="voorlopig"))
        case "correctie":
            eerst = replace(opgave, os=opgave.os - lees(geval["minder_os"], Notatie.HOEVEELHEID))
            return met_correctie(levering, eerst, geval)
        case "verschuif":
            return levering
    raise ValueError(f"De demo kent voor bezetting geen bijzonder geval {geval['soort']}.")


def _opgave(trekking: _Trekking) -> Opgave:
    plek, kwartaal, fte = trekking.plek, trekking.kwartaal, trekking.mensen
    nos = _procent_van(fte, Decimal(str(trekking.reeks["nos"])))
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
        ziek=_procent_van(fte, trekking.ziek()),
        status="definitief",
        meetdatum=kwartaal.einde(),
        toelichting="",
    )


def _wijkagenten(trekking: _Trekking) -> tuple[Decimal | None, Decimal | None]:
    plaatsen = trekking.plek.wijkagenten
    if plaatsen is None:
        return None, None
    samen = _procent_van(plaatsen, trekking.aandeel("wijkagenten"))
    expert = _procent_van(samen, Decimal(trekking.opdracht.beschrijving["expert"]))
    return samen - expert, expert


def _procent_van(geheel: Decimal, procent: Decimal) -> Decimal:
    return (geheel * procent / 100).quantize(_TIENDE)


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
    teams = gedrukt.get((plek.district, "basisteams-aspiranten"), NIETS)
    if plek.soort == "flexteam":
        return max(NIETS, gedrukt.get((plek.district, "aspiranten"), NIETS) - teams)
    if plek.soort != "basisteam":
        return NIETS
    samen = sum((p.formatie for p in alle if p.district == plek.district and p.soort == "basisteam"), NIETS)
    return teams * plek.formatie / samen
