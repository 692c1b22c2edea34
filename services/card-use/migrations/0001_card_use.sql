-- Where cards are read: a gate, a reader, a window, a till. It belongs to an employer, an institution or, with neither, the agency itself.
CREATE TABLE svc_card_use.terminal (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (btrim(name) <> ''),
  field text NOT NULL
    CHECK (field IN ('tourism', 'transport', 'medical', 'government', 'benefits', 'consumption')),
  employer_id uuid REFERENCES people.employer,
  institution_id uuid REFERENCES people.institution,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  opened_at timestamptz NOT NULL,
  CHECK (employer_id IS NULL OR institution_id IS NULL)
);
ALTER TABLE svc_card_use.terminal ENABLE ROW LEVEL SECURITY;
CREATE POLICY terminal_read ON svc_card_use.terminal FOR SELECT
  USING (ground.may_see(agency, NULL, institution_id, employer_id));
CREATE POLICY terminal_add ON svc_card_use.terminal FOR INSERT WITH CHECK (ground.may_see(agency, NULL, NULL, NULL));
GRANT SELECT, INSERT ON svc_card_use.terminal TO tongban_app;

-- Every time a card or an e-card was presented, accepted or not, as the terminal numbered it: once, however often it is uploaded.
CREATE TABLE svc_card_use.card_use (
  id uuid PRIMARY KEY,
  terminal_id uuid NOT NULL REFERENCES svc_card_use.terminal,
  serial text NOT NULL CHECK (btrim(serial) <> ''),
  digest text NOT NULL,
  agency text NOT NULL CHECK (agency ~ '^\d{6}$'),
  person_id uuid REFERENCES people.person,
  card_id uuid REFERENCES people.card,
  medium text NOT NULL CHECK (medium IN ('card', 'e_card')),
  kind text NOT NULL CHECK (kind IN ('ticket', 'entry', 'fare', 'registration', 'visit', 'medicine', 'identification',
    'benefit_lookup', 'purchase', 'bill', 'refund')),
  amount_fen bigint NOT NULL CHECK (amount_fen BETWEEN 0 AND 100000000),
  tapped_at timestamptz NOT NULL,
  tapped_on date NOT NULL,
  offline boolean NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('accepted', 'refused')),
  reason text,
  clause text,
  -- What a refund gives back of; on an entry, the use by which the ticket was bought.
  of_use_id uuid REFERENCES svc_card_use.card_use,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT card_use_once UNIQUE (terminal_id, serial),
  CHECK ((outcome = 'refused') = (reason IS NOT NULL)),
  CHECK (outcome = 'refused' OR person_id IS NOT NULL),
  CHECK ((kind IN ('refund', 'entry') AND outcome = 'accepted') = (of_use_id IS NOT NULL))
);
CREATE INDEX card_use_of_person ON svc_card_use.card_use (person_id, tapped_on);
-- A ticket lets in once.
CREATE UNIQUE INDEX card_use_one_entry ON svc_card_use.card_use (of_use_id) WHERE kind = 'entry';
ALTER TABLE svc_card_use.card_use ENABLE ROW LEVEL SECURITY;
CREATE POLICY card_use_read ON svc_card_use.card_use FOR SELECT USING (ground.may_see(NULL, person_id, NULL, NULL));
CREATE POLICY card_use_add ON svc_card_use.card_use FOR INSERT WITH CHECK (ground.actor_is('system'));
CREATE TRIGGER card_use_append_only BEFORE UPDATE OR DELETE ON svc_card_use.card_use
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER card_use_no_truncate BEFORE TRUNCATE ON svc_card_use.card_use
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON svc_card_use.card_use TO tongban_app;

-- The PIN of a holder's purse, as a blind index; after three wrong ones it counts no more until another is set.
CREATE TABLE svc_card_use.purse_pin (
  person_id uuid PRIMARY KEY REFERENCES people.person,
  pin_index text NOT NULL,
  wrong_tries integer NOT NULL DEFAULT 0 CHECK (wrong_tries BETWEEN 0 AND 3),
  set_at timestamptz NOT NULL
);
ALTER TABLE svc_card_use.purse_pin ENABLE ROW LEVEL SECURITY;
CREATE POLICY purse_pin_of_node ON svc_card_use.purse_pin USING (ground.actor_is('system'));
GRANT SELECT, INSERT, UPDATE ON svc_card_use.purse_pin TO tongban_app;
