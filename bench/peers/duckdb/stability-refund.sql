-- Job-retention refund (C2.02-C2.07), written by hand: one pass, rows grouped by the number of what they came to.
WITH decided AS (
  SELECT
    CASE
      WHEN months_paid_in_full < {monthsPaidMin} THEN 0
      WHEN layoff_rate_ppm > CASE WHEN insured_headcount <= {smallHeadcountMax} THEN {smallLayoffRateMaxPpm} ELSE {layoffRateMaxPpm} END THEN 1
      WHEN seriously_dishonest THEN 2
      WHEN in_bankruptcy_or_deregistration THEN 3
      ELSE 4
    END::UTINYINT AS ending,
    paid_last_year_fen * CASE
      WHEN entity_kind <> 'enterprise' THEN CASE size
        WHEN 'large' THEN {referenceRefundRatePpm.large} WHEN 'medium' THEN {referenceRefundRatePpm.medium}
        WHEN 'small' THEN {referenceRefundRatePpm.small} ELSE {referenceRefundRatePpm.micro} END
      ELSE CASE size
        WHEN 'large' THEN {refundRatePpm.large} WHEN 'medium' THEN {refundRatePpm.medium}
        WHEN 'small' THEN {refundRatePpm.small} ELSE {refundRatePpm.micro} END
    END AS paid_times_rate
  FROM facts
)
SELECT
  ['months_in_full_below_minimum', 'layoffs_above_limit', 'seriously_dishonest', 'bankruptcy_or_deregistration', 'granted'][ending + 1] AS ending,
  count(*) AS cases,
  sum((paid_times_rate + 500000) // 1000000) FILTER (ending = 4) AS "refundFen"
FROM decided
GROUP BY decided.ending
