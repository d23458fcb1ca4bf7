"""Every advisory lock of the program, with its number, in one place."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from django.db import connection


class Slot(IntEnum):
    """First key of ``pg_advisory_xact_lock(int4, int4)``; the second names the object."""

    HERBEREKENING = 1  # one recompute of an indicator at a time; second key: indicator id
    METING = 2  # one write to a value's chain of versions at a time; second key: hash of its key
    LADEN = 3  # one load of fixtures or demo data at a time
    IMPORT = 4  # one worker reads a file at a time; second key: the import's id
    KWARTAAL = 5  # shared by who writes values of a quarter, alone for who closes or reopens it; second key: its index,
    # or 0 for who approves or closes, whichever quarter: then what a change does to a closed one is known
    VOORSTEL = 6  # one proposal for a target or definition at a time; second key: the indicator's id
    HERINNERING = 7  # one round of reminders at a time
    TAAK = 8  # held by whoever runs a job, as long as they live; second key: the id of its row
    WACHTRIJ = 11  # one worker at a time works off the requests to recompute
    KALENDER = 12  # one daily run at a time
    ORGANISATIE = 14  # one proposal or decision about the organisation at a time
    ACCOUNTS = 15  # one change of roles, accounts or sign-in links at a time
    EIGENAREN = 16  # one change of who answers for what at a time
    JAARPLAN = 17  # one new activity of a main line at a time; second key: its id, or 0 for what comes from the agenda
    NAREKENEN = 19  # one run at a time computes the figures by another road
    SPOOR = 20  # second key 0: who links events to the trail, taken by the database as the last thing of a transaction
    # (common/migrations/0003_spoor.sql); 1: who checks the trail
    LADDER = 21  # one run at a time writes down who stands on which step
    KOPPELING = 22  # one proposal or decision about links at a time: together they may make no circle
    AMBITIE = 24  # one proposal or decision about an ambition at a time; second key: the id of the ambition
    GEBEURTENIS = 25  # one event is entered at a time; second key: its day. The same stands there once
    VRAAG = 26  # one question of a person at a time; second key: the id of that person. The same is open once


def houd_slot(slot: Slot, sleutel: int = 0, *, gedeeld: bool = False) -> None:
    """Wait for the lock and keep it until the transaction ends; ``gedeeld``: together with others who share it."""
    functie = "pg_advisory_xact_lock_shared" if gedeeld else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {functie}(%s, %s)", [slot, sleutel])  # one of the two names above


def probeer_slot(slot: Slot, sleutel: int = 0) -> bool:
    """Take the lock until the transaction ends, or say False at once when another holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [slot, sleutel])
        return bool(cursor.fetchone()[0])


@contextmanager
def sessieslot(slot: Slot, sleutel: int) -> Iterator[bool]:
    """Hold the lock over several transactions; gives False at once when another holds it.

    It belongs to the connection: of a process that is killed the database lets it go by itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [slot, sleutel])
        gekregen = bool(cursor.fetchone()[0])
    try:
        yield gekregen
    finally:
        if gekregen:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [slot, sleutel])


def is_bezet(slot: Slot, sleutel: int = 0) -> bool:
    """Whether someone holds the lock now, without waiting for it or taking it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s"
            " AND objid = %s AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [slot, sleutel],
        )
        return bool(cursor.fetchone()[0])
