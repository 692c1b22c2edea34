-- Half of all settlements are of one side, so an index that begins with it finds little. Until the table was first analysed these were taken even where a
-- settlement was looked up by its number, and read all that there were.
DROP INDEX svc_work_injury_settlement.settlement_period;
CREATE INDEX settlement_period ON svc_work_injury_settlement.settlement (discharged_on, side);
DROP INDEX svc_work_injury_settlement.settlement_changed;
CREATE INDEX settlement_changed ON svc_work_injury_settlement.settlement (changed_on, side);
