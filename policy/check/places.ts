import { addDays, isDate } from '../dates.ts'
import type { Facts, FactValue, FieldValue, ItemValue } from '../facts.ts'
import type { PolicyBody } from '../ir.ts'
import { type FieldUnit, isQuantity, type ListUnit } from '../units.ts'

/** One thing in facts that can be changed by itself: a fact, a plain item of a list, or one field of an item. */
export interface Place {
  readonly name: string
  readonly index?: number
  readonly field?: string
  readonly unit: FieldUnit
}

/** Everything in these facts that can be changed by itself, lists item by item. */
export function placesIn(body: PolicyBody, facts: Facts): Place[] {
  return Object.entries(body.facts).flatMap(([name, unit]): Place[] => {
    if (unit.kind !== 'list') return [{ name, unit }]
    return itemsOf(facts[name]).flatMap((_, index) => placesInItem(name, index, unit))
  })
}

function placesInItem(name: string, index: number, { item }: ListUnit): Place[] {
  if (item.kind !== 'record') return [{ name, index, unit: item }]
  return Object.entries(item.fields).map(([field, unit]) => ({ name, index, field, unit }))
}

/** What stands at a place. */
export function readPlace(facts: Facts, { name, index, field }: Place): FieldValue {
  const fact = facts[name]
  if (index === undefined) return isPlain(fact) ? fact : null
  const item = itemsOf(fact)[index]
  if (item === undefined) return null
  if (isRecord(item)) return field === undefined ? null : (item[field] ?? null)
  return item
}

function isPlain(fact: FactValue | undefined): fact is FieldValue {
  return fact !== undefined && !Array.isArray(fact)
}

/** The facts with something else at a place. */
export function withPlace(facts: Facts, { name, index, field }: Place, value: FieldValue): Facts {
  if (index === undefined) return { ...facts, [name]: value }
  const items = itemsOf(facts[name]).map((item, at): ItemValue => {
    if (at !== index) return item
    if (field !== undefined && isRecord(item)) return { ...item, [field]: value }
    return value ?? item
  })
  return { ...facts, [name]: items }
}

function isRecord(item: ItemValue): item is Readonly<Record<string, FieldValue>> {
  return typeof item === 'object'
}

/** The items of a fact that is a list; none of anything else. */
export function itemsOf(fact: FactValue | undefined): readonly ItemValue[] {
  return Array.isArray(fact) ? fact : []
}

/** A figure or date so many units greater, kept within its unit; undefined for what has no size. */
export function moved(unit: FieldUnit, value: FieldValue, by: number): FieldValue | undefined {
  const scalar = unit.kind === 'optional' ? unit.unit : unit
  if (isQuantity(scalar) && typeof value === 'number') {
    return Math.min(Math.max(value + by, scalar.min), scalar.max)
  }
  if (scalar.kind !== 'date' || typeof value !== 'string' || Math.abs(by) > 120_000) return undefined
  const date = addDays(value, by)
  return isDate(date) ? date : undefined
}
