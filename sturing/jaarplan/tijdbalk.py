"""The timeline of an activity as a drawing: its days, its milestones and today, on the twelve months of a year.

Decorative: everything in it stands in words beside it. Places are shares of the width, so a drawing fits any screen.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from django.utils.safestring import SafeString

from common.grafiek.svg import element, pad, schrift, veilig
from sturing.lezen.jaarplan import Planregel
from sturing.regels.jaarplan import balk_in_jaar, plek_in_jaar

MAANDEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_HOOG, _BALK = 24, 12  # pixels
_RUIT = "M0-6L6 0L0 6L-6 0Z"


def _procent(deel: Fraction) -> str:
    """In hundredths, cut off: less than a tenth of a pixel."""
    honderdsten = deel.numerator * 10_000 // deel.denominator
    return f"{honderdsten // 100}.{honderdsten % 100:02d}%"


def teken_tijdbalk(regel: Planregel, jaar: int) -> SafeString:
    delen = [_balk(regel, jaar), *_mijlpalen(regel, jaar), _nu(regel.dag, jaar, _HOOG)]
    klasse = f"tijdbalk balk-{regel.versie.status}{' te-laat' if regel.waarom_te_laat else ''}"
    return veilig(element("svg", "".join(delen), class_=klasse, width="100%", height=_HOOG, aria_hidden="true"))


def _balk(regel: Planregel, jaar: int) -> str:
    balk = balk_in_jaar(regel.versie.begin, regel.versie.eind, jaar)
    plek = {"x": _procent(balk.van), "y": (_HOOG - _BALK) // 2, "height": _BALK}
    return element("rect", class_="loop", **plek, width=_procent(balk.tot - balk.van))


def _mijlpalen(regel: Planregel, jaar: int) -> Iterator[str]:
    """A filled shape is reached, an open one is not, a crossed one is late; those of another year are in the words."""
    for mijlpaal in regel.mijlpalen:
        if mijlpaal.stand.datum.year == jaar:
            klasse = "bereikt" if mijlpaal.stand.gereed_op else "te-laat" if mijlpaal.te_laat else "open"
            vorm = pad(f"mijlpaal {klasse}", _RUIT) + (pad("streep", "M-3-3L3 3M3-3L-3 3") if mijlpaal.te_laat else "")
            plek = {"x": _procent(plek_in_jaar(mijlpaal.stand.datum, jaar)), "y": _HOOG // 2}
            yield element("svg", vorm, **plek, overflow="visible")


def _nu(dag: date, jaar: int, hoog: int) -> str:
    if dag.year != jaar:
        return ""
    plek = _procent(plek_in_jaar(dag, jaar))
    return element("line", class_="nu", x1=plek, x2=plek, y1=0, y2=hoog)


def teken_maanden(dag: date, jaar: int) -> SafeString:
    """Above the bars: the months, and the day that the line through them stands for."""
    namen = [schrift(_procent(Fraction(2 * nr + 1, 24)), 12, naam, anker="middle") for nr, naam in enumerate(MAANDEN)]
    woord = ""
    if dag.year == jaar:
        plek = plek_in_jaar(dag, jaar)
        anker = "end" if plek > Fraction(1, 2) else "start"
        woord = schrift(_procent(plek), 27, f"{dag:%d-%m-%Y}", anker=anker, klasse="nu-woord")
    kop = "".join([*namen, woord])
    return veilig(element("svg", kop, class_="maanden", width="100%", height=32, aria_hidden="true"))
