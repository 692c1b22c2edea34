// The skill subsidy of Hebei with certificates counted by level (C3): the formula of policies/skill-subsidy-flat.ts.
#include "engine.h"
#include "values.h"

const struct column columns[] = {
    {"status", 1},        {"monthsPaid", 1},    {"plainJunior", 1},       {"plainIntermediate", 1},
    {"plainSenior", 1},   {"urgentJunior", 1},  {"urgentIntermediate", 1}, {"urgentSenior", 1},
    {NULL, 0},
};
enum { OTHER, TOO_SHORT, NO_CERTIFICATE, GRANTED };
const char *const end_names[] = {"neither_employed_nor_on_benefit", "months_paid_below_minimum",
                                 "no_certificate_that_counts", "granted", NULL};
const char *const sum_names[] = {"subsidyFen", NULL};

static inline int lesser(int a, int b) { return a < b ? a : b; }

// The columns by name: a loop over an array of pointers would not be turned into vectors.
struct people {
  const uint8_t *restrict status, *restrict months, *restrict plain_junior, *restrict plain_intermediate,
      *restrict plain_senior, *restrict urgent_junior, *restrict urgent_intermediate, *restrict urgent_senior;
};

static inline struct people people_of(const void *const *c) {
  return (struct people){c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]};
}

// Each 0 or 1, exactly one of them 1; no branches, so that the loop can be turned into vectors.
struct outcome {
  int other, too_short, none, granted, subsidy_fen;
};

static inline struct outcome decide(struct people people, size_t row) {
  int plain_senior = lesser(people.plain_senior[row], 1);
  int plain_intermediate = lesser(people.plain_intermediate[row], 1) & ~plain_senior;
  int plain_junior = lesser(people.plain_junior[row], 1) & ~(plain_senior | plain_intermediate);
  int senior = lesser(people.urgent_senior[row] + plain_senior, subsidiesMax);
  int intermediate = lesser(people.urgent_intermediate[row] + plain_intermediate, subsidiesMax - senior);
  int junior = lesser(people.urgent_junior[row] + plain_junior, subsidiesMax - senior - intermediate);
  int other = people.status[row] == 2;
  int too_short = (people.months[row] < monthsPaidMin) & ~other;
  int none = (senior + intermediate + junior == 0) & ~(other | too_short);
  int granted = (other | too_short | none) ^ 1;
  int subsidy_fen = seniorFen * senior + intermediateFen * intermediate + juniorFen * junior;
  return (struct outcome){other, too_short, none, granted, subsidy_fen & -granted};
}

// Totals of a few thousand rows fit in 32 bits, which is what fills the lanes.
enum { PART_ROWS = 2048 };
_Static_assert((int64_t)PART_ROWS * subsidiesMax * (juniorFen + intermediateFen + seniorFen) <= UINT32_MAX, "part");

static void run_part(struct people people, size_t from, size_t to, struct totals *totals) {
  uint32_t other = 0, too_short = 0, granted = 0, sum = 0;
  for (size_t row = from; row < to; row++) {
    struct outcome outcome = decide(people, row);
    other += (uint32_t)outcome.other;
    too_short += (uint32_t)outcome.too_short;
    granted += (uint32_t)outcome.granted;
    sum += (uint32_t)outcome.subsidy_fen;
  }
  totals->ends[OTHER] += other;
  totals->ends[TOO_SHORT] += too_short;
  totals->ends[NO_CERTIFICATE] += (int64_t)(to - from) - other - too_short - granted;
  totals->ends[GRANTED] += granted;
  totals->sums[0] += sum;
}

void run_totals(const void *const *data, size_t from, size_t to, struct totals *totals) {
  struct people people = people_of(data);
  for (size_t part = from; part < to; part += PART_ROWS)
    run_part(people, part, part + PART_ROWS < to ? part + PART_ROWS : to, totals);
}

void run_stored(const void *const *data, size_t from, size_t to, struct totals *totals, uint8_t *ends,
                double *const *results) {
  struct people people = people_of(data);
  for (size_t row = from; row < to; row++) {
    struct outcome outcome = decide(people, row);
    ends[row] = (uint8_t)(TOO_SHORT * outcome.too_short + NO_CERTIFICATE * outcome.none + GRANTED * outcome.granted);
    results[0][row] = outcome.subsidy_fen;
  }
  run_totals(data, from, to, totals);
}
