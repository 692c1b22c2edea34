-- Exact runs of a policy with other values, as somebody asked for them: what was asked, by which rule and values, what came out. Written once.
CREATE TABLE server.policy_run (
  id uuid PRIMARY KEY,
  policy text NOT NULL,
  question jsonb NOT NULL,
  ir_hash text NOT NULL CHECK (ir_hash ~ '^[0-9a-f]{64}$'),
  -- By region.
  values_hashes jsonb NOT NULL,
  started_by uuid NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz NOT NULL,
  result jsonb NOT NULL
);
CREATE INDEX policy_run_of_policy ON server.policy_run (policy, finished_at);
GRANT SELECT, INSERT ON server.policy_run TO tongban_app;
ALTER TABLE server.policy_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY system_only ON server.policy_run USING (ground.actor_is('system'));
CREATE TRIGGER policy_run_append_only BEFORE UPDATE OR DELETE ON server.policy_run
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER policy_run_no_truncate BEFORE TRUNCATE ON server.policy_run
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
