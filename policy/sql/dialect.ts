import type { SortOrder } from '../ir.ts'
import type { FactUnit, RecordUnit, ScalarUnit } from '../units.ts'
import type { Term } from './terms.ts'

/** The list that a list operation looks at: a column of facts, or some of its items. */
export interface ItemSource {
  /** The column of the fact, as a query refers to it. */
  readonly column: string
  readonly item: ScalarUnit | RecordUnit
  /** By field; empty for a list of plain things. */
  readonly fieldNames: ReadonlyMap<string, string>
  /** Where records are unpacked: by field, the column that is a list of it, as a query refers to it. */
  readonly fieldLists: ReadonlyMap<string, string>
  /** Of a selection: a list of the places, from 1, of its items in the fact. */
  readonly chosen?: Term
}

/** A column of facts that holds records, and what its fields are called there. */
export interface PackedRecords {
  readonly column: string
  readonly fields: RecordUnit['fields']
  readonly fieldNames: ReadonlyMap<string, string>
}

/** What two databases write differently. Every piece names its arguments once, so that the text grows no faster than the rule. */
export interface SqlDialect {
  /** Written at the end of each step, so that the database does not put its expressions into the next one again and again. */
  readonly fence: string
  /** The type of a column of facts. `fieldNames` as in an `ItemSource`. */
  typeOf(unit: FactUnit, fieldNames: ReadonlyMap<string, string>): string
  /** The condition that a list in a column of facts is no longer than it may be. */
  lengthCheck(column: string, item: ScalarUnit | RecordUnit, itemsMax: number): string
  /** A list of literals of one type. */
  listLiteral(items: readonly string[], type: string): string
  /** A list in a column of facts, from one map of literals by field name per item. */
  recordsLiteral(items: readonly ReadonlyMap<string, RecordField>[], type: string): string

  /** `amount` times `rate` plus `addend`, divided by a million and rounded down. `isWide` when the product needs more than 64 bits. */
  share(amount: Term, rate: Term, addend: number, isWide: boolean): Term
  addMonths(date: Term, months: Term): Term
  addDays(date: Term, days: Term): Term
  monthsBetween(from: Term, until: Term): Term
  daysBetween(from: Term, until: Term): Term
  /** True when the list holds the thing. */
  holds(list: Term, thing: Term): Term

  /**
   * Where a list of records is no type of the database's own: a join of `given` called `alias` that unpacks the column into one list for
   * each field, named as in `targets`. Every list operation then reads those.
   */
  readonly unpack?: (source: PackedRecords, alias: string, targets: ReadonlyMap<string, string>) => string
  /** One field of the item being looked at, or the whole item of a list of plain things. */
  itemField(source: ItemSource, field?: string): Term
  /** The place, from 1, of the item being looked at. */
  itemPlace(): Term
  /** In `itemsOf`, the number of the outcome of the item being looked at. */
  itemEnding(): Term
  /** The source as `filterOf` and `sortOf` look at it. */
  selectable(source: ItemSource): ItemSource
  countOf(source: ItemSource, condition: Term): Term
  sumOf(source: ItemSource, quantity: Term): Term
  someOf(source: ItemSource, condition: Term): Term
  everyOf(source: ItemSource, condition: Term): Term
  /** The places of all items of the source, in its order. */
  places(source: ItemSource): Term
  /** The places of the items that satisfy the condition, in the order of the source. */
  filterOf(source: ItemSource, condition: Term): Term
  /** The places of all items, sorted by the key, equal ones in the order of the source. */
  sortOf(source: ItemSource, key: SortKey, order: SortOrder): Term
  /** The first places of a list of places. */
  firstOf(places: Term, count: Term): Term
  /** A list that holds the expression for each item of a fact, in its order. */
  mapOf(source: ItemSource, each: Term): Term
  /** A list of things with named fields, one for each number in `endings`; the fields may use `itemEnding` and `itemPlace`. */
  itemsOf(endings: Term, fields: ReadonlyMap<string, string>): Term
  /** The sum of a list of whole numbers, without those that are absent. */
  sumOfList(list: Term): Term
}

/** What a list is sorted by. */
export interface SortKey {
  readonly by: Term
  readonly isDate: boolean
}

/** A field of a record as a literal: as SQL with its type, and as plain JSON. */
export interface RecordField {
  readonly sql: string
  readonly json: unknown
}
