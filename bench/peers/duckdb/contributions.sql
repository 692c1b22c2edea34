-- Five insurances and the income tax they leave (B1.07), written by hand: `law` has a row for each region.
WITH based AS (
  SELECT
    f.*, v.*,
    CASE
      WHEN monthly_wage_fen > pension_base_max_fen THEN pension_base_max_fen
      WHEN monthly_wage_fen < pension_base_min_fen THEN pension_base_min_fen
      ELSE monthly_wage_fen
    END::BIGINT AS pension_base_fen,
    CASE
      WHEN monthly_wage_fen > medical_base_max_fen THEN medical_base_max_fen
      WHEN monthly_wage_fen < medical_base_min_fen THEN medical_base_min_fen
      ELSE monthly_wage_fen
    END::BIGINT AS medical_base_fen
  FROM facts AS f JOIN law AS v USING (region)
),
monthly AS (
  SELECT
    *,
    months * (
      (pension_base_fen * pension_person_rate_ppm + 500000) // 1000000
      + (medical_base_fen * medical_person_rate_ppm + 500000) // 1000000
      + medical_person_fixed_fen
      + (pension_base_fen * unemployment_person_rate_ppm + 500000) // 1000000
    ) AS person_fen,
    months * (
      (pension_base_fen * pension_employer_rate_ppm + 500000) // 1000000
      + (medical_base_fen * medical_employer_rate_ppm + 500000) // 1000000
      + (pension_base_fen * unemployment_employer_rate_ppm + 500000) // 1000000
      + (pension_base_fen * CASE industry_class
          WHEN 'class_1' THEN {workInjuryRatePpm.class_1} WHEN 'class_2' THEN {workInjuryRatePpm.class_2}
          WHEN 'class_3' THEN {workInjuryRatePpm.class_3} WHEN 'class_4' THEN {workInjuryRatePpm.class_4}
          WHEN 'class_5' THEN {workInjuryRatePpm.class_5} WHEN 'class_6' THEN {workInjuryRatePpm.class_6}
          WHEN 'class_7' THEN {workInjuryRatePpm.class_7} ELSE {workInjuryRatePpm.class_8} END + 500000) // 1000000
      + (medical_base_fen * maternity_employer_rate_ppm + 500000) // 1000000
    ) AS employer_fen
  FROM based
),
yearly AS (
  SELECT
    person_fen, employer_fen,
    (monthly_wage_fen::BIGINT - additional_deductions_fen) * months - {basicDeductionFen} - person_fen - other_deductions_fen AS taxable_fen
  FROM monthly
)
SELECT
  'granted' AS ending,
  count(*) AS cases,
  sum(person_fen) AS "personFen",
  sum(employer_fen) AS "employerFen",
  sum(CASE
    WHEN taxable_fen <= 0 THEN 0
    WHEN taxable_fen <= {bracketUpToFen.1st} THEN (taxable_fen * {bracketRatePpm.1st} + 500000) // 1000000 - {quickDeductionFen.1st}
    WHEN taxable_fen <= {bracketUpToFen.2nd} THEN (taxable_fen * {bracketRatePpm.2nd} + 500000) // 1000000 - {quickDeductionFen.2nd}
    WHEN taxable_fen <= {bracketUpToFen.3rd} THEN (taxable_fen * {bracketRatePpm.3rd} + 500000) // 1000000 - {quickDeductionFen.3rd}
    WHEN taxable_fen <= {bracketUpToFen.4th} THEN (taxable_fen * {bracketRatePpm.4th} + 500000) // 1000000 - {quickDeductionFen.4th}
    WHEN taxable_fen <= {bracketUpToFen.5th} THEN (taxable_fen * {bracketRatePpm.5th} + 500000) // 1000000 - {quickDeductionFen.5th}
    WHEN taxable_fen <= {bracketUpToFen.6th} THEN (taxable_fen * {bracketRatePpm.6th} + 500000) // 1000000 - {quickDeductionFen.6th}
    ELSE (taxable_fen * {bracketRatePpm.7th} + 500000) // 1000000 - {quickDeductionFen.7th}
  END) AS "incomeTaxFen"
FROM yearly
