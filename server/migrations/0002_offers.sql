-- What was found due for somebody by an event in the registers, and offered to them: once for an occasion (B1.09).
CREATE TABLE server.offer (
  id uuid PRIMARY KEY,
  service text NOT NULL,
  rule text NOT NULL,
  person_id uuid NOT NULL,
  agency text NOT NULL CHECK (agency ~ '^[0-9]{6}$'),
  -- The event: its kind, day, and which one of its kind.
  kind text NOT NULL,
  reference text NOT NULL,
  on_day date NOT NULL,
  offered_at timestamptz NOT NULL,
  UNIQUE (service, rule, person_id, reference)
);
CREATE INDEX offer_of_person ON server.offer (person_id, offered_at);

-- Offers that the person does not want to see any more.
CREATE TABLE server.offer_dismissal (
  offer_id uuid PRIMARY KEY REFERENCES server.offer,
  dismissed_at timestamptz NOT NULL
);

-- Whether a person wants to be offered anything; the last row counts, and without one they are.
CREATE TABLE server.offer_choice (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id uuid NOT NULL,
  wanted boolean NOT NULL,
  chosen_by uuid NOT NULL,
  chosen_at timestamptz NOT NULL
);
CREATE INDEX offer_choice_of_person ON server.offer_choice (person_id, seq);

-- Up to which day each rule has been looked for.
CREATE TABLE server.offer_search (
  service text NOT NULL,
  rule text NOT NULL,
  on_day date NOT NULL,
  searched_at timestamptz NOT NULL,
  PRIMARY KEY (service, rule, on_day)
);

ALTER TABLE server.offer ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON server.offer FOR SELECT
  USING (ground.may_see(NULL, person_id, NULL, NULL));
CREATE POLICY write ON server.offer FOR INSERT WITH CHECK (ground.actor_is('system'));
ALTER TABLE server.offer_dismissal ENABLE ROW LEVEL SECURITY;
CREATE POLICY concerned ON server.offer_dismissal
  USING (EXISTS (SELECT FROM server.offer WHERE offer.id = offer_id))
  WITH CHECK (EXISTS (SELECT FROM server.offer WHERE offer.id = offer_id));
ALTER TABLE server.offer_choice ENABLE ROW LEVEL SECURITY;
CREATE POLICY concerned ON server.offer_choice
  USING (ground.may_see(NULL, person_id, NULL, NULL)) WITH CHECK (ground.may_see(NULL, person_id, NULL, NULL));
ALTER TABLE server.offer_search ENABLE ROW LEVEL SECURITY;
CREATE POLICY system_only ON server.offer_search USING (ground.actor_is('system'));

CREATE TRIGGER offer_append_only BEFORE UPDATE OR DELETE ON server.offer
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER offer_no_truncate BEFORE TRUNCATE ON server.offer
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER offer_choice_append_only BEFORE UPDATE OR DELETE ON server.offer_choice
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER offer_choice_no_truncate BEFORE TRUNCATE ON server.offer_choice
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON server.offer, server.offer_dismissal, server.offer_choice, server.offer_search TO tongban_app;
