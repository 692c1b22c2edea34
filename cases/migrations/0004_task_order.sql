-- A desk is read in the order of last day, risk and age, however long it is: what it is sorted by stands in the case's own row. The last day is that of
-- the running deadline which the case's status names, and follows it by itself, whoever writes either.
ALTER TABLE cases.case_file ADD COLUMN task_due_on date;
ALTER TABLE cases.case_file ADD COLUMN task_due_assumed boolean;
ALTER TABLE cases.case_file ADD COLUMN risk_rank smallint
  GENERATED ALWAYS AS (CASE risk_level WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 END) STORED;
ALTER TABLE cases.case_file ADD CONSTRAINT task_due_whole CHECK ((task_due_on IS NULL) = (task_due_assumed IS NULL));

UPDATE cases.case_file file SET task_due_on = due.due_on, task_due_assumed = due.assumed FROM cases.deadline due
  WHERE due.case_id = file.id AND due.name = file.task_deadline AND due.state = 'running';
-- The checks that the rows above wait for are made before the table is changed again.
SET CONSTRAINTS ALL IMMEDIATE;

CREATE INDEX case_file_desk ON cases.case_file (task_role, agency, task_due_on, risk_rank, id) WHERE task_role IS NOT NULL;
DROP INDEX cases.case_file_task;

-- Both run as the owner, so that they see every row of the case and the application role needs no right to write these columns.
CREATE FUNCTION cases.take_task_due() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = cases, pg_temp AS $$
BEGIN
  NEW.task_due_on := NULL;
  NEW.task_due_assumed := NULL;
  SELECT due_on, assumed INTO NEW.task_due_on, NEW.task_due_assumed FROM cases.deadline
    WHERE case_id = NEW.id AND name = NEW.task_deadline AND state = 'running';
  RETURN NEW;
END $$;
CREATE TRIGGER task_due_taken BEFORE UPDATE OF task_deadline ON cases.case_file
  FOR EACH ROW WHEN (NEW.task_deadline IS DISTINCT FROM OLD.task_deadline) EXECUTE FUNCTION cases.take_task_due();

CREATE FUNCTION cases.tell_task_due() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = cases, pg_temp AS $$
DECLARE
  is_running boolean := NEW.state = 'running';
BEGIN
  UPDATE cases.case_file
    SET task_due_on = CASE WHEN is_running THEN NEW.due_on END, task_due_assumed = CASE WHEN is_running THEN NEW.assumed END
    WHERE id = NEW.case_id AND task_deadline = NEW.name;
  RETURN NULL;
END $$;
CREATE TRIGGER task_due_started AFTER INSERT ON cases.deadline FOR EACH ROW EXECUTE FUNCTION cases.tell_task_due();
CREATE TRIGGER task_due_changed AFTER UPDATE ON cases.deadline FOR EACH ROW
  WHEN ((NEW.state, NEW.due_on, NEW.assumed) IS DISTINCT FROM (OLD.state, OLD.due_on, OLD.assumed)) EXECUTE FUNCTION cases.tell_task_due();
