"""One indicator in words: its figure beside the norm, and no trend where the figure is missing."""

from __future__ import annotations

from monitor.dashboards.indicator.regel import Regel
from monitor.models import Monitorregel
from tests.unit.monitor.dashboards.grafiek.cijferreeks import NU, tot_en_met, verloop_van
from tests.unit.monitor.dashboards.grafiek.soorten import soorten

SOORTEN = soorten()


def regel(naam: str) -> Regel:
    i, rijen = SOORTEN[naam]
    laatste = tot_en_met(rijen)[-1]
    return Regel(Monitorregel(indicator=i), NU, laatste, beeld=verloop_van(i, rijen))


def test_een_seizoensvolume_staat_naast_zijn_norm() -> None:
    beslag = regel("beslag")
    assert beslag.kern == "€ 13,5 mln t/m Q3, norm € 15,2 mln."
    assert (beslag.toont_trend, beslag.trendwoord) == (True, "stabiel")


def test_zonder_cijfer_staat_er_geen_trend() -> None:
    mist = regel("niets dit jaar")
    assert mist.beeld is not None
    assert (mist.toont_trend, mist.trendwoord, mist.beeld.woord) == (False, "cijfer mist", "stabiel")
    assert mist.signaalrang > regel("beslag").signaalrang
