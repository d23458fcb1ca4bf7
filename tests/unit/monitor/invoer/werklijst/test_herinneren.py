"""On which days there is a round of reminders."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from common.tekst.periode import Kwartaal
from monitor.invoer.werklijst.herinnermoment import ronde_op

Q3 = Kwartaal(2026, 3)  # the last day is 30-10-2026


@pytest.mark.parametrize(
    ("vandaag", "moment"),
    [
        (date(2026, 10, 22), None),
        (date(2026, 10, 23), -7),
        (date(2026, 10, 25), -7),  # the machine was off for two days
        (date(2026, 10, 26), None),
        (date(2026, 10, 29), None),
        (date(2026, 10, 30), 0),
        (date(2026, 11, 6), 7),
        (date(2026, 11, 8), 7),
        (date(2026, 11, 9), None),
        (date(2026, 11, 24), None),
    ],
)
def test_drie_momenten_en_twee_dagen_om_in_te_halen(vandaag: date, moment: int | None) -> None:
    ronde = ronde_op(vandaag, 30)
    assert (ronde.moment if ronde else None) == moment
    if ronde:
        assert (ronde.kwartaal, ronde.uiterste_dag) == (Q3, date(2026, 10, 30))


def test_een_ronde_heeft_een_dag_ook_als_ze_ingehaald_wordt() -> None:
    rondes = {ronde_op(date(2026, 10, 30) + timedelta(days=later), 30) for later in range(3)}
    assert {ronde.dag for ronde in rondes if ronde} == {date(2026, 10, 30)}


def test_per_jaar_zijn_er_twaalf_rondes() -> None:
    dagen = {ronde.dag for n in range(365) if (ronde := ronde_op(date(2026, 1, 1) + timedelta(days=n), 30))}
    assert len(dagen) == 12
