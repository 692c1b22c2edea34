// Five insurances and the income tax they leave (B1.07): the formula of services/contributions/policy.ts, values by region.
#include "engine.h"
#include "values.h"
#include <math.h>

const struct column columns[] = {
    {"@set", 1}, {"monthlyWageFen", 4}, {"months", 1}, {"industryClass", 1}, {"additionalDeductionsFen", 4},
    {"otherDeductionsFen", 4}, {NULL, 0},
};
const char *const end_names[] = {"granted", NULL};
const char *const sum_names[] = {"personFen", "employerFen", "incomeTaxFen", NULL};

struct people {
  const uint8_t *restrict region;
  const int32_t *restrict wage_fen;
  const uint8_t *restrict months, *restrict class;
  const int32_t *restrict additional_fen, *restrict other_fen;
};

static inline struct people people_of(const void *const *c) {
  return (struct people){c[0], c[1], c[2], c[3], c[4], c[5]};
}

struct outcome {
  double person_fen, employer_fen, tax_fen;
};

static inline double lesser(double a, double b) { return a < b ? a : b; }
static inline double greater(double a, double b) { return a > b ? a : b; }

// Half up. Products stay below 2^53 and quotients below 6e9, where a product by 1e-6 has the right floor.
static inline double share(double fen, int ppm) { return floor((fen * ppm + 500000) * 1e-6); }

// The brackets of the national law: the same in every region.
static inline double tax_of(int r, double taxable_fen) {
  int rate_ppm = bracketRatePpm(r, 6), quick_fen = quickDeductionFen(r, 6);
  for (int bracket = 5; bracket >= 0; bracket--) {
    int within = taxable_fen <= bracketUpToFen(r, bracket);
    rate_ppm = within ? bracketRatePpm(r, bracket) : rate_ppm;
    quick_fen = within ? quickDeductionFen(r, bracket) : quick_fen;
  }
  return greater(share(taxable_fen, rate_ppm) - quick_fen, 0);
}

static inline struct outcome decide(struct people p, size_t row) {
  int r = p.region[row];
  double wage = p.wage_fen[row], months = p.months[row];
  double pension_base = lesser(greater(wage, pensionBaseMinFen(r)), pensionBaseMaxFen(r));
  double medical_base = lesser(greater(wage, medicalBaseMinFen(r)), medicalBaseMaxFen(r));
  double person_month = share(pension_base, pensionPersonRatePpm(r)) + share(medical_base, medicalPersonRatePpm(r)) +
                        medicalPersonFixedFen(r) + share(pension_base, unemploymentPersonRatePpm(r));
  double employer_month =
      share(pension_base, pensionEmployerRatePpm(r)) + share(medical_base, medicalEmployerRatePpm(r)) +
      share(pension_base, unemploymentEmployerRatePpm(r)) + share(pension_base, workInjuryRatePpm(r, p.class[row])) +
      share(medical_base, maternityEmployerRatePpm(r));
  double person = person_month * months;
  double deductions = basicDeductionFen(r) + person + p.additional_fen[row] * months + p.other_fen[row];
  return (struct outcome){person, employer_month * months, tax_of(r, greater(wage * months - deductions, 0))};
}

void run_totals(const void *const *data, size_t from, size_t to, struct totals *totals) {
  struct people people = people_of(data);
  int64_t person = 0, employer = 0, tax = 0;
  for (size_t row = from; row < to; row++) {
    struct outcome outcome = decide(people, row);
    person += (int64_t)outcome.person_fen;
    employer += (int64_t)outcome.employer_fen;
    tax += (int64_t)outcome.tax_fen;
  }
  totals->ends[0] += (int64_t)(to - from);
  totals->sums[0] += person;
  totals->sums[1] += employer;
  totals->sums[2] += tax;
}

void run_stored(const void *const *data, size_t from, size_t to, struct totals *totals, uint8_t *ends,
                double *const *results) {
  struct people people = people_of(data);
  for (size_t row = from; row < to; row++) {
    struct outcome outcome = decide(people, row);
    ends[row] = 0;
    results[0][row] = outcome.person_fen;
    results[1][row] = outcome.employer_fen;
    results[2][row] = outcome.tax_fen;
  }
  run_totals(data, from, to, totals);
}
