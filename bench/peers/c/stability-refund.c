// The job-retention refund of Hebei (C2.02-C2.07): the formula of services/stability-refund/policy.ts.
#include "engine.h"
#include "values.h"
#include <math.h>

const struct column columns[] = {
    {"monthsPaidInFull", 2}, {"insuredHeadcount", 4},  {"layoffRatePpm", 4},
    {"seriouslyDishonest", 1}, {"inBankruptcyOrDeregistration", 1}, {"entityKind", 1},
    {"size", 1},             {"paidLastYearFen", 8},   {NULL, 0},
};
enum { TOO_SHORT, LAYOFFS, DISHONEST, BANKRUPT, GRANTED };
const char *const end_names[] = {"months_in_full_below_minimum", "layoffs_above_limit", "seriously_dishonest",
                                 "bankruptcy_or_deregistration", "granted", NULL};
const char *const sum_names[] = {"refundFen", NULL};

struct employers {
  const uint16_t *restrict months;
  const int32_t *restrict headcount, *restrict layoff_ppm;
  const uint8_t *restrict dishonest, *restrict bankrupt, *restrict kind, *restrict size;
  const double *restrict paid_fen;
};

static inline struct employers employers_of(const void *const *c) {
  return (struct employers){c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]};
}

// A lookup in a table would become a gather; four sizes are told apart faster by comparing.
static inline int of_size(const int *table, int size) {
  return size == 0 ? table[0] : size == 1 ? table[1] : size == 2 ? table[2] : table[3];
}

// Each 0 or 1, exactly one of them 1; no branches, so that the loop can be turned into vectors.
struct outcome {
  int too_short, layoffs, dishonest, bankrupt, granted;
  double refund_fen;
};

static inline struct outcome decide(struct employers e, size_t row) {
  int limit_ppm = e.headcount[row] <= smallHeadcountMax ? smallLayoffRateMaxPpm : layoffRateMaxPpm;
  int too_short = e.months[row] < monthsPaidMin;
  int layoffs = (e.layoff_ppm[row] > limit_ppm) & ~too_short;
  int dishonest = e.dishonest[row] & ~(too_short | layoffs);
  int bankrupt = e.bankrupt[row] & ~(too_short | layoffs | dishonest);
  int granted = (too_short | layoffs | dishonest | bankrupt) ^ 1;
  int reference_ppm = of_size(referenceRefundRatePpm, e.size[row]);
  int rate_ppm = e.kind[row] != 0 ? reference_ppm : of_size(refundRatePpm, e.size[row]);
  // Rates are whole basis points; below 6e11 fen a product by 1e-4 has the right floor.
  double refund_fen = floor((e.paid_fen[row] * (rate_ppm / 100) + 5000) * 1e-4);
  return (struct outcome){too_short, layoffs, dishonest, bankrupt, granted, granted ? refund_fen : 0};
}

void run_totals(const void *const *data, size_t from, size_t to, struct totals *totals) {
  struct employers employers = employers_of(data);
  int too_short = 0, layoffs = 0, dishonest = 0, bankrupt = 0, granted = 0;
  int64_t sum = 0;
  for (size_t row = from; row < to; row++) {
    struct outcome outcome = decide(employers, row);
    too_short += outcome.too_short;
    layoffs += outcome.layoffs;
    dishonest += outcome.dishonest;
    bankrupt += outcome.bankrupt;
    granted += outcome.granted;
    sum += (int64_t)outcome.refund_fen;
  }
  const int ends[] = {too_short, layoffs, dishonest, bankrupt, granted};
  for (int end = 0; end <= GRANTED; end++) totals->ends[end] += ends[end];
  totals->sums[0] += sum;
}

void run_stored(const void *const *data, size_t from, size_t to, struct totals *totals, uint8_t *ends,
                double *const *results) {
  struct employers employers = employers_of(data);
  for (size_t row = from; row < to; row++) {
    struct outcome outcome = decide(employers, row);
    ends[row] = (uint8_t)(LAYOFFS * outcome.layoffs + DISHONEST * outcome.dishonest + BANKRUPT * outcome.bankrupt +
                          GRANTED * outcome.granted);
    results[0][row] = outcome.refund_fen;
  }
  run_totals(data, from, to, totals);
}
