-- What was owed and paid for each month, as the collecting authority reports it. `month` is the first day of the month. A later report of
-- the same month takes the place of the earlier one, which is kept in people.contribution_correction.

-- Per employer: how many it insured, what it owed and paid for them, and the day on which the last of it came.
CREATE TABLE people.employer_contribution (
  employer_id uuid NOT NULL REFERENCES people.employer,
  insurance text NOT NULL CHECK (insurance IN ('pension', 'resident_pension', 'medical', 'unemployment', 'work_injury')),
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  headcount integer NOT NULL CHECK (headcount >= 0),
  due_fen bigint NOT NULL CHECK (due_fen BETWEEN 0 AND 9007199254740991),
  paid_fen bigint NOT NULL CHECK (paid_fen BETWEEN 0 AND 9007199254740991),
  paid_on date,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (employer_id, insurance, month),
  CONSTRAINT employer_contribution_paid_on_a_day CHECK ((paid_fen = 0) = (paid_on IS NULL))
);
-- The first half of the condition is asked once a statement: whole populations are read through it.
ALTER TABLE people.employer_contribution ENABLE ROW LEVEL SECURITY;
CREATE POLICY employer_contribution_read ON people.employer_contribution FOR SELECT
  USING ((SELECT ground.actor_is('system')) OR ground.may_see(agency, NULL, NULL, employer_id));
CREATE POLICY employer_contribution_add ON people.employer_contribution FOR INSERT
  WITH CHECK ((SELECT ground.actor_is('system')) OR ground.may_see(agency, NULL, NULL, NULL));
CREATE POLICY employer_contribution_correct ON people.employer_contribution FOR UPDATE
  USING ((SELECT ground.actor_is('system')) OR ground.may_see(agency, NULL, NULL, NULL));
GRANT SELECT, INSERT, UPDATE (headcount, due_fen, paid_fen, paid_on, recorded_at) ON people.employer_contribution TO tongban_app;

-- Per person: through which employer (null: alone, in flexible work), on what base, and when it was paid.
CREATE TABLE people.person_contribution (
  person_id uuid NOT NULL REFERENCES people.person,
  insurance text NOT NULL CHECK (insurance IN ('pension', 'resident_pension', 'medical', 'unemployment', 'work_injury')),
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  employer_id uuid REFERENCES people.employer,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  base_fen bigint NOT NULL CHECK (base_fen BETWEEN 0 AND 9007199254740991),
  paid_on date,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT person_contribution_once UNIQUE NULLS NOT DISTINCT (person_id, insurance, month, employer_id)
);
-- Staff who see a person see all months, also those paid under an agency that was responsible before.
ALTER TABLE people.person_contribution ENABLE ROW LEVEL SECURITY;
CREATE POLICY person_contribution_read ON people.person_contribution FOR SELECT
  USING ((SELECT ground.actor_is('system')) OR ground.may_see(agency, person_id, NULL, employer_id)
    OR (ground.actor_is('staff') AND people.sees_person(person_id)));
CREATE POLICY person_contribution_add ON people.person_contribution FOR INSERT
  WITH CHECK ((SELECT ground.actor_is('system')) OR ground.may_see(agency, NULL, NULL, NULL));
CREATE POLICY person_contribution_correct ON people.person_contribution FOR UPDATE
  USING ((SELECT ground.actor_is('system')) OR ground.may_see(agency, NULL, NULL, NULL));
GRANT SELECT, INSERT, UPDATE (base_fen, paid_on, recorded_at) ON people.person_contribution TO tongban_app;

-- What a record said before it was corrected.
CREATE TABLE people.contribution_correction (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  employer_id uuid,
  person_id uuid,
  agency text NOT NULL,
  insurance text NOT NULL,
  month date NOT NULL,
  before jsonb NOT NULL,
  corrected_at timestamptz NOT NULL
);
CREATE INDEX contribution_correction_of_employer ON people.contribution_correction (employer_id, month);
CREATE INDEX contribution_correction_of_person ON people.contribution_correction (person_id, month);
ALTER TABLE people.contribution_correction ENABLE ROW LEVEL SECURITY;
CREATE POLICY contribution_correction_read ON people.contribution_correction FOR SELECT
  USING (ground.may_see(agency, person_id, NULL, employer_id));
CREATE TRIGGER contribution_correction_append_only BEFORE UPDATE OR DELETE ON people.contribution_correction
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER contribution_correction_no_truncate BEFORE TRUNCATE ON people.contribution_correction
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT ON people.contribution_correction TO tongban_app;

-- Runs as the owner: nobody else writes what stood before.
CREATE FUNCTION people.keep_what_stood() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO people.contribution_correction (employer_id, person_id, agency, insurance, month, before, corrected_at)
    VALUES (OLD.employer_id, (to_jsonb(OLD) ->> 'person_id')::uuid, OLD.agency, OLD.insurance, OLD.month, to_jsonb(OLD), NEW.recorded_at);
  RETURN NEW;
END $$;
CREATE TRIGGER keep_what_stood BEFORE UPDATE ON people.employer_contribution FOR EACH ROW EXECUTE FUNCTION people.keep_what_stood();
CREATE TRIGGER keep_what_stood BEFORE UPDATE ON people.person_contribution FOR EACH ROW EXECUTE FUNCTION people.keep_what_stood();
