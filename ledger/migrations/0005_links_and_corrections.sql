-- Transfers that stand together or not at all; corrections in part, never of a correction; nobody's debt settled by another region's claim.

-- Linked transfers are of one set of books: money of one fund or agency cannot reach another by way of a link.
CREATE TABLE ledger.link (
  id uuid PRIMARY KEY,
  key text NOT NULL UNIQUE CHECK (key <> ''),
  fund text NOT NULL,
  agency text NOT NULL,
  transfer_count integer NOT NULL CHECK (transfer_count >= 2),
  recorded_at timestamptz NOT NULL,
  UNIQUE (id, fund, agency)
);
ALTER TABLE ledger.transfer
  ADD COLUMN link_id uuid,
  ADD COLUMN link_no integer CHECK (link_no >= 1),
  ADD CHECK ((link_id IS NULL) = (link_no IS NULL)),
  ADD FOREIGN KEY (link_id, fund, agency) REFERENCES ledger.link (id, fund, agency);
CREATE UNIQUE INDEX ON ledger.transfer (link_id, link_no) WHERE link_id IS NOT NULL;

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON ledger.link FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON ledger.link FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
ALTER TABLE ledger.link ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON ledger.link FOR SELECT USING (ground.may_see(agency, NULL, NULL, NULL));
CREATE POLICY write ON ledger.link FOR INSERT WITH CHECK (ground.actor_is('system'));
GRANT SELECT, INSERT ON ledger.link TO tongban_app;

-- At commit: a link has all its transfers. As all its numbers are taken then, none can be added later.
CREATE FUNCTION ledger.require_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
BEGIN
  IF (SELECT count(*) FROM ledger.transfer WHERE link_id = NEW.id) <> NEW.transfer_count THEN
    RAISE EXCEPTION 'link_incomplete: % must have % transfers', NEW.key, NEW.transfer_count USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER require_link AFTER INSERT ON ledger.link DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ledger.require_link();

CREATE FUNCTION ledger.refuse_late_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
BEGIN
  IF NEW.link_no > (SELECT transfer_count FROM ledger.link WHERE id = NEW.link_id) THEN
    RAISE EXCEPTION 'transfer_beyond_link: a link has only the transfers it was recorded with' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_late_link BEFORE INSERT ON ledger.transfer FOR EACH ROW WHEN (NEW.link_id IS NOT NULL)
  EXECUTE FUNCTION ledger.refuse_late_link();

-- A transfer may be corrected in several parts, together at most by what it moved on each account.
ALTER TABLE ledger.transfer DROP CONSTRAINT transfer_corrects_key;
CREATE INDEX ON ledger.transfer (corrects) WHERE corrects IS NOT NULL;

-- Corrections of one transfer come one after the other.
CREATE FUNCTION ledger.lock_corrections(of_transfer uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
BEGIN
  PERFORM FROM ledger.transfer WHERE id = of_transfer FOR NO KEY UPDATE;
END $$;

CREATE FUNCTION ledger.refuse_second_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
BEGIN
  PERFORM ledger.lock_corrections(NEW.corrects);
  IF EXISTS (SELECT FROM ledger.transfer WHERE id = NEW.corrects AND corrects IS NOT NULL) THEN
    RAISE EXCEPTION 'correction_of_correction: a correction is not corrected' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_second_order BEFORE INSERT ON ledger.transfer FOR EACH ROW WHEN (NEW.corrects IS NOT NULL)
  EXECUTE FUNCTION ledger.refuse_second_order();

CREATE FUNCTION ledger.require_correction() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT e.account_id, e.side, sum(e.amount_fen) AS fen FROM ledger.transfer t JOIN ledger.entry e ON e.transfer_id = t.id
                 WHERE t.corrects = NEW.corrects GROUP BY e.account_id, e.side) taken
    LEFT JOIN (SELECT account_id, side, sum(amount_fen) AS fen FROM ledger.entry WHERE transfer_id = NEW.corrects GROUP BY account_id, side) booked
      ON booked.account_id = taken.account_id AND booked.side <> taken.side
    WHERE taken.fen > coalesce(booked.fen, 0))
  THEN
    RAISE EXCEPTION 'correction_exceeds: % takes back more than was booked', NEW.key USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER require_correction AFTER INSERT ON ledger.transfer DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.corrects IS NOT NULL) EXECUTE FUNCTION ledger.require_correction();

-- The other region whose claim or debt an account is: parties that are region codes (GB/T 2260).
ALTER TABLE ledger.account ADD COLUMN counter_region text GENERATED ALWAYS AS (CASE WHEN party ~ '^[0-9]{6}$' THEN party END) STORED;

-- At commit: every transfer has all its entries, they balance, and it concerns at most one other region.
CREATE OR REPLACE FUNCTION ledger.require_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
DECLARE
  found record;
BEGIN
  SELECT count(*) AS entries, coalesce(sum(e.amount_fen) FILTER (WHERE e.side = 'debit'), 0) AS debit_fen,
         coalesce(sum(e.amount_fen) FILTER (WHERE e.side = 'credit'), 0) AS credit_fen,
         count(DISTINCT a.counter_region) AS counter_regions INTO found
    FROM ledger.entry e JOIN ledger.account a ON a.id = e.account_id WHERE e.transfer_id = NEW.id;
  IF found.entries <> NEW.entry_count OR found.debit_fen <> NEW.total_fen OR found.credit_fen <> NEW.total_fen THEN
    RAISE EXCEPTION 'transfer_unbalanced: % has % entries, debit %, credit %; recorded were % entries of %',
      NEW.key, found.entries, found.debit_fen, found.credit_fen, NEW.entry_count, NEW.total_fen USING ERRCODE = 'check_violation';
  END IF;
  IF found.counter_regions > 1 THEN
    RAISE EXCEPTION 'debt_of_another_region: % moves the accounts of several regions', NEW.key USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
