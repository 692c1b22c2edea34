-- Signing moves from sending to delivery, where one signature stands for a round; keys come from a directory that the hub signs; whoever takes a
-- message gives a receipt; what is out of order raises an alert.

-- The bytes are made when a message is first delivered; they stand in the evidence.
ALTER TABLE exchange.outbox DROP COLUMN bytes_sm3;
-- What tells a message, however it is signed: SM3 of the canonical envelope. Null: sent or taken before, see the evidence.
ALTER TABLE exchange.outbox ADD COLUMN envelope_sm3 text;
ALTER TABLE exchange.outbox ADD COLUMN reply_to uuid;
ALTER TABLE exchange.inbox DROP COLUMN bytes_sm3;
ALTER TABLE exchange.inbox ADD COLUMN envelope_sm3 text;
ALTER TABLE exchange.inbox ADD COLUMN reply_to uuid;

-- What was sent and is not signed yet (canonical text of the envelope). It tells about persons: only the node itself reads it.
CREATE TABLE exchange.draft (
  message_id uuid PRIMARY KEY REFERENCES exchange.outbox,
  envelope text NOT NULL
);

CREATE FUNCTION exchange.end_draft() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, exchange AS $$
BEGIN
  DELETE FROM exchange.draft d USING added WHERE d.message_id = added.message_id;
  RETURN NULL;
END $$;
CREATE TRIGGER end_draft AFTER INSERT ON exchange.evidence REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION exchange.end_draft();

-- A message whose key was lost before it was taken is signed anew; every signature is kept, and the newest goes out.
ALTER TABLE exchange.evidence ADD COLUMN signed_no integer NOT NULL DEFAULT 1 CHECK (signed_no >= 1);
ALTER TABLE exchange.evidence DROP CONSTRAINT evidence_pkey;
ALTER TABLE exchange.evidence ADD PRIMARY KEY (from_region, message_id, signed_no);
ALTER TABLE exchange.delivery ADD COLUMN signed_no integer NOT NULL DEFAULT 1 CHECK (signed_no >= 1);
GRANT UPDATE (signed_no) ON exchange.delivery TO tongban_app;

-- The partner's receipt for a message that was sent; what was said before receipts were given has none.
ALTER TABLE exchange.delivery ADD COLUMN receipt_id uuid;
GRANT UPDATE (receipt_id) ON exchange.delivery TO tongban_app;

-- The receipt for a message that was taken: the message in which it was given.
ALTER TABLE exchange.handling ADD COLUMN receipt_wanted boolean NOT NULL DEFAULT false;
ALTER TABLE exchange.handling ADD COLUMN receipt_id uuid;
CREATE INDEX ON exchange.handling (from_region) WHERE receipt_wanted AND receipt_id IS NULL;
GRANT UPDATE (receipt_id) ON exchange.handling TO tongban_app;

-- Every version of the directory of keys that this node has heard, as the hub signed it.
CREATE TABLE exchange.directory (
  version integer PRIMARY KEY CHECK (version >= 1),
  issued_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  document text NOT NULL
);

-- Further key pairs of this node, the private half sealed.
CREATE TABLE exchange.signing_key (
  fingerprint text PRIMARY KEY CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
  public_key text NOT NULL,
  sealed_private_key bytea NOT NULL,
  made_at timestamptz NOT NULL
);

-- At the hub: what is to change in the directory. What a region shows by its present key needs nobody; all else two officers.
CREATE TABLE exchange.key_change (
  id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  region text NOT NULL CHECK (region ~ '^[0-9]{6}$'),
  kind text NOT NULL CHECK (kind IN ('add_key', 'reads', 'revoke_key')),
  fingerprint text CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
  public_key text,
  reads jsonb,
  reason text,
  proposed_at timestamptz NOT NULL,
  first_officer uuid,
  second_officer uuid,
  confirmed_at timestamptz,
  directory_version integer,
  CHECK ((kind = 'reads') = (fingerprint IS NULL)),
  CHECK ((kind = 'add_key') = (public_key IS NOT NULL)),
  CHECK ((kind = 'revoke_key') = (reads IS NULL)),
  CHECK (kind <> 'revoke_key' OR (first_officer IS NOT NULL AND reason IS NOT NULL)),
  CHECK (second_officer IS NULL OR (first_officer IS NOT NULL AND first_officer <> second_officer)),
  CHECK (first_officer IS NULL OR (second_officer IS NULL) = (confirmed_at IS NULL)),
  CHECK (directory_version IS NULL OR confirmed_at IS NOT NULL)
);
CREATE INDEX ON exchange.key_change (seq) WHERE directory_version IS NULL;

-- What is out of order, one row for all of a kind with a partner until an officer has seen it, or (nobody) it has mended itself.
CREATE TABLE exchange.alert (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  partner text,
  first_seen_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  count bigint NOT NULL DEFAULT 1,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  CHECK (acknowledged_by IS NULL OR acknowledged_at IS NOT NULL)
);
CREATE UNIQUE INDEX alert_open ON exchange.alert (kind, partner) NULLS NOT DISTINCT WHERE acknowledged_at IS NULL;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['directory', 'signing_key'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON exchange.%I FOR EACH ROW EXECUTE FUNCTION ground.refuse_change()', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['key_change', 'alert'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_removal BEFORE DELETE ON exchange.%I FOR EACH ROW EXECUTE FUNCTION ground.refuse_change()', name);
    EXECUTE format('CREATE POLICY change ON exchange.%I FOR UPDATE USING (ground.actor_is(''system''))', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['directory', 'signing_key', 'key_change', 'alert', 'draft'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON exchange.%I FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change()', name);
    EXECUTE format('ALTER TABLE exchange.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY write ON exchange.%I FOR INSERT WITH CHECK (ground.actor_is(''system''))', name);
    EXECUTE format('GRANT SELECT, INSERT ON exchange.%I TO tongban_app', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['directory', 'key_change', 'alert'] LOOP
    EXECUTE format('CREATE POLICY read ON exchange.%I FOR SELECT USING (ground.actor_is(''system'', ''staff''))', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['signing_key', 'draft'] LOOP
    EXECUTE format('CREATE POLICY read ON exchange.%I FOR SELECT USING (ground.actor_is(''system''))', name);
  END LOOP;
END $$;

GRANT UPDATE (first_officer, second_officer, confirmed_at, directory_version) ON exchange.key_change TO tongban_app;
GRANT UPDATE (last_seen_at, count, acknowledged_at, acknowledged_by) ON exchange.alert TO tongban_app;
