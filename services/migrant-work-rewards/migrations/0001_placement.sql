-- Who works away from home, where and since when (C6.01): registered in the village or community.
CREATE TABLE svc_migrant_work_rewards.placement (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES people.person,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  destination_region text NOT NULL CHECK (destination_region ~ '^\d{6}$'),
  employer text NOT NULL CHECK (btrim(employer) <> ''),
  from_on date NOT NULL,
  to_on date CHECK (to_on >= from_on),
  recorded_at timestamptz NOT NULL,
  CONSTRAINT placement_no_overlap EXCLUDE USING gist (person_id WITH =, daterange(from_on, to_on, '[]') WITH &&)
);
-- An end, once recorded, stands.
CREATE TRIGGER refuse_second_end BEFORE UPDATE ON svc_migrant_work_rewards.placement
  FOR EACH ROW EXECUTE FUNCTION people.refuse_second_end();
ALTER TABLE svc_migrant_work_rewards.placement ENABLE ROW LEVEL SECURITY;
CREATE POLICY placement_read ON svc_migrant_work_rewards.placement FOR SELECT
  USING (ground.may_see(agency, person_id, NULL, NULL));
CREATE POLICY placement_add ON svc_migrant_work_rewards.placement FOR INSERT
  WITH CHECK (ground.actor_is('system', 'staff') AND ground.may_see(agency, NULL, NULL, NULL));
CREATE POLICY placement_end ON svc_migrant_work_rewards.placement FOR UPDATE
  USING (ground.actor_is('system', 'staff') AND ground.may_see(agency, NULL, NULL, NULL));
GRANT SELECT, INSERT, UPDATE (to_on) ON svc_migrant_work_rewards.placement TO tongban_app;
