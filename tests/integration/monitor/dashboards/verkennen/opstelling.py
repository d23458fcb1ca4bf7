"""The page with its worker in the same process: what a worker would make is made at once, along the same road."""

from __future__ import annotations

import json
from typing import Any

import pytest

from monitor.dashboards.verkennen import views
from monitor.dashboards.verkennen.tasks import leg
from monitor.dashboards.verkennen.uitkomst import Legopdracht, Uitkomst


def leg_meteen(monkeypatch: pytest.MonkeyPatch) -> list[Legopdracht]:
    """From now on pages have their pictures; gives what they asked."""
    gevraagd: list[Legopdracht] = []

    def _haal(opdracht: Legopdracht, *, opnieuw: bool = False) -> Uitkomst:
        gevraagd.append(opdracht)
        return Uitkomst.van_gegevens(_over_de_lijn(leg(_over_de_lijn(opdracht))))

    monkeypatch.setattr(views, "vraag_uitkomst", _haal)
    return gevraagd


def _over_de_lijn(gegevens: Any) -> Any:
    """The queue passes JSON."""
    return json.loads(json.dumps(gegevens))
