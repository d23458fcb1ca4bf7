"""Child processes that never outlive their parent, also when the parent is killed with -9."""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

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
