CREATE TABLE "club"."cases" (
  "number" text NOT NULL,
  "region" text NOT NULL,
  "months" BIGINT NOT NULL CHECK ("months" BETWEEN 0 AND 600),
  "courses" STRUCT("level" BIGINT, "special" BOOLEAN, "passed_on" DATE, "paid_fen" BIGINT)[] NOT NULL CHECK (len("courses") <= 20 AND list_count("courses") = len("courses"))
);

-- Training grant (trial) (教练培训补贴（试行）), S30, from 2020-01-01 to 2021-12-31
WITH
"value_sets"("value_set", "amount_by_level") AS (VALUES
  ('club', [5000::bigint, 10000::bigint, 15000::bigint, 15000::bigint, 30000::bigint]::bigint[])
),
"given" AS NOT MATERIALIZED (
  SELECT
    f.number AS number,
    f.months,
    f.courses,
    v.amount_by_level,
    v.value_set IS NOT NULL AND f.months IS NOT NULL AND f.courses IS NOT NULL AS is_complete
  FROM "club"."cases" AS f
  LEFT JOIN "value_sets" AS v ON v.value_set = f."region"
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'granted', NULL::text, 'S31')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const amountFen = sumOf(facts.courses, (course) => course.passedOn === null ? 0 : values.amountByLevel[course.level], )
    COALESCE(list_sum(list_transform(r.courses, lambda item: CASE WHEN item.passed_on IS NULL THEN 0::bigint ELSE r.amount_by_level[item.level] END)), 0)::BIGINT AS amount_fen,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      ELSE 0 -- S31: grant
    END AS outcome_number,
    -- course.passedOn === null
    list_transform(r.courses, lambda item: item.passed_on IS NULL) AS condition_1
  FROM "given" AS r
),
"step_2" AS NOT MATERIALIZED (
  SELECT r.*,
    -- the outcome of each item
    CASE r.outcome_number WHEN 0 THEN list_transform(r.courses, lambda item, nth: CASE
      WHEN r.condition_1[nth] THEN 0 -- S32: refuse not_passed
      ELSE 1 -- S31: grant
    END) END AS item_outcome_numbers
  FROM "step_1" AS r
),
"step_3" AS NOT MATERIALIZED (
  SELECT r.*,
    -- amountFen of each item
    CASE r.outcome_number WHEN 0 THEN list_transform(r.courses, lambda item, nth: CASE r.item_outcome_numbers[nth] WHEN 1 THEN r.amount_by_level[item.level] END) END AS item_amount_fen
  FROM "step_2" AS r
)
SELECT
  r.number AS number,
  e.outcome AS outcome,
  e.reason AS reason,
  e.because AS because,
  CASE r.outcome_number WHEN 0 THEN r.amount_fen END AS result_amount_fen,
  CASE r.outcome_number WHEN 0 THEN r.amount_fen END AS amount_fen,
  CASE WHEN r.item_outcome_numbers IS NOT NULL THEN list_transform(r.item_outcome_numbers, lambda ending, nth: {'outcome': CASE ending WHEN 0 THEN 'refused' WHEN 1 THEN 'granted' END, 'reason': CASE ending WHEN 0 THEN 'not_passed' WHEN 1 THEN NULL::text END, 'because': CASE ending WHEN 0 THEN 'S32' WHEN 1 THEN 'S31' END, 'result_amount_fen': r.item_amount_fen[nth]}) END AS items
FROM "step_3" AS r
LEFT JOIN "endings" AS e ON e.ending = r.outcome_number;

-- Training grant (trial) (教练培训补贴（试行）), S30, from 2020-01-01 to 2021-12-31
WITH
"value_sets"("value_set", "amount_by_level") AS (VALUES
  ('club', [5000::bigint, 10000::bigint, 15000::bigint, 15000::bigint, 30000::bigint]::bigint[])
),
"given" AS NOT MATERIALIZED (
  SELECT
    f.region AS region,
    f.months,
    f.courses,
    v.amount_by_level,
    v.value_set IS NOT NULL AND f.months IS NOT NULL AND f.courses IS NOT NULL AS is_complete
  FROM "club"."cases" AS f
  LEFT JOIN "value_sets" AS v ON v.value_set = f."region"
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'granted', NULL::text, 'S31')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const amountFen = sumOf(facts.courses, (course) => course.passedOn === null ? 0 : values.amountByLevel[course.level], )
    COALESCE(list_sum(list_transform(r.courses, lambda item: CASE WHEN item.passed_on IS NULL THEN 0::bigint ELSE r.amount_by_level[item.level] END)), 0)::BIGINT AS amount_fen,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      ELSE 0 -- S31: grant
    END AS outcome_number,
    -- course.passedOn === null
    list_transform(r.courses, lambda item: item.passed_on IS NULL) AS condition_1
  FROM "given" AS r
),
"step_2" AS NOT MATERIALIZED (
  SELECT r.*,
    -- the outcome of each item
    CASE r.outcome_number WHEN 0 THEN list_transform(r.courses, lambda item, nth: CASE
      WHEN r.condition_1[nth] THEN 0 -- S32: refuse not_passed
      ELSE 1 -- S31: grant
    END) END AS item_outcome_numbers
  FROM "step_1" AS r
),
"step_3" AS NOT MATERIALIZED (
  SELECT r.*,
    -- amountFen of each item
    CASE r.outcome_number WHEN 0 THEN list_transform(r.courses, lambda item, nth: CASE r.item_outcome_numbers[nth] WHEN 1 THEN r.amount_by_level[item.level] END) END AS item_amount_fen
  FROM "step_2" AS r
),
"counted" AS NOT MATERIALIZED (
  SELECT
    r.region AS key_1,
    r.outcome_number AS number,
    count(*) AS cases,
    sum(CASE r.outcome_number WHEN 0 THEN r.amount_fen END) AS sum_result_amount_fen,
    sum(list_sum(r.item_amount_fen)) AS sum_item_amount_fen
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
  "months" BIGINT NOT NULL CHECK ("months" BETWEEN 0 AND 600),
  "courses" STRUCT("level" BIGINT, "special" BOOLEAN, "passed_on" DATE, "paid_fen" BIGINT)[] NOT NULL CHECK (len("courses") <= 20 AND list_count("courses") = len("courses"))
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
    f.courses,
    v.courses_max,
    v.months_min,
    v.value_set IS NOT NULL AND f.months IS NOT NULL AND f.courses IS NOT NULL AS is_complete
  FROM "club"."cases" AS f
  LEFT JOIN "value_sets" AS v ON v.value_set = f."region"
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'refused', 'member_too_short', 'S34'),
  (1, 'granted', NULL::text, 'S35')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const passed = filterOf(facts.courses, (course) => course.passedOn !== null)
    list_filter(range(1, len(r.courses) + 1), lambda nth: r.courses[nth].passed_on IS NOT NULL) AS passed
  FROM "given" AS r
),
"step_2" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const dearest = firstOf( sortOf(passed, (course) => course.paidFen, 'descending'), values.coursesMax, )
    (list_transform(list_sort(list_transform(r.passed, lambda nth, place: {'key': -(r.courses[nth].paid_fen), 'place': place, 'nth': nth})), lambda sorted: sorted.nth))[1:r.courses_max] AS dearest,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      WHEN r.months < r.months_min THEN 0 -- S34: refuse member_too_short
      ELSE 1 -- S35: grant
    END AS outcome_number
  FROM "step_1" AS r
)
SELECT
  r.number AS number,
  e.outcome AS outcome,
  e.reason AS reason,
  e.because AS because,
  CASE r.outcome_number WHEN 1 THEN COALESCE(list_sum(list_transform(r.dearest, lambda nth: r.courses[nth].paid_fen)), 0)::BIGINT END AS result_amount_fen,
  CASE r.outcome_number WHEN 1 THEN len(list_filter(r.dearest, lambda nth: TRUE)) END AS result_courses_paid,
  CASE r.outcome_number WHEN 1 THEN COALESCE(list_sum(list_transform(r.dearest, lambda nth: r.courses[nth].paid_fen)), 0)::BIGINT END AS amount_fen
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
    f.courses,
    v.courses_max,
    v.months_min,
    v.value_set IS NOT NULL AND f.months IS NOT NULL AND f.courses IS NOT NULL AS is_complete
  FROM "club"."cases" AS f
  LEFT JOIN "value_sets" AS v ON v.value_set = f."region"
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'refused', 'member_too_short', 'S34'),
  (1, 'granted', NULL::text, 'S35')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const passed = filterOf(facts.courses, (course) => course.passedOn !== null)
    list_filter(range(1, len(r.courses) + 1), lambda nth: r.courses[nth].passed_on IS NOT NULL) AS passed
  FROM "given" AS r
),
"step_2" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const dearest = firstOf( sortOf(passed, (course) => course.paidFen, 'descending'), values.coursesMax, )
    (list_transform(list_sort(list_transform(r.passed, lambda nth, place: {'key': -(r.courses[nth].paid_fen), 'place': place, 'nth': nth})), lambda sorted: sorted.nth))[1:r.courses_max] AS dearest,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      WHEN r.months < r.months_min THEN 0 -- S34: refuse member_too_short
      ELSE 1 -- S35: grant
    END AS outcome_number
  FROM "step_1" AS r
),
"counted" AS NOT MATERIALIZED (
  SELECT
    r.region AS key_1,
    r.outcome_number AS number,
    count(*) AS cases,
    sum(CASE r.outcome_number WHEN 1 THEN COALESCE(list_sum(list_transform(r.dearest, lambda nth: r.courses[nth].paid_fen)), 0)::BIGINT END) AS sum_result_amount_fen,
    sum(CASE r.outcome_number WHEN 1 THEN len(list_filter(r.dearest, lambda nth: TRUE)) END) AS sum_result_courses_paid
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
  "months" BIGINT NOT NULL CHECK ("months" BETWEEN 0 AND 600),
  "courses" STRUCT("level" BIGINT, "special" BOOLEAN, "passed_on" DATE, "paid_fen" BIGINT, "sport" VARCHAR)[] NOT NULL CHECK (len("courses") <= 20 AND list_count("courses") = len("courses")),
  "requested_on" DATE NOT NULL CHECK ("requested_on" BETWEEN DATE '1900-01-01' AND DATE '2199-12-31'),
  "hours_by_term" BIGINT[] NOT NULL CHECK (len("hours_by_term") <= 12 AND list_count("hours_by_term") = len("hours_by_term")),
  "absences" BIGINT NOT NULL CHECK ("absences" BETWEEN 0 AND 366)
);

-- Training grant (教练培训补贴), S36, from 2024-01-01
WITH
"value_sets"("value_set", "amount_by_level", "courses_max", "months_min", "valid_months", "hours_min", "term_hours_min", "absence_fen", "refund_rate", "terms_counted") AS (VALUES
  ('club', [5000::bigint, 10000::bigint, 15000::bigint, 15000::bigint, 30000::bigint]::bigint[], 3::bigint, 12::bigint, 24::bigint, 40::bigint, 10::bigint, 500::bigint, 500000::bigint, 2::bigint)
),
"given" AS NOT MATERIALIZED (
  SELECT
    f.number AS number,
    f.months,
    f.courses,
    f.requested_on,
    f.hours_by_term,
    f.absences,
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
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'refused', 'too_little_training', 'S37'),
  (1, 'granted', NULL::text, 'S40')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const longTerms = filterOf(facts.hoursByTerm, (hours) => hours >= values.termHoursMin)
    list_filter(range(1, len(r.hours_by_term) + 1), lambda nth: r.hours_by_term[nth] >= r.term_hours_min) AS long_terms
  FROM "given" AS r
),
"step_2" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const bestTerms = firstOf( sortOf(longTerms, (hours) => hours, 'descending'), values.termsCounted, )
    (list_transform(list_sort(list_transform(r.long_terms, lambda nth, place: {'key': -(r.hours_by_term[nth]), 'place': place, 'nth': nth})), lambda sorted: sorted.nth))[1:r.terms_counted] AS best_terms
  FROM "step_1" AS r
),
"step_3" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const hoursOfBestTerms = sumOf(bestTerms, (hours) => hours)
    COALESCE(list_sum(list_transform(r.best_terms, lambda nth: r.hours_by_term[nth])), 0)::BIGINT AS hours_of_best_terms,
    -- const inTime = filterOf( facts.courses, (course) => addMonths(course.passedOn, values.validMonths) >= facts.requestedOn, )
    list_filter(range(1, len(r.courses) + 1), lambda nth: (r.courses[nth].passed_on + to_months(r.valid_months::INTEGER))::DATE >= r.requested_on) AS in_time
  FROM "step_2" AS r
),
"step_4" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const byDay = sortOf(inTime, (course) => course.passedOn, 'ascending')
    list_transform(list_sort(list_transform(r.in_time, lambda nth, place: {'key': date_diff('day', DATE '1970-01-01', r.courses[nth].passed_on), 'place': place, 'nth': nth})), lambda sorted: sorted.nth) AS by_day
  FROM "step_3" AS r
),
"step_5" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const ranked = sortOf(byDay, (course) => values.amountByLevel[course.level], 'descending')
    list_transform(list_sort(list_transform(r.by_day, lambda nth, place: {'key': -(r.amount_by_level[r.courses[nth].level]), 'place': place, 'nth': nth})), lambda sorted: sorted.nth) AS ranked
  FROM "step_4" AS r
),
"step_6" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const bestPlain = firstOf( filterOf(ranked, (course) => !course.special), 1, )
    (list_filter(r.ranked, lambda nth: NOT r.courses[nth].special))[1:1] AS best_plain
  FROM "step_5" AS r
),
"step_7" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const paid = firstOf( filterOf(ranked, (course) => course.special || hasItem(bestPlain, course)), values.coursesMax, )
    (list_filter(r.ranked, lambda nth: r.courses[nth].special OR list_contains(r.best_plain, nth)))[1:r.courses_max] AS paid
  FROM "step_6" AS r
),
"step_8" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const grossFen = sumOf(paid, (course) => values.amountByLevel[course.level])
    COALESCE(list_sum(list_transform(r.paid, lambda nth: r.amount_by_level[r.courses[nth].level])), 0)::BIGINT AS gross_fen
  FROM "step_7" AS r
),
"step_9" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const amountFen = max(grossFen - values.absenceFen * facts.absences, 0)
    GREATEST(r.gross_fen - r.absence_fen * r.absences, 0) AS amount_fen,
    -- const coursesPaid = countOf(facts.courses, (course) => hasItem(paid, course))
    len(list_filter(r.courses, lambda item, nth: list_contains(r.paid, nth))) AS courses_paid,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      WHEN r.months < r.months_min OR r.hours_of_best_terms < r.hours_min THEN 0 -- S37: refuse too_little_training
      ELSE 1 -- S40: grant
    END AS outcome_number,
    -- hasItem(inTime, course)
    list_transform(r.courses, lambda item, nth: list_contains(r.in_time, nth)) AS condition_1,
    -- const payableUntil = addMonths(course.passedOn, values.validMonths)
    list_transform(r.courses, lambda item: (item.passed_on + to_months(r.valid_months::INTEGER))::DATE) AS payable_until,
    -- hasItem(paid, course)
    list_transform(r.courses, lambda item, nth: list_contains(r.paid, nth)) AS condition_2,
    -- const worthFen = hasItem(paid, course) ? values.amountByLevel[course.level] : 0
    list_transform(r.courses, lambda item, nth: CASE WHEN list_contains(r.paid, nth) THEN r.amount_by_level[item.level] ELSE 0::bigint END) AS worth_fen,
    -- const refundFen = min(share(course.paidFen, values.refundRate), course.paidFen)
    list_transform(r.courses, lambda item: LEAST(((item.paid_fen * r.refund_rate + 500000) // 1000000), item.paid_fen)) AS refund_fen
  FROM "step_8" AS r
),
"step_10" AS NOT MATERIALIZED (
  SELECT r.*,
    -- the outcome of each item
    CASE r.outcome_number WHEN 0 THEN list_transform(r.courses, lambda item, nth: CASE
      WHEN r.condition_1[nth] THEN 0 -- S38: refer kept_for_later
      ELSE 1 -- S39: refuse too_late
    END) WHEN 1 THEN list_transform(r.courses, lambda item, nth: CASE
      WHEN NOT list_contains(r.in_time, nth) THEN 2 -- S39: refuse too_late
      WHEN item.sport IN ('chess') AND NOT list_contains(r.paid, nth) THEN 3 -- S41: refuse others_rank_higher
      WHEN item.sport IN ('chess') THEN 4 -- S42: refer chess_is_looked_at
      WHEN item.sport IN ('other') AND r.condition_2[nth] THEN 5 -- S43: grant
      WHEN item.sport IN ('other') THEN 6 -- S41: refuse others_rank_higher
      WHEN r.worth_fen[nth] = 0 THEN 7 -- S41: refuse others_rank_higher
      WHEN item.special THEN 8 -- S44: grant
      ELSE 9 -- S40: grant
    END) END AS item_outcome_numbers
  FROM "step_9" AS r
),
"step_11" AS NOT MATERIALIZED (
  SELECT r.*,
    -- amountFen of each item
    CASE r.outcome_number WHEN 0 THEN NULL WHEN 1 THEN list_transform(r.courses, lambda item, nth: CASE r.item_outcome_numbers[nth] WHEN 5 THEN r.amount_by_level[item.level] WHEN 8 THEN r.worth_fen[nth] WHEN 9 THEN r.worth_fen[nth] END) END AS item_amount_fen,
    -- refundFen of each item
    CASE r.outcome_number WHEN 0 THEN NULL WHEN 1 THEN list_transform(r.courses, lambda item, nth: CASE r.item_outcome_numbers[nth] WHEN 8 THEN r.refund_fen[nth] WHEN 9 THEN r.refund_fen[nth] END) END AS item_refund_fen,
    -- payableUntil of each item
    CASE r.outcome_number WHEN 0 THEN NULL WHEN 1 THEN list_transform(r.courses, lambda item, nth: CASE r.item_outcome_numbers[nth] WHEN 5 THEN r.payable_until[nth] WHEN 8 THEN r.payable_until[nth] WHEN 9 THEN r.payable_until[nth] END) END AS item_payable_until
  FROM "step_10" AS r
)
SELECT
  r.number AS number,
  e.outcome AS outcome,
  e.reason AS reason,
  e.because AS because,
  CASE r.outcome_number WHEN 1 THEN r.amount_fen END AS result_amount_fen,
  CASE r.outcome_number WHEN 1 THEN r.courses_paid END AS result_courses_paid,
  CASE r.outcome_number WHEN 1 THEN r.hours_of_best_terms END AS result_hours_of_best_terms,
  CASE r.outcome_number WHEN 1 THEN len(list_filter(r.hours_by_term, lambda item: NOT item > 0)) = 0 END AS result_regular,
  CASE r.outcome_number WHEN 1 THEN r.amount_fen END AS amount_fen,
  CASE WHEN r.item_outcome_numbers IS NOT NULL THEN list_transform(r.item_outcome_numbers, lambda ending, nth: {'outcome': CASE ending WHEN 0 THEN 'referred' WHEN 1 THEN 'refused' WHEN 2 THEN 'refused' WHEN 3 THEN 'refused' WHEN 4 THEN 'referred' WHEN 5 THEN 'granted' WHEN 6 THEN 'refused' WHEN 7 THEN 'refused' WHEN 8 THEN 'granted' WHEN 9 THEN 'granted' END, 'reason': CASE ending WHEN 0 THEN 'kept_for_later' WHEN 1 THEN 'too_late' WHEN 2 THEN 'too_late' WHEN 3 THEN 'others_rank_higher' WHEN 4 THEN 'chess_is_looked_at' WHEN 5 THEN NULL::text WHEN 6 THEN 'others_rank_higher' WHEN 7 THEN 'others_rank_higher' WHEN 8 THEN NULL::text WHEN 9 THEN NULL::text END, 'because': CASE ending WHEN 0 THEN 'S38' WHEN 1 THEN 'S39' WHEN 2 THEN 'S39' WHEN 3 THEN 'S41' WHEN 4 THEN 'S42' WHEN 5 THEN 'S43' WHEN 6 THEN 'S41' WHEN 7 THEN 'S41' WHEN 8 THEN 'S44' WHEN 9 THEN 'S40' END, 'result_amount_fen': r.item_amount_fen[nth], 'result_refund_fen': r.item_refund_fen[nth], 'result_payable_until': r.item_payable_until[nth]}) END AS items
FROM "step_11" AS r
LEFT JOIN "endings" AS e ON e.ending = r.outcome_number;

-- Training grant (教练培训补贴), S36, from 2024-01-01
WITH
"value_sets"("value_set", "amount_by_level", "courses_max", "months_min", "valid_months", "hours_min", "term_hours_min", "absence_fen", "refund_rate", "terms_counted") AS (VALUES
  ('club', [5000::bigint, 10000::bigint, 15000::bigint, 15000::bigint, 30000::bigint]::bigint[], 3::bigint, 12::bigint, 24::bigint, 40::bigint, 10::bigint, 500::bigint, 500000::bigint, 2::bigint)
),
"given" AS NOT MATERIALIZED (
  SELECT
    f.region AS region,
    f.months,
    f.courses,
    f.requested_on,
    f.hours_by_term,
    f.absences,
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
),
"endings"("ending", "outcome", "reason", "because") AS (VALUES
  (0, 'refused', 'too_little_training', 'S37'),
  (1, 'granted', NULL::text, 'S40')
),
"step_1" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const longTerms = filterOf(facts.hoursByTerm, (hours) => hours >= values.termHoursMin)
    list_filter(range(1, len(r.hours_by_term) + 1), lambda nth: r.hours_by_term[nth] >= r.term_hours_min) AS long_terms
  FROM "given" AS r
),
"step_2" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const bestTerms = firstOf( sortOf(longTerms, (hours) => hours, 'descending'), values.termsCounted, )
    (list_transform(list_sort(list_transform(r.long_terms, lambda nth, place: {'key': -(r.hours_by_term[nth]), 'place': place, 'nth': nth})), lambda sorted: sorted.nth))[1:r.terms_counted] AS best_terms
  FROM "step_1" AS r
),
"step_3" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const hoursOfBestTerms = sumOf(bestTerms, (hours) => hours)
    COALESCE(list_sum(list_transform(r.best_terms, lambda nth: r.hours_by_term[nth])), 0)::BIGINT AS hours_of_best_terms,
    -- const inTime = filterOf( facts.courses, (course) => addMonths(course.passedOn, values.validMonths) >= facts.requestedOn, )
    list_filter(range(1, len(r.courses) + 1), lambda nth: (r.courses[nth].passed_on + to_months(r.valid_months::INTEGER))::DATE >= r.requested_on) AS in_time
  FROM "step_2" AS r
),
"step_4" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const byDay = sortOf(inTime, (course) => course.passedOn, 'ascending')
    list_transform(list_sort(list_transform(r.in_time, lambda nth, place: {'key': date_diff('day', DATE '1970-01-01', r.courses[nth].passed_on), 'place': place, 'nth': nth})), lambda sorted: sorted.nth) AS by_day
  FROM "step_3" AS r
),
"step_5" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const ranked = sortOf(byDay, (course) => values.amountByLevel[course.level], 'descending')
    list_transform(list_sort(list_transform(r.by_day, lambda nth, place: {'key': -(r.amount_by_level[r.courses[nth].level]), 'place': place, 'nth': nth})), lambda sorted: sorted.nth) AS ranked
  FROM "step_4" AS r
),
"step_6" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const bestPlain = firstOf( filterOf(ranked, (course) => !course.special), 1, )
    (list_filter(r.ranked, lambda nth: NOT r.courses[nth].special))[1:1] AS best_plain
  FROM "step_5" AS r
),
"step_7" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const paid = firstOf( filterOf(ranked, (course) => course.special || hasItem(bestPlain, course)), values.coursesMax, )
    (list_filter(r.ranked, lambda nth: r.courses[nth].special OR list_contains(r.best_plain, nth)))[1:r.courses_max] AS paid
  FROM "step_6" AS r
),
"step_8" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const grossFen = sumOf(paid, (course) => values.amountByLevel[course.level])
    COALESCE(list_sum(list_transform(r.paid, lambda nth: r.amount_by_level[r.courses[nth].level])), 0)::BIGINT AS gross_fen
  FROM "step_7" AS r
),
"step_9" AS NOT MATERIALIZED (
  SELECT r.*,
    -- const amountFen = max(grossFen - values.absenceFen * facts.absences, 0)
    GREATEST(r.gross_fen - r.absence_fen * r.absences, 0) AS amount_fen,
    -- const coursesPaid = countOf(facts.courses, (course) => hasItem(paid, course))
    len(list_filter(r.courses, lambda item, nth: list_contains(r.paid, nth))) AS courses_paid,
    -- the outcome
    CASE
      WHEN NOT r.is_complete THEN NULL -- a required fact or the values are not there
      WHEN r.months < r.months_min OR r.hours_of_best_terms < r.hours_min THEN 0 -- S37: refuse too_little_training
      ELSE 1 -- S40: grant
    END AS outcome_number,
    -- hasItem(inTime, course)
    list_transform(r.courses, lambda item, nth: list_contains(r.in_time, nth)) AS condition_1,
    -- const payableUntil = addMonths(course.passedOn, values.validMonths)
    list_transform(r.courses, lambda item: (item.passed_on + to_months(r.valid_months::INTEGER))::DATE) AS payable_until,
    -- hasItem(paid, course)
    list_transform(r.courses, lambda item, nth: list_contains(r.paid, nth)) AS condition_2,
    -- const worthFen = hasItem(paid, course) ? values.amountByLevel[course.level] : 0
    list_transform(r.courses, lambda item, nth: CASE WHEN list_contains(r.paid, nth) THEN r.amount_by_level[item.level] ELSE 0::bigint END) AS worth_fen,
    -- const refundFen = min(share(course.paidFen, values.refundRate), course.paidFen)
    list_transform(r.courses, lambda item: LEAST(((item.paid_fen * r.refund_rate + 500000) // 1000000), item.paid_fen)) AS refund_fen
  FROM "step_8" AS r
),
"step_10" AS NOT MATERIALIZED (
  SELECT r.*,
    -- the outcome of each item
    CASE r.outcome_number WHEN 0 THEN list_transform(r.courses, lambda item, nth: CASE
      WHEN r.condition_1[nth] THEN 0 -- S38: refer kept_for_later
      ELSE 1 -- S39: refuse too_late
    END) WHEN 1 THEN list_transform(r.courses, lambda item, nth: CASE
      WHEN NOT list_contains(r.in_time, nth) THEN 2 -- S39: refuse too_late
      WHEN item.sport IN ('chess') AND NOT list_contains(r.paid, nth) THEN 3 -- S41: refuse others_rank_higher
      WHEN item.sport IN ('chess') THEN 4 -- S42: refer chess_is_looked_at
      WHEN item.sport IN ('other') AND r.condition_2[nth] THEN 5 -- S43: grant
      WHEN item.sport IN ('other') THEN 6 -- S41: refuse others_rank_higher
      WHEN r.worth_fen[nth] = 0 THEN 7 -- S41: refuse others_rank_higher
      WHEN item.special THEN 8 -- S44: grant
      ELSE 9 -- S40: grant
    END) END AS item_outcome_numbers
  FROM "step_9" AS r
),
"step_11" AS NOT MATERIALIZED (
  SELECT r.*,
    -- amountFen of each item
    CASE r.outcome_number WHEN 0 THEN NULL WHEN 1 THEN list_transform(r.courses, lambda item, nth: CASE r.item_outcome_numbers[nth] WHEN 5 THEN r.amount_by_level[item.level] WHEN 8 THEN r.worth_fen[nth] WHEN 9 THEN r.worth_fen[nth] END) END AS item_amount_fen,
    -- refundFen of each item
    CASE r.outcome_number WHEN 0 THEN NULL WHEN 1 THEN list_transform(r.courses, lambda item, nth: CASE r.item_outcome_numbers[nth] WHEN 8 THEN r.refund_fen[nth] WHEN 9 THEN r.refund_fen[nth] END) END AS item_refund_fen,
    -- payableUntil of each item
    CASE r.outcome_number WHEN 0 THEN NULL WHEN 1 THEN list_transform(r.courses, lambda item, nth: CASE r.item_outcome_numbers[nth] WHEN 5 THEN r.payable_until[nth] WHEN 8 THEN r.payable_until[nth] WHEN 9 THEN r.payable_until[nth] END) END AS item_payable_until
  FROM "step_10" AS r
),
"counted" AS NOT MATERIALIZED (
  SELECT
    r.region AS key_1,
    r.outcome_number AS number,
    count(*) AS cases,
    sum(CASE r.outcome_number WHEN 1 THEN r.amount_fen END) AS sum_result_amount_fen,
    sum(CASE r.outcome_number WHEN 1 THEN r.courses_paid END) AS sum_result_courses_paid,
    sum(CASE r.outcome_number WHEN 1 THEN r.hours_of_best_terms END) AS sum_result_hours_of_best_terms,
    sum(list_sum(r.item_amount_fen)) AS sum_item_amount_fen,
    sum(list_sum(r.item_refund_fen)) AS sum_item_refund_fen
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
