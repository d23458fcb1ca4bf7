"""The page with its worker in the same process: what a worker would make is made at once, along the same road."""

from __future__ import annotations

import json
from typing import Any

import pytest

from monitor.dashboards.verkennen import antwoord, views
from monitor.dashboards.verkennen.antwoord import Opdracht, Uitkomst
from monitor.dashboards.verkennen.tasks import leg


def leg_meteen(monkeypatch: pytest.MonkeyPatch) -> list[Opdracht]:
    """From now on pages have their pictures; gives what they asked."""
    gevraagd: list[Opdracht] = []

    def _haal(opdracht: Opdracht, wacht: float = 0) -> Uitkomst:
        gevraagd.append(opdracht)
        return antwoord._uitgepakt(_over_de_lijn(leg(_over_de_lijn(opdracht))))

    monkeypatch.setattr(views, "haal", _haal)
    return gevraagd


def _over_de_lijn(gegevens: Any) -> Any:
    """The queue passes JSON."""
    return json.loads(json.dumps(gegevens))
