"""What a forger does who holds the database: each act goes past every trigger and names what it touched."""
# ruff: noqa: S608  # tables and columns are the ones written here

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

from django.apps import apps
from django.db import connection

# Per table its kind, and how each of its columns is made to lie.
WIE = "(SELECT id FROM accounts_user WHERE id IS DISTINCT FROM {kolom} ORDER BY id LIMIT 1)"
BESLUIT = {
    "ingevoerd_door_id": WIE,
    "vastgesteld_door_id": WIE,
    "vastgesteld_op": "coalesce({kolom}, now()) - interval '1 day'",
    "ingevoerd_op": "{kolom} - interval '1 second'",
    "vervangreden": "{kolom} || ' '",
}
TABELLEN: dict[str, tuple[str, dict[str, str]]] = {
    "monitor_meting": (
        "meting",
        BESLUIT
        | {
            "waarde": "coalesce({kolom}, 0) + 0.0001",
            "toelichting": "{kolom} || '.'",
            "status": "CASE {kolom} WHEN 'definitief' THEN 'voorlopig' ELSE 'definitief' END",
            "onbekend": "NOT {kolom}",
            "staat": "CASE {kolom} WHEN 'vastgesteld' THEN 'ingediend' ELSE 'vastgesteld' END",
            "jaar": "{kolom} - 1",
        },
    ),
    "formatie_bezetting": ("bezetting", BESLUIT | {"os": "{kolom} + 0.01", "ziek": "coalesce({kolom}, 0) + 1"}),
    "monitor_doelstelling": (
        "doelstelling",
        BESLUIT
        | {
            "streefwaarde": "coalesce({kolom}, 0) - 1",
            "marge": "coalesce({kolom}, 0) + 1",
            "soort": "CASE {kolom} WHEN 'minimum' THEN 'maximum' ELSE 'minimum' END",
        },
    ),
    "monitor_definitieversie": ("definitieversie", BESLUIT | {"telregel": "{kolom} || ' Of niet.'"}),
    "monitor_grensbesluit": ("grensbesluit", BESLUIT | {"kwartaal": "mod({kolom}, 4) + 1"}),
    "monitor_afsluiting": (
        "afsluiting",
        {"gesloten_door_id": WIE, "heropend_op": "now()", "gesloten_op": "now()", "kwartaal": "mod({kolom}, 4) + 1"},
    ),
    "monitor_opmerking": (
        "opmerking",
        {"tekst": "{kolom} || '.'", "door_id": WIE, "op": "{kolom} - interval '1 day'", "demo": "NOT {kolom}"},
    ),
    "sturing_duiding": ("duiding", BESLUIT | {"wat": "{kolom} || '.'", "wanneer": "{kolom} + 1", "wie_id": WIE}),
    "sturing_ambitiestand": ("ambitiestand", BESLUIT | {"tekst": "{kolom} || '.'", "helft": "3 - {kolom}"}),
    "sturing_koppeling": ("koppeling", BESLUIT | {"reden": "{kolom} || '.'", "geldt": "NOT {kolom}"}),
    "sturing_planactiviteit": ("planactiviteit", {"jaar": "{kolom} - 1", "nummer": "{kolom} + 100"}),
    "sturing_activiteitversie": (
        "activiteitversie",
        {
            "titel": "{kolom} || '.'",
            "eind": "{kolom} + 1",
            "status": "CASE {kolom} WHEN 'gereed' THEN 'vervallen' ELSE 'gereed' END",
            "door_id": WIE,
        },
    ),
    "sturing_gebeurtenis": ("gebeurtenis", {"titel": "{kolom} || '.'", "datum": "{kolom} - 1", "door_id": WIE}),
    "sturing_antwoord": ("antwoord", {"tekst": "{kolom} || '.'", "door_id": WIE, "vrijgegeven_op": "now()"}),
    "sturing_actieversie": ("actieversie", {"datum": "{kolom} + 1", "reden": "{kolom} || '.'"}),
    "accounts_rolvervulling": (
        "rolvervulling",
        {
            "rol": "CASE {kolom} WHEN 'beheerder' THEN 'vaststeller' ELSE 'beheerder' END",
            "geldig_tot": "coalesce({kolom}, current_date) + 1",
            "user_id": WIE,
            "onderdeel_code": "{kolom} || 'B'",
        },
    ),
    "accounts_user": (
        "user",
        {"is_superuser": "NOT {kolom}", "is_active": "NOT {kolom}", "email": "'x@' || username", "username": "'x'"},
    ),
}


def vraag(opdracht: str, *waarden: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(opdracht, waarden or None)
        return cursor.fetchall() if cursor.description else []


def breek_slot_open() -> None:
    """Who owns the tables can also drop what they demand of a row."""
    tabellen = f"ARRAY[{','.join(repr(tabel) for tabel in TABELLEN)}]::regclass[]"
    for tabel, naam in vraag(
        f"SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE conrelid = ANY({tabellen}) "
        "AND contype IN ('c', 'u') ORDER BY contype DESC, conindid"
    ):
        vraag(f'ALTER TABLE {tabel} DROP CONSTRAINT "{naam}" CASCADE')
    for (index,) in vraag(
        f"SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = ANY({tabellen}) "
        "AND indisunique AND NOT indisprimary"
    ):
        vraag(f"DROP INDEX {index}")


def kies(toeval: Random, opdracht: str) -> tuple[Any, ...]:
    return toeval.choice(vraag(f"{opdracht} ORDER BY 1"))


def _woord(tabel: str) -> str:
    [soort] = [model for model in apps.get_models() if model._meta.db_table == tabel]
    return str(soort._meta.verbose_name)


def _tabel(toeval: Random) -> str:
    gevuld = [tabel for tabel in TABELLEN if vraag(f"SELECT 1 FROM {tabel} LIMIT 1")]
    return toeval.choice(gevuld)


def wijzig_rij(toeval: Random) -> str:
    """A value, target, bezetting, role, deciding person or moment is another, and the trail says nothing of it."""
    tabel = _tabel(toeval)
    kolom, wordt = toeval.choice(sorted(TABELLEN[tabel][1].items()))
    (pk,) = kies(toeval, f"SELECT id FROM {tabel}")
    vraag(f"UPDATE {tabel} SET {kolom} = {wordt.format(kolom=kolom)} WHERE id = %s", pk)
    return f"{_woord(tabel)} {pk}"


def verwijder_rij(toeval: Random) -> str:
    tabel = _tabel(toeval)
    (pk,) = kies(toeval, f"SELECT id FROM {tabel}")
    vraag(f"DELETE FROM {tabel} WHERE id = %s", pk)
    return f"{_woord(tabel)} {pk}"


def voeg_rij_in(toeval: Random) -> str:
    """A copy of a row under a key that nobody used."""
    tabel = _tabel(toeval)
    (pk,) = kies(toeval, f"SELECT id FROM {tabel}")
    anders = json.dumps({"id": 900_000})
    vraag(
        f"INSERT INTO {tabel} SELECT (jsonb_populate_record(rij, %s::jsonb)).* FROM {tabel} AS rij WHERE id = %s",
        anders,
        pk,
    )
    return f"{_woord(tabel)} 900000"


def _kies_gebeurtenis(toeval: Random) -> tuple[int, int, str, str]:
    """Number, key, kind and object of an event about a value or a target."""
    return kies(  # type: ignore[return-value]
        toeval,
        "SELECT s.nummer, g.id, g.object_soort, g.object_id FROM common_auditevent g JOIN common_schakel s "
        "ON s.gebeurtenis = g.id WHERE object_soort IN ('meting', 'doelstelling', 'bezetting')",
    )


def wijzig_rij_en_gebeurtenis(toeval: Random) -> str:
    _, pk, soort, sleutel = _kies_gebeurtenis(toeval)
    _lieg(pk, soort, sleutel)
    return f"over {soort} {sleutel}"


def _lieg(pk: int, soort: str, sleutel: str) -> None:
    """The remark of the row is another in the row and in everything the event keeps of it."""
    tabel = next(tabel for tabel, (naam, _) in TABELLEN.items() if naam == soort)
    kolom = "besluit" if soort == "doelstelling" else "toelichting"
    vraag(f"UPDATE {tabel} SET {kolom} = 'gelogen' WHERE id = %s", sleutel)
    anders = json.dumps({kolom: "gelogen"})
    vraag(
        "UPDATE common_auditevent SET stand = stand || %s::jsonb, naar = naar || %s::jsonb "
        "WHERE id = %s OR object_soort = %s AND object_id = %s",
        *(anders, anders, pk, soort, sleutel),
    )


def reken_keten_over(vanaf: int) -> None:
    """Every hash from this number on is made to fit again."""
    rijen = vraag("SELECT nummer FROM common_schakel WHERE nummer >= %s ORDER BY nummer", vanaf)
    for (nummer,) in rijen:
        vraag(
            "UPDATE common_schakel s SET vorige = v.hash, hash = spoor_hash(s.nummer, v.hash, g) "
            "FROM (SELECT coalesce((SELECT hash FROM common_schakel WHERE nummer = %s), repeat('0', 64)) AS hash) v, "
            "common_auditevent g WHERE g.id = s.gebeurtenis AND s.nummer = %s",
            *(nummer - 1, nummer),
        )


def herschrijf_keten(toeval: Random) -> str:
    """The row, its events and every hash after them: only the head that was noted tells."""
    _, pk, soort, sleutel = kies(
        toeval,
        "SELECT max(s.nummer), max(g.id), g.object_soort, g.object_id FROM common_auditevent g JOIN common_schakel s "
        "ON s.gebeurtenis = g.id WHERE object_soort IN ('meting', 'bezetting') "
        "GROUP BY 3, 4 HAVING min(s.nummer) > (SELECT max(nummer) - 60 FROM common_schakel JOIN common_auditevent "
        "ON common_auditevent.id = gebeurtenis WHERE object_soort IN ('meting', 'bezetting'))",
    )
    _lieg(pk, soort, sleutel)
    [(eerste,)] = vraag(
        "SELECT min(nummer) FROM common_schakel JOIN common_auditevent g ON g.id = gebeurtenis "
        "WHERE object_soort = %s AND object_id = %s",
        *(soort, sleutel),
    )
    reken_keten_over(eerste)
    return "Het spoor is herschreven: nr"


def kap_af(toeval: Random) -> str:
    """The newest events and their links; what was told of them last is named too."""
    aantal = toeval.randint(1, 40)
    weg = f"SELECT gebeurtenis FROM common_schakel ORDER BY nummer DESC LIMIT {aantal}"
    vraag(f"DELETE FROM common_auditevent WHERE id IN ({weg})")
    vraag(f"DELETE FROM common_schakel WHERE gebeurtenis IN ({weg})")
    return "Het spoor is afgekapt: op"


def verwijder_gebeurtenis(toeval: Random) -> str:
    """With or without its link."""
    nummer, pk, *_ = _kies_gebeurtenis(toeval)
    vraag("DELETE FROM common_auditevent WHERE id = %s", pk)
    if toeval.random() < 0.5:
        vraag("DELETE FROM common_schakel WHERE gebeurtenis = %s", pk)
        return f"Gebeurtenis nr {nummer + 1} over"
    return f"Gebeurtenis nr {nummer} is verwijderd"


def voeg_gebeurtenis_in(toeval: Random) -> str:
    """A copy of another one, about a row that does not exist."""
    _, pk, *_ = _kies_gebeurtenis(toeval)
    anders = json.dumps({"id": 9_000_000, "object_id": "900001"})
    vraag(
        "INSERT INTO common_auditevent SELECT (jsonb_populate_record(g, %s::jsonb)).* "
        "FROM common_auditevent AS g WHERE id = %s",
        *(anders, pk),
    )
    return "900001"


def verwissel(toeval: Random) -> str:
    """Two events trade places, with or without hashes of their own."""
    (een, eerste, soort, sleutel), (ander, tweede, *_) = _kies_gebeurtenis(toeval), _kies_gebeurtenis(toeval)
    if een == ander:
        return verwissel(toeval)
    vraag("UPDATE common_schakel SET gebeurtenis = -1 WHERE nummer = %s", een)
    vraag("UPDATE common_schakel SET gebeurtenis = %s WHERE nummer = %s", eerste, ander)
    vraag("UPDATE common_schakel SET gebeurtenis = %s WHERE nummer = %s", tweede, een)
    return f"over {soort} {sleutel}"


def wijzig_gebeurtenis(toeval: Random) -> str:
    """Who did it, when, what or why."""
    _, pk, soort, sleutel = _kies_gebeurtenis(toeval)
    wordt = toeval.choice(
        [
            "op = op - interval '1 microsecond'",
            "door_naam = 'iemand anders'",
            "door_id = coalesce(door_id, 0) + 1",
            "reden = reden || ' '",
            "handeling = handeling || '!'",
            "herkomst = 'elders'",
            "naar = naar || '{\"erbij\": null}'",
            "van = coalesce(van, '{}') || '{\"erbij\": 1}'",
        ]
    )
    vraag(f"UPDATE common_auditevent SET {wordt} WHERE id = %s", pk)
    return f"over {soort} {sleutel}"


VERVALSINGEN: tuple[Callable[[Random], str], ...] = (
    wijzig_rij,
    wijzig_rij,
    wijzig_rij,
    verwijder_rij,
    voeg_rij_in,
    wijzig_rij_en_gebeurtenis,
    herschrijf_keten,
    kap_af,
    verwijder_gebeurtenis,
    voeg_gebeurtenis_in,
    verwissel,
    wijzig_gebeurtenis,
)
