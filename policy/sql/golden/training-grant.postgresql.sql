CREATE TABLE "club"."cases" (
  "number" text NOT NULL,
  "region" text NOT NULL,
  "months" bigint NOT NULL CHECK ("months" BETWEEN 0 AND 600),
  "courses" jsonb NOT NULL CHECK (jsonb_typeof("courses") = 'array' AND jsonb_array_length("courses") <= 20)
);

-- Training grant (trial) (教练培训补贴（试行）), S30, from 2020-01-01 to 2021-12-31
WITH
"value_sets"("value_set", "amount_by_level") AS (VALUES
  ('club', ARRAY[5000::bigint, 10000::bigint, 15000::bigint, 15000::bigint, 30000::bigint]::bigint[])
),
"given" AS NOT MATERIALIZED (
  SELECT
    f.number AS number,
    f.months,
    i1.courses_level,
    i1.courses_special,
    i1.courses_passed_on,
    i1.courses_paid_fen,
    v.amount_by_level,
    v.value_set IS NOT NULL AND f.months IS NOT NULL AND f.courses IS NOT NULL AS is_complete
  FROM "club"."cases" AS f
  LEFT JOIN "value_sets" AS v ON v.value_set = f."region"
  CROSS JOIN LATERAL (
    SELECT COALESCE(array_agg(item.level ORDER BY item.nth), '{}') AS courses_level,
      COALESCE(array_agg(item.special ORDER BY item.nth), '{}') AS courses_special,
      COALESCE(array_agg(item.passed_on ORDER BY item.nth), '{}') AS courses_passed_on,
      COALESCE(array_agg(item.paid_fen ORDER BY item.nth), '{}') AS courses_paid_fen
    FROM ROWS FROM (jsonb_to_recordset(f.courses) AS ("level" bigint, "special" boolean, "passed_on" date, "paid_fen" bigint)) WITH ORDINALITY AS item("level", "special", "passed_on", "paid_fen", "nth")
  ) AS i1
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'granted', NULL::text, 'S31')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const amountFen = sumOf(facts.courses, (course) => course.passedOn === null ? 0 : values.amountByLevel[course.level], )
    (SELECT COALESCE(sum(CASE WHEN item.passed_on IS NULL THEN 0::bigint ELSE r.amount_by_level[item.level] END), 0)::bigint FROM unnest(r.courses_level, r.courses_passed_on) WITH ORDINALITY AS item("level", "passed_on", "nth")) AS amount_fen,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      ELSE 0 -- S31: grant
    END AS outcome_number,
    -- course.passedOn === null
    ARRAY(SELECT item.passed_on IS NULL FROM unnest(r.courses_passed_on) WITH ORDINALITY AS item("passed_on", "nth") ORDER BY item.nth) AS condition_1
  FROM "given" AS r
  OFFSET 0
),
"step_2" AS NOT MATERIALIZED (
  SELECT r.*,
    -- the outcome of each item
    CASE r.outcome_number WHEN 0 THEN ARRAY(SELECT CASE
      WHEN r.condition_1[item.nth] THEN 0 -- S32: refuse not_passed
      ELSE 1 -- S31: grant
    END FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) END AS item_outcome_numbers
  FROM "step_1" AS r
  OFFSET 0
),
"step_3" AS NOT MATERIALIZED (
  SELECT r.*,
    -- amountFen of each item
    CASE r.outcome_number WHEN 0 THEN ARRAY(SELECT CASE r.item_outcome_numbers[item.nth] WHEN 1 THEN r.amount_by_level[item.level] END FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) END AS item_amount_fen
  FROM "step_2" AS r
  OFFSET 0
)
SELECT
  r.number AS number,
  e.outcome AS outcome,
  e.reason AS reason,
  e.because AS because,
  CASE r.outcome_number WHEN 0 THEN r.amount_fen END AS result_amount_fen,
  CASE r.outcome_number WHEN 0 THEN r.amount_fen END AS amount_fen,
  CASE WHEN r.item_outcome_numbers IS NOT NULL THEN (SELECT COALESCE(jsonb_agg(jsonb_build_object('outcome', CASE item.ending WHEN 0 THEN 'refused' WHEN 1 THEN 'granted' END, 'reason', CASE item.ending WHEN 0 THEN 'not_passed' WHEN 1 THEN NULL::text END, 'because', CASE item.ending WHEN 0 THEN 'S32' WHEN 1 THEN 'S31' END, 'result_amount_fen', r.item_amount_fen[item.nth]) ORDER BY item.nth), '[]') FROM unnest(r.item_outcome_numbers) WITH ORDINALITY AS item(ending, nth)) END AS items
FROM "step_3" AS r
LEFT JOIN "endings" AS e ON e.ending = r.outcome_number;

-- Training grant (trial) (教练培训补贴（试行）), S30, from 2020-01-01 to 2021-12-31
WITH
"value_sets"("value_set", "amount_by_level") AS (VALUES
  ('club', ARRAY[5000::bigint, 10000::bigint, 15000::bigint, 15000::bigint, 30000::bigint]::bigint[])
),
"given" AS NOT MATERIALIZED (
  SELECT
    f.region AS region,
    f.months,
    i1.courses_level,
    i1.courses_special,
    i1.courses_passed_on,
    i1.courses_paid_fen,
    v.amount_by_level,
    v.value_set IS NOT NULL AND f.months IS NOT NULL AND f.courses IS NOT NULL AS is_complete
  FROM "club"."cases" AS f
  LEFT JOIN "value_sets" AS v ON v.value_set = f."region"
  CROSS JOIN LATERAL (
    SELECT COALESCE(array_agg(item.level ORDER BY item.nth), '{}') AS courses_level,
      COALESCE(array_agg(item.special ORDER BY item.nth), '{}') AS courses_special,
      COALESCE(array_agg(item.passed_on ORDER BY item.nth), '{}') AS courses_passed_on,
      COALESCE(array_agg(item.paid_fen ORDER BY item.nth), '{}') AS courses_paid_fen
    FROM ROWS FROM (jsonb_to_recordset(f.courses) AS ("level" bigint, "special" boolean, "passed_on" date, "paid_fen" bigint)) WITH ORDINALITY AS item("level", "special", "passed_on", "paid_fen", "nth")
  ) AS i1
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'granted', NULL::text, 'S31')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const amountFen = sumOf(facts.courses, (course) => course.passedOn === null ? 0 : values.amountByLevel[course.level], )
    (SELECT COALESCE(sum(CASE WHEN item.passed_on IS NULL THEN 0::bigint ELSE r.amount_by_level[item.level] END), 0)::bigint FROM unnest(r.courses_level, r.courses_passed_on) WITH ORDINALITY AS item("level", "passed_on", "nth")) AS amount_fen,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      ELSE 0 -- S31: grant
    END AS outcome_number,
    -- course.passedOn === null
    ARRAY(SELECT item.passed_on IS NULL FROM unnest(r.courses_passed_on) WITH ORDINALITY AS item("passed_on", "nth") ORDER BY item.nth) AS condition_1
  FROM "given" AS r
  OFFSET 0
),
"step_2" AS NOT MATERIALIZED (
  SELECT r.*,
    -- the outcome of each item
    CASE r.outcome_number WHEN 0 THEN ARRAY(SELECT CASE
      WHEN r.condition_1[item.nth] THEN 0 -- S32: refuse not_passed
      ELSE 1 -- S31: grant
    END FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) END AS item_outcome_numbers
  FROM "step_1" AS r
  OFFSET 0
),
"step_3" AS NOT MATERIALIZED (
  SELECT r.*,
    -- amountFen of each item
    CASE r.outcome_number WHEN 0 THEN ARRAY(SELECT CASE r.item_outcome_numbers[item.nth] WHEN 1 THEN r.amount_by_level[item.level] END FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) END AS item_amount_fen
  FROM "step_2" AS r
  OFFSET 0
),
"counted" AS NOT MATERIALIZED (
  SELECT
    r.region AS key_1,
    r.outcome_number AS number,
    count(*) AS cases,
    sum(CASE r.outcome_number WHEN 0 THEN r.amount_fen END) AS sum_result_amount_fen,
    sum((SELECT sum(amount) FROM unnest(r.item_amount_fen) AS amount)) AS sum_item_amount_fen
  FROM "step_3" AS r
  GROUP BY 1, 2
)
SELECT
  c.key_1 AS region,
  e.outcome AS outcome,
  e.reason AS reason,
  e.because AS because,
  sum(c.cases)::bigint AS cases,
  sum(c.sum_result_amount_fen) AS sum_result_amount_fen,
  sum(c.sum_item_amount_fen) AS sum_item_amount_fen
FROM "counted" AS c
LEFT JOIN "endings" AS e ON e.ending = c.number
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4;

CREATE TABLE "club"."cases" (
  "number" text NOT NULL,
  "region" text NOT NULL,
  "months" bigint NOT NULL CHECK ("months" BETWEEN 0 AND 600),
  "courses" jsonb NOT NULL CHECK (jsonb_typeof("courses") = 'array' AND jsonb_array_length("courses") <= 20)
);

-- Training grant (教练培训补贴), S33, from 2022-01-01 to 2023-12-31
WITH
"value_sets"("value_set", "courses_max", "months_min") AS (VALUES
  ('club', 3::bigint, 12::bigint)
),
"given" AS NOT MATERIALIZED (
  SELECT
    f.number AS number,
    f.months,
    i1.courses_level,
    i1.courses_special,
    i1.courses_passed_on,
    i1.courses_paid_fen,
    v.courses_max,
    v.months_min,
    v.value_set IS NOT NULL AND f.months IS NOT NULL AND f.courses IS NOT NULL AS is_complete
  FROM "club"."cases" AS f
  LEFT JOIN "value_sets" AS v ON v.value_set = f."region"
  CROSS JOIN LATERAL (
    SELECT COALESCE(array_agg(item.level ORDER BY item.nth), '{}') AS courses_level,
      COALESCE(array_agg(item.special ORDER BY item.nth), '{}') AS courses_special,
      COALESCE(array_agg(item.passed_on ORDER BY item.nth), '{}') AS courses_passed_on,
      COALESCE(array_agg(item.paid_fen ORDER BY item.nth), '{}') AS courses_paid_fen
    FROM ROWS FROM (jsonb_to_recordset(f.courses) AS ("level" bigint, "special" boolean, "passed_on" date, "paid_fen" bigint)) WITH ORDINALITY AS item("level", "special", "passed_on", "paid_fen", "nth")
  ) AS i1
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'refused', 'member_too_short', 'S34'),
  (1, 'granted', NULL::text, 'S35')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const passed = filterOf(facts.courses, (course) => course.passedOn !== null)
    ARRAY(SELECT item.nth FROM unnest(r.courses_passed_on) WITH ORDINALITY AS item("passed_on", "nth") WHERE item.passed_on IS NOT NULL ORDER BY item.nth) AS passed
  FROM "given" AS r
  OFFSET 0
),
"step_2" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const dearest = firstOf( sortOf(passed, (course) => course.paidFen, 'descending'), values.coursesMax, )
    (ARRAY(SELECT item.nth FROM unnest(r.passed) WITH ORDINALITY AS item(nth, place) ORDER BY r.courses_paid_fen[item.nth] DESC, item.place))[1:r.courses_max::int] AS dearest,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      WHEN r.months < r.months_min THEN 0 -- S34: refuse member_too_short
      ELSE 1 -- S35: grant
    END AS outcome_number
  FROM "step_1" AS r
  OFFSET 0
)
SELECT
  r.number AS number,
  e.outcome AS outcome,
  e.reason AS reason,
  e.because AS because,
  CASE r.outcome_number WHEN 1 THEN (SELECT COALESCE(sum(r.courses_paid_fen[item.nth]), 0)::bigint FROM unnest(r.dearest) WITH ORDINALITY AS item(nth, place)) END AS result_amount_fen,
  CASE r.outcome_number WHEN 1 THEN (SELECT count(*) FROM unnest(r.dearest) WITH ORDINALITY AS item(nth, place) WHERE TRUE) END AS result_courses_paid,
  CASE r.outcome_number WHEN 1 THEN (SELECT COALESCE(sum(r.courses_paid_fen[item.nth]), 0)::bigint FROM unnest(r.dearest) WITH ORDINALITY AS item(nth, place)) END AS amount_fen
FROM "step_2" AS r
LEFT JOIN "endings" AS e ON e.ending = r.outcome_number;

-- Training grant (教练培训补贴), S33, from 2022-01-01 to 2023-12-31
WITH
"value_sets"("value_set", "courses_max", "months_min") AS (VALUES
  ('club', 3::bigint, 12::bigint)
),
"given" AS NOT MATERIALIZED (
  SELECT
    f.region AS region,
    f.months,
    i1.courses_level,
    i1.courses_special,
    i1.courses_passed_on,
    i1.courses_paid_fen,
    v.courses_max,
    v.months_min,
    v.value_set IS NOT NULL AND f.months IS NOT NULL AND f.courses IS NOT NULL AS is_complete
  FROM "club"."cases" AS f
  LEFT JOIN "value_sets" AS v ON v.value_set = f."region"
  CROSS JOIN LATERAL (
    SELECT COALESCE(array_agg(item.level ORDER BY item.nth), '{}') AS courses_level,
      COALESCE(array_agg(item.special ORDER BY item.nth), '{}') AS courses_special,
      COALESCE(array_agg(item.passed_on ORDER BY item.nth), '{}') AS courses_passed_on,
      COALESCE(array_agg(item.paid_fen ORDER BY item.nth), '{}') AS courses_paid_fen
    FROM ROWS FROM (jsonb_to_recordset(f.courses) AS ("level" bigint, "special" boolean, "passed_on" date, "paid_fen" bigint)) WITH ORDINALITY AS item("level", "special", "passed_on", "paid_fen", "nth")
  ) AS i1
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'refused', 'member_too_short', 'S34'),
  (1, 'granted', NULL::text, 'S35')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const passed = filterOf(facts.courses, (course) => course.passedOn !== null)
    ARRAY(SELECT item.nth FROM unnest(r.courses_passed_on) WITH ORDINALITY AS item("passed_on", "nth") WHERE item.passed_on IS NOT NULL ORDER BY item.nth) AS passed
  FROM "given" AS r
  OFFSET 0
),
"step_2" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const dearest = firstOf( sortOf(passed, (course) => course.paidFen, 'descending'), values.coursesMax, )
    (ARRAY(SELECT item.nth FROM unnest(r.passed) WITH ORDINALITY AS item(nth, place) ORDER BY r.courses_paid_fen[item.nth] DESC, item.place))[1:r.courses_max::int] AS dearest,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      WHEN r.months < r.months_min THEN 0 -- S34: refuse member_too_short
      ELSE 1 -- S35: grant
    END AS outcome_number
  FROM "step_1" AS r
  OFFSET 0
),
"counted" AS NOT MATERIALIZED (
  SELECT
    r.region AS key_1,
    r.outcome_number AS number,
    count(*) AS cases,
    sum(CASE r.outcome_number WHEN 1 THEN (SELECT COALESCE(sum(r.courses_paid_fen[item.nth]), 0)::bigint FROM unnest(r.dearest) WITH ORDINALITY AS item(nth, place)) END) AS sum_result_amount_fen,
    sum(CASE r.outcome_number WHEN 1 THEN (SELECT count(*) FROM unnest(r.dearest) WITH ORDINALITY AS item(nth, place) WHERE TRUE) END) AS sum_result_courses_paid
  FROM "step_2" AS r
  GROUP BY 1, 2
)
SELECT
  c.key_1 AS region,
  e.outcome AS outcome,
  e.reason AS reason,
  e.because AS because,
  sum(c.cases)::bigint AS cases,
  sum(c.sum_result_amount_fen) AS sum_result_amount_fen,
  sum(c.sum_result_courses_paid) AS sum_result_courses_paid
FROM "counted" AS c
LEFT JOIN "endings" AS e ON e.ending = c.number
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4;

CREATE TABLE "club"."cases" (
  "number" text NOT NULL,
  "region" text NOT NULL,
  "months" bigint NOT NULL CHECK ("months" BETWEEN 0 AND 600),
  "courses" jsonb NOT NULL CHECK (jsonb_typeof("courses") = 'array' AND jsonb_array_length("courses") <= 20),
  "requested_on" date NOT NULL CHECK ("requested_on" BETWEEN DATE '1900-01-01' AND DATE '2199-12-31'),
  "hours_by_term" bigint[] NOT NULL CHECK (cardinality("hours_by_term") <= 12 AND array_position("hours_by_term", NULL) IS NULL),
  "absences" bigint NOT NULL CHECK ("absences" BETWEEN 0 AND 366)
);

-- Training grant (教练培训补贴), S36, from 2024-01-01
WITH
"value_sets"("value_set", "amount_by_level", "courses_max", "months_min", "valid_months", "hours_min", "term_hours_min", "absence_fen", "refund_rate", "terms_counted") AS (VALUES
  ('club', ARRAY[5000::bigint, 10000::bigint, 15000::bigint, 15000::bigint, 30000::bigint]::bigint[], 3::bigint, 12::bigint, 24::bigint, 40::bigint, 10::bigint, 500::bigint, 500000::bigint, 2::bigint)
),
"given" AS NOT MATERIALIZED (
  SELECT
    f.number AS number,
    f.months,
    f.requested_on,
    f.hours_by_term,
    f.absences,
    i1.courses_level,
    i1.courses_special,
    i1.courses_passed_on,
    i1.courses_paid_fen,
    i1.courses_sport,
    v.amount_by_level,
    v.courses_max,
    v.months_min,
    v.valid_months,
    v.hours_min,
    v.term_hours_min,
    v.absence_fen,
    v.refund_rate,
    v.terms_counted,
    v.value_set IS NOT NULL AND f.months IS NOT NULL AND f.courses IS NOT NULL AND f.requested_on IS NOT NULL AND f.hours_by_term IS NOT NULL AND f.absences IS NOT NULL AS is_complete
  FROM "club"."cases" AS f
  LEFT JOIN "value_sets" AS v ON v.value_set = f."region"
  CROSS JOIN LATERAL (
    SELECT COALESCE(array_agg(item.level ORDER BY item.nth), '{}') AS courses_level,
      COALESCE(array_agg(item.special ORDER BY item.nth), '{}') AS courses_special,
      COALESCE(array_agg(item.passed_on ORDER BY item.nth), '{}') AS courses_passed_on,
      COALESCE(array_agg(item.paid_fen ORDER BY item.nth), '{}') AS courses_paid_fen,
      COALESCE(array_agg(item.sport ORDER BY item.nth), '{}') AS courses_sport
    FROM ROWS FROM (jsonb_to_recordset(f.courses) AS ("level" bigint, "special" boolean, "passed_on" date, "paid_fen" bigint, "sport" text)) WITH ORDINALITY AS item("level", "special", "passed_on", "paid_fen", "sport", "nth")
  ) AS i1
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'refused', 'too_little_training', 'S37'),
  (1, 'granted', NULL::text, 'S40')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const longTerms = filterOf(facts.hoursByTerm, (hours) => hours >= values.termHoursMin)
    ARRAY(SELECT item.nth FROM unnest(r.hours_by_term) WITH ORDINALITY AS item(value, nth) WHERE item.value >= r.term_hours_min ORDER BY item.nth) AS long_terms
  FROM "given" AS r
  OFFSET 0
),
"step_2" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const bestTerms = firstOf( sortOf(longTerms, (hours) => hours, 'descending'), values.termsCounted, )
    (ARRAY(SELECT item.nth FROM unnest(r.long_terms) WITH ORDINALITY AS item(nth, place) ORDER BY r.hours_by_term[item.nth] DESC, item.place))[1:r.terms_counted::int] AS best_terms
  FROM "step_1" AS r
  OFFSET 0
),
"step_3" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const hoursOfBestTerms = sumOf(bestTerms, (hours) => hours)
    (SELECT COALESCE(sum(r.hours_by_term[item.nth]), 0)::bigint FROM unnest(r.best_terms) WITH ORDINALITY AS item(nth, place)) AS hours_of_best_terms,
    -- const inTime = filterOf( facts.courses, (course) => addMonths(course.passedOn, values.validMonths) >= facts.requestedOn, )
    ARRAY(SELECT item.nth FROM unnest(r.courses_passed_on) WITH ORDINALITY AS item("passed_on", "nth") WHERE (item.passed_on + make_interval(months => r.valid_months::int))::date >= r.requested_on ORDER BY item.nth) AS in_time
  FROM "step_2" AS r
  OFFSET 0
),
"step_4" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const byDay = sortOf(inTime, (course) => course.passedOn, 'ascending')
    ARRAY(SELECT item.nth FROM unnest(r.in_time) WITH ORDINALITY AS item(nth, place) ORDER BY r.courses_passed_on[item.nth], item.place) AS by_day
  FROM "step_3" AS r
  OFFSET 0
),
"step_5" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const ranked = sortOf(byDay, (course) => values.amountByLevel[course.level], 'descending')
    ARRAY(SELECT item.nth FROM unnest(r.by_day) WITH ORDINALITY AS item(nth, place) ORDER BY r.amount_by_level[r.courses_level[item.nth]] DESC, item.place) AS ranked
  FROM "step_4" AS r
  OFFSET 0
),
"step_6" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const bestPlain = firstOf( filterOf(ranked, (course) => !course.special), 1, )
    (ARRAY(SELECT item.nth FROM unnest(r.ranked) WITH ORDINALITY AS item(nth, place) WHERE NOT r.courses_special[item.nth] ORDER BY item.place))[1:1::int] AS best_plain
  FROM "step_5" AS r
  OFFSET 0
),
"step_7" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const paid = firstOf( filterOf(ranked, (course) => course.special || hasItem(bestPlain, course)), values.coursesMax, )
    (ARRAY(SELECT item.nth FROM unnest(r.ranked) WITH ORDINALITY AS item(nth, place) WHERE r.courses_special[item.nth] OR item.nth = ANY(r.best_plain) ORDER BY item.place))[1:r.courses_max::int] AS paid
  FROM "step_6" AS r
  OFFSET 0
),
"step_8" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const grossFen = sumOf(paid, (course) => values.amountByLevel[course.level])
    (SELECT COALESCE(sum(r.amount_by_level[r.courses_level[item.nth]]), 0)::bigint FROM unnest(r.paid) WITH ORDINALITY AS item(nth, place)) AS gross_fen
  FROM "step_7" AS r
  OFFSET 0
),
"step_9" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const amountFen = max(grossFen - values.absenceFen * facts.absences, 0)
    GREATEST(r.gross_fen - r.absence_fen * r.absences, 0) AS amount_fen,
    -- const coursesPaid = countOf(facts.courses, (course) => hasItem(paid, course))
    (SELECT count(*) FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") WHERE item.nth = ANY(r.paid)) AS courses_paid,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      WHEN r.months < r.months_min OR r.hours_of_best_terms < r.hours_min THEN 0 -- S37: refuse too_little_training
      ELSE 1 -- S40: grant
    END AS outcome_number,
    -- hasItem(inTime, course)
    ARRAY(SELECT item.nth = ANY(r.in_time) FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) AS condition_1,
    -- const payableUntil = addMonths(course.passedOn, values.validMonths)
    ARRAY(SELECT (item.passed_on + make_interval(months => r.valid_months::int))::date FROM unnest(r.courses_passed_on) WITH ORDINALITY AS item("passed_on", "nth") ORDER BY item.nth) AS payable_until,
    -- hasItem(paid, course)
    ARRAY(SELECT item.nth = ANY(r.paid) FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) AS condition_2,
    -- const worthFen = hasItem(paid, course) ? values.amountByLevel[course.level] : 0
    ARRAY(SELECT CASE WHEN item.nth = ANY(r.paid) THEN r.amount_by_level[item.level] ELSE 0::bigint END FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) AS worth_fen
  FROM "step_8" AS r
  OFFSET 0
),
"step_10" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const refundFen = min(share(course.paidFen, values.refundRate), course.paidFen)
    ARRAY(SELECT LEAST(((item.paid_fen * r.refund_rate + 500000) / 1000000), item.paid_fen) FROM unnest(r.courses_paid_fen) WITH ORDINALITY AS item("paid_fen", "nth") ORDER BY item.nth) AS refund_fen,
    -- the outcome of each item
    CASE r.outcome_number WHEN 0 THEN ARRAY(SELECT CASE
      WHEN r.condition_1[item.nth] THEN 0 -- S38: refer kept_for_later
      ELSE 1 -- S39: refuse too_late
    END FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) WHEN 1 THEN ARRAY(SELECT CASE
      WHEN NOT item.nth = ANY(r.in_time) THEN 2 -- S39: refuse too_late
      WHEN item.sport IN ('chess') AND NOT item.nth = ANY(r.paid) THEN 3 -- S41: refuse others_rank_higher
      WHEN item.sport IN ('chess') THEN 4 -- S42: refer chess_is_looked_at
      WHEN item.sport IN ('other') AND r.condition_2[item.nth] THEN 5 -- S43: grant
      WHEN item.sport IN ('other') THEN 6 -- S41: refuse others_rank_higher
      WHEN r.worth_fen[item.nth] = 0 THEN 7 -- S41: refuse others_rank_higher
      WHEN item.special THEN 8 -- S44: grant
      ELSE 9 -- S40: grant
    END FROM unnest(r.courses_special, r.courses_sport) WITH ORDINALITY AS item("special", "sport", "nth") ORDER BY item.nth) END AS item_outcome_numbers
  FROM "step_9" AS r
  OFFSET 0
),
"step_11" AS NOT MATERIALIZED (
  SELECT r.*,
    -- amountFen of each item
    CASE r.outcome_number WHEN 0 THEN NULL WHEN 1 THEN ARRAY(SELECT CASE r.item_outcome_numbers[item.nth] WHEN 5 THEN r.amount_by_level[item.level] WHEN 8 THEN r.worth_fen[item.nth] WHEN 9 THEN r.worth_fen[item.nth] END FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) END AS item_amount_fen,
    -- refundFen of each item
    CASE r.outcome_number WHEN 0 THEN NULL WHEN 1 THEN ARRAY(SELECT CASE r.item_outcome_numbers[item.nth] WHEN 8 THEN r.refund_fen[item.nth] WHEN 9 THEN r.refund_fen[item.nth] END FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) END AS item_refund_fen,
    -- payableUntil of each item
    CASE r.outcome_number WHEN 0 THEN NULL WHEN 1 THEN ARRAY(SELECT CASE r.item_outcome_numbers[item.nth] WHEN 5 THEN r.payable_until[item.nth] WHEN 8 THEN r.payable_until[item.nth] WHEN 9 THEN r.payable_until[item.nth] END FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) END AS item_payable_until
  FROM "step_10" AS r
  OFFSET 0
)
SELECT
  r.number AS number,
  e.outcome AS outcome,
  e.reason AS reason,
  e.because AS because,
  CASE r.outcome_number WHEN 1 THEN r.amount_fen END AS result_amount_fen,
  CASE r.outcome_number WHEN 1 THEN r.courses_paid END AS result_courses_paid,
  CASE r.outcome_number WHEN 1 THEN r.hours_of_best_terms END AS result_hours_of_best_terms,
  CASE r.outcome_number WHEN 1 THEN NOT EXISTS (SELECT FROM unnest(r.hours_by_term) WITH ORDINALITY AS item(value, nth) WHERE NOT item.value > 0) END AS result_regular,
  CASE r.outcome_number WHEN 1 THEN r.amount_fen END AS amount_fen,
  CASE WHEN r.item_outcome_numbers IS NOT NULL THEN (SELECT COALESCE(jsonb_agg(jsonb_build_object('outcome', CASE item.ending WHEN 0 THEN 'referred' WHEN 1 THEN 'refused' WHEN 2 THEN 'refused' WHEN 3 THEN 'refused' WHEN 4 THEN 'referred' WHEN 5 THEN 'granted' WHEN 6 THEN 'refused' WHEN 7 THEN 'refused' WHEN 8 THEN 'granted' WHEN 9 THEN 'granted' END, 'reason', CASE item.ending WHEN 0 THEN 'kept_for_later' WHEN 1 THEN 'too_late' WHEN 2 THEN 'too_late' WHEN 3 THEN 'others_rank_higher' WHEN 4 THEN 'chess_is_looked_at' WHEN 5 THEN NULL::text WHEN 6 THEN 'others_rank_higher' WHEN 7 THEN 'others_rank_higher' WHEN 8 THEN NULL::text WHEN 9 THEN NULL::text END, 'because', CASE item.ending WHEN 0 THEN 'S38' WHEN 1 THEN 'S39' WHEN 2 THEN 'S39' WHEN 3 THEN 'S41' WHEN 4 THEN 'S42' WHEN 5 THEN 'S43' WHEN 6 THEN 'S41' WHEN 7 THEN 'S41' WHEN 8 THEN 'S44' WHEN 9 THEN 'S40' END, 'result_amount_fen', r.item_amount_fen[item.nth], 'result_refund_fen', r.item_refund_fen[item.nth], 'result_payable_until', r.item_payable_until[item.nth]) ORDER BY item.nth), '[]') FROM unnest(r.item_outcome_numbers) WITH ORDINALITY AS item(ending, nth)) END AS items
FROM "step_11" AS r
LEFT JOIN "endings" AS e ON e.ending = r.outcome_number;

-- Training grant (教练培训补贴), S36, from 2024-01-01
WITH
"value_sets"("value_set", "amount_by_level", "courses_max", "months_min", "valid_months", "hours_min", "term_hours_min", "absence_fen", "refund_rate", "terms_counted") AS (VALUES
  ('club', ARRAY[5000::bigint, 10000::bigint, 15000::bigint, 15000::bigint, 30000::bigint]::bigint[], 3::bigint, 12::bigint, 24::bigint, 40::bigint, 10::bigint, 500::bigint, 500000::bigint, 2::bigint)
),
"given" AS NOT MATERIALIZED (
  SELECT
    f.region AS region,
    f.months,
    f.requested_on,
    f.hours_by_term,
    f.absences,
    i1.courses_level,
    i1.courses_special,
    i1.courses_passed_on,
    i1.courses_paid_fen,
    i1.courses_sport,
    v.amount_by_level,
    v.courses_max,
    v.months_min,
    v.valid_months,
    v.hours_min,
    v.term_hours_min,
    v.absence_fen,
    v.refund_rate,
    v.terms_counted,
    v.value_set IS NOT NULL AND f.months IS NOT NULL AND f.courses IS NOT NULL AND f.requested_on IS NOT NULL AND f.hours_by_term IS NOT NULL AND f.absences IS NOT NULL AS is_complete
  FROM "club"."cases" AS f
  LEFT JOIN "value_sets" AS v ON v.value_set = f."region"
  CROSS JOIN LATERAL (
    SELECT COALESCE(array_agg(item.level ORDER BY item.nth), '{}') AS courses_level,
      COALESCE(array_agg(item.special ORDER BY item.nth), '{}') AS courses_special,
      COALESCE(array_agg(item.passed_on ORDER BY item.nth), '{}') AS courses_passed_on,
      COALESCE(array_agg(item.paid_fen ORDER BY item.nth), '{}') AS courses_paid_fen,
      COALESCE(array_agg(item.sport ORDER BY item.nth), '{}') AS courses_sport
    FROM ROWS FROM (jsonb_to_recordset(f.courses) AS ("level" bigint, "special" boolean, "passed_on" date, "paid_fen" bigint, "sport" text)) WITH ORDINALITY AS item("level", "special", "passed_on", "paid_fen", "sport", "nth")
  ) AS i1
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'refused', 'too_little_training', 'S37'),
  (1, 'granted', NULL::text, 'S40')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const longTerms = filterOf(facts.hoursByTerm, (hours) => hours >= values.termHoursMin)
    ARRAY(SELECT item.nth FROM unnest(r.hours_by_term) WITH ORDINALITY AS item(value, nth) WHERE item.value >= r.term_hours_min ORDER BY item.nth) AS long_terms
  FROM "given" AS r
  OFFSET 0
),
"step_2" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const bestTerms = firstOf( sortOf(longTerms, (hours) => hours, 'descending'), values.termsCounted, )
    (ARRAY(SELECT item.nth FROM unnest(r.long_terms) WITH ORDINALITY AS item(nth, place) ORDER BY r.hours_by_term[item.nth] DESC, item.place))[1:r.terms_counted::int] AS best_terms
  FROM "step_1" AS r
  OFFSET 0
),
"step_3" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const hoursOfBestTerms = sumOf(bestTerms, (hours) => hours)
    (SELECT COALESCE(sum(r.hours_by_term[item.nth]), 0)::bigint FROM unnest(r.best_terms) WITH ORDINALITY AS item(nth, place)) AS hours_of_best_terms,
    -- const inTime = filterOf( facts.courses, (course) => addMonths(course.passedOn, values.validMonths) >= facts.requestedOn, )
    ARRAY(SELECT item.nth FROM unnest(r.courses_passed_on) WITH ORDINALITY AS item("passed_on", "nth") WHERE (item.passed_on + make_interval(months => r.valid_months::int))::date >= r.requested_on ORDER BY item.nth) AS in_time
  FROM "step_2" AS r
  OFFSET 0
),
"step_4" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const byDay = sortOf(inTime, (course) => course.passedOn, 'ascending')
    ARRAY(SELECT item.nth FROM unnest(r.in_time) WITH ORDINALITY AS item(nth, place) ORDER BY r.courses_passed_on[item.nth], item.place) AS by_day
  FROM "step_3" AS r
  OFFSET 0
),
"step_5" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const ranked = sortOf(byDay, (course) => values.amountByLevel[course.level], 'descending')
    ARRAY(SELECT item.nth FROM unnest(r.by_day) WITH ORDINALITY AS item(nth, place) ORDER BY r.amount_by_level[r.courses_level[item.nth]] DESC, item.place) AS ranked
  FROM "step_4" AS r
  OFFSET 0
),
"step_6" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const bestPlain = firstOf( filterOf(ranked, (course) => !course.special), 1, )
    (ARRAY(SELECT item.nth FROM unnest(r.ranked) WITH ORDINALITY AS item(nth, place) WHERE NOT r.courses_special[item.nth] ORDER BY item.place))[1:1::int] AS best_plain
  FROM "step_5" AS r
  OFFSET 0
),
"step_7" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const paid = firstOf( filterOf(ranked, (course) => course.special || hasItem(bestPlain, course)), values.coursesMax, )
    (ARRAY(SELECT item.nth FROM unnest(r.ranked) WITH ORDINALITY AS item(nth, place) WHERE r.courses_special[item.nth] OR item.nth = ANY(r.best_plain) ORDER BY item.place))[1:r.courses_max::int] AS paid
  FROM "step_6" AS r
  OFFSET 0
),
"step_8" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const grossFen = sumOf(paid, (course) => values.amountByLevel[course.level])
    (SELECT COALESCE(sum(r.amount_by_level[r.courses_level[item.nth]]), 0)::bigint FROM unnest(r.paid) WITH ORDINALITY AS item(nth, place)) AS gross_fen
  FROM "step_7" AS r
  OFFSET 0
),
"step_9" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const amountFen = max(grossFen - values.absenceFen * facts.absences, 0)
    GREATEST(r.gross_fen - r.absence_fen * r.absences, 0) AS amount_fen,
    -- const coursesPaid = countOf(facts.courses, (course) => hasItem(paid, course))
    (SELECT count(*) FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") WHERE item.nth = ANY(r.paid)) AS courses_paid,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      WHEN r.months < r.months_min OR r.hours_of_best_terms < r.hours_min THEN 0 -- S37: refuse too_little_training
      ELSE 1 -- S40: grant
    END AS outcome_number,
    -- hasItem(inTime, course)
    ARRAY(SELECT item.nth = ANY(r.in_time) FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) AS condition_1,
    -- const payableUntil = addMonths(course.passedOn, values.validMonths)
    ARRAY(SELECT (item.passed_on + make_interval(months => r.valid_months::int))::date FROM unnest(r.courses_passed_on) WITH ORDINALITY AS item("passed_on", "nth") ORDER BY item.nth) AS payable_until,
    -- hasItem(paid, course)
    ARRAY(SELECT item.nth = ANY(r.paid) FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) AS condition_2,
    -- const worthFen = hasItem(paid, course) ? values.amountByLevel[course.level] : 0
    ARRAY(SELECT CASE WHEN item.nth = ANY(r.paid) THEN r.amount_by_level[item.level] ELSE 0::bigint END FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) AS worth_fen
  FROM "step_8" AS r
  OFFSET 0
),
"step_10" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const refundFen = min(share(course.paidFen, values.refundRate), course.paidFen)
    ARRAY(SELECT LEAST(((item.paid_fen * r.refund_rate + 500000) / 1000000), item.paid_fen) FROM unnest(r.courses_paid_fen) WITH ORDINALITY AS item("paid_fen", "nth") ORDER BY item.nth) AS refund_fen,
    -- the outcome of each item
    CASE r.outcome_number WHEN 0 THEN ARRAY(SELECT CASE
      WHEN r.condition_1[item.nth] THEN 0 -- S38: refer kept_for_later
      ELSE 1 -- S39: refuse too_late
    END FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) WHEN 1 THEN ARRAY(SELECT CASE
      WHEN NOT item.nth = ANY(r.in_time) THEN 2 -- S39: refuse too_late
      WHEN item.sport IN ('chess') AND NOT item.nth = ANY(r.paid) THEN 3 -- S41: refuse others_rank_higher
      WHEN item.sport IN ('chess') THEN 4 -- S42: refer chess_is_looked_at
      WHEN item.sport IN ('other') AND r.condition_2[item.nth] THEN 5 -- S43: grant
      WHEN item.sport IN ('other') THEN 6 -- S41: refuse others_rank_higher
      WHEN r.worth_fen[item.nth] = 0 THEN 7 -- S41: refuse others_rank_higher
      WHEN item.special THEN 8 -- S44: grant
      ELSE 9 -- S40: grant
    END FROM unnest(r.courses_special, r.courses_sport) WITH ORDINALITY AS item("special", "sport", "nth") ORDER BY item.nth) END AS item_outcome_numbers
  FROM "step_9" AS r
  OFFSET 0
),
"step_11" AS NOT MATERIALIZED (
  SELECT r.*,
    -- amountFen of each item
    CASE r.outcome_number WHEN 0 THEN NULL WHEN 1 THEN ARRAY(SELECT CASE r.item_outcome_numbers[item.nth] WHEN 5 THEN r.amount_by_level[item.level] WHEN 8 THEN r.worth_fen[item.nth] WHEN 9 THEN r.worth_fen[item.nth] END FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) END AS item_amount_fen,
    -- refundFen of each item
    CASE r.outcome_number WHEN 0 THEN NULL WHEN 1 THEN ARRAY(SELECT CASE r.item_outcome_numbers[item.nth] WHEN 8 THEN r.refund_fen[item.nth] WHEN 9 THEN r.refund_fen[item.nth] END FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) END AS item_refund_fen,
    -- payableUntil of each item
    CASE r.outcome_number WHEN 0 THEN NULL WHEN 1 THEN ARRAY(SELECT CASE r.item_outcome_numbers[item.nth] WHEN 5 THEN r.payable_until[item.nth] WHEN 8 THEN r.payable_until[item.nth] WHEN 9 THEN r.payable_until[item.nth] END FROM unnest(r.courses_level) WITH ORDINALITY AS item("level", "nth") ORDER BY item.nth) END AS item_payable_until
  FROM "step_10" AS r
  OFFSET 0
),
"counted" AS NOT MATERIALIZED (
  SELECT
    r.region AS key_1,
    r.outcome_number AS number,
    count(*) AS cases,
    sum(CASE r.outcome_number WHEN 1 THEN r.amount_fen END) AS sum_result_amount_fen,
    sum(CASE r.outcome_number WHEN 1 THEN r.courses_paid END) AS sum_result_courses_paid,
    sum(CASE r.outcome_number WHEN 1 THEN r.hours_of_best_terms END) AS sum_result_hours_of_best_terms,
    sum((SELECT sum(amount) FROM unnest(r.item_amount_fen) AS amount)) AS sum_item_amount_fen,
    sum((SELECT sum(amount) FROM unnest(r.item_refund_fen) AS amount)) AS sum_item_refund_fen
  FROM "step_11" AS r
  GROUP BY 1, 2
)
SELECT
  c.key_1 AS region,
  e.outcome AS outcome,
  e.reason AS reason,
  e.because AS because,
  sum(c.cases)::bigint AS cases,
  sum(c.sum_result_amount_fen) AS sum_result_amount_fen,
  sum(c.sum_result_courses_paid) AS sum_result_courses_paid,
  sum(c.sum_result_hours_of_best_terms) AS sum_result_hours_of_best_terms,
  sum(c.sum_item_amount_fen) AS sum_item_amount_fen,
  sum(c.sum_item_refund_fen) AS sum_item_refund_fen
FROM "counted" AS c
LEFT JOIN "endings" AS e ON e.ending = c.number
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4;
