-- The floor of row-level security: who acts, as set by the transaction (ground/actor.ts). Unset means nobody: nothing is seen.
CREATE FUNCTION ground.setting(name text) RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('tongban.' || name, true), '') $$;

-- True when the acting party may see a row that belongs to this agency (region code), person, institution and employer; null means
-- the row does not belong to one.
CREATE FUNCTION ground.may_see(agency text, person_id uuid, institution_id uuid, employer_id uuid) RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT coalesce(CASE ground.setting('actor_kind')
    WHEN 'system' THEN true
    WHEN 'staff' THEN agency LIKE ground.setting('agency_prefix') || '%'
    WHEN 'person' THEN person_id = ground.setting('person_id')::uuid
    WHEN 'institution' THEN institution_id = ground.setting('institution_id')::uuid
    WHEN 'employer' THEN employer_id = ground.setting('employer_id')::uuid
    ELSE false END, false) $$;

CREATE FUNCTION ground.actor_is(VARIADIC kinds text[]) RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT coalesce(ground.setting('actor_kind') = ANY (kinds), false) $$;

-- For append-only tables: a trigger that refuses to change or remove what was written, whoever asks.
CREATE FUNCTION ground.refuse_change() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN RAISE EXCEPTION 'append_only: rows of %.% are never changed or removed', TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation'; END $$;

GRANT USAGE ON SCHEMA ground TO tongban_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ground TO tongban_app;
