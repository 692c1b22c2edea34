import type { PolicyIr } from './ir.ts'
import { type FactUnit, type FieldUnit, isQuantity, type RecordUnit, unitCode } from './units.ts'

/** One fact as a form or a caller needs to know it. */
export interface FactDescription {
  readonly name: string
  readonly kind: Exclude<FactUnit['kind'], 'optional'>
  /** Unit code: `fen`, `ppm`, the label of a count, `date`, `flag`, `choice`, `text`, `list`. */
  readonly unit: string
  /** It may be left out or null. */
  readonly optional: boolean
  /** Bounds of a quantity, both included. */
  readonly min?: number
  /** Of a list: the most items it may have. */
  readonly max?: number
  readonly choices?: readonly string[]
  /** Of a list of records: the fields of an item. Of a list of plain quantities: one entry named `''`. */
  readonly item?: readonly FactDescription[]
}

/**
 * The facts of a policy, in the order of declaration.
 * @param on picks the body that is law on that day; without it, or on a day without one, the latest body
 */
export function describeFacts({ bodies }: PolicyIr, on?: string): FactDescription[] {
  const inForce = bodies.find(({ from, to }) => on !== undefined && from <= on && (to === undefined || on <= to))
  const { facts = {} } = inForce ?? bodies.at(-1) ?? {}
  return Object.entries(facts).map(([name, unit]) => describeFact(name, unit))
}

function describeFact(name: string, unit: FactUnit): FactDescription {
  if (unit.kind === 'list') {
    return {
      name,
      kind: unit.kind,
      unit: unitCode(unit),
      optional: false,
      max: unit.max,
      item: describeItem(unit.item),
    }
  }
  return describeField(name, unit)
}

function describeItem(item: FieldUnit | RecordUnit): FactDescription[] {
  if (item.kind !== 'record') return [describeField('', item)]
  return Object.entries(item.fields).map(([field, unit]) => describeField(field, unit))
}

function describeField(name: string, unit: FieldUnit): FactDescription {
  if (unit.kind === 'optional') return { ...describeField(name, unit.unit), optional: true }
  const described = { name, kind: unit.kind, unit: unitCode(unit), optional: false }
  if (isQuantity(unit)) return { ...described, min: unit.min, max: unit.max }
  return unit.kind === 'choice' ? { ...described, choices: unit.options } : described
}
