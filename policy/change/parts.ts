/** What a place could be instead, in parts, each in the order of how near it is. */
import type { FieldValue } from '../facts.ts'
import { contentAt, dayOf, type Possible, possibleOfContent, possibleOfUnit, rangeIn } from '../possible/possible.ts'
import { type DateUnit, type FieldUnit, isQuantity, type QuantityUnit, type ScalarUnit } from '../units.ts'

/** One other value, or a range of whole numbers that stand for quantities or days. */
export type Part = { readonly is: 'one'; readonly value: FieldValue; readonly possible: Possible } | RangePart

/** From `min` to `max`; what lies at the low end is nearer unless `isNearHigh`. */
export interface RangePart {
  readonly is: 'range'
  readonly min: number
  readonly max: number
  readonly isNearHigh: boolean
  readonly valueAt: (n: number) => number | string
}

/** What has to be known to name other values: the day of the decision, and the texts of the case. */
export interface PartContext {
  readonly on: string
  readonly texts: readonly string[]
}

/** All that may stand at a place instead of `now`, or at all where nothing stands there yet. A text can only be another text of the case. */
export function partsInstead(unit: FieldUnit, now: FieldValue | undefined, context: PartContext): Part[] {
  if (unit.kind !== 'optional') return scalarParts(unit, now, context)
  const absent: Part[] = now === null ? [] : [one(null, unit)]
  return [...scalarParts(unit.unit, now, context), ...absent]
}

function scalarParts(unit: ScalarUnit, now: FieldValue | undefined, { on, texts }: PartContext): Part[] {
  if (isQuantity(unit)) return split(unit, typeof now === 'number' ? now : unit.min - 1)
  switch (unit.kind) {
    case 'flag':
      return [true, false].filter((flag) => flag !== now).map((flag) => one(flag, unit))
    case 'choice':
      return unit.options.filter((option) => option !== now).map((option) => one(option, unit))
    case 'text':
      return texts.filter((text) => text !== now).map((text) => one(text, unit))
    case 'date':
      return split(unit, typeof now === 'string' ? dayOf(now) : dayOf(on) - 0.5)
  }
}

function one(value: string | boolean | null, unit: FieldUnit): Part {
  return { is: 'one', value, possible: possibleOfContent(value, unit) }
}

/** What a quantity or a date can be above and below a point, without the point. */
function split(unit: QuantityUnit | DateUnit, around: number): RangePart[] {
  const whole = rangeIn(possibleOfUnit(unit))
  if (whole === undefined) return []
  const { min, max } = whole
  const part = { is: 'range', valueAt: (n: number) => contentAt(n, unit) } as const
  const above = { ...part, min: Math.max(min, Math.floor(around) + 1), max, isNearHigh: false }
  const below = { ...part, min, max: Math.min(max, Math.ceil(around) - 1), isNearHigh: true }
  return [above, below].filter((each) => each.min <= each.max)
}
