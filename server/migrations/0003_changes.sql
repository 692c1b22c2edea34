-- Tells the node's server that something changed, for pages that are open: the kind and whose it is, and nothing of what it says
-- (server/live/). The server holds the advisory lock while anybody watches. While nobody does, a writer gets it shared, tells nothing and so
-- never waits for the queue of notifications, which all commits of a database server take turns at.
CREATE FUNCTION server.is_watched() RETURNS boolean LANGUAGE sql VOLATILE
  AS $$ SELECT NOT pg_try_advisory_xact_lock_shared(7460206) $$;

CREATE FUNCTION server.tell_change(what text, agency text, person_id uuid, institution_id uuid, employer_id uuid, roles text[])
  RETURNS void LANGUAGE sql VOLATILE
  AS $$ SELECT pg_notify('tongban_changes', json_build_object('what', what, 'agency', agency, 'personId', person_id,
    'institutionId', institution_id, 'employerId', employer_id, 'roles', roles)::text) $$;

-- A case that is handed over changes for those who had it too.
CREATE FUNCTION server.tell_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT server.is_watched() THEN RETURN NULL; END IF;
  PERFORM server.tell_change('case', NEW.agency, NEW.person_id, NEW.institution_id, NEW.employer_id,
    array_remove(ARRAY[NEW.task_role], NULL));
  IF TG_OP = 'UPDATE' THEN
    PERFORM server.tell_change('case', OLD.agency, OLD.person_id, OLD.institution_id, OLD.employer_id,
      array_remove(ARRAY[OLD.task_role], NULL));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tell_case AFTER INSERT OR UPDATE ON cases.case_file FOR EACH ROW EXECUTE FUNCTION server.tell_case();

CREATE FUNCTION server.tell_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF server.is_watched() THEN
    PERFORM server.tell_change('notice', NULL, NEW.person_id, NULL, NEW.employer_id, '{}');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tell_notice AFTER INSERT OR UPDATE ON cases.notice FOR EACH ROW EXECUTE FUNCTION server.tell_notice();

CREATE FUNCTION server.tell_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF server.is_watched() THEN
    PERFORM server.tell_change('transfer', NEW.agency, NULL, NULL, NULL, '{}');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tell_transfer AFTER INSERT ON ledger.transfer FOR EACH ROW EXECUTE FUNCTION server.tell_transfer();

CREATE FUNCTION server.tell_exchange() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF server.is_watched() THEN PERFORM server.tell_change('exchange', NULL, NULL, NULL, NULL, '{}'); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tell_exchange AFTER INSERT OR UPDATE ON exchange.alert FOR EACH STATEMENT EXECUTE FUNCTION server.tell_exchange();
CREATE TRIGGER tell_exchange AFTER INSERT OR UPDATE ON exchange.handling FOR EACH STATEMENT EXECUTE FUNCTION server.tell_exchange();
