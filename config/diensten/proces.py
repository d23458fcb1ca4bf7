"""Child processes that never outlive their parent, also when the parent is killed with -9."""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.omgeving import Instelfout

GEDULD = 15.0  # seconds to wait for a starter that was first, or for a server that is ending
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Gebruiker:
    """Who a server runs as. PostgreSQL refuses root, so root lends it the account that owns nothing."""

    uid: int
    gid: int

    @classmethod
    def voor_servers(cls) -> Gebruiker:
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        niemand = pwd.getpwnam("nobody")
        return cls(niemand.pw_uid, niemand.pw_gid)


def start_proces(
    opdracht: Sequence[str | Path],
    *,
    bij_dood: signal.Signals,
    als: Gebruiker | None = None,
    logboek: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in its own session (Ctrl-C reaches the parent only); the kernel sends bij_dood when we die.

    The signal is tied to the calling thread: call this from the main thread.
    """
    wissel = als is not None and als.uid != os.geteuid()
    with open(logboek or os.devnull, "ab") as uit:
        return subprocess.Popen(
            [str(deel) for deel in opdracht],
            preexec_fn=_sterf_mee(bij_dood, os.getpid()),
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=uit if logboek else None,
            stderr=uit if logboek else None,
            cwd="/" if wissel else None,
            user=als.uid if als and wissel else None,
            group=als.gid if als and wissel else None,
            extra_groups=[] if wissel else None,
            env=env,
        )


def start_server(
    naam: str,
    opdracht: Sequence[str | Path],
    antwoordt: Callable[[], bool],
    *,
    stopsein: signal.Signals,
    als: Gebruiker,
    logboek: Path,
    vooraf: Callable[[], None] = lambda: None,
) -> subprocess.Popen[bytes]:
    """Start a server until it answers: again when it ends, as it does while the previous one is still there.

    ``vooraf`` is done before each attempt. Raises Instelfout with the last line of the log.
    """
    eind = time.monotonic() + GEDULD
    while True:
        vooraf()
        proces = start_proces(opdracht, bij_dood=stopsein, als=als, logboek=logboek)
        if _wacht(proces, antwoordt, eind):
            return proces
        if time.monotonic() > eind:
            stop_proces(proces, stopsein, geduld=5)
            raise Instelfout(f"{naam} start niet: {laatste_regel(logboek)}")
        time.sleep(0.2)


def _wacht(proces: subprocess.Popen[bytes], antwoordt: Callable[[], bool], eind: float) -> bool:
    while time.monotonic() < eind and proces.poll() is None:
        if antwoordt():
            return proces.poll() is None
        time.sleep(0.02)
    return False


def laatste_regel(logboek: Path) -> str:
    regels = logboek.read_text(encoding="utf-8", errors="replace").split("\n") if logboek.exists() else []
    fouten = [regel for regel in regels if "FATAL" in regel or "error" in regel.lower()]
    return (fouten or [regel for regel in regels if regel.strip()] or ["geen bericht"])[-1].strip()


def sterf_met_ouder(sein: signal.Signals) -> None:
    """Ask the kernel to send us this signal when our parent dies."""
    LIBC.prctl(PR_SET_PDEATHSIG, int(sein))


def _sterf_mee(bij_dood: signal.Signals, ouder: int) -> Callable[[], None]:
    def in_het_kind() -> None:
        # Runs after the change of user: that change would clear the setting again.
        sterf_met_ouder(bij_dood)
        if os.getppid() != ouder:
            os._exit(1)

    return in_het_kind


def stop_proces(proces: subprocess.Popen[bytes], sein: signal.Signals, *, geduld: float) -> None:
    """Ask the child to stop; after `geduld` seconds it is killed."""
    if proces.poll() is not None:
        return
    proces.send_signal(sein)
    try:
        proces.wait(geduld)
    except subprocess.TimeoutExpired:
        proces.kill()
        proces.wait()
