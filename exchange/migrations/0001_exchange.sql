-- What this node says to others and hears from them. What was said and heard is only added; how far it got is kept beside it.

CREATE TABLE exchange.outbox (
  message_id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  to_region text NOT NULL CHECK (to_region ~ '^[0-9]{6}$'),
  kind text NOT NULL,
  version integer NOT NULL CHECK (version >= 1),
  about text,
  sent_at timestamptz NOT NULL,
  bytes_sm3 text NOT NULL
);
CREATE INDEX ON exchange.outbox (about) WHERE about IS NOT NULL;

CREATE TABLE exchange.delivery (
  message_id uuid PRIMARY KEY REFERENCES exchange.outbox,
  -- As in the outbox: what waits for one partner is found without what waits for others.
  to_region text NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'refused')),
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL,
  ended_at timestamptz,
  last_failure text,
  CHECK ((state = 'waiting') = (ended_at IS NULL))
);
CREATE INDEX ON exchange.delivery (next_attempt_at) WHERE state = 'waiting';
CREATE INDEX ON exchange.delivery (to_region, next_attempt_at) WHERE state = 'waiting';
CREATE INDEX ON exchange.delivery (state) WHERE state <> 'delivered';

CREATE TABLE exchange.inbox (
  from_region text NOT NULL CHECK (from_region ~ '^[0-9]{6}$'),
  message_id uuid NOT NULL,
  kind text NOT NULL,
  version integer NOT NULL CHECK (version >= 1),
  about text,
  sent_at timestamptz NOT NULL,
  taken_at timestamptz NOT NULL,
  bytes_sm3 text NOT NULL,
  -- A message id is its sender's own: no region can take the place of another's message.
  PRIMARY KEY (from_region, message_id)
);
CREATE INDEX ON exchange.inbox (about) WHERE about IS NOT NULL;

CREATE TABLE exchange.handling (
  from_region text NOT NULL,
  message_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('done', 'failed')),
  code text,
  params jsonb,
  handled_at timestamptz NOT NULL,
  PRIMARY KEY (from_region, message_id),
  FOREIGN KEY (from_region, message_id) REFERENCES exchange.inbox,
  CHECK ((state = 'failed') = (code IS NOT NULL))
);
CREATE INDEX ON exchange.handling (handled_at) WHERE state = 'failed';

CREATE TABLE exchange.refused (
  id uuid PRIMARY KEY,
  received_at timestamptz NOT NULL,
  reason text NOT NULL,
  claimed_from text,
  bytes_sm3 text NOT NULL,
  size_bytes integer NOT NULL
);

-- The signed bytes of both sides, for a third party to check.
CREATE TABLE exchange.evidence (
  from_region text NOT NULL,
  message_id uuid NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (from_region, message_id)
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['outbox', 'inbox', 'refused', 'evidence'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON exchange.%I FOR EACH ROW EXECUTE FUNCTION ground.refuse_change()', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['delivery', 'handling'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_removal BEFORE DELETE ON exchange.%I FOR EACH ROW EXECUTE FUNCTION ground.refuse_change()', name);
    EXECUTE format('CREATE POLICY change ON exchange.%I FOR UPDATE USING (ground.actor_is(''system''))', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['outbox', 'delivery', 'inbox', 'handling', 'refused', 'evidence'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON exchange.%I FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change()', name);
    EXECUTE format('ALTER TABLE exchange.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY write ON exchange.%I FOR INSERT WITH CHECK (ground.actor_is(''system''))', name);
    EXECUTE format('GRANT SELECT, INSERT ON exchange.%I TO tongban_app', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['outbox', 'delivery', 'inbox', 'handling', 'refused'] LOOP
    EXECUTE format('CREATE POLICY read ON exchange.%I FOR SELECT USING (ground.actor_is(''system'', ''staff''))', name);
  END LOOP;
END $$;

-- The bytes tell about persons: only the node itself reads them.
CREATE POLICY read ON exchange.evidence FOR SELECT USING (ground.actor_is('system'));
GRANT UPDATE (state, attempts, next_attempt_at, ended_at, last_failure) ON exchange.delivery TO tongban_app;
GRANT UPDATE (state, code, params, handled_at) ON exchange.handling TO tongban_app;
