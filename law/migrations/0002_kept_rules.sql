-- The rules and values that made decisions, by hash, kept for ever (design: a decision keeps the hashes of both). No personal data.
CREATE TABLE law.kept_policy (
  hash text PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
  policy text NOT NULL,
  ir jsonb NOT NULL,
  kept_at timestamptz NOT NULL
);
CREATE TABLE law.kept_values (
  hash text PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
  content jsonb NOT NULL,
  kept_at timestamptz NOT NULL
);
CREATE TRIGGER kept_policy_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON law.kept_policy FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER kept_values_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON law.kept_values FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON law.kept_policy, law.kept_values TO tongban_app;
