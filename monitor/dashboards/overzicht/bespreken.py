"""Which indicators are worth a meeting: at most five, chosen by the rule that stands on the page. Pure.

Each step of the rule is a sentence with the test or the order that carries it out, so that the page says what is done.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

MEEST_BESPROKEN = 5
_TE_LATEN = ("achter", "aandacht")


class Kandidaat(NamedTuple):
    """What the choice looks at. ``verschil`` and ``marge`` are exact, in one unit; ``None`` is absent, never 0.

    ``is_nu``: the figure is of the quarter shown. ``volgt``: this year another figure comes. ``beslist``: no later
    quarter can change what the year total will be said to be. ``slechter``: than in the quarter before.
    """

    oordeel: str
    is_nu: bool
    volgt: bool
    beslist: bool
    slechter: bool
    verschil: Decimal | None
    marge: Decimal | None

    @property
    def afstand(self) -> Fraction | float:
        """How far off in units of its own margin; without a margin any gap is outside it."""
        if not self.verschil:
            return Fraction(0)
        return abs(Fraction(self.verschil)) / Fraction(self.marge) if self.marge else float("inf")


EISEN: tuple[tuple[str, Callable[[Kandidaat], bool]], ...] = (
    ("het ligt achter of vraagt aandacht, en het jaar is niet afgesloten", lambda k: k.oordeel in _TE_LATEN),
    ("het cijfer is van dit kwartaal", lambda k: k.is_nu),
    ("dit jaar volgt nog een cijfer", lambda k: k.volgt),
    ("het jaardoel is niet al onherstelbaar overschreden", lambda k: not k.beslist),
)
_ANDERS = (
    "het oordeel is nu niet Achter of Aandacht",
    "het cijfer is van een eerder kwartaal",
    "dit jaar volgt geen cijfer meer",
    "het jaardoel is al onherstelbaar overschreden",
)
"""What is so where the requirement at the same place is not met."""
VOLGORDE: tuple[tuple[str, Callable[[Kandidaat], Any]], ...] = (
    ("wat achter ligt, dan wat aandacht vraagt", lambda k: _TE_LATEN.index(k.oordeel)),
    ("wat slechter werd dan een kwartaal eerder", lambda k: not k.slechter),
    ("wat het verst van de norm ligt, gemeten in de eigen marge (zonder marge: altijd erbuiten)", lambda k: -k.afstand),
    ("bij gelijke stand de volgorde van de agenda", lambda k: 0),
)


def is_te_beinvloeden(kandidaat: Kandidaat) -> bool:
    return all(eis(kandidaat) for _, eis in EISEN)


def reden_buiten(kandidaat: Kandidaat) -> str:
    """Why what was not chosen was not: the first requirement that is not met, or that others go first."""
    redenen = (anders for (_, eis), anders in zip(EISEN, _ANDERS, strict=True) if not eis(kandidaat))
    return next(redenen, f"er passen er hoogstens {MEEST_BESPROKEN}, en andere gaan voor")


def kies_te_bespreken(kandidaten: Sequence[Kandidaat]) -> list[int]:
    """The places of the chosen ones, the first to discuss first; ``kandidaten`` in the order of the agenda."""
    mogelijk = [plek for plek, kandidaat in enumerate(kandidaten) if is_te_beinvloeden(kandidaat)]
    return sorted(mogelijk, key=lambda plek: [sleutel(kandidaten[plek]) for _, sleutel in VOLGORDE])[:MEEST_BESPROKEN]
