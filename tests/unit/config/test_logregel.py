"""The log keeps no secret that stands in an address, also not of one that leads nowhere."""

from __future__ import annotations

import io
import logging
import logging.config

import pytest
from django.conf import settings

from config.verkeer.logregel import Logregel


def _regel(bericht: str, *args: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, bericht, args, None)
    return Logregel("{levelname} {name}: {message}", style="{").format(record)


@pytest.mark.parametrize(
    ("adres", "staat_er"),
    [
        ("/kalender/12/S-3cr3t_.ics", "/kalender/12/***"),
        ("/kalender/12/S-3cr3t_.isc", "/kalender/12/***"),
        ("/kalender/12/S-3cr3t_.ics/meer/", "/kalender/12/***/meer/"),
        ("/toegang/S-3cr3t_/", "/toegang/***/"),
        ("/kalender/", "/kalender/"),
        ("/toegang/", "/toegang/"),
        ("/metingen/12/geschiedenis/", "/metingen/12/geschiedenis/"),
    ],
)
def test_van_een_adres_met_een_geheim_blijft_alleen_de_plaats(adres: str, staat_er: str) -> None:
    assert _regel("%s: %s", "Not Found", adres) == f"WARNING django.request: Not Found: {staat_er}"


def test_zo_is_het_log_van_de_site_ingesteld() -> None:
    """A real handler, made as the site makes it."""
    stroom = io.StringIO()
    console = {"class": "logging.StreamHandler", "formatter": "regel", "stream": stroom}
    logger = {"proef.log": {"handlers": ["console"], "propagate": False}}
    opzet = {"version": 1, "disable_existing_loggers": False, "formatters": settings.LOGGING["formatters"]}
    logging.config.dictConfig(opzet | {"handlers": {"console": console}, "loggers": logger})
    logging.getLogger("proef.log").warning("Not Found: %s", "/kalender/3/S-3cr3t.ics")
    assert stroom.getvalue().endswith("WARNING proef.log: Not Found: /kalender/3/***\n")
    assert {een["formatter"] for een in settings.LOGGING["handlers"].values()} == {"regel"}
