"""What if places moved between the teams of a district, or people came in: exact, and nothing is stored. Pure.

Places move once, from the first quarter ahead, and add up to what they were. People come in every quarter; a team's
wijkagenten are part of its people, so who becomes wijkagent in the own team changes only the one figure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.tekst.cijfers import FTE, exact_in_woorden, fte
from common.tekst.periode import Kwartaal
from formatie.bezetting.sommen import Stand

_NIETS = Decimal(0)
GETELD = {
    "plaatsen": "plaatsen",
    "plaatsen_wijk": "plaatsen voor wijkagenten",
    "mensen": "mensen",
    "wijkagenten": "wijkagenten",
}


class Onmogelijk(ValueError):
    """The thought cannot be: the message says why, in Dutch. ``team`` is the code of where it goes wrong, if one."""

    def __init__(self, zin: str, team: str = "") -> None:
        super().__init__(zin)
        self.team = team


@dataclass(frozen=True)
class Team:
    """Where a team starts: places by the plan, people by the bezetting; None is not known, which is not 0."""

    code: str
    naam: str
    plaatsen: Decimal | None
    plaatsen_wijk: Decimal | None
    mensen: Decimal | None
    wijkagenten: Decimal | None


@dataclass(frozen=True)
class Ingreep:
    """What is changed at one team, in fte; the inflow is per quarter and may be negative."""

    verschuiving: Decimal = _NIETS
    verschuiving_wijkagenten: Decimal = _NIETS
    instroom: Decimal = _NIETS
    instroom_wijkagenten: Decimal = _NIETS


@dataclass(frozen=True)
class Kwartaalstand(Team):
    """One team, or the district, at the end of one quarter."""

    kwartaal: Kwartaal

    @property
    def verschil(self) -> Decimal | None:
        """The indicator formatie-bezetting: people minus places; negative is onderbezetting."""
        return Stand(self.plaatsen, self.mensen).verschil

    @property
    def bezet(self) -> Decimal | None:
        """The indicator bezetting-wijkagenten, in per cent of the places."""
        return Stand(self.plaatsen_wijk, self.wijkagenten).percentage


@dataclass(frozen=True)
class Doorrekening:
    """The quarters, the start first; per quarter the teams, and the district as their sum."""

    kwartalen: Sequence[Kwartaal]
    teams: Mapping[str, Sequence[Kwartaalstand]]
    district: Sequence[Kwartaalstand]


def reken_door(
    teams: Sequence[Team], ingrepen: Mapping[str, Ingreep], *, start: Kwartaal, vooruit: int
) -> Doorrekening:
    """Every team and the district at the start and in each quarter ahead. Raises Onmogelijk."""
    _controleer_verschuiving(ingrepen.values())
    kwartalen = [Kwartaal.van_index(start.index + n) for n in range(vooruit + 1)]
    per_team = {
        team.code: [
            _stand(team, ingrepen.get(team.code, Ingreep()), kwartaal, n) for n, kwartaal in enumerate(kwartalen)
        ]
        for team in teams
    }
    for standen in per_team.values():
        for stand in standen[1:]:
            _controleer(stand, standen[0])
    district = [_opgeteld([standen[n] for standen in per_team.values()], k) for n, k in enumerate(kwartalen)]
    return Doorrekening(kwartalen, per_team, district)


def _stand(team: Team, ingreep: Ingreep, kwartaal: Kwartaal, n: int) -> Kwartaalstand:
    verschoven = 1 if n else 0
    return Kwartaalstand(
        team.code,
        team.naam,
        _plus(team.plaatsen, ingreep.verschuiving * verschoven),
        _plus(team.plaatsen_wijk, ingreep.verschuiving_wijkagenten * verschoven),
        _plus(team.mensen, ingreep.instroom * n),
        _plus(team.wijkagenten, ingreep.instroom_wijkagenten * n),
        kwartaal,
    )


def _plus(begin: Decimal | None, erbij: Decimal) -> Decimal | None:
    return None if begin is None else begin + erbij


def _opgeteld(standen: Sequence[Kwartaalstand], kwartaal: Kwartaal) -> Kwartaalstand:
    """The sum of the teams; not known as soon as it is not of one of them."""

    def som(veld: str) -> Decimal | None:
        waarden = [getattr(stand, veld) for stand in standen]
        return sum(waarden, _NIETS) if waarden and None not in waarden else None

    return Kwartaalstand("", "Alle teams", kwartaal=kwartaal, **{veld: som(veld) for veld in GETELD})


def _controleer_verschuiving(ingrepen: Iterable[Ingreep]) -> None:
    lijst = list(ingrepen)
    for veld, wat in (("verschuiving", "plaatsen"), ("verschuiving_wijkagenten", "plaatsen voor wijkagenten")):
        over = sum((getattr(ingreep, veld) for ingreep in lijst), _NIETS)
        if over:
            kant = "te veel" if over > 0 else "te weinig"
            raise Onmogelijk(
                f"De verschoven {wat} komen samen niet op nul uit: {exact_in_woorden(abs(over), FTE)} {kant}. "
                "Wat het ene team krijgt, moet een ander team afstaan."
            )


def _controleer(stand: Kwartaalstand, begin: Kwartaalstand) -> None:
    """No team can have fewer than nothing, nor more wijkagenten than people."""
    wanneer = stand.kwartaal.leesbaar
    for veld, naam in GETELD.items():
        waarde = getattr(stand, veld)
        if waarde is not None and waarde < 0:
            nu = f"nu zijn het er {fte(getattr(begin, veld))}"
            raise Onmogelijk(f"{stand.naam} zou in {wanneer} minder dan nul {naam} hebben; {nu}.", stand.code)
    if stand.mensen is not None and stand.wijkagenten is not None and stand.wijkagenten > stand.mensen:
        raise Onmogelijk(f"{stand.naam} zou in {wanneer} meer wijkagenten dan mensen hebben.", stand.code)
