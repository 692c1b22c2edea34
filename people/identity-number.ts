import { z } from 'zod'
import { isPlainDate, type PlainDate } from '../ground/door.ts'
import type { Sex } from './tables.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = '10X98765432'

/** A citizen's identity number of GB 11643-1999: region, birth date, sequence (odd for men), check character. Lower-case x is taken for X. */
export const schemaIdNumber = z
  .string()
  .trim()
  .toUpperCase()
  .refine(isIdNumber, { error: 'an identity number of 18 characters with a right check digit (GB 11643)' })

/** True for 18 characters with a real birth date and the right check character. */
export function isIdNumber(text: string): boolean {
  return /^\d{17}[\dX]$/.test(text) && isPlainDate(birthOnOf(text)) && text[17] === checkCharacter(text.slice(0, 17))
}

/** The birth date that an identity number carries. */
export function birthOnOf(idNumber: string): PlainDate {
  return `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`
}

/** The sex that an identity number carries: an odd sequence is a man's. */
export function sexOf(idNumber: string): Sex {
  return Number(idNumber[16]) % 2 === 1 ? 'male' : 'female'
}

/** As shown on pages: region and the last four characters, the rest hidden. */
export function maskIdNumber(idNumber: string): string {
  return `${idNumber.slice(0, 6)}********${idNumber.slice(-4)}`
}

/** A number with a right check digit for people who do not exist: tests and the demo world. `sequence` 0-999. */
export function makeSyntheticIdNumber(person: { region: string; birthOn: PlainDate; sequence: number }): string {
  const front = person.region + person.birthOn.replaceAll('-', '') + String(person.sequence).padStart(3, '0')
  return front + checkCharacter(front)
}

/** ISO 7064 MOD 11-2 over the first 17 digits. */
function checkCharacter(front: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(front[index]), 0)
  return checkCharacters.charAt(sum % 11)
}
