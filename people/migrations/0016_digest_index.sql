-- A digest of number and name beside the name and the day of birth leaves a thousand numbers to try. It is kept under the node's key instead, as the
-- number is; those that stood here are forgotten and made anew when somebody is next looked for.
UPDATE people.person SET identity_digest = NULL;
ALTER TABLE people.person RENAME COLUMN identity_digest TO identity_digest_index;
