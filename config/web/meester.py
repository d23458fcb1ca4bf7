"""``python -m config.web.meester host:port``: listens, and keeps the processes that serve alive."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import time
import traceback
from multiprocessing.sharedctypes import RawArray
from types import FrameType
from typing import NoReturn

from config.diensten.proces import sterf_met_ouder

STILGEVALLEN = 6.0  # seconds without a sign of life after which a process is taken for frozen
OPSTARTEN = 60.0  # and while it starts
TIK = 0.25
AFRONDEN = 10.0  # seconds to finish what is in hand
KAN_NIET_BEGINNEN = 3  # what a process ends with that would end so at every start (common/database/rollen.py)


class Meester:
    def __init__(self, luisteraar: socket.socket, processen: int, draden: int) -> None:
        self.luisteraar, self.draden, self.stoppen = luisteraar, draden, False
        self.kinderen: dict[int, int] = {}  # place -> process number
        self.plaatsen = range(processen)
        self.slagen = RawArray("d", processen)  # shared: each process writes when it was last well
        self.niet_voor = [0.0] * processen
        self.uitgang = 0

    def draai(self) -> None:
        for sein in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sein, self._stopsein)
        vorige = time.monotonic()
        while not self.stoppen:
            nu = time.monotonic()
            self._ruim_op()
            # Who was frozen together with the others cannot judge them.
            self._kijk(nu, oordeel=nu - vorige < 4 * TIK)
            vorige = nu
            time.sleep(TIK)
        self._stop()

    def _stopsein(self, nummer: int, frame: FrameType | None) -> None:
        self.stoppen = True

    def _kijk(self, nu: float, *, oordeel: bool) -> None:
        for plaats in self.plaatsen:
            if plaats not in self.kinderen:
                if nu >= self.niet_voor[plaats]:
                    self.niet_voor[plaats] = nu + 2.0
                    self._start(plaats, nu)
            elif not oordeel:
                self.slagen[plaats] = max(self.slagen[plaats], nu)
            elif nu - self.slagen[plaats] > STILGEVALLEN:
                print(f"Proces {self.kinderen[plaats]} geeft geen teken van leven.", file=sys.stderr, flush=True)
                os.kill(self.kinderen[plaats], signal.SIGKILL)

    def _start(self, plaats: int, nu: float) -> None:
        self.slagen[plaats] = nu + OPSTARTEN - STILGEVALLEN
        meester = os.getpid()
        nummer = os.fork()
        if nummer:
            self.kinderen[plaats] = nummer
            return
        for sein in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sein, signal.SIG_DFL)
        sterf_met_ouder(signal.SIGTERM)
        if os.getppid() != meester:
            os._exit(1)
        self._dien(plaats)

    def _dien(self, plaats: int) -> NoReturn:
        """In the child. The site is loaded here, so that nothing of it is shared between processes."""
        try:
            from config.omgeving import lees
            from config.web.rijen import Rijen
            from config.web.server import Server
            from config.wsgi import application

            rijen = Rijen(self.draden, achter_proxy=lees().achter_proxy)
            Server(application, self.luisteraar, rijen, lambda nu: self.slagen.__setitem__(plaats, nu)).run()
        except SystemExit as einde:  # it said why itself
            os._exit(einde.code if isinstance(einde.code, int) else 1)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    def _ruim_op(self) -> None:
        for plaats, nummer in list(self.kinderen.items()):
            klaar, status = os.waitpid(nummer, os.WNOHANG)
            if klaar:
                del self.kinderen[plaats]
                if os.waitstatus_to_exitcode(status) == KAN_NIET_BEGINNEN:
                    self.stoppen, self.uitgang = True, KAN_NIET_BEGINNEN

    def _stop(self) -> None:
        self.luisteraar.close()
        self._sein(signal.SIGTERM)
        eind = time.monotonic() + AFRONDEN
        while self.kinderen and time.monotonic() < eind:
            time.sleep(0.05)
            self._ruim_op()
        self._sein(signal.SIGKILL)

    def _sein(self, sein: signal.Signals) -> None:
        for nummer in self.kinderen.values():
            os.kill(nummer, sein)


def luister(adres: str) -> socket.socket:
    """The processes of a server that was killed may need a moment to let go of the port."""
    host, _, poort = adres.rpartition(":")
    luisteraar = socket.socket()
    luisteraar.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    eind = time.monotonic() + AFRONDEN
    while True:
        try:
            luisteraar.bind((host, int(poort)))
            break
        except OSError:
            if time.monotonic() > eind:
                raise
            time.sleep(0.1)
    luisteraar.listen(512)
    luisteraar.setblocking(False)
    return luisteraar


def main() -> None:
    vragen = argparse.ArgumentParser(prog="config.web.meester")
    vragen.add_argument("adres")
    vragen.add_argument("--processen", type=int, default=2)
    vragen.add_argument("--draden", type=int, default=4)
    gevraagd = vragen.parse_args()
    meester = Meester(luister(gevraagd.adres), gevraagd.processen, gevraagd.draden)
    meester.draai()
    sys.exit(meester.uitgang)


if __name__ == "__main__":
    main()
