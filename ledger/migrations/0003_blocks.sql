-- Committed transfers are sealed in blocks: every sealed row and every block header carries a digest (SM3) over the one before, so that whoever
-- has kept one hash can tell whether anything before it was changed. The digests are made in code; the database keeps the numbers dense.

CREATE TABLE ledger.block (
  number bigint PRIMARY KEY CHECK (number >= 1),
  format integer NOT NULL CHECK (format = 1),
  previous_number bigint,
  previous_hash text NOT NULL,
  first_position bigint NOT NULL CHECK (first_position >= 1),
  transfer_count integer NOT NULL CHECK (transfer_count >= 1),
  rows_hash text NOT NULL CHECK (rows_hash ~ '^[0-9a-f]{64}$'),
  sealed_at timestamptz NOT NULL,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  UNIQUE (number, hash),
  FOREIGN KEY (previous_number, previous_hash) REFERENCES ledger.block (number, hash),
  CHECK (previous_number IS NOT DISTINCT FROM nullif(number - 1, 0)),
  CHECK (number > 1 OR (first_position = 1 AND previous_hash = repeat('0', 64)))
);
CREATE INDEX ON ledger.block (sealed_at);

CREATE TABLE ledger.sealed_transfer (
  position bigint PRIMARY KEY,
  block_number bigint NOT NULL REFERENCES ledger.block,
  transfer_id uuid NOT NULL UNIQUE REFERENCES ledger.transfer,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$')
);

-- What is recorded and not in a block yet, in the order of recording.
CREATE TABLE ledger.awaiting_seal (
  seq bigint PRIMARY KEY,
  transfer_id uuid NOT NULL
);
INSERT INTO ledger.awaiting_seal (seq, transfer_id) SELECT seq, id FROM ledger.transfer;

CREATE FUNCTION ledger.await_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
BEGIN
  INSERT INTO ledger.awaiting_seal (seq, transfer_id) VALUES (NEW.seq, NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER await_seal AFTER INSERT ON ledger.transfer FOR EACH ROW EXECUTE FUNCTION ledger.await_seal();

-- A sealed row takes a number of its block and leaves those that wait. At the block's commit all its numbers are taken.
CREATE FUNCTION ledger.apply_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
DECLARE
  taken integer;
BEGIN
  IF EXISTS (SELECT FROM added JOIN ledger.block b ON b.number = added.block_number
             WHERE added.position NOT BETWEEN b.first_position AND b.first_position + b.transfer_count - 1) THEN
    RAISE EXCEPTION 'seal_beyond_block: a block has only the rows it was sealed with' USING ERRCODE = 'check_violation';
  END IF;
  DELETE FROM ledger.awaiting_seal w USING added WHERE w.transfer_id = added.transfer_id
    AND w.seq = (SELECT t.seq FROM ledger.transfer t WHERE t.id = added.transfer_id);
  GET DIAGNOSTICS taken = ROW_COUNT;
  IF taken <> (SELECT count(*) FROM added) THEN
    RAISE EXCEPTION 'seal_not_awaited: only transfers that wait for it are sealed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER apply_seal AFTER INSERT ON ledger.sealed_transfer REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.apply_seal();

-- At commit: a block begins where the one before ends, has all its rows, and names the hash of the last.
CREATE FUNCTION ledger.require_block() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
DECLARE
  last bigint := NEW.first_position + NEW.transfer_count - 1;
BEGIN
  IF (SELECT count(*) FROM ledger.sealed_transfer WHERE position BETWEEN NEW.first_position AND last AND block_number = NEW.number)
       <> NEW.transfer_count
     OR (SELECT hash FROM ledger.sealed_transfer WHERE position = last) IS DISTINCT FROM NEW.rows_hash
     OR EXISTS (SELECT FROM ledger.block b WHERE b.number = NEW.previous_number AND b.first_position + b.transfer_count <> NEW.first_position)
  THEN
    RAISE EXCEPTION 'block_incomplete: block % must hold the rows % to %', NEW.number, NEW.first_position, last
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER require_block AFTER INSERT ON ledger.block DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ledger.require_block();

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['block', 'sealed_transfer'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON ledger.%I FOR EACH ROW EXECUTE FUNCTION ground.refuse_change()', name);
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON ledger.%I FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change()', name);
    EXECUTE format('CREATE POLICY write ON ledger.%I FOR INSERT WITH CHECK (ground.actor_is(''system''))', name);
    EXECUTE format('GRANT INSERT ON ledger.%I TO tongban_app', name);
  END LOOP;
  -- Digests and numbers tell nothing of what was booked, and any officer may keep them.
  FOREACH name IN ARRAY ARRAY['block', 'sealed_transfer', 'awaiting_seal'] LOOP
    EXECUTE format('ALTER TABLE ledger.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY read ON ledger.%I FOR SELECT USING (ground.actor_is(''system'', ''staff''))', name);
    EXECUTE format('GRANT SELECT ON ledger.%I TO tongban_app', name);
  END LOOP;
END $$;
