/**
 * What a quantity may still be while some facts are unknown. Every set here may hold more than what can really come about, never less: an
 * answer that is certain over it is certain.
 */
import type { FactValue, ItemValue } from '../facts.ts'
import { type FactUnit, type FieldUnit, isQuantity, type ListUnit, type ScalarUnit, type Unit } from '../units.ts'

/** Whole numbers from `min` to `max`, and `null` as well where `orNull`. */
export interface Numbers {
  readonly kind: 'numbers'
  readonly min: number
  readonly max: number
  readonly orNull: boolean
}

/** Days from `min` to `max`, and `null` as well where `orNull`. */
export interface Days {
  readonly kind: 'days'
  readonly min: string
  readonly max: string
  readonly orNull: boolean
}

/** One of these: words, flags, a known text, `null`. */
export interface Words {
  readonly kind: 'words'
  readonly options: readonly (string | boolean | null)[]
}

/** Some text. */
export interface AnyText {
  readonly kind: 'text'
  readonly orNull: boolean
}

/** A list that is a fact: these items, and up to `more` further ones that are each like `further`. */
export interface PossibleList {
  readonly kind: 'list'
  readonly items: readonly PossibleItem[]
  readonly more: number
  readonly further: PossibleItem
}

/** The fields of an item; a plain item is the field `''`. */
export type PossibleItem = Readonly<Record<string, Possible>>

/** Whether one thing comes before another. */
export type Precedence = 'surely' | 'perhaps' | 'never'

/** Some items of a list: those at these places, surely or perhaps, and up to `further` of its unknown items; `min` to `max` in all. */
export interface PossibleSelection {
  readonly kind: 'selection'
  readonly base: string
  readonly entries: readonly { readonly place: number; readonly sure: boolean }[]
  readonly further: number
  readonly min: number
  readonly max: number
  /** Whether the item at one place comes before the item at another. */
  readonly precedes: (place: number, other: number) => Precedence
}

/** A table of law or a list of words of law: known, and read only through an entry or `includes`. */
export interface Content {
  readonly kind: 'content'
}

/** What something may be. */
export type Possible = Numbers | Days | Words | AnyText | PossibleList | PossibleSelection | Content

/** First and last day that a fact may name. */
const FIRST_DAY = '1900-01-01'
const LAST_DAY = '2199-12-31'

/** Content of law; there is nothing to tell of it. */
export const CONTENT: Content = { kind: 'content' }
/** A flag that is not known. */
export const EITHER: Words = { kind: 'words', options: [false, true] }

/** The whole numbers from `min` to `max`; only `min` without `max`. */
export function numbers(min: number, max = min): Numbers {
  return { kind: 'numbers', min, max, orNull: false }
}

/** The days from `min` to `max`; only `min` without `max`. */
export function days(min: string, max = min): Days {
  return { kind: 'days', min, max, orNull: false }
}

/** One of these. */
export function words(...options: Words['options']): Words {
  return { kind: 'words', options }
}

/** A flag that may be true, false, or both. */
export function flags(mayBeTrue: boolean, mayBeFalse: boolean): Words {
  return mayBeTrue && mayBeFalse ? EITHER : words(mayBeTrue)
}

/** Everything that a declared fact may be. */
export function possibleOfUnit(unit: FactUnit): Possible {
  if (unit.kind === 'list') return { kind: 'list', items: [], more: unit.max, further: possibleItem(unit) }
  return possibleOfField(unit)
}

/** Everything that one item of a list may be. */
export function possibleItem({ item }: ListUnit): PossibleItem {
  if (item.kind !== 'record') return { '': possibleOfScalar(item) }
  return mapRecord(item.fields, possibleOfField)
}

/** A fact as it is known. */
export function possibleOfFact(unit: FactUnit, value: FactValue): Possible {
  if (Array.isArray(value)) {
    if (unit.kind !== 'list') throw new TypeError('a list where none is declared')
    const items = value.map((item: ItemValue) => knownItem(unit, item))
    return { kind: 'list', items, more: 0, further: possibleItem(unit) }
  }
  return exactly(unit, value)
}

/** One scalar or `null`, of a unit. */
export function exactly(unit: Unit, value: unknown): Possible {
  if (typeof value === 'number') return numbers(value)
  if (typeof value === 'string') return isOfDates(unit) ? days(value) : words(value)
  return typeof value === 'boolean' || value === null ? words(value) : CONTENT
}

/** Everything that an expression of a unit may come to. */
export function possibleOfExpression(unit: Unit): Possible {
  if (unit.kind === 'keyed' || unit.kind === 'record') return CONTENT
  return possibleOfUnit(unit)
}

/** True when it can be one thing only. */
export function isSettled(possible: Possible): boolean {
  switch (possible.kind) {
    case 'numbers':
    case 'days':
      return possible.min === possible.max && !possible.orNull
    case 'words':
      return possible.options.length === 1
    case 'text':
      return false
    case 'list':
      return possible.more === 0 && possible.items.every((item) => Object.values(item).every(isSettled))
    case 'selection':
      return possible.further === 0 && possible.entries.every(({ sure }) => sure)
    case 'content':
      return true
  }
}

/** The one scalar that something can be; undefined while it can be several, or is no scalar. */
export function findScalar(possible: Possible): number | string | boolean | null | undefined {
  if (!isSettled(possible)) return undefined
  if (possible.kind === 'numbers' || possible.kind === 'days') return possible.min
  return possible.kind === 'words' ? possible.options[0] : undefined
}

/** True when `value` is among what something may be. */
export function mayBe(possible: Possible, value: string | boolean | null): boolean {
  if (possible.kind === 'words') return possible.options.includes(value)
  if (possible.kind === 'text') return typeof value === 'string' || (value === null && possible.orNull)
  return value === null && mayBeNull(possible)
}

/** True when something may be absent. */
export function mayBeNull(possible: Possible): boolean {
  if (possible.kind === 'words') return possible.options.includes(null)
  return 'orNull' in possible && possible.orNull
}

/** What may be one or the other. Scalars only. */
export function join(a: Possible, b: Possible): Possible {
  if (a.kind === 'words' && b.kind === 'words') return words(...new Set([...a.options, ...b.options]))
  const orNull = mayBeNull(a) || mayBeNull(b)
  if (a.kind === 'numbers' && b.kind === 'numbers') {
    return { kind: 'numbers', min: Math.min(a.min, b.min), max: Math.max(a.max, b.max), orNull }
  }
  if (a.kind === 'days' && b.kind === 'days') {
    return { kind: 'days', min: a.min < b.min ? a.min : b.min, max: a.max > b.max ? a.max : b.max, orNull }
  }
  if (isOnlyNull(a)) return orNullAsWell(b)
  if (isOnlyNull(b)) return orNullAsWell(a)
  return a.kind === 'text' || b.kind === 'text' ? { kind: 'text', orNull } : a
}

function isOnlyNull(possible: Possible): boolean {
  return possible.kind === 'words' && possible.options.every((option) => option === null)
}

function orNullAsWell(possible: Possible): Possible {
  if (possible.kind === 'words') return words(...new Set([...possible.options, null]))
  return 'orNull' in possible ? { ...possible, orNull: true } : possible
}

function knownItem({ item }: ListUnit, value: ItemValue): PossibleItem {
  if (item.kind !== 'record') return { '': exactly(item, value) }
  return mapRecord(item.fields, (unit, field) => exactly(unit, typeof value === 'object' ? value[field] : undefined))
}

function possibleOfField(unit: FieldUnit): Possible {
  return unit.kind === 'optional' ? orNullAsWell(possibleOfScalar(unit.unit)) : possibleOfScalar(unit)
}

function possibleOfScalar(unit: ScalarUnit): Possible {
  if (isQuantity(unit)) return numbers(unit.min, unit.max)
  switch (unit.kind) {
    case 'date':
      return days(FIRST_DAY, LAST_DAY)
    case 'flag':
      return EITHER
    case 'choice':
      return words(...unit.options)
    case 'text':
      return { kind: 'text', orNull: false }
  }
}

function isOfDates(unit: Unit): boolean {
  return unit.kind === 'date' || (unit.kind === 'optional' && unit.unit.kind === 'date')
}

function mapRecord<U, V>(
  units: Readonly<Record<string, U>>,
  make: (unit: U, name: string) => V,
): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(units).map(([name, unit]) => [name, make(unit, name)]))
}
