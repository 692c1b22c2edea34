/**
 * Made-up populations for measuring, simulating and testing: the same seed gives the same columns on every machine and in every engine,
 * because only operations that IEEE 754 rounds exactly are used, and every stretch of a column has a stream of random numbers of its own.
 */
import type { PolicyBody } from './ir.ts'
import { type Column, type ColumnArray, columnArray, inputColumns, type Table } from './kernel/columns.ts'
import { dayOf } from './kernel/day-numbers.ts'
import type { FactUnit } from './units.ts'

/** How the quantities of one column are spread. Bounds are those of the unit, which also cut off what would lie outside. */
export type Spread =
  /** Every quantity or date alike; dates are written `YYYY-MM-DD`. */
  | { readonly is: 'even'; readonly min?: number | string; readonly max?: number | string }
  /** As incomes are: half below the median, few far above it. `spread` is about the standard deviation of the logarithm. */
  | { readonly is: 'skewed'; readonly median: number; readonly spread: number }
  /** Words, flags (`true`, `false`) or numbers by weight, in steps of 1/4096 and never less than one. */
  | { readonly is: 'weighted'; readonly weights: Readonly<Record<string, number>> }
  /** On, just below and just above each of these, and the bounds of the unit. */
  | { readonly is: 'edges'; readonly at: readonly (number | string)[] }

/** What population is made. */
export interface PopulationOptions {
  readonly rows: number
  /** The first row, counted from 0: a share of a population has the rows that it would have in the whole. */
  readonly firstRow?: number
  readonly seed: number
  /** How many sets of values the rows are spread over; more than one makes the column `@set`. */
  readonly sets?: number
  /**
   * By column: `months`, `bills` (how many items), `bills.amountFen`, `pieces[]`, `@set`; `since?` as weights of `true` and `false`.
   * Everything else is even; lists have none to three items.
   */
  readonly spreads?: Readonly<Record<string, Spread>>
  /** Makes the arrays; ordinary ones unless said otherwise. */
  readonly allocate?: (column: Column, length: number) => ColumnArray
}

/** Rows after which a column goes on with another stream of random numbers. */
const STRETCH = 65_536

/**
 * Makes the columns of a body's facts.
 * @throws RangeError for a spread that its column cannot have
 */
export function populate(body: Pick<PolicyBody, 'facts'>, options: PopulationOptions): Table {
  const { rows, firstRow = 0, seed, sets = 1, spreads = {} } = options
  const allocate = options.allocate ?? ((column, length) => columnArray(column.kind, length))
  const columns: Record<string, ColumnArray> = {}
  const firstItems: Record<string, number> = {}
  for (const column of inputColumns(body, sets)) {
    const { name, code, list } = column
    const items = list === undefined ? rows : (columns[`${list}#`]?.[rows] ?? 0)
    const array = allocate(column, code.is === 'offsets' ? rows + 1 : items)
    if (code.is === 'offsets') {
      const of = name.slice(0, -1)
      const sampler = samplerOf(column, listLength(body, name, spreads[of]), sets)
      firstItems[of] = itemsBefore(sampler, seed, name, firstRow)
      fillOffsets(array, sampler, seed, name, firstRow)
    } else {
      const first = list === undefined ? firstRow : (firstItems[list] ?? 0)
      fill(array, samplerOf(column, spreads[name], sets), seed, name, first)
    }
    columns[name] = array
  }
  for (const name of Object.keys(columns)) clearAbsent(columns, name)
  return { rows, columns }
}

const FEW_ITEMS: Spread = { is: 'even', min: 0, max: 3 }

function listLength(body: Pick<PolicyBody, 'facts'>, offsets: string, spread: Spread = FEW_ITEMS): Spread {
  const unit: FactUnit | undefined = body.facts[offsets.slice(0, -1)]
  if (unit?.kind !== 'list') throw new RangeError(`${offsets} is not the column of a list`)
  return spread.is === 'even' ? { ...spread, max: Math.min(unit.max, Number(spread.max ?? unit.max)) } : spread
}

/** What is absent stands as 0. */
function clearAbsent(columns: Readonly<Record<string, ColumnArray>>, name: string): void {
  const presence = columns[`${name}?`]
  const column = columns[name]
  if (presence === undefined || column === undefined) return
  for (let row = 0; row < presence.length; row++) column[row] = (column[row] ?? 0) * (presence[row] ?? 0)
}

/** A sample is the entry of a table that a random number points at, or lies evenly between it and the next one. */
interface Sampler {
  /** One more entry than a power of two; the last is only the end of the one before. */
  readonly table: Float64Array
  readonly isBetween: boolean
}

const TABLE_BITS = 12
const TABLE_LENGTH = 2 ** TABLE_BITS

function samplerOf(column: Column, spread: Spread | undefined, sets: number): Sampler {
  const { min, max } = rangeOf(column, sets)
  const cut = (quantity: number) => Math.min(max, Math.max(min, quantity))
  if (spread === undefined) return between((share) => min + share * (max + 1 - min))
  switch (spread.is) {
    case 'even': {
      const from = cut(codeOf(column, spread.min ?? min))
      const to = cut(codeOf(column, spread.max ?? max))
      return between((share) => from + share * (to + 1 - from))
    }
    case 'skewed':
      return between((share) => cut(spread.median * exponential(spread.spread * deviation(share))))
    case 'weighted':
      return among(Object.entries(spread.weights).map(([word, weight]) => [codeOf(column, word), weight]))
    case 'edges': {
      const edges = spread.at.flatMap((edge) => [-1, 0, 1].map((step) => codeOf(column, edge) + step))
      const all = [min, max, ...edges].filter((edge) => edge >= min && edge <= max)
      return among([...new Set(all)].map((edge) => [edge, 1]))
    }
  }
}

/** Samples between the quantiles of a spread. */
function between(quantile: (share: number) => number): Sampler {
  return {
    table: Float64Array.from({ length: TABLE_LENGTH + 1 }, (_, n) => quantile(n / TABLE_LENGTH)),
    isBetween: true,
  }
}

function among(weighted: readonly (readonly [code: number, weight: number])[]): Sampler {
  const total = weighted.reduce((sum, [, weight]) => sum + weight, 0)
  const codes = weighted.flatMap(([code, weight]) => {
    const slots = weight > 0 ? Math.max(1, Math.round((weight / total) * TABLE_LENGTH)) : 0
    return new Array<number>(slots).fill(code)
  })
  if (codes.length === 0) throw new RangeError('a spread by weight needs one weight above 0')
  const last = codes.at(-1) ?? 0
  return { table: Float64Array.from({ length: TABLE_LENGTH + 1 }, (_, n) => codes[n] ?? last), isBetween: false }
}

function rangeOf({ code }: Column, sets: number): { readonly min: number; readonly max: number } {
  switch (code.is) {
    case 'quantity':
      return code.unit
    case 'date':
      return USUAL_DATES
    case 'choice':
      return { min: 0, max: code.options.length - 1 }
    case 'set':
      return { min: 0, max: sets - 1 }
    case 'text':
      return { min: 0, max: 2 ** 16 - 1 }
    case 'offsets':
      return { min: 0, max: 2 ** 31 - 1 }
    default:
      return { min: 0, max: 1 }
  }
}

/** Of dates that nothing is said about. */
const USUAL_DATES = { min: dayOf('1990-01-01'), max: dayOf('2029-12-31') }

/** The number that stands for a quantity, date, word or flag in a column. */
function codeOf({ name, code }: Column, given: number | string): number {
  const number = codedWord(code, given)
  if (Number.isSafeInteger(number) && !(code.is === 'choice' && number < 0)) return number
  throw new RangeError(`${given} is nothing that the column ${name} can hold`)
}

function codedWord(code: Column['code'], given: number | string): number {
  if (typeof given === 'number') return given
  if (code.is === 'date') return dayOf(given)
  if (code.is === 'choice') return code.options.indexOf(given)
  if (code.is === 'flag' || code.is === 'presence') return ['false', 'true'].indexOf(given)
  return Number(given)
}

/** The random numbers of one stretch, made first so that each loop is short. */
const drawn = new Uint32Array(STRETCH)

/** Fills an array with what stands in the whole column from the element `first` on. */
function fill(array: ColumnArray, { table, isBetween }: Sampler, seed: number, name: string, first: number): void {
  for (let start = 0; start < array.length; ) {
    const stretch = Math.floor((first + start) / STRETCH)
    const skipped = first + start - stretch * STRETCH
    const count = Math.min(STRETCH - skipped, array.length - start)
    drawRandom(drawn, skipped + count, seedWords(seed, name, stretch))
    const random = drawn.subarray(skipped, skipped + count)
    if (isBetween) fillBetween(array, start, random, table)
    else fillAmong(array, start, random, table)
    start += count
  }
}

/** How many items the rows before `firstRow` have. */
function itemsBefore(sampler: Sampler, seed: number, name: string, firstRow: number): number {
  let items = 0
  for (let row = 0; row < firstRow; row += STRETCH) {
    const counts = new Int32Array(Math.min(STRETCH, firstRow - row))
    fill(counts, sampler, seed, name, row)
    items = counts.reduce((sum, count) => sum + count, items)
  }
  return items
}

const FRACTION_BITS = 32 - TABLE_BITS
const FRACTION_MASK = 2 ** FRACTION_BITS - 1

function fillBetween(array: ColumnArray, start: number, random: Uint32Array, table: Float64Array): void {
  for (let n = 0; n < random.length; n++) {
    const number = random[n] ?? 0
    const place = number >>> FRACTION_BITS
    const from = table[place] ?? 0
    const step = (table[place + 1] ?? 0) - from
    array[start + n] = Math.floor(from + step * ((number & FRACTION_MASK) / (FRACTION_MASK + 1)))
  }
}

function fillAmong(array: ColumnArray, start: number, random: Uint32Array, table: Float64Array): void {
  for (let n = 0; n < random.length; n++) array[start + n] = table[(random[n] ?? 0) >>> FRACTION_BITS] ?? 0
}

function fillOffsets(offsets: ColumnArray, sampler: Sampler, seed: number, name: string, firstRow: number): void {
  fill(offsets, sampler, seed, name, firstRow)
  let items = 0
  for (let row = 0; row < offsets.length; row++) {
    const count = offsets[row] ?? 0
    offsets[row] = items
    items += count
  }
}

type SeedWords = readonly [number, number, number, number]

/** Four words of state from the seed, the column's name and the stretch, by the finalizer of MurmurHash3. */
function seedWords(seed: number, name: string, stretch: number): SeedWords {
  let hash = mixed(seed ^ 0x9e3779b9)
  for (const letter of name) hash = mixed(hash ^ (letter.codePointAt(0) ?? 0))
  hash = mixed(hash ^ stretch)
  return [mixed(hash + 1), mixed(hash + 2), mixed(hash + 3), mixed(hash + 4) | 1]
}

function mixed(word: number): number {
  const once = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return twice ^ (twice >>> 16)
}

/** Random 32-bit numbers by xoshiro128** (Blackman and Vigna, in the public domain). */
function drawRandom(into: Uint32Array, count: number, [first, second, third, fourth]: SeedWords): void {
  let [a, b, c, d] = [first, second, third, fourth]
  for (let n = 0; n < count; n++) {
    const fives = Math.imul(b, 5)
    into[n] = Math.imul((fives << 7) | (fives >>> 25), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
  }
}

/** e to a power, by squaring its 1024th root ten times: no engine computes this otherwise than another, as they may with `Math.exp`. */
function exponential(power: number): number {
  const x = power / 1_024
  let root = 1 + x * (1 + (x / 2) * (1 + (x / 3) * (1 + (x / 4) * (1 + x / 5))))
  for (let doubled = 0; doubled < 10; doubled++) root *= root
  return root
}

/** About how many standard deviations from the middle a share of a bell curve lies: the logistic curve, which needs a logarithm only. */
function deviation(share: number): number {
  const inside = Math.min(Math.max(share, 1 / (2 * TABLE_LENGTH)), 1 - 1 / (2 * TABLE_LENGTH))
  const odds = inside / (1 - inside)
  let logarithm = 0
  for (let step = 0; step < 20; step++) {
    const power = exponential(logarithm)
    logarithm += (2 * (odds - power)) / (odds + power)
  }
  return logarithm / 1.702
}
