/** What a place could be instead, in parts, each in the order of how near it is. */
import { days, numbers, type Possible, words } from '../ask/possible.ts'
import { addDays, daysBetween } from '../dates.ts'
import type { FieldValue } from '../facts.ts'
import { type FieldUnit, isQuantity, type ScalarUnit } from '../units.ts'

/** One other value, or a range of whole numbers that stand for quantities or days. */
export type Part = { readonly is: 'one'; readonly value: FieldValue; readonly possible: Possible } | Range

/** From `min` to `max`; what lies at the low end is nearer unless `isNearHigh`. */
export interface Range {
  readonly is: 'range'
  readonly min: number
  readonly max: number
  readonly isNearHigh: boolean
  readonly valueAt: (n: number) => number | string
  readonly possibleIn: (min: number, max: number) => Possible
}

/** What has to be known to name other values: the day of the decision, and the texts of the case. */
export interface PartContext {
  readonly on: string
  readonly texts: readonly string[]
}

const FIRST_DAY = '1900-01-01'
const LAST_DAY = '2199-12-31'

/** All that may stand at a place instead of `now`, or at all where nothing stands there yet. A text can only be another text of the case. */
export function partsInstead(unit: FieldUnit, now: FieldValue | undefined, context: PartContext): Part[] {
  if (unit.kind !== 'optional') return scalarParts(unit, now, context)
  const absent: Part[] = now === null ? [] : [one(null)]
  return [...scalarParts(unit.unit, now, context), ...absent]
}

function scalarParts(unit: ScalarUnit, now: FieldValue | undefined, { on, texts }: PartContext): Part[] {
  if (isQuantity(unit)) {
    const around = typeof now === 'number' ? now : unit.min - 1
    return split(
      unit.min,
      unit.max,
      around,
      (n) => n,
      (min, max) => numbers(min, max),
    )
  }
  switch (unit.kind) {
    case 'flag':
      return [true, false].filter((flag) => flag !== now).map(one)
    case 'choice':
      return unit.options.filter((option) => option !== now).map(one)
    case 'text':
      return texts.filter((text) => text !== now).map(one)
    case 'date': {
      const dayAt = (n: number) => addDays(FIRST_DAY, n)
      const around = typeof now === 'string' ? daysBetween(FIRST_DAY, now) : daysBetween(FIRST_DAY, on) - 0.5
      return split(0, daysBetween(FIRST_DAY, LAST_DAY), around, dayAt, (min, max) => days(dayAt(min), dayAt(max)))
    }
  }
}

function one(value: string | boolean | null): Part {
  return { is: 'one', value, possible: words(value) }
}

/** What lies above and below a point, without the point. */
function split(
  min: number,
  max: number,
  around: number,
  valueAt: Range['valueAt'],
  possibleIn: Range['possibleIn'],
): Range[] {
  const range = { is: 'range', valueAt, possibleIn } as const
  const above = { ...range, min: Math.max(min, Math.floor(around) + 1), max, isNearHigh: false }
  const below = { ...range, min, max: Math.min(max, Math.ceil(around) - 1), isNearHigh: true }
  return [above, below].filter((part) => part.min <= part.max)
}
