"""How a signal looks: a point beside its band, drawn so that the shape alone says which way. Never a colour alone."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from monitor.dashboards.signaal.verloop import Beeld

_BAND = '<path fill="none" stroke="currentColor" stroke-width="1.5" d="M1 {}h14M1 {}h14"/>'
_PUNT = '<circle fill="currentColor" cx="{}" cy="{}" r="{}"/>'

VORMEN = {
    "omhoog": _BAND.format(8, 14) + _PUNT.format(11, 3, 2.6),
    "omlaag": _BAND.format(2, 8) + _PUNT.format(11, 13, 2.6),
    "geen": _BAND.format(3, 13) + _PUNT.format(8, 8, 2),
    "weinig": _PUNT.format(3, 8, 1.6) + _PUNT.format(8, 8, 1.6) + _PUNT.format(13, 8, 1.6),
}


def merk(beeld: Beeld) -> SafeString:
    """The signal of a cell: shape, words and a tone."""
    klasse = f"signaal signaal-{beeld.toon}{' signaal-hier' if beeld.is_signaal else ''}"
    return format_html('<span class="{}">{}{}</span>', klasse, icoon(beeld.richting), beeld.woord)


def icoon(richting: str) -> SafeString:
    # Drawings are constants of this module; nothing from outside goes in.
    return mark_safe(f'<svg viewBox="0 0 16 16" aria-hidden="true">{VORMEN[richting]}</svg>')  # noqa: S308  # ours
