-- Reviews by experts: who may review, whom they must not judge, what lies before a round without its name, seats, and scores. Only added to.
-- See reviews/README.md.

CREATE TABLE reviews.expert (
  id uuid PRIMARY KEY,
  service text NOT NULL,
  person_id uuid NOT NULL,
  agency text NOT NULL CHECK (agency ~ '^[0-9]{6}$'),
  groups jsonb NOT NULL CHECK (jsonb_typeof(groups) = 'array'),
  from_on date NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX expert_of_service ON reviews.expert (service, agency, id);
CREATE INDEX expert_person ON reviews.expert (person_id);

CREATE TABLE reviews.expert_end (
  expert_id uuid PRIMARY KEY REFERENCES reviews.expert,
  ended_on date NOT NULL,
  reason text NOT NULL,
  recorded_at timestamptz NOT NULL
);

-- A relative, or somebody else whom a person must not judge: declared by the one who judges.
CREATE TABLE reviews.bias (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL,
  other_person_id uuid NOT NULL,
  relation text NOT NULL CHECK (relation IN ('spouse', 'parent_or_child', 'sibling', 'other_relative', 'teacher_or_student', 'other')),
  declared_at timestamptz NOT NULL,
  UNIQUE (person_id, other_person_id)
);

-- An application in a round. `code` is all that reviewers are told of whose it is; `material` holds facts and no names.
CREATE TABLE reviews.entry (
  id uuid PRIMARY KEY,
  round_id uuid NOT NULL,
  case_id uuid NOT NULL UNIQUE,
  person_id uuid NOT NULL,
  agency text NOT NULL CHECK (agency ~ '^[0-9]{6}$'),
  group_key text NOT NULL,
  code text NOT NULL,
  material jsonb NOT NULL,
  entered_at timestamptz NOT NULL,
  UNIQUE (round_id, code)
);

CREATE TABLE reviews.seat (
  id uuid PRIMARY KEY,
  round_id uuid NOT NULL,
  group_key text NOT NULL,
  expert_id uuid NOT NULL REFERENCES reviews.expert,
  person_id uuid NOT NULL,
  agency text NOT NULL CHECK (agency ~ '^[0-9]{6}$'),
  seated_at timestamptz NOT NULL,
  UNIQUE (round_id, group_key, expert_id)
);
CREATE INDEX seat_person ON reviews.seat (person_id);

CREATE TABLE reviews.seat_end (
  seat_id uuid PRIMARY KEY REFERENCES reviews.seat,
  reason text NOT NULL,
  ended_at timestamptz NOT NULL
);

-- What a reviewer gives an entry. Given again, the later one counts, until the round is ranked (`seal`).
CREATE TABLE reviews.score (
  entry_id uuid NOT NULL REFERENCES reviews.entry,
  seat_id uuid NOT NULL REFERENCES reviews.seat,
  revision integer NOT NULL CHECK (revision >= 1),
  person_id uuid NOT NULL,
  scores jsonb NOT NULL,
  points integer NOT NULL CHECK (points BETWEEN 0 AND 10000),
  comment text NOT NULL,
  given_at timestamptz NOT NULL,
  PRIMARY KEY (entry_id, seat_id, revision)
);

CREATE TABLE reviews.seal (
  round_id uuid PRIMARY KEY,
  opened_at timestamptz NOT NULL
);

-- No score is given once the scores of the round were opened.
CREATE FUNCTION reviews.guard_score() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = reviews, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM reviews.seal JOIN reviews.entry USING (round_id) WHERE entry.id = NEW.entry_id) THEN
    RAISE EXCEPTION 'scores_opened: the scores of this round were opened' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (
    SELECT FROM reviews.entry JOIN reviews.seat USING (round_id, group_key)
    WHERE entry.id = NEW.entry_id AND seat.id = NEW.seat_id AND seat.person_id = NEW.person_id
  ) THEN
    RAISE EXCEPTION 'not_seated: a score is given by who sits in the round for the group' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON reviews.score FOR EACH ROW EXECUTE FUNCTION reviews.guard_score();

-- What is put before the public (公示), from one day to another.
CREATE TABLE reviews.publicity (
  id uuid PRIMARY KEY,
  service text NOT NULL,
  case_id uuid NOT NULL,
  agency text NOT NULL CHECK (agency ~ '^[0-9]{6}$'),
  group_key text NOT NULL,
  name_masked text NOT NULL,
  unit_name text,
  facts jsonb NOT NULL,
  from_on date NOT NULL,
  until_on date NOT NULL CHECK (until_on >= from_on)
);
CREATE INDEX publicity_of_service ON reviews.publicity (service, until_on);

-- The node itself writes, on somebody's step. Officers read what is of their agency, but never a score: that only the one who gave it sees,
-- until the round opens them all at once and keeps them in its log.
DO $$
DECLARE part text;
BEGIN
  FOREACH part IN ARRAY ARRAY['expert', 'expert_end', 'bias', 'entry', 'seat', 'seat_end', 'score', 'seal', 'publicity'] LOOP
    EXECUTE format('ALTER TABLE reviews.%I ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('CREATE POLICY write ON reviews.%I FOR INSERT WITH CHECK (ground.actor_is(''system''))', part);
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON reviews.%I
      FOR EACH ROW EXECUTE FUNCTION ground.refuse_change()', part);
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON reviews.%I
      FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change()', part);
    EXECUTE format('GRANT SELECT, INSERT ON reviews.%I TO tongban_app', part);
  END LOOP;
  FOREACH part IN ARRAY ARRAY['expert', 'seat'] LOOP
    EXECUTE format('CREATE POLICY read ON reviews.%I FOR SELECT USING (ground.may_see(agency, person_id, NULL, NULL))', part);
  END LOOP;
  FOREACH part IN ARRAY ARRAY['entry', 'publicity'] LOOP
    EXECUTE format('CREATE POLICY read ON reviews.%I FOR SELECT USING (ground.may_see(agency, NULL, NULL, NULL))', part);
  END LOOP;
  FOREACH part IN ARRAY ARRAY['bias', 'score'] LOOP
    EXECUTE format('CREATE POLICY read ON reviews.%I FOR SELECT USING (ground.may_see(NULL, person_id, NULL, NULL))', part);
  END LOOP;
END $$;
CREATE POLICY read ON reviews.expert_end FOR SELECT USING (EXISTS (SELECT FROM reviews.expert WHERE expert.id = expert_id));
CREATE POLICY read ON reviews.seat_end FOR SELECT USING (EXISTS (SELECT FROM reviews.seat WHERE seat.id = seat_id));
CREATE POLICY read ON reviews.seal FOR SELECT USING (ground.actor_is('system', 'staff'));

GRANT USAGE ON SCHEMA reviews TO tongban_app;
