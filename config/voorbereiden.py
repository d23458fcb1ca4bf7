"""What has to be done before the site can open: migrations, the agenda, demo data, static files. Safe to repeat."""

import hashlib
import os
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError
from django.db import OperationalError

from config.omgeving import eerste_regel, is_verbindingsfout


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    try:
        _stap("Database bijwerken", "migrate", verbosity=0)
        _stap("Agenda laden", "laad_agenda")
        if settings.PROEF:
            _stap("Demogegevens laden (verzonnen cijfers)", "laad_demo")
        _statische_bestanden()
    except (CommandError, ImproperlyConfigured) as fout:
        return _meld(str(fout))
    except OperationalError as fout:
        if not is_verbindingsfout(fout):
            raise
        return _meld(f"De database is niet bereikbaar: {eerste_regel(fout)}")
    return 0


def _stap(tekst: str, opdracht: str, **opties: object) -> None:
    if opdracht not in get_commands():
        return
    begin = time.monotonic()
    print(f"{tekst} ...", flush=True)
    call_command(opdracht, **opties)
    print(f"{tekst}: klaar in {time.monotonic() - begin:.1f} s.", flush=True)


def _statische_bestanden() -> None:
    """Compressing takes seconds; it is skipped when no file changed."""
    if settings.DEBUG:
        return
    stempel = Path(settings.STATIC_ROOT) / ".stempel"
    inhoud = _vingerafdruk()
    if not stempel.exists() or stempel.read_text() != inhoud:
        _stap("Bestanden voor de browser klaarzetten", "collectstatic", interactive=False, verbosity=0, clear=True)
        stempel.write_text(inhoud)


def _vingerafdruk() -> str:
    mappen = [settings.BASE_DIR / "static", settings.BASE_DIR / "static_vendor"]
    bestanden = sorted(pad for map_ in mappen for pad in map_.rglob("*") if pad.is_file())
    regels = [f"{pad} {pad.stat().st_mtime_ns} {pad.stat().st_size}" for pad in bestanden]
    lock = (settings.BASE_DIR / "requirements.lock").read_text()
    return hashlib.sha256("\n".join([*regels, lock]).encode()).hexdigest()


def _meld(regel: str) -> int:
    print(regel, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
