-- What the market regulator shares of employers (A2.09); read instead of asking for certificates.
CREATE TABLE svc_employer_registration.shared_record (
  credit_code text PRIMARY KEY,
  name text NOT NULL,
  region text NOT NULL CHECK (region ~ '^\d{6}$'),
  industry text NOT NULL,
  state text NOT NULL CHECK (state IN ('active', 'cancelled')),
  shared_at timestamptz NOT NULL
);
ALTER TABLE svc_employer_registration.shared_record ENABLE ROW LEVEL SECURITY;
CREATE POLICY shared_record_seen ON svc_employer_registration.shared_record USING (ground.actor_is('system', 'staff'));
GRANT SELECT, INSERT ON svc_employer_registration.shared_record TO tongban_app;
