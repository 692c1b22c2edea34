-- Whoever supervises an agency sees who looked at whose data there, as its auditor does.
DROP POLICY access_log_read ON people.access_log;
CREATE POLICY access_log_read ON people.access_log FOR SELECT USING (
  ground.may_see(NULL, person_id, NULL, NULL)
  OR (ground.actor_is('staff') AND ground.setting('role') IN ('audit', 'supervisor', 'control') AND people.sees_person(person_id)));
