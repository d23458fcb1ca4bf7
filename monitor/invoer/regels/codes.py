"""Codes as people write them: whatever case, accent, dash or space, or the name instead. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Protocol, TypeVar

from common.tekst.tekens import kaal, zonder_onzichtbare

_GELIJKEND = 0.75  # of what two words have in common, as ``difflib`` counts it
_KORT = 3  # of a code of so many characters the first says more than the others together
_LANGST = 120


class Benoemd(Protocol):
    """What has a code and a name."""

    @property
    def code(self) -> str: ...
    @property
    def naam(self) -> str: ...


B = TypeVar("B", bound=Benoemd)
_Vorm = TypeVar("_Vorm")


@lru_cache(maxsize=8192)
def woordvorm(tekst: str) -> str:
    """The letters and digits of a word, all that counts of how it was written."""
    return kaal(zonder_onzichtbare(tekst)).replace(" ", "")


def herken(tekst: str, bekend: Mapping[str, B]) -> B | None:
    """What this code or, failing that, this name is of; None when that is nothing, or more than one thing."""
    if tekst in bekend:
        return bekend[tekst]
    gezocht, alle = woordvorm(tekst[:_LANGST]), bekend.values()
    return _enige(gezocht, alle, lambda een: een.code) or _enige(gezocht, alle, lambda een: een.naam)


def _enige(gezocht: str, alle: Iterable[B], waarvan: Callable[[B], str]) -> B | None:
    gevonden = [een for een in alle if gezocht and woordvorm(waarvan(een)) == gezocht]
    return gevonden[0] if len(gevonden) == 1 else None


def voorstel(tekst: str, bekend: Mapping[str, B], noembaar: Collection[str] | None) -> str:
    """The code that was perhaps meant, with its name, among those that may be named (None: all); empty for none."""
    vormen: dict[str, B] = {}
    for een in bekend.values():
        if noembaar is None or een.code in noembaar:
            vormen |= {woordvorm(een.naam): een, woordvorm(een.code): een}
    vormen.pop("", None)
    dichtbij = naaste(tekst, vormen)
    return f"{dichtbij.code} ({dichtbij.naam})" if dichtbij and dichtbij.naam else dichtbij.code if dichtbij else ""


def naaste(tekst: str, vormen: Mapping[str, _Vorm]) -> _Vorm | None:
    """What looks most like a text, by the forms of its words."""
    gezocht = woordvorm(tekst[:_LANGST])
    if dichtbij := get_close_matches(gezocht, vormen, n=1, cutoff=_GELIJKEND):
        return vormen[dichtbij[0]]
    kort = [vorm for vorm in vormen if len(vorm) == len(gezocht) <= _KORT and vorm[:1] == gezocht[:1]]
    return vormen[min(kort)] if kort else None
