-- Why an employment ended. Which reasons count as layoffs is open (C1-o2) and assumed: the employer ended it without fault of the worker.
-- Involuntary ends are those after which unemployment benefit may be paid (Social Insurance Law, article 45).
CREATE TABLE people.end_reason (
  code text PRIMARY KEY,
  counts_as_layoff boolean NOT NULL,
  involuntary boolean NOT NULL,
  title_zh text NOT NULL,
  title_en text NOT NULL,
  source text NOT NULL,
  assumed boolean NOT NULL,
  CHECK (involuntary OR NOT counts_as_layoff)
);
GRANT SELECT ON people.end_reason TO tongban_app;

INSERT INTO people.end_reason (code, counts_as_layoff, involuntary, title_zh, title_en, source, assumed) VALUES
  ('economic_layoff', true, true, '经济性裁员', 'Economic layoff', '劳动合同法第四十一条; C1-o2', true),
  ('dismissed', true, true, '用人单位提前通知解除', 'Dismissed with notice', '劳动合同法第四十条; C1-o2', true),
  ('mutual_by_employer', true, true, '单位提出、协商一致解除', 'Ended by agreement at the wish of the employer', '劳动合同法第三十六条; C1-o2', true),
  ('dismissed_for_fault', false, true, '因劳动者过失解除', 'Dismissed for fault', '劳动合同法第三十九条', true),
  ('contract_expired', false, true, '劳动合同期满', 'Contract expired', '劳动合同法第四十四条', true),
  ('employer_closed', false, true, '单位破产、关闭或被撤销', 'Employer closed or went bankrupt', '劳动合同法第四十四条', true),
  ('employer_at_fault', false, true, '因单位过错由劳动者解除', 'Left because the employer broke its duties', '劳动合同法第三十八条', true),
  ('mutual_by_worker', false, false, '劳动者提出、协商一致解除', 'Ended by agreement at the wish of the worker', '劳动合同法第三十六条', true),
  ('resigned', false, false, '劳动者辞职', 'Resigned', '劳动合同法第三十七条', true),
  ('retired', false, false, '退休', 'Retired', '劳动合同法第四十四条', true),
  ('died', false, false, '死亡', 'Died', '劳动合同法第四十四条', true),
  ('moved', false, false, '调动', 'Moved to another body of the same employer', 'C1-o2', true);

-- Who works, or worked, for whom, from when to when, and why it ended.
CREATE TABLE people.employment (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES people.person,
  employer_id uuid NOT NULL REFERENCES people.employer,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  from_on date NOT NULL,
  to_on date CHECK (to_on >= from_on),
  end_reason text REFERENCES people.end_reason,
  recorded_at timestamptz NOT NULL,
  CHECK ((to_on IS NULL) = (end_reason IS NULL)),
  CONSTRAINT employment_no_overlap EXCLUDE USING gist (
    person_id WITH =, employer_id WITH =, daterange(from_on, to_on, '[]') WITH &&)
);
CREATE INDEX employment_of_person ON people.employment (person_id, from_on);
CREATE INDEX employment_ended ON people.employment (employer_id, to_on) WHERE to_on IS NOT NULL;
-- The end, once recorded, stands.
CREATE FUNCTION people.refuse_second_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.to_on IS NOT NULL THEN
    RAISE EXCEPTION 'employment_ended: %', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_second_end BEFORE UPDATE ON people.employment FOR EACH ROW EXECUTE FUNCTION people.refuse_second_end();
ALTER TABLE people.employment ENABLE ROW LEVEL SECURITY;
CREATE POLICY employment_read ON people.employment FOR SELECT
  USING ((SELECT ground.actor_is('system')) OR ground.may_see(agency, person_id, NULL, employer_id)
    OR (ground.actor_is('staff') AND people.sees_person(person_id)));
CREATE POLICY employment_add ON people.employment FOR INSERT
  WITH CHECK (ground.may_see(agency, NULL, NULL, employer_id) AND people.answers_for_employer(employer_id));
CREATE POLICY employment_end ON people.employment FOR UPDATE USING (ground.may_see(agency, NULL, NULL, employer_id));
GRANT SELECT, INSERT, UPDATE (to_on, end_reason) ON people.employment TO tongban_app;

-- The occupation somebody does in an employment: versions, each valid from its date until the next.
CREATE TABLE people.employment_post (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  employment_id uuid NOT NULL REFERENCES people.employment,
  occupation text NOT NULL CHECK (btrim(occupation) <> ''),
  from_on date NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX employment_post_in_time ON people.employment_post (employment_id, from_on DESC, seq DESC);
ALTER TABLE people.employment_post ENABLE ROW LEVEL SECURITY;
CREATE POLICY employment_post_read ON people.employment_post FOR SELECT
  USING ((SELECT ground.actor_is('system')) OR EXISTS (SELECT FROM people.employment WHERE employment.id = employment_id));
CREATE POLICY employment_post_add ON people.employment_post FOR INSERT
  WITH CHECK (EXISTS (SELECT FROM people.employment
    WHERE employment.id = employment_id AND ground.may_see(employment.agency, NULL, NULL, employment.employer_id)));
CREATE TRIGGER employment_post_append_only BEFORE UPDATE OR DELETE ON people.employment_post
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER employment_post_no_truncate BEFORE TRUNCATE ON people.employment_post
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON people.employment_post TO tongban_app;
