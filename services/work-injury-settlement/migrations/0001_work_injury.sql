-- What this service alone reads. A node plays both parts: home (insured) and host (treatment) region.

-- Home: a person's work injuries and their determination and confirmations (A1.10), as the determining department reports them.
CREATE TABLE svc_work_injury_settlement.injury (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL,
  employer_id uuid,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  occurred_on date NOT NULL,
  body_part text NOT NULL,
  employer_insured boolean NOT NULL,
  third_party_liable boolean NOT NULL DEFAULT false,
  determination text NOT NULL CHECK (determination IN ('none', 'pending', 'done')),
  determined_on date,
  recurrence_on date,
  rehabilitation_on date,
  device_on date,
  disability_grade int CHECK (disability_grade BETWEEN 1 AND 10),
  -- The place that issued the appraisal; recognised throughout a province with mutual recognition (A2.11).
  appraised_in text,
  labour_relation_exists boolean NOT NULL,
  contributing boolean NOT NULL,
  retired_from_employer boolean NOT NULL DEFAULT false,
  relation_terminated_on date,
  recorded_at timestamptz NOT NULL
);
ALTER TABLE svc_work_injury_settlement.injury ENABLE ROW LEVEL SECURITY;
CREATE POLICY injury_seen ON svc_work_injury_settlement.injury USING (ground.may_see(agency, person_id, NULL, employer_id));
CREATE INDEX injury_person ON svc_work_injury_settlement.injury (person_id);
GRANT SELECT, INSERT ON svc_work_injury_settlement.injury TO tongban_app;
GRANT UPDATE (third_party_liable, determination, determined_on, recurrence_on, rehabilitation_on, device_on, disability_grade, appraised_in,
  labour_relation_exists, contributing, retired_from_employer, relation_terminated_on) ON svc_work_injury_settlement.injury TO tongban_app;

-- Host: filings that other regions told us of, the newest revision of each.
CREATE TABLE svc_work_injury_settlement.visiting_filing (
  insured_region text NOT NULL,
  filing_number text NOT NULL,
  revision int NOT NULL,
  card_number text NOT NULL,
  filing_class text NOT NULL,
  treatment_region text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  state text NOT NULL CHECK (state IN ('effective', 'ended')),
  told_at timestamptz NOT NULL,
  PRIMARY KEY (insured_region, filing_number)
);
ALTER TABLE svc_work_injury_settlement.visiting_filing ENABLE ROW LEVEL SECURITY;
-- A hospital looks for a card that is shown to it (the route asks for the card number); it does not browse.
CREATE POLICY visiting_filing_seen ON svc_work_injury_settlement.visiting_filing
  USING (ground.may_see(treatment_region, NULL, NULL, NULL) OR ground.actor_is('institution'));
GRANT SELECT, INSERT, UPDATE ON svc_work_injury_settlement.visiting_filing TO tongban_app;

-- Host: a visiting patient is known by home region and card; the name comes with the home region's answer and is sealed.
CREATE TABLE svc_work_injury_settlement.patient (
  id uuid PRIMARY KEY,
  insured_region text NOT NULL,
  card_number text NOT NULL,
  name_sealed bytea NOT NULL,
  UNIQUE (insured_region, card_number)
);
ALTER TABLE svc_work_injury_settlement.patient ENABLE ROW LEVEL SECURITY;
CREATE POLICY patient_seen ON svc_work_injury_settlement.patient USING (ground.actor_is('system', 'staff', 'institution'));
GRANT SELECT, INSERT ON svc_work_injury_settlement.patient TO tongban_app;

-- Host: the lines of a bill as the hospital sent them; a corrected bill is a new version beside the old one.
CREATE TABLE svc_work_injury_settlement.bill_line (
  stay_id uuid NOT NULL,
  version int NOT NULL CHECK (version > 0),
  no int NOT NULL CHECK (no > 0),
  agency text NOT NULL,
  institution_id uuid NOT NULL,
  hospital_code text NOT NULL,
  name text NOT NULL,
  charged_on date NOT NULL,
  quantity_milli bigint NOT NULL CHECK (quantity_milli > 0),
  unit_price_fen bigint NOT NULL CHECK (unit_price_fen >= 0),
  amount_fen bigint NOT NULL CHECK (amount_fen >= 0),
  injury_related boolean NOT NULL,
  PRIMARY KEY (stay_id, version, no)
);
ALTER TABLE svc_work_injury_settlement.bill_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY bill_line_seen ON svc_work_injury_settlement.bill_line USING (ground.may_see(agency, NULL, institution_id, NULL));
CREATE TRIGGER bill_line_kept BEFORE UPDATE OR DELETE ON svc_work_injury_settlement.bill_line FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER bill_line_not_emptied BEFORE TRUNCATE ON svc_work_injury_settlement.bill_line FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_work_injury_settlement.bill_line TO tongban_app;

-- Host: what each line came to in a preview, with the reason (A1.14).
CREATE TABLE svc_work_injury_settlement.priced_line (
  stay_id uuid NOT NULL,
  preview int NOT NULL CHECK (preview > 0),
  version int NOT NULL,
  no int NOT NULL,
  agency text NOT NULL,
  institution_id uuid NOT NULL,
  catalogue_region text NOT NULL,
  catalogue_code text,
  limit_fen bigint,
  fund_fen bigint NOT NULL CHECK (fund_fen >= 0),
  person_fen bigint NOT NULL CHECK (person_fen >= 0),
  finding text NOT NULL,
  because text NOT NULL,
  PRIMARY KEY (stay_id, preview, no)
);
ALTER TABLE svc_work_injury_settlement.priced_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY priced_line_seen ON svc_work_injury_settlement.priced_line USING (ground.may_see(agency, NULL, institution_id, NULL));
CREATE TRIGGER priced_line_kept BEFORE UPDATE OR DELETE ON svc_work_injury_settlement.priced_line FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER priced_line_not_emptied BEFORE TRUNCATE ON svc_work_injury_settlement.priced_line FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_work_injury_settlement.priced_line TO tongban_app;

-- Home: an electronic receipt is reimbursed once, whoever brings it. One claim holds it at a time; another takes it over only from one that
-- came to nothing.
CREATE TABLE svc_work_injury_settlement.claimed_receipt (
  receipt_number text PRIMARY KEY,
  claim_id uuid NOT NULL,
  agency text NOT NULL,
  person_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('travel', 'lodging', 'treatment')),
  amount_fen bigint NOT NULL CHECK (amount_fen > 0),
  recorded_at timestamptz NOT NULL
);
ALTER TABLE svc_work_injury_settlement.claimed_receipt ENABLE ROW LEVEL SECURITY;
CREATE POLICY claimed_receipt_seen ON svc_work_injury_settlement.claimed_receipt USING (ground.may_see(agency, person_id, NULL, NULL));
CREATE TRIGGER claimed_receipt_kept BEFORE DELETE ON svc_work_injury_settlement.claimed_receipt FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER claimed_receipt_not_emptied BEFORE TRUNCATE ON svc_work_injury_settlement.claimed_receipt FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_work_injury_settlement.claimed_receipt TO tongban_app;
GRANT UPDATE (claim_id, agency, person_id, kind, amount_fen, recorded_at) ON svc_work_injury_settlement.claimed_receipt TO tongban_app;

-- Host and home: one row for each settlement, the newest revision; a projection of the stay (host) and of what its host told us (home).
CREATE TABLE svc_work_injury_settlement.settlement (
  number text NOT NULL,
  side text NOT NULL CHECK (side IN ('host', 'home')),
  revision int NOT NULL,
  case_id uuid NOT NULL,
  agency text NOT NULL,
  insured_region text NOT NULL,
  treatment_region text NOT NULL,
  institution_id uuid,
  person_id uuid,
  cost_type text NOT NULL,
  state text NOT NULL CHECK (state IN ('settled', 'undone')),
  total_fen bigint NOT NULL,
  fund_fen bigint NOT NULL,
  person_fen bigint NOT NULL,
  deducted_fen bigint NOT NULL DEFAULT 0,
  admitted_on date NOT NULL,
  discharged_on date NOT NULL,
  settled_on date NOT NULL,
  undone_on date,
  reconciled_on date,
  audited_on date,
  paid_on date,
  -- What clearing has moved between the regions for this settlement so far; a correction after clearing is an item of its own (domain).
  cleared_fen bigint NOT NULL DEFAULT 0,
  cleared_in text,
  PRIMARY KEY (side, number),
  CHECK (deducted_fen BETWEEN 0 AND fund_fen),
  CHECK (total_fen = fund_fen + person_fen)
);
ALTER TABLE svc_work_injury_settlement.settlement ENABLE ROW LEVEL SECURITY;
CREATE POLICY settlement_seen ON svc_work_injury_settlement.settlement USING (ground.may_see(agency, person_id, institution_id, NULL));
CREATE INDEX settlement_period ON svc_work_injury_settlement.settlement (side, discharged_on);
GRANT SELECT, INSERT, UPDATE ON svc_work_injury_settlement.settlement TO tongban_app;

-- Hub: what the two sides of a quarter reported, item by item; the hub holds no money.
CREATE TABLE svc_work_injury_settlement.reported_item (
  quarter text NOT NULL CHECK (quarter ~ '^\d{4}-Q[1-4]$'),
  treatment_region text NOT NULL,
  insured_region text NOT NULL,
  settlement_number text NOT NULL,
  revision int NOT NULL,
  creditor_fen bigint,
  debtor_fen bigint,
  PRIMARY KEY (quarter, treatment_region, settlement_number)
);
ALTER TABLE svc_work_injury_settlement.reported_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY reported_item_seen ON svc_work_injury_settlement.reported_item USING (ground.actor_is('system', 'staff'));
GRANT SELECT, INSERT, UPDATE ON svc_work_injury_settlement.reported_item TO tongban_app;

-- Which quarters this node has reported to the hub, so that each is reported once.
CREATE TABLE svc_work_injury_settlement.clearing_report (
  quarter text NOT NULL,
  side text NOT NULL CHECK (side IN ('creditor', 'debtor')),
  partner text NOT NULL,
  reported_at timestamptz NOT NULL,
  PRIMARY KEY (quarter, side, partner)
);
ALTER TABLE svc_work_injury_settlement.clearing_report ENABLE ROW LEVEL SECURITY;
CREATE POLICY clearing_report_seen ON svc_work_injury_settlement.clearing_report USING (ground.actor_is('system', 'staff'));
GRANT SELECT, INSERT ON svc_work_injury_settlement.clearing_report TO tongban_app;

-- Prepaid funds between regions and their alerts (domain: 70 % and 90 %).
CREATE TABLE svc_work_injury_settlement.alert (
  id uuid PRIMARY KEY,
  agency text NOT NULL,
  code text NOT NULL,
  params jsonb NOT NULL,
  about text NOT NULL,
  raised_at timestamptz NOT NULL,
  UNIQUE (code, about)
);
ALTER TABLE svc_work_injury_settlement.alert ENABLE ROW LEVEL SECURITY;
CREATE POLICY alert_seen ON svc_work_injury_settlement.alert USING (ground.may_see(agency, NULL, NULL, NULL));
GRANT SELECT, INSERT ON svc_work_injury_settlement.alert TO tongban_app;
