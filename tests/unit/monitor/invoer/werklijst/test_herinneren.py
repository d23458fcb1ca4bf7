"""When what waits becomes more urgent, and from when on a person hears of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.berichten.keuze import Herinnerkeuze
from common.tekst.periode import Kwartaal
from monitor.invoer.werklijst.herinnermoment import fase_van, hoort_vanaf

Q3 = Kwartaal(2026, 3)  # the last day is 30-10-2026
HIER = ZoneInfo("Europe/Amsterdam")
BEGIN, EINDE = (datetime.fromisoformat(f"{jaar}-01-01") for jaar in (2023, 2030))


@pytest.mark.parametrize(
    ("vandaag", "fase", "sinds"),
    [
        (date(2026, 10, 1), None, date(2026, 10, 1)),
        (date(2026, 10, 22), None, date(2026, 10, 1)),
        (date(2026, 10, 23), -7, date(2026, 10, 23)),
        (date(2026, 10, 29), -7, date(2026, 10, 23)),
        (date(2026, 10, 30), 0, date(2026, 10, 30)),
        (date(2026, 11, 5), 0, date(2026, 10, 30)),
        (date(2026, 11, 6), 7, date(2026, 11, 6)),
        (date(2027, 11, 24), 7, date(2026, 11, 6)),
        (date(2026, 9, 1), None, date(2026, 10, 1)),  # not over yet
    ],
)
def test_een_kwartaal_wordt_op_drie_dagen_dringender(vandaag: date, fase: int | None, sinds: date) -> None:
    assert fase_van(Q3, vandaag, 30) == (fase, sinds)


def test_in_een_jaar_zijn_er_zestien_veranderingen() -> None:
    """Four quarters that become over, and three moments of each."""
    dagen = [date(2026, 1, 1) + timedelta(days=n) for n in range(366)]
    fasen = [{k: fase_van(k, dag, 30) for k in map(Kwartaal.van_index, range(8103, 8108))} for dag in dagen]
    anders = sum(een[k] != ander[k] for een, ander in pairwise(fasen) for k in een)
    assert anders == 12  # that a quarter is over is in who is asked, not in how urgent it is


@pytest.mark.parametrize(
    ("keuze", "nu", "vanaf"),
    [
        ("meteen", datetime(2026, 11, 28, 12, 3, tzinfo=HIER), datetime(2026, 11, 28, 12, 3, tzinfo=HIER)),
        ("dagelijks", datetime(2026, 11, 28, 12, 3, tzinfo=HIER), datetime(2026, 11, 28, 7, tzinfo=HIER)),
        ("dagelijks", datetime(2026, 11, 28, 6, 59, tzinfo=HIER), datetime(2026, 11, 27, 7, tzinfo=HIER)),
        ("wekelijks", datetime(2026, 11, 28, 12, 3, tzinfo=HIER), datetime(2026, 11, 23, 7, tzinfo=HIER)),
        ("wekelijks", datetime(2026, 11, 23, 6, 59, tzinfo=HIER), datetime(2026, 11, 16, 7, tzinfo=HIER)),
        ("wekelijks", datetime(2026, 11, 23, 7, 0, tzinfo=HIER), datetime(2026, 11, 23, 7, tzinfo=HIER)),
        ("dagelijks", datetime(2026, 3, 29, 8, 0, tzinfo=HIER), datetime(2026, 3, 29, 7, tzinfo=HIER)),  # summer time
        ("nooit", datetime(2026, 11, 28, 12, 3, tzinfo=HIER), None),
        ("iets anders", datetime(2026, 11, 28, 12, 3, tzinfo=HIER), None),
    ],
)
def test_van_wanneer_af_iemand_het_hoort(keuze: str, nu: datetime, vanaf: datetime | None) -> None:
    assert hoort_vanaf(keuze, nu) == vanaf


@given(st.datetimes(BEGIN, EINDE, timezones=st.just(HIER)), st.sampled_from(["dagelijks", "wekelijks"]))
def test_het_laatste_moment_is_nooit_later_dan_nu_en_nooit_een_beurt_geleden(hier: datetime, keuze: str) -> None:
    vanaf = hoort_vanaf(keuze, hier)
    assert vanaf is not None
    geleden = hier.replace(tzinfo=None) - vanaf.replace(tzinfo=None)  # by the clock on the wall
    assert timedelta() <= geleden < timedelta(days=7 if keuze == Herinnerkeuze.WEKELIJKS else 1)
    assert (vanaf.hour, vanaf.minute) == (7, 0)
