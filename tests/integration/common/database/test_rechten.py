"""What each role may do, as the catalogue says, and what happens to who tries more."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection

from common.database import rechten
from config.diensten.plaats import EIGENAAR, LEZER, SITE
from formatie.models import Bezetting
from monitor.models import Meting
from tests.databaserol import als, als_eigenaar_in_transactie
from tests.factories import MetingFactory

pytestmark = pytest.mark.django_db
VERBODEN = ("TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN")
LIJSTEN = (
    rechten.ALLEEN_LEZEN,
    rechten.ALLEEN_TOEVOEGEN,
    rechten.WEG_MAG,
    rechten.ALLEEN_DEZE_KOLOMMEN,
    rechten.GEHEIM,
)


def _vraag(vraag: str, *waarden: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(vraag, waarden)
        return cursor.fetchall()


def _in_catalogus(rol: str) -> dict[str, set[str]]:
    """Table → what is granted on all of it, or on the columns of a right as RIGHT(column)."""
    gegeven: dict[str, set[str]] = {}
    for tabel, recht in _vraag(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = %s", rol
    ):
        gegeven.setdefault(str(tabel), set()).add(str(recht))
    for tabel, kolom, recht in _vraag(
        "SELECT c.relname, a.attname, x.privilege_type FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid, "
        "aclexplode(a.attacl) x WHERE x.grantee = %s::regrole",
        rol,
    ):
        gegeven.setdefault(str(tabel), set()).add(f"{recht}({kolom})")
    return gegeven


def test_elke_regel_van_de_tabel_noemt_een_model() -> None:
    bekend = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert set().union(*LIJSTEN) <= bekend
    assert all(reden for lijst in LIJSTEN[:3] for reden in lijst.values())


def test_de_site_heeft_precies_de_rechten_van_de_tabel() -> None:
    verwacht = {"django_migrations": {"SELECT"}}
    for model in apps.get_models(include_auto_created=True):
        per_tabel = verwacht.setdefault(model._meta.db_table, set())
        for recht, kolommen in rechten.rechten_van_site(model).items():
            per_tabel |= {f"{recht}({kolom})" for kolom in kolommen} or {recht}
    assert _in_catalogus(SITE) == verwacht


def test_wat_twee_personen_vaststelden_raakt_de_site_alleen_waar_dat_hoort() -> None:
    mag = _in_catalogus(SITE)
    assert mag["common_auditevent"] == {"SELECT", "INSERT"}
    for model in (Meting, Bezetting):
        assert "DELETE" not in mag[model._meta.db_table]
        assert not mag[model._meta.db_table] & {"UPDATE", "UPDATE(id)", "UPDATE(jaar)", "UPDATE(onderdeel_id)"}


def test_de_lezer_leest_alleen_en_geen_geheimen() -> None:
    mag = _in_catalogus(LEZER)
    assert {recht.split("(")[0] for een in mag.values() for recht in een} == {"SELECT"}
    assert "accounts_sessie" not in mag
    assert "accounts_apitoken" not in mag
    assert "SELECT" not in mag["accounts_user"]
    assert "SELECT(password)" not in mag["accounts_user"]


def test_niemand_anders_mag_iets_en_de_site_nergens_het_verbodene() -> None:
    anders = _vraag(
        "SELECT c.relname, x.grantee::regrole::text, x.privilege_type FROM pg_class c, aclexplode(c.relacl) x "
        "WHERE c.relnamespace = 'public'::regnamespace AND (x.grantee = 0 OR x.grantee <> c.relowner "
        "AND x.privilege_type = ANY(%s))",
        list(VERBODEN),
    )
    assert anders == []


def test_alles_is_van_de_eigenaar() -> None:
    assert (
        _vraag(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relowner <> %s::regrole",
            EIGENAAR,
        )
        == []
    )
    assert (
        _vraag(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proowner <> %s::regrole",
            EIGENAAR,
        )
        == []
    )


def test_een_nieuwe_tabel_krijgt_vanzelf_geen_enkel_recht() -> None:
    with als(EIGENAAR), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE nieuw (n int)")
    with als(EIGENAAR):
        rechten.geef_rechten()
    assert "nieuw" not in _in_catalogus(SITE)
    with pytest.raises(ProgrammingError, match="permission denied"):
        _vraag("SELECT * FROM nieuw")


@pytest.fixture
def verbinding(request: pytest.FixtureRequest) -> Iterator[psycopg.Connection]:
    """A connection of its own as this role, as who knows the address of the database would make one."""
    d = settings.DATABASES["default"]
    with psycopg.connect(host=d["HOST"], port=d["PORT"], user=request.param, dbname=d["NAME"]) as nieuw:
        yield nieuw
        nieuw.rollback()


AANVALLEN = (
    "ALTER TABLE common_auditevent DISABLE TRIGGER ALL",
    "ALTER TABLE monitor_meting DISABLE TRIGGER USER",
    "SET session_replication_role = replica",
    "TRUNCATE common_auditevent",
    "TRUNCATE monitor_doelbereik",
    "UPDATE common_auditevent SET reden = 'x'",
    "DELETE FROM common_auditevent",
    "DELETE FROM monitor_meting",
    "UPDATE monitor_meting SET jaar = 2020",
    "UPDATE monitor_afsluiting SET gesloten_op = now()",
    "UPDATE django_migrations SET name = 'x'",
    "DROP TABLE common_auditevent",
    "DROP TRIGGER noteer_wijziging ON monitor_meting",
    "ALTER TABLE common_auditevent OWNER TO strategie_site",
    "CREATE TABLE monitor_proef (n int)",
    "CREATE TEMP TABLE monitor_afsluiting (jaar int, kwartaal int, heropend_op date)",
    "CREATE SCHEMA eigen",
    "CREATE FUNCTION public.proef() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(n NAME) RETURNS BOOLEAN LANGUAGE sql AS 'SELECT TRUE'",
    "CREATE EXTENSION dblink",
    "CREATE ROLE nog_een SUPERUSER",
    "ALTER ROLE strategie_site SUPERUSER",
    "SET ROLE strategie_eigenaar",
    "SET SESSION AUTHORIZATION strategie",
    "GRANT strategie_eigenaar TO strategie_site",
    "COPY monitor_meting TO PROGRAM 'cat'",
    "COPY monitor_meting TO '/dev/null'",
    "SELECT pg_read_file('postgresql.conf')",
    "SELECT pg_ls_dir('.')",
    "SELECT lo_import('/etc/hostname')",
    "SELECT pg_reload_conf()",
    "SELECT setval('common_auditevent_id_seq', 1)",
    "LOCK TABLE common_auditevent IN ACCESS EXCLUSIVE MODE",
    "SELECT rolpassword FROM pg_authid",
)


@pytest.mark.parametrize("verbinding", [SITE, LEZER], indirect=True)
@pytest.mark.parametrize("aanval", AANVALLEN)
def test_een_aanval_met_de_rol_zelf(verbinding: psycopg.Connection, aanval: str) -> None:
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported)):
        verbinding.execute(aanval)


@pytest.mark.parametrize("verbinding", [SITE, LEZER], indirect=True)
def test_de_rol_geeft_zichzelf_niets(verbinding: psycopg.Connection) -> None:
    verbinding.execute("GRANT DELETE ON common_auditevent TO strategie_site, strategie_lezer")  # a warning, and nothing
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        verbinding.execute("DELETE FROM common_auditevent")


@pytest.mark.parametrize("verbinding", [LEZER], indirect=True)
@pytest.mark.parametrize(
    "opdracht",
    [
        "INSERT INTO common_wijziging DEFAULT VALUES",
        "UPDATE accounts_user SET is_active = false",
        "DELETE FROM common_wijziging",
        "SELECT password FROM accounts_user",
        "SELECT * FROM accounts_sessie",
        "SELECT id FROM monitor_meting FOR UPDATE",
    ],
)
def test_de_lezer_schrijft_niets_en_leest_geen_geheim(verbinding: psycopg.Connection, opdracht: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        verbinding.execute(opdracht)


@pytest.mark.parametrize("verbinding", [LEZER], indirect=True)
def test_de_lezer_leest_wel_wat_geen_geheim_is(verbinding: psycopg.Connection) -> None:
    verbinding.execute("SELECT username FROM accounts_user")
    verbinding.execute("SELECT * FROM monitor_meting")


NEGEER = "SELECT set_config('pgtrigger.ignore', '{%s}', true)"
_TRIGGER = "SELECT tgname FROM pg_trigger WHERE tgrelid = 'monitor_meting'::regclass AND tgname LIKE 'pgtrigger_vast%%'"


def test_de_site_zet_geen_trigger_uit_met_een_instelling() -> None:
    MetingFactory(waarde=1)
    [(naam,)] = _vraag(_TRIGGER)
    _vraag(NEGEER % naam)
    with pytest.raises(ProgrammingError, match="Cannot update"):
        Meting.objects.update(waarde=2)


def test_de_eigenaar_kan_dat_wel_want_die_wist_de_demo() -> None:
    MetingFactory(waarde=1)
    [(naam,)] = _vraag(_TRIGGER)
    with als_eigenaar_in_transactie({}):
        _vraag(NEGEER % naam)
        assert Meting.objects.update(waarde=2) == 1


def test_in_een_functie_van_de_eigenaar_blijft_de_site_de_site() -> None:
    """What the database does for the site with more rights does not pass a trigger either."""
    MetingFactory(waarde=1)
    [(naam,)] = _vraag(_TRIGGER)
    with als(EIGENAAR), connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION proef() RETURNS void LANGUAGE sql SECURITY DEFINER "
            "AS 'UPDATE monitor_meting SET waarde = 2'"
        )
        cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {SITE}")
    _vraag(NEGEER % naam)
    with pytest.raises(ProgrammingError, match="Cannot update"):
        _vraag("SELECT proef()")
