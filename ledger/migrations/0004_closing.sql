-- A month or quarter of an agency's books of a fund is closed by an officer of payment and confirmed by one of audit or internal control; from then
-- on nothing is booked under its dates.

CREATE TABLE ledger.closing (
  id uuid PRIMARY KEY,
  fund text NOT NULL CHECK (fund ~ '^[a-z][a-z0-9_]*$'),
  agency text NOT NULL CHECK (agency ~ '^[0-9]{6}$'),
  period text NOT NULL CHECK (period ~ '^[0-9]{4}-([0-9]{2}|Q[1-4])$'),
  from_on date NOT NULL,
  to_on date NOT NULL CHECK (to_on >= from_on),
  -- The digest of the trial balance as the officer saw it.
  balance_sm3 text NOT NULL,
  closed_by uuid NOT NULL,
  closed_at timestamptz NOT NULL,
  UNIQUE (id, fund, agency, from_on, to_on, closed_by)
);

CREATE TABLE ledger.closing_confirmation (
  closing_id uuid PRIMARY KEY,
  fund text NOT NULL,
  agency text NOT NULL,
  from_on date NOT NULL,
  to_on date NOT NULL,
  closed_by uuid NOT NULL,
  confirmed_by uuid NOT NULL,
  confirmed_at timestamptz NOT NULL,
  -- Where the chain of blocks stood; null while nothing at all was sealed.
  head_number bigint,
  head_hash text,
  -- The signed trial balance: its text, the signature and the public key.
  document text NOT NULL,
  signature text NOT NULL,
  signer text NOT NULL,
  FOREIGN KEY (closing_id, fund, agency, from_on, to_on, closed_by)
    REFERENCES ledger.closing (id, fund, agency, from_on, to_on, closed_by),
  FOREIGN KEY (head_number, head_hash) REFERENCES ledger.block (number, hash) MATCH FULL,
  UNIQUE (fund, agency, to_on),
  CHECK (confirmed_by <> closed_by)
);

-- The last closed day of books, or null. Waits for a closing that is being confirmed, and makes it wait for this transaction.
CREATE FUNCTION ledger.closed_to(of_fund text, of_agency text) RETURNS date
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7460401, hashtext(of_fund || ' ' || of_agency));
  RETURN (SELECT max(to_on) FROM ledger.closing_confirmation WHERE fund = of_fund AND agency = of_agency);
END $$;

-- Lets nothing be posted in these books until the transaction ends, once what is being posted has ended.
CREATE FUNCTION ledger.lock_books(of_fund text, of_agency text) RETURNS void LANGUAGE sql
  AS $$ SELECT pg_advisory_xact_lock(7460401, hashtext(of_fund || ' ' || of_agency)) $$;

-- The day under which something of this day is booked: its own, or today where its period is closed.
CREATE FUNCTION ledger.open_day(of_fund text, of_agency text, day date, today date) RETURNS date LANGUAGE sql
  AS $$ SELECT CASE WHEN day <= ledger.closed_to(of_fund, of_agency) THEN today ELSE day END $$;

-- The day on which something happened that was booked later because its period was closed.
ALTER TABLE ledger.transfer ADD COLUMN occurred_on date CHECK (occurred_on < booked_on);

CREATE FUNCTION ledger.refuse_closed_day() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  closed_to date := ledger.closed_to(NEW.fund, NEW.agency);
BEGIN
  IF NEW.booked_on <= closed_to THEN
    RAISE EXCEPTION 'period_closed: the books of % at % are closed to %', NEW.fund, NEW.agency, closed_to USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_closed_day BEFORE INSERT ON ledger.transfer FOR EACH ROW EXECUTE FUNCTION ledger.refuse_closed_day();

-- Periods are closed one after the other, without a gap and never twice.
CREATE FUNCTION ledger.require_next_period() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
DECLARE
  closed_to date;
BEGIN
  PERFORM ledger.lock_books(NEW.fund, NEW.agency);
  SELECT max(to_on) INTO closed_to FROM ledger.closing_confirmation WHERE fund = NEW.fund AND agency = NEW.agency;
  IF NEW.from_on <> closed_to + 1 THEN
    RAISE EXCEPTION 'period_not_next: the books are closed to %', closed_to USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER require_next_period BEFORE INSERT ON ledger.closing_confirmation FOR EACH ROW EXECUTE FUNCTION ledger.require_next_period();

-- Whether the acting officer belongs to the agency itself, in one of these roles: a superior one reads the books and does not close them.
CREATE FUNCTION ledger.is_officer_of(of_agency text, officer uuid, VARIADIC roles text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT ground.actor_is('staff') AND ground.setting('role') = ANY (roles) AND ground.setting('user_id')::uuid = officer
    AND regexp_replace(of_agency, '(00){1,2}$', '') = coalesce(ground.setting('agency_prefix'), '') $$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['closing', 'closing_confirmation'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON ledger.%I FOR EACH ROW EXECUTE FUNCTION ground.refuse_change()', name);
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON ledger.%I FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change()', name);
    EXECUTE format('ALTER TABLE ledger.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY read ON ledger.%I FOR SELECT USING (ground.may_see(agency, NULL, NULL, NULL))', name);
    EXECUTE format('GRANT SELECT, INSERT ON ledger.%I TO tongban_app', name);
  END LOOP;
END $$;
-- Payment and audit exclude each other at assignment (people.exclusive_pair); here each has its own row, and the two users differ.
CREATE POLICY write ON ledger.closing FOR INSERT WITH CHECK (ledger.is_officer_of(agency, closed_by, 'pay'));
CREATE POLICY write ON ledger.closing_confirmation FOR INSERT WITH CHECK (ledger.is_officer_of(agency, confirmed_by, 'audit', 'control'));
