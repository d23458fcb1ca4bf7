-- The roles of one database of the Strategiemonitor. Run it as a superuser, in that database; safe to repeat.
-- The embedded server runs it at every start, docker-compose.yml when the volume is new; for a server of your own:
--   psql -d strategie -f config/diensten/rollen.sql
-- What the site and the reader may do in each table is granted by `manage.py migrate` (common/database/rechten.py).
DO $$
DECLARE
    rol text;
    ding record;
BEGIN
    FOREACH rol IN ARRAY ARRAY['strategie_eigenaar', 'strategie_site', 'strategie_lezer'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = rol) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', rol);
        END IF;
        EXECUTE format('ALTER ROLE %I NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', rol);
    END LOOP;
    -- A copy is rehearsed in a database that is made for it and dropped again.
    ALTER ROLE strategie_eigenaar CREATEDB;

    IF NOT (SELECT datistemplate FROM pg_database WHERE datname = current_database()) THEN
        EXECUTE format('ALTER DATABASE %I OWNER TO strategie_eigenaar', current_database());
    END IF;
    ALTER SCHEMA public OWNER TO strategie_eigenaar;
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO PUBLIC;

    -- What an earlier version made as another role.
    FOR ding IN
        SELECT c.oid::regclass AS naam, CASE c.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END AS soort
        FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
          AND c.relowner <> 'strategie_eigenaar'::regrole
    LOOP
        EXECUTE format('ALTER %s %s OWNER TO strategie_eigenaar', ding.soort, ding.naam);
    END LOOP;
    FOR ding IN
        SELECT c.oid::regclass AS naam FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S' AND c.relowner <> 'strategie_eigenaar'::regrole
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i'))
    LOOP
        EXECUTE format('ALTER SEQUENCE %s OWNER TO strategie_eigenaar', ding.naam);
    END LOOP;
    FOR ding IN
        SELECT p.oid::regprocedure AS naam FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.proowner <> 'strategie_eigenaar'::regrole
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('ALTER ROUTINE %s OWNER TO strategie_eigenaar', ding.naam);
    END LOOP;
END $$;
