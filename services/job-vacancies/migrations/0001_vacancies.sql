-- Vacancies as employers gave them; what changes is another one, and what is filled or withdrawn is closed.
CREATE TABLE svc_job_vacancies.vacancy (
  id uuid PRIMARY KEY,
  employer_id uuid NOT NULL,
  employer_name text NOT NULL,
  agency text NOT NULL CHECK (agency ~ '^[0-9]{6}$'),
  title text NOT NULL CHECK (title <> ''),
  work text NOT NULL CHECK (work <> ''),
  place text NOT NULL CHECK (place ~ '^[0-9]{6}$'),
  pay_from_fen bigint NOT NULL CHECK (pay_from_fen > 0),
  pay_to_fen bigint NOT NULL,
  openings integer NOT NULL CHECK (openings > 0),
  expires_on date NOT NULL,
  -- Title and employer with their pinyin and its first letters, for searching.
  search text NOT NULL,
  recorded_role text NOT NULL,
  recorded_by uuid,
  recorded_at timestamptz NOT NULL,
  CHECK (pay_to_fen >= pay_from_fen)
);
CREATE INDEX vacancy_by_expiry ON svc_job_vacancies.vacancy (expires_on, recorded_at);
CREATE TABLE svc_job_vacancies.closing (
  vacancy_id uuid PRIMARY KEY REFERENCES svc_job_vacancies.vacancy,
  reason text NOT NULL CHECK (reason IN ('filled', 'withdrawn')),
  closed_by uuid,
  closed_at timestamptz NOT NULL
);

-- Everybody may read what is published; an employer writes its own, the agency those of its employers.
ALTER TABLE svc_job_vacancies.vacancy ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON svc_job_vacancies.vacancy FOR SELECT USING (true);
CREATE POLICY write ON svc_job_vacancies.vacancy FOR INSERT WITH CHECK (ground.may_see(agency, NULL, NULL, employer_id));
ALTER TABLE svc_job_vacancies.closing ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON svc_job_vacancies.closing FOR SELECT USING (true);
CREATE POLICY write ON svc_job_vacancies.closing FOR INSERT WITH CHECK (EXISTS (SELECT FROM svc_job_vacancies.vacancy
  WHERE vacancy.id = vacancy_id AND ground.may_see(vacancy.agency, NULL, NULL, vacancy.employer_id)));

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON svc_job_vacancies.vacancy
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON svc_job_vacancies.vacancy
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON svc_job_vacancies.closing
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON svc_job_vacancies.closing
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_job_vacancies.vacancy, svc_job_vacancies.closing TO tongban_app;
