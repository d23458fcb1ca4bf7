"""What the line in the middle is called: a mean is only what is the same for every point."""

from __future__ import annotations

from decimal import Decimal

from monitor.dashboards.indicator.signaal.grafiek import _middennaam


def test_een_trend_en_een_kwartaal_zijn_geen_gemiddelde() -> None:
    zelfde, anders = [Decimal(5), None, Decimal(5)], [Decimal(5), Decimal(6)]
    assert _middennaam(zelfde, in_trend=False) == "gemiddeld"
    assert _middennaam(anders, in_trend=False) == "gewoon"
    assert _middennaam(anders, in_trend=True) == "trend"
