/** For tests of policies, here and in services: random facts and values that lie on and around every boundary. */
import fc from 'fast-check'
import { addDays } from './dates.ts'
import type { Scalar } from './facts.ts'
import {
  type FactUnit,
  type FieldUnit,
  isQuantity,
  type ListUnit,
  type QuantityUnit,
  type ScalarUnit,
  unitCode,
  type ValueUnit,
} from './units.ts'
import type { ResolvedValue, ResolvedValues } from './values.ts'

/**
 * Random facts of the declared units. Quantities and dates fall, as often as anywhere, on the bounds of the unit and on, just below and just
 * above the values given, where a rule changes its mind.
 */
export function arbitraryFacts(
  units: Readonly<Record<string, FactUnit>>,
  values: ResolvedValues = {},
): fc.Arbitrary<Record<string, unknown>> {
  const near = boundariesOf(values)
  return fc.record(mapUnits(units, (unit) => arbitraryFact(unit, near)))
}

/** Random values of the declared units, some of them assumed, in force since long ago. */
export function arbitraryValues(units: Readonly<Record<string, ValueUnit>>): fc.Arbitrary<ResolvedValues> {
  return fc.record(mapUnits(units, arbitraryValue))
}

/** Numbers and dates on whose two sides a rule may differ. */
interface Boundaries {
  readonly numbers: readonly number[]
  readonly dates: readonly string[]
}

const NOWHERE: Boundaries = { numbers: [], dates: [] }

function boundariesOf(values: ResolvedValues): Boundaries {
  const all = Object.values(values).flatMap(({ value }) => (typeof value === 'object' ? Object.values(value) : [value]))
  const dates = Object.values(values).flatMap(({ value, unit }) => (unit === 'date' ? [String(value)] : []))
  return {
    numbers: all.filter((value) => typeof value === 'number').flatMap((value) => [value - 1, value, value + 1]),
    dates: dates.flatMap((date) => [addDays(date, -1), date, addDays(date, 1)]),
  }
}

function mapUnits<U, A>(units: Readonly<Record<string, U>>, make: (unit: U) => A): Record<string, A> {
  return Object.fromEntries(Object.entries(units).map(([name, unit]) => [name, make(unit)]))
}

function arbitraryFact(unit: FactUnit, near: Boundaries): fc.Arbitrary<unknown> {
  return unit.kind === 'list' ? arbitraryList(unit, near) : arbitraryField(unit, near)
}

/** Most items of a random list: enough for every place in an order, and for a limit to be passed. */
const ITEMS_MAX = 6

/** Items that have nothing to do with each other, or items made of the fields of two, so that some are equal in what a list is sorted by. */
function arbitraryList({ item, max }: ListUnit, near: Boundaries): fc.Arbitrary<unknown> {
  const size = { maxLength: Math.min(max, ITEMS_MAX) }
  if (item.kind !== 'record') {
    const one = arbitraryField(item, near)
    return fc.oneof(
      fc.array(one, size),
      fc.tuple(one, one).chain((two) => fc.array(fc.constantFrom(...two), size)),
    )
  }
  const one = fc.record(mapUnits(item.fields, (field) => arbitraryField(field, near)))
  const alike = fc.tuple(one, one).chain(([a, b]) => {
    const fields = Object.keys(item.fields).map((name) => [name, fc.constantFrom(a[name], b[name])])
    return fc.array(fc.record(Object.fromEntries(fields)), size)
  })
  return fc.oneof(fc.array(one, size), alike)
}

function arbitraryField(unit: FieldUnit, near: Boundaries): fc.Arbitrary<Scalar | null> {
  return unit.kind === 'optional' ? fc.option(arbitraryScalar(unit.unit, near)) : arbitraryScalar(unit, near)
}

function arbitraryScalar(unit: ScalarUnit, near: Boundaries): fc.Arbitrary<Scalar> {
  if (isQuantity(unit)) return arbitraryNumber(unit, near)
  switch (unit.kind) {
    case 'flag':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...unit.options)
    case 'text':
      return fc.constantFrom('A-1', 'A-2', '')
    case 'date':
      return fc.oneof(fc.constantFrom('2024-02-29', '2023-12-31', '2024-01-31', ...near.dates), anyDate)
  }
}

function arbitraryNumber({ min, max }: QuantityUnit, near: Boundaries = NOWHERE): fc.Arbitrary<number> {
  const edges = [min, max, 0, 1, ...near.numbers].filter((edge) => edge >= min && edge <= max)
  return fc.oneof(fc.constantFrom(...edges), fc.integer({ min, max }))
}

const anyDate = fc.integer({ min: -20_000, max: 20_000 }).map((days) => addDays('2024-01-01', days))

function arbitraryValue(unit: ValueUnit): fc.Arbitrary<ResolvedValue> {
  const base = { unit: unitCode(unit), from: '1990-01-01', source: 'S1', region: 'club' }
  const one = fc.tuple(arbitraryContent(unit), fc.boolean())
  return one.map(([value, assumed]) => ({ ...base, value, ...(assumed ? { assumed } : {}) }))
}

function arbitraryContent(unit: ValueUnit): fc.Arbitrary<ResolvedValue['value']> {
  if (unit.kind === 'keyed')
    return fc.record(Object.fromEntries(unit.by.map((key) => [key, arbitraryNumber(unit.unit)])))
  if (unit.kind !== 'list') return arbitraryScalar(unit, NOWHERE)
  return unit.item.kind === 'choice' ? fc.subarray([...unit.item.options]) : fc.constant([])
}
