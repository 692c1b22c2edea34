-- Holds end by an event alone, their expiry too: no reading at a later hour frees anything. What open holds keep back stands on the balance, so
-- that old holds cost nothing.

ALTER TABLE ledger.hold_end DROP CONSTRAINT hold_end_outcome_check;
ALTER TABLE ledger.hold_end ADD CONSTRAINT hold_end_outcome_check CHECK (outcome IN ('posted', 'released', 'expired'));

ALTER TABLE ledger.balance ADD COLUMN held_fen bigint NOT NULL DEFAULT 0 CHECK (held_fen BETWEEN 0 AND 9007199254740991);

-- The holds that have not ended, so that the clockwork finds those whose term is over without looking at all that ever were.
CREATE TABLE ledger.open_hold (
  hold_id uuid PRIMARY KEY REFERENCES ledger.hold,
  agency text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX ON ledger.open_hold (expires_at);
ALTER TABLE ledger.open_hold ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON ledger.open_hold FOR SELECT USING (ground.may_see(agency, NULL, NULL, NULL));
GRANT SELECT ON ledger.open_hold TO tongban_app;

INSERT INTO ledger.open_hold (hold_id, agency, expires_at)
  SELECT h.id, h.agency, h.expires_at FROM ledger.hold h WHERE NOT EXISTS (SELECT FROM ledger.hold_end e WHERE e.hold_id = h.id);
UPDATE ledger.balance b SET held_fen = held.fen
  FROM (SELECT h.account_id, sum(h.amount_fen) AS fen FROM ledger.hold h JOIN ledger.open_hold o ON o.hold_id = h.id GROUP BY h.account_id) held
  WHERE b.account_id = held.account_id;

-- Stops when an account that refuses overdraft has less available (balance less open holds) than nothing. The caller holds its balance row.
CREATE FUNCTION ledger.require_available(account uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  found record;
  available bigint;
BEGIN
  SELECT a.name, a.party, a.overdraft, ledger.normal_fen(a.kind, b.debit_fen, b.credit_fen) - b.held_fen AS available INTO found
    FROM ledger.account a JOIN ledger.balance b ON b.account_id = a.id WHERE a.id = account;
  available := found.available;
  IF found.overdraft = 'allowed' OR available >= 0 THEN RETURN; END IF;
  RAISE EXCEPTION 'overdraft_refused: account % lacks % fen', found.name, -available USING ERRCODE = 'check_violation',
    CONSTRAINT = 'overdraft_refused',
    DETAIL = json_build_object('account', found.name, 'party', found.party, 'missingFen', -available)::text;
END $$;

CREATE OR REPLACE FUNCTION ledger.apply_hold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
BEGIN
  UPDATE ledger.balance SET held_fen = held_fen + NEW.amount_fen WHERE account_id = NEW.account_id;
  INSERT INTO ledger.open_hold (hold_id, agency, expires_at) VALUES (NEW.id, NEW.agency, NEW.expires_at);
  PERFORM ledger.require_available(NEW.account_id);
  RETURN NULL;
END $$;

-- A hold has one end (the primary key of hold_end), so its amount is freed once.
CREATE FUNCTION ledger.apply_hold_end() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
DECLARE
  held record;
BEGIN
  SELECT account_id, amount_fen, expires_at INTO held FROM ledger.hold WHERE id = NEW.hold_id;
  IF NEW.outcome = 'expired' AND NEW.ended_at < held.expires_at THEN
    RAISE EXCEPTION 'hold_not_expired: its term ends at %', held.expires_at USING ERRCODE = 'check_violation';
  END IF;
  UPDATE ledger.balance SET held_fen = held_fen - held.amount_fen WHERE account_id = held.account_id;
  DELETE FROM ledger.open_hold WHERE hold_id = NEW.hold_id;
  RETURN NULL;
END $$;
CREATE TRIGGER apply_hold_end AFTER INSERT ON ledger.hold_end FOR EACH ROW EXECUTE FUNCTION ledger.apply_hold_end();

CREATE OR REPLACE FUNCTION ledger.apply_entries() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
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
    SELECT a.id FROM added JOIN ledger.account a ON a.id = added.account_id
    WHERE a.overdraft = 'refused' GROUP BY a.id
    HAVING ledger.normal_fen(a.kind, coalesce(sum(amount_fen) FILTER (WHERE side = 'debit'), 0)::bigint,
                             coalesce(sum(amount_fen) FILTER (WHERE side = 'credit'), 0)::bigint) < 0
  LOOP
    PERFORM ledger.require_available(lowered.id);
  END LOOP;
  RETURN NULL;
END $$;

DROP FUNCTION ledger.require_available(uuid, timestamptz);
DROP FUNCTION ledger.held_fen(uuid, timestamptz);
