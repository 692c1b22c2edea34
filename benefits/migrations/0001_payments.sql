-- Payment orders and the bank batches that carry them. Only added to: an order is cancelled, drawn into a batch and answered by the bank by rows
-- of their own. See benefits/README.md.

CREATE TABLE benefits.payment_order (
  id uuid PRIMARY KEY,
  key text NOT NULL UNIQUE,
  service text NOT NULL,
  fund text NOT NULL,
  agency text NOT NULL CHECK (agency ~ '^[0-9]{6}$'),
  case_id uuid NOT NULL,
  case_number text NOT NULL,
  payee_kind text NOT NULL CHECK (payee_kind IN ('person', 'employer', 'institution', 'fund')),
  payee_id text NOT NULL CHECK (payee_id <> ''),
  purpose text NOT NULL CHECK (purpose ~ '^[a-z][a-z0-9_]*$'),
  amount_fen bigint NOT NULL CHECK (amount_fen > 0),
  transfer_id uuid NOT NULL,
  ordered_on date NOT NULL,
  ordered_at timestamptz NOT NULL
);
CREATE INDEX payment_order_due ON benefits.payment_order (service, agency, id);
CREATE INDEX payment_order_case ON benefits.payment_order (case_id);

CREATE TABLE benefits.order_cancellation (
  order_id uuid PRIMARY KEY REFERENCES benefits.payment_order,
  cancelled_at timestamptz NOT NULL
);

CREATE TABLE benefits.payment_line (
  order_id uuid NOT NULL REFERENCES benefits.payment_order,
  batch_id uuid NOT NULL,
  amount_fen bigint NOT NULL CHECK (amount_fen >= 0),
  offset_fen bigint NOT NULL CHECK (offset_fen >= 0),
  account_masked text NOT NULL,
  drawn_at timestamptz NOT NULL,
  PRIMARY KEY (order_id, batch_id)
);
CREATE INDEX payment_line_batch ON benefits.payment_line (batch_id);

CREATE TABLE benefits.payment_result (
  order_id uuid NOT NULL,
  batch_id uuid NOT NULL,
  result text NOT NULL CHECK (result IN ('paid', 'returned', 'withdrawn')),
  reason text,
  recorded_on date NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (order_id, batch_id),
  FOREIGN KEY (order_id, batch_id) REFERENCES benefits.payment_line
);

-- An order is paid once: it is in one batch at a time, never after it was paid or cancelled, and the batch pays what was ordered.
CREATE FUNCTION benefits.guard_line() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = benefits, pg_temp AS $$
DECLARE
  ordered_fen bigint;
BEGIN
  SELECT amount_fen INTO ordered_fen FROM benefits.payment_order WHERE id = NEW.order_id FOR UPDATE;
  IF NEW.amount_fen + NEW.offset_fen <> ordered_fen THEN
    RAISE EXCEPTION 'line_differs: a line pays and offsets what was ordered' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM benefits.order_cancellation WHERE order_id = NEW.order_id) THEN
    RAISE EXCEPTION 'order_cancelled' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT FROM benefits.payment_line line LEFT JOIN benefits.payment_result answered USING (order_id, batch_id)
    WHERE line.order_id = NEW.order_id AND coalesce(answered.result, 'waiting') IN ('waiting', 'paid')
  ) THEN
    RAISE EXCEPTION 'order_in_batch: it waits for the bank or is paid' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON benefits.payment_line FOR EACH ROW EXECUTE FUNCTION benefits.guard_line();

CREATE FUNCTION benefits.guard_cancellation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = benefits, pg_temp AS $$
BEGIN
  PERFORM FROM benefits.payment_order WHERE id = NEW.order_id FOR UPDATE;
  IF EXISTS (
    SELECT FROM benefits.payment_line line LEFT JOIN benefits.payment_result answered USING (order_id, batch_id)
    WHERE line.order_id = NEW.order_id AND coalesce(answered.result, 'waiting') IN ('waiting', 'paid')
  ) THEN
    RAISE EXCEPTION 'order_in_batch: it waits for the bank or is paid' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON benefits.order_cancellation FOR EACH ROW EXECUTE FUNCTION benefits.guard_cancellation();

-- The node itself draws up, cancels and answers, on an officer's step; officers read the payments of their agency.
ALTER TABLE benefits.payment_order ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON benefits.payment_order FOR SELECT USING (ground.may_see(agency, NULL, NULL, NULL));
CREATE POLICY write ON benefits.payment_order FOR INSERT WITH CHECK (ground.actor_is('system'));

DO $$
DECLARE part text;
BEGIN
  FOREACH part IN ARRAY ARRAY['order_cancellation', 'payment_line', 'payment_result'] LOOP
    EXECUTE format('ALTER TABLE benefits.%I ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('CREATE POLICY read ON benefits.%I FOR SELECT
      USING (EXISTS (SELECT FROM benefits.payment_order ordered WHERE ordered.id = order_id))', part);
    EXECUTE format('CREATE POLICY write ON benefits.%I FOR INSERT WITH CHECK (ground.actor_is(''system''))', part);
  END LOOP;
  FOREACH part IN ARRAY ARRAY['payment_order', 'order_cancellation', 'payment_line', 'payment_result'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON benefits.%I
      FOR EACH ROW EXECUTE FUNCTION ground.refuse_change()', part);
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON benefits.%I
      FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change()', part);
  END LOOP;
END $$;

GRANT USAGE ON SCHEMA benefits TO tongban_app;
GRANT SELECT, INSERT ON benefits.payment_order, benefits.order_cancellation, benefits.payment_line, benefits.payment_result TO tongban_app;
