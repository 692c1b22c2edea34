-- An assessment that was entered wrongly is corrected by one that stands beside it and names which it corrects: 0 is the first entry, n the n-th correction.
CREATE TABLE svc_training_supervision.assessment_correction (
  class_id uuid NOT NULL,
  person_id uuid NOT NULL,
  corrects integer NOT NULL CHECK (corrects >= 0),
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  passed boolean NOT NULL,
  certificate_number text,
  reason text NOT NULL CHECK (reason <> ''),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (class_id, person_id, corrects),
  FOREIGN KEY (class_id, person_id) REFERENCES svc_training_supervision.assessment (class_id, person_id)
);
ALTER TABLE svc_training_supervision.assessment_correction ENABLE ROW LEVEL SECURITY;
CREATE POLICY assessment_correction_seen ON svc_training_supervision.assessment_correction
  USING (ground.may_see(agency, person_id, NULL, employer_id));
CREATE TRIGGER assessment_correction_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.assessment_correction FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER assessment_correction_not_emptied BEFORE TRUNCATE ON svc_training_supervision.assessment_correction FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.assessment_correction TO tongban_app;

-- What counts of each trainee: the newest correction, else the entry. Seen by whoever sees the rows.
CREATE VIEW svc_training_supervision.standing_assessment WITH (security_invoker = true) AS
  SELECT entry.class_id, entry.person_id, entry.agency, entry.employer_id, entry.assessed_on,
    CASE WHEN newest.corrects IS NULL THEN entry.passed ELSE newest.passed END AS passed,
    CASE WHEN newest.corrects IS NULL THEN entry.certificate_number ELSE newest.certificate_number END AS certificate_number,
    coalesce(newest.corrects + 1, 0) AS no, newest.reason AS corrected
  FROM svc_training_supervision.assessment entry
  LEFT JOIN LATERAL (
    SELECT corrects, passed, certificate_number, reason FROM svc_training_supervision.assessment_correction correction
    WHERE correction.class_id = entry.class_id AND correction.person_id = entry.person_id ORDER BY corrects DESC LIMIT 1) newest ON true;
GRANT SELECT ON svc_training_supervision.standing_assessment TO tongban_app;
