"""Where whole requests wait for a thread: logging in and the question whether the site is well have rows of their own.

A log-in holds its thread for the time of a password check; readers do not wait for it. In its row each address has its
turn, so that one that sends a hundred at once does not hold up the next person.
"""

from __future__ import annotations

import logging
from collections import deque
from typing import Any

from waitress.task import ThreadedTaskDispatcher

INLOGGEN = ("/inloggen/", "/toegang/", "/account/wachtwoord/")  # each checks or makes a password
GEZONDHEID = "/gezondheid/"


class PerAdres:
    """A row in which the addresses take turns. It is a ``deque`` as far as the threads look."""

    def __init__(self, *, achter_proxy: bool) -> None:
        self.achter_proxy = achter_proxy
        self.wachtend: dict[str, deque[Any]] = {}

    def __len__(self) -> int:
        return sum(map(len, self.wachtend.values()))

    def append(self, kanaal: Any) -> None:
        self.wachtend.setdefault(self._adres(kanaal), deque()).append(kanaal)

    def popleft(self) -> Any:
        adres = next(iter(self.wachtend))
        rij = self.wachtend.pop(adres)
        kanaal = rij.popleft()
        if rij:
            self.wachtend[adres] = rij  # at the end again
        return kanaal

    def _adres(self, kanaal: Any) -> str:
        """Behind a proxy the last one it was sent on for: those before it can be made up."""
        doorgestuurd = kanaal.requests[0].headers.get("X_FORWARDED_FOR", "") if self.achter_proxy else ""
        return doorgestuurd.split(",")[-1].strip() or str(kanaal.addr[0])


class Rijen:
    """Takes the place of waitress's dispatcher: several of those, each with threads of its own."""

    def __init__(self, draden: int, *, achter_proxy: bool) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self.gewoon, self.inloggen, self.gezondheid = (ThreadedTaskDispatcher() for _ in range(3))
        self.inloggen.queue = PerAdres(achter_proxy=achter_proxy)
        for rij, aantal in ((self.gewoon, draden), (self.inloggen, 1), (self.gezondheid, 1)):
            rij.set_thread_count(aantal)

    def add_task(self, kanaal: Any) -> None:
        verzoek = kanaal.requests[0]
        if verzoek.error:
            rij = self.gewoon
        elif verzoek.path == GEZONDHEID:
            rij = self.gezondheid
        else:
            rij = self.inloggen if verzoek.command == "POST" and verzoek.path in INLOGGEN else self.gewoon
        rij.add_task(kanaal)
