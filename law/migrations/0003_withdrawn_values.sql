-- The undoing of a wrong publication: proposed by one officer, approved by another, signed by the node. From its day on the value counts as
-- never published; what was known before stays readable.
CREATE TABLE law.value_withdrawal (
  id uuid PRIMARY KEY,
  proposal_id uuid NOT NULL REFERENCES law.value_approval,
  reason text NOT NULL CHECK (reason <> ''),
  proposed_by uuid NOT NULL,
  proposed_at timestamptz NOT NULL,
  UNIQUE (id, proposal_id, proposed_by)
);
CREATE INDEX value_withdrawal_proposal ON law.value_withdrawal (proposal_id);

CREATE TABLE law.value_withdrawal_approval (
  -- One withdrawal of a publication is approved.
  proposal_id uuid PRIMARY KEY,
  withdrawal_id uuid NOT NULL,
  proposed_by uuid NOT NULL,
  approved_by uuid NOT NULL,
  approved_at timestamptz NOT NULL,
  withdrawn_on date NOT NULL,
  signature text NOT NULL CHECK (signature <> ''),
  FOREIGN KEY (withdrawal_id, proposal_id, proposed_by) REFERENCES law.value_withdrawal (id, proposal_id, proposed_by),
  CONSTRAINT same_officer_withdrawal CHECK (approved_by <> proposed_by)
);

DO $$
DECLARE append_only text;
BEGIN
  FOREACH append_only IN ARRAY ARRAY['value_withdrawal', 'value_withdrawal_approval'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON law.%I
      FOR EACH ROW EXECUTE FUNCTION ground.refuse_change()', append_only);
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON law.%I
      FOR EACH STATEMENT EXECUTE FUNCTION ground.refuse_change()', append_only);
    EXECUTE format('ALTER TABLE law.%I ENABLE ROW LEVEL SECURITY', append_only);
    EXECUTE format('CREATE POLICY read_all ON law.%I FOR SELECT USING (true)', append_only);
  END LOOP;
END $$;

CREATE POLICY propose ON law.value_withdrawal FOR INSERT WITH CHECK (
  ground.actor_is('staff') AND proposed_by = ground.setting('user_id')::uuid
  AND EXISTS (SELECT 1 FROM law.value_proposal AS proposal
    WHERE proposal.id = proposal_id AND ground.may_see(proposal.region, NULL, NULL, NULL)));
CREATE POLICY approve ON law.value_withdrawal_approval FOR INSERT WITH CHECK (
  ground.actor_is('staff') AND approved_by = ground.setting('user_id')::uuid
  AND EXISTS (SELECT 1 FROM law.value_proposal AS proposal
    WHERE proposal.id = proposal_id AND ground.may_see(proposal.region, NULL, NULL, NULL)));

GRANT SELECT, INSERT ON law.value_withdrawal, law.value_withdrawal_approval TO tongban_app;
