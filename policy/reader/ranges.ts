import { isQuantity, type QuantityUnit, type Unit } from '../units.ts'

/** A closed interval of whole numbers, to prove before anything runs that no result leaves what a double holds exactly. */
export interface Range {
  readonly min: number
  readonly max: number
}

/** True when every whole number of the range is exact as a JavaScript number. */
export function isExact({ min, max }: Range): boolean {
  return min >= Number.MIN_SAFE_INTEGER && max <= Number.MAX_SAFE_INTEGER
}

/** True when the first range lies inside the second. */
export function isWithin(inner: Range, outer: Range): boolean {
  return inner.min >= outer.min && inner.max <= outer.max
}

/** Everything that is in either. */
export function union(a: Range, b: Range): Range {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) }
}

/** What is in both; undefined when nothing is. */
export function intersection(a: Range, b: Range): Range | undefined {
  const min = Math.max(a.min, b.min)
  const max = Math.min(a.max, b.max)
  return min <= max ? { min, max } : undefined
}

/** The interval of each arithmetic operator over two intervals. */
export const RANGE_OF: Readonly<Record<'+' | '-' | '*' | 'min' | 'max', (a: Range, b: Range) => Range>> = {
  '+': (a, b) => ({ min: a.min + b.min, max: a.max + b.max }),
  '-': (a, b) => ({ min: a.min - b.max, max: a.max - b.min }),
  '*': (a, b) => {
    const corners = [a.min * b.min, a.min * b.max, a.max * b.min, a.max * b.max]
    return { min: Math.min(...corners), max: Math.max(...corners) }
  },
  min: (a, b) => ({ min: Math.min(a.min, b.min), max: Math.min(a.max, b.max) }),
  max: (a, b) => ({ min: Math.max(a.min, b.min), max: Math.max(a.max, b.max) }),
}

/** The same quantity within another range. */
export function inRange<U extends QuantityUnit>(unit: U, { min, max }: Range): U {
  return { ...unit, min, max }
}

/** The unit in which both fit, or undefined when they are not one unit. Ranges and choices are joined. */
export function joinUnits(a: Unit, b: Unit): Unit | undefined {
  if (isQuantity(a) && isQuantity(b)) return isSameQuantity(a, b) ? inRange(a, union(a, b)) : undefined
  if (a.kind === 'choice' && b.kind === 'choice') {
    return { kind: 'choice', options: [...new Set([...a.options, ...b.options])] }
  }
  const isPlain = a.kind === 'date' || a.kind === 'flag' || a.kind === 'text'
  return isPlain && a.kind === b.kind ? a : undefined
}

/** True for two amounts, two rates, or two counts of the same thing. */
export function isSameQuantity(a: QuantityUnit, b: QuantityUnit): boolean {
  return a.kind === 'count' && b.kind === 'count' ? a.of === b.of : a.kind === b.kind
}

/** A unit as problems name it: `money`, `count of month`, `choice`. */
export function unitName(unit: Unit): string {
  if (unit.kind === 'count') return unit.of === '' ? 'a plain number' : `count of ${unit.of}`
  if (unit.kind === 'optional') return `optional ${unitName(unit.unit)}`
  return unit.kind
}
