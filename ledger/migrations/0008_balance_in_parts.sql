-- All who post to one account waited for its balance, from posting to commit. Where an account may be overdrawn nobody needs to know how much there is:
-- its balance is kept in parts, by who writes, and is their sum. Where overdraft is refused there is one part, and its lock, as before.

ALTER TABLE ledger.balance RENAME TO balance_part;
ALTER TABLE ledger.balance_part ADD COLUMN part smallint NOT NULL DEFAULT 0 CHECK (part BETWEEN 0 AND 7);
ALTER TABLE ledger.balance_part DROP CONSTRAINT balance_pkey;
ALTER TABLE ledger.balance_part ADD PRIMARY KEY (account_id, part);

CREATE VIEW ledger.balance WITH (security_invoker = true) AS
  SELECT a.id AS account_id, kept.debit_fen, kept.credit_fen, kept.held_fen FROM ledger.account a
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.debit_fen), 0)::bigint AS debit_fen, coalesce(sum(p.credit_fen), 0)::bigint AS credit_fen,
           coalesce(sum(p.held_fen), 0)::bigint AS held_fen FROM ledger.balance_part p WHERE p.account_id = a.id
  ) AS kept;
GRANT SELECT ON ledger.balance TO tongban_app;

CREATE OR REPLACE FUNCTION ledger.open_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
BEGIN
  INSERT INTO ledger.balance_part (account_id) VALUES (NEW.id);
  RETURN NULL;
END $$;

-- Stops when an account that refuses overdraft has less available (balance less open holds) than nothing. The caller holds its balance row.
CREATE OR REPLACE FUNCTION ledger.require_available(account uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  found record;
  available bigint;
BEGIN
  SELECT a.name, a.party, a.overdraft, ledger.normal_fen(a.kind, b.debit_fen, b.credit_fen) - b.held_fen AS available INTO found
    FROM ledger.account a JOIN ledger.balance_part b ON b.account_id = a.id AND b.part = 0 WHERE a.id = account;
  available := found.available;
  IF found.overdraft = 'allowed' OR available >= 0 THEN RETURN; END IF;
  RAISE EXCEPTION 'overdraft_refused: account % lacks % fen', found.name, -available USING ERRCODE = 'check_violation',
    CONSTRAINT = 'overdraft_refused',
    DETAIL = json_build_object('account', found.name, 'party', found.party, 'missingFen', -available)::text;
END $$;

CREATE OR REPLACE FUNCTION ledger.apply_hold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
BEGIN
  UPDATE ledger.balance_part SET held_fen = held_fen + NEW.amount_fen WHERE account_id = NEW.account_id AND part = 0;
  INSERT INTO ledger.open_hold (hold_id, agency, expires_at) VALUES (NEW.id, NEW.agency, NEW.expires_at);
  PERFORM ledger.require_available(NEW.account_id);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION ledger.apply_hold_end() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
DECLARE
  held record;
BEGIN
  SELECT account_id, amount_fen, expires_at INTO held FROM ledger.hold WHERE id = NEW.hold_id;
  IF NEW.outcome = 'expired' AND NEW.ended_at < held.expires_at THEN
    RAISE EXCEPTION 'hold_not_expired: its term ends at %', held.expires_at USING ERRCODE = 'check_violation';
  END IF;
  UPDATE ledger.balance_part SET held_fen = held_fen - held.amount_fen WHERE account_id = held.account_id AND part = 0;
  DELETE FROM ledger.open_hold WHERE hold_id = NEW.hold_id;
  RETURN NULL;
END $$;

-- Keeps the balances as entries are added. Rows are locked in the order of account ids, so that postings never wait for each other in a ring.
CREATE OR REPLACE FUNCTION ledger.apply_entries() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
DECLARE
  found record;
  lowered record;
BEGIN
  SELECT bool_or(t.id IS NULL OR a.id IS NULL) AS stray, bool_or(added.no > t.entry_count) AS beyond,
         coalesce(bool_or(a.overdraft = 'refused'), false) AS limited INTO found
    FROM added
    LEFT JOIN ledger.transfer t ON t.id = added.transfer_id AND t.fund = added.fund AND t.agency = added.agency
    LEFT JOIN ledger.account a ON a.id = added.account_id AND a.fund = added.fund AND a.agency = added.agency;
  -- One fund or agency cannot pay another's debt.
  IF found.stray THEN
    RAISE EXCEPTION 'entry_outside_books: an entry stands between a transfer and an account of its own fund and agency'
      USING ERRCODE = 'foreign_key_violation';
  END IF;
  -- Numbers 1..entry_count were all there when the transfer was committed, so a later entry has no number left to take.
  IF found.beyond THEN
    RAISE EXCEPTION 'entry_beyond_transfer: a transfer has only the entries it was recorded with' USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO ledger.balance_part AS b (account_id, part, debit_fen, credit_fen)
    SELECT a.id, CASE WHEN a.overdraft = 'refused' THEN 0 ELSE pg_backend_pid() % 8 END,
           coalesce(sum(added.amount_fen) FILTER (WHERE added.side = 'debit'), 0),
           coalesce(sum(added.amount_fen) FILTER (WHERE added.side = 'credit'), 0)
    FROM added JOIN ledger.account a ON a.id = added.account_id GROUP BY a.id ORDER BY a.id
    ON CONFLICT (account_id, part) DO UPDATE SET debit_fen = b.debit_fen + excluded.debit_fen, credit_fen = b.credit_fen + excluded.credit_fen;
  -- What an account ever had is a whole number that every reader can hold, in all its parts together.
  IF EXISTS (SELECT FROM ledger.balance_part b WHERE b.account_id IN (SELECT account_id FROM added) GROUP BY b.account_id
             HAVING sum(b.debit_fen) > 9007199254740991 OR sum(b.credit_fen) > 9007199254740991) THEN
    RAISE EXCEPTION 'balance_too_large: an account holds at most 9007199254740991 fen on a side' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT found.limited THEN RETURN NULL; END IF;
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
