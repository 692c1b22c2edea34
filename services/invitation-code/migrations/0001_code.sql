-- Codes that were booked (M5.01), by the digest of the code; who holds one shows it from the case. Codes and uses are only added to.
CREATE TABLE svc_invitation_code.code (
  code_sm3 text PRIMARY KEY,
  case_id uuid NOT NULL UNIQUE,
  person_id uuid NOT NULL REFERENCES people.person,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  valid_from date NOT NULL,
  valid_to date NOT NULL CHECK (valid_to >= valid_from),
  booked_at timestamptz NOT NULL
);
CREATE TABLE svc_invitation_code.gate_use (
  id uuid PRIMARY KEY,
  code_sm3 text NOT NULL REFERENCES svc_invitation_code.code,
  person_id uuid NOT NULL REFERENCES people.person,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  gate text NOT NULL CHECK (gate IN ('metro', 'bus', 'place')),
  place text CHECK (btrim(place) <> ''),
  used_at timestamptz NOT NULL,
  CHECK ((gate = 'place') = (place IS NOT NULL))
);
CREATE INDEX gate_use_of_code ON svc_invitation_code.gate_use (code_sm3, place);
ALTER TABLE svc_invitation_code.code ENABLE ROW LEVEL SECURITY;
ALTER TABLE svc_invitation_code.gate_use ENABLE ROW LEVEL SECURITY;
CREATE POLICY code_seen ON svc_invitation_code.code USING (ground.actor_is('system'));
CREATE POLICY gate_use_seen ON svc_invitation_code.gate_use USING (ground.actor_is('system'));
CREATE TRIGGER code_append_only BEFORE UPDATE OR DELETE ON svc_invitation_code.code
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER code_no_truncate BEFORE TRUNCATE ON svc_invitation_code.code
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER gate_use_append_only BEFORE UPDATE OR DELETE ON svc_invitation_code.gate_use
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER gate_use_no_truncate BEFORE TRUNCATE ON svc_invitation_code.gate_use
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_invitation_code.code, svc_invitation_code.gate_use TO tongban_app;
