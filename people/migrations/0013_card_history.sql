-- Since when a card is in which state: what was done with it before is judged by how it stood then, also when word of it comes later.
CREATE TABLE people.card_state_change (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  card_id uuid NOT NULL REFERENCES people.card,
  state text NOT NULL CHECK (state IN ('active', 'lost', 'replaced', 'cancelled')),
  at timestamptz NOT NULL
);
CREATE INDEX card_state_change_in_time ON people.card_state_change (card_id, at DESC, seq DESC);
-- Cards from before this: issued when they were recorded, and in their present state since the last thing done with a card of their holder.
INSERT INTO people.card_state_change (card_id, state, at) SELECT id, 'active', recorded_at FROM people.card;
INSERT INTO people.card_state_change (card_id, state, at)
  SELECT card.id, card.state, greatest(card.recorded_at, coalesce(max(log.at), card.recorded_at))
  FROM people.card LEFT JOIN people.access_log log
    ON log.person_id = card.person_id AND log.action IN ('report_card_lost', 'replace_card', 'cancel_card')
  WHERE card.state <> 'active' GROUP BY card.id;
ALTER TABLE people.card_state_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY card_state_change_read ON people.card_state_change FOR SELECT
  USING (EXISTS (SELECT FROM people.card WHERE card.id = card_id));
CREATE POLICY card_state_change_add ON people.card_state_change FOR INSERT
  WITH CHECK (ground.actor_is('system', 'staff', 'person') AND EXISTS (SELECT FROM people.card WHERE card.id = card_id));
CREATE TRIGGER card_state_change_append_only BEFORE UPDATE OR DELETE ON people.card_state_change
  FOR EACH ROW EXECUTE FUNCTION ground.refuse_change();
CREATE TRIGGER card_state_change_no_truncate BEFORE TRUNCATE ON people.card_state_change
  FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change();
GRANT SELECT, INSERT ON people.card_state_change TO tongban_app;

-- The bank account behind a card may be opened after the card was issued, and a phone number changes. Neither is the person's own doing: the
-- bank, or an officer, has seen who they are.
GRANT UPDATE (bank_name, bank_account_masked, bank_account_sealed) ON people.card TO tongban_app;
GRANT UPDATE (phone) ON people.person TO tongban_app;
