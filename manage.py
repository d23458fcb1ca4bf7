#!/usr/bin/env python
from __future__ import annotations

import os
import sys
from contextlib import nullcontext

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError

from config import omgeving
from config.diensten import eigendom

ZONDER_DATABASE = {"help", "version", "check", "collectstatic", "findstatic", "diffsettings", "startapp"}


def main(argv: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        instellingen = omgeving.lees()
        with eigendom.voor_opdracht(instellingen) if _met_database(argv) else nullcontext():
            execute_from_command_line(argv)
    except omgeving.Instelfout as fout:
        return _meld(f"Instelling: {fout}")
    except ImproperlyConfigured as fout:
        return _meld(str(fout))
    except OperationalError as fout:
        if not omgeving.is_verbindingsfout(fout):
            raise
        return _meld(f"De database is niet bereikbaar: {omgeving.eerste_regel(fout)}")
    except KeyboardInterrupt:
        return 130
    return 0


def _met_database(argv: list[str]) -> bool:
    opdracht = next((deel for deel in argv[1:] if not deel.startswith("-")), "help")
    return opdracht not in ZONDER_DATABASE and "--help" not in argv and "-h" not in argv


def _meld(regel: str) -> int:
    print(regel, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
