-- Bulletins and magazines as they were printed: a file read into parts, none of its characters lost. A corrected file is another version beside
-- the one before; nothing is changed or removed.
INSERT INTO registers.writer VALUES ('document', 'values_admin');

CREATE TABLE registers.document (
  id uuid PRIMARY KEY,
  series text NOT NULL CHECK (series ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'),
  issue text NOT NULL CHECK (issue ~ '^[0-9A-Za-z]+(-[0-9A-Za-z]+)*$'),
  version integer NOT NULL CHECK (version > 0),
  name text NOT NULL CHECK (name <> ''),
  organiser text NOT NULL CHECK (organiser <> ''),
  published_on date NOT NULL,
  content_sm3 text NOT NULL CHECK (content_sm3 ~ '^[0-9a-f]{64}$'),
  -- What stands before the first part; then part by part `raw` and `after` are the file.
  before text NOT NULL,
  differences jsonb NOT NULL CHECK (jsonb_typeof(differences) = 'array'),
  recorded_by uuid,
  recorded_at timestamptz NOT NULL,
  UNIQUE (series, issue, version),
  UNIQUE (series, issue, content_sm3)
);

CREATE TABLE registers.document_article (
  document_id uuid NOT NULL REFERENCES registers.document,
  no integer NOT NULL CHECK (no > 0),
  section text,
  title text NOT NULL CHECK (title <> ''),
  byline text,
  source text,
  -- The province or prefecture that the title begins with.
  region text CHECK (region ~ '^[0-9]{6}$'),
  PRIMARY KEY (document_id, no)
);

CREATE TABLE registers.document_part (
  document_id uuid NOT NULL REFERENCES registers.document,
  seq integer NOT NULL CHECK (seq > 0),
  kind text NOT NULL CHECK (kind IN ('masthead', 'contents', 'section', 'title', 'byline', 'standfirst', 'heading', 'paragraph', 'table',
    'caption', 'source', 'rule')),
  line integer NOT NULL CHECK (line > 0),
  raw text NOT NULL CHECK (raw <> ''),
  after text NOT NULL,
  text text NOT NULL,
  article_no integer,
  paragraph_no integer CHECK (paragraph_no > 0),
  -- Of what is numbered within its article: tells the text from a changed one, and what it is found by.
  digest text CHECK (digest ~ '^[0-9a-f]{12}$'),
  words tsvector,
  PRIMARY KEY (document_id, seq),
  UNIQUE (document_id, article_no, paragraph_no),
  FOREIGN KEY (document_id, article_no) REFERENCES registers.document_article,
  CHECK ((paragraph_no IS NULL) = (digest IS NULL) AND (paragraph_no IS NULL) = (words IS NULL)),
  CHECK (paragraph_no IS NULL OR article_no IS NOT NULL)
);
CREATE INDEX document_part_words ON registers.document_part USING gin (words);
CREATE INDEX document_part_digest ON registers.document_part (digest) WHERE digest IS NOT NULL;

-- The last version of each issue.
CREATE VIEW registers.current_document WITH (security_invoker) AS
  SELECT DISTINCT ON (series, issue) * FROM registers.document ORDER BY series, issue, version DESC;

DO $$ DECLARE kept text; BEGIN
  FOREACH kept IN ARRAY ARRAY['document', 'document_article', 'document_part'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON registers.%I
      FOR EACH ROW EXECUTE FUNCTION ground.refuse_change()', kept);
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON registers.%I
      FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change()', kept);
    EXECUTE format('ALTER TABLE registers.%I ENABLE ROW LEVEL SECURITY', kept);
    EXECUTE format('CREATE POLICY read_all ON registers.%I FOR SELECT USING (true)', kept);
    EXECUTE format('CREATE POLICY add ON registers.%I FOR INSERT WITH CHECK (registers.may_write(''document'', NULL))', kept);
    EXECUTE format('GRANT SELECT, INSERT ON registers.%I TO tongban_app', kept);
  END LOOP;
END $$;
GRANT SELECT ON registers.current_document TO tongban_app;
