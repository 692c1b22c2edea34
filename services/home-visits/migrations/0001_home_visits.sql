-- Who cannot easily come, as was once shown: asked for no second time. The very old are known by their birth date.
CREATE TABLE svc_home_visits.need (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES people.person,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  reason text NOT NULL CHECK (reason IN ('seriously_ill', 'limited_mobility')),
  evidence text NOT NULL CHECK (btrim(evidence) <> ''),
  from_on date NOT NULL,
  to_on date CHECK (to_on >= from_on),
  recorded_by uuid,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX need_of_person ON svc_home_visits.need (person_id);
ALTER TABLE svc_home_visits.need ENABLE ROW LEVEL SECURITY;
CREATE POLICY need_read ON svc_home_visits.need FOR SELECT USING (ground.may_see(agency, person_id, NULL, NULL));
CREATE POLICY need_add ON svc_home_visits.need FOR INSERT WITH CHECK (ground.may_see(agency, NULL, NULL, NULL));
CREATE POLICY need_end ON svc_home_visits.need FOR UPDATE USING (ground.may_see(agency, NULL, NULL, NULL));
GRANT SELECT, INSERT, UPDATE (to_on) ON svc_home_visits.need TO tongban_app;

-- The teams that go, with the devices of their kit (B4.11).
CREATE TABLE svc_home_visits.team (
  id uuid PRIMARY KEY,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  name text NOT NULL CHECK (btrim(name) <> ''),
  terminals integer NOT NULL CHECK (terminals >= 0),
  authenticators integer NOT NULL CHECK (authenticators >= 0),
  card_makers integer NOT NULL CHECK (card_makers >= 0),
  CONSTRAINT team_name_once UNIQUE (agency, name)
);
ALTER TABLE svc_home_visits.team ENABLE ROW LEVEL SECURITY;
CREATE POLICY team_read ON svc_home_visits.team FOR SELECT USING (ground.may_see(agency, NULL, NULL, NULL));
CREATE POLICY team_add ON svc_home_visits.team FOR INSERT WITH CHECK (ground.may_see(agency, NULL, NULL, NULL));
GRANT SELECT, INSERT ON svc_home_visits.team TO tongban_app;
