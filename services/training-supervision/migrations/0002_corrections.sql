-- Attendance that was reported wrongly stays as it is; what corrects it stands beside it, and a record that takes its place names it.
ALTER TABLE svc_training_supervision.attendance ADD COLUMN corrects uuid REFERENCES svc_training_supervision.attendance;
ALTER TABLE svc_training_supervision.attendance DROP CONSTRAINT attendance_class_id_person_id_in_at_key;
CREATE UNIQUE INDEX attendance_once ON svc_training_supervision.attendance (class_id, person_id, in_at) WHERE corrects IS NULL;

CREATE TABLE svc_training_supervision.attendance_correction (
  attendance_id uuid PRIMARY KEY REFERENCES svc_training_supervision.attendance,
  class_id uuid NOT NULL REFERENCES svc_training_supervision.class,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  person_id uuid NOT NULL,
  reason text NOT NULL,
  recorded_at timestamptz NOT NULL
);
ALTER TABLE svc_training_supervision.attendance_correction ENABLE ROW LEVEL SECURITY;
CREATE POLICY attendance_correction_seen ON svc_training_supervision.attendance_correction USING (ground.may_see(agency, person_id, NULL, employer_id));
CREATE TRIGGER attendance_correction_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.attendance_correction FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER attendance_correction_not_emptied BEFORE TRUNCATE ON svc_training_supervision.attendance_correction FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
CREATE INDEX attendance_correction_class ON svc_training_supervision.attendance_correction (class_id);
GRANT SELECT, INSERT ON svc_training_supervision.attendance_correction TO tongban_app;

-- Hours of the timetable that were called off before they began.
CREATE TABLE svc_training_supervision.session_cancellation (
  session_id uuid PRIMARY KEY REFERENCES svc_training_supervision.session,
  class_id uuid NOT NULL REFERENCES svc_training_supervision.class,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  reason text NOT NULL,
  recorded_at timestamptz NOT NULL
);
ALTER TABLE svc_training_supervision.session_cancellation ENABLE ROW LEVEL SECURITY;
CREATE POLICY session_cancellation_seen ON svc_training_supervision.session_cancellation USING (ground.may_see(agency, NULL, NULL, employer_id));
CREATE TRIGGER session_cancellation_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.session_cancellation FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER session_cancellation_not_emptied BEFORE TRUNCATE ON svc_training_supervision.session_cancellation FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.session_cancellation TO tongban_app;

-- Until when a licence goes since it was extended, shortened or revoked; the last one holds.
CREATE TABLE svc_training_supervision.licence_term (
  nth bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL REFERENCES svc_training_supervision.institution,
  licensed_to date,
  reason text NOT NULL,
  recorded_at timestamptz NOT NULL
);
ALTER TABLE svc_training_supervision.licence_term ENABLE ROW LEVEL SECURITY;
CREATE POLICY licence_term_seen ON svc_training_supervision.licence_term USING (ground.may_see(agency, NULL, NULL, employer_id));
CREATE TRIGGER licence_term_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.licence_term FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER licence_term_not_emptied BEFORE TRUNCATE ON svc_training_supervision.licence_term FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
CREATE INDEX licence_term_institution ON svc_training_supervision.licence_term (employer_id);
GRANT SELECT, INSERT ON svc_training_supervision.licence_term TO tongban_app;

-- What trainees get back for lending their names (C8.04).
ALTER TABLE svc_training_supervision.money_record DROP CONSTRAINT money_record_kind_check;
ALTER TABLE svc_training_supervision.money_record ADD CONSTRAINT money_record_kind_check CHECK (kind IN ('tuition', 'recruitment_fee', 'training_loan', 'kickback'));

-- The numbers of classes begin with a project's code, whichever agency it is of; a certificate is assessed once.
ALTER TABLE svc_training_supervision.project DROP CONSTRAINT project_agency_code_key, ADD UNIQUE (code);
CREATE UNIQUE INDEX assessment_certificate ON svc_training_supervision.assessment (person_id, certificate_number);
COMMENT ON TABLE svc_training_supervision.finding IS 'Not shown to the institution, which is heard on the violations that an inspector took from it.';
