"""Password checks, one at a time in each process: they cost a processor a third of a second, and readers go first."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.exceptions import ValidationError

from config.web import termijn

# Seconds that must be left to begin a check, and to show the page after it.
BEGINNEN, TONEN = 2.0, 1.0
# A reader gets three quarters of a processor it has to share with a check; the check is never starved.
VOORRANG = 5
LATER = 10  # seconds


class DrukMetInloggen(ValidationError):
    """Nobody got to it in time; a form shows this sentence, with the name as it was typed."""

    def __init__(self) -> None:
        super().__init__(
            "Het is druk met inloggen. Probeer het over %(later)s seconden opnieuw.",
            code="druk",
            params={"later": LATER},
        )


class OpBeurt(PBKDF2PasswordHasher):
    """Django's own hash, made by the one thread of this process that makes them."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        return _op_beurt(lambda: super(OpBeurt, self).encode(password, salt, iterations))


def _minder_haast() -> None:
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), VOORRANG)


_rekenaar = ThreadPoolExecutor(max_workers=1, thread_name_prefix="wachtwoord", initializer=_minder_haast)


def _op_beurt(reken: Callable[[], str]) -> str:
    over = termijn.over()
    if over is None:
        return reken()
    if over < BEGINNEN:
        raise DrukMetInloggen
    beurt = _rekenaar.submit(reken)
    try:
        return beurt.result(timeout=over - TONEN)
    except TimeoutError:
        beurt.cancel()
        raise DrukMetInloggen from None
