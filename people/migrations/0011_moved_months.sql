-- Months that moved between regions with a person's insurance relation: from which region a month was received (null: it was paid here), and to
-- which it was handed on (null: it counts here). Nothing is removed; what stood before is kept by the trigger as for every correction.
ALTER TABLE people.person_contribution
  ADD COLUMN received_from text CHECK (received_from ~ '^\d{6}$'),
  ADD COLUMN handed_to text CHECK (handed_to ~ '^\d{6}$');
GRANT UPDATE (received_from, handed_to) ON people.person_contribution TO tongban_app;
