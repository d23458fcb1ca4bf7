"""What beat sends when: whatever the wall clock does, nothing is silent and nothing is skipped."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from celery.schedules import schedule

from config import klok
from config.celery import app
from config.klok import OPNIEUW, Klok

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
UUR = 3600


class Proefklok(Klok):
    """Sends nothing, but notes what it would have sent, and is told whether the queue takes it."""

    def __init__(self) -> None:
        self.gestuurd: list[str] = []
        self.werkt = True
        super().__init__(app=app)

    def _stuur(self, entry) -> bool:  # type: ignore[no-untyped-def]
        self.gestuurd += [entry.name] if self.werkt else []
        return self.werkt


@pytest.fixture
def tijd(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The monotonic clock, set by hand; of the wall clock nothing is asked at all."""
    nu = [1000.0]
    monkeypatch.setattr(klok.time, "monotonic", lambda: nu[0])
    monkeypatch.setattr(klok.time, "time", lambda: pytest.fail("the wall clock was asked"))
    monkeypatch.setattr(klok, "_toon_leven", lambda wachtrij: None)
    return nu


def _draai(proef: Proefklok, nu: list[float], seconden: float) -> None:
    eind = nu[0] + seconden
    while nu[0] < eind:
        nu[0] += max(proef.tick(), 0.001)


def test_alles_in_het_schema_is_een_vaste_tussentijd() -> None:
    """An hour of the day is skipped or comes twice when the clock moves."""
    app.loader.import_default_modules()
    for regel in app.conf.beat_schedule.values():
        assert 0 < schedule(regel["schedule"]).seconds <= UUR
        assert regel["options"]["expires"] == regel["schedule"]


def test_elke_taak_komt_om_haar_tussentijd(tijd: list[float]) -> None:
    proef = Proefklok()
    _draai(proef, tijd, UUR - 0.01)
    for naam, regel in app.conf.beat_schedule.items():
        assert proef.gestuurd.count(naam) == pytest.approx(UUR / regel["schedule"], abs=1), naam


def test_na_een_slapende_machine_komt_alles_een_keer(tijd: list[float]) -> None:
    proef = Proefklok()
    _draai(proef, tijd, 15)
    proef.gestuurd.clear()
    tijd[0] += 8 * UUR
    proef.tick()
    assert sorted(proef.gestuurd) == sorted(app.conf.beat_schedule)


def test_wat_de_wachtrij_niet_nam_komt_snel_weer(tijd: list[float]) -> None:
    proef = Proefklok()
    proef.werkt = False
    assert proef.tick() <= OPNIEUW
    proef.werkt = True
    tijd[0] += OPNIEUW
    proef.tick()
    assert sorted(proef.gestuurd) == sorted(app.conf.beat_schedule)


@pytest.mark.parametrize(
    ("van", "naar"),
    [
        ("2026-12-31 23:59:55", "2027-01-01 00:00:05"),
        ("2028-02-29 23:59:55", "2028-03-01 00:00:05"),
        ("2026-03-29 01:59:55", "2026-03-29 03:00:05"),  # the hour that does not exist
        ("2026-10-25 02:59:55", "2026-10-25 02:00:05"),  # the hour that comes twice
        ("2026-11-28 14:00:00", "2026-11-28 13:00:00"),  # put back by hand
        ("2026-11-28 14:00:00", "2027-11-28 14:00:00"),  # and far ahead
    ],
)
def test_een_sprong_van_de_klok_verandert_niets(
    tijd: list[float], monkeypatch: pytest.MonkeyPatch, van: str, naar: str
) -> None:
    wand = [datetime.fromisoformat(van).replace(tzinfo=AMSTERDAM)]
    monkeypatch.setattr(app, "now", lambda: wand[0])
    proef = Proefklok()
    _draai(proef, tijd, 60)
    wand[0] = datetime.fromisoformat(naar).replace(tzinfo=AMSTERDAM)
    proef.gestuurd.clear()
    _draai(proef, tijd, 60)
    assert proef.gestuurd.count("monitor.rekenen.tasks.herbereken_wachtrij") == 6
    assert proef.gestuurd.count("monitor.invoer.tasks.sluit_onderbroken_taken") == 1
