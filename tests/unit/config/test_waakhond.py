"""What is frozen is killed; what is slow, asleep or not to be judged is left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from common.locks import Slot
from config.diensten import waakhond
from config.diensten.proces import start_proces
from config.diensten.waakhond import (
    BEVROREN,
    TUSSENPOOS,
    Proef,
    Stilte,
    ruim_nakomelingen,
    stam,
    stel_vragen,
    zoek_bevroren,
)

MET_KIND = "import subprocess, time; subprocess.Popen(['sleep', '60']); print('klaar', flush=True); time.sleep(60)"


@pytest.fixture
def proces() -> Iterator[subprocess.Popen[bytes]]:
    """A process with a child of its own."""
    ouder = subprocess.Popen([sys.executable, "-c", MET_KIND], stdout=subprocess.PIPE)
    assert ouder.stdout
    ouder.stdout.readline()
    allen = [nummer for nummer, *_ in stam(ouder.pid)]
    yield ouder
    for nummer in allen:
        try:
            os.kill(nummer, signal.SIGKILL)
        except ProcessLookupError:
            continue
    ouder.wait()
    ouder.stdout.close()


def _leeft(nummer: int) -> bool:
    return any(letter not in "ZX" for een, letter, *_ in stam(nummer) if een == nummer)


def _wacht_tot_gestopt(nummer: int) -> None:
    eind = time.monotonic() + 10
    while [letter for een, letter, *_ in stam(nummer) if een == nummer] != ["T"] and time.monotonic() < eind:
        time.sleep(0.02)


@pytest.mark.parametrize("wie", ["ouder", "kind"])
def test_wat_bevroren_is_wordt_gestopt_en_de_rest_niet(proces: subprocess.Popen[bytes], wie: str) -> None:
    ouder, kind = (nummer for nummer, *_ in stam(proces.pid))
    slachtoffer = ouder if wie == "ouder" else kind
    os.kill(slachtoffer, signal.SIGSTOP)
    _wacht_tot_gestopt(slachtoffer)
    stilte = Stilte()
    for _ in range(int(BEVROREN / TUSSENPOOS) - 1):
        zoek_bevroren(lambda: {"web": proces.pid}, stilte, TUSSENPOOS)
    assert _leeft(slachtoffer)
    zoek_bevroren(lambda: {"web": proces.pid}, stilte, TUSSENPOOS)
    eind = time.monotonic() + 10
    while _leeft(slachtoffer) and time.monotonic() < eind:
        time.sleep(0.02)
    assert not _leeft(slachtoffer)
    assert _leeft(kind if wie == "ouder" else ouder)


def test_wie_weer_verder_gaat_begint_opnieuw_te_tellen(proces: subprocess.Popen[bytes]) -> None:
    stilte = Stilte()
    for _ in range(4):
        os.kill(proces.pid, signal.SIGSTOP)
        _wacht_tot_gestopt(proces.pid)
        zoek_bevroren(lambda: {"web": proces.pid}, stilte, BEVROREN - 1)
        os.kill(proces.pid, signal.SIGCONT)
        time.sleep(0.05)
        zoek_bevroren(lambda: {"web": proces.pid}, stilte, TUSSENPOOS)
    assert _leeft(proces.pid)


@pytest.mark.parametrize(
    ("antwoorden", "gedood"),
    [
        ([False] * 6, True),
        ([False, False, True, False, False, False], False),
        ([None] * 20, False),
        ([False, None, False, None, False, False, False, False], True),
        ([False] * 5, False),
    ],
)
def test_wie_te_lang_niet_antwoordt_gaat_met_al_zijn_kinderen(
    proces: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch, antwoorden: list[bool | None], gedood: bool
) -> None:
    doden: list[int] = []
    monkeypatch.setattr(waakhond, "_dood", lambda naam, nummers: doden.extend(nummers))
    over, stilte = iter(antwoorden), Stilte()
    for _ in antwoorden:
        stel_vragen(lambda: {"web": proces.pid}, [Proef("web", lambda: next(over), 30)], stilte, TUSSENPOOS)
    assert (len(doden) == 2) is gedood


def test_wat_een_kind_achterliet_gaat_ook_als_het_bevroren_is() -> None:
    """It would keep the port: the successor could never listen."""
    ouder = start_proces([sys.executable, "-c", MET_KIND], bij_dood=signal.SIGKILL)
    eind = time.monotonic() + 20
    while len(stam(ouder.pid)) < 2 and time.monotonic() < eind:
        time.sleep(0.02)
    kind = stam(ouder.pid)[1][0]
    os.kill(kind, signal.SIGSTOP)
    ouder.kill()
    ouder.wait()
    assert _leeft(kind)
    ruim_nakomelingen(ouder.pid)
    while _leeft(kind) and time.monotonic() < eind:
        time.sleep(0.02)
    assert not _leeft(kind)


def test_een_ander_nummer_is_een_ander_proces() -> None:
    stilte = Stilte()
    for nummer in range(20):
        assert not stilte.te_lang(("web", nummer), False, 29, 30)


def test_het_slot_van_een_lopende_taak_is_dat_van_de_taken() -> None:
    assert waakhond.TAAKSLOT == Slot.TAAK
