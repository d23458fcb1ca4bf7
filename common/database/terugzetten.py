"""Put a copy into an empty database, and rehearse that in one that is made for it and dropped again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import identify_hasher
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from psycopg import sql

from common.database.kopie import Kopiefout, Manifest, lees_inhoud, lees_manifest, voer_uit
from common.database.rollen import als_eigenaar
from common.vaststellen.audit import AuditEvent, gebeurtenis, leg_vast

Spoorfouten = Callable[[], Sequence[str]]  # what is wrong in the trail of the connected database, in sentences
VERVALT = ("accounts.Sessie", "accounts.ApiToken")
"""What lets somebody in without a password: withdrawn since the copy was made, it would let them in again."""


@dataclass(frozen=True)
class Herstel:
    manifest: Manifest
    nieuwe_migraties: int  # that were done on top of the copy
    controles: list[str]  # Dutch, what was looked at and found right


def zet_terug(kopie: Path, spoorfouten: Spoorfouten) -> Herstel:
    """Restore into the connected database, which must be empty; call it as the owner. Raises Kopiefout."""
    manifest = lees_manifest(kopie)
    _eis_bekende_migraties(manifest)
    _eis_leeg()
    controles = _herstel(kopie, manifest)
    nieuw = _migreer(manifest)
    return Herstel(manifest, nieuw, [*controles, _controleer_spoor(spoorfouten)])


def proef(kopie: Path, spoorfouten: Spoorfouten) -> Herstel:
    """The same in a database of its own, and whether somebody could log in there."""
    lees_manifest(kopie)
    with als_eigenaar(), _proefdatabase():
        herstel = zet_terug(kopie, spoorfouten)
        controle = _controleer_inloggen()
    return Herstel(herstel.manifest, herstel.nieuwe_migraties, [*herstel.controles, controle])


def _eis_bekende_migraties(manifest: Manifest) -> None:
    bekend = set(MigrationExecutor(None).loader.disk_migrations)
    if vreemd := [een for een in manifest.migraties if tuple(een) not in bekend]:
        raise Kopiefout(
            f"De kopie is van een andere versie ({manifest.software}): deze versie kent migratie "
            f"{'.'.join(vreemd[0])} niet. Installeer eerst de versie waarmee de kopie is gemaakt."
        )


def _eis_leeg() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        aantal = cursor.fetchone()[0]
    if aantal:
        raise Kopiefout(
            f"De database {connection.settings_dict['NAME']} is niet leeg ({aantal} tabellen). Een kopie gaat alleen "
            "in een lege database: maak een nieuwe en noem die in DATABASE_URL en DATABASE_URL_EIGENAAR."
        )


def _herstel(kopie: Path, manifest: Manifest) -> list[str]:
    voer_uit("pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(kopie))
    stand = lees_inhoud()
    tabellen = sorted(stand["rijen"].keys() | manifest.rijen.keys())
    if anders := [tabel for tabel in tabellen if stand["rijen"].get(tabel) != manifest.rijen.get(tabel)]:
        raise Kopiefout(f"Na het terugzetten kloppen de aantallen niet van: {', '.join(anders)}.")
    if stand["migraties"] != manifest.migraties:
        raise Kopiefout("Na het terugzetten kloppen de migraties niet met die van de kopie.")
    if (stand["gebeurtenissen"], stand["kop"]) != (manifest.gebeurtenissen, manifest.kop):
        raise Kopiefout("Na het terugzetten eindigt het auditspoor niet waar het in de kopie eindigde.")
    rijen = sum(manifest.rijen.values())
    return [
        f"SHA-256 klopt ({manifest.sha256[:12]}…)",
        f"{rijen} rijen in {len(manifest.rijen)} tabellen, gelijk aan de kopie",
        f"{len(manifest.migraties)} migraties, gelijk aan de kopie",
        f"het auditspoor eindigt bij gebeurtenis {manifest.gebeurtenissen}, als in de kopie",
    ]


def _migreer(manifest: Manifest) -> int:
    """Bring an older copy up to date; the rights of the roles are granted with it."""
    call_command("migrate", verbosity=0)
    return len(lees_inhoud()["migraties"]) - len(manifest.migraties)


def _controleer_spoor(spoorfouten: Spoorfouten) -> str:
    if fouten := spoorfouten():
        raise Kopiefout(f"Het auditspoor van de kopie is niet in orde: {fouten[0]}")
    return "het auditspoor is heel en alles volgt eruit"


def _controleer_inloggen() -> str:
    """An active account has a password that can be checked, and a session finds it back."""
    actief = [user for user in get_user_model().objects.filter(is_active=True) if user.has_usable_password()]
    if not actief:
        raise Kopiefout("In de kopie staat geen account dat kan inloggen.")
    identify_hasher(actief[0].password)
    store = SessionMiddleware(lambda _: HttpResponse()).SessionStore  # as the site keeps them
    sessie = store()
    sessie["_auth_user_id"] = str(actief[0].pk)
    sessie.create()
    terug = store(sessie.session_key)
    if terug.get("_auth_user_id") != str(actief[0].pk):
        raise Kopiefout("In de teruggezette database blijft een sessie niet bewaard.")
    return f"{len(actief)} accounts kunnen inloggen"


@contextmanager
def _proefdatabase() -> Iterator[None]:
    """An empty database beside the connected one; dropped whatever happens."""
    echt = connection.settings_dict["NAME"]
    naam = f"{echt}_controle_{os.getpid()}"
    _op_de_server("CREATE DATABASE {}", naam)
    connection.close()
    connection.settings_dict["NAME"] = naam
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = echt
        _gooi_weg(naam)


def _gooi_weg(naam: str) -> None:
    """Without force the server ends its own vacuum there; with it this role would have to, and may not."""
    try:
        _op_de_server("DROP DATABASE IF EXISTS {}", naam)
    except OperationalError:
        _op_de_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", naam)


def _op_de_server(opdracht: str, naam: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql.SQL(opdracht).format(sql.Identifier(naam)))


@transaction.atomic
def maak_ongeldig(herstel: Herstel, bestand: str) -> dict[str, int]:
    """End every session and key, and mark the gap in the trail. Gives how many of each ended."""
    weg: dict[str, Any] = {label: apps.get_model(label)._default_manager.all().delete()[0] for label in VERVALT}
    moment = datetime.fromisoformat(herstel.manifest.gemaakt_op)
    laatste = AuditEvent.objects.order_by("-id").first() or AuditEvent(op=moment)
    reden = f"Teruggezet uit de kopie van {moment:%d-%m-%Y %H:%M} UTC ({bestand})."
    leg_vast([gebeurtenis("teruggezet", laatste, door=None, herkomst="zet_terug", naar=weg, reden=reden)])
    return weg
