-- Who opened a case about whose person this node keeps no record: somebody of another region, treated here. What is read of a person whom it knows
-- stands in the access log of `people`. Nobody can write a look under another's name, change it or remove it.
CREATE TABLE cases.look (
  no bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  case_id uuid NOT NULL REFERENCES cases.case_file (id),
  at timestamptz NOT NULL,
  actor_kind text NOT NULL,
  role text NOT NULL,
  user_id uuid,
  assignment_id uuid,
  agency text,
  institution_id uuid
);
CREATE INDEX look_of_case ON cases.look (case_id, no DESC);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON cases.look FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON cases.look FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
ALTER TABLE cases.look ENABLE ROW LEVEL SECURITY;
CREATE POLICY look_read ON cases.look FOR SELECT USING (
  (ground.actor_is('system') OR (ground.actor_is('staff') AND ground.setting('role') IN ('audit', 'supervisor', 'control')))
  AND EXISTS (SELECT FROM cases.case_file file WHERE file.id = case_id));
CREATE POLICY look_add ON cases.look FOR INSERT WITH CHECK (
  actor_kind = ground.setting('actor_kind')
  AND role = ground.setting('role')
  AND user_id IS NOT DISTINCT FROM ground.setting('user_id')::uuid
  AND EXISTS (SELECT FROM cases.case_file file WHERE file.id = case_id));
GRANT SELECT, INSERT ON cases.look TO tongban_app;
