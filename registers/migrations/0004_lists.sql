-- Lists that come and go as files (targets and what was reached, activities, figures, actors, plans): one row, one code, versions beside each
-- other. What a row must hold is the schema of its list, asked where it is written and where it is read; nothing is changed or removed.
INSERT INTO registers.writer VALUES
  ('targets', 'values_admin'),
  ('actuals', 'values_admin'),
  ('actuals', 'supervisor'),
  ('activities', 'values_admin'),
  ('figures', 'values_admin'),
  ('actors', 'values_admin'),
  ('policy-items', 'values_admin'),
  ('training-projects', 'values_admin'),
  ('pilot-items', 'values_admin'),
  ('pilot-plans', 'values_admin'),
  -- Whoever writes a row does not take it a step further (approve, release, submit): another role does.
  ('policy-items.advance', 'supervisor'),
  ('training-projects.advance', 'supervisor'),
  ('pilot-plans.advance', 'supervisor');

CREATE TABLE registers.list_row (
  id uuid PRIMARY KEY,
  list text NOT NULL CHECK (list ~ '^[a-z]+(-[a-z]+)*$'),
  code text NOT NULL CHECK (code <> ''),
  version integer NOT NULL CHECK (version > 0),
  region text NOT NULL CHECK (region ~ '^[0-9]{6}$'),
  content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object'),
  recorded_by uuid,
  recorded_at timestamptz NOT NULL,
  UNIQUE (list, code, version)
);

-- A row stays with the region that wrote it, or whoever may write for one region could write for another.
CREATE FUNCTION registers.refuse_other_region() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN
    IF EXISTS (SELECT FROM registers.list_row WHERE list = NEW.list AND code = NEW.code AND region <> NEW.region) THEN
      RAISE EXCEPTION 'list_row_other_region: % %', NEW.list, NEW.code USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
CREATE TRIGGER refuse_other_region BEFORE INSERT ON registers.list_row
  FOR EACH ROW EXECUTE FUNCTION registers.refuse_other_region();
CREATE TRIGGER list_row_append_only BEFORE UPDATE OR DELETE ON registers.list_row
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER list_row_no_truncate BEFORE TRUNCATE ON registers.list_row
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
ALTER TABLE registers.list_row ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON registers.list_row FOR SELECT USING (true);
CREATE POLICY add ON registers.list_row FOR INSERT WITH CHECK (
  registers.may_write(list, region) OR registers.may_write(list || '.advance', region));
GRANT SELECT, INSERT ON registers.list_row TO tongban_app;

-- The last version of each row.
CREATE VIEW registers.current_list_row WITH (security_invoker = true) AS
  SELECT DISTINCT ON (list, code) * FROM registers.list_row ORDER BY list, code, version DESC;
GRANT SELECT ON registers.current_list_row TO tongban_app;
