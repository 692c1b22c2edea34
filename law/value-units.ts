import { isPlainDate } from '../ground/door.ts'
import type { ValueContent, ValueDefinition } from './values.ts'

/** Words that people write for a unit, and what the house writes instead. */
const foreignUnits: Readonly<Record<string, string>> = {
  yuan: 'fen (whole fen)',
  money: 'fen (whole fen)',
  percent: 'ppm (whole parts per million, 1 % is 10000)',
  rate: 'ppm (whole parts per million, 1 % is 10000)',
  boolean: 'flag',
  bool: 'flag',
  string: 'choice',
  text: 'choice',
  number: 'the label of what is counted (month, day, working_day, person)',
  integer: 'the label of what is counted (month, day, working_day, person)',
  count: 'the label of what is counted (month, day, working_day, person)',
  months: 'month',
  days: 'day',
  working_days: 'working_day',
  years: 'year',
}

/** What to write instead of a unit that the house does not know; undefined when the unit is fine. */
export function findUnitAdvice(unit: string): string | undefined {
  if (!/^[a-z]+(_[a-z]+)*$/.test(unit))
    return 'fen, ppm, date, flag, choice or the label of a count such as working_day'
  return Object.hasOwn(foreignUnits, unit) ? foreignUnits[unit] : undefined
}

/** What was expected of a value by its definition; undefined when it fits. Quantities are whole and not negative. */
export function findMisfit(definition: ValueDefinition, value: ValueContent): string | undefined {
  if (definition.keys !== undefined) {
    const fits = typeof value === 'object' && !Array.isArray(value) && Object.values(value).every(isWholeAmount)
    return fits ? undefined : `whole numbers (${definition.unit}) by ${definition.keys.join()}`
  }
  switch (definition.unit) {
    case 'date':
      return typeof value === 'string' && isPlainDate(value) ? undefined : 'a calendar date YYYY-MM-DD'
    case 'flag':
      return typeof value === 'boolean' ? undefined : 'true or false'
    case 'choice':
      return typeof value === 'string' || Array.isArray(value) ? undefined : 'a word or a list of words'
    default:
      return isWholeAmount(value) ? undefined : `a whole number (${definition.unit}), zero or more`
  }
}

function isWholeAmount(value: ValueContent): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
