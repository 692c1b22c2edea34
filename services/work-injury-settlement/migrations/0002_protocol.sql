-- What the settlement protocol needs beyond the settlements themselves: where a stay's case is, when a settlement changed, holds, disputes,
-- and which days were reconciled with which partner.

-- Host: stays by their number; home: visits by the stay's number. Found at once, however many cases there are.
CREATE TABLE svc_work_injury_settlement.stay_place (
  side text NOT NULL CHECK (side IN ('host', 'home')),
  stay_number text NOT NULL,
  case_id uuid NOT NULL,
  PRIMARY KEY (side, stay_number)
);
ALTER TABLE svc_work_injury_settlement.stay_place ENABLE ROW LEVEL SECURITY;
CREATE POLICY stay_place_seen ON svc_work_injury_settlement.stay_place USING (ground.actor_is('system', 'staff', 'institution'));
GRANT SELECT, INSERT ON svc_work_injury_settlement.stay_place TO tongban_app;
INSERT INTO svc_work_injury_settlement.stay_place (side, stay_number, case_id)
  SELECT 'host', number, id FROM cases.case_file WHERE service = 'work-injury-settlement' AND flow = 'stay';
INSERT INTO svc_work_injury_settlement.stay_place (side, stay_number, case_id)
  SELECT 'home', summary->>'stayNumber', id FROM cases.case_file WHERE service = 'work-injury-settlement' AND flow = 'visit';

-- The day on which the newest revision came to be, by the host's calendar: what a day's reconciliation goes by.
ALTER TABLE svc_work_injury_settlement.settlement ADD COLUMN changed_on date;
UPDATE svc_work_injury_settlement.settlement SET changed_on = greatest(settled_on, audited_on, undone_on);
ALTER TABLE svc_work_injury_settlement.settlement ALTER COLUMN changed_on SET NOT NULL;
-- The number of the open dispute that keeps the settlement out of clearing.
ALTER TABLE svc_work_injury_settlement.settlement ADD COLUMN disputed_in text;
CREATE INDEX settlement_changed ON svc_work_injury_settlement.settlement (side, changed_on);
CREATE INDEX settlement_to_pay ON svc_work_injury_settlement.settlement (discharged_on)
  WHERE side = 'host' AND state = 'settled' AND audited_on IS NOT NULL AND paid_on IS NULL;

-- Home: the newest word of a hold (预占) on the prepaid fund, by the settlement it is for.
CREATE TABLE svc_work_injury_settlement.hold (
  settlement_number text PRIMARY KEY,
  revision int NOT NULL CHECK (revision > 0),
  treatment_region text NOT NULL,
  state text NOT NULL CHECK (state IN ('held', 'released')),
  fund_fen bigint NOT NULL CHECK (fund_fen >= 0),
  held_until date NOT NULL
);
ALTER TABLE svc_work_injury_settlement.hold ENABLE ROW LEVEL SECURITY;
CREATE POLICY hold_seen ON svc_work_injury_settlement.hold USING (ground.actor_is('system', 'staff'));
GRANT SELECT, INSERT, UPDATE ON svc_work_injury_settlement.hold TO tongban_app;

-- Host: the days whose settlements were listed to a partner.
CREATE TABLE svc_work_injury_settlement.daily_report (
  day date NOT NULL,
  partner text NOT NULL,
  reported_at timestamptz NOT NULL,
  PRIMARY KEY (day, partner)
);
ALTER TABLE svc_work_injury_settlement.daily_report ENABLE ROW LEVEL SECURITY;
CREATE POLICY daily_report_seen ON svc_work_injury_settlement.daily_report USING (ground.actor_is('system', 'staff'));
GRANT SELECT, INSERT ON svc_work_injury_settlement.daily_report TO tongban_app;
