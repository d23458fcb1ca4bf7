"""Empty the tables after a test without a transaction: those with rows only, where Django empties every one anew."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from psycopg import sql

# What Django makes from the models; emptied, it would have to be made again after each test.
BLIJFT = {"django_content_type", "auth_permission"}


def leeg(_: Any = None) -> None:
    """Waits, as TRUNCATE does, for who still writes. The note it leaves puts what was kept of a page out of date."""
    tabellen = sorted(
        set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - BLIJFT
    )
    namen = [sql.Identifier(tabel) for tabel in tabellen]
    met_rijen = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(tabel), naam)
        for tabel, naam in zip(tabellen, namen, strict=True)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.SQL(", ").join(namen)))
        cursor.execute(met_rijen)
        gevuld = [tabel for (tabel,) in cursor.fetchall()]
        cursor.execute("SET LOCAL session_replication_role = replica")  # no rule about deleting, and no order
        for tabel in gevuld:
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(tabel)))
        cursor.execute("INSERT INTO common_wijziging DEFAULT VALUES")
