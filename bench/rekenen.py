"""The calculation measured: a full recompute against hand-tuned SQL, memory, nothing changed, one changed value."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from bench.kladdatabase import kladdatabase
from bench.regel import Regel

KOP = "de berekening tegen met de hand geschreven SQL"
REFERENTIE = Path(__file__).with_name("referentie.sql")
KEREN = 3  # full recomputes; the fastest of each kind counts
WIJZIGINGEN = 40
MEGABYTE = 1024.0
GRENS_SQL = 1.3
GRENS_WAARDE = 8.0  # times one row written and committed
GRENS_GEHEUGEN = 300  # MB, the same on every machine


def meet(*, kort: bool) -> list[Regel]:
    """All measurements of each set; the SQL must give the same rows."""
    regels: list[Regel] = []
    for naam in ("PROEF",) if kort else ("S", "M"):
        with kladdatabase():
            regels += _meet(naam, 1 if kort else KEREN)
    return regels


def _meet(naam: str, keren: int) -> list[Regel]:
    from bench import gegevens
    from monitor.rekenen import herberekenen as herberekening

    maat = getattr(gegevens, naam)
    metingen = gegevens.maak(maat)
    maak_referentietabel()
    extra = geheugen()
    alles = partial(herberekening.herbereken, vandaag=gegevens.VANDAAG)
    eigen, uitkomst = _snelste(alles, keren, leeg="monitor_doelbereik")
    sql, _ = _snelste(lambda: referentie(maat.eerste_jaar), keren, leeg="referentie")
    verschil = verschillen()
    verplaatst, _ = _snelste(verplaats, keren, leeg="referentie")
    niets, tweede = _tijd(alles)
    _analyseer()
    return [
        Regel(f"{naam}: metingen", metingen),
        Regel(f"{naam}: rijen", uitkomst.berekend),
        Regel(f"{naam}: rijen anders dan de SQL-referentie", verschil, grens=0),
        Regel(f"{naam}: SQL-referentie", sql, " s"),
        Regel(f"{naam}: alles opnieuw ({eigen:.2f} s) / SQL", eigen / sql, "×", GRENS_SQL if naam == "M" else None),
        Regel(f"{naam}: alleen de rijen verplaatsen / SQL", verplaatst / sql, "×"),
        Regel(f"{naam}: geheugen boven rust", extra, " MB", GRENS_GEHEUGEN),
        Regel(f"{naam}: niets gewijzigd, rijen geschreven", tweede.gewijzigd, grens=0),
        Regel(f"{naam}: niets gewijzigd / SQL", niets / sql, "×"),
        *_een_waarde(naam),
    ]


def _tijd(werk: Callable[[], Any]) -> tuple[float, Any]:
    gc.collect()
    begin = time.perf_counter()
    uit = werk()
    return time.perf_counter() - begin, uit


def _snelste(werk: Callable[[], Any], keren: int, leeg: str) -> tuple[float, Any]:
    """The fastest of some runs, each into an empty table."""
    from django.db import connection

    metingen = []
    for _ in range(keren):
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {leeg}")
            cursor.execute("CHECKPOINT")
        metingen.append(_tijd(werk))
    return min(metingen, key=lambda meting: meting[0])


def maak_referentietabel() -> None:
    """The same columns, key and index as the real table."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS referentie (LIKE monitor_doelbereik INCLUDING ALL)")


def referentie(eerste_jaar: int) -> None:
    """Fill the table ``referentie`` with the hand-tuned SQL."""
    from django.db import connection, transaction

    from bench import gegevens

    opdrachten = [deel for deel in REFERENTIE.read_text(encoding="utf-8").split(";\n") if deel.strip()]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        for opdracht in opdrachten:
            cursor.execute(opdracht, {"vandaag": gegevens.VANDAAG, "eerste_jaar": eerste_jaar})


def verplaats() -> None:
    """Only write the same rows into a keyed table: what no way of computing can be faster than."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO referentie SELECT * FROM monitor_doelbereik")


def verschillen() -> int:
    """How many rows stand in one table and not in the other, every column compared."""
    from django.db import connection

    from monitor.rekenen.regels.beoordelen import KOLOMSOORTEN

    kolommen = ", ".join(KOLOMSOORTEN)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT count(*) FROM (SELECT {kolommen} FROM monitor_doelbereik EXCEPT "  # noqa: S608
            f"SELECT {kolommen} FROM referentie) AS a) + (SELECT count(*) FROM (SELECT {kolommen} FROM referentie "
            f"EXCEPT SELECT {kolommen} FROM monitor_doelbereik) AS b)"
        )
        return int(cursor.fetchone()[0])


def _analyseer() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _een_waarde(naam: str) -> Iterator[Regel]:
    """One value corrected, then what depends on it, against one row written; in turn."""
    from bench import gegevens
    from monitor.models import Meting
    from monitor.rekenen import herberekenen as bijwerken

    keuze = Meting.objects.filter(jaar=2026, kwartaal=2, onbekend=False).order_by("onderdeel_id", "indicator_id")
    kaal, alles, database, rijen = [], [], [], []
    for meting in keuze[: WIJZIGINGEN * 3 : 3]:
        kaal.append(_tijd(_een_rij)[0])
        _corrigeer(meting)
        with Databaseklok() as klok:
            duur, uitkomst = _tijd(
                partial(
                    bijwerken.werk_bij, meting.indicator_id, meting.onderdeel_id, meting.jaar, vandaag=gegevens.VANDAAG
                )
            )
        alles.append(duur)
        database.append(klok.ms / 1000)
        rijen.append(uitkomst.gewijzigd)
    een, geheel, wachten = (statistics.median(tijden) for tijden in (kaal, alles, database))
    yield Regel(f"{naam}: één waarde, rijen geschreven (mediaan)", statistics.median(rijen))
    yield Regel(
        f"{naam}: één waarde in de database ({1000 * wachten:.1f} ms) / één rij", wachten / een, "×", GRENS_WAARDE
    )
    yield Regel(f"{naam}: één waarde geheel ({1000 * geheel:.1f} ms) / één rij", geheel / een, "×")


def _een_rij() -> None:
    """What every change costs at least: one row, committed."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO common_wijziging DEFAULT VALUES")


def _corrigeer(meting: Any) -> None:
    """The value as it would be after a correction; the trigger that guards approved values is no part of this."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE monitor_meting SET waarde = waarde + 7, teller = teller - (teller > 0)::int WHERE id = %s",
            [meting.pk],
        )
        cursor.execute("SET session_replication_role = origin")


class Databaseklok:
    """Milliseconds that the driver waits for the server, COPY included."""

    def __enter__(self) -> Databaseklok:
        from monitor.rekenen.opslag import psycopg_verbinding

        self.ms, self.verbinding = 0.0, psycopg_verbinding()
        self.echt = self.verbinding.wait
        self.verbinding.wait = self._wacht  # type: ignore[method-assign]  # a clock around the driver
        return self

    def __exit__(self, *_: object) -> None:
        del self.verbinding.wait

    def _wacht(self, *args: Any, **kwargs: Any) -> Any:
        begin = time.perf_counter()
        try:
            return self.echt(*args, **kwargs)
        finally:
            self.ms += (time.perf_counter() - begin) * 1000


def geheugen() -> float:
    """MB that a process of its own takes for a full recompute, above what it took before."""
    from django.conf import settings

    opdracht = [sys.executable, "-m", "bench.geheugen", str(settings.DATABASES["default"]["NAME"])]
    uit = subprocess.run(opdracht, capture_output=True, text=True, check=True)
    return int(uit.stdout) / MEGABYTE
