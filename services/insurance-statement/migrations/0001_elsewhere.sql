-- What residents asked another region for, and what it answered; both only added to.
CREATE TABLE svc_insurance_statement.asked_elsewhere (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL,
  agency text NOT NULL CHECK (agency ~ '^[0-9]{6}$'),
  region text NOT NULL CHECK (region ~ '^[0-9]{6}$'),
  kind text NOT NULL CHECK (kind IN ('statement', 'proof')),
  year integer CHECK ((kind = 'statement') = (year IS NOT NULL)),
  purpose text NOT NULL CHECK (purpose <> ''),
  asked_at timestamptz NOT NULL
);
CREATE TABLE svc_insurance_statement.told_from_elsewhere (
  asked_id uuid PRIMARY KEY REFERENCES svc_insurance_statement.asked_elsewhere,
  answer jsonb NOT NULL,
  told_at timestamptz NOT NULL
);

ALTER TABLE svc_insurance_statement.asked_elsewhere ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON svc_insurance_statement.asked_elsewhere FOR SELECT USING (ground.may_see(agency, person_id, NULL, NULL));
CREATE POLICY write ON svc_insurance_statement.asked_elsewhere FOR INSERT WITH CHECK (ground.actor_is('system'));
ALTER TABLE svc_insurance_statement.told_from_elsewhere ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON svc_insurance_statement.told_from_elsewhere FOR SELECT
  USING (EXISTS (SELECT FROM svc_insurance_statement.asked_elsewhere asked WHERE asked.id = asked_id));
CREATE POLICY write ON svc_insurance_statement.told_from_elsewhere FOR INSERT WITH CHECK (ground.actor_is('system'));

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON svc_insurance_statement.asked_elsewhere
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON svc_insurance_statement.asked_elsewhere
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON svc_insurance_statement.told_from_elsewhere
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON svc_insurance_statement.told_from_elsewhere
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_insurance_statement.asked_elsewhere, svc_insurance_statement.told_from_elsewhere TO tongban_app;
