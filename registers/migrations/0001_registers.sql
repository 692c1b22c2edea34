-- Dated lists. Everybody reads them; who writes is a list too. A row holds from its first to its last day (both inclusive, no last day:
-- until further notice); it is never removed, it ends. Two rows about the same thing never hold on the same day.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE registers.writer (
  register text NOT NULL,
  role text NOT NULL,
  PRIMARY KEY (register, role)
);
INSERT INTO registers.writer VALUES
  ('catalogue', 'catalogue_admin'),
  ('mapping', 'catalogue_admin'),
  ('agreement', 'catalogue_admin'),
  ('pilot_area', 'supervisor'),
  ('control_rule', 'control'),
  ('service_item', 'values_admin');

-- True when the acting officer may write rows of this register for this region (null: for the whole node).
CREATE FUNCTION registers.may_write(register text, region text) RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT ground.actor_is('system') OR (
    ground.actor_is('staff')
    AND EXISTS (SELECT 1 FROM registers.writer AS writer
      WHERE writer.register = may_write.register AND writer.role = ground.setting('role'))
    AND (region IS NULL OR ground.may_see(region, NULL, NULL, NULL))) $$;

-- What ended stays ended: a row may end earlier than it said, never later.
CREATE FUNCTION registers.refuse_prolonging() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN
    IF coalesce(NEW.effective_to, 'infinity') > coalesce(OLD.effective_to, 'infinity') THEN
      RAISE EXCEPTION 'register_row_prolonged: %.%', TG_TABLE_NAME, OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;

-- Items, drugs, rehabilitation items, devices and service standards of a region, with the limits up to which a fund pays.
CREATE TABLE registers.catalogue_entry (
  id uuid PRIMARY KEY,
  region text NOT NULL CHECK (region ~ '^[0-9]{6}$'),
  kind text NOT NULL CHECK (kind IN ('item', 'drug', 'rehab_item', 'device', 'service_standard')),
  code text NOT NULL CHECK (code <> ''),
  name_zh text NOT NULL CHECK (name_zh <> ''),
  name_en text,
  unit text NOT NULL CHECK (unit <> ''),
  price_limit_fen bigint CHECK (price_limit_fen >= 0),
  quantity_limit integer CHECK (quantity_limit > 0),
  effective_from date NOT NULL,
  effective_to date CHECK (effective_to >= effective_from),
  source text NOT NULL CHECK (source <> ''),
  recorded_by uuid,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT catalogue_entry_no_overlap EXCLUDE USING gist (
    region WITH =, kind WITH =, code WITH =, daterange(effective_from, effective_to, '[]') WITH &&)
);
CREATE TRIGGER refuse_prolonging BEFORE UPDATE ON registers.catalogue_entry
  FOR EACH ROW EXECUTE FUNCTION registers.refuse_prolonging();
ALTER TABLE registers.catalogue_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON registers.catalogue_entry FOR SELECT USING (true);
CREATE POLICY add ON registers.catalogue_entry FOR INSERT WITH CHECK (registers.may_write('catalogue', region));
CREATE POLICY finish ON registers.catalogue_entry FOR UPDATE USING (registers.may_write('catalogue', region));
GRANT SELECT, INSERT, UPDATE (effective_to) ON registers.catalogue_entry TO tongban_app;

-- A hospital's own code for something in the catalogue (三目对照); it counts once an officer other than the proposer approved it.
CREATE TABLE registers.code_mapping (
  id uuid PRIMARY KEY,
  institution_id uuid NOT NULL,
  region text NOT NULL CHECK (region ~ '^[0-9]{6}$'),
  hospital_code text NOT NULL CHECK (hospital_code <> ''),
  hospital_name text NOT NULL CHECK (hospital_name <> ''),
  kind text NOT NULL CHECK (kind IN ('item', 'drug', 'rehab_item', 'device', 'service_standard')),
  -- Null: outside the catalogue, as an officer approved it.
  catalogue_code text CHECK (catalogue_code <> ''),
  effective_from date NOT NULL,
  effective_to date CHECK (effective_to >= effective_from),
  state text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected')),
  proposed_by uuid NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_by uuid,
  decided_at timestamptz,
  CONSTRAINT mapping_same_officer CHECK (decided_by <> proposed_by),
  CHECK ((state = 'proposed') = (decided_by IS NULL) AND (state = 'proposed') = (decided_at IS NULL)),
  CONSTRAINT code_mapping_no_overlap EXCLUDE USING gist (
    institution_id WITH =, hospital_code WITH =, daterange(effective_from, effective_to, '[]') WITH &&) WHERE (state = 'approved')
);
CREATE UNIQUE INDEX code_mapping_one_proposal ON registers.code_mapping (institution_id, hospital_code) WHERE state = 'proposed';
CREATE FUNCTION registers.refuse_second_decision() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN
    IF OLD.state <> 'proposed' AND (NEW.state, NEW.decided_by, NEW.decided_at) IS DISTINCT FROM (OLD.state, OLD.decided_by, OLD.decided_at) THEN
      RAISE EXCEPTION 'mapping_already_decided: %', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
CREATE TRIGGER refuse_second_decision BEFORE UPDATE ON registers.code_mapping
  FOR EACH ROW EXECUTE FUNCTION registers.refuse_second_decision();
CREATE TRIGGER refuse_prolonging BEFORE UPDATE ON registers.code_mapping
  FOR EACH ROW EXECUTE FUNCTION registers.refuse_prolonging();
ALTER TABLE registers.code_mapping ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON registers.code_mapping FOR SELECT USING (true);
CREATE POLICY propose ON registers.code_mapping FOR INSERT WITH CHECK (
  state = 'proposed' AND proposed_by = ground.setting('user_id')::uuid AND (registers.may_write('mapping', region)
    OR (ground.actor_is('institution') AND institution_id = ground.setting('institution_id')::uuid)));
CREATE POLICY decide ON registers.code_mapping FOR UPDATE USING (registers.may_write('mapping', region));
GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_at, effective_to) ON registers.code_mapping TO tongban_app;

-- An institution's agreement with its agency: designated, then connected, then live (A1.07). A date once set stands.
CREATE TABLE registers.agreement (
  id uuid PRIMARY KEY,
  institution_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('medical', 'rehabilitation', 'device')),
  region text NOT NULL CHECK (region ~ '^[0-9]{6}$'),
  agreed_on date NOT NULL,
  connected_on date CHECK (connected_on >= agreed_on),
  live_on date CHECK (live_on >= connected_on),
  ended_on date CHECK (ended_on >= agreed_on),
  source text NOT NULL CHECK (source <> ''),
  recorded_by uuid,
  recorded_at timestamptz NOT NULL,
  CHECK (live_on IS NULL OR connected_on IS NOT NULL),
  CONSTRAINT agreement_no_overlap EXCLUDE USING gist (
    institution_id WITH =, kind WITH =, daterange(agreed_on, ended_on, '[]') WITH &&)
);
CREATE FUNCTION registers.refuse_other_date() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN
    IF OLD.connected_on IS NOT NULL AND NEW.connected_on IS DISTINCT FROM OLD.connected_on
      OR OLD.live_on IS NOT NULL AND NEW.live_on IS DISTINCT FROM OLD.live_on
      OR OLD.ended_on IS NOT NULL AND NEW.ended_on IS DISTINCT FROM OLD.ended_on THEN
      RAISE EXCEPTION 'agreement_date_already_set: %', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
CREATE TRIGGER refuse_other_date BEFORE UPDATE ON registers.agreement
  FOR EACH ROW EXECUTE FUNCTION registers.refuse_other_date();
ALTER TABLE registers.agreement ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON registers.agreement FOR SELECT USING (true);
CREATE POLICY add ON registers.agreement FOR INSERT WITH CHECK (registers.may_write('agreement', region));
CREATE POLICY advance ON registers.agreement FOR UPDATE USING (registers.may_write('agreement', region));
GRANT SELECT, INSERT, UPDATE (connected_on, live_on, ended_on) ON registers.agreement TO tongban_app;

-- Prefectures that take part in a pilot, from a day on (A1.03).
CREATE TABLE registers.pilot_area (
  province text NOT NULL CHECK (province ~ '^[0-9]{2}0000$'),
  prefecture text NOT NULL CHECK (prefecture ~ '^[0-9]{6}$'),
  go_live_on date NOT NULL,
  source text NOT NULL CHECK (source <> ''),
  recorded_by uuid,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (prefecture)
);
ALTER TABLE registers.pilot_area ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON registers.pilot_area FOR SELECT USING (true);
CREATE POLICY add ON registers.pilot_area FOR INSERT WITH CHECK (registers.may_write('pilot_area', province));
GRANT SELECT, INSERT ON registers.pilot_area TO tongban_app;

-- Control rules with their level and words (B3.09, B3.10); what a rule looks at is code of the service.
CREATE TABLE registers.control_rule (
  id uuid PRIMARY KEY,
  code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]*$'),
  service text,
  level text NOT NULL CHECK (level IN ('high', 'medium', 'low')),
  name_zh text NOT NULL CHECK (name_zh <> ''),
  name_en text NOT NULL CHECK (name_en <> ''),
  effective_from date NOT NULL,
  effective_to date CHECK (effective_to >= effective_from),
  source text NOT NULL CHECK (source <> ''),
  assumed boolean NOT NULL,
  recorded_by uuid,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT control_rule_no_overlap EXCLUDE USING gist (code WITH =, daterange(effective_from, effective_to, '[]') WITH &&)
);
CREATE TRIGGER refuse_prolonging BEFORE UPDATE ON registers.control_rule
  FOR EACH ROW EXECUTE FUNCTION registers.refuse_prolonging();
ALTER TABLE registers.control_rule ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON registers.control_rule FOR SELECT USING (true);
CREATE POLICY add ON registers.control_rule FOR INSERT WITH CHECK (registers.may_write('control_rule', NULL));
CREATE POLICY finish ON registers.control_rule FOR UPDATE USING (registers.may_write('control_rule', NULL));
GRANT SELECT, INSERT, UPDATE (effective_to) ON registers.control_rule TO tongban_app;

-- The catalogue of public services (事项): item code, proofs asked, proofs saved by sharing, maturity (B2.06, B3.07).
CREATE TABLE registers.service_item (
  id uuid PRIMARY KEY,
  item_code text NOT NULL CHECK (item_code <> ''),
  service text NOT NULL CHECK (service <> ''),
  level text NOT NULL CHECK (level IN ('national', 'local')),
  name_zh text NOT NULL CHECK (name_zh <> ''),
  name_en text NOT NULL CHECK (name_en <> ''),
  maturity text NOT NULL CHECK (maturity IN ('can_be_done', 'easy_to_do', 'efficiently_done')),
  proofs_asked jsonb NOT NULL CHECK (jsonb_typeof(proofs_asked) = 'array'),
  proofs_saved jsonb NOT NULL CHECK (jsonb_typeof(proofs_saved) = 'array'),
  effective_from date NOT NULL,
  effective_to date CHECK (effective_to >= effective_from),
  source text NOT NULL CHECK (source <> ''),
  assumed boolean NOT NULL,
  recorded_by uuid,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT service_item_no_overlap EXCLUDE USING gist (item_code WITH =, daterange(effective_from, effective_to, '[]') WITH &&)
);
CREATE TRIGGER refuse_prolonging BEFORE UPDATE ON registers.service_item
  FOR EACH ROW EXECUTE FUNCTION registers.refuse_prolonging();
ALTER TABLE registers.service_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON registers.service_item FOR SELECT USING (true);
CREATE POLICY add ON registers.service_item FOR INSERT WITH CHECK (registers.may_write('service_item', NULL));
CREATE POLICY finish ON registers.service_item FOR UPDATE USING (registers.may_write('service_item', NULL));
GRANT SELECT, INSERT, UPDATE (effective_to) ON registers.service_item TO tongban_app;

GRANT SELECT ON registers.writer TO tongban_app;
