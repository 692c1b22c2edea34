-- Skill subsidy with certificates counted by level (C3), written by hand: CASE is many times faster than least() and greatest().
WITH counted AS (
  SELECT
    status, months_paid,
    urgent_senior + (plain_senior > 0)::UTINYINT AS senior,
    urgent_intermediate + (plain_senior = 0 AND plain_intermediate > 0)::UTINYINT AS intermediate,
    urgent_junior + (plain_senior = 0 AND plain_intermediate = 0 AND plain_junior > 0)::UTINYINT AS junior
  FROM facts
),
decided AS (
  SELECT
    CASE
      WHEN status = 'other' THEN 0
      WHEN months_paid < {monthsPaidMin} THEN 1
      WHEN senior + intermediate + junior = 0 THEN 2
      ELSE 3
    END::UTINYINT AS ending,
    -- The best ones first: each that counts has a junior's amount, and what a better one has more.
    {juniorFen} * CASE WHEN senior + intermediate + junior > {subsidiesMax} THEN {subsidiesMax} ELSE senior + intermediate + junior END
    + ({intermediateFen} - {juniorFen}) * CASE WHEN senior + intermediate > {subsidiesMax} THEN {subsidiesMax} ELSE senior + intermediate END
    + ({seniorFen} - {intermediateFen}) * CASE WHEN senior > {subsidiesMax} THEN {subsidiesMax} ELSE senior END AS subsidy_fen
  FROM counted
)
SELECT
  ['neither_employed_nor_on_benefit', 'months_paid_below_minimum', 'no_certificate_that_counts', 'granted'][ending + 1] AS ending,
  count(*) AS cases,
  sum(subsidy_fen) FILTER (ending = 3) AS "subsidyFen"
FROM decided
GROUP BY decided.ending
