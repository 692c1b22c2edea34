-- The social-security card. A person has at most one that is in force (in use, or reported lost and not yet replaced).
CREATE TABLE people.card (
  id uuid PRIMARY KEY,
  number text NOT NULL CONSTRAINT card_number_taken UNIQUE CHECK (number ~ '^[0-9A-Z]{6,20}$'),
  person_id uuid NOT NULL REFERENCES people.person,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'lost', 'replaced', 'cancelled')),
  issued_on date NOT NULL,
  outlet text NOT NULL CHECK (btrim(outlet) <> ''),
  bank_name text,
  bank_account_masked text CHECK (bank_account_masked ~ '^\*+\d{1,4}$'),
  recorded_at timestamptz NOT NULL,
  UNIQUE (id, state)
);
CREATE UNIQUE INDEX card_one_per_person ON people.card (person_id) WHERE state IN ('active', 'lost');
CREATE INDEX card_of_person ON people.card (person_id);
ALTER TABLE people.card ENABLE ROW LEVEL SECURITY;
CREATE POLICY card_read ON people.card FOR SELECT USING (people.sees_person(person_id));
CREATE POLICY card_add ON people.card FOR INSERT
  WITH CHECK (ground.actor_is('system', 'staff') AND people.sees_person(person_id));
CREATE POLICY card_change ON people.card FOR UPDATE
  USING (ground.actor_is('system', 'staff', 'person') AND people.sees_person(person_id));
GRANT SELECT, INSERT, UPDATE (state) ON people.card TO tongban_app;

-- The e-card on the phone, one to one with the card (B1.01). `card_state` follows the card by the foreign key, so that an active e-card
-- on a card that is not active is refused by the CHECK, whoever writes and in whatever order transactions commit.
CREATE TABLE people.e_card (
  id uuid PRIMARY KEY,
  card_id uuid NOT NULL,
  card_state text NOT NULL,
  version text NOT NULL CHECK (version ~ '^\d+\.\d+$'),
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'cancelled')),
  applied_at timestamptz NOT NULL,
  FOREIGN KEY (card_id, card_state) REFERENCES people.card (id, state) ON UPDATE CASCADE,
  CONSTRAINT e_card_needs_active_card CHECK (state <> 'active' OR card_state = 'active')
);
CREATE UNIQUE INDEX e_card_one_per_card ON people.e_card (card_id) WHERE state <> 'cancelled';
CREATE INDEX e_card_of_card ON people.e_card (card_id);
ALTER TABLE people.e_card ENABLE ROW LEVEL SECURITY;
CREATE POLICY e_card_read ON people.e_card FOR SELECT USING (EXISTS (SELECT FROM people.card WHERE card.id = card_id));
CREATE POLICY e_card_add ON people.e_card FOR INSERT
  WITH CHECK (ground.actor_is('system', 'staff', 'person') AND EXISTS (SELECT FROM people.card WHERE card.id = card_id));
CREATE POLICY e_card_change ON people.e_card FOR UPDATE
  USING (ground.actor_is('system', 'staff', 'person') AND EXISTS (SELECT FROM people.card WHERE card.id = card_id));
GRANT SELECT, INSERT, UPDATE (state) ON people.e_card TO tongban_app;

-- The apps in which the holder may show one e-card.
CREATE TABLE people.e_card_app (
  e_card_id uuid NOT NULL REFERENCES people.e_card,
  app text NOT NULL CHECK (app ~ '^app:[a-z0-9-]+$'),
  authorised_at timestamptz NOT NULL,
  PRIMARY KEY (e_card_id, app)
);
ALTER TABLE people.e_card_app ENABLE ROW LEVEL SECURITY;
CREATE POLICY e_card_app_read ON people.e_card_app FOR SELECT
  USING (EXISTS (SELECT FROM people.e_card WHERE e_card.id = e_card_id));
CREATE POLICY e_card_app_add ON people.e_card_app FOR INSERT
  WITH CHECK (ground.actor_is('system', 'staff', 'person') AND EXISTS (SELECT FROM people.e_card WHERE e_card.id = e_card_id));
GRANT SELECT, INSERT ON people.e_card_app TO tongban_app;

-- QR tokens: only the digest is kept. A token is valid between its dates and redeemed at most once (the primary key of the redemption).
CREATE TABLE people.qr_token (
  token_sm3 text PRIMARY KEY,
  e_card_id uuid NOT NULL REFERENCES people.e_card,
  issued_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL CHECK (expires_at > issued_at)
);
ALTER TABLE people.qr_token ENABLE ROW LEVEL SECURITY;
CREATE POLICY qr_token_read ON people.qr_token FOR SELECT USING (ground.actor_is('system'));
CREATE POLICY qr_token_add ON people.qr_token FOR INSERT
  WITH CHECK (ground.actor_is('system', 'person') AND EXISTS (SELECT FROM people.e_card WHERE e_card.id = e_card_id));
CREATE TRIGGER qr_token_append_only BEFORE UPDATE OR DELETE ON people.qr_token
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER qr_token_no_truncate BEFORE TRUNCATE ON people.qr_token
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON people.qr_token TO tongban_app;

CREATE TABLE people.qr_redemption (
  token_sm3 text PRIMARY KEY REFERENCES people.qr_token,
  scanned_at timestamptz NOT NULL,
  redeemed_by text NOT NULL CHECK (btrim(redeemed_by) <> ''),
  redeemed_at timestamptz NOT NULL
);
ALTER TABLE people.qr_redemption ENABLE ROW LEVEL SECURITY;
CREATE POLICY qr_redemption_read ON people.qr_redemption FOR SELECT USING (ground.actor_is('system'));
CREATE POLICY qr_redemption_add ON people.qr_redemption FOR INSERT WITH CHECK (ground.actor_is('system'));
CREATE TRIGGER qr_redemption_append_only BEFORE UPDATE OR DELETE ON people.qr_redemption
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER qr_redemption_no_truncate BEFORE TRUNCATE ON people.qr_redemption
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON people.qr_redemption TO tongban_app;
