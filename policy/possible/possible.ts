/**
 * What something may still be, where it is not known or not known fully. Every `Possible` may hold more than what can really come about, never
 * less: what is certain over it is certain. Where nothing can be any more, functions give undefined.
 */
import { addDays, daysBetween } from '../dates.ts'
import type { FieldValue } from '../facts.ts'
import { intersection, type Range, union } from '../reader/ranges.ts'
import { isQuantity, type Unit } from '../units.ts'

/** A word of a choice, a text, or yes or no. */
export type Word = string | boolean

/**
 * A range of whole numbers (dates as days since 1 January 1900, a list as its length), some words, or anything at all (texts, tables,
 * records).
 */
export type Possible = Content & {
  /** It may be `null` as well. */
  readonly absent: boolean
}

type Content =
  | ({ readonly kind: 'range' } & Range)
  | { readonly kind: 'words'; readonly words: readonly Word[] }
  | { readonly kind: 'anything' }

const DAY_ZERO = '1900-01-01'
const DATES: Range = { min: 0, max: daysBetween(DAY_ZERO, '2199-12-31') }

/** Days since 1 January 1900. */
export function dayOf(date: string): number {
  return daysBetween(DAY_ZERO, date)
}

/** The date that many days after 1 January 1900. */
export function dateOf(day: number): string {
  return addDays(DAY_ZERO, day)
}

/** Whole numbers from `min` to `max`. */
export function rangeOf({ min, max }: Range): Possible {
  return { kind: 'range', min, max, absent: false }
}

/** One of these words. */
export function wordsOf(words: readonly Word[]): Possible {
  return { kind: 'words', words, absent: false }
}

/** `null` and nothing else. */
export const ONLY_NULL: Possible = { kind: 'words', words: [], absent: true }
/** A flag of which nothing is known. */
export const EITHER: Possible = wordsOf([false, true])

const ANYTHING: Possible = { kind: 'anything', absent: false }

/** A flag that may be true, false, or both; undefined for neither. */
export function flagsOf(mayBeTrue: boolean, mayBeFalse: boolean): Possible | undefined {
  if (mayBeTrue && mayBeFalse) return EITHER
  return mayBeTrue || mayBeFalse ? wordsOf([mayBeTrue]) : undefined
}

/** Everything that a declaration allows. */
export function possibleOfUnit(unit: Unit): Possible {
  if (isQuantity(unit)) return rangeOf(unit)
  switch (unit.kind) {
    case 'date':
      return rangeOf(DATES)
    case 'flag':
      return EITHER
    case 'choice':
      return wordsOf(unit.options)
    case 'optional':
      return { ...possibleOfUnit(unit.unit), absent: true }
    case 'list':
      return rangeOf({ min: 0, max: unit.max })
    default:
      return ANYTHING
  }
}

/** Exactly this: a figure, a date, a word, a text or a flag as it stands in facts and values; tables and lists are anything. */
export function possibleOfContent(content: unknown, unit: Unit): Possible {
  if (content === null) return ONLY_NULL
  if (typeof content === 'number') return rangeOf({ min: content, max: content })
  if (typeof content === 'boolean') return wordsOf([content])
  if (typeof content !== 'string') return ANYTHING
  return isOfDates(unit) ? rangeOf({ min: dayOf(content), max: dayOf(content) }) : wordsOf([content])
}

/** A number of a range as it stands in facts and values of that unit: dates as dates. */
export function contentAt(number: number, unit: Unit): number | string {
  return isOfDates(unit) ? dateOf(number) : number
}

function isOfDates(unit: Unit): boolean {
  return unit.kind === 'date' || (unit.kind === 'optional' && unit.unit.kind === 'date')
}

/** What both allow; undefined when that is nothing. */
export function meet(a: Possible, b: Possible): Possible | undefined {
  const absent = a.absent && b.absent
  return meetPresent(a, b, absent) ?? (absent ? ONLY_NULL : undefined)
}

function meetPresent(a: Possible, b: Possible, absent: boolean): Possible | undefined {
  if (a.kind === 'anything') return isOnlyNull(b) ? undefined : { ...b, absent }
  if (b.kind === 'anything') return meetPresent(b, a, absent)
  if (a.kind === 'range' && b.kind === 'range') {
    const both = intersection(a, b)
    return both && { kind: 'range', min: both.min, max: both.max, absent }
  }
  if (a.kind !== 'words' || b.kind !== 'words') return undefined
  const words = a.words.filter((word) => b.words.includes(word))
  return words.length === 0 ? undefined : { kind: 'words', words, absent }
}

/** True when something is allowed by both. */
export function overlaps(a: Possible, b: Possible): boolean {
  if (a.absent && b.absent) return true
  if (a.kind === 'range' && b.kind === 'range') return a.min <= b.max && b.min <= a.max
  if (a.kind === 'words' && b.kind === 'words') return a.words.some((word) => b.words.includes(word))
  return meet(a, b) !== undefined
}

/** What either allows. */
export function join(a: Possible, b: Possible): Possible {
  const absent = a.absent || b.absent
  if (isOnlyNull(a)) return { ...b, absent }
  if (isOnlyNull(b)) return { ...a, absent }
  if (a.kind === 'range' && b.kind === 'range') return { kind: 'range', ...union(a, b), absent }
  if (a.kind === 'words' && b.kind === 'words') {
    return { kind: 'words', words: [...new Set([...a.words, ...b.words])], absent }
  }
  return { kind: 'anything', absent }
}

/** What either allows, where one of them may be nothing at all. */
export function joinAny(a: Possible | undefined, b: Possible | undefined): Possible | undefined {
  return a && b ? join(a, b) : (a ?? b)
}

/** True for `null` and nothing else. */
export function isOnlyNull(possible: Possible): boolean {
  return possible.absent && possible.kind === 'words' && possible.words.length === 0
}

/** True when the word may be. */
export function canBe(possible: Possible, word: Word): boolean {
  return possible.kind === 'anything' || (possible.kind === 'words' && possible.words.includes(word))
}

/** The one figure or word that it comes to; undefined when there are several or it is not known. */
export function findOnly(possible: Possible): number | Word | undefined {
  if (possible.absent || possible.kind === 'anything') return undefined
  if (possible.kind === 'range') return possible.min === possible.max ? possible.min : undefined
  return possible.words.length === 1 ? possible.words[0] : undefined
}

/** True when it can be one thing only, which may be `null`. */
export function isSettled(possible: Possible): boolean {
  return isOnlyNull(possible) || findOnly(possible) !== undefined
}

/** The one thing that it can be, as it stands in facts and values of that unit; undefined while it can be several. */
export function findContent(possible: Possible, unit: Unit): FieldValue | undefined {
  if (isOnlyNull(possible)) return null
  const only = findOnly(possible)
  return typeof only === 'number' ? contentAt(only, unit) : only
}

/** True when the second allows no less than the first. */
export function isSame(a: Possible, b: Possible): boolean {
  if (a.absent !== b.absent || a.kind !== b.kind) return false
  if (a.kind === 'range' && b.kind === 'range') return a.min === b.min && a.max === b.max
  return a.kind !== 'words' || b.kind !== 'words' || a.words.length === b.words.length
}

/** The range of what is present; undefined for what has none. */
export function rangeIn(possible: Possible): Range | undefined {
  return possible.kind === 'range' ? possible : undefined
}
