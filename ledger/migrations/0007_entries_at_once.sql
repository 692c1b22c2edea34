-- Transfers and accounts are never changed or removed. So that an entry's both ends are there, and in the same books, is looked up once for all entries
-- of a statement, where two foreign keys looked it up row by row.

ALTER TABLE ledger.entry DROP CONSTRAINT entry_transfer_id_fund_agency_fkey;
ALTER TABLE ledger.entry DROP CONSTRAINT entry_account_id_fund_agency_fkey;

-- Keeps the balances as entries are added. Rows are locked in the order of account ids, so that postings never wait for each other in a ring.
CREATE OR REPLACE FUNCTION ledger.apply_entries() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
DECLARE
  found record;
  lowered record;
BEGIN
  SELECT bool_or(t.id IS NULL OR a.id IS NULL) AS stray, bool_or(added.no > t.entry_count) AS beyond INTO found
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
