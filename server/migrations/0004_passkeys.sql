-- Passkeys (WebAuthn): the public half of a key pair that stays with its owner. They belong to this node alone, like its sessions.
CREATE TABLE server.passkey (
  id uuid PRIMARY KEY,
  -- As the authenticator names it, base64url.
  credential_id text NOT NULL CONSTRAINT passkey_once UNIQUE,
  user_id uuid NOT NULL,
  name text NOT NULL CHECK (length(btrim(name)) BETWEEN 1 AND 60),
  public_key bytea NOT NULL,
  -- What the authenticator counts up at each use; 0 where it does not count.
  counter bigint NOT NULL CHECK (counter >= 0),
  transports text[] NOT NULL,
  -- True for one that is kept with an account of its maker's and comes to new devices.
  synced boolean NOT NULL,
  added_at timestamptz NOT NULL,
  last_used_at timestamptz,
  removed_at timestamptz
);
CREATE INDEX passkey_of_user ON server.passkey (user_id);
ALTER TABLE server.passkey ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON server.passkey FOR SELECT
  USING (ground.actor_is('system') OR user_id = ground.setting('user_id')::uuid);
CREATE POLICY add ON server.passkey FOR INSERT WITH CHECK (ground.actor_is('system'));
CREATE POLICY change ON server.passkey FOR UPDATE USING (ground.actor_is('system'));
GRANT SELECT, INSERT, UPDATE (counter, last_used_at, removed_at) ON server.passkey TO tongban_app;

-- What an authenticator was asked to sign: once, and soon. Kept only as a digest.
CREATE TABLE server.passkey_challenge (
  challenge_sm3 text PRIMARY KEY CHECK (challenge_sm3 ~ '^[0-9a-f]{64}$'),
  -- Who adds a passkey; null where somebody signs in.
  user_id uuid,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
ALTER TABLE server.passkey_challenge ENABLE ROW LEVEL SECURITY;
CREATE POLICY system_only ON server.passkey_challenge USING (ground.actor_is('system'));
GRANT SELECT, INSERT, UPDATE (used_at) ON server.passkey_challenge TO tongban_app;

-- What happened to somebody's ways to sign in, for them to see.
CREATE TABLE server.sign_in_event (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id uuid NOT NULL,
  what text NOT NULL CHECK (what IN
    ('password_used', 'password_refused', 'passkey_used', 'passkey_refused', 'passkey_added', 'passkey_removed')),
  passkey_id uuid REFERENCES server.passkey,
  at timestamptz NOT NULL
);
CREATE INDEX sign_in_event_of_user ON server.sign_in_event (user_id, seq);
ALTER TABLE server.sign_in_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON server.sign_in_event FOR SELECT
  USING (ground.actor_is('system') OR user_id = ground.setting('user_id')::uuid);
CREATE POLICY add ON server.sign_in_event FOR INSERT WITH CHECK (ground.actor_is('system'));
CREATE TRIGGER sign_in_event_append_only BEFORE UPDATE OR DELETE ON server.sign_in_event
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER sign_in_event_no_truncate BEFORE TRUNCATE ON server.sign_in_event
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON server.sign_in_event TO tongban_app;
