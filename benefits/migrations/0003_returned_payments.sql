-- A payment that the bank returned waits until somebody says that the account was mended; only then is it drawn into a batch again.
CREATE TABLE benefits.order_release (
  order_id uuid NOT NULL,
  batch_id uuid NOT NULL,
  released_at timestamptz NOT NULL,
  PRIMARY KEY (order_id, batch_id),
  FOREIGN KEY (order_id, batch_id) REFERENCES benefits.payment_result
);

ALTER TABLE benefits.order_release ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON benefits.order_release FOR SELECT
  USING (EXISTS (SELECT FROM benefits.payment_order ordered WHERE ordered.id = order_id));
CREATE POLICY write ON benefits.order_release FOR INSERT WITH CHECK (ground.actor_is('system'));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON benefits.order_release
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON benefits.order_release
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON benefits.order_release TO tongban_app;
