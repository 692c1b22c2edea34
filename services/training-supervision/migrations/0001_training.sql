-- Subsidised training and its supervision (C8). An institution is an employer of the register of employers with a licence here; trainees and teachers
-- are persons. Whoever may write is asked in the code; rows are seen by the agency, the institution, and the person whom they are about.

-- The licence of a training institution.
CREATE TABLE svc_training_supervision.institution (
  employer_id uuid PRIMARY KEY,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  licence_number text NOT NULL UNIQUE,
  licensed_from date NOT NULL,
  licensed_to date,
  recorded_at timestamptz NOT NULL,
  CHECK (licensed_to IS NULL OR licensed_to >= licensed_from)
);
ALTER TABLE svc_training_supervision.institution ENABLE ROW LEVEL SECURITY;
CREATE POLICY institution_seen ON svc_training_supervision.institution USING (ground.may_see(agency, NULL, NULL, employer_id));
CREATE TRIGGER institution_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.institution FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER institution_not_emptied BEFORE TRUNCATE ON svc_training_supervision.institution FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.institution TO tongban_app;

-- The fields that a licence permits.
CREATE TABLE svc_training_supervision.licensed_field (
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  field text NOT NULL CHECK (field IN ('advanced_manufacturing', 'elderly_care', 'pillar_industry', 'entrepreneurship', 'other')),
  PRIMARY KEY (employer_id, field),
  FOREIGN KEY (employer_id) REFERENCES svc_training_supervision.institution
);
ALTER TABLE svc_training_supervision.licensed_field ENABLE ROW LEVEL SECURITY;
CREATE POLICY licensed_field_seen ON svc_training_supervision.licensed_field USING (ground.may_see(agency, NULL, NULL, employer_id));
CREATE TRIGGER licensed_field_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.licensed_field FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER licensed_field_not_emptied BEFORE TRUNCATE ON svc_training_supervision.licensed_field FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.licensed_field TO tongban_app;

-- A training project of an institution, as it can stand in the guidance catalogue (C8.09).
CREATE TABLE svc_training_supervision.project (
  id uuid PRIMARY KEY,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  code text NOT NULL,
  title text NOT NULL,
  field text NOT NULL CHECK (field IN ('advanced_manufacturing', 'elderly_care', 'pillar_industry', 'entrepreneurship', 'other')),
  occupation text NOT NULL,
  level int NOT NULL CHECK (level BETWEEN 1 AND 5),
  hours_min int NOT NULL CHECK (hours_min > 0),
  recorded_at timestamptz NOT NULL,
  UNIQUE (agency, code),
  FOREIGN KEY (employer_id) REFERENCES svc_training_supervision.institution
);
ALTER TABLE svc_training_supervision.project ENABLE ROW LEVEL SECURITY;
CREATE POLICY project_seen ON svc_training_supervision.project USING (ground.may_see(agency, NULL, NULL, employer_id));
CREATE TRIGGER project_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.project FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER project_not_emptied BEFORE TRUNCATE ON svc_training_supervision.project FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.project TO tongban_app;

-- An entry of the guidance catalogue: from a day on, until it is removed.
CREATE TABLE svc_training_supervision.listing (
  id uuid PRIMARY KEY,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  project_id uuid NOT NULL REFERENCES svc_training_supervision.project,
  from_on date NOT NULL,
  reason text NOT NULL,
  recorded_at timestamptz NOT NULL
);
ALTER TABLE svc_training_supervision.listing ENABLE ROW LEVEL SECURITY;
CREATE POLICY listing_seen ON svc_training_supervision.listing USING (ground.may_see(agency, NULL, NULL, employer_id));
CREATE TRIGGER listing_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.listing FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER listing_not_emptied BEFORE TRUNCATE ON svc_training_supervision.listing FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.listing TO tongban_app;

-- Since when an entry is out of the catalogue, why, and on what evidence: of the review of effect, or a sanction (`case_id`).
CREATE TABLE svc_training_supervision.listing_removal (
  listing_id uuid PRIMARY KEY REFERENCES svc_training_supervision.listing,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  from_on date NOT NULL,
  reason text NOT NULL,
  evidence jsonb NOT NULL,
  case_id uuid,
  recorded_at timestamptz NOT NULL
);
ALTER TABLE svc_training_supervision.listing_removal ENABLE ROW LEVEL SECURITY;
CREATE POLICY listing_removal_seen ON svc_training_supervision.listing_removal USING (ground.may_see(agency, NULL, NULL, employer_id));
CREATE TRIGGER listing_removal_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.listing_removal FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER listing_removal_not_emptied BEFORE TRUNCATE ON svc_training_supervision.listing_removal FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.listing_removal TO tongban_app;

-- A class of a project. `taught_by` is who really teaches; another one than the institution does so under a contract.
CREATE TABLE svc_training_supervision.class (
  id uuid PRIMARY KEY,
  number text NOT NULL UNIQUE,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  project_id uuid NOT NULL REFERENCES svc_training_supervision.project,
  taught_by uuid NOT NULL,
  contract text CHECK (contract IN ('joint_schooling', 'cooperation')),
  title text NOT NULL,
  starts_on date NOT NULL,
  ends_on date NOT NULL,
  capacity int NOT NULL CHECK (capacity BETWEEN 1 AND 500),
  place text NOT NULL,
  recorded_at timestamptz NOT NULL,
  CHECK (ends_on >= starts_on),
  CHECK ((taught_by = employer_id) = (contract IS NULL))
);
ALTER TABLE svc_training_supervision.class ENABLE ROW LEVEL SECURITY;
CREATE POLICY class_seen ON svc_training_supervision.class USING (ground.may_see(agency, NULL, NULL, employer_id));
CREATE TRIGGER class_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.class FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER class_not_emptied BEFORE TRUNCATE ON svc_training_supervision.class FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.class TO tongban_app;

-- Teachers of a class, and what the rule said of them (C8.08).
CREATE TABLE svc_training_supervision.class_teacher (
  class_id uuid NOT NULL REFERENCES svc_training_supervision.class,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  person_id uuid NOT NULL,
  practice_years int NOT NULL CHECK (practice_years BETWEEN 0 AND 60),
  qualified boolean NOT NULL,
  because text NOT NULL,
  PRIMARY KEY (class_id, person_id)
);
ALTER TABLE svc_training_supervision.class_teacher ENABLE ROW LEVEL SECURITY;
CREATE POLICY class_teacher_seen ON svc_training_supervision.class_teacher USING (ground.may_see(agency, person_id, NULL, employer_id));
CREATE TRIGGER class_teacher_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.class_teacher FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER class_teacher_not_emptied BEFORE TRUNCATE ON svc_training_supervision.class_teacher FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.class_teacher TO tongban_app;

-- The timetable: hours that are really taught.
CREATE TABLE svc_training_supervision.session (
  id uuid PRIMARY KEY,
  class_id uuid NOT NULL REFERENCES svc_training_supervision.class,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  teacher_id uuid NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  topic text NOT NULL,
  FOREIGN KEY (class_id, teacher_id) REFERENCES svc_training_supervision.class_teacher (class_id, person_id),
  CHECK (ends_at > starts_at)
);
ALTER TABLE svc_training_supervision.session ENABLE ROW LEVEL SECURITY;
CREATE POLICY session_seen ON svc_training_supervision.session USING (ground.may_see(agency, NULL, NULL, employer_id));
CREATE TRIGGER session_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.session FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER session_not_emptied BEFORE TRUNCATE ON svc_training_supervision.session FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
CREATE INDEX session_class ON svc_training_supervision.session (class_id);
GRANT SELECT, INSERT ON svc_training_supervision.session TO tongban_app;

-- Who takes part: by themselves, or entered by the institution.
CREATE TABLE svc_training_supervision.enrolment (
  id uuid PRIMARY KEY,
  class_id uuid NOT NULL REFERENCES svc_training_supervision.class,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  person_id uuid NOT NULL,
  enrolled_on date NOT NULL,
  enrolled_by text NOT NULL CHECK (enrolled_by IN ('person', 'institution')),
  withdrawn_on date
);
ALTER TABLE svc_training_supervision.enrolment ENABLE ROW LEVEL SECURITY;
CREATE POLICY enrolment_seen ON svc_training_supervision.enrolment USING (ground.may_see(agency, person_id, NULL, employer_id));
CREATE UNIQUE INDEX enrolment_once ON svc_training_supervision.enrolment (class_id, person_id) WHERE withdrawn_on IS NULL;
CREATE INDEX enrolment_person ON svc_training_supervision.enrolment (person_id);
GRANT SELECT, INSERT ON svc_training_supervision.enrolment TO tongban_app;
GRANT UPDATE (withdrawn_on) ON svc_training_supervision.enrolment TO tongban_app;

-- Who came and went, when, by which device and where.
CREATE TABLE svc_training_supervision.attendance (
  id uuid PRIMARY KEY,
  class_id uuid NOT NULL REFERENCES svc_training_supervision.class,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  person_id uuid NOT NULL,
  in_at timestamptz NOT NULL,
  out_at timestamptz NOT NULL,
  device text NOT NULL,
  is_terminal boolean NOT NULL,
  latitude_e6 int NOT NULL CHECK (latitude_e6 BETWEEN -90000000 AND 90000000),
  longitude_e6 int NOT NULL CHECK (longitude_e6 BETWEEN -180000000 AND 180000000),
  imported_at timestamptz NOT NULL,
  CHECK (out_at > in_at),
  UNIQUE (class_id, person_id, in_at)
);
ALTER TABLE svc_training_supervision.attendance ENABLE ROW LEVEL SECURITY;
CREATE POLICY attendance_seen ON svc_training_supervision.attendance USING (ground.may_see(agency, person_id, NULL, employer_id));
CREATE TRIGGER attendance_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.attendance FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER attendance_not_emptied BEFORE TRUNCATE ON svc_training_supervision.attendance FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
CREATE INDEX attendance_person ON svc_training_supervision.attendance (person_id, in_at);
GRANT SELECT, INSERT ON svc_training_supervision.attendance TO tongban_app;

-- Assessments, and the certificates that they say were given.
CREATE TABLE svc_training_supervision.assessment (
  class_id uuid NOT NULL REFERENCES svc_training_supervision.class,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  person_id uuid NOT NULL,
  assessed_on date NOT NULL,
  passed boolean NOT NULL,
  certificate_number text,
  PRIMARY KEY (class_id, person_id)
);
ALTER TABLE svc_training_supervision.assessment ENABLE ROW LEVEL SECURITY;
CREATE POLICY assessment_seen ON svc_training_supervision.assessment USING (ground.may_see(agency, person_id, NULL, employer_id));
CREATE TRIGGER assessment_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.assessment FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER assessment_not_emptied BEFORE TRUNCATE ON svc_training_supervision.assessment FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.assessment TO tongban_app;

-- Money around a class that is no subsidy: what inspectors find in accounts, contracts and complaints. Not shown to the institution.
CREATE TABLE svc_training_supervision.money_record (
  id uuid PRIMARY KEY,
  class_id uuid NOT NULL REFERENCES svc_training_supervision.class,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  person_id uuid,
  kind text NOT NULL CHECK (kind IN ('tuition', 'recruitment_fee', 'training_loan')),
  counterparty text NOT NULL,
  amount_fen bigint NOT NULL CHECK (amount_fen > 0),
  paid_on date NOT NULL,
  source text NOT NULL,
  recorded_at timestamptz NOT NULL
);
ALTER TABLE svc_training_supervision.money_record ENABLE ROW LEVEL SECURITY;
CREATE POLICY money_record_seen ON svc_training_supervision.money_record USING (ground.actor_is('system') OR (ground.actor_is('staff') AND ground.may_see(agency, NULL, NULL, NULL)));
CREATE TRIGGER money_record_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.money_record FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER money_record_not_emptied BEFORE TRUNCATE ON svc_training_supervision.money_record FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.money_record TO tongban_app;

-- How many posts are vacant in an occupation, and how many people wish to be trained for it, as counted on a day (C8.09).
CREATE TABLE svc_training_supervision.demand (
  id uuid PRIMARY KEY,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  occupation text NOT NULL,
  vacancies int NOT NULL CHECK (vacancies >= 0),
  wishes int NOT NULL CHECK (wishes >= 0),
  from_on date NOT NULL,
  source text NOT NULL,
  recorded_at timestamptz NOT NULL
);
ALTER TABLE svc_training_supervision.demand ENABLE ROW LEVEL SECURITY;
CREATE POLICY demand_seen ON svc_training_supervision.demand USING (ground.actor_is('system') OR (ground.actor_is('staff') AND ground.may_see(agency, NULL, NULL, NULL)));
CREATE TRIGGER demand_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.demand FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER demand_not_emptied BEFORE TRUNCATE ON svc_training_supervision.demand FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.demand TO tongban_app;

-- What a detector found, with the records it stands on. The institution is heard before it becomes a sanction, and sees it in its case.
CREATE TABLE svc_training_supervision.finding (
  id uuid PRIMARY KEY,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  class_id uuid NOT NULL REFERENCES svc_training_supervision.class,
  rule text NOT NULL,
  violation text NOT NULL,
  level text NOT NULL CHECK (level IN ('high', 'medium', 'low')),
  person_ids uuid[] NOT NULL,
  evidence jsonb NOT NULL,
  params jsonb NOT NULL,
  fingerprint text NOT NULL UNIQUE,
  found_on date NOT NULL
);
ALTER TABLE svc_training_supervision.finding ENABLE ROW LEVEL SECURITY;
CREATE POLICY finding_seen ON svc_training_supervision.finding USING (ground.actor_is('system') OR (ground.actor_is('staff') AND ground.may_see(agency, NULL, NULL, NULL)));
CREATE TRIGGER finding_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.finding FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER finding_not_emptied BEFORE TRUNCATE ON svc_training_supervision.finding FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.finding TO tongban_app;

-- Days on which the detectors ran by themselves.
CREATE TABLE svc_training_supervision.detection_run (
  day date PRIMARY KEY,
  ran_at timestamptz NOT NULL
);
ALTER TABLE svc_training_supervision.detection_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY detection_run_seen ON svc_training_supervision.detection_run USING (ground.actor_is('system', 'staff'));
CREATE TRIGGER detection_run_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.detection_run FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER detection_run_not_emptied BEFORE TRUNCATE ON svc_training_supervision.detection_run FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.detection_run TO tongban_app;

-- Which class a supervision case is about, and whether it is still open: while it is, no subsidy of the class is granted by the rule alone.
CREATE TABLE svc_training_supervision.matter (
  case_id uuid PRIMARY KEY,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  class_id uuid NOT NULL REFERENCES svc_training_supervision.class,
  is_open boolean NOT NULL
);
ALTER TABLE svc_training_supervision.matter ENABLE ROW LEVEL SECURITY;
CREATE POLICY matter_seen ON svc_training_supervision.matter USING (ground.may_see(agency, NULL, NULL, employer_id));
CREATE UNIQUE INDEX matter_one_open ON svc_training_supervision.matter (class_id) WHERE is_open;
GRANT SELECT, INSERT ON svc_training_supervision.matter TO tongban_app;
GRANT UPDATE (is_open) ON svc_training_supervision.matter TO tongban_app;

-- Sanctions as decided (C8.06); in force until an end stands beside them.
CREATE TABLE svc_training_supervision.sanction (
  id uuid PRIMARY KEY,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  case_id uuid NOT NULL,
  class_id uuid NOT NULL REFERENCES svc_training_supervision.class,
  kind text NOT NULL CHECK (kind IN ('recover_subsidy', 'suspend_recruitment', 'order_rectification', 'remove_from_catalogue', 'revoke_licence', 'hold_persons_responsible', 'administrative_penalty', 'refer_to_justice')),
  from_on date NOT NULL,
  recorded_at timestamptz NOT NULL
);
ALTER TABLE svc_training_supervision.sanction ENABLE ROW LEVEL SECURITY;
CREATE POLICY sanction_seen ON svc_training_supervision.sanction USING (ground.may_see(agency, NULL, NULL, employer_id));
CREATE TRIGGER sanction_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.sanction FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER sanction_not_emptied BEFORE TRUNCATE ON svc_training_supervision.sanction FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.sanction TO tongban_app;

-- Since when a sanction is lifted, and why.
CREATE TABLE svc_training_supervision.sanction_end (
  sanction_id uuid PRIMARY KEY REFERENCES svc_training_supervision.sanction,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  from_on date NOT NULL,
  reason text NOT NULL,
  recorded_at timestamptz NOT NULL
);
ALTER TABLE svc_training_supervision.sanction_end ENABLE ROW LEVEL SECURITY;
CREATE POLICY sanction_end_seen ON svc_training_supervision.sanction_end USING (ground.may_see(agency, NULL, NULL, employer_id));
CREATE TRIGGER sanction_end_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.sanction_end FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER sanction_end_not_emptied BEFORE TRUNCATE ON svc_training_supervision.sanction_end FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.sanction_end TO tongban_app;

-- For whom a class gets no subsidy, as long as the sanction stands (追回).
CREATE TABLE svc_training_supervision.disallowed_trainee (
  sanction_id uuid NOT NULL REFERENCES svc_training_supervision.sanction,
  class_id uuid NOT NULL REFERENCES svc_training_supervision.class,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  employer_id uuid NOT NULL,
  person_id uuid NOT NULL,
  PRIMARY KEY (sanction_id, person_id)
);
ALTER TABLE svc_training_supervision.disallowed_trainee ENABLE ROW LEVEL SECURITY;
CREATE POLICY disallowed_trainee_seen ON svc_training_supervision.disallowed_trainee USING (ground.may_see(agency, person_id, NULL, employer_id));
CREATE TRIGGER disallowed_trainee_kept BEFORE UPDATE OR DELETE ON svc_training_supervision.disallowed_trainee FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER disallowed_trainee_not_emptied BEFORE TRUNCATE ON svc_training_supervision.disallowed_trainee FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_training_supervision.disallowed_trainee TO tongban_app;
