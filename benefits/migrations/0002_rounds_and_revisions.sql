-- Rounds find who is owed a benefit without an application; revisions find whom a published value concerns. Both list first, are approved by
-- another officer, and are then carried out case by case. Lines and what became of them are only added to.

CREATE TABLE benefits.round_line (
  round_id uuid NOT NULL,
  no integer NOT NULL CHECK (no >= 1),
  agency text NOT NULL,
  party_kind text NOT NULL CHECK (party_kind IN ('person', 'employer')),
  party_id uuid NOT NULL,
  amount_fen bigint NOT NULL CHECK (amount_fen >= 0),
  PRIMARY KEY (round_id, no)
);

CREATE TABLE benefits.round_result (
  round_id uuid NOT NULL,
  no integer NOT NULL,
  case_id uuid,
  -- Why no case was opened, where none was.
  skipped_because text,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (round_id, no),
  FOREIGN KEY (round_id, no) REFERENCES benefits.round_line,
  CHECK (num_nonnulls(case_id, skipped_because) = 1)
);

CREATE TABLE benefits.revision_line (
  revision_id uuid NOT NULL,
  no integer NOT NULL CHECK (no >= 1),
  agency text NOT NULL,
  case_id uuid NOT NULL,
  case_number text NOT NULL,
  before_outcome text NOT NULL,
  before_fen bigint NOT NULL CHECK (before_fen >= 0),
  after_outcome text NOT NULL,
  after_fen bigint NOT NULL CHECK (after_fen >= 0),
  PRIMARY KEY (revision_id, no)
);

CREATE TABLE benefits.revision_result (
  revision_id uuid NOT NULL,
  no integer NOT NULL,
  -- The status after deciding again; null where it could not be done now.
  status text,
  failed_because text,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (revision_id, no),
  FOREIGN KEY (revision_id, no) REFERENCES benefits.revision_line,
  CHECK (num_nonnulls(status, failed_because) = 1)
);

DO $$
DECLARE part text;
BEGIN
  FOREACH part IN ARRAY ARRAY['round_line', 'revision_line'] LOOP
    EXECUTE format('CREATE POLICY read ON benefits.%I FOR SELECT USING (ground.may_see(agency, NULL, NULL, NULL))', part);
  END LOOP;
  CREATE POLICY read ON benefits.round_result FOR SELECT USING (EXISTS (SELECT FROM benefits.round_line line
    WHERE line.round_id = round_result.round_id AND line.no = round_result.no));
  CREATE POLICY read ON benefits.revision_result FOR SELECT USING (EXISTS (SELECT FROM benefits.revision_line line
    WHERE line.revision_id = revision_result.revision_id AND line.no = revision_result.no));
  FOREACH part IN ARRAY ARRAY['round_line', 'round_result', 'revision_line', 'revision_result'] LOOP
    EXECUTE format('ALTER TABLE benefits.%I ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('CREATE POLICY write ON benefits.%I FOR INSERT WITH CHECK (ground.actor_is(''system''))', part);
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON benefits.%I
      FOR EACH ROW EXECUTE FUNCTION ground.refuse_change()', part);
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON benefits.%I
      FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change()', part);
  END LOOP;
END $$;

GRANT SELECT, INSERT ON benefits.round_line, benefits.round_result, benefits.revision_line, benefits.revision_result TO tongban_app;
