"""How an activity of the jaarplan goes: whether it is late on a day, what comes first, where it lies on a timeline.

Pure. Days are days of the calendar, both ends of an activity included; places on a timeline are exact fractions of it.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

NIET_GESTART, OP_SCHEMA, VERTRAAGD, GEREED, VERVALLEN = STATUSSEN = (
    *("niet-gestart", "op-schema", "vertraagd", "gereed", "vervallen"),
)
AF = (GEREED, VERVALLEN)
MOET_REDEN = (VERTRAAGD, VERVALLEN)
STIL_NA_DAGEN = 92  # a quarter, however long it is
RUST_DAGEN = 31  # a month, however long it is
_MAANDEN = 12
_D = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mijlpaalstand:
    """A moment within an activity; open while ``gereed_op`` is None."""

    datum: date
    titel: str
    gereed_op: date | None = None


@dataclass(frozen=True, slots=True)
class Verloop:
    """What decides whether an activity is late."""

    begin: date
    eind: date
    status: str
    mijlpalen: Sequence[Mijlpaalstand] = ()


@dataclass(frozen=True, slots=True)
class Achterstand:
    """One way in which an activity is late, in words, and the first day on which it was; None: as long as it stands."""

    zin: str
    sinds: date | None = None
    van_mijlpaal: bool = False


def achterstanden(verloop: Verloop, dag: date) -> list[Achterstand]:
    """Everything that is late on that day; of what is done or dropped nothing is."""
    return [] if verloop.status in AF else list(_achterstanden(verloop, dag))


def _achterstanden(verloop: Verloop, dag: date) -> Iterator[Achterstand]:
    if verloop.eind < dag:
        yield Achterstand(f"het einde was {in_cijfers(verloop.eind)}", verloop.eind + _D)
    if verloop.status == NIET_GESTART and verloop.begin < dag:
        yield Achterstand(f"had op {in_cijfers(verloop.begin)} moeten beginnen", verloop.begin + _D)
    for mijlpaal in verloop.mijlpalen:
        if is_open_voorbij(mijlpaal, dag):
            wat = f"mijlpaal van {in_cijfers(mijlpaal.datum)} niet bereikt: {mijlpaal.titel}"
            yield Achterstand(wat, mijlpaal.datum + _D, van_mijlpaal=True)
    if verloop.status == VERTRAAGD:
        yield Achterstand("staat op vertraagd")


def is_open_voorbij(mijlpaal: Mijlpaalstand, dag: date) -> bool:
    return mijlpaal.gereed_op is None and mijlpaal.datum < dag


def is_stil(status: str, bijgewerkt: date, begin: date, dag: date) -> bool:
    """Nothing was said of it for a quarter, although it should be going on."""
    return status not in AF and begin <= dag and bijgewerkt + STIL_NA_DAGEN * _D < dag


def rust_tot(achter: Sequence[Achterstand], bijgewerkt: date) -> date | None:
    """Until when who wrote how a late activity goes is not asked again; None: something else is late since."""
    erna = any(een.sinds and een.sinds > bijgewerkt for een in achter)
    return None if erna else bijgewerkt + RUST_DAGEN * _D


def rang(verloop: Verloop, dag: date) -> tuple[int, date, date]:
    """What is late first, then what goes on, what is done and what was dropped; each by its end."""
    if verloop.status in AF:
        return 2 + AF.index(verloop.status), verloop.eind, verloop.begin
    return (0 if achterstanden(verloop, dag) else 1), verloop.eind, verloop.begin


def vraagt_reden(oud: str, nieuw: str) -> bool:
    """A change of status says why, but for what simply began; the first status only where something is wrong."""
    if not oud:
        return nieuw in MOET_REDEN
    return oud != nieuw and (oud, nieuw) != (NIET_GESTART, OP_SCHEMA)


@dataclass(frozen=True, slots=True)
class Balk:
    """From where to where on the timeline of a year, 0 to 1; and whether it goes on outside it."""

    van: Fraction
    tot: Fraction
    van_eerder: bool = False
    gaat_door: bool = False


def plek_in_jaar(dag: date, jaar: int) -> Fraction:
    """Where a day begins, every month as wide as the others; outside the year at its edge."""
    if dag.year != jaar:
        return Fraction(0 if dag.year < jaar else 1)
    return Fraction(dag.month - 1, _MAANDEN) + Fraction(dag.day - 1, monthrange(jaar, dag.month)[1] * _MAANDEN)


def balk_in_jaar(begin: date, eind: date, jaar: int) -> Balk:
    """From the beginning of the first day to the end of the last."""
    return Balk(plek_in_jaar(begin, jaar), plek_in_jaar(eind + _D, jaar), begin.year < jaar, eind.year > jaar)


def in_cijfers(dag: date) -> str:
    return f"{dag:%d-%m-%Y}"
