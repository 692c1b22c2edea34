import { isDate } from '../dates.ts'
import { isScalarOf } from '../facts.ts'
import { DATE_RANGE, dayOf } from '../kernel/day-numbers.ts'
import { findNearestName } from '../nearest.ts'
import { isQuantity, type QuantityUnit, type ScalarUnit } from '../units.ts'

/** Numbers for the texts of one stretch of a population, in the order in which they came. Texts are compared within a row only. */
export interface TextDictionary {
  codeOf(text: string): number
  /** @throws RangeError for a code that was not given out */
  textOf(code: number): string
}

/** A dictionary that begins with these texts, each its place: those that a rule names (`textsOf`). */
export function createDictionary(first: readonly string[] = []): TextDictionary {
  const codes = new Map(first.map((text, code) => [text, code]))
  const texts = [...first]
  return {
    codeOf(text) {
      const known = codes.get(text)
      if (known !== undefined) return known
      codes.set(text, texts.length)
      return texts.push(text) - 1
    },
    textOf(code) {
      const text = texts[code]
      if (text === undefined) throw new RangeError(`no text has the code ${code}`)
      return text
    },
  }
}

/** From a cell to the number that stands for it in a column; undefined when the cell is none of the unit's. */
export type CellEncoder = (cell: unknown) => number | undefined

/** The encoder of a unit. Cells may be as a fact would be, as columnar files hold them (`bigint`, `Date`), or text that says the same. */
export function cellEncoder(unit: ScalarUnit, dictionary: TextDictionary): CellEncoder {
  if (isQuantity(unit)) return (cell) => wholeNumber(unit, cell)
  switch (unit.kind) {
    case 'flag':
      return flagCode
    case 'choice': {
      const codes = new Map<unknown, number>(unit.options.map((option, code) => [option, code]))
      return (cell) => codes.get(cell)
    }
    case 'text':
      return (cell) => (typeof cell === 'string' ? dictionary.codeOf(cell) : undefined)
    case 'date':
      return dateEncoder()
  }
}

function wholeNumber(unit: QuantityUnit, cell: unknown): number | undefined {
  if (typeof cell === 'number') return isScalarOf(unit, cell) ? cell : undefined
  if (typeof cell === 'string' && !/^-?\d{1,16}$/.test(cell)) return undefined
  if (typeof cell !== 'string' && typeof cell !== 'bigint') return undefined
  const number = Number(cell)
  return isScalarOf(unit, number) ? number : undefined
}

function flagCode(cell: unknown): number | undefined {
  if (cell === true || cell === 'true' || cell === 1 || cell === '1') return 1
  return cell === false || cell === 'false' || cell === 0 || cell === '0' ? 0 : undefined
}

const MILLISECONDS_PER_DAY = 86_400_000

/** Remembers the days it has seen: a population has few. A number is a day number already. */
function dateEncoder(): CellEncoder {
  const known = new Map<string, number>()
  return (cell) => {
    if (typeof cell === 'number') return dayNumber(cell)
    if (cell instanceof Date) return dayNumber(cell.getTime() / MILLISECONDS_PER_DAY)
    if (typeof cell !== 'string') return undefined
    const day = known.get(cell) ?? (isDate(cell) ? dayOf(cell) : undefined)
    if (day !== undefined) known.set(cell, day)
    return day
  }
}

function dayNumber(day: number): number | undefined {
  return Number.isInteger(day) && day >= DATE_RANGE.min && day <= DATE_RANGE.max ? day : undefined
}

/** What to do about a cell that is not of its unit. */
export function mendOf(unit: ScalarUnit, cell: unknown): string {
  if (cell === undefined || cell === null || cell === '') return 'fill it in'
  if (unit.kind === 'money' && /^-?[\d,]+\.\d{1,2}$/.test(String(cell))) {
    return 'write the amount in whole fen: 12.50 yuan are 1250'
  }
  if (unit.kind === 'date') return 'write the day as 2024-01-31'
  if (isQuantity(unit)) return 'write a whole number without separators, within the range'
  if (unit.kind === 'choice') {
    const nearest = findNearestName(String(cell), [...unit.options])
    return nearest === undefined ? 'write one of these words' : `perhaps \`${nearest}\` was meant`
  }
  return unit.kind === 'flag' ? 'write true or false' : 'write text'
}
