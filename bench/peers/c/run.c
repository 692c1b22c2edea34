// Runs one formula over columns read from files, in one or more threads that take 64 K rows at a time, and prints times and totals as JSON.
// With `sum` it reads the same columns and only adds their words up: what memory alone allows.
#include "engine.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BLOCK_ROWS = 65536, THREADS_MAX = 64, LINE_BYTES = 64 };

static const void *data[COLUMNS_MAX];
static uint8_t *stored_ends;
static double *stored_results[SUMS_MAX];
static size_t rows;
static const char *mode;
static atomic_size_t next_row;
static _Atomic uint64_t words_sum;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

// Columns that all begin at the same offset of a page would fall on the same lines of the cache.
static void *staggered(size_t bytes, int place) {
  char *memory = aligned_alloc(4096, (bytes / 4096 + 3) * 4096);
  if (memory == NULL) fail("memory");
  return memory + (size_t)place * 5 * LINE_BYTES;
}

static const void *read_column(const char *folder, struct column column, int place) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s.bin", folder, column.name);
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail(path);
  void *values = staggered(rows * column.bytes, place);
  if (fread(values, column.bytes, rows, file) != rows) fail(path);
  fclose(file);
  return values;
}

static uint64_t sum_words(const void *values, size_t bytes) {
  const uint64_t *words = values;
  uint64_t sum = 0;
  for (size_t i = 0; i < bytes / 8; i++) sum += words[i];
  return sum;
}

static void sum_rows(size_t from, size_t to) {
  uint64_t sum = 0;
  for (int i = 0; columns[i].name; i++) {
    size_t bytes = columns[i].bytes;
    sum += sum_words((const char *)data[i] + from * bytes, (to - from) * bytes);
  }
  words_sum += sum;
}

static void *work(void *own) {
  struct totals *totals = own;
  for (;;) {
    size_t from = atomic_fetch_add(&next_row, BLOCK_ROWS);
    if (from >= rows) return NULL;
    size_t to = from + BLOCK_ROWS < rows ? from + BLOCK_ROWS : rows;
    if (mode[1] == 'u') sum_rows(from, to);
    else if (stored_ends) run_stored(data, from, to, totals, stored_ends, stored_results);
    else run_totals(data, from, to, totals);
  }
}

static struct totals run_once(int threads) {
  // Each thread's totals stand on lines of their own.
  static struct { _Alignas(4 * LINE_BYTES) struct totals totals; } own[THREADS_MAX];
  pthread_t ids[THREADS_MAX];
  memset(own, 0, sizeof own);
  next_row = 0;
  for (int i = 1; i < threads; i++) pthread_create(&ids[i], NULL, work, &own[i].totals);
  work(&own[0].totals);
  struct totals all = own[0].totals;
  for (int i = 1; i < threads; i++) {
    pthread_join(ids[i], NULL);
    for (int e = 0; e < ENDS_MAX; e++) all.ends[e] += own[i].totals.ends[e];
    for (int s = 0; s < SUMS_MAX; s++) all.sums[s] += own[i].totals.sums[s];
  }
  return all;
}

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static void print_named(const char *part, const char *const *names, const int64_t *values) {
  printf("\"%s\":{", part);
  for (int i = 0; names[i]; i++) printf("%s\"%s\":\"%lld\"", i ? "," : "", names[i], (long long)values[i]);
  printf("}");
}

static void write_file(const char *folder, const char *name, const void *values, size_t bytes) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s.bin", folder, name);
  FILE *file = fopen(path, "wb");
  if (file == NULL || fwrite(values, 1, bytes, file) != bytes) fail(path);
  fclose(file);
}

// run FOLDER ROWS THREADS sum|totals|stored RUNS [FOLDER FOR WHAT IS STORED]
int main(int count, char **given) {
  if (count < 6) return 2;
  rows = strtoull(given[2], NULL, 10);
  int threads = atoi(given[3]);
  mode = given[4];
  int runs = atoi(given[5]);
  int place = 0;
  for (; columns[place].name; place++) data[place] = read_column(given[1], columns[place], place);
  if (mode[1] == 't') {
    stored_ends = staggered(rows, place++);
    for (int s = 0; sum_names[s]; s++) stored_results[s] = staggered(rows * sizeof(double), place++);
  }
  struct totals totals = run_once(threads);
  printf("{\"milliseconds\":[");
  for (int run = 0; run < runs; run++) {
    double began = milliseconds();
    totals = run_once(threads);
    printf("%s%.4f", run ? "," : "", milliseconds() - began);
  }
  printf("],");
  print_named("ends", end_names, totals.ends);
  printf(",");
  print_named("sums", sum_names, totals.sums);
  printf("}\n");
  if (count > 6) {
    write_file(given[6], "ends", stored_ends, rows);
    for (int s = 0; sum_names[s]; s++) write_file(given[6], sum_names[s], stored_results[s], rows * sizeof(double));
  }
  return words_sum == 1 ? 3 : 0;
}
