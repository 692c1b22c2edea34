-- Who of a desk has a case in hand. Unlike the columns above these are no fold over the log of steps: taking a task up decides nothing.
-- Every taking, handing over and putting back stands in `holding`, which is never changed; the case says who has it now.
ALTER TABLE cases.case_file ADD COLUMN held_by uuid;
ALTER TABLE cases.case_file ADD COLUMN held_since timestamptz;
ALTER TABLE cases.case_file ADD CONSTRAINT held_since_with_holder CHECK ((held_by IS NULL) = (held_since IS NULL));
ALTER TABLE cases.case_file ADD CONSTRAINT held_on_a_desk CHECK (held_by IS NULL OR task_role IS NOT NULL);
CREATE INDEX case_file_held ON cases.case_file (held_by) WHERE held_by IS NOT NULL;
GRANT UPDATE (held_by, held_since) ON cases.case_file TO tongban_app;

CREATE TABLE cases.holding (
  no bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  case_id uuid NOT NULL REFERENCES cases.case_file (id),
  -- Where the case stood, and on whose desk.
  seq integer NOT NULL,
  task_role text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('taken_up', 'taken_over', 'handed_over', 'put_back')),
  holder_id uuid,
  before_id uuid,
  by_user_id uuid NOT NULL,
  note text,
  at timestamptz NOT NULL,
  FOREIGN KEY (case_id, seq) REFERENCES cases.event (case_id, seq),
  CHECK ((kind = 'put_back') = (holder_id IS NULL)),
  CHECK (kind NOT IN ('taken_over', 'handed_over') OR note <> '')
);
CREATE INDEX holding_of_case ON cases.holding (case_id, no);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON cases.holding FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON cases.holding FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
ALTER TABLE cases.holding ENABLE ROW LEVEL SECURITY;
CREATE POLICY visible ON cases.holding USING (EXISTS (SELECT FROM cases.case_file file WHERE file.id = case_id))
  WITH CHECK (by_user_id = ground.setting('user_id')::uuid);
GRANT SELECT, INSERT ON cases.holding TO tongban_app;
