"""The data of a chart as a browser gets it, with a worker that is never late."""

from __future__ import annotations

from unittest.mock import patch

from django.http import HttpResponse
from django.test import Client

from common.grafiek.beeld import Beeld, naar_json
from monitor.dashboards.grafiek.tasks import teken_beeld


def figuur_van(client: Client, adres: str, naam: str = "", **koppen: str) -> HttpResponse:
    """``adres`` is that of the page; its chart is called ``naam``, on the page of an indicator after that."""
    naam = naam or f"figuur-{adres.split('/')[2]}"
    vraag = f"{adres}{'&' if '?' in adres else '?'}_figuur={naam}"
    with patch("common.pagina.figuren.vraag", teken_meteen):
        client.get(vraag)
    return client.get(vraag, headers=koppen)


def teken_meteen(beeld: Beeld) -> None:
    """Stands in for asking a worker."""
    teken_beeld(naar_json(beeld))
