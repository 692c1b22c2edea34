-- Host: what the partner answered to a day's list.
ALTER TABLE svc_work_injury_settlement.daily_report ADD COLUMN answered_at timestamptz;
ALTER TABLE svc_work_injury_settlement.daily_report ADD COLUMN difference_count int CHECK (difference_count >= 0);
GRANT UPDATE (answered_at, difference_count) ON svc_work_injury_settlement.daily_report TO tongban_app;

-- What clearing has still to move, however much it has moved before.
CREATE INDEX settlement_uncleared ON svc_work_injury_settlement.settlement (side, discharged_on)
  WHERE (CASE WHEN state = 'undone' THEN 0 ELSE fund_fen - deducted_fen END) <> cleared_fen;
