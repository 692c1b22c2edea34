-- By what regions find the same person without telling each other a number (B2.03): SM3 over number and name. Whoever has a list of numbers could
-- try them all, so it is guarded like the number itself. Null in records made before this; they are filled in when somebody is first looked for.
ALTER TABLE people.person ADD COLUMN identity_digest text CONSTRAINT person_identity_digest_once UNIQUE CHECK (identity_digest ~ '^[0-9a-f]{64}$');
CREATE INDEX person_without_digest ON people.person (id) WHERE identity_digest IS NULL;
GRANT UPDATE (identity_digest) ON people.person TO tongban_app;

-- Which records stand on what another region said: the record, the region, its answer, and the day it was true.
CREATE TABLE people.shared_source (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES people.person,
  record text NOT NULL CHECK (record IN ('contribution', 'employment', 'certificate', 'benefit', 'death')),
  reference text NOT NULL CHECK (btrim(reference) <> ''),
  region text NOT NULL CHECK (region ~ '^\d{6}$'),
  answer text NOT NULL CHECK (btrim(answer) <> ''),
  said_on date NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX shared_source_of_person ON people.shared_source (person_id, seq);
ALTER TABLE people.shared_source ENABLE ROW LEVEL SECURITY;
CREATE POLICY shared_source_read ON people.shared_source FOR SELECT
  USING ((SELECT ground.actor_is('system')) OR people.sees_person(person_id));
CREATE POLICY shared_source_add ON people.shared_source FOR INSERT WITH CHECK (ground.actor_is('system'));
CREATE TRIGGER shared_source_append_only BEFORE UPDATE OR DELETE ON people.shared_source
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER shared_source_no_truncate BEFORE TRUNCATE ON people.shared_source
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON people.shared_source TO tongban_app;

-- The two lower levels of the five (B3.02) have no region code of their own: they are institutions of a county, under their statistical code.
ALTER TABLE people.institution DROP CONSTRAINT institution_kind_check,
  ADD CONSTRAINT institution_kind_check
    CHECK (kind IN ('hospital', 'rehabilitation', 'device_maker', 'agency', 'bank', 'township_station', 'village_counter'));

INSERT INTO people.role (code, kind, duty, title_zh, title_en) VALUES
  ('village_operator', 'institution', 'operations', '村（社区）经办员', 'Village operator'),
  ('township_checker', 'institution', 'operations', '乡镇（街道）复核员', 'Township checker');

-- Whoever accepts in a village checks nowhere, and neither post is combined with money, data or audit (B3-o3, assumed).
INSERT INTO people.exclusive_pair (first_role, second_role, source, assumed) VALUES
  ('township_checker', 'village_operator', 'B3.11, B3-o3', true),
  ('review', 'village_operator', 'B3.11, B3-o3', true);
INSERT INTO people.exclusive_pair (first_role, second_role, source, assumed)
  SELECT least(one.code, other.code), greatest(one.code, other.code), 'B3.11, B3-o3', true
  FROM people.role one JOIN people.role other ON one.duty <> other.duty
  WHERE one.code IN ('village_operator', 'township_checker');
