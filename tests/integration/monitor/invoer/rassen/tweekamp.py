"""Two real processes that do something at the same moment, and the referee that lets them go.

A runner is told what to do by name, gets ready, says ``wacht`` and goes on when told to: both at once. In a control
run it has no lock and says ``wacht`` once more, where the lock would have kept one of the two out.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from config.diensten.proces import sterf_met_ouder
from tests import proefserver

GEDULD = 3.0  # seconds; who is then not at the meeting point is held by the database
LANGST = 60.0


@dataclass(frozen=True)
class Uitkomst:
    """How it ended for one of the two: ``gelukt``, or the name of the exception."""

    naam: str
    bericht: str = ""
    waarde: Any = None

    @property
    def gelukt(self) -> bool:
        return self.naam == "gelukt"


class Renner:
    """One process, kept for many rounds."""

    def __init__(self) -> None:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            proefserver.DATABASENAAM: str(settings.DATABASES["default"]["NAME"]),
        }
        lees, schrijf = os.pipe()
        self.proces = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.monitor.invoer.rassen.renner", str(schrijf)],
            stdin=subprocess.PIPE, env=env, pass_fds=[schrijf], preexec_fn=lambda: sterf_met_ouder(signal.SIGKILL),
        )  # fmt: skip
        os.close(schrijf)
        self.uit = os.fdopen(lees, encoding="utf-8")

    def zeg(self, **bericht: Any) -> None:
        assert self.proces.stdin is not None
        self.proces.stdin.write(json.dumps(bericht).encode() + b"\n")
        self.proces.stdin.flush()

    def hoor(self, seconden: float) -> dict[str, Any] | None:
        """What it says next; None when it says nothing for that long."""
        if not select.select([self.uit], [], [], seconden)[0]:
            return None
        regel = self.uit.readline()
        assert regel, "a runner died"
        return dict(json.loads(regel))

    def stop(self) -> None:
        assert self.proces.stdin is not None
        self.proces.stdin.close()
        self.proces.wait(timeout=20)
        self.uit.close()


Opdracht = dict[str, Any]


class Scheidsrechter:
    def __init__(self) -> None:
        self.renners = (Renner(), Renner())

    def race(self, een: Opdracht, ander: Opdracht, zonder: str = "") -> tuple[Uitkomst, Uitkomst]:
        """Both at once; ``zonder`` names what is switched off in a control run."""
        for renner, opdracht in zip(self.renners, (een, ander), strict=True):
            renner.zeg(**opdracht, zonder=zonder)
        uit: dict[Renner, Uitkomst] = {}
        geduld = LANGST
        while len(uit) < 2:
            wachtend = self._hoor_allen(uit, geduld)
            for renner in wachtend:
                renner.zeg(ga=True)
            geduld = GEDULD if wachtend and zonder else LANGST
        return uit[self.renners[0]], uit[self.renners[1]]

    def _hoor_allen(self, uit: dict[Renner, Uitkomst], geduld: float) -> list[Renner]:
        """Who stands at the meeting point, once everyone who is not done does, or one is kept from it."""
        wachtend = []
        for renner in self.renners:
            gehoord = renner.hoor(geduld) if renner not in uit else None
            if gehoord is None:
                continue
            if gehoord.get("wacht"):
                wachtend.append(renner)
            else:
                uit[renner] = Uitkomst(**gehoord)
        return wachtend

    def stop(self) -> None:
        for renner in self.renners:
            renner.stop()
