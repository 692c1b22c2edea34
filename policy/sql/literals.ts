import type { ScalarUnit } from '../units.ts'

/**
 * Text between quotes.
 * @throws RangeError for the character 0, which PostgreSQL cannot hold
 */
export function textLiteral(text: string): string {
  if (text.includes('\0')) throw new RangeError('text in SQL cannot hold the character 0')
  return `'${text.replaceAll("'", "''")}'`
}

/** A whole number that both databases take as 64 bits wide. */
export function wholeLiteral(value: number): string {
  return `${wholeDigits(value)}::bigint`
}

/** The digits of a whole number; a negative one stands between parentheses, so that no sign follows another. */
export function wholeDigits(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number that is exact`)
  return value < 0 ? `(${value})` : String(value)
}

/**
 * A fact or value of a unit as SQL with its type.
 * @throws TypeError when it is not of the unit
 */
export function scalarLiteral(unit: ScalarUnit, value: unknown): string {
  switch (unit.kind) {
    case 'date':
      if (typeof value === 'string') return `DATE ${textLiteral(value)}`
      break
    case 'flag':
      if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
      break
    case 'choice':
    case 'text':
      if (typeof value === 'string') return textLiteral(value)
      break
    default:
      if (typeof value === 'number') return wholeLiteral(value)
  }
  throw new TypeError(`${typeof value} is no ${unit.kind}`)
}

/** A comment to the end of the line. */
export function comment(text: string): string {
  return `-- ${text.replace(/\s+/g, ' ').trim()}`
}
