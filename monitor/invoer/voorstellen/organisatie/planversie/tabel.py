"""The figures of a version of the plan as fields, per dienst and per district; typed, they are the rows of a sheet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from formatie.bezetting.plekken import get_basisteams
from formatie.bijhouden.formatieplan import namen_en_soorten
from formatie.bijhouden.opvolging import Basisteam
from formatie.bijhouden.planblad import CIJFERS, EIGEN, SLEUTELS, Bladfout, Planrijen, als_blad
from formatie.models import Districtsformatie, Formatieregel

Plancellen = tuple[int, Mapping[str, str]]
"""The number of a row, and text by name of column."""
_KOLOMMEN = {sleutel: kolom for kolom, sleutel in SLEUTELS.items()}
_VAN_DIENST, _VAN_DISTRICT = CIJFERS[:3], (CIJFERS[0], CIJFERS[3])
_LABELS = {kolom: kolom.capitalize() if " " in kolom else kolom.upper() for kolom in CIJFERS}
_SOORT = Districtsformatie.Soort
_VAN_TEAM = (_SOORT.BASISTEAM, _SOORT.WIJKAGENTEN)


@dataclass(frozen=True)
class Cijferveld:
    """One figure: the name and id of its field, how it is read aloud, what is in it and what is wrong with that."""

    naam: str
    kolom: str
    label: str
    tekst: str
    was: str
    fouten: Sequence[str] = ()

    @property
    def is_anders(self) -> bool:
        return _kaal(self.tekst) != _kaal(self.was)


@dataclass(frozen=True)
class Veldrij:
    """A line or a cell of the plan; None for a column of its group that it does not have."""

    groep: str
    naam: str
    velden: Sequence[Cijferveld | None]
    is_totaal: bool = False
    uitleg: str = ""

    @property
    def eigen(self) -> list[Cijferveld]:
        return [veld for veld in self.velden if veld]


@dataclass(frozen=True)
class Plangroep:
    """A dienst or a district with its rows."""

    naam: str
    rijen: Sequence[Veldrij]

    @property
    def kolommen(self) -> list[str]:
        return list(dict.fromkeys(veld.kolom for rij in self.rijen for veld in rij.eigen))

    @property
    def totaal(self) -> str:
        """In FTE as it stands in the field of the row that is the total, of two as a sum; empty where no row is."""
        rijen = [rij for rij in self.rijen if rij.is_totaal] or (self.rijen if len(self.rijen) == 1 else [])
        return " + ".join(rij.eigen[0].tekst for rij in rijen)

    @property
    def aantal_fout(self) -> int:
        return sum(bool(veld.fouten) for rij in self.rijen for veld in rij.eigen)

    @property
    def aantal_anders(self) -> int:
        return sum(veld.is_anders for rij in self.rijen for veld in rij.eigen)


def als_bladrijen(rijen: Planrijen) -> list[Plancellen]:
    """A plan as the rows that were read of its sheet, with the comma."""
    kop, *blad = als_blad(rijen, *namen_en_soorten())
    teksten = [["" if cel is None else str(cel).replace(".", ",") for cel in rij] for rij in blad]
    return [(nummer, dict(zip(kop, rij, strict=True))) for nummer, rij in enumerate(teksten, 1)]


def uit_velden(gestuurd: Mapping[str, str]) -> list[Plancellen]:
    """What was typed, as the rows of a sheet; other fields than those of figures are left out."""
    per_rij: dict[str, dict[str, str]] = {}
    for naam, tekst in gestuurd.items():
        kenmerk, _, sleutel = naam.rpartition(":")
        if kenmerk and sleutel in _KOLOMMEN:
            per_rij.setdefault(kenmerk, {EIGEN: kenmerk})[_KOLOMMEN[sleutel]] = str(tekst).strip()
    return list(enumerate(per_rij.values(), 1))


def zonder_vervallen(rijen: Iterable[Plancellen], huidig: Planrijen) -> list[Plancellen]:
    """Without the rows that may be left empty and are: of a team that comes, or of one that ends."""
    bekend, teams = _kenmerken(huidig), get_basisteams()
    return [
        (nummer, cellen)
        for nummer, cellen in rijen
        if any(cellen.get(kolom) for kolom in CIJFERS) or not _mag_leeg(cellen[EIGEN], bekend, teams)
    ]


def met_nieuwe_teams(rijen: Sequence[Plancellen], huidig: Planrijen) -> list[Plancellen]:
    """With empty rows for the teams of which the plan says nothing yet."""
    heeft = {cellen[EIGEN].split(":")[1] for _, cellen in rijen if ":" in cellen[EIGEN]} | {
        str(rij["onderdeel"]) for rij in huidig["cel"]
    }
    komen = [team.code for team in get_basisteams().values() if team.tot is None and team.code not in heeft]
    leeg = [{EIGEN: f"cel:{code}:{soort}"} for code in komen for soort in _VAN_TEAM]
    return [*rijen, *enumerate(leeg, len(rijen) + 1)]


def maak_groepen(rijen: Iterable[Plancellen], huidig: Planrijen, fouten: Iterable[Bladfout]) -> list[Plangroep]:
    """Every row with its fields, the diensten first, in the order of the plan."""
    bouw = _Bouw(huidig, fouten)
    gemaakt = [bouw.rij(nummer, cellen) for nummer, cellen in sorted(rijen, key=bouw.plek)]
    return [Plangroep(naam, list(van)) for naam, van in groupby(gemaakt, key=lambda rij: rij.groep)]


class _Bouw:
    """What is needed to make a row: the names of everything, what is in force, and the faults by cell."""

    def __init__(self, huidig: Planrijen, fouten: Iterable[Bladfout]) -> None:
        self.namen, self.soorten = namen_en_soorten()
        self.teams = get_basisteams()
        self.regels = {f"regel:{rij['sleutel']}": rij for rij in huidig["regel"]}
        self.was = {cellen[EIGEN]: cellen for _, cellen in als_bladrijen(huidig)}
        self.fouten: dict[tuple[int, str], list[str]] = {}
        for fout in fouten:
            self.fouten.setdefault((fout.rij, fout.kolom), []).append(fout.reden)

    def plek(self, rij: Plancellen) -> tuple[Any, ...]:
        """Where a row stands: lines as the plan has them, cells by district, the district itself before its teams."""
        kenmerk = rij[1][EIGEN]
        if kenmerk in self.regels:
            diensten = [str(regel["dienst"]) for regel in self.regels.values()]
            return 0, diensten.index(str(self.regels[kenmerk]["dienst"])), self.regels[kenmerk]["volgnummer"]
        code, soort = _delen(kenmerk)
        return 1, self._district(code), code, list(self.soorten).index(soort) if soort in self.soorten else 99

    def rij(self, nummer: int, cellen: Mapping[str, str]) -> Veldrij:
        kenmerk = cellen[EIGEN]
        groep, naam, is_totaal = self._namen(kenmerk)
        velden = [
            self._veld(nummer, cellen, kolom, f"{groep}, {naam}") if self._heeft(cellen, kolom) else None
            for kolom in (_VAN_DIENST if kenmerk.startswith("regel:") else _VAN_DISTRICT)
        ]
        return Veldrij(groep, naam, velden, is_totaal, self._uitleg(kenmerk))

    def _veld(self, nummer: int, cellen: Mapping[str, str], kolom: str, waarvan: str) -> Cijferveld:
        kenmerk = cellen[EIGEN]
        return Cijferveld(
            f"{kenmerk}:{SLEUTELS[kolom]}",
            _LABELS[kolom],
            f"{_LABELS[kolom]} van {waarvan}",
            cellen.get(kolom, ""),
            self.was.get(kenmerk, {}).get(kolom, ""),
            self.fouten.get((nummer, kolom), ()),
        )

    def _namen(self, kenmerk: str) -> tuple[str, str, bool]:
        """The group, the row in it, and whether that is the total of the group."""
        if regel := self.regels.get(kenmerk):
            return str(regel["dienst"]), str(regel["naam"]), regel["soort"] == Formatieregel.Soort.SUBTOTAAL
        code, soort = _delen(kenmerk)
        district, woorden = self._district(code), self.soorten.get(soort, soort)
        groep = f"{district} {self.namen.get(district, '')}".strip()
        eigen = code == district
        naam = woorden if eigen else f"{code} {self.namen.get(code, '')}, {woorden.lower()}"
        return groep, naam, eigen and soort == _SOORT.TOTAAL

    def _district(self, code: str) -> str:
        return self.teams[code].district if code in self.teams else code

    def _heeft(self, cellen: Mapping[str, str], kolom: str) -> bool:
        """A district has a number of inhabitants per wijkagent, a team has none; what was typed is always shown."""
        code, soort = _delen(cellen[EIGEN])
        van_district = soort == _SOORT.WIJKAGENTEN and code not in self.teams
        return (
            kolom in _VAN_DIENST
            or van_district
            or bool(cellen.get(kolom) or self.was.get(cellen[EIGEN], {}).get(kolom))
        )

    def _uitleg(self, kenmerk: str) -> str:
        if not _mag_leeg(kenmerk, self.was, self.teams):
            return ""
        return "Houdt op: leeg is weg uit het plan." if kenmerk in self.was else "Nieuw: leeg telt niet mee."


def _kenmerken(huidig: Planrijen) -> set[str]:
    return {cellen[EIGEN] for _, cellen in als_bladrijen(huidig)}


def _mag_leeg(kenmerk: str, bekend: Iterable[str], teams: Mapping[str, Basisteam]) -> bool:
    if not kenmerk.startswith("cel:"):
        return False
    team = teams.get(_delen(kenmerk)[0])
    return kenmerk not in bekend or bool(team and team.tot)


def _delen(kenmerk: str) -> tuple[str, str]:
    _, code, soort = f"{kenmerk}::".split(":")[:3]
    return code, soort


def _kaal(tekst: str) -> str:
    """16,0 is as much as 16."""
    return tekst.rstrip("0").rstrip(",") if "," in tekst else tekst
