-- Months whose price subsidy has been ordered for everybody who had drawn the benefit of that month before it was called (C4-t2).
CREATE TABLE svc_unemployment_protection.price_subsidy_month (
  month date PRIMARY KEY CHECK (extract(day FROM month) = 1),
  ordered_at timestamptz NOT NULL
);
ALTER TABLE svc_unemployment_protection.price_subsidy_month ENABLE ROW LEVEL SECURITY;
CREATE POLICY price_subsidy_month_seen ON svc_unemployment_protection.price_subsidy_month USING (ground.actor_is('system'));
GRANT SELECT, INSERT ON svc_unemployment_protection.price_subsidy_month TO tongban_app;
