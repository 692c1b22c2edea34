CREATE TABLE "club"."cases" (
  "number" text NOT NULL,
  "region" text NOT NULL,
  "court" VARCHAR NOT NULL CHECK ("court" IN ('clay', 'grass', 'hall', 'centre')),
  "hours" BIGINT NOT NULL CHECK ("hours" BETWEEN 0 AND 12),
  "requested_on" DATE NOT NULL CHECK ("requested_on" BETWEEN DATE '1900-01-01' AND DATE '2199-12-31'),
  "played_on" DATE NOT NULL CHECK ("played_on" BETWEEN DATE '1900-01-01' AND DATE '2199-12-31'),
  "banned_until" DATE CHECK ("banned_until" BETWEEN DATE '1900-01-01' AND DATE '2199-12-31'),
  "deposit_fen" BIGINT NOT NULL CHECK ("deposit_fen" BETWEEN 0 AND 1000000),
  "member_number" VARCHAR NOT NULL,
  "depositor_number" VARCHAR NOT NULL,
  "equipment" VARCHAR[] NOT NULL CHECK (len("equipment") <= 5 AND list_count("equipment") = len("equipment")),
  "players" STRUCT("age" BIGINT, "guest" BOOLEAN)[] NOT NULL CHECK (len("players") <= 20 AND list_count("players") = len("players"))
);

-- Court booking (场地预订), S20, from 2024-01-01
WITH
"value_sets"("value_set", "open_courts", "notice_days_min", "hourly_fen", "grass_extra_fen", "late_rate", "adult_age", "season_ends_on", "machine_needs_adult") AS (VALUES
  ('club', ['grass', 'hall', 'centre']::text[], 2::bigint, 8005::bigint, 3000::bigint, 100000::bigint, 18::bigint, DATE '2024-10-31', TRUE)
),
"given" AS NOT MATERIALIZED (
  SELECT
    f.number AS number,
    f.court,
    f.hours,
    f.requested_on,
    f.played_on,
    f.banned_until,
    f.deposit_fen,
    f.member_number,
    f.depositor_number,
    f.equipment,
    f.players,
    v.open_courts,
    v.notice_days_min,
    v.hourly_fen,
    v.grass_extra_fen,
    v.late_rate,
    v.adult_age,
    v.season_ends_on,
    v.machine_needs_adult,
    v.value_set IS NOT NULL AND f.court IS NOT NULL AND f.hours IS NOT NULL AND f.requested_on IS NOT NULL AND f.played_on IS NOT NULL AND f.deposit_fen IS NOT NULL AND f.member_number IS NOT NULL AND f.depositor_number IS NOT NULL AND f.equipment IS NOT NULL AND f.players IS NOT NULL AS is_complete
  FROM "club"."cases" AS f
  LEFT JOIN "value_sets" AS v ON v.value_set = f."region"
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'refused', 'banned', 'S21'),
  (1, 'refused', 'season_over', 'S22'),
  (2, 'refused', 'court_closed', 'S23'),
  (3, 'refused', 'machine_needs_adult', 'S24'),
  (4, 'referred', 'guests_only', 'S25'),
  (5, 'referred', 'guests_only', 'S26'),
  (6, 'granted', NULL::text, 'S27'),
  (7, 'granted', NULL::text, 'S28'),
  (8, 'refused', 'deposit_of_another', 'S29'),
  (9, 'granted', NULL::text, 'S29'),
  (10, 'refused', 'deposit_too_small', 'S29')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- facts.bannedUntil !== null
    r.banned_until IS NOT NULL AS condition_1,
    -- const withAdult = someOf(facts.players, (player) => player.age >= values.adultAge && !player.guest)
    len(list_filter(r.players, lambda item: item.age >= r.adult_age AND NOT item.guest)) > 0 AS with_adult,
    -- const withMachine = someOf(facts.equipment, (piece) => piece === 'machine')
    len(list_filter(r.equipment, lambda item: item = 'machine')) > 0 AS with_machine,
    -- everyOf(facts.players, (player) => player.guest)
    len(list_filter(r.players, lambda item: NOT item.guest)) = 0 AS condition_2,
    -- facts.court === 'hall'
    r.court = 'hall' AS condition_3,
    -- const noticeDays = max(daysBetween(facts.requestedOn, facts.playedOn), 0)
    GREATEST(date_diff('day', r.requested_on, r.played_on), 0) AS notice_days
  FROM "given" AS r
),
"step_2" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const isLate = noticeDays < values.noticeDaysMin || facts.requestedOn === facts.playedOn
    r.notice_days < r.notice_days_min OR r.requested_on = r.played_on AS is_late,
    -- const hireFen = values.hourlyFen * facts.hours
    r.hourly_fen * r.hours AS hire_fen
  FROM "step_1" AS r
),
"step_3" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const lateFen = isLate ? share(hireFen, values.lateRate, 'up') : 0
    CASE WHEN r.is_late THEN ((r.hire_fen * r.late_rate + 999999) // 1000000) ELSE 0::bigint END AS late_fen,
    -- const bindingFrom = max(addDays(facts.playedOn, 1), facts.requestedOn)
    GREATEST(r.played_on + 1::INTEGER, r.requested_on) AS binding_from
  FROM "step_2" AS r
),
"step_4" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const priceFen = hireFen + lateFen + values.grassExtraFen
    r.hire_fen + r.late_fen + r.grass_extra_fen AS price_fen,
    -- facts.depositFen >= hireFen
    r.deposit_fen >= r.hire_fen AS condition_4
  FROM "step_3" AS r
),
"step_5" AS NOT MATERIALIZED (
  SELECT r.*,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      WHEN r.condition_1 AND r.played_on <= r.banned_until THEN 0 -- S21: refuse banned
      WHEN NOT r.condition_1 AND r.played_on > r.season_ends_on THEN 1 -- S22: refuse season_over
      WHEN NOT list_contains(r.open_courts, r.court) THEN 2 -- S23: refuse court_closed
      WHEN r.with_machine AND r.machine_needs_adult AND NOT r.with_adult THEN 3 -- S24: refuse machine_needs_adult
      WHEN r.condition_2 AND r.condition_3 THEN 4 -- S25: refer guests_only
      WHEN r.condition_2 THEN 5 -- S26: refer guests_only
      WHEN r.court IN ('grass') THEN 6 -- S27: grant
      WHEN r.court IN ('clay', 'hall') THEN 7 -- S28: grant
      WHEN r.member_number <> r.depositor_number THEN 8 -- S29: refuse deposit_of_another
      WHEN r.condition_4 THEN 9 -- S29: grant
      ELSE 10 -- S29: refuse deposit_too_small
    END AS outcome_number
  FROM "step_4" AS r
)
SELECT
  r.number AS number,
  e.outcome AS outcome,
  e.reason AS reason,
  e.because AS because,
  CASE r.outcome_number WHEN 6 THEN r.price_fen WHEN 7 THEN r.hire_fen + r.late_fen WHEN 9 THEN r.hire_fen END AS result_price_fen,
  CASE r.outcome_number WHEN 9 THEN r.deposit_fen - r.hire_fen END AS result_credit_fen,
  CASE r.outcome_number WHEN 6 THEN r.binding_from WHEN 7 THEN r.binding_from WHEN 9 THEN r.binding_from END AS result_binding_from,
  CASE r.outcome_number WHEN 6 THEN r.with_adult WHEN 7 THEN r.with_adult END AS result_supervised,
  CASE r.outcome_number WHEN 6 THEN r.price_fen WHEN 7 THEN r.hire_fen + r.late_fen WHEN 9 THEN r.hire_fen END AS amount_fen
FROM "step_5" AS r
LEFT JOIN "endings" AS e ON e.ending = r.outcome_number;

-- Court booking (场地预订), S20, from 2024-01-01
WITH
"value_sets"("value_set", "open_courts", "notice_days_min", "hourly_fen", "grass_extra_fen", "late_rate", "adult_age", "season_ends_on", "machine_needs_adult") AS (VALUES
  ('club', ['grass', 'hall', 'centre']::text[], 2::bigint, 8005::bigint, 3000::bigint, 100000::bigint, 18::bigint, DATE '2024-10-31', TRUE)
),
"given" AS NOT MATERIALIZED (
  SELECT
    f.region AS region,
    f.court,
    f.hours,
    f.requested_on,
    f.played_on,
    f.banned_until,
    f.deposit_fen,
    f.member_number,
    f.depositor_number,
    f.equipment,
    f.players,
    v.open_courts,
    v.notice_days_min,
    v.hourly_fen,
    v.grass_extra_fen,
    v.late_rate,
    v.adult_age,
    v.season_ends_on,
    v.machine_needs_adult,
    v.value_set IS NOT NULL AND f.court IS NOT NULL AND f.hours IS NOT NULL AND f.requested_on IS NOT NULL AND f.played_on IS NOT NULL AND f.deposit_fen IS NOT NULL AND f.member_number IS NOT NULL AND f.depositor_number IS NOT NULL AND f.equipment IS NOT NULL AND f.players IS NOT NULL AS is_complete
  FROM "club"."cases" AS f
  LEFT JOIN "value_sets" AS v ON v.value_set = f."region"
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'refused', 'banned', 'S21'),
  (1, 'refused', 'season_over', 'S22'),
  (2, 'refused', 'court_closed', 'S23'),
  (3, 'refused', 'machine_needs_adult', 'S24'),
  (4, 'referred', 'guests_only', 'S25'),
  (5, 'referred', 'guests_only', 'S26'),
  (6, 'granted', NULL::text, 'S27'),
  (7, 'granted', NULL::text, 'S28'),
  (8, 'refused', 'deposit_of_another', 'S29'),
  (9, 'granted', NULL::text, 'S29'),
  (10, 'refused', 'deposit_too_small', 'S29')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- facts.bannedUntil !== null
    r.banned_until IS NOT NULL AS condition_1,
    -- const withAdult = someOf(facts.players, (player) => player.age >= values.adultAge && !player.guest)
    len(list_filter(r.players, lambda item: item.age >= r.adult_age AND NOT item.guest)) > 0 AS with_adult,
    -- const withMachine = someOf(facts.equipment, (piece) => piece === 'machine')
    len(list_filter(r.equipment, lambda item: item = 'machine')) > 0 AS with_machine,
    -- everyOf(facts.players, (player) => player.guest)
    len(list_filter(r.players, lambda item: NOT item.guest)) = 0 AS condition_2,
    -- facts.court === 'hall'
    r.court = 'hall' AS condition_3,
    -- const noticeDays = max(daysBetween(facts.requestedOn, facts.playedOn), 0)
    GREATEST(date_diff('day', r.requested_on, r.played_on), 0) AS notice_days
  FROM "given" AS r
),
"step_2" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const isLate = noticeDays < values.noticeDaysMin || facts.requestedOn === facts.playedOn
    r.notice_days < r.notice_days_min OR r.requested_on = r.played_on AS is_late,
    -- const hireFen = values.hourlyFen * facts.hours
    r.hourly_fen * r.hours AS hire_fen
  FROM "step_1" AS r
),
"step_3" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const lateFen = isLate ? share(hireFen, values.lateRate, 'up') : 0
    CASE WHEN r.is_late THEN ((r.hire_fen * r.late_rate + 999999) // 1000000) ELSE 0::bigint END AS late_fen,
    -- const bindingFrom = max(addDays(facts.playedOn, 1), facts.requestedOn)
    GREATEST(r.played_on + 1::INTEGER, r.requested_on) AS binding_from
  FROM "step_2" AS r
),
"step_4" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const priceFen = hireFen + lateFen + values.grassExtraFen
    r.hire_fen + r.late_fen + r.grass_extra_fen AS price_fen,
    -- facts.depositFen >= hireFen
    r.deposit_fen >= r.hire_fen AS condition_4
  FROM "step_3" AS r
),
"step_5" AS NOT MATERIALIZED (
  SELECT r.*,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      WHEN r.condition_1 AND r.played_on <= r.banned_until THEN 0 -- S21: refuse banned
      WHEN NOT r.condition_1 AND r.played_on > r.season_ends_on THEN 1 -- S22: refuse season_over
      WHEN NOT list_contains(r.open_courts, r.court) THEN 2 -- S23: refuse court_closed
      WHEN r.with_machine AND r.machine_needs_adult AND NOT r.with_adult THEN 3 -- S24: refuse machine_needs_adult
      WHEN r.condition_2 AND r.condition_3 THEN 4 -- S25: refer guests_only
      WHEN r.condition_2 THEN 5 -- S26: refer guests_only
      WHEN r.court IN ('grass') THEN 6 -- S27: grant
      WHEN r.court IN ('clay', 'hall') THEN 7 -- S28: grant
      WHEN r.member_number <> r.depositor_number THEN 8 -- S29: refuse deposit_of_another
      WHEN r.condition_4 THEN 9 -- S29: grant
      ELSE 10 -- S29: refuse deposit_too_small
    END AS outcome_number
  FROM "step_4" AS r
),
"counted" AS NOT MATERIALIZED (
  SELECT
    r.region AS key_1,
    r.outcome_number AS number,
    count(*) AS cases,
    sum(CASE r.outcome_number WHEN 6 THEN r.price_fen WHEN 7 THEN r.hire_fen + r.late_fen WHEN 9 THEN r.hire_fen END) AS sum_result_price_fen,
    sum(CASE r.outcome_number WHEN 9 THEN r.deposit_fen - r.hire_fen END) AS sum_result_credit_fen
  FROM "step_5" AS r
  GROUP BY 1, 2
)
SELECT
  c.key_1 AS region,
  e.outcome AS outcome,
  e.reason AS reason,
  e.because AS because,
  sum(c.cases)::bigint AS cases,
  sum(c.sum_result_price_fen) AS sum_result_price_fen,
  sum(c.sum_result_credit_fen) AS sum_result_credit_fen
FROM "counted" AS c
LEFT JOIN "endings" AS e ON e.ending = c.number
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4;
