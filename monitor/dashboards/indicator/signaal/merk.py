"""The mark of the course of an indicator: a shape and a word, in the ink of the text around it."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.grafiek.svg import icoon, rand, vol
from monitor.dashboards.indicator.signaal.verloop import Procesbeeld


def _band(boven: int, onder: int) -> str:
    return rand(stroke_width=1.5, d=f"M1 {boven}h14M1 {onder}h14")


def _punt(cx: float, cy: float, r: float) -> str:
    return vol("circle", cx=cx, cy=cy, r=r)


SIGNAALVORMEN = {
    "omhoog": _band(8, 14) + _punt(11, 3, 2.6),
    "omlaag": _band(2, 8) + _punt(11, 13, 2.6),
    "geen": _band(3, 13) + _punt(8, 8, 2),
    "weinig": _punt(3, 8, 1.6) + _punt(8, 8, 1.6) + _punt(13, 8, 1.6),
}


def merk(beeld: Procesbeeld) -> SafeString:
    """The course in a cell: shape and word, in the ink of the text; good or bad is said in a sentence."""
    klasse = f"signaal{' signaal-hier' if beeld.is_signaal else ''}"
    return format_html('<span class="{}">{}{}</span>', klasse, icoon(SIGNAALVORMEN[beeld.vorm]), beeld.woord)
