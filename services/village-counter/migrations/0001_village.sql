-- Counters of villages and stations of townships (B3.02): institutions of a county, with their statistical code of twelve digits and where they stand.
CREATE TABLE svc_village_counter.counter (
  institution_id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE CHECK (code ~ '^\d{12}$'),
  region text NOT NULL CHECK (region ~ '^\d{6}$' AND left(code, 6) = region),
  -- The township station that looks a second time; null for a station itself, whose code ends in 000.
  station_id uuid REFERENCES svc_village_counter.counter,
  longitude_e6 integer NOT NULL CHECK (longitude_e6 BETWEEN 73000000 AND 136000000),
  latitude_e6 integer NOT NULL CHECK (latitude_e6 BETWEEN 3000000 AND 54000000),
  from_on date NOT NULL,
  to_on date CHECK (to_on >= from_on),
  source text NOT NULL CHECK (btrim(source) <> ''),
  CHECK ((station_id IS NULL) = (right(code, 3) = '000'))
);
ALTER TABLE svc_village_counter.counter ENABLE ROW LEVEL SECURITY;
CREATE POLICY counter_read ON svc_village_counter.counter FOR SELECT USING (true);
CREATE POLICY counter_add ON svc_village_counter.counter FOR INSERT
  WITH CHECK (ground.actor_is('system', 'staff') AND ground.may_see(region, NULL, NULL, NULL));
CREATE POLICY counter_end ON svc_village_counter.counter FOR UPDATE
  USING (ground.actor_is('system', 'staff') AND ground.may_see(region, NULL, NULL, NULL));
GRANT SELECT, INSERT, UPDATE (to_on) ON svc_village_counter.counter TO tongban_app;

-- Where people live, to measure the five kilometres (B3.01): a point and how many.
CREATE TABLE svc_village_counter.settlement (
  code text PRIMARY KEY CHECK (code ~ '^\d{12}-\d{2}$'),
  region text NOT NULL CHECK (region ~ '^\d{6}$' AND left(code, 6) = region),
  name text NOT NULL CHECK (btrim(name) <> ''),
  residents integer NOT NULL CHECK (residents > 0),
  longitude_e6 integer NOT NULL CHECK (longitude_e6 BETWEEN 73000000 AND 136000000),
  latitude_e6 integer NOT NULL CHECK (latitude_e6 BETWEEN 3000000 AND 54000000),
  source text NOT NULL CHECK (btrim(source) <> '')
);
ALTER TABLE svc_village_counter.settlement ENABLE ROW LEVEL SECURITY;
CREATE POLICY settlement_read ON svc_village_counter.settlement FOR SELECT USING (true);
CREATE POLICY settlement_add ON svc_village_counter.settlement FOR INSERT
  WITH CHECK (ground.actor_is('system', 'staff') AND ground.may_see(region, NULL, NULL, NULL));
GRANT SELECT, INSERT ON svc_village_counter.settlement TO tongban_app;

-- Visits of the campaign (B3.12): where, on what occasion, how many were reached; never whom.
CREATE TABLE svc_village_counter.visit (
  id uuid PRIMARY KEY,
  counter_id uuid NOT NULL REFERENCES svc_village_counter.counter,
  region text NOT NULL CHECK (region ~ '^\d{6}$'),
  kind text NOT NULL CHECK (kind IN ('village_talk', 'market', 'home_visit', 'festival_visit')),
  on_day date NOT NULL,
  place text NOT NULL CHECK (btrim(place) <> ''),
  reached integer NOT NULL CHECK (reached > 0),
  topic text NOT NULL CHECK (topic IN ('how_to_do_it', 'where_to_do_it')),
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  CHECK (on_day <= recorded_at::date + 1)
);
CREATE INDEX visit_in_time ON svc_village_counter.visit (on_day DESC);
ALTER TABLE svc_village_counter.visit ENABLE ROW LEVEL SECURITY;
CREATE POLICY visit_seen ON svc_village_counter.visit FOR SELECT USING (ground.may_see(region, NULL, counter_id, NULL));
CREATE POLICY visit_add ON svc_village_counter.visit FOR INSERT
  WITH CHECK (ground.actor_is('system', 'institution') AND ground.may_see(region, NULL, counter_id, NULL));
CREATE TRIGGER visit_append_only BEFORE UPDATE OR DELETE ON svc_village_counter.visit FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER visit_no_truncate BEFORE TRUNCATE ON svc_village_counter.visit FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_village_counter.visit TO tongban_app;
