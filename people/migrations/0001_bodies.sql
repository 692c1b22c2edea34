-- Employers and institutions: public-register facts, which everybody who is signed in (institutions: everybody) may read. They are
-- written by the node itself or by staff whose agency covers them.

CREATE TABLE people.employer (
  id uuid PRIMARY KEY,
  credit_code text NOT NULL UNIQUE CHECK (credit_code ~ '^[0-9A-Z]{18}$'),
  name text NOT NULL CHECK (btrim(name) <> ''),
  region text NOT NULL CHECK (region ~ '^\d{6}$'),
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  industry text NOT NULL
    CHECK (industry IN ('hazardous_chemicals', 'mining', 'construction', 'transport', 'machinery', 'other')),
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'bankrupt', 'deregistered')),
  registered_at timestamptz NOT NULL
);
CREATE INDEX employer_by_name ON people.employer (name text_pattern_ops);
ALTER TABLE people.employer ENABLE ROW LEVEL SECURITY;
CREATE POLICY employer_read ON people.employer FOR SELECT
  USING (ground.actor_is('system', 'staff', 'institution', 'employer', 'person'));
CREATE POLICY employer_add ON people.employer FOR INSERT WITH CHECK (ground.may_see(agency, NULL, NULL, NULL));
CREATE POLICY employer_change ON people.employer FOR UPDATE USING (ground.may_see(agency, NULL, NULL, NULL));
GRANT SELECT, INSERT, UPDATE (status) ON people.employer TO tongban_app;

CREATE TABLE people.institution (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE CHECK (btrim(code) <> ''),
  name text NOT NULL CHECK (btrim(name) <> ''),
  kind text NOT NULL CHECK (kind IN ('hospital', 'rehabilitation', 'device_maker', 'agency', 'bank')),
  level smallint CHECK (level IN (1, 2, 3)),
  region text NOT NULL CHECK (region ~ '^\d{6}$'),
  registered_at timestamptz NOT NULL
);
CREATE INDEX institution_by_region ON people.institution (region text_pattern_ops, kind);
ALTER TABLE people.institution ENABLE ROW LEVEL SECURITY;
CREATE POLICY institution_read ON people.institution FOR SELECT USING (true);
CREATE POLICY institution_add ON people.institution FOR INSERT WITH CHECK (ground.may_see(region, NULL, NULL, NULL));
GRANT SELECT, INSERT ON people.institution TO tongban_app;

-- Where an institution is paid: versions, each valid from its date until the next; a mistyped one is followed by another of the same date.
CREATE TABLE people.institution_account (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  institution_id uuid NOT NULL REFERENCES people.institution,
  bank_name text NOT NULL CHECK (btrim(bank_name) <> ''),
  account_name text NOT NULL CHECK (btrim(account_name) <> ''),
  account_number text NOT NULL CHECK (account_number ~ '^\d{8,30}$'),
  from_on date NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX institution_account_in_time ON people.institution_account (institution_id, from_on DESC, seq DESC);
ALTER TABLE people.institution_account ENABLE ROW LEVEL SECURITY;
CREATE POLICY institution_account_read ON people.institution_account FOR SELECT
  USING (EXISTS (SELECT FROM people.institution body
    WHERE body.id = institution_id AND ground.may_see(body.region, NULL, body.id, NULL)));
CREATE POLICY institution_account_add ON people.institution_account FOR INSERT
  WITH CHECK (EXISTS (SELECT FROM people.institution body
    WHERE body.id = institution_id AND ground.may_see(body.region, NULL, NULL, NULL)));
CREATE TRIGGER institution_account_append_only BEFORE UPDATE OR DELETE ON people.institution_account
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER institution_account_no_truncate BEFORE TRUNCATE ON people.institution_account
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON people.institution_account TO tongban_app;
