-- Who may act for a person, on what evidence, from when to when: a relative, somebody entrusted, or the officers of an employer.
CREATE TABLE people.authority (
  id uuid PRIMARY KEY,
  subject_person_id uuid NOT NULL REFERENCES people.person,
  relation text NOT NULL CHECK (relation IN ('relative', 'guardian', 'entrusted', 'employer_officer')),
  agent_person_id uuid REFERENCES people.person CHECK (agent_person_id <> subject_person_id),
  agent_employer_id uuid REFERENCES people.employer,
  evidence text NOT NULL CHECK (btrim(evidence) <> ''),
  from_on date NOT NULL,
  to_on date CHECK (to_on >= from_on),
  recorded_by uuid REFERENCES people.user_account,
  recorded_at timestamptz NOT NULL,
  CHECK (num_nonnulls(agent_person_id, agent_employer_id) = 1),
  CHECK ((relation = 'employer_officer') = (agent_employer_id IS NOT NULL)),
  CONSTRAINT authority_no_overlap EXCLUDE USING gist (
    subject_person_id WITH =,
    (coalesce(agent_person_id, agent_employer_id)) WITH =,
    daterange(from_on, to_on, '[]') WITH &&
  )
);
CREATE INDEX authority_over_person ON people.authority (subject_person_id);

-- True when the acting user is this person, not somebody who acts for them: an agent must not hand the authority on.
CREATE FUNCTION people.user_is_person(person_id uuid) RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT EXISTS (SELECT FROM people.user_account account
    WHERE account.id = ground.setting('user_id')::uuid AND account.person_id = user_is_person.person_id) $$;
GRANT EXECUTE ON FUNCTION people.user_is_person TO tongban_app;

ALTER TABLE people.authority ENABLE ROW LEVEL SECURITY;
CREATE POLICY authority_read ON people.authority FOR SELECT USING (
  ground.may_see(NULL, agent_person_id, NULL, agent_employer_id)
  OR (NOT ground.actor_is('employer') AND people.sees_person(subject_person_id)));
CREATE POLICY authority_add ON people.authority FOR INSERT WITH CHECK (
  recorded_by IS NOT DISTINCT FROM ground.setting('user_id')::uuid
  AND ((ground.actor_is('system', 'staff') AND people.sees_person(subject_person_id))
    OR (ground.actor_is('person') AND people.user_is_person(subject_person_id))));
CREATE POLICY authority_end ON people.authority FOR UPDATE USING (
  (ground.actor_is('system', 'staff') AND people.sees_person(subject_person_id))
  OR (ground.actor_is('person') AND people.user_is_person(subject_person_id)));
GRANT SELECT, INSERT, UPDATE (to_on) ON people.authority TO tongban_app;
