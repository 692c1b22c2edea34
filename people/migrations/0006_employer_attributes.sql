-- True when the acting party answers for this employer: the node, staff whose agency covers it, or its own officer.
CREATE FUNCTION people.answers_for_employer(employer_id uuid) RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT EXISTS (SELECT FROM people.employer body
    WHERE body.id = answers_for_employer.employer_id AND ground.may_see(body.agency, NULL, NULL, body.id)) $$;
GRANT EXECUTE ON FUNCTION people.answers_for_employer TO tongban_app;

-- What kind of body an employer is and of what size: versions, each valid from its date until the next; public-register facts.
CREATE TABLE people.employer_profile (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  employer_id uuid NOT NULL REFERENCES people.employer,
  entity_kind text NOT NULL CHECK (entity_kind IN ('enterprise', 'social_organisation', 'foundation', 'social_service',
    'law_firm', 'accounting_firm', 'individual_business')),
  size_class text NOT NULL CHECK (size_class IN ('large', 'medium', 'small', 'micro')),
  from_on date NOT NULL,
  source text NOT NULL CHECK (btrim(source) <> ''),
  recorded_at timestamptz NOT NULL
);
CREATE INDEX employer_profile_in_time ON people.employer_profile (employer_id, from_on DESC, seq DESC);
ALTER TABLE people.employer_profile ENABLE ROW LEVEL SECURITY;
CREATE POLICY employer_profile_read ON people.employer_profile FOR SELECT
  USING (ground.actor_is('system', 'staff', 'institution', 'employer', 'person'));
CREATE POLICY employer_profile_add ON people.employer_profile FOR INSERT
  WITH CHECK (ground.actor_is('system', 'staff') AND people.answers_for_employer(employer_id));
CREATE TRIGGER employer_profile_append_only BEFORE UPDATE OR DELETE ON people.employer_profile
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER employer_profile_no_truncate BEFORE TRUNCATE ON people.employer_profile
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON people.employer_profile TO tongban_app;

-- The person whom an individual business or a small enterprise belongs to.
CREATE TABLE people.employer_owner (
  id uuid PRIMARY KEY,
  employer_id uuid NOT NULL REFERENCES people.employer,
  person_id uuid NOT NULL REFERENCES people.person,
  from_on date NOT NULL,
  to_on date CHECK (to_on >= from_on),
  source text NOT NULL CHECK (btrim(source) <> ''),
  recorded_at timestamptz NOT NULL,
  CONSTRAINT employer_owner_no_overlap EXCLUDE USING gist (
    employer_id WITH =, person_id WITH =, daterange(from_on, to_on, '[]') WITH &&)
);
CREATE INDEX employer_owner_person ON people.employer_owner (person_id);
ALTER TABLE people.employer_owner ENABLE ROW LEVEL SECURITY;
CREATE POLICY employer_owner_read ON people.employer_owner FOR SELECT
  USING (ground.may_see(NULL, person_id, NULL, NULL) OR people.answers_for_employer(employer_id));
CREATE POLICY employer_owner_add ON people.employer_owner FOR INSERT
  WITH CHECK (ground.actor_is('system', 'staff') AND people.answers_for_employer(employer_id));
CREATE POLICY employer_owner_end ON people.employer_owner FOR UPDATE
  USING (ground.actor_is('system', 'staff') AND people.answers_for_employer(employer_id));
GRANT SELECT, INSERT, UPDATE (to_on) ON people.employer_owner TO tongban_app;

-- Where an employer is paid: versions like those of an institution; the number is sealed and shown masked.
CREATE TABLE people.employer_account (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  employer_id uuid NOT NULL REFERENCES people.employer,
  bank_name text NOT NULL CHECK (btrim(bank_name) <> ''),
  account_name text NOT NULL CHECK (btrim(account_name) <> ''),
  account_number_sealed bytea NOT NULL,
  account_number_masked text NOT NULL CHECK (account_number_masked ~ '^\*+\d{1,4}$'),
  from_on date NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX employer_account_in_time ON people.employer_account (employer_id, from_on DESC, seq DESC);
ALTER TABLE people.employer_account ENABLE ROW LEVEL SECURITY;
CREATE POLICY employer_account_read ON people.employer_account FOR SELECT USING (people.answers_for_employer(employer_id));
CREATE POLICY employer_account_add ON people.employer_account FOR INSERT WITH CHECK (people.answers_for_employer(employer_id));
CREATE TRIGGER employer_account_append_only BEFORE UPDATE OR DELETE ON people.employer_account
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER employer_account_no_truncate BEFORE TRUNCATE ON people.employer_account
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON people.employer_account TO tongban_app;

-- The account behind a card, sealed, so that somebody can be paid there. Cards issued before this have only the mask.
ALTER TABLE people.card ADD COLUMN bank_account_sealed bytea,
  ADD CONSTRAINT card_sealed_account_is_masked CHECK (bank_account_sealed IS NULL OR bank_account_masked IS NOT NULL);

-- What kind of bank a bank is (C1.05). The Bank of China, which is state-owned too, stands apart: an earlier rule names it alone.
ALTER TABLE people.institution ADD COLUMN bank_class text
  CHECK (bank_class IN ('bank_of_china', 'state_owned', 'postal', 'joint_stock_provincial_branch', 'local_legal_person', 'other')),
  ADD CONSTRAINT institution_class_of_bank CHECK (bank_class IS NULL OR kind = 'bank');

INSERT INTO people.role (code, kind, duty, title_zh, title_en) VALUES
  ('bank_officer', 'institution', NULL, '银行经办人', 'Bank officer');
