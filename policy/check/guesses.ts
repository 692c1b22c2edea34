import { addDays, addMonths, isDate } from '../dates.ts'
import type { Facts, FactValue, FieldValue, ItemValue, Scalar } from '../facts.ts'
import type { PolicyBody } from '../ir.ts'
import { dateOf, dayOf, type Possible } from '../possible/possible.ts'
import {
  type FactUnit,
  type FieldUnit,
  isQuantity,
  type ListUnit,
  type QuantityUnit,
  type ScalarUnit,
  unitCode,
} from '../units.ts'
import type { Dice } from './dice.ts'
import type { ValueSet } from './value-sets.ts'

/** At most so many items are tried in a list, unless a list must have more. */
const ITEMS_TRIED_MAX = 4

/** What each fact may be there, by name; a fact that is not named may be anything declared. */
export type Bounds = (name: string) => Possible | undefined

/**
 * Facts worth trying for a body under a set of values: mostly on the bounds of their units and on, just below and just above the values of
 * law, alone, added up and moved by them, where a rule may change its mind.
 */
export class Guesses {
  readonly #body: PolicyBody
  readonly #dice: Dice
  readonly #numbers: ReadonlyMap<string, readonly number[]>
  readonly #shifts: { readonly months: readonly number[]; readonly days: readonly number[] }
  readonly #dates: readonly string[]
  /** What has been guessed for the facts at hand, so that facts can be equal or near to each other. */
  #drawn: { numbers: number[]; dates: string[] } = { numbers: [], dates: [] }

  constructor(body: PolicyBody, { values, on }: ValueSet, dice: Dice) {
    this.#body = body
    this.#dice = dice
    const numbers = new Map<string, number[]>()
    const dates = [on]
    for (const { value, unit } of Object.values(values)) {
      for (const content of typeof value === 'object' ? Object.values(value) : [value]) {
        if (typeof content === 'number') numbers.set(unit, [...(numbers.get(unit) ?? []), content])
        else if (unit === 'date') dates.push(String(content))
      }
    }
    this.#numbers = numbers
    this.#dates = dates.flatMap((date) => [addDays(date, -1), date, addDays(date, 1)])
    this.#shifts = { months: numbers.get('month') ?? [], days: numbers.get('day') ?? [] }
  }

  /** All facts anew, within bounds where there are any. */
  facts(bounds: Bounds = () => undefined): Facts {
    this.#drawn = { numbers: [], dates: [] }
    const drawn = Object.entries(this.#body.facts).map(([name, unit]) => [name, this.fact(unit, bounds(name))] as const)
    return Object.fromEntries(drawn)
  }

  /** One fact. */
  fact(unit: FactUnit, bound?: Possible): FactValue {
    return unit.kind === 'list' ? this.#list(unit, bound) : this.field(unit, bound)
  }

  /** One fact that is no list, or one field of an item. */
  field(unit: FieldUnit, bound?: Possible): FieldValue {
    if (unit.kind !== 'optional') return this.#scalar(unit, bound)
    const mustBePresent = bound !== undefined && !bound.absent
    const mustBeAbsent = bound?.absent === true && bound.kind === 'words' && bound.words.length === 0
    if (mustBeAbsent || (!mustBePresent && this.#dice.oneIn(4))) return null
    return this.#scalar(unit.unit, bound)
  }

  /** One item of a list. */
  item({ item }: ListUnit): ItemValue {
    if (item.kind !== 'record') return this.#scalar(item)
    return Object.fromEntries(Object.entries(item.fields).map(([name, unit]) => [name, this.field(unit)]))
  }

  /** Figures of one unit at which something may change, in rising order: dates as dates. */
  edges(unit: FactUnit): Scalar[] {
    const scalar = unit.kind === 'optional' ? unit.unit : unit
    if (isQuantity(scalar)) return [...new Set(this.#numberEdges(scalar))].toSorted((a, b) => a - b)
    switch (scalar.kind) {
      case 'date':
        return [...new Set(this.#dates)].toSorted()
      case 'flag':
        return [false, true]
      case 'choice':
        return [...scalar.options]
      default:
        return []
    }
  }

  #list(unit: ListUnit, bound?: Possible): ItemValue[] {
    const { min, max } = bound?.kind === 'range' ? bound : { min: 0, max: unit.max }
    const length = this.#dice.whole(min, Math.max(min, Math.min(max, ITEMS_TRIED_MAX)))
    return Array.from({ length }, () => this.item(unit))
  }

  #scalar(unit: ScalarUnit, bound?: Possible): Scalar {
    if (isQuantity(unit)) return this.#number(unit, bound)
    switch (unit.kind) {
      case 'flag':
      case 'choice': {
        const declared = unit.kind === 'flag' ? [true, false] : unit.options
        const words = bound?.kind === 'words' ? declared.filter((word) => bound.words.includes(word)) : declared
        return this.#dice.pick(words) ?? false
      }
      case 'text':
        return this.#dice.pick(['A-1', 'A-1', 'A-2']) ?? ''
      case 'date':
        return this.#date(bound)
    }
  }

  #number(unit: QuantityUnit, bound?: Possible): number {
    const { min, max } = bound?.kind === 'range' ? bound : unit
    const within = (n: number) => Math.min(Math.max(n, min), max)
    const edges = this.#numberEdges(unit)
    const choices = [
      () => this.#dice.pick(edges) ?? min,
      () => (this.#dice.pick(edges) ?? 0) + (this.#dice.pick(edges) ?? 0),
      () => (this.#dice.pick(this.#drawn.numbers) ?? min) + this.#dice.whole(-1, 1),
      () => this.#dice.whole(min, max),
      () => min + Math.floor(this.#dice.next() ** 4 * (max - min)),
      () => this.#dice.pick([min, max]) ?? min,
    ]
    const drawn = within(this.#dice.pick(choices)?.() ?? min)
    this.#drawn.numbers.push(drawn)
    return drawn
  }

  #numberEdges(unit: QuantityUnit): number[] {
    const near = (this.#numbers.get(unitCode(unit)) ?? []).flatMap((n) => [n - 1, n, n + 1])
    return [unit.min, unit.min + 1, unit.max - 1, unit.max, 0, 1, ...near].filter((n) => n >= unit.min && n <= unit.max)
  }

  #date(bound?: Possible): string {
    const choices = [
      () => this.#dice.pick(this.#dates) ?? '',
      () => this.#moved(this.#dice.pick(this.#drawn.dates) ?? this.#dice.pick(this.#dates) ?? ''),
      () => addDays(this.#dates[0] ?? '2024-01-01', this.#dice.whole(-3_000, 3_000)),
      () => '2024-02-29',
    ]
    const date = this.#dice.pick(choices)?.() ?? ''
    const day = isDate(date) ? dayOf(date) : 0
    const drawn = bound?.kind === 'range' ? dateOf(Math.min(Math.max(day, bound.min), bound.max)) : dateOf(day)
    this.#drawn.dates.push(drawn)
    return drawn
  }

  /** A day as far from another as a value of law says, or a day beside it. */
  #moved(date: string): string {
    const sign = this.#dice.oneIn(2) ? 1 : -1
    const months = this.#dice.pick([0, ...this.#shifts.months]) ?? 0
    const days = this.#dice.pick([0, ...this.#shifts.days]) ?? 0
    return addDays(addMonths(date, sign * months), sign * days + this.#dice.whole(-1, 1))
  }
}
