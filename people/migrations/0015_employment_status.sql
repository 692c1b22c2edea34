-- Who is registered as employed without an employer, or as unemployed (C7.01): written by whoever registered it, in the case that did.
CREATE TABLE people.employment_status (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES people.person,
  status text NOT NULL CHECK (status IN ('employed', 'unemployed')),
  form text CHECK (form IN ('platform', 'flexible', 'own_business')),
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  from_on date NOT NULL,
  to_on date CHECK (to_on >= from_on),
  case_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  CHECK ((status = 'employed') = (form IS NOT NULL)),
  CONSTRAINT employment_status_no_overlap EXCLUDE USING gist (person_id WITH =, daterange(from_on, to_on, '[]') WITH &&)
);
-- An end, once recorded, stands.
CREATE TRIGGER refuse_second_end BEFORE UPDATE ON people.employment_status
  FOR EACH ROW EXECUTE FUNCTION people.refuse_second_end();
ALTER TABLE people.employment_status ENABLE ROW LEVEL SECURITY;
CREATE POLICY employment_status_read ON people.employment_status FOR SELECT
  USING ((SELECT ground.actor_is('system')) OR ground.may_see(agency, person_id, NULL, NULL)
    OR (ground.actor_is('staff') AND people.sees_person(person_id)));
CREATE POLICY employment_status_add ON people.employment_status FOR INSERT
  WITH CHECK (ground.actor_is('system', 'staff') AND ground.may_see(agency, NULL, NULL, NULL));
CREATE POLICY employment_status_end ON people.employment_status FOR UPDATE
  USING (ground.actor_is('system', 'staff') AND ground.may_see(agency, NULL, NULL, NULL));
GRANT SELECT, INSERT, UPDATE (to_on) ON people.employment_status TO tongban_app;
