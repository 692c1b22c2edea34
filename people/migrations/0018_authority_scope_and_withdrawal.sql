-- What an authority covers, and the moment from which it is withdrawn: at once, not at the end of a day. What was withdrawn stays withdrawn, and
-- may be given anew on the same day.
ALTER TABLE people.authority
  ADD COLUMN scope text[] NOT NULL DEFAULT '{matters,records,card}'
    CHECK (scope <@ '{matters,records,card}'::text[] AND 'matters' = ANY (scope)),
  ADD COLUMN proxy_code_index text CONSTRAINT authority_proxy_code_once UNIQUE,
  ADD COLUMN withdrawn_at timestamptz,
  ADD COLUMN withdrawn_by uuid REFERENCES people.user_account,
  ADD CHECK (withdrawn_by IS NULL OR withdrawn_at IS NOT NULL),
  DROP CONSTRAINT authority_no_overlap,
  ADD CONSTRAINT authority_no_overlap EXCLUDE USING gist (
    subject_person_id WITH =,
    (coalesce(agent_person_id, agent_employer_id)) WITH =,
    daterange(from_on, to_on, '[]') WITH &&
  ) WHERE (withdrawn_at IS NULL);
DROP POLICY authority_end ON people.authority;
CREATE POLICY authority_end ON people.authority FOR UPDATE
  USING (withdrawn_at IS NULL
    AND ((ground.actor_is('system', 'staff') AND people.sees_person(subject_person_id))
      OR (ground.actor_is('person') AND people.user_is_person(subject_person_id))))
  WITH CHECK (withdrawn_by IS NOT DISTINCT FROM ground.setting('user_id')::uuid);
REVOKE UPDATE (to_on) ON people.authority FROM tongban_app;
GRANT UPDATE (withdrawn_at, withdrawn_by) ON people.authority TO tongban_app;

-- By what somebody lets another name them as the one who acts: a code that they show, good for a few minutes and one authority. Digits are few, so
-- only a keyed index of them is kept.
CREATE TABLE people.proxy_code (
  code_index text PRIMARY KEY,
  agent_person_id uuid NOT NULL REFERENCES people.person,
  issued_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL CHECK (expires_at > issued_at)
);
ALTER TABLE people.proxy_code ENABLE ROW LEVEL SECURITY;
CREATE POLICY proxy_code_read ON people.proxy_code FOR SELECT USING (ground.actor_is('system'));
CREATE POLICY proxy_code_add ON people.proxy_code FOR INSERT WITH CHECK (ground.actor_is('system'));
CREATE TRIGGER proxy_code_append_only BEFORE UPDATE OR DELETE ON people.proxy_code
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER proxy_code_no_truncate BEFORE TRUNCATE ON people.proxy_code
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON people.proxy_code TO tongban_app;
ALTER TABLE people.authority ADD FOREIGN KEY (proxy_code_index) REFERENCES people.proxy_code;
