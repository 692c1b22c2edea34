import type { Clock } from './clock.ts'
import type { Random } from './random.ts'

/** A UUID version 7 in lower-case text. */
export type Id = string

/** Makes an id from the passed clock and randomness: 48 bits of milliseconds, then random bits (RFC 9562, version 7). */
export function newId(clock: Clock, random: Random): Id {
  const bytes = random.bytes(16)
  let milliseconds = Date.parse(clock.now())
  for (let index = 5; index >= 0; index--) {
    bytes[index] = milliseconds % 256
    milliseconds = Math.floor(milliseconds / 256)
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Buffer.from(bytes).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** True for the text form of any UUID. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)
}

/**
 * The check digit of a readable number: ISO 7064 MOD 11,10 over its digits, so that one mistyped digit or two swapped
 * neighbours are noticed when someone reads a number aloud or copies it by hand.
 */
export function checkDigit(digits: string): string {
  let product = 10
  for (const character of digits) {
    const sum = (Number(character) + product) % 10 || 10
    product = (sum * 2) % 11
  }
  return String((11 - product) % 10)
}

/** True when the last character of `number` is the check digit of the digits before it; other characters are ignored. */
export function hasCheckDigit(number: string): boolean {
  const digits = number.replace(/\D/g, '')
  return digits.length > 1 && checkDigit(digits.slice(0, -1)) === digits.slice(-1)
}
