// What run.c and the formula of one rule know of each other.
#include <stddef.h>
#include <stdint.h>

enum { ENDS_MAX = 16, SUMS_MAX = 4, COLUMNS_MAX = 16 };

// Rows by what they came to, and the sum of each result, in the order of end_names and sum_names.
struct totals {
  int64_t ends[ENDS_MAX];
  int64_t sums[SUMS_MAX];
};

// The columns that the formula reads, in its order, ended by a null name. Bytes: of one element.
struct column {
  const char *name;
  size_t bytes;
};
extern const struct column columns[];

// Names of outcomes (a reason's code, or `granted`) and of results, each ended by a null.
extern const char *const end_names[];
extern const char *const sum_names[];

// Runs the rows from `from` to just before `to`; adds to the totals.
void run_totals(const void *const *data, size_t from, size_t to, struct totals *totals);

// The same, and stores the outcome of each row and its results (0 where it has none).
void run_stored(const void *const *data, size_t from, size_t to, struct totals *totals, uint8_t *ends,
                double *const *results);
