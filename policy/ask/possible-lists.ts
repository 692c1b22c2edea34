/** What facts may be while some are unknown, lists and selections of them too: some items known, some not, or not how many. */
import type { FactValue, ItemValue } from '../facts.ts'
import { isSettled, type Possible, possibleOfContent, possibleOfUnit } from '../possible/possible.ts'
import type { FactUnit, ListUnit } from '../units.ts'

/** A list that is a fact: these items, and up to `more` further ones that are each like `further`. */
export interface PossibleList {
  readonly kind: 'list'
  readonly items: readonly PossibleItem[]
  readonly more: number
  readonly further: PossibleItem
}

/** The fields of an item; a plain item is the field `''`. */
export type PossibleItem = Readonly<Record<string, Possible>>

/** What a fact may be. */
export type PossibleFact = Possible | PossibleList

/** What each fact may be, by name. */
export type PossibleFacts = ReadonlyMap<string, PossibleFact>

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

/** What an expression may come to. */
export type Evaluated = PossibleFact | PossibleSelection

/** True for what is no list. */
export function isScalar(evaluated: Evaluated): evaluated is Possible {
  return evaluated.kind !== 'list' && evaluated.kind !== 'selection'
}

/** True when it can be one thing only. */
export function isKnown(evaluated: Evaluated): boolean {
  switch (evaluated.kind) {
    case 'list':
      return evaluated.more === 0 && evaluated.items.every((item) => Object.values(item).every(isSettled))
    case 'selection':
      return evaluated.further === 0 && evaluated.entries.every(({ sure }) => sure)
    default:
      return isSettled(evaluated)
  }
}

/** Everything that a declared fact may be. */
export function unknownFact(unit: FactUnit): PossibleFact {
  if (unit.kind !== 'list') return possibleOfUnit(unit)
  return { kind: 'list', items: [], more: unit.max, further: unknownItem(unit) }
}

/** Everything that one item of a list may be. */
export function unknownItem({ item }: ListUnit): PossibleItem {
  if (item.kind !== 'record') return { '': possibleOfUnit(item) }
  return mapRecord(item.fields, possibleOfUnit)
}

/** A fact as it is known. */
export function knownFact(unit: FactUnit, value: FactValue): PossibleFact {
  if (!Array.isArray(value)) return possibleOfContent(value, unit)
  if (unit.kind !== 'list') throw new TypeError('a list where none is declared')
  const items = value.map((item: ItemValue) => knownItem(unit, item))
  return { kind: 'list', items, more: 0, further: unknownItem(unit) }
}

function knownItem({ item }: ListUnit, value: ItemValue): PossibleItem {
  if (item.kind !== 'record') return { '': possibleOfContent(value, item) }
  return mapRecord(item.fields, (unit, field) =>
    possibleOfContent(typeof value === 'object' ? value[field] : undefined, unit),
  )
}

function mapRecord<U, V>(
  units: Readonly<Record<string, U>>,
  make: (unit: U, name: string) => V,
): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(units).map(([name, unit]) => [name, make(unit, name)]))
}
