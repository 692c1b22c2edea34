-- Who may see a row is asked for every card, authority and attribute. As SQL functions these were planned at every statement that asks; PL/pgSQL keeps
-- the plan for as long as the connection lasts.
CREATE OR REPLACE FUNCTION people.sees_person(person_id uuid) RETURNS boolean LANGUAGE plpgsql STABLE
  AS $$ BEGIN RETURN EXISTS (SELECT FROM people.person WHERE person.id = sees_person.person_id); END $$;

CREATE OR REPLACE FUNCTION people.user_is_person(person_id uuid) RETURNS boolean LANGUAGE plpgsql STABLE
  AS $$ BEGIN RETURN EXISTS (SELECT FROM people.user_account account
    WHERE account.id = ground.setting('user_id')::uuid AND account.person_id = user_is_person.person_id); END $$;

CREATE OR REPLACE FUNCTION people.answers_for_employer(employer_id uuid) RETURNS boolean LANGUAGE plpgsql STABLE
  AS $$ BEGIN RETURN EXISTS (SELECT FROM people.employer body
    WHERE body.id = answers_for_employer.employer_id AND ground.may_see(body.agency, NULL, NULL, body.id)); END $$;
