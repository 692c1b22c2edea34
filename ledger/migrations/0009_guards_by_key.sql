-- The guards of a posting look at its own rows by their keys. As joins they were planned when the ledger was empty, and read every account that was opened
-- since, until statistics came.

-- Keeps the balances as entries are added. Rows are locked in the order of account ids, so that postings never wait for each other in a ring.
CREATE OR REPLACE FUNCTION ledger.apply_entries() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
DECLARE
  found record;
  lowered record;
BEGIN
  SELECT booked.stray OR used.stray AS stray, booked.beyond, used.limited INTO found FROM (
    SELECT bool_or(known.entry_count IS NULL) AS stray, bool_or(given.last > known.entry_count) AS beyond
      FROM (SELECT transfer_id, fund, agency, max(no) AS last FROM added GROUP BY transfer_id, fund, agency) AS given
      CROSS JOIN LATERAL (SELECT (SELECT t.entry_count FROM ledger.transfer t
        WHERE t.id = given.transfer_id AND t.fund = given.fund AND t.agency = given.agency) AS entry_count OFFSET 0) AS known
  ) AS booked, (
    SELECT bool_or(known.overdraft IS NULL) AS stray, coalesce(bool_or(known.overdraft = 'refused'), false) AS limited
      FROM (SELECT DISTINCT account_id, fund, agency FROM added) AS given
      CROSS JOIN LATERAL (SELECT (SELECT a.overdraft FROM ledger.account a
        WHERE a.id = given.account_id AND a.fund = given.fund AND a.agency = given.agency) AS overdraft OFFSET 0) AS known
  ) AS used;
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
    SELECT moved.account_id,
           CASE WHEN (SELECT a.overdraft FROM ledger.account a WHERE a.id = moved.account_id) = 'refused' THEN 0 ELSE pg_backend_pid() % 8 END,
           moved.debit_fen, moved.credit_fen
    FROM (SELECT account_id, coalesce(sum(amount_fen) FILTER (WHERE side = 'debit'), 0) AS debit_fen,
                 coalesce(sum(amount_fen) FILTER (WHERE side = 'credit'), 0) AS credit_fen FROM added GROUP BY account_id) AS moved
    ORDER BY moved.account_id
    ON CONFLICT (account_id, part) DO UPDATE SET debit_fen = b.debit_fen + excluded.debit_fen, credit_fen = b.credit_fen + excluded.credit_fen;
  -- What an account ever had is a whole number that every reader can hold, in all its parts together.
  IF EXISTS (SELECT FROM (SELECT DISTINCT account_id FROM added) AS used CROSS JOIN LATERAL (
               SELECT sum(b.debit_fen) AS debit_fen, sum(b.credit_fen) AS credit_fen FROM ledger.balance_part b WHERE b.account_id = used.account_id
             ) AS kept WHERE kept.debit_fen > 9007199254740991 OR kept.credit_fen > 9007199254740991) THEN
    RAISE EXCEPTION 'balance_too_large: an account holds at most 9007199254740991 fen on a side' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT found.limited THEN RETURN NULL; END IF;
  -- Money that comes in is never refused: only accounts whose balance went down are asked.
  FOR lowered IN
    SELECT moved.account_id AS id
    FROM (SELECT account_id, coalesce(sum(amount_fen) FILTER (WHERE side = 'debit'), 0)::bigint AS debit_fen,
                 coalesce(sum(amount_fen) FILTER (WHERE side = 'credit'), 0)::bigint AS credit_fen FROM added GROUP BY account_id) AS moved
    CROSS JOIN LATERAL (SELECT a.kind FROM ledger.account a WHERE a.id = moved.account_id AND a.overdraft = 'refused' OFFSET 0) AS limited
    WHERE ledger.normal_fen(limited.kind, moved.debit_fen, moved.credit_fen) < 0
  LOOP
    PERFORM ledger.require_available(lowered.id);
  END LOOP;
  RETURN NULL;
END $$;

-- At commit: every transfer has all its entries, they balance, and it concerns at most one other region.
CREATE OR REPLACE FUNCTION ledger.require_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
DECLARE
  found record;
BEGIN
  SELECT count(*) AS entries, coalesce(sum(e.amount_fen) FILTER (WHERE e.side = 'debit'), 0) AS debit_fen,
         coalesce(sum(e.amount_fen) FILTER (WHERE e.side = 'credit'), 0) AS credit_fen,
         count(DISTINCT (SELECT a.counter_region FROM ledger.account a WHERE a.id = e.account_id)) AS counter_regions INTO found
    FROM ledger.entry e WHERE e.transfer_id = NEW.id;
  IF found.entries <> NEW.entry_count OR found.debit_fen <> NEW.total_fen OR found.credit_fen <> NEW.total_fen THEN
    RAISE EXCEPTION 'transfer_unbalanced: % has % entries, debit %, credit %; recorded were % entries of %',
      NEW.key, found.entries, found.debit_fen, found.credit_fen, NEW.entry_count, NEW.total_fen USING ERRCODE = 'check_violation';
  END IF;
  IF found.counter_regions > 1 THEN
    RAISE EXCEPTION 'debt_of_another_region: % moves the accounts of several regions', NEW.key USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
