INSERT INTO registers.writer VALUES
  ('listed_party', 'catalogue_admin'),
  ('occupation', 'catalogue_admin'),
  ('urgent_occupation', 'catalogue_admin');

-- Parties that stand on a published list: seriously dishonest, in bankruptcy liquidation, to be deregistered (C2.07).
CREATE TABLE registers.listed_party (
  id uuid PRIMARY KEY,
  list text NOT NULL CHECK (list IN ('serious_dishonesty', 'bankruptcy_liquidation', 'deregistration')),
  credit_code text NOT NULL CHECK (credit_code ~ '^[0-9A-Z]{18}$'),
  name text NOT NULL CHECK (name <> ''),
  -- Whose list it is.
  region text NOT NULL CHECK (region ~ '^[0-9]{6}$'),
  effective_from date NOT NULL,
  effective_to date CHECK (effective_to >= effective_from),
  source text NOT NULL CHECK (source <> ''),
  recorded_by uuid,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT listed_party_no_overlap EXCLUDE USING gist (
    list WITH =, credit_code WITH =, region WITH =, daterange(effective_from, effective_to, '[]') WITH &&)
);
CREATE INDEX listed_party_by_code ON registers.listed_party (credit_code);
CREATE TRIGGER refuse_prolonging BEFORE UPDATE ON registers.listed_party
  FOR EACH ROW EXECUTE FUNCTION registers.refuse_prolonging();
ALTER TABLE registers.listed_party ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON registers.listed_party FOR SELECT USING (true);
CREATE POLICY add ON registers.listed_party FOR INSERT WITH CHECK (registers.may_write('listed_party', region));
CREATE POLICY finish ON registers.listed_party FOR UPDATE USING (registers.may_write('listed_party', region));
GRANT SELECT, INSERT, UPDATE (effective_to) ON registers.listed_party TO tongban_app;

-- Occupations by code; a code, once given, keeps its meaning.
CREATE TABLE registers.occupation (
  code text PRIMARY KEY CHECK (code ~ '^[0-9A-Z-]{3,40}$'),
  name_zh text NOT NULL CHECK (name_zh <> ''),
  name_en text NOT NULL CHECK (name_en <> ''),
  source text NOT NULL CHECK (source <> ''),
  assumed boolean NOT NULL,
  recorded_by uuid,
  recorded_at timestamptz NOT NULL
);
ALTER TABLE registers.occupation ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON registers.occupation FOR SELECT USING (true);
CREATE POLICY add ON registers.occupation FOR INSERT WITH CHECK (registers.may_write('occupation', NULL));
GRANT SELECT, INSERT ON registers.occupation TO tongban_app;

-- Which occupations a region needs urgently in a year (C3.08): each import is a version of the whole list, and earlier ones stay.
CREATE TABLE registers.urgent_list (
  id uuid PRIMARY KEY,
  region text NOT NULL CHECK (region ~ '^[0-9]{6}$'),
  year integer NOT NULL CHECK (year BETWEEN 2000 AND 2099),
  version integer NOT NULL CHECK (version > 0),
  source text NOT NULL CHECK (source <> ''),
  assumed boolean NOT NULL,
  recorded_by uuid,
  recorded_at timestamptz NOT NULL,
  UNIQUE (region, year, version)
);
ALTER TABLE registers.urgent_list ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON registers.urgent_list FOR SELECT USING (true);
CREATE POLICY add ON registers.urgent_list FOR INSERT WITH CHECK (registers.may_write('urgent_occupation', region));
CREATE TRIGGER urgent_list_append_only BEFORE UPDATE OR DELETE ON registers.urgent_list
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER urgent_list_no_truncate BEFORE TRUNCATE ON registers.urgent_list
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON registers.urgent_list TO tongban_app;

CREATE TABLE registers.urgent_occupation (
  list_id uuid NOT NULL REFERENCES registers.urgent_list,
  occupation text NOT NULL REFERENCES registers.occupation,
  PRIMARY KEY (list_id, occupation)
);
ALTER TABLE registers.urgent_occupation ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON registers.urgent_occupation FOR SELECT USING (true);
CREATE POLICY add ON registers.urgent_occupation FOR INSERT WITH CHECK (EXISTS (
  SELECT FROM registers.urgent_list list WHERE list.id = list_id AND registers.may_write('urgent_occupation', list.region)));
CREATE TRIGGER urgent_occupation_append_only BEFORE UPDATE OR DELETE ON registers.urgent_occupation
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER urgent_occupation_no_truncate BEFORE TRUNCATE ON registers.urgent_occupation
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON registers.urgent_occupation TO tongban_app;
