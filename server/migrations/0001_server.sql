-- Sessions of this node. The token itself is never stored: a copy of this table signs nobody in.
CREATE TABLE server.session (
  token_sm3 text PRIMARY KEY CHECK (token_sm3 ~ '^[0-9a-f]{64}$'),
  csrf_token text NOT NULL,
  user_id uuid NOT NULL,
  -- What the user acts as: an assignment, or (null) their own person, perhaps for somebody they may represent.
  assignment_id uuid,
  on_behalf_of uuid,
  started_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  ended_at timestamptz,
  CHECK (assignment_id IS NULL OR on_behalf_of IS NULL)
);
CREATE INDEX session_of_user ON server.session (user_id);
GRANT SELECT, INSERT ON server.session TO tongban_app;
GRANT UPDATE (assignment_id, on_behalf_of, last_seen_at, ended_at) ON server.session TO tongban_app;
ALTER TABLE server.session ENABLE ROW LEVEL SECURITY;
CREATE POLICY system_only ON server.session USING (ground.actor_is('system'));

-- The answer that was given under an idempotency key, written in the transaction of the change it answers.
CREATE TABLE server.answer (
  user_id uuid NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 8 AND 128),
  -- 'answered', or 'cancelled': the sender gave up waiting, and a request that arrives later must do nothing.
  state text NOT NULL CHECK (state IN ('answered', 'cancelled')),
  route text,
  request_sm3 text,
  status integer,
  body jsonb,
  at timestamptz NOT NULL,
  PRIMARY KEY (user_id, key),
  CHECK ((state = 'answered') = (route IS NOT NULL AND request_sm3 IS NOT NULL AND status IS NOT NULL))
);
GRANT SELECT, INSERT ON server.answer TO tongban_app;
ALTER TABLE server.answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_answers ON server.answer
  USING (ground.actor_is('system') OR user_id = ground.setting('user_id')::uuid);
CREATE TRIGGER answer_append_only BEFORE UPDATE OR DELETE ON server.answer
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER answer_no_truncate BEFORE TRUNCATE ON server.answer
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();

-- The demo world: how far its clock stands from the machine's, and whether its seed is all there.
CREATE TABLE server.demo_clock (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  offset_milliseconds bigint NOT NULL
);
CREATE TABLE server.demo_seed (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  state text NOT NULL CHECK (state IN ('started', 'finished'))
);
GRANT SELECT, INSERT ON server.demo_clock, server.demo_seed TO tongban_app;
GRANT UPDATE (offset_milliseconds) ON server.demo_clock TO tongban_app;
GRANT UPDATE (state) ON server.demo_seed TO tongban_app;
ALTER TABLE server.demo_clock ENABLE ROW LEVEL SECURITY;
ALTER TABLE server.demo_seed ENABLE ROW LEVEL SECURITY;
CREATE POLICY system_only ON server.demo_clock USING (ground.actor_is('system'));
CREATE POLICY system_only ON server.demo_seed USING (ground.actor_is('system'));
