-- The chain of the trail. Run by a migration, so that bulk inserts, COPY and plain SQL cannot pass it by.

-- What is hashed: a JSON array of the number, the hash before it and every column, jsonb as the database prints it.
CREATE FUNCTION spoor_tekst(nummer bigint, vorige text, g common_auditevent) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(
        nummer, vorige, g.id, to_char(g.op AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), g.door_id, g.door_naam,
        g.handeling, g.object_soort, g.object_id, g.object_naam, g.van::text, g.naar::text, g.reden, g.herkomst,
        g.stand::text
    )::text
$$;

CREATE FUNCTION spoor_hash(nummer bigint, vorige text, g common_auditevent) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(spoor_tekst(nummer, vorige, g), 'UTF8')), 'hex')
$$;

-- Links one event to the head. The lock makes one writer at a time; it is Slot.SPOOR in common/locks.py.
CREATE FUNCTION spoor_verzegel(welke bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    g common_auditevent;
    volgende bigint;
    kop text;
BEGIN
    PERFORM pg_advisory_xact_lock(20, 0);
    SELECT * INTO g FROM common_auditevent WHERE id = welke;
    SELECT nummer + 1, hash INTO volgende, kop FROM common_schakel
    WHERE nummer IS NOT NULL ORDER BY nummer DESC LIMIT 1;
    IF NOT FOUND THEN
        volgende := 1;
        kop := repeat('0', 64);
    END IF;
    UPDATE common_schakel SET nummer = volgende, vorige = kop, hash = spoor_hash(volgende, kop, g)
    WHERE gebeurtenis = welke;
END
$$;

-- Two steps, both when the transaction ends. Triggers that the first round queues run in a second one, after every
-- other deferred check: so nobody waits for a row while holding the lock of the chain, and no two can wait for each
-- other. SECURITY DEFINER: who may insert an event need not be able to write the chain.
CREATE FUNCTION spoor_meld_aan() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO common_schakel (gebeurtenis, vorige, hash) VALUES (NEW.id, '', '');
    RETURN NULL;
END
$$;

CREATE FUNCTION spoor_sluit_aan() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM spoor_verzegel(NEW.gebeurtenis);
    RETURN NULL;
END
$$;

-- What was there before the chain, in the order in which it was written.
INSERT INTO common_schakel (gebeurtenis, vorige, hash) SELECT id, '', '' FROM common_auditevent;
DO $$
DECLARE
    welke bigint;
BEGIN
    FOR welke IN SELECT id FROM common_auditevent ORDER BY id LOOP
        PERFORM spoor_verzegel(welke);
    END LOOP;
END
$$;

CREATE CONSTRAINT TRIGGER spoor_meld_aan AFTER INSERT ON common_auditevent
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION spoor_meld_aan();
CREATE CONSTRAINT TRIGGER spoor_sluit_aan AFTER INSERT ON common_schakel
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION spoor_sluit_aan();
