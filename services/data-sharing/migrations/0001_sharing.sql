-- What this node told another region about a person, or refused to tell, and by what right. Seen by the person too.
CREATE TABLE svc_data_sharing.told (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id uuid NOT NULL,
  region text NOT NULL CHECK (region ~ '^\d{6}$'),
  question text NOT NULL CHECK (btrim(question) <> ''),
  purpose text NOT NULL CHECK (btrim(purpose) <> ''),
  kinds text[] NOT NULL CHECK (cardinality(kinds) > 0),
  permission text NOT NULL CHECK (btrim(permission) <> ''),
  -- Null: it was told.
  refused text,
  at timestamptz NOT NULL
);
CREATE INDEX told_of_person ON svc_data_sharing.told (person_id, seq);
ALTER TABLE svc_data_sharing.told ENABLE ROW LEVEL SECURITY;
CREATE POLICY told_read ON svc_data_sharing.told FOR SELECT USING (ground.may_see(NULL, person_id, NULL, NULL));
CREATE POLICY told_add ON svc_data_sharing.told FOR INSERT WITH CHECK (ground.actor_is('system'));
CREATE TRIGGER told_append_only BEFORE UPDATE OR DELETE ON svc_data_sharing.told FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER told_no_truncate BEFORE TRUNCATE ON svc_data_sharing.told FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_data_sharing.told TO tongban_app;

-- Consents that another region said were withdrawn, kept whether or not a question under them ever came.
CREATE TABLE svc_data_sharing.withdrawn_consent (
  region text NOT NULL CHECK (region ~ '^\d{6}$'),
  consent text NOT NULL CHECK (btrim(consent) <> ''),
  told_at timestamptz NOT NULL,
  PRIMARY KEY (region, consent)
);
ALTER TABLE svc_data_sharing.withdrawn_consent ENABLE ROW LEVEL SECURITY;
CREATE POLICY withdrawn_consent_of_node ON svc_data_sharing.withdrawn_consent USING (ground.actor_is('system'));
GRANT SELECT, INSERT ON svc_data_sharing.withdrawn_consent TO tongban_app;

-- The lines of a list that is compared: who, by digest alone, and whether it was found; null before it was approved.
CREATE TABLE svc_data_sharing.comparison_line (
  case_id uuid NOT NULL,
  line integer NOT NULL CHECK (line > 0),
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  identity_digest text NOT NULL CHECK (identity_digest ~ '^[0-9a-f]{64}$'),
  matches boolean,
  PRIMARY KEY (case_id, line)
);
ALTER TABLE svc_data_sharing.comparison_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY comparison_line_seen ON svc_data_sharing.comparison_line
  USING (ground.actor_is('system', 'staff') AND ground.may_see(agency, NULL, NULL, NULL));
GRANT SELECT, INSERT, UPDATE (matches) ON svc_data_sharing.comparison_line TO tongban_app;
