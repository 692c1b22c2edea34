-- A notice is to a person or to an employer, whose officers read it.
ALTER TABLE cases.notice ALTER COLUMN person_id DROP NOT NULL;
ALTER TABLE cases.notice ADD COLUMN employer_id uuid;
ALTER TABLE cases.notice ADD CONSTRAINT notice_to_one CHECK (num_nonnulls(person_id, employer_id) = 1);
CREATE INDEX notice_employer ON cases.notice (employer_id, id) WHERE employer_id IS NOT NULL;

DROP POLICY visible ON cases.notice;
CREATE POLICY visible ON cases.notice USING (ground.may_see(NULL, person_id, NULL, employer_id)
  OR EXISTS (SELECT FROM cases.case_file file WHERE file.id = case_id));
