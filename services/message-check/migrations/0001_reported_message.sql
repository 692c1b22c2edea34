-- Messages that people reported: which signs, and to which sites they lead; never their words, the number they came to, or who reported them.
CREATE TABLE svc_message_check.reported_message (
  id uuid PRIMARY KEY,
  reported_on date NOT NULL,
  level text NOT NULL CHECK (level IN ('likely_fraud', 'doubtful', 'no_sign')),
  signs text[] NOT NULL,
  hosts text[] NOT NULL CHECK (cardinality(hosts) <= 20),
  signs_version date NOT NULL
);
ALTER TABLE svc_message_check.reported_message ENABLE ROW LEVEL SECURITY;
CREATE POLICY reported_message_seen ON svc_message_check.reported_message USING (ground.actor_is('system', 'staff'));
CREATE TRIGGER reported_message_kept BEFORE UPDATE OR DELETE ON svc_message_check.reported_message FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER reported_message_not_emptied BEFORE TRUNCATE ON svc_message_check.reported_message FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
CREATE INDEX reported_message_day ON svc_message_check.reported_message (reported_on);
GRANT SELECT, INSERT ON svc_message_check.reported_message TO tongban_app;
