/** What generated kernels call: the calendar on day numbers, and the order of selected items. */

/** Days from 1 March of the year 0 to 1970-01-01: with the year begun in March, a leap day is the last of its year. */
const DAYS_BEFORE_EPOCH = 719_468
const DAYS_PER_ERA = 146_097
const YEARS_PER_ERA = 400

/** Months since year 0, times 32, plus the day of the month: one number that orders as the dates do. */
function packedDate(day: number): number {
  const days = (day + DAYS_BEFORE_EPOCH) | 0
  const era = (days / DAYS_PER_ERA) | 0
  const dayOfEra = (days - Math.imul(era, DAYS_PER_ERA)) | 0
  const leapDays = (((dayOfEra / 1_460) | 0) - ((dayOfEra / 36_524) | 0) + ((dayOfEra / 146_096) | 0)) | 0
  const yearOfEra = ((dayOfEra - leapDays) / 365) | 0
  const dayOfYear = (dayOfEra - (Math.imul(yearOfEra, 365) + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0))) | 0
  const monthFromMarch = ((Math.imul(dayOfYear, 5) + 2) / 153) | 0
  const dayOfMonth = (dayOfYear - (((Math.imul(monthFromMarch, 153) + 2) / 5) | 0) + 1) | 0
  const months = (Math.imul(Math.imul(era, YEARS_PER_ERA) + yearOfEra, 12) + monthFromMarch + 2) | 0
  return (months << 5) | dayOfMonth | 0
}

/** The day number of the first of a month, given as months since year 0. */
function firstOfMonth(months: number): number {
  const fromMarch = (months - 2) | 0
  const year = (fromMarch / 12) | 0
  const monthFromMarch = (fromMarch - Math.imul(year, 12)) | 0
  const leapDays = (((year / 4) | 0) - ((year / 100) | 0) + ((year / 400) | 0)) | 0
  const dayOfYear = ((Math.imul(monthFromMarch, 153) + 2) / 5) | 0
  return (Math.imul(year, 365) + leapDays + dayOfYear - DAYS_BEFORE_EPOCH) | 0
}

/** The same day `months` later, clipped to the end of a shorter month. */
function addMonths(day: number, months: number): number {
  const packed = packedDate(day)
  const month = ((packed >> 5) + months) | 0
  const first = firstOfMonth(month)
  const length = (firstOfMonth((month + 1) | 0) - first) | 0
  const dayOfMonth = packed & 31
  return (first + (dayOfMonth < length ? dayOfMonth : length) - 1) | 0
}

/** Whole months from one day until another: the largest `n` with `addMonths(from, n) <= until`; negative the other way round. */
function monthsBetween(from: number, until: number): number {
  return until < from ? -wholeMonths(until, from) | 0 : wholeMonths(from, until)
}

function wholeMonths(from: number, until: number): number {
  const months = ((packedDate(until) >> 5) - (packedDate(from) >> 5)) | 0
  return addMonths(from, months) <= until ? months : (months - 1) | 0
}

/** Up to here one insertion after the other is the fastest order. */
const RUN_LENGTH = 16

/** Orders the first `count` of `indexes` by the key of each, lowest first; equal keys keep their order. `keys` is changed too. */
function sortByKey(indexes: Int32Array, keys: Float64Array, count: number): void {
  for (let start = 0; start < count; start += RUN_LENGTH) {
    sortRun(indexes, keys, start, Math.min(start + RUN_LENGTH, count))
  }
  for (let length = RUN_LENGTH; length < count; length *= 2) mergeRuns(indexes, keys, count, length)
}

function sortRun(indexes: Int32Array, keys: Float64Array, start: number, end: number): void {
  for (let next = start + 1; next < end; next++) {
    const key = keys[next] ?? 0
    const index = indexes[next] ?? 0
    let place = next
    for (; place > start && (keys[place - 1] ?? 0) > key; place--) {
      keys[place] = keys[place - 1] ?? 0
      indexes[place] = indexes[place - 1] ?? 0
    }
    keys[place] = key
    indexes[place] = index
  }
}

/** Merges each two neighbouring runs of `length`. */
function mergeRuns(indexes: Int32Array, keys: Float64Array, count: number, length: number): void {
  const oldIndexes = indexes.slice(0, count)
  const oldKeys = keys.slice(0, count)
  for (let start = 0; start < count; start += 2 * length) {
    const middle = Math.min(start + length, count)
    const end = Math.min(start + 2 * length, count)
    let left = start
    let right = middle
    for (let place = start; place < end; place++) {
      const takesLeft = left < middle && (right >= end || (oldKeys[left] ?? 0) <= (oldKeys[right] ?? 0))
      const from = takesLeft ? left++ : right++
      keys[place] = oldKeys[from] ?? 0
      indexes[place] = oldIndexes[from] ?? 0
    }
  }
}

/** 1 when `index` is among the first `count` of `indexes`, else 0. */
function hasIndex(indexes: Int32Array, count: number, index: number): number {
  for (let place = 0; place < count; place++) if (indexes[place] === index) return 1
  return 0
}

/** The functions by the names under which generated text calls them. */
export const runtime = { addMonths, monthsBetween, sortByKey, hasIndex }
