-- What the node attested on paper, kept for good: what it says, for whom, who asked and what for, and the node's signature over it.
CREATE TABLE certificates.certificate (
  id uuid PRIMARY KEY,
  key text NOT NULL UNIQUE,
  code text NOT NULL UNIQUE CHECK (code ~ '^[0-9]{6}(-[0-9A-HJKMNP-TV-Z]{4}){3}$'),
  -- Blind index of the code with the last four characters of the holder's number: the second thing that somebody who checks it must know.
  holder_index text NOT NULL,
  service text NOT NULL CHECK (service <> ''),
  kind text NOT NULL CHECK (kind <> ''),
  agency text NOT NULL CHECK (agency ~ '^[0-9]{6}$'),
  person_id uuid,
  employer_id uuid,
  case_id uuid,
  paper jsonb NOT NULL,
  paper_sm3 text NOT NULL,
  signature text NOT NULL,
  purpose text NOT NULL CHECK (purpose <> ''),
  asked_role text NOT NULL,
  asked_by uuid,
  issued_at timestamptz NOT NULL,
  valid_until date,
  CHECK (num_nonnulls(person_id, employer_id) = 1)
);
CREATE INDEX certificate_of_person ON certificates.certificate (person_id, issued_at);
CREATE INDEX certificate_of_employer ON certificates.certificate (employer_id, issued_at);
CREATE INDEX certificate_of_agency ON certificates.certificate (agency, issued_at);

-- A certificate that no longer stands; it is told to whoever checks it.
CREATE TABLE certificates.withdrawal (
  certificate_id uuid PRIMARY KEY REFERENCES certificates.certificate,
  reason text NOT NULL CHECK (reason <> ''),
  withdrawn_role text NOT NULL,
  withdrawn_by uuid,
  withdrawn_on date NOT NULL,
  withdrawn_at timestamptz NOT NULL
);

ALTER TABLE certificates.certificate ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON certificates.certificate FOR SELECT USING (ground.may_see(agency, person_id, NULL, employer_id));
CREATE POLICY write ON certificates.certificate FOR INSERT WITH CHECK (ground.actor_is('system'));
ALTER TABLE certificates.withdrawal ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON certificates.withdrawal FOR SELECT
  USING (EXISTS (SELECT FROM certificates.certificate issued WHERE issued.id = certificate_id));
CREATE POLICY write ON certificates.withdrawal FOR INSERT WITH CHECK (ground.actor_is('system'));

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON certificates.certificate
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON certificates.certificate
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON certificates.withdrawal
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON certificates.withdrawal
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON certificates.certificate, certificates.withdrawal TO tongban_app;
