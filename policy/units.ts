/**
 * Units: what a quantity is, as plain data. To `tsc` money, a rate and a count of months are all `number`; a unit says which one it is and
 * which whole numbers it may take. The same shape serves declared facts, values and results, and every node of the IR, where `min` and
 * `max` are the range that the reader has proved.
 */

/** Whole fen. */
export interface MoneyUnit {
  readonly kind: 'money'
  readonly min: number
  readonly max: number
}

/** Whole parts per million. */
export interface RateUnit {
  readonly kind: 'rate'
  readonly min: number
  readonly max: number
}

/** A whole number of something: months, days, persons. `of` is the label of the thing counted. */
export interface CountUnit {
  readonly kind: 'count'
  readonly of: string
  readonly min: number
  readonly max: number
}

/** A business date `YYYY-MM-DD`. */
export interface DateUnit {
  readonly kind: 'date'
}

/** Yes or no. */
export interface FlagUnit {
  readonly kind: 'flag'
}

/** One of a closed set of words. */
export interface ChoiceUnit {
  readonly kind: 'choice'
  readonly options: readonly string[]
}

/** Opaque text: it can be compared with `===`, nothing else. */
export interface TextUnit {
  readonly kind: 'text'
}

/** A quantity that may be absent (`null`). Facts and record fields only. */
export interface OptionalUnit {
  readonly kind: 'optional'
  readonly unit: ScalarUnit
}

/** A thing with named fields: one item of a list. */
export interface RecordUnit {
  readonly kind: 'record'
  readonly fields: Readonly<Record<string, FieldUnit>>
}

/** At most `max` items; `of` is the label under which they are counted. */
export interface ListUnit {
  readonly kind: 'list'
  readonly of: string
  readonly item: ScalarUnit | RecordUnit
  readonly max: number
}

/** A table of quantities, one for each word of a choice or each number of a short range. Values only. */
export interface KeyedUnit {
  readonly kind: 'keyed'
  /** The keys: the words, or the numbers from `min` to `max` in decimal. */
  readonly by: readonly string[]
  /** What the numbers count; absent for words. At most 100 numbers. */
  readonly count?: { readonly of: string; readonly min: number; readonly max: number }
  readonly unit: QuantityUnit
}

/** Units with a range of whole numbers. */
export type QuantityUnit = MoneyUnit | RateUnit | CountUnit
export type ScalarUnit = QuantityUnit | DateUnit | FlagUnit | ChoiceUnit | TextUnit
export type FieldUnit = ScalarUnit | OptionalUnit
export type FactUnit = FieldUnit | ListUnit
export type ValueUnit = QuantityUnit | DateUnit | FlagUnit | ChoiceUnit | ListUnit | KeyedUnit
export type Unit = FactUnit | ValueUnit | RecordUnit

/** The bounds an author may set on a quantity; both are part of the range. */
export interface Bounds {
  readonly min?: number
  readonly max?: number
}

/** Largest default amount: 10^13 fen, a hundred billion yuan. */
export const MONEY_MAX_FEN = 10_000_000_000_000
/** Largest default rate: 100 %. */
export const RATE_MAX_PPM = 1_000_000
/** Longest default list. */
export const LIST_MAX_ITEMS = 1_000

/** Largest default counts of time, about a hundred years each; everything else may count to a million. */
const COUNT_MAX_BY_LABEL: ReadonlyMap<string, number> = new Map([
  ['year', 100],
  ['month', 1_200],
  ['day', 36_600],
  ['working_day', 36_600],
])
const COUNT_MAX = 1_000_000

/** Largest default count of the thing named by `label`. */
export function countMax(label: string): number {
  return COUNT_MAX_BY_LABEL.get(label) ?? COUNT_MAX
}

/** Most numbers that a table may have as keys. */
export const TABLE_KEYS_MAX = 100

/** The unit of a table by the words of a choice or by the numbers of a count, of which there are at most `TABLE_KEYS_MAX`. */
export function keyedUnit(by: ChoiceUnit | CountUnit, unit: QuantityUnit): KeyedUnit {
  if (by.kind === 'choice') return { kind: 'keyed', by: by.options, unit }
  const { of, min, max } = by
  const keys = Array.from({ length: Math.min(max - min + 1, TABLE_KEYS_MAX) }, (_, index) => String(min + index))
  return { kind: 'keyed', by: keys, count: { of, min, max }, unit }
}

/** True for what can be added and compared by size: amounts, rates and counts. */
export function isQuantity(unit: Unit): unit is QuantityUnit {
  return unit.kind === 'money' || unit.kind === 'rate' || unit.kind === 'count'
}

/**
 * The short name of a unit in decisions and value files: `fen`, `ppm`, the label of a count (`month`), `date`, `flag`, `choice`, `text`.
 * Optional, listed and keyed quantities have the name of what they hold; a list of records is a `list`.
 */
export function unitCode(unit: Unit): string {
  switch (unit.kind) {
    case 'money':
      return 'fen'
    case 'rate':
      return 'ppm'
    case 'count':
      return unit.of
    case 'optional':
    case 'keyed':
      return unitCode(unit.unit)
    case 'list':
      return unit.item.kind === 'record' ? 'list' : unitCode(unit.item)
    default:
      return unit.kind
  }
}
