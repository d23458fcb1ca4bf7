"""One indicator in words: its figure beside the norm, and no trend where the figure is missing."""

from __future__ import annotations

import pytest

from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.overzicht.koers import GEEN_DOEL, koerszin
from monitor.dashboards.overzicht.strook import themawoorden
from monitor.dashboards.overzicht.voortgang import Voortgang
from monitor.models import Doelbereik, Doelstelling, Indicator, Monitorregel, Oordeel
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


@pytest.mark.parametrize(
    ("soort", "richting", "telt"),
    [
        ("", "hoger", False),
        ("monitoring", "hoger", False),
        ("onbekend", "hoger", False),
        ("jaarvolume", "geen", False),
        ("verbetering", "geen", False),
        ("minimum", "geen", True),
        ("jaarvolume", "hoger", True),
        ("verbetering", "lager", True),
    ],
)
def test_een_cijfer_dat_mist_telt_alleen_als_doel_waar_een_doel_is(soort: str, richting: str, *, telt: bool) -> None:
    doel = Doelstelling(soort=soort) if soort else None
    indicator = Indicator(naam="Proef", richting=richting, aggregatie="optellen")
    rij = Doelbereik(doelstelling=doel, oordeel=Oordeel.GEEN_METING, jaar=NU.jaar, kwartaal=NU.nummer)
    mist = Regel(Monitorregel(indicator=indicator), NU, rij)
    assert Voortgang(NU, [mist]).zin == ("Van het enige doel mist het cijfer." if telt else f"{GEEN_DOEL}.")
    assert themawoorden([mist]) == ("van één mist het cijfer" if telt else "gevolgd zonder oordeel")
    assert mist.oordeel == Oordeel.GEEN_METING


def test_wat_niet_berekend_is_blijft_een_cijfer_dat_mist() -> None:
    leeg = Regel(Monitorregel(indicator=Indicator(naam="Proef")), NU, None)
    assert Voortgang(NU, [leeg]).zin == koerszin([""])
