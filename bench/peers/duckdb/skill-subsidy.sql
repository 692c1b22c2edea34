-- Skill subsidy certificate by certificate (C3.01-C3.06), written by hand: certificates unpacked, ranked by window functions, and summed up.
WITH person AS (
  SELECT
    rowid AS person, status, months_paid, year, applied_on, certificates,
    coalesce(urgent_paid_this_year, 0)::INTEGER AS urgent_before,
    coalesce(plain_paid_this_year, 0)::INTEGER AS plain_before,
    (DATE '{firstYearBeginsOn}' + to_months({yearMonths} * (year::INTEGER - {firstYear})))::DATE AS year_begins_on
  FROM facts
),
claim AS (
  SELECT
    *, (year_begins_on + to_months({yearMonths}))::DATE AS next_year_begins_on,
    coalesce(applied_on, year_begins_on) AS claimed_from,
    coalesce(applied_on + 1, next_year_begins_on) AS claimed_before,
    (claimed_from - to_months({claimMonthsMax}))::DATE AS issued_from
  FROM person
),
certificate AS (
  SELECT
    person, issued_from, claimed_before, urgent_before, plain_before,
    unnest(certificates) AS c, generate_subscripts(certificates, 1) AS place
  FROM claim
),
rated AS (
  SELECT
    person, place, urgent_before, plain_before, c.urgent AS urgent,
    c.issued_on >= issued_from AND c.issued_on < claimed_before AS in_time,
    c.paid_before IS NOT TRUE AS unpaid,
    CASE c.level WHEN 5 THEN {amountByLevelFen.5} WHEN 4 THEN {amountByLevelFen.4} WHEN 3 THEN {amountByLevelFen.3} WHEN 2 THEN {amountByLevelFen.2} ELSE {amountByLevelFen.1} END AS amount_fen
  FROM certificate
  WHERE amount_fen > 0
),
found AS (
  SELECT
    person,
    count(*) FILTER (in_time) AS in_time,
    count(*) FILTER (in_time AND unpaid) AS unpaid
  FROM rated
  GROUP BY person
),
ranked AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY person, urgent ORDER BY amount_fen DESC, place) AS rank_in_kind,
    count(*) FILTER (urgent) OVER (PARTITION BY person) + urgent_before AS urgent_in_year
  FROM rated
  WHERE in_time AND unpaid
),
placed AS (
  SELECT *, row_number() OVER (PARTITION BY person ORDER BY amount_fen DESC, place) AS rank
  FROM ranked
  WHERE urgent OR rank_in_kind <= {plainYearMax} - plain_before
),
paid AS (
  SELECT person, sum(amount_fen) AS amount_fen, count(*) AS certificates_paid, count(*) FILTER (NOT urgent) AS plain_paid
  FROM placed
  WHERE rank <= CASE WHEN urgent_in_year > 0 THEN {urgentYearMax} ELSE {yearMax} END - urgent_before - plain_before
  GROUP BY person
),
decided AS (
  SELECT
    CASE
      WHEN months_paid < {monthsPaidMin} THEN 'insured_months_below_minimum'
      WHEN status = 'other' THEN 'status_not_covered'
      WHEN year < {firstYear} THEN 'year_before_policy'
      WHEN claimed_from < year_begins_on OR claimed_before > next_year_begins_on THEN 'applied_in_another_year'
      WHEN found.person IS NULL THEN 'no_certificate_of_paid_level'
      WHEN in_time = 0 THEN 'outside_claim_term'
      WHEN unpaid = 0 THEN 'paid_before'
      WHEN paid.person IS NULL THEN 'year_limit_reached'
      ELSE 'granted'
    END AS ending,
    amount_fen, certificates_paid, plain_paid
  FROM claim LEFT JOIN found USING (person) LEFT JOIN paid USING (person)
)
SELECT
  ending,
  count(*) AS cases,
  sum(amount_fen) FILTER (ending = 'granted') AS "amountFen",
  sum(certificates_paid) FILTER (ending = 'granted') AS "certificatesPaid",
  sum(plain_paid) FILTER (ending = 'granted') AS "plainPaid"
FROM decided
GROUP BY ending
