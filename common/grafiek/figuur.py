"""A chart that was drawn: kept to be handed over, and asked from a worker where the browser's version is not there.

Derived from what is shown, so every row may go at any time. A row is found back by the hash of its whole chart
(``merk``), so it can only reach who was shown the same numbers by the page itself.
"""

from datetime import timedelta

import brotli
from django.core.cache import cache
from django.db import models
from django.db.models.functions import Now

from common.grafiek.beeld import Beeld, merk, naar_json, van_json
from common.jobs import stuur

TEKENTAAK = "monitor.dashboards.grafiek.tasks.teken_beeld"
TEKENAAR = "monitor.dashboards.grafiek.tasks.teken_figuren"
"""Draws those of the indicators that it is given by their codes."""
BEWAARTIJD = timedelta(days=7)
OPNIEUW = 4  # seconds after which the same chart may be asked for again


class Figuur(models.Model):
    """``plotly`` is empty where no worker drew it yet; ``sleutel`` names what is drawn ahead, else it is the hash."""

    sleutel = models.CharField("sleutel", max_length=160, primary_key=True)
    generatie = models.CharField("generatie", max_length=80, blank=True)
    merk = models.CharField("merk", max_length=64, db_index=True)
    beeld = models.BinaryField("beeld als gecomprimeerde JSON")
    plotly = models.BinaryField("figuur als gecomprimeerde JSON")
    svg = models.TextField("tekening zonder script", blank=True)
    getekend_op = models.DateTimeField("getekend op", auto_now=True)

    class Meta:
        verbose_name = "figuur"
        verbose_name_plural = "figuren"

    def __str__(self) -> str:
        return self.sleutel

    @property
    def als_beeld(self) -> Beeld:
        return van_json(uitpakken(self.beeld).decode())


def inpakken(tekst: str) -> bytes:
    """Compressed, as it is stored and as it goes to a browser that reads brotli."""
    return brotli.compress(tekst.encode(), quality=5)


def uitpakken(inhoud: bytes | memoryview) -> bytes:
    return brotli.decompress(bytes(inhoud))


def vind(beeld: Beeld) -> bytes | None:
    """The figure of this chart for the browser, compressed; None where it is not drawn yet."""
    gevonden = Figuur.objects.filter(merk=merk(beeld)).exclude(plotly=b"").values_list("plotly", flat=True).first()
    return None if gevonden is None else bytes(gevonden)


def vraag(beeld: Beeld) -> None:
    """Ask a worker to draw it, the same one not every second. Whatever goes wrong: the drawing of the server stays."""
    if cache.add(f"figuur:{merk(beeld)}", 1, OPNIEUW):
        stuur(TEKENTAAK, naar_json(beeld))


def ruim_figuren_op() -> None:
    """Forget what was drawn because somebody asked, some days ago."""
    Figuur.objects.filter(generatie="", getekend_op__lt=Now() - BEWAARTIJD).delete()
