"""One style sheet of the small ones every page needs: fewer requests, and each still fits in the head."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAAM = "site.css"
# In this order: a later one may refine an earlier one.
BLADEN = (
    *("common/tokens", "common/stijl", "common/figuur", "common/zoekveld"),
    *("monitor/dashboards/signaal", "monitor/dashboards/indicator", "monitor/dashboards/oordeel"),
    "monitor/dashboards/overzicht",
    *("monitor/dashboards/gemeente", "monitor/dashboards/naslag"),
    "sturing/duiding",
    "sturing/ambities",
)


def inhoud() -> str:
    return "\n".join((settings.BASE_DIR / "static" / f"{blad}.css").read_text("utf-8") for blad in BLADEN)


class Stijlbladvinder(BaseFinder):
    """Offers ``site.css`` beside the files in ``static/``; made anew whenever it is asked for and differs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.DATA_DIR / "stijlblad")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAAM:
            return []
        gemaakt = str(self._maak())
        return [gemaakt] if find_all else gemaakt

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        self._maak()
        yield NAAM, self.storage

    def _maak(self) -> Path:
        doel = Path(self.storage.path(NAAM))
        tekst = inhoud()
        if not doel.exists() or doel.read_text("utf-8") != tekst:
            doel.parent.mkdir(parents=True, exist_ok=True)
            half = doel.with_suffix(".half")
            half.write_text(tekst, "utf-8")
            half.replace(doel)
        return doel
