"""What differs between two versions of an activity, in words, and how two changes of one version go together. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from sturing.regels.jaarplan import Mijlpaalstand, in_cijfers
from sturing.regels.planinvoer import Inhoud

VELDNAMEN = {
    "titel": "Titel",
    "eigenaar": "Eigenaar",
    "begin": "Begin",
    "eind": "Einde",
    "status": "Status",
    "reden": "Reden",
    "mijlpalen": "Mijlpalen",
    "indicatoren": "Indicatoren",
}
"""In the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Planwoorden:
    """What keys and codes are called."""

    eigenaren: Mapping[int, str]
    indicatoren: Mapping[str, str]
    statussen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Planverschil:
    """A field with what it was and what it became; empty for nothing."""

    veld: str
    oud: str
    nieuw: str

    @property
    def naam(self) -> str:
        return VELDNAMEN[self.veld]


def planverschillen(oud: Inhoud, nieuw: Inhoud, woorden: Planwoorden) -> list[Planverschil]:
    """Of lists only what came and what went."""
    paren = ((veld, getattr(oud, veld), getattr(nieuw, veld)) for veld in VELDNAMEN)
    return [
        Planverschil(veld, _in_woorden(veld, was, wordt, woorden), _in_woorden(veld, wordt, was, woorden))
        for veld, was, wordt in paren
        if was != wordt
    ]


def _in_woorden(veld: str, waarde: object, ander: object, woorden: Planwoorden) -> str:
    match waarde:
        case tuple():
            return "; ".join(_mijlpaal(een) for een in waarde if een not in ander)  # type: ignore[operator]  # as well
        case frozenset():
            return ", ".join(sorted(woorden.indicatoren.get(code, code) for code in waarde - ander))  # type: ignore[operator]
        case int():
            return woorden.eigenaren.get(waarde, "iemand die er niet meer is")
        case None:
            return ""
        case str():
            return woorden.statussen.get(waarde, waarde) if veld == "status" else waarde
    return in_cijfers(waarde)  # type: ignore[arg-type]  # a day


def _mijlpaal(stand: Mijlpaalstand) -> str:
    hoe = f"bereikt op {in_cijfers(stand.gereed_op)}" if stand.gereed_op is not None else "nog open"
    return f"{stand.titel}, {in_cijfers(stand.datum)} ({hoe})"


def voeg_samen(gezien: Inhoud, nu: Inhoud, getypt: Inhoud) -> Inhoud:
    """What was typed, and where nothing was changed what another made of it meanwhile."""
    return Inhoud(
        **{
            veld.name: getattr(nu if getattr(getypt, veld.name) == getattr(gezien, veld.name) else getypt, veld.name)
            for veld in fields(Inhoud)
        }
    )
