-- Who said something against a result that was before the public: kept apart from the case, which its applicant reads.
CREATE TABLE reviews.challenge (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL,
  agency text NOT NULL CHECK (agency ~ '^[0-9]{6}$'),
  person_id uuid NOT NULL,
  raised_at timestamptz NOT NULL
);
CREATE INDEX challenge_case ON reviews.challenge (case_id);

ALTER TABLE reviews.challenge ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON reviews.challenge FOR SELECT USING (ground.may_see(agency, person_id, NULL, NULL));
CREATE POLICY write ON reviews.challenge FOR INSERT WITH CHECK (ground.actor_is('system'));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON reviews.challenge FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON reviews.challenge FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON reviews.challenge TO tongban_app;
