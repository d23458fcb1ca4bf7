"""What moves from where to where, and what that changes at each team. Pure, exact.

Places move: the plan changes and nobody moves house. People move: the bezetting changes and the plan stays. A thought
is one of the two, never both.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from formatie.scenario.doorrekenen import Ingreep

GEEN_FTE = Decimal(0)
BUITEN = "buiten"
"""Where people come from who come in, and go to who leave: none of the teams."""
Vector = dict[str, Decimal]


class Wat(StrEnum):
    PLAATSEN = "plaatsen"
    MENSEN = "mensen"


INGREEPVELDEN = {
    Wat.PLAATSEN: ("verschuiving", "verschuiving_wijkagenten"),
    Wat.MENSEN: ("instroom", "instroom_wijkagenten"),
}


@dataclass(frozen=True)
class Verschuiving:
    """So many fte from one team to another, of which wijkagenten; people also from or to outside."""

    van: str
    naar: str
    fte: Decimal
    wijkagenten: Decimal = GEEN_FTE


def ingrepen_van(wat: Wat, verschuivingen: Sequence[Verschuiving]) -> dict[str, Ingreep]:
    """Team → what all of these together change there."""
    fte, wijk = _saldo(verschuivingen, "fte"), _saldo(verschuivingen, "wijkagenten")
    veld, wijkveld = INGREEPVELDEN[wat]
    return {team: Ingreep(**{veld: fte[team], wijkveld: wijk[team]}) for team in fte if team != BUITEN}


def _saldo(verschuivingen: Sequence[Verschuiving], veld: str) -> Vector:
    saldo: Vector = {}
    for verschuiving in verschuivingen:
        for team, teken in ((verschuiving.van, -1), (verschuiving.naar, 1)):
            saldo[team] = saldo.get(team, GEEN_FTE) + teken * getattr(verschuiving, veld)
    return saldo


def verschuivingen_van(ingrepen: Mapping[str, Ingreep]) -> tuple[Wat, list[Verschuiving]] | None:
    """What moves give these changes; None where they are of both kinds, or where no moves of teams give them."""
    soorten = [
        wat for wat in Wat if any(getattr(ingreep, v) for ingreep in ingrepen.values() for v in INGREEPVELDEN[wat])
    ]
    if len(soorten) != 1:
        return None
    wat, (veld, wijkveld) = soorten[0], INGREEPVELDEN[soorten[0]]
    fte = {team: getattr(ingreep, veld) for team, ingreep in ingrepen.items()}
    wijk = {team: getattr(ingreep, wijkveld) for team, ingreep in ingrepen.items()}
    if not all(_past(fte[team], wijk[team]) for team in fte):
        return None
    rest = {team: fte[team] - wijk[team] for team in fte}
    return wat, _samen([*_paren(wijk, wijkagenten=True), *_paren(rest, wijkagenten=False)])


def _past(fte: Decimal, wijk: Decimal) -> bool:
    """Whether so many wijkagenten can be among so many that come or go."""
    return not wijk or (wijk * fte > 0 and abs(wijk) <= abs(fte))


def _paren(saldo: Vector, *, wijkagenten: bool) -> Iterator[Verschuiving]:
    """Give from who has less then to who has more; what is left comes from outside or goes there."""
    over = saldo | {BUITEN: -sum(saldo.values(), GEEN_FTE)}
    geeft = {team: -som for team, som in over.items() if som < 0}
    krijgt = {team: som for team, som in over.items() if som > 0}
    while geeft and krijgt:
        van, naar = next(iter(geeft)), next(iter(krijgt))
        deel = min(geeft[van], krijgt[naar])
        yield Verschuiving(van, naar, deel, deel if wijkagenten else GEEN_FTE)
        for kant, team in ((geeft, van), (krijgt, naar)):
            kant[team] -= deel
            if not kant[team]:
                del kant[team]


def _samen(verschuivingen: Sequence[Verschuiving]) -> list[Verschuiving]:
    """One for each pair of teams."""
    paren: dict[tuple[str, str], Verschuiving] = {}
    for v in verschuivingen:
        eerder = paren.get((v.van, v.naar), Verschuiving(v.van, v.naar, GEEN_FTE))
        paren[v.van, v.naar] = Verschuiving(v.van, v.naar, eerder.fte + v.fte, eerder.wijkagenten + v.wijkagenten)
    return list(paren.values())
