/** The single places of a case that can be something else: a fact, a field of an item, a plain item. */
import { knownFact, type PossibleFacts, type PossibleList, unknownItem } from '../ask/possible-lists.ts'
import type { Facts, FieldValue, ItemValue } from '../facts.ts'
import type { Possible } from '../possible/possible.ts'
import type { FactUnit, FieldUnit, ListUnit } from '../units.ts'

/** One place, with what stands there now. */
export interface Place {
  /** Dotted, with the number of the item from 0: `guests.0.visits`. */
  readonly path: string
  readonly fact: string
  readonly item?: number
  /** Absent for a plain item. */
  readonly field?: string
  readonly unit: FieldUnit
  readonly value: FieldValue
}

/** The units of the facts, by name. */
export type FactUnits = Readonly<Record<string, FactUnit>>

/** Every place of a case that is not fixed, in the order of declaration. `fixed` names facts (`joinsOn`) and fields of items (`guests.visitedOn`). */
export function placesOf(units: FactUnits, facts: Facts, fixed: ReadonlySet<string>): Place[] {
  return Object.entries(units).flatMap(([fact, unit]) => {
    if (fixed.has(fact)) return []
    if (unit.kind === 'list') return itemPlaces(fact, unit, itemsOf(facts, fact), fixed)
    const value = facts[fact] ?? null
    return isField(value) ? [{ path: fact, fact, unit, value }] : []
  })
}

function itemPlaces(
  fact: string,
  { item: unit }: ListUnit,
  items: readonly ItemValue[],
  fixed: ReadonlySet<string>,
): Place[] {
  return items.flatMap((value, item): Place[] => {
    const path = `${fact}.${item}`
    if (unit.kind !== 'record') return typeof value === 'object' ? [] : [{ path, fact, item, unit, value }]
    const open = Object.entries(unit.fields).filter(([field]) => !fixed.has(`${fact}.${field}`))
    return open.map(([field, fieldUnit]) => {
      const fieldValue = typeof value === 'object' ? (value[field] ?? null) : null
      return { path: `${path}.${field}`, fact, item, field, unit: fieldUnit, value: fieldValue }
    })
  })
}

/** The items of a fact that is a list. */
export function itemsOf(facts: Facts, fact: string): readonly ItemValue[] {
  const items = facts[fact]
  return isField(items) || items === undefined ? [] : items
}

function isField(value: Facts[string] | undefined): value is FieldValue {
  return !Array.isArray(value)
}

/** The case with something else at a place. */
export function withValue(facts: Facts, { fact, item, field }: Place, value: FieldValue): Facts {
  if (item === undefined) return { ...facts, [fact]: value }
  const items = itemsOf(facts, fact).map((each, index): ItemValue => {
    if (index !== item) return each
    if (field !== undefined && typeof each === 'object') return { ...each, [field]: value }
    return value ?? each
  })
  return { ...facts, [fact]: items }
}

/** What is possible when a place may be several things. */
export function withPossible(
  facts: PossibleFacts,
  { fact, item, field = '' }: Pick<Place, 'fact' | 'item' | 'field'>,
  possible: Possible,
): PossibleFacts {
  if (item === undefined) return new Map(facts).set(fact, possible)
  const list = facts.get(fact)
  if (list?.kind !== 'list') return facts
  const items = list.items.map((each, index) => (index === item ? { ...each, [field]: possible } : each))
  return new Map(facts).set(fact, { ...list, items })
}

/** What is possible with one more item of which nothing is known. */
export function withAnotherItem(facts: PossibleFacts, fact: string, unit: ListUnit): PossibleFacts {
  const list = facts.get(fact)
  if (list?.kind !== 'list') return facts
  const longer: PossibleList = { ...list, items: [...list.items, unknownItem(unit)] }
  return new Map(facts).set(fact, longer)
}

/** A case of which everything is known. */
export function possibleCase(units: FactUnits, facts: Facts): PossibleFacts {
  return new Map(Object.entries(units).map(([name, unit]) => [name, knownFact(unit, facts[name] ?? null)]))
}
