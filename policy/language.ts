/**
 * The words that a policy body may use besides TypeScript's own operators. They really compute, so that a body can be run and stepped
 * through; the interpreter of the IR uses the same functions, so that both agree.
 */

/** Given, with results and the clause that gives it. */
export interface Grant<R> {
  readonly outcome: 'granted'
  readonly results: R
  readonly because: string
}

/** Not given, with a reason code and the clause that takes it away. */
export interface Refusal {
  readonly outcome: 'refused'
  readonly reason: string
  readonly because: string
}

/** Neither: a person must decide, for the reason and by the clause named. */
export interface Referral {
  readonly outcome: 'referred'
  readonly reason: string
  readonly because: string
}

/** Given, with the declared results, by a clause. */
export function grant<const R>(results: R, clause: string): Grant<R> {
  return { outcome: 'granted', results, because: clause }
}

/** Not given: for this reason, by a clause. */
export function refuse(reason: string, clause: string): Refusal {
  return { outcome: 'refused', reason, because: clause }
}

/** A person must decide: for this reason, by a clause. */
export function refer(reason: string, clause: string): Referral {
  return { outcome: 'referred', reason, because: clause }
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
