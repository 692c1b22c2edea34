-- The days on which everybody who is due was looked for: once a day, however often the clock ticks.
CREATE TABLE svc_resident_pension.finding (
  day date PRIMARY KEY,
  found_at timestamptz NOT NULL
);
ALTER TABLE svc_resident_pension.finding ENABLE ROW LEVEL SECURITY;
CREATE POLICY finding_seen ON svc_resident_pension.finding USING (ground.actor_is('system'));
GRANT SELECT, INSERT ON svc_resident_pension.finding TO tongban_app;
