-- The townships (towns, sub-districts, administrative committees) of a region: each must have an outlet that issues cards at once (B4.08).
CREATE TABLE svc_card_matters.township (
  code text PRIMARY KEY CHECK (code ~ '^\d{9}$'),
  region text NOT NULL CHECK (region ~ '^\d{6}$'),
  name_zh text NOT NULL CHECK (btrim(name_zh) <> ''),
  name_en text NOT NULL CHECK (btrim(name_en) <> ''),
  kind text NOT NULL CHECK (kind IN ('town', 'sub_district', 'committee')),
  CHECK (left(code, 6) = region)
);
ALTER TABLE svc_card_matters.township ENABLE ROW LEVEL SECURITY;
CREATE POLICY township_read ON svc_card_matters.township FOR SELECT USING (true);
CREATE POLICY township_add ON svc_card_matters.township FOR INSERT WITH CHECK (ground.may_see(region, NULL, NULL, NULL));
GRANT SELECT, INSERT ON svc_card_matters.township TO tongban_app;

-- The bank outlets that handle card matters, also those placed inside halls of the administration (B4.05).
CREATE TABLE svc_card_matters.outlet (
  institution_id uuid PRIMARY KEY REFERENCES people.institution,
  region text NOT NULL CHECK (region ~ '^\d{6}$'),
  township text NOT NULL REFERENCES svc_card_matters.township,
  place text NOT NULL CHECK (place IN ('own_premises', 'government_hall', 'retiree_hall')),
  agreement boolean NOT NULL,
  instant_issue boolean NOT NULL,
  card_makers integer NOT NULL CHECK (card_makers BETWEEN 0 AND 100),
  full_time_staff integer NOT NULL CHECK (full_time_staff BETWEEN 0 AND 1000),
  self_service_terminals integer NOT NULL CHECK (self_service_terminals BETWEEN 0 AND 100),
  opened_on date NOT NULL,
  closed_on date CHECK (closed_on >= opened_on),
  -- Who issues at once has a machine to do it with; a counter inside a hall has dedicated equipment and full-time staff.
  CHECK (NOT instant_issue OR card_makers > 0),
  CHECK (place = 'own_premises' OR (card_makers > 0 AND full_time_staff > 0))
);
CREATE INDEX outlet_of_region ON svc_card_matters.outlet (region text_pattern_ops);
ALTER TABLE svc_card_matters.outlet ENABLE ROW LEVEL SECURITY;
CREATE POLICY outlet_read ON svc_card_matters.outlet FOR SELECT USING (true);
CREATE POLICY outlet_add ON svc_card_matters.outlet FOR INSERT WITH CHECK (ground.may_see(region, NULL, NULL, NULL));
CREATE POLICY outlet_close ON svc_card_matters.outlet FOR UPDATE USING (ground.may_see(region, NULL, NULL, NULL));
GRANT SELECT, INSERT, UPDATE (closed_on) ON svc_card_matters.outlet TO tongban_app;

-- Blank cards of an outlet, card by card: brought, used for a card, spoiled, given back.
CREATE TABLE svc_card_matters.blank_movement (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  institution_id uuid NOT NULL REFERENCES svc_card_matters.outlet,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  kind text NOT NULL CHECK (kind IN ('delivered', 'used', 'spoiled', 'returned')),
  cards integer NOT NULL CHECK (cards BETWEEN 1 AND 100000),
  note text NOT NULL,
  case_id uuid,
  user_id uuid,
  moved_at timestamptz NOT NULL,
  CHECK ((kind = 'used') = (case_id IS NOT NULL) OR kind = 'spoiled')
);
CREATE INDEX blank_movement_of_outlet ON svc_card_matters.blank_movement (institution_id);
ALTER TABLE svc_card_matters.blank_movement ENABLE ROW LEVEL SECURITY;
CREATE POLICY blank_movement_read ON svc_card_matters.blank_movement FOR SELECT
  USING (ground.may_see(agency, NULL, institution_id, NULL));
CREATE POLICY blank_movement_add ON svc_card_matters.blank_movement FOR INSERT
  WITH CHECK (ground.may_see(agency, NULL, institution_id, NULL));
CREATE TRIGGER blank_movement_append_only BEFORE UPDATE OR DELETE ON svc_card_matters.blank_movement
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER blank_movement_no_truncate BEFORE TRUNCATE ON svc_card_matters.blank_movement
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_card_matters.blank_movement TO tongban_app;

-- A card that was made in a case, from the making until it is in force or destroyed. The account is sealed, so that no case keeps it.
CREATE TABLE svc_card_matters.made_card (
  case_id uuid PRIMARY KEY,
  number text NOT NULL CONSTRAINT made_card_number_once UNIQUE CHECK (number ~ '^[0-9A-Z]{6,20}$'),
  bank_name text NOT NULL,
  account_sealed bytea,
  made_at timestamptz NOT NULL
);
ALTER TABLE svc_card_matters.made_card ENABLE ROW LEVEL SECURITY;
CREATE POLICY made_card_of_node ON svc_card_matters.made_card USING (ground.actor_is('system'));
CREATE TRIGGER made_card_append_only BEFORE UPDATE OR DELETE ON svc_card_matters.made_card
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER made_card_no_truncate BEFORE TRUNCATE ON svc_card_matters.made_card
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_card_matters.made_card TO tongban_app;
