-- Provinces in which one parameter set holds for an insurance (A2.03): the database refuses a value of a city or county by itself.
CREATE TABLE law.unified_province (
  province text NOT NULL CHECK (province ~ '^[0-9]{2}0000$'),
  insurance text NOT NULL,
  source text NOT NULL CHECK (source <> ''),
  PRIMARY KEY (province, insurance)
);
INSERT INTO law.unified_province VALUES ('620000', 'work_injury', 'A2.03 甘肃省工伤保险经办规程');

-- A value that an officer proposes to publish. It holds for nobody until another officer approves it.
CREATE TABLE law.value_proposal (
  id uuid PRIMARY KEY,
  service text NOT NULL CHECK (service <> ''),
  name text NOT NULL CHECK (name <> ''),
  insurance text,
  region text NOT NULL CHECK (region ~ '^[0-9]{6}$'),
  unit text NOT NULL CHECK (unit <> ''),
  value jsonb NOT NULL,
  effective_from date NOT NULL,
  effective_to date CHECK (effective_to >= effective_from),
  source text NOT NULL CHECK (source <> ''),
  note text,
  proposed_by uuid NOT NULL,
  proposed_at timestamptz NOT NULL,
  UNIQUE (id, proposed_by)
);
CREATE INDEX value_proposal_service ON law.value_proposal (service, name, region);

-- The second pair of eyes. `signature`: SM2 of the node over proposal and approval together.
CREATE TABLE law.value_approval (
  proposal_id uuid PRIMARY KEY,
  proposed_by uuid NOT NULL,
  approved_by uuid NOT NULL,
  approved_at timestamptz NOT NULL,
  published_on date NOT NULL,
  signature text NOT NULL CHECK (signature <> ''),
  FOREIGN KEY (proposal_id, proposed_by) REFERENCES law.value_proposal (id, proposed_by),
  CONSTRAINT same_officer CHECK (approved_by <> proposed_by)
);

CREATE FUNCTION law.refuse_city_value() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN
    IF EXISTS (SELECT 1 FROM law.unified_province AS unified
      WHERE left(unified.province, 2) = left(NEW.region, 2) AND unified.province <> NEW.region
        AND (NEW.insurance IS NULL OR NEW.insurance = unified.insurance)) THEN
      RAISE EXCEPTION 'city_value_in_unified_province: region % may not set values of its own', NEW.region
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$;
CREATE TRIGGER refuse_city_value BEFORE INSERT ON law.value_proposal
  FOR EACH ROW EXECUTE FUNCTION law.refuse_city_value();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON law.value_proposal
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON law.value_proposal
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON law.value_approval
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON law.value_approval
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();

-- The law is public: everybody reads it. An officer writes in their own name, for regions inside their agency's.
ALTER TABLE law.value_proposal ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON law.value_proposal FOR SELECT USING (true);
CREATE POLICY propose ON law.value_proposal FOR INSERT WITH CHECK (
  ground.actor_is('staff') AND proposed_by = ground.setting('user_id')::uuid AND ground.may_see(region, NULL, NULL, NULL));

ALTER TABLE law.value_approval ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON law.value_approval FOR SELECT USING (true);
CREATE POLICY approve ON law.value_approval FOR INSERT WITH CHECK (
  ground.actor_is('staff') AND approved_by = ground.setting('user_id')::uuid
  AND EXISTS (SELECT 1 FROM law.value_proposal AS proposal
    WHERE proposal.id = proposal_id AND ground.may_see(proposal.region, NULL, NULL, NULL)));

GRANT SELECT ON law.unified_province TO tongban_app;
GRANT SELECT, INSERT ON law.value_proposal, law.value_approval TO tongban_app;
