"""The second opinion measured: every field of every row computed again and compared, and what a planted fault costs."""

from __future__ import annotations

import subprocess
import sys
import time

from bench.geheugen import kilobytes
from bench.kladdatabase import kladdatabase
from bench.regel import Regel

KOP = "de cijfers nagerekend door pandas"
GRENS_TIJD = 60  # s, for about half a million rows
GRENS_GEHEUGEN = 600  # MB, of the process as a whole
MEGABYTE = 1024.0


def meet(*, kort: bool) -> list[Regel]:
    """No row may differ, and a fault that is planted must be found."""
    with kladdatabase():
        from django.conf import settings

        from bench import gegevens
        from monitor.models import Doelbereik
        from monitor.rekenen.herberekenen import herbereken

        maat = gegevens.PROEF if kort else gegevens.M
        gegevens.maak(maat)
        herbereken(vandaag=gegevens.VANDAAG)
        opdracht = [sys.executable, "-m", "bench.narekenen", str(settings.DATABASES["default"]["NAME"])]
        rijen, verschillen, seconden, werk, geheugen = _in_eigen_proces(opdracht)
        Doelbereik.objects.filter(jaar=2025, kwartaal=3, onderdeel__code="D1", indicator__code="i0").update(geleverd=99)
        geplant = _in_eigen_proces(opdracht)[1]
    return [
        Regel(f"{maat.naam}: rijen", rijen),
        Regel(f"{maat.naam}: verschillen", verschillen, grens=0),
        Regel(f"{maat.naam}: een geplante fout niet gevonden", abs(1 - geplant), grens=0),
        Regel(f"{maat.naam}: alles nagerekend", seconden, " s", GRENS_TIJD),
        Regel(f"{maat.naam}: waarvan het proces zelf rekent", werk, " s"),
        Regel(f"{maat.naam}: geheugen van het proces", geheugen / MEGABYTE, " MB", GRENS_GEHEUGEN),
    ]


def _in_eigen_proces(opdracht: list[str]) -> tuple[int, int, float, float, int]:
    uit = subprocess.run(opdracht, capture_output=True, text=True, check=True).stdout.split()
    return int(uit[0]), int(uit[1]), float(uit[2]), float(uit[3]), int(uit[4])


def main(database: str) -> str:
    """Rows, differences, seconds and kilobytes of one run on a filled scratch database."""
    from config import settings

    settings.DATABASES["default"]["NAME"] = database
    import django

    django.setup()
    from bench import gegevens
    from monitor.rekenen.narekenen.vergelijken import reken_alles_na

    begin, werk = time.perf_counter(), time.process_time()
    uitslag = reken_alles_na(gegevens.VANDAAG)
    duur, werk = time.perf_counter() - begin, time.process_time() - werk
    return f"{uitslag.rijen} {len(uitslag.verschillen)} {duur:.3f} {werk:.3f} {kilobytes('VmHWM')}"


if __name__ == "__main__":
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    print(main(sys.argv[1]))
