"""What the site and the reader may do in each table: derived from the models, and granted after every migration.

In a table without a line here the site reads, adds and changes rows, and removes none. Nowhere may it TRUNCATE, make
a trigger, refer to a table or set a sequence; and no table that a migration adds gets such a right by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from common.vaststellen.model import Vaststelling

ALLEEN_LEZEN = {
    "auth.Group": "our roles are Rolvervullingen; Django's groups stay empty",
    "auth.Group_permissions": "as the groups",
    "auth.Permission": "written by migrate",
    "accounts.User_groups": "as the groups",
    "accounts.User_user_permissions": "as the groups",
    "contenttypes.ContentType": "written by migrate",
    "common.Schakel": "the chain of the trail is written by its triggers alone",
}
ALLEEN_TOEVOEGEN = {
    "common.AuditEvent": "the trail only grows",
    "common.Wijziging": "says only that something was written",
    "monitor.Importregel": "what is put right is written anew, with all that was said of it",
    "monitor.Opmerking": "what was said was said",
    "monitor.Indicator_niet_voor": "a pair is there or not",
    "monitor.Definitie_niet_voor": "a pair is there or not",
    "sturing.Boomdeel": "what it stands for never changes",
    "sturing.Gebeurtenis_indicatoren": "what an event touches never changes",
    "sturing.Gebeurtenis_onderdelen": "what an event touches never changes",
}
"""No row is ever changed."""

WEG_MAG = {
    "accounts.Sessie": "a day after it ended",
    "accounts.Misser": "a failed log-in counts for a quarter of an hour",
    "common.Figuur": "a drawing that nobody asked for lately is made again",
    "common.Wijziging": "kept for a day",
    "formatie.Scenario": "what somebody tried out, no value",
    "formatie.Scenarioregel": "goes with its scenario",
    "monitor.Kolomkoppeling": "how somebody's files call a column, no value",
    "monitor.Verkenning": "a question somebody kept, no value",
    "monitor.Doelbereik": "a verdict is replaced by a new row",
    "monitor.Herberekenverzoek": "done",
    "monitor.Importregel": "a file that is judged again, or of which rows go on as another",
    "monitor.Indicator_niet_voor": "the files of the agenda say so",
    "monitor.Definitie_niet_voor": "the files of the agenda or a decision say so",
    "monitor.Doelstelling": "a proposal is taken back; a trigger keeps what was submitted or decided",
    "monitor.Definitieversie": "as a target",
    "monitor.Grensbesluit": "as a target",
    "formatie.Organisatiebesluit": "as a target",
    "sturing.Koppeling": "as a target",
    "sturing.Volging": "somebody follows a thing no longer",
    "sturing.Ambitiestand": "as a target",
}
ALLEEN_DEZE_KOLOMMEN = {
    "accounts.Rolvoorstel": ("besluit", "besloten_door", "besloten_op"),
    "monitor.Eigenaarschap": ("geldig_tot",),
    "monitor.Vermelding": ("gezien_op",),
    "sturing.Gebeurtenis": ("ingetrokken_op", "ingetrokken_door", "intrekreden"),
    "monitor.Afsluiting": ("gevraagd_door", "gevraagd_op", "heropenreden", "heropend_door", "heropend_op"),
}
"""What follows later; who began it and when never changes. Of a version: all but its place (``_kolommen``)."""

GEHEIM: dict[str, tuple[str, ...]] = {
    "accounts.User": ("password",),
    "accounts.Sessie": (),
    "accounts.ApiToken": (),
    "accounts.Toegangslink": (),
    "accounts.Kalenderadres": (),
}
"""Model → what the reader gets no sight of; empty: nothing of it at all."""

# pgtrigger's own version believes the setting of whoever is connected, so that anybody can switch off any trigger.
_NEGEER_TRIGGER = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN LANGUAGE plpgsql AS $$
DECLARE
    eigenaar oid;
    namen text := current_setting('pgtrigger.ignore', true);
BEGIN
    IF namen IS NULL OR namen = '' THEN
        RETURN FALSE;
    END IF;
    SELECT proowner INTO eigenaar FROM pg_catalog.pg_proc
    WHERE oid = 'public._pgtrigger_should_ignore(name)'::pg_catalog.regprocedure;
    RETURN pg_has_role(session_user, eigenaar, 'MEMBER') AND pg_has_role(current_user, eigenaar, 'MEMBER')
        AND trigger_name = ANY (namen::text[]);
END $$
"""
_VAN_ONS = "SELECT pg_has_role(datdba, 'MEMBER') FROM pg_database WHERE datname = current_database()"
_ROLLEN = "SELECT count(*) = 2 FROM pg_roles WHERE rolname IN (%s, %s)"
_TABELLEN = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


def geef_rechten() -> None:
    """Take every right away and give those of this file, in one transaction; call it as the owner."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_NEGEER_TRIGGER)
        if not _waar(cursor, _ROLLEN, [settings.SITEROL, settings.LEZERROL]):
            return
        for opdracht in _opdrachten(_waar(cursor, _VAN_ONS)):
            cursor.execute(opdracht)


def _waar(cursor: Any, vraag: str, waarden: list[str] | None = None) -> bool:
    cursor.execute(vraag, waarden)
    return bool(cursor.fetchone()[0])


def _opdrachten(database_van_ons: bool) -> Iterator[str]:
    naam, beide = connection.ops.quote_name, f"{settings.SITEROL}, {settings.LEZERROL}"
    if database_van_ons:
        # A temporary table would hide the real one from a trigger that looks in it.
        yield f"REVOKE ALL ON DATABASE {naam(str(connection.settings_dict['NAME']))} FROM PUBLIC, {beide}"
        yield f"GRANT CONNECT ON DATABASE {naam(str(connection.settings_dict['NAME']))} TO {beide}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {beide}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {beide}"
    yield f"GRANT SELECT ON django_migrations TO {beide}"
    with connection.cursor() as cursor:
        cursor.execute(_TABELLEN)
        aanwezig = {tabel for (tabel,) in cursor.fetchall()}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and model._meta.db_table in aanwezig:
            tabel = naam(model._meta.db_table)
            for recht, kolommen in rechten_van_site(model).items():
                yield f"GRANT {recht}{_lijst(kolommen)} ON {tabel} TO {settings.SITEROL}"
            if (zichtbaar := _voor_lezer(model)) is not None:
                yield f"GRANT SELECT{_lijst(zichtbaar)} ON {tabel} TO {settings.LEZERROL}"


def _lijst(kolommen: tuple[str, ...]) -> str:
    return f" ({', '.join(map(connection.ops.quote_name, kolommen))})" if kolommen else ""


def rechten_van_site(model: type[models.Model]) -> dict[str, tuple[str, ...]]:
    """Right → its columns; none: the whole table."""
    label = model._meta.label
    rechten: dict[str, tuple[str, ...]] = {"SELECT": ()}
    if label in ALLEEN_LEZEN:
        return rechten
    rechten["INSERT"] = ()
    if label not in ALLEEN_TOEVOEGEN:
        rechten["UPDATE"] = _kolommen(model)
    if label in WEG_MAG:
        rechten["DELETE"] = ()
    return rechten


def _kolommen(model: type[models.Model]) -> tuple[str, ...]:
    """Which columns change; none: all. Of a version the place, its key and whether it is fictitious never do."""
    velden = {veld.name: str(veld.column) for veld in model._meta.concrete_fields}
    if issubclass(model, Vaststelling):
        vast = {*model.vaste_velden(), "demo", model._meta.pk.name}
        return tuple(kolom for naam, kolom in velden.items() if naam not in vast)
    return tuple(velden[naam] for naam in ALLEEN_DEZE_KOLOMMEN.get(model._meta.label, ()))


def _voor_lezer(model: type[models.Model]) -> tuple[str, ...] | None:
    geheim = GEHEIM.get(model._meta.label)
    if geheim is None:
        return ()
    return tuple(str(v.column) for v in model._meta.concrete_fields if v.name not in geheim) if geheim else None
