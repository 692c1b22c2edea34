-- A user is not a person: an account that signs in. It may belong to a person, and act for agencies and bodies through assignments.
CREATE TABLE people.user_account (
  id uuid PRIMARY KEY,
  login text NOT NULL CONSTRAINT user_login_once UNIQUE CHECK (login ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
  display_name text NOT NULL CHECK (btrim(display_name) <> ''),
  person_id uuid CONSTRAINT user_one_per_person UNIQUE REFERENCES people.person,
  -- Counted up by each assignment, so that two concurrent ones to the same user meet here (people.refuse_exclusive_roles).
  assignments_made integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL
);

-- What signing in needs; seen by the node alone.
CREATE TABLE people.credential (
  user_id uuid PRIMARY KEY REFERENCES people.user_account,
  password_hash text NOT NULL,
  failed_count integer NOT NULL DEFAULT 0 CHECK (failed_count >= 0),
  locked_until timestamptz,
  set_at timestamptz NOT NULL
);
ALTER TABLE people.credential ENABLE ROW LEVEL SECURITY;
CREATE POLICY credential_of_node ON people.credential USING (ground.actor_is('system'));
GRANT SELECT, INSERT, UPDATE ON people.credential TO tongban_app;

-- `kind` says for what body an assignment in the role acts. `duty` groups roles that one person must not combine.
CREATE TABLE people.role (
  code text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('staff', 'institution', 'employer')),
  duty text CHECK (duty IN ('operations', 'finance', 'data', 'audit')),
  title_zh text NOT NULL,
  title_en text NOT NULL,
  UNIQUE (code, kind)
);
GRANT SELECT ON people.role TO tongban_app;

INSERT INTO people.role (code, kind, duty, title_zh, title_en) VALUES
  ('accept', 'staff', 'operations', '受理（初审）', 'Acceptance'),
  ('review', 'staff', 'operations', '复核', 'Review'),
  ('approve', 'staff', 'operations', '审批', 'Approval'),
  ('hub_clerk', 'staff', 'operations', '部级清算经办', 'Clearing at the hub'),
  ('pay', 'staff', 'finance', '财务支付', 'Payment'),
  ('permission_admin', 'staff', 'data', '权限管理', 'Permission administration'),
  ('catalogue_admin', 'staff', 'data', '目录管理', 'Catalogue administration'),
  ('values_admin', 'staff', 'data', '政策参数管理', 'Policy value administration'),
  ('audit', 'staff', 'audit', '稽核', 'Audit'),
  ('control', 'staff', 'audit', '内控', 'Internal control'),
  ('supervisor', 'staff', NULL, '监督', 'Supervision'),
  ('hospital_office', 'institution', NULL, '医保（工伤）办', 'Hospital insurance office'),
  ('employer_officer', 'employer', NULL, '单位经办人', 'Employer''s officer');

-- Pairs of roles that one user must not hold at the same time (B3.11). Only acceptance with review follows from the text; which other
-- pairs exclude each other is open (B3-o3) and assumed.
CREATE TABLE people.exclusive_pair (
  first_role text NOT NULL REFERENCES people.role,
  second_role text NOT NULL REFERENCES people.role,
  source text NOT NULL,
  assumed boolean NOT NULL,
  PRIMARY KEY (first_role, second_role),
  CHECK (first_role < second_role)
);
GRANT SELECT ON people.exclusive_pair TO tongban_app;

INSERT INTO people.exclusive_pair (first_role, second_role, source, assumed)
  VALUES ('accept', 'review', 'B3.11', false);
-- Operations, finance, data and audit exclude each other: acceptance, review or approval with payment; administration of permissions,
-- catalogues or values with operation; audit and internal control with everything they look into.
INSERT INTO people.exclusive_pair (first_role, second_role, source, assumed)
  SELECT one.code, other.code, 'B3.11, B3-o3', true
  FROM people.role one JOIN people.role other ON one.code < other.code AND one.duty <> other.duty;

-- A user acts in a role for one body from one date to another, both inclusive. `agency` is the agency itself for staff, and for an
-- institution or employer the agency that answers for it.
CREATE TABLE people.assignment (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES people.user_account,
  role text NOT NULL,
  kind text NOT NULL,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  institution_id uuid REFERENCES people.institution,
  employer_id uuid REFERENCES people.employer,
  from_on date NOT NULL,
  to_on date CHECK (to_on >= from_on),
  assigned_by uuid REFERENCES people.user_account,
  assigned_at timestamptz NOT NULL,
  FOREIGN KEY (role, kind) REFERENCES people.role (code, kind),
  CHECK ((kind = 'institution') = (institution_id IS NOT NULL)),
  CHECK ((kind = 'employer') = (employer_id IS NOT NULL))
);
CREATE INDEX assignment_of_user ON people.assignment (user_id);

-- Runs as the owner, because an administrator of one agency does not see a user's assignments in another. Counting up the user's row
-- makes concurrent assignments wait for each other at any isolation level.
CREATE FUNCTION people.refuse_exclusive_roles() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  held text;
BEGIN
  UPDATE people.user_account SET assignments_made = assignments_made + 1 WHERE id = NEW.user_id;
  SELECT other.role INTO held
    FROM people.assignment other JOIN people.exclusive_pair pair
      ON pair.first_role = least(other.role, NEW.role) AND pair.second_role = greatest(other.role, NEW.role)
    WHERE other.user_id = NEW.user_id AND other.id <> NEW.id
      AND daterange(other.from_on, other.to_on, '[]') && daterange(NEW.from_on, NEW.to_on, '[]')
    LIMIT 1;
  IF held IS NOT NULL THEN
    RAISE EXCEPTION 'exclusive_roles: % and % exclude each other', held, NEW.role
      USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'assignment_exclusive_roles', DETAIL = held;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER assignment_exclusive_roles BEFORE INSERT OR UPDATE ON people.assignment
  FOR EACH ROW EXECUTE FUNCTION people.refuse_exclusive_roles();

-- Only the permission administrator of the agency assigns, or the node itself.
ALTER TABLE people.assignment ENABLE ROW LEVEL SECURITY;
CREATE POLICY assignment_read ON people.assignment FOR SELECT
  USING (user_id = ground.setting('user_id')::uuid OR ground.may_see(agency, NULL, institution_id, employer_id));
CREATE POLICY assignment_add ON people.assignment FOR INSERT WITH CHECK (
  ground.may_see(agency, NULL, NULL, NULL)
  AND (ground.actor_is('system') OR ground.setting('role') = 'permission_admin')
  AND assigned_by IS NOT DISTINCT FROM ground.setting('user_id')::uuid);
CREATE POLICY assignment_end ON people.assignment FOR UPDATE USING (
  ground.may_see(agency, NULL, NULL, NULL)
  AND (ground.actor_is('system') OR ground.setting('role') = 'permission_admin'));
GRANT SELECT, INSERT, UPDATE (to_on) ON people.assignment TO tongban_app;

-- An account is seen by its user, by colleagues who may see one of its assignments, and by permission administrators, who assign to it.
ALTER TABLE people.user_account ENABLE ROW LEVEL SECURITY;
CREATE POLICY user_account_read ON people.user_account FOR SELECT USING (
  ground.actor_is('system')
  OR id = ground.setting('user_id')::uuid
  OR (ground.actor_is('staff') AND ground.setting('role') = 'permission_admin')
  OR EXISTS (SELECT FROM people.assignment WHERE assignment.user_id = user_account.id));
CREATE POLICY user_account_add ON people.user_account FOR INSERT
  WITH CHECK (ground.actor_is('system') OR (ground.actor_is('staff') AND ground.setting('role') = 'permission_admin'));
GRANT SELECT, INSERT ON people.user_account TO tongban_app;
