"""A template that is filled in hundreds of times: rendered once per shape, with holes for what differs per row.

A row of the grid has some twenty texts and few shapes. Rendering a template for each row took most of the time of the
page; filling a mould takes a hundredth of it, and the HTML stays in the template.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString

_GAT = "\ue000{}\ue001"  # private letters, which nothing escapes


class Mallen:
    """The moulds of one template, for as long as one page is made. ``gaten`` are the names of what differs."""

    def __init__(self, sjabloon: str, *gaten: str) -> None:
        self._sjabloon = get_template(sjabloon)
        self._gaten = {gat: SafeString(_GAT.format(gat)) for gat in gaten}
        self._mallen: dict[Hashable, str] = {}

    def gat(self, naam: str) -> SafeString:
        return self._gaten[naam]

    def vul(self, vorm: Hashable, context: Callable[[], Mapping[str, Any]], inhoud: Mapping[str, str]) -> SafeString:
        """``context`` makes what ``vorm`` stands for, and may leave a hole out; ``inhoud`` is HTML for every hole."""
        mal = self._mallen.get(vorm)
        if mal is None:
            mal = self._mallen[vorm] = self._giet(context())
        return SafeString(mal % inhoud)

    def _giet(self, context: Mapping[str, Any]) -> str:
        html = self._sjabloon.render({**self._gaten, **context}).replace("%", "%%")
        for gat, teken in self._gaten.items():
            html = html.replace(teken, f"%({gat})s")
        return html
