-- Transfers are written many at a time: what can be looked at for all rows of a statement together is looked at once, not row by row.

DROP TRIGGER await_seal ON ledger.transfer;
CREATE OR REPLACE FUNCTION ledger.await_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
BEGIN
  INSERT INTO ledger.awaiting_seal (seq, transfer_id) SELECT seq, id FROM added;
  RETURN NULL;
END $$;
CREATE TRIGGER await_seal AFTER INSERT ON ledger.transfer REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.await_seal();

DROP TRIGGER refuse_closed_day ON ledger.transfer;
CREATE OR REPLACE FUNCTION ledger.refuse_closed_day() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
DECLARE
  books record;
  closed_to date;
BEGIN
  FOR books IN SELECT fund, agency, min(booked_on) AS earliest_on FROM added GROUP BY fund, agency ORDER BY fund, agency LOOP
    closed_to := ledger.closed_to(books.fund, books.agency);
    IF books.earliest_on <= closed_to THEN
      RAISE EXCEPTION 'period_closed: the books of % at % are closed to %', books.fund, books.agency, closed_to USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER refuse_closed_day AFTER INSERT ON ledger.transfer REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_closed_day();

-- Before a table was first analysed, the check of an entry's transfer took the index by agency and fund, and with it every transfer of the books.
DROP INDEX ledger.transfer_agency_fund_booked_on_idx;
CREATE INDEX ON ledger.transfer (booked_on, agency, fund);
