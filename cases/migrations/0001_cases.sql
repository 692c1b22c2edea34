-- Cases: an append-only log of steps, and what is derived from it for finding work. See cases/README.md.

-- Flows that have opened a case here, and their steps that one user may not both take on a case (B3.11). Written at the first opening,
-- never changed: a later release cannot loosen what an earlier one declared.
CREATE TABLE cases.flow (
  id text NOT NULL,
  version integer NOT NULL CHECK (version >= 1),
  service text NOT NULL,
  PRIMARY KEY (id, version)
);

CREATE TABLE cases.exclusive_step (
  flow text NOT NULL,
  flow_version integer NOT NULL,
  step text NOT NULL,
  excluded_by text NOT NULL,
  PRIMARY KEY (flow, flow_version, step, excluded_by),
  FOREIGN KEY (flow, flow_version) REFERENCES cases.flow (id, version)
);

-- The running part of a case number; seven digits are enough for one day of one node.
CREATE SEQUENCE cases.number_sequence MAXVALUE 9999999 CYCLE;

-- A projection of the log: every column below `flow_version` is a fold over cases.event (cases/fold.ts).
CREATE TABLE cases.case_file (
  id uuid PRIMARY KEY,
  number text NOT NULL UNIQUE,
  service text NOT NULL,
  flow text NOT NULL,
  flow_version integer NOT NULL,
  status text NOT NULL,
  seq integer NOT NULL CHECK (seq >= 1),
  agency text NOT NULL CHECK (agency ~ '^[0-9]{6}$'),
  person_id uuid,
  institution_id uuid,
  employer_id uuid,
  opened_at timestamptz NOT NULL,
  closed_at timestamptz,
  risk_level text CHECK (risk_level IN ('high', 'medium', 'low')),
  task_role text,
  task_deadline text,
  wakes_on date,
  summary jsonb NOT NULL,
  FOREIGN KEY (flow, flow_version) REFERENCES cases.flow (id, version),
  UNIQUE (id, flow, flow_version)
);
CREATE INDEX case_file_person ON cases.case_file (person_id);
CREATE INDEX case_file_institution ON cases.case_file (institution_id) WHERE institution_id IS NOT NULL;
CREATE INDEX case_file_employer ON cases.case_file (employer_id) WHERE employer_id IS NOT NULL;
CREATE INDEX case_file_task ON cases.case_file (task_role, agency) WHERE task_role IS NOT NULL;
CREATE INDEX case_file_wakes ON cases.case_file (wakes_on) WHERE wakes_on IS NOT NULL;
CREATE INDEX case_file_status ON cases.case_file (flow, status, id);

CREATE TABLE cases.event (
  case_id uuid NOT NULL,
  seq integer NOT NULL CHECK (seq >= 1),
  service text NOT NULL,
  flow text NOT NULL,
  flow_version integer NOT NULL,
  kind text NOT NULL,
  outcome text,
  schema_version integer NOT NULL CHECK (schema_version >= 1),
  effective_on date NOT NULL,
  recorded_at timestamptz NOT NULL,
  actor jsonb NOT NULL,
  user_id uuid GENERATED ALWAYS AS ((actor ->> 'userId')::uuid) STORED,
  assignment_id uuid GENERATED ALWAYS AS ((actor ->> 'assignmentId')::uuid) STORED,
  idempotency_key text NOT NULL CHECK (idempotency_key <> ''),
  request_sm3 text NOT NULL,
  body jsonb NOT NULL,
  subject jsonb,
  risk jsonb,
  decision jsonb,
  receipt jsonb,
  PRIMARY KEY (case_id, seq),
  UNIQUE (case_id, idempotency_key),
  FOREIGN KEY (case_id, flow, flow_version) REFERENCES cases.case_file (id, flow, flow_version)
);
-- One opening per flow, user and key; the node itself counts as one user.
CREATE UNIQUE INDEX event_opening_key ON cases.event
  (flow, coalesce(user_id, '00000000-0000-0000-0000-000000000000'), idempotency_key) WHERE seq = 1;

-- A deadline with its rule, so that it can be counted again when a new calendar is published.
CREATE TABLE cases.deadline (
  case_id uuid NOT NULL REFERENCES cases.case_file (id),
  name text NOT NULL,
  started_seq integer NOT NULL,
  rule jsonb NOT NULL,
  due_on date NOT NULL,
  assumed boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'stopped', 'met', 'missed', 'dropped')),
  started_on date NOT NULL,
  stopped_on date,
  remaining_days integer CHECK (remaining_days >= 0),
  ended_on date,
  PRIMARY KEY (case_id, name, started_seq),
  FOREIGN KEY (case_id, started_seq) REFERENCES cases.event (case_id, seq),
  CHECK ((state = 'stopped') = (remaining_days IS NOT NULL)),
  CHECK ((state IN ('met', 'missed', 'dropped')) = (ended_on IS NOT NULL))
);
CREATE UNIQUE INDEX deadline_open ON cases.deadline (case_id, name) WHERE state IN ('running', 'stopped');
CREATE INDEX deadline_due ON cases.deadline (due_on) WHERE state = 'running';

CREATE TABLE cases.notice (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL,
  seq integer NOT NULL,
  person_id uuid NOT NULL,
  code text NOT NULL,
  params jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  read_at timestamptz,
  FOREIGN KEY (case_id, seq) REFERENCES cases.event (case_id, seq)
);
CREATE INDEX notice_person ON cases.notice (person_id, id);

CREATE TABLE cases.attachment (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases.case_file (id),
  name text NOT NULL CHECK (name <> ''),
  kind text NOT NULL,
  media_type text NOT NULL CHECK (media_type IN ('application/pdf', 'image/png', 'image/jpeg', 'image/webp')),
  size_bytes integer NOT NULL CHECK (size_bytes > 0),
  sm3 text NOT NULL,
  chunks integer NOT NULL CHECK (chunks > 0),
  added_at timestamptz NOT NULL,
  added_by jsonb NOT NULL,
  UNIQUE (id, case_id)
);
CREATE INDEX attachment_case ON cases.attachment (case_id);

-- The bytes come before their size and digest are known, so the reference is checked at commit.
CREATE TABLE cases.attachment_chunk (
  attachment_id uuid NOT NULL,
  case_id uuid NOT NULL,
  index integer NOT NULL CHECK (index >= 0),
  bytes bytea NOT NULL CHECK (length(bytes) BETWEEN 1 AND 262144),
  PRIMARY KEY (attachment_id, index),
  FOREIGN KEY (attachment_id, case_id) REFERENCES cases.attachment (id, case_id) DEFERRABLE INITIALLY DEFERRED
);

-- What the database itself demands of a new event, whoever writes it: it carries the acting user, follows the last one without a gap, and
-- is not taken by a user who took a step that excludes it (B3.11). Runs as the owner, so that it sees every event of the case.
CREATE FUNCTION cases.guard_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = cases, pg_temp AS $$
DECLARE
  acting_user text := NEW.actor ->> 'userId';
  last_seq integer;
BEGIN
  IF (NEW.actor ->> 'kind') IS DISTINCT FROM ground.setting('actor_kind')
    OR acting_user IS DISTINCT FROM ground.setting('user_id') THEN
    RAISE EXCEPTION 'actor_mismatch: an event carries the actor of its transaction' USING ERRCODE = 'check_violation';
  END IF;
  SELECT max(seq) INTO last_seq FROM cases.event WHERE case_id = NEW.case_id;
  IF NEW.seq <> coalesce(last_seq, 0) + 1 THEN
    RAISE EXCEPTION 'seq_gap: event % follows %', NEW.seq, coalesce(last_seq, 0) USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT FROM cases.event earlier
    JOIN cases.exclusive_step pair ON pair.flow = earlier.flow AND pair.flow_version = earlier.flow_version
      AND pair.step = NEW.kind AND pair.excluded_by = earlier.kind
    WHERE earlier.case_id = NEW.case_id AND earlier.user_id = acting_user::uuid
  ) THEN
    RAISE EXCEPTION 'same_officer_excluded: % by a user who took an excluding step', NEW.kind USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON cases.event FOR EACH ROW EXECUTE FUNCTION cases.guard_event();

-- At commit a case file stands at its last event: neither a step without its projection nor a projection without its step.
CREATE FUNCTION cases.guard_projection() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = cases, pg_temp AS $$
DECLARE
  file_id uuid;
BEGIN
  IF TG_TABLE_NAME = 'event' THEN file_id := NEW.case_id; ELSE file_id := NEW.id; END IF;
  IF (SELECT seq FROM cases.case_file WHERE id = file_id)
    IS DISTINCT FROM (SELECT max(seq) FROM cases.event WHERE case_id = file_id) THEN
    RAISE EXCEPTION 'projection_behind: case % does not stand at its last event', file_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER projection_kept AFTER INSERT ON cases.event DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION cases.guard_projection();
CREATE CONSTRAINT TRIGGER log_kept AFTER INSERT OR UPDATE ON cases.case_file DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION cases.guard_projection();

DO $$
DECLARE append_only text;
BEGIN
  FOREACH append_only IN ARRAY ARRAY['flow', 'exclusive_step', 'event', 'attachment', 'attachment_chunk'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON cases.%I
      FOR EACH ROW EXECUTE FUNCTION ground.refuse_change()', append_only);
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON cases.%I
      FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change()', append_only);
  END LOOP;
END $$;

ALTER TABLE cases.case_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY visible ON cases.case_file USING (ground.may_see(agency, person_id, institution_id, employer_id));

-- What belongs to a case is seen by whoever sees the case.
DO $$
DECLARE part text;
BEGIN
  FOREACH part IN ARRAY ARRAY['event', 'deadline', 'attachment', 'attachment_chunk'] LOOP
    EXECUTE format('ALTER TABLE cases.%I ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('CREATE POLICY visible ON cases.%I
      USING (EXISTS (SELECT FROM cases.case_file file WHERE file.id = case_id))', part);
  END LOOP;
END $$;

-- A notice is also seen by the person it is for, who need not be the subject of the case.
ALTER TABLE cases.notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY visible ON cases.notice USING (ground.may_see(NULL, person_id, NULL, NULL)
  OR EXISTS (SELECT FROM cases.case_file file WHERE file.id = case_id));

GRANT USAGE ON SEQUENCE cases.number_sequence TO tongban_app;
GRANT SELECT, INSERT ON cases.flow, cases.exclusive_step, cases.case_file, cases.event, cases.deadline, cases.notice,
  cases.attachment, cases.attachment_chunk TO tongban_app;
GRANT UPDATE (status, seq, agency, person_id, institution_id, employer_id, closed_at, risk_level, task_role, task_deadline, wakes_on, summary)
  ON cases.case_file TO tongban_app;
GRANT UPDATE (rule, due_on, assumed, state, stopped_on, remaining_days, ended_on) ON cases.deadline TO tongban_app;
GRANT UPDATE (read_at) ON cases.notice TO tongban_app;
