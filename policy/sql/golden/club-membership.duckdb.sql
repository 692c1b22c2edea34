CREATE TABLE "club"."cases" (
  "number" text NOT NULL,
  "region" text NOT NULL,
  "kind" VARCHAR NOT NULL CHECK ("kind" IN ('adult', 'youth', 'senior', 'company')),
  "joins_on" DATE NOT NULL CHECK ("joins_on" BETWEEN DATE '1900-01-01' AND DATE '2199-12-31'),
  "member_since" DATE CHECK ("member_since" BETWEEN DATE '1900-01-01' AND DATE '2199-12-31'),
  "suspended" BOOLEAN NOT NULL
);

-- Club membership fee (at foundation) (俱乐部会费（创立时）), S1, from 2020-01-01 to 2023-12-31
WITH
"value_sets"("value_set", "fee_by_kind") AS (VALUES
  ('club', [60000::bigint, 20000::bigint, 40000::bigint]::bigint[])
),
"given" AS NOT MATERIALIZED (
  SELECT
    f.number AS number,
    f.kind,
    f.joins_on,
    f.member_since,
    f.suspended,
    v.fee_by_kind,
    v.value_set IS NOT NULL AND f.kind IS NOT NULL AND f.joins_on IS NOT NULL AND f.suspended IS NOT NULL AS is_complete
  FROM "club"."cases" AS f
  LEFT JOIN "value_sets" AS v ON v.value_set = f."region"
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'referred', 'company_needs_board', 'S2'),
  (1, 'granted', NULL::text, 'S3')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      WHEN r.kind = 'company' THEN 0 -- S2: refer company_needs_board
      ELSE 1 -- S3: grant
    END AS outcome_number
  FROM "given" AS r
)
SELECT
  r.number AS number,
  e.outcome AS outcome,
  e.reason AS reason,
  e.because AS because,
  CASE r.outcome_number WHEN 1 THEN r.fee_by_kind[array_position(ARRAY['adult', 'youth', 'senior'], r.kind)] END AS result_fee_fen,
  CASE r.outcome_number WHEN 1 THEN r.fee_by_kind[array_position(ARRAY['adult', 'youth', 'senior'], r.kind)] END AS amount_fen
FROM "step_1" AS r
LEFT JOIN "endings" AS e ON e.ending = r.outcome_number;

-- Club membership fee (at foundation) (俱乐部会费（创立时）), S1, from 2020-01-01 to 2023-12-31
WITH
"value_sets"("value_set", "fee_by_kind") AS (VALUES
  ('club', [60000::bigint, 20000::bigint, 40000::bigint]::bigint[])
),
"given" AS NOT MATERIALIZED (
  SELECT
    f.region AS region,
    f.kind,
    f.joins_on,
    f.member_since,
    f.suspended,
    v.fee_by_kind,
    v.value_set IS NOT NULL AND f.kind IS NOT NULL AND f.joins_on IS NOT NULL AND f.suspended IS NOT NULL AS is_complete
  FROM "club"."cases" AS f
  LEFT JOIN "value_sets" AS v ON v.value_set = f."region"
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'referred', 'company_needs_board', 'S2'),
  (1, 'granted', NULL::text, 'S3')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      WHEN r.kind = 'company' THEN 0 -- S2: refer company_needs_board
      ELSE 1 -- S3: grant
    END AS outcome_number
  FROM "given" AS r
),
"counted" AS NOT MATERIALIZED (
  SELECT
    r.region AS key_1,
    r.outcome_number AS number,
    count(*) AS cases,
    sum(CASE r.outcome_number WHEN 1 THEN r.fee_by_kind[array_position(ARRAY['adult', 'youth', 'senior'], r.kind)] END) AS sum_result_fee_fen
  FROM "step_1" AS r
  GROUP BY 1, 2
)
SELECT
  c.key_1 AS region,
  e.outcome AS outcome,
  e.reason AS reason,
  e.because AS because,
  sum(c.cases)::bigint AS cases,
  sum(c.sum_result_fee_fen) AS sum_result_fee_fen
FROM "counted" AS c
LEFT JOIN "endings" AS e ON e.ending = c.number
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4;

CREATE TABLE "club"."cases" (
  "number" text NOT NULL,
  "region" text NOT NULL,
  "kind" VARCHAR NOT NULL CHECK ("kind" IN ('adult', 'youth', 'senior', 'company')),
  "joins_on" DATE NOT NULL CHECK ("joins_on" BETWEEN DATE '1900-01-01' AND DATE '2199-12-31'),
  "member_since" DATE CHECK ("member_since" BETWEEN DATE '1900-01-01' AND DATE '2199-12-31'),
  "suspended" BOOLEAN NOT NULL,
  "guests" STRUCT("visited_on" DATE, "visits" BIGINT, "fee_paid_fen" BIGINT)[] NOT NULL CHECK (len("guests") <= 100 AND list_count("guests") = len("guests"))
);

-- Club membership fee (俱乐部会费), S10, from 2024-01-01
WITH
"value_sets"("value_set", "fee_by_kind", "guest_credit_rate", "guest_credit_max_fen", "loyalty_months_min", "loyalty_rate", "term_months", "guest_visits_min") AS (VALUES
  ('club', [60000::bigint, 20000::bigint, 40000::bigint]::bigint[], 333333::bigint, 10000::bigint, 60::bigint, 125000::bigint, 12::bigint, 3::bigint)
),
"given" AS NOT MATERIALIZED (
  SELECT
    f.number AS number,
    f.kind,
    f.joins_on,
    f.member_since,
    f.suspended,
    f.guests,
    v.fee_by_kind,
    v.guest_credit_rate,
    v.guest_credit_max_fen,
    v.loyalty_months_min,
    v.loyalty_rate,
    v.term_months,
    v.guest_visits_min,
    v.value_set IS NOT NULL AND f.kind IS NOT NULL AND f.joins_on IS NOT NULL AND f.suspended IS NOT NULL AND f.guests IS NOT NULL AS is_complete
  FROM "club"."cases" AS f
  LEFT JOIN "value_sets" AS v ON v.value_set = f."region"
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'refused', 'suspended', 'S11'),
  (1, 'referred', 'company_needs_board', 'S12'),
  (2, 'granted', NULL::text, 'S13')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const baseFen = values.feeByKind[facts.kind]
    r.fee_by_kind[array_position(ARRAY['adult', 'youth', 'senior'], r.kind)] AS base_fen,
    -- const loyal = facts.memberSince !== null && monthsBetween(facts.memberSince, facts.joinsOn) >= values.loyaltyMonthsMin
    r.member_since IS NOT NULL AND date_sub('month', r.member_since, r.joins_on) >= r.loyalty_months_min AS loyal
  FROM "given" AS r
),
"step_2" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const reductionFen = loyal && !includes(['youth', 'senior'], facts.kind) ? share(baseFen, values.loyaltyRate) : 0
    CASE WHEN r.loyal AND NOT r.kind IN ('youth', 'senior') THEN ((r.base_fen * r.loyalty_rate + 500000) // 1000000) ELSE 0::bigint END AS reduction_fen,
    -- const guestsCounted = countOf(facts.guests, (guest) => guest.visits >= values.guestVisitsMin)
    len(list_filter(r.guests, lambda item: item.visits >= r.guest_visits_min)) AS guests_counted,
    -- const guestFeesFen = sumOf(facts.guests, (guest) => (guest.visits >= values.guestVisitsMin ? guest.feePaidFen : 0))
    COALESCE(list_sum(list_transform(r.guests, lambda item: CASE WHEN item.visits >= r.guest_visits_min THEN item.fee_paid_fen ELSE 0::bigint END)), 0)::BIGINT AS guest_fees_fen
  FROM "step_1" AS r
),
"step_3" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const creditFen = min(share(guestFeesFen, values.guestCreditRate, 'down'), values.guestCreditMaxFen)
    LEAST((r.guest_fees_fen * r.guest_credit_rate // 1000000), r.guest_credit_max_fen) AS credit_fen
  FROM "step_2" AS r
),
"step_4" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const dueFen = max(baseFen - reductionFen - creditFen, 0)
    GREATEST(r.base_fen - r.reduction_fen - r.credit_fen, 0) AS due_fen,
    -- const validUntil = addMonths(facts.joinsOn, values.termMonths)
    (r.joins_on + to_months(r.term_months::INTEGER))::DATE AS valid_until,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      WHEN r.suspended THEN 0 -- S11: refuse suspended
      WHEN r.kind = 'company' THEN 1 -- S12: refer company_needs_board
      ELSE 2 -- S13: grant
    END AS outcome_number
  FROM "step_3" AS r
)
SELECT
  r.number AS number,
  e.outcome AS outcome,
  e.reason AS reason,
  e.because AS because,
  CASE r.outcome_number WHEN 2 THEN r.due_fen END AS result_fee_fen,
  CASE r.outcome_number WHEN 2 THEN r.valid_until END AS result_valid_until,
  CASE r.outcome_number WHEN 2 THEN CASE WHEN r.loyal THEN 'loyal' ELSE 'plain' END END AS result_tier,
  CASE r.outcome_number WHEN 2 THEN r.guests_counted END AS result_guests_counted,
  CASE r.outcome_number WHEN 2 THEN r.due_fen END AS amount_fen
FROM "step_4" AS r
LEFT JOIN "endings" AS e ON e.ending = r.outcome_number;

-- Club membership fee (俱乐部会费), S10, from 2024-01-01
WITH
"value_sets"("value_set", "fee_by_kind", "guest_credit_rate", "guest_credit_max_fen", "loyalty_months_min", "loyalty_rate", "term_months", "guest_visits_min") AS (VALUES
  ('club', [60000::bigint, 20000::bigint, 40000::bigint]::bigint[], 333333::bigint, 10000::bigint, 60::bigint, 125000::bigint, 12::bigint, 3::bigint)
),
"given" AS NOT MATERIALIZED (
  SELECT
    f.region AS region,
    f.kind,
    f.joins_on,
    f.member_since,
    f.suspended,
    f.guests,
    v.fee_by_kind,
    v.guest_credit_rate,
    v.guest_credit_max_fen,
    v.loyalty_months_min,
    v.loyalty_rate,
    v.term_months,
    v.guest_visits_min,
    v.value_set IS NOT NULL AND f.kind IS NOT NULL AND f.joins_on IS NOT NULL AND f.suspended IS NOT NULL AND f.guests IS NOT NULL AS is_complete
  FROM "club"."cases" AS f
  LEFT JOIN "value_sets" AS v ON v.value_set = f."region"
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'refused', 'suspended', 'S11'),
  (1, 'referred', 'company_needs_board', 'S12'),
  (2, 'granted', NULL::text, 'S13')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const baseFen = values.feeByKind[facts.kind]
    r.fee_by_kind[array_position(ARRAY['adult', 'youth', 'senior'], r.kind)] AS base_fen,
    -- const loyal = facts.memberSince !== null && monthsBetween(facts.memberSince, facts.joinsOn) >= values.loyaltyMonthsMin
    r.member_since IS NOT NULL AND date_sub('month', r.member_since, r.joins_on) >= r.loyalty_months_min AS loyal
  FROM "given" AS r
),
"step_2" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const reductionFen = loyal && !includes(['youth', 'senior'], facts.kind) ? share(baseFen, values.loyaltyRate) : 0
    CASE WHEN r.loyal AND NOT r.kind IN ('youth', 'senior') THEN ((r.base_fen * r.loyalty_rate + 500000) // 1000000) ELSE 0::bigint END AS reduction_fen,
    -- const guestsCounted = countOf(facts.guests, (guest) => guest.visits >= values.guestVisitsMin)
    len(list_filter(r.guests, lambda item: item.visits >= r.guest_visits_min)) AS guests_counted,
    -- const guestFeesFen = sumOf(facts.guests, (guest) => (guest.visits >= values.guestVisitsMin ? guest.feePaidFen : 0))
    COALESCE(list_sum(list_transform(r.guests, lambda item: CASE WHEN item.visits >= r.guest_visits_min THEN item.fee_paid_fen ELSE 0::bigint END)), 0)::BIGINT AS guest_fees_fen
  FROM "step_1" AS r
),
"step_3" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const creditFen = min(share(guestFeesFen, values.guestCreditRate, 'down'), values.guestCreditMaxFen)
    LEAST((r.guest_fees_fen * r.guest_credit_rate // 1000000), r.guest_credit_max_fen) AS credit_fen
  FROM "step_2" AS r
),
"step_4" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const dueFen = max(baseFen - reductionFen - creditFen, 0)
    GREATEST(r.base_fen - r.reduction_fen - r.credit_fen, 0) AS due_fen,
    -- const validUntil = addMonths(facts.joinsOn, values.termMonths)
    (r.joins_on + to_months(r.term_months::INTEGER))::DATE AS valid_until,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      WHEN r.suspended THEN 0 -- S11: refuse suspended
      WHEN r.kind = 'company' THEN 1 -- S12: refer company_needs_board
      ELSE 2 -- S13: grant
    END AS outcome_number
  FROM "step_3" AS r
),
"counted" AS NOT MATERIALIZED (
  SELECT
    r.region AS key_1,
    r.outcome_number AS number,
    count(*) AS cases,
    sum(CASE r.outcome_number WHEN 2 THEN r.due_fen END) AS sum_result_fee_fen,
    sum(CASE r.outcome_number WHEN 2 THEN r.guests_counted END) AS sum_result_guests_counted
  FROM "step_4" AS r
  GROUP BY 1, 2
)
SELECT
  c.key_1 AS region,
  e.outcome AS outcome,
  e.reason AS reason,
  e.because AS because,
  sum(c.cases)::bigint AS cases,
  sum(c.sum_result_fee_fen) AS sum_result_fee_fen,
  sum(c.sum_result_guests_counted) AS sum_result_guests_counted
FROM "counted" AS c
LEFT JOIN "endings" AS e ON e.ending = c.number
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4;
