CREATE EXTENSION IF NOT EXISTS btree_gist;

-- One record per person (B3.03). The identity number is sealed; its blind index finds it and keeps it unique. `agency` is the region code
-- of the agency responsible for the person: the insured place.
CREATE TABLE people.person (
  id uuid PRIMARY KEY,
  id_number_sealed bytea NOT NULL,
  id_number_index text NOT NULL CONSTRAINT person_same_person_same_record UNIQUE,
  name text NOT NULL CHECK (btrim(name) <> ''),
  sex text NOT NULL CHECK (sex IN ('female', 'male')),
  birth_on date NOT NULL,
  phone text CHECK (phone ~ '^\d{11}$'),
  home_region text NOT NULL CHECK (home_region ~ '^\d{6}$'),
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  retired_on date CHECK (retired_on > birth_on),
  died_on date CHECK (died_on >= birth_on),
  registered_at timestamptz NOT NULL
);
CREATE INDEX person_by_name ON people.person (name text_pattern_ops);

-- Insured with whom, through which employer, for which insurance, from when to when. A change ends one row and begins the next.
CREATE TABLE people.enrolment (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES people.person,
  employer_id uuid REFERENCES people.employer,
  insurance text NOT NULL CHECK (insurance IN ('pension', 'resident_pension', 'medical', 'unemployment', 'work_injury')),
  pooling_area text NOT NULL CHECK (btrim(pooling_area) <> ''),
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  relation text NOT NULL CHECK (relation IN ('active', 'retired', 'terminated')),
  contributing_continuously boolean NOT NULL,
  from_on date NOT NULL,
  to_on date CHECK (to_on >= from_on),
  recorded_at timestamptz NOT NULL,
  CONSTRAINT enrolment_no_overlap EXCLUDE USING gist (
    person_id WITH =,
    insurance WITH =,
    (coalesce(employer_id, '00000000-0000-0000-0000-000000000000')) WITH =,
    daterange(from_on, to_on, '[]') WITH &&
  )
);
CREATE INDEX enrolment_of_person ON people.enrolment (person_id);
CREATE INDEX enrolment_of_employer ON people.enrolment (employer_id);
ALTER TABLE people.enrolment ENABLE ROW LEVEL SECURITY;
CREATE POLICY enrolment_read ON people.enrolment FOR SELECT USING (ground.may_see(agency, person_id, NULL, employer_id));
CREATE POLICY enrolment_add ON people.enrolment FOR INSERT WITH CHECK (ground.may_see(agency, NULL, NULL, NULL));
CREATE POLICY enrolment_end ON people.enrolment FOR UPDATE USING (ground.may_see(agency, NULL, NULL, NULL));
GRANT SELECT, INSERT, UPDATE (to_on) ON people.enrolment TO tongban_app;

-- A person is seen by themselves, by their responsible agency, and by whoever may see a standing enrolment of theirs (its agency, and the
-- employer's officer): the subquery runs under the policies of people.enrolment. An institution sees nobody here, only its own cases.
ALTER TABLE people.person ENABLE ROW LEVEL SECURITY;
CREATE POLICY person_read ON people.person FOR SELECT USING (
  ground.may_see(agency, id, NULL, NULL)
  OR EXISTS (SELECT FROM people.enrolment standing
    WHERE standing.person_id = person.id AND standing.to_on IS NULL AND standing.relation <> 'terminated'));
CREATE POLICY person_add ON people.person FOR INSERT WITH CHECK (ground.may_see(agency, NULL, NULL, NULL));
CREATE POLICY person_change ON people.person FOR UPDATE USING (ground.may_see(agency, NULL, NULL, NULL));
GRANT SELECT, INSERT, UPDATE (agency, retired_on, died_on) ON people.person TO tongban_app;

-- For the policies of what belongs to a person: true when the acting party may see that person.
CREATE FUNCTION people.sees_person(person_id uuid) RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT EXISTS (SELECT FROM people.person WHERE person.id = sees_person.person_id) $$;
GRANT EXECUTE ON FUNCTION people.sees_person TO tongban_app;

-- Who looked at, or changed, whose data, in which role, and why. Nobody can write it under another's name, change it or remove it.
CREATE TABLE people.access_log (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  person_id uuid NOT NULL REFERENCES people.person,
  action text NOT NULL CHECK (btrim(action) <> ''),
  purpose text CHECK (btrim(purpose) <> ''),
  actor_kind text NOT NULL,
  role text NOT NULL,
  user_id uuid,
  assignment_id uuid,
  agency text,
  institution_id uuid,
  employer_id uuid
);
CREATE INDEX access_log_of_person ON people.access_log (person_id, seq DESC);
ALTER TABLE people.access_log ENABLE ROW LEVEL SECURITY;
CREATE POLICY access_log_read ON people.access_log FOR SELECT USING (
  ground.may_see(NULL, person_id, NULL, NULL)
  OR (ground.actor_is('staff') AND ground.setting('role') = 'audit' AND people.sees_person(person_id)));
CREATE POLICY access_log_add ON people.access_log FOR INSERT WITH CHECK (
  actor_kind = ground.setting('actor_kind')
  AND role = ground.setting('role')
  AND user_id IS NOT DISTINCT FROM ground.setting('user_id')::uuid);
CREATE TRIGGER access_log_append_only BEFORE UPDATE OR DELETE ON people.access_log
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER access_log_no_truncate BEFORE TRUNCATE ON people.access_log
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON people.access_log TO tongban_app;
