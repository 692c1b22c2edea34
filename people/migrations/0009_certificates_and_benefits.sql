-- Skill certificates (C3.02): a vocational qualification, or a vocational skill level; level 1 is the highest (高级技师), 5 the lowest (初级工).
CREATE TABLE people.certificate (
  id uuid PRIMARY KEY,
  number text NOT NULL CONSTRAINT certificate_number_once UNIQUE CHECK (number ~ '^[0-9A-Z-]{6,40}$'),
  person_id uuid NOT NULL REFERENCES people.person,
  kind text NOT NULL CHECK (kind IN ('vocational_qualification', 'skill_level')),
  occupation text NOT NULL CHECK (btrim(occupation) <> ''),
  level smallint NOT NULL CHECK (level BETWEEN 1 AND 5),
  issued_on date NOT NULL,
  issuer text NOT NULL CHECK (btrim(issuer) <> ''),
  revoked_on date CHECK (revoked_on >= issued_on),
  revoke_reason text CHECK (btrim(revoke_reason) <> ''),
  recorded_at timestamptz NOT NULL,
  CHECK ((revoked_on IS NULL) = (revoke_reason IS NULL))
);
CREATE INDEX certificate_of_person ON people.certificate (person_id, issued_on);
CREATE INDEX certificate_in_time ON people.certificate (issued_on);
ALTER TABLE people.certificate ENABLE ROW LEVEL SECURITY;
CREATE POLICY certificate_read ON people.certificate FOR SELECT
  USING ((SELECT ground.actor_is('system')) OR people.sees_person(person_id));
CREATE POLICY certificate_add ON people.certificate FOR INSERT
  WITH CHECK (ground.actor_is('system', 'staff') AND people.sees_person(person_id));
CREATE POLICY certificate_revoke ON people.certificate FOR UPDATE
  USING (ground.actor_is('system', 'staff') AND people.sees_person(person_id));
GRANT SELECT, INSERT, UPDATE (revoked_on, revoke_reason) ON people.certificate TO tongban_app;

-- Months for which a person receives a benefit, written by whoever granted it in a case. Months are their first days, both inclusive.
CREATE TABLE people.benefit_spell (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES people.person,
  kind text NOT NULL CHECK (kind ~ '^[a-z][a-z0-9_]*$'),
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  from_month date NOT NULL CHECK (extract(day FROM from_month) = 1),
  to_month date CHECK (to_month >= from_month AND extract(day FROM to_month) = 1),
  case_id uuid NOT NULL,
  -- The case that found it wrongly granted: then it never was.
  cancelled_by_case uuid,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT benefit_spell_no_overlap EXCLUDE USING gist (
    person_id WITH =, kind WITH =, daterange(from_month, to_month, '[]') WITH &&) WHERE (cancelled_by_case IS NULL)
);
CREATE INDEX benefit_spell_of_kind ON people.benefit_spell (kind, person_id) WHERE cancelled_by_case IS NULL;
-- What has ended is not prolonged, and what was cancelled stays so.
CREATE FUNCTION people.refuse_more_benefit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(NEW.to_month, 'infinity') > coalesce(OLD.to_month, 'infinity') OR OLD.cancelled_by_case IS NOT NULL THEN
    RAISE EXCEPTION 'benefit_spell_ended: %', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_more_benefit BEFORE UPDATE ON people.benefit_spell FOR EACH ROW EXECUTE FUNCTION people.refuse_more_benefit();
ALTER TABLE people.benefit_spell ENABLE ROW LEVEL SECURITY;
CREATE POLICY benefit_spell_read ON people.benefit_spell FOR SELECT
  USING ((SELECT ground.actor_is('system')) OR ground.may_see(agency, person_id, NULL, NULL)
    OR (ground.actor_is('staff') AND people.sees_person(person_id)));
CREATE POLICY benefit_spell_add ON people.benefit_spell FOR INSERT
  WITH CHECK (ground.actor_is('system', 'staff') AND ground.may_see(agency, NULL, NULL, NULL));
CREATE POLICY benefit_spell_end ON people.benefit_spell FOR UPDATE
  USING (ground.actor_is('system', 'staff') AND ground.may_see(agency, NULL, NULL, NULL));
GRANT SELECT, INSERT, UPDATE (to_month, cancelled_by_case) ON people.benefit_spell TO tongban_app;
