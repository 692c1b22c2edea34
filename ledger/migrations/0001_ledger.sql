-- Accounts, transfers and their entries, balances, holds. Nothing here is ever changed or removed but the balances, which a trigger keeps.

CREATE TABLE ledger.account (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (name ~ '^[a-z][a-z0-9_]*$'),
  fund text NOT NULL CHECK (fund ~ '^[a-z][a-z0-9_]*$'),
  agency text NOT NULL CHECK (agency ~ '^[0-9]{6}$'),
  party text CHECK (party <> ''),
  kind text NOT NULL CHECK (kind IN ('asset', 'liability', 'income', 'expense')),
  book text NOT NULL CHECK (book IN ('accrual', 'statutory', 'cash')),
  cash_item text NOT NULL,
  overdraft text NOT NULL CHECK (overdraft IN ('allowed', 'refused')),
  opened_at timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (name, fund, agency, party),
  UNIQUE (id, fund, agency),
  CHECK (book <> 'cash' OR kind = 'asset')
);

CREATE TABLE ledger.transfer (
  id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  key text NOT NULL UNIQUE CHECK (key <> ''),
  kind text NOT NULL CHECK (kind ~ '^[a-z][a-z0-9_]*$'),
  fund text NOT NULL,
  agency text NOT NULL,
  booked_on date NOT NULL,
  recorded_at timestamptz NOT NULL,
  case_id uuid,
  reference text,
  corrects uuid UNIQUE,
  user_id uuid,
  memo jsonb NOT NULL,
  content_sm3 text NOT NULL,
  entry_count integer NOT NULL CHECK (entry_count >= 2),
  total_fen bigint NOT NULL CHECK (total_fen > 0),
  UNIQUE (id, fund, agency),
  -- A correction stays in the books of what it corrects.
  FOREIGN KEY (corrects, fund, agency) REFERENCES ledger.transfer (id, fund, agency),
  CHECK (corrects <> id)
);
CREATE INDEX ON ledger.transfer (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX ON ledger.transfer (agency, fund, booked_on);

CREATE TABLE ledger.entry (
  transfer_id uuid NOT NULL,
  no integer NOT NULL CHECK (no >= 1),
  account_id uuid NOT NULL,
  fund text NOT NULL,
  agency text NOT NULL,
  side text NOT NULL CHECK (side IN ('debit', 'credit')),
  amount_fen bigint NOT NULL CHECK (amount_fen BETWEEN 1 AND 1000000000000000),
  PRIMARY KEY (transfer_id, no),
  -- Both ends in the same books: one fund or agency cannot pay another's debt.
  FOREIGN KEY (transfer_id, fund, agency) REFERENCES ledger.transfer (id, fund, agency),
  FOREIGN KEY (account_id, fund, agency) REFERENCES ledger.account (id, fund, agency)
);
CREATE INDEX ON ledger.entry (account_id);

CREATE TABLE ledger.balance (
  account_id uuid PRIMARY KEY REFERENCES ledger.account,
  debit_fen bigint NOT NULL DEFAULT 0 CHECK (debit_fen BETWEEN 0 AND 9007199254740991),
  credit_fen bigint NOT NULL DEFAULT 0 CHECK (credit_fen BETWEEN 0 AND 9007199254740991)
);

CREATE TABLE ledger.hold (
  id uuid PRIMARY KEY,
  key text NOT NULL UNIQUE CHECK (key <> ''),
  account_id uuid NOT NULL,
  fund text NOT NULL,
  agency text NOT NULL,
  amount_fen bigint NOT NULL CHECK (amount_fen BETWEEN 1 AND 1000000000000000),
  placed_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL CHECK (expires_at > placed_at),
  case_id uuid,
  user_id uuid,
  FOREIGN KEY (account_id, fund, agency) REFERENCES ledger.account (id, fund, agency)
);
-- Only holds that have not expired are looked at, so that old ones cost nothing.
CREATE INDEX ON ledger.hold (account_id, expires_at);

CREATE TABLE ledger.hold_end (
  hold_id uuid PRIMARY KEY REFERENCES ledger.hold,
  agency text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('posted', 'released')),
  -- Deferred: the hold ends first, so that the transfer finds its amount available.
  transfer_key text REFERENCES ledger.transfer (key) DEFERRABLE INITIALLY DEFERRED,
  ended_at timestamptz NOT NULL,
  user_id uuid,
  CHECK ((outcome = 'posted') = (transfer_key IS NOT NULL))
);

-- What open holds keep back on an account at a moment.
CREATE FUNCTION ledger.held_fen(account uuid, at timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(h.amount_fen), 0)::bigint FROM ledger.hold h
  WHERE h.account_id = account AND h.expires_at > at AND NOT EXISTS (SELECT FROM ledger.hold_end e WHERE e.hold_id = h.id)
$$;

-- An account's balance on its normal side: debit for assets and expenses, credit for liabilities and income.
CREATE FUNCTION ledger.normal_fen(kind text, debit_fen bigint, credit_fen bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN kind IN ('asset', 'expense') THEN debit_fen - credit_fen ELSE credit_fen - debit_fen END
$$;

CREATE FUNCTION ledger.open_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
BEGIN
  INSERT INTO ledger.balance (account_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER open_balance AFTER INSERT ON ledger.account FOR EACH ROW EXECUTE FUNCTION ledger.open_balance();

-- Stops when an account that refuses overdraft has less available (balance less open holds) than nothing. The caller holds its balance row.
CREATE FUNCTION ledger.require_available(account uuid, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  found record;
  available bigint;
BEGIN
  SELECT a.name, a.party, a.kind, a.overdraft, b.debit_fen, b.credit_fen INTO found
    FROM ledger.account a JOIN ledger.balance b ON b.account_id = a.id WHERE a.id = account;
  IF found.overdraft = 'allowed' THEN RETURN; END IF;
  available := ledger.normal_fen(found.kind, found.debit_fen, found.credit_fen) - ledger.held_fen(account, at);
  IF available < 0 THEN
    RAISE EXCEPTION 'overdraft_refused: account % lacks % fen', found.name, -available USING ERRCODE = 'check_violation',
      CONSTRAINT = 'overdraft_refused',
      DETAIL = json_build_object('account', found.name, 'party', found.party, 'missingFen', -available)::text;
  END IF;
END $$;

-- Keeps the balances as entries are added. Rows are locked in the order of account ids, so that postings never wait for each other in a ring.
CREATE FUNCTION ledger.apply_entries() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
DECLARE
  lowered record;
BEGIN
  -- Numbers 1..entry_count were all there when the transfer was committed, so a later entry has no number left to take.
  IF EXISTS (SELECT FROM added JOIN ledger.transfer t ON t.id = added.transfer_id WHERE added.no > t.entry_count) THEN
    RAISE EXCEPTION 'entry_beyond_transfer: a transfer has only the entries it was recorded with' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM FROM ledger.balance WHERE account_id IN (SELECT account_id FROM added) ORDER BY account_id FOR UPDATE;
  UPDATE ledger.balance b SET debit_fen = b.debit_fen + moved.debit_fen, credit_fen = b.credit_fen + moved.credit_fen
    FROM (SELECT account_id, coalesce(sum(amount_fen) FILTER (WHERE side = 'debit'), 0) AS debit_fen,
                 coalesce(sum(amount_fen) FILTER (WHERE side = 'credit'), 0) AS credit_fen FROM added GROUP BY account_id) moved
    WHERE b.account_id = moved.account_id;
  -- Money that comes in is never refused: only accounts whose balance went down are asked.
  FOR lowered IN
    SELECT a.id, max(t.recorded_at) AS at FROM added JOIN ledger.account a ON a.id = added.account_id JOIN ledger.transfer t ON t.id = added.transfer_id
    WHERE a.overdraft = 'refused' GROUP BY a.id
    HAVING ledger.normal_fen(a.kind, coalesce(sum(amount_fen) FILTER (WHERE side = 'debit'), 0)::bigint,
                             coalesce(sum(amount_fen) FILTER (WHERE side = 'credit'), 0)::bigint) < 0
  LOOP
    PERFORM ledger.require_available(lowered.id, lowered.at);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER apply_entries AFTER INSERT ON ledger.entry REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.apply_entries();

-- At commit: every transfer has all its entries, and they balance.
CREATE FUNCTION ledger.require_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
DECLARE
  found record;
BEGIN
  SELECT count(*) AS entries, coalesce(sum(amount_fen) FILTER (WHERE side = 'debit'), 0) AS debit_fen,
         coalesce(sum(amount_fen) FILTER (WHERE side = 'credit'), 0) AS credit_fen INTO found
    FROM ledger.entry WHERE transfer_id = NEW.id;
  IF found.entries <> NEW.entry_count OR found.debit_fen <> NEW.total_fen OR found.credit_fen <> NEW.total_fen THEN
    RAISE EXCEPTION 'transfer_unbalanced: % has % entries, debit %, credit %; recorded were % entries of %',
      NEW.key, found.entries, found.debit_fen, found.credit_fen, NEW.entry_count, NEW.total_fen USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER require_balance AFTER INSERT ON ledger.transfer DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ledger.require_balance();

CREATE FUNCTION ledger.apply_hold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
BEGIN
  PERFORM FROM ledger.balance WHERE account_id = NEW.account_id FOR UPDATE;
  PERFORM ledger.require_available(NEW.account_id, NEW.placed_at);
  RETURN NULL;
END $$;
CREATE TRIGGER apply_hold AFTER INSERT ON ledger.hold FOR EACH ROW EXECUTE FUNCTION ledger.apply_hold();

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['account', 'transfer', 'entry', 'hold', 'hold_end'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON ledger.%I FOR EACH ROW EXECUTE FUNCTION ground.refuse_change()', name);
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON ledger.%I FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change()', name);
    EXECUTE format('ALTER TABLE ledger.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY read ON ledger.%I FOR SELECT USING (ground.may_see(agency, NULL, NULL, NULL))', name);
    EXECUTE format('CREATE POLICY write ON ledger.%I FOR INSERT WITH CHECK (ground.actor_is(''system''))', name);
    EXECUTE format('GRANT SELECT, INSERT ON ledger.%I TO tongban_app', name);
  END LOOP;
END $$;

CREATE TRIGGER refuse_removal BEFORE DELETE ON ledger.balance FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON ledger.balance FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
ALTER TABLE ledger.balance ENABLE ROW LEVEL SECURITY;
-- A balance is seen by whoever sees its account.
CREATE POLICY read ON ledger.balance FOR SELECT USING (EXISTS (SELECT FROM ledger.account a WHERE a.id = account_id));
GRANT SELECT ON ledger.balance TO tongban_app;
