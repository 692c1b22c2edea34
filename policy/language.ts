/**
 * The words that a policy body may use besides TypeScript's own operators. They really compute, so that a body can be run and stepped
 * through; the interpreter of the IR uses the same functions, so that both agree.
 */

/** Given, with results and the clause that gives it; `items` is what each item came to, where the outcome decides them. */
export interface Grant<R, I = never> {
  readonly outcome: 'granted'
  readonly results: R
  readonly because: string
  readonly items?: readonly I[]
}

/** Not given, with a reason code and the clause that takes it away. */
export interface Refusal<I = never> {
  readonly outcome: 'refused'
  readonly reason: string
  readonly because: string
  readonly items?: readonly I[]
}

/** Neither: a person must decide, for the reason and by the clause named. */
export interface Referral<I = never> {
  readonly outcome: 'referred'
  readonly reason: string
  readonly because: string
  readonly items?: readonly I[]
}

/** Given, with the declared results, by a clause; with `eachOf(...)` each item comes to an outcome of its own. */
export function grant<const R, const I = never>(results: R, clause: string, items?: readonly I[]): Grant<R, I> {
  return { outcome: 'granted', results, because: clause, ...itemsOf(items) }
}

/** Not given: for this reason, by a clause; with `eachOf(...)` each item comes to an outcome of its own. */
export function refuse<const I = never>(reason: string, clause: string, items?: readonly I[]): Refusal<I> {
  return { outcome: 'refused', reason, because: clause, ...itemsOf(items) }
}

/** A person must decide: for this reason, by a clause; with `eachOf(...)` each item comes to an outcome of its own. */
export function refer<const I = never>(reason: string, clause: string, items?: readonly I[]): Referral<I> {
  return { outcome: 'referred', reason, because: clause, ...itemsOf(items) }
}

function itemsOf<I>(items: readonly I[] | undefined): { readonly items?: readonly I[] } {
  return items === undefined ? {} : { items }
}

/** Every item of a list of records, decided one by one: the third argument of an outcome. */
export function eachOf<T, const I>(list: readonly T[], decide: (item: T) => I): readonly I[] {
  return list.map((item) => decide(item))
}

/** How a share is brought to whole fen: half a fen and more up, always down, always up. */
export type Rounding = 'half_up' | 'down' | 'up'

const PPM_PER_WHOLE = 1_000_000

/** What is added before the division by a million, so that taking the floor rounds as named. */
const ROUNDING_ADDEND: Readonly<Record<Rounding, number>> = { half_up: 500_000, down: 0, up: 999_999 }

/**
 * The share of an amount: `amountFen` times `ratePpm` parts per million, in whole fen, exact for every result up to 2^53.
 * The amount is split at a million fen, so that no intermediate product leaves the whole numbers that a double can hold.
 */
export function share(amountFen: number, ratePpm: number, rounding: Rounding = 'half_up'): number {
  const rest = amountFen % PPM_PER_WHOLE
  const millions = (amountFen - rest) / PPM_PER_WHOLE
  return millions * ratePpm + Math.floor((rest * ratePpm + ROUNDING_ADDEND[rounding]) / PPM_PER_WHOLE)
}

/** The lesser of two quantities of one unit, or the earlier of two dates. */
export function min(a: number, b: number): number
export function min(a: string, b: string): string
export function min(a: number | string, b: number | string): number | string {
  return b < a ? b : a
}

/** The greater of two quantities of one unit, or the later of two dates. */
export function max(a: number, b: number): number
export function max(a: string, b: string): string
export function max(a: number | string, b: number | string): number | string {
  return b > a ? b : a
}

/** True when `word` is among `options`. */
export function includes(options: readonly string[], word: string): boolean {
  return options.includes(word)
}

// Every list operation looks at every item, so that what is read of a list never depends on where an answer became certain.

/** How many items satisfy the condition. */
export function countOf<T>(list: readonly T[], condition: (item: T) => boolean): number {
  return list.filter(condition).length
}

/** The sum of one quantity over all items; 0 for none. */
export function sumOf<T>(list: readonly T[], quantity: (item: T) => number): number {
  return list.reduce((sum, item) => sum + quantity(item), 0)
}

/** True when at least one item satisfies the condition. */
export function someOf<T>(list: readonly T[], condition: (item: T) => boolean): boolean {
  return countOf(list, condition) > 0
}

/** True when every item satisfies the condition; so for an empty list. */
export function everyOf<T>(list: readonly T[], condition: (item: T) => boolean): boolean {
  return countOf(list, condition) === list.length
}

// Selections: some items of a list, or all in another order. Of a list of records an item stays the same object, so that `hasItem` knows it.

/** The items that satisfy the condition, in the order of the list. */
export function filterOf<T>(list: readonly T[], condition: (item: T) => boolean): readonly T[] {
  return list.filter(condition)
}

/** All items by a quantity or date of each; equal ones stay in the order of the list. */
export function sortOf<T>(
  list: readonly T[],
  key: (item: T) => number | string,
  order: 'ascending' | 'descending',
): readonly T[] {
  const keyed = list.map((item) => ({ item, key: key(item) }))
  const direction = order === 'ascending' ? 1 : -1
  return keyed.toSorted((a, b) => direction * compareKeys(a.key, b.key)).map(({ item }) => item)
}

/** Less than 0 when the first comes before the second, 0 when they are equal: quantities by size, dates by day. */
export function compareKeys(a: number | string, b: number | string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** The first items, as many as `count`; all when there are fewer. */
export function firstOf<T>(list: readonly T[], count: number): readonly T[] {
  return list.slice(0, count)
}

/** True when the item that a list operation or `eachOf` is looking at is among a selection of its list. */
export function hasItem<T extends object>(selection: readonly T[], item: T): boolean {
  return selection.includes(item)
}
