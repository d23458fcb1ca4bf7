"""The chain of the trail: recomputed by hand, whichever way an event was written, and by writers at the same time."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from threading import Barrier, Thread
from typing import Any

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from common.models import AuditEvent, Schakel
from common.spoor.keten import BEGIN, lees_kop, vind_ketenfouten
from config.diensten.plaats import EIGENAAR, SITE
from tests.databaserol import als
from tests.factories import UserFactory

KOLOMMEN = "door_id, door_naam, handeling, object_soort, object_id, object_naam"
RAAR = {"naam": 'é"\\/\n\t\x01\x7f€😀', "getal": 1.50, "lijst": [None, True, {"b": 1, "aa": 2}], "": {}}


def _gebeurtenis(**anders: Any) -> AuditEvent:
    velden = {"op": timezone.now(), "door_naam": "anna", "handeling": "proef", "object_soort": "ding"}
    return AuditEvent(**velden | {"object_id": "1", "object_naam": "ding", "herkomst": "proef"} | anders)


def _verbinding() -> psycopg.Connection[Any]:
    return psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor})


VOEG_TOE = (
    "INSERT INTO common_auditevent (op, door_naam, handeling, object_soort, object_id, object_naam, reden, herkomst) "
    "VALUES (now(), 'sql', 'proef', 'ding', '1', 'ding', '', 'sql')"
)


def _met_de_hand(vorige: str, rij: tuple[Any, ...]) -> str:
    """The hash as docs/adr/0027 says that it is made; nothing of the database is used."""
    nummer, pk, op, *rest = rij
    tekst = [nummer, vorige, pk, op.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f"), *rest]
    return hashlib.sha256(json.dumps(tekst, ensure_ascii=False).encode()).hexdigest()


@pytest.mark.django_db
def test_de_keten_is_met_de_hand_na_te_rekenen() -> None:
    begin = [_gebeurtenis(van=RAAR, naar={}, reden="Omdat.\n"), _gebeurtenis(op=datetime(2023, 1, 2, tzinfo=UTC))]
    AuditEvent.objects.bulk_create(begin)
    _gebeurtenis(naar={"waarde": "12.5000"}, stand='{"id": 3, "waarde": 12.5000, "leeg": null}').save()
    with connection.cursor() as cursor:
        cursor.execute(VOEG_TOE)
        with cursor.copy(f"COPY common_auditevent (op, {KOLOMMEN}, reden, herkomst) FROM STDIN") as kopie:
            kopie.write_row(("2024-05-06 07:08:09.000001+02", 7, "kopie", "x", "y", "z", "\u202e", "", "copy"))
        connection.check_constraints()  # the end of a transaction
        cursor.execute(
            "SELECT s.vorige, s.hash, s.nummer, g.id, g.op, door_id, door_naam, handeling, object_soort, object_id, "
            "object_naam, van::text, naar::text, reden, herkomst, "
            "stand::text FROM common_schakel s JOIN common_auditevent g ON g.id = s.gebeurtenis ORDER BY s.nummer"
        )
        rijen = cursor.fetchall()
    vorige = BEGIN
    for nummer, (van, hash_, *rij) in enumerate(rijen, 1):
        assert (rij[0], van) == (nummer, vorige)
        vorige = _met_de_hand(vorige, tuple(rij))
        assert hash_ == vorige
    assert [rij[3] for rij in rijen] == sorted(rij[3] for rij in rijen)
    kop = lees_kop()
    assert kop is not None
    assert (kop.nummer, kop.hash, len(rijen)) == (5, vorige, 5)
    assert vind_ketenfouten() == []


@pytest.mark.django_db
@pytest.mark.parametrize("opdracht", ["UPDATE common_schakel SET hash = ''", "DELETE FROM common_schakel"])
def test_een_schakel_verandert_niet_en_verdwijnt_niet(opdracht: str) -> None:
    _gebeurtenis().save()
    connection.check_constraints()
    for rol, zin in ((SITE, "permission denied"), (EIGENAAR, "Cannot")):
        with pytest.raises(ProgrammingError, match=zin), transaction.atomic(), als(rol):
            connection.cursor().execute(opdracht)
    assert Schakel.objects.get().nummer == 1


@pytest.mark.django_db(transaction=True)
def test_van_schrijvers_tegelijk_komt_elke_gebeurtenis_een_keer_in_de_keten() -> None:
    start, schrijvers, keren = Barrier(4), 4, 15

    def schrijf() -> None:
        with _verbinding() as verbinding:
            start.wait()
            for keer in range(keren):
                for _ in range(keer % 3 + 1):
                    verbinding.execute(VOEG_TOE)
                verbinding.rollback() if keer % 5 == 4 else verbinding.commit()

    draden = [Thread(target=schrijf) for _ in range(schrijvers)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    aantal = schrijvers * sum(keer % 3 + 1 for keer in range(keren) if keer % 5 != 4)
    nummers = Schakel.objects.values_list("nummer", flat=True)
    assert list(nummers) == list(range(1, aantal + 1))
    assert AuditEvent.objects.count() == aantal
    assert vind_ketenfouten() == []


@pytest.mark.django_db(transaction=True)
def test_wie_bij_het_einde_op_een_rij_wacht_houdt_de_keten_niet_op() -> None:
    """A deferred check waits for a row that another holds, who writes an event too: neither waits for ever."""
    user = UserFactory()
    with _verbinding() as een, _verbinding() as ander:
        een.execute(VOEG_TOE)
        een.execute("INSERT INTO common_kolomkeuze (user_id, tabel, verborgen) VALUES (%s, 'x', '[]')", [user.pk])
        ander.execute("SELECT id FROM accounts_user WHERE id = %s FOR UPDATE", [user.pk])
        ander.execute(VOEG_TOE)
        eindigt = Thread(target=een.commit)
        eindigt.start()
        eindigt.join(0.5)
        assert eindigt.is_alive()  # waits for the row, and holds no lock on the chain
        ander.execute("SET LOCAL lock_timeout = '3s'")
        ander.commit()
        eindigt.join(5)
        assert not eindigt.is_alive()
    assert list(Schakel.objects.values_list("nummer", flat=True)) == [1, 2]
