"""Run as a process of its own: prints how many kB a full recompute takes above a worker at rest."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from pathlib import Path


def main(database: str) -> int:
    """``database`` is a scratch database that is filled, on a server that runs."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    from config import settings

    settings.DATABASES["default"]["NAME"] = database
    import django

    django.setup()
    from bench import gegevens
    from monitor.rekenen import herberekenen as herberekening

    import_module("monitor.rekenen.tasks")  # a worker at rest has these loaded
    herberekening.herbereken([], vandaag=gegevens.VANDAAG)
    gc.collect()
    rust = kilobytes("VmRSS")
    herberekening.herbereken(vandaag=gegevens.VANDAAG)
    return kilobytes("VmHWM") - rust


def kilobytes(wat: str) -> int:
    """Resident memory of this process in kB: now (VmRSS) or at its highest (VmHWM)."""
    regels = Path("/proc/self/status").read_text(encoding="utf-8").split("\n")
    return next(int(regel.split()[1]) for regel in regels if regel.startswith(wat))


if __name__ == "__main__":
    print(main(sys.argv[1]))
