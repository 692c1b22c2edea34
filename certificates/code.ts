import { type Random, randomBelow } from '../ground/door.ts'

/** Letters and digits that nobody confuses when reading them aloud (Crockford's base 32, without I, L, O and U). */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const groups = 3
const groupLength = 4

/** A code to verify a certificate by: the region that issued it and 60 random bits, `320000-7K3M-9QXA-2BCD`. */
export function newVerificationCode(region: string, random: Random): string {
  const group = () => Array.from({ length: groupLength }, () => letters[randomBelow(random, letters.length)]).join('')
  return [region, ...Array.from({ length: groups }, group)].join('-')
}

/** A code as people type it, in its own form: lower case, missing hyphens, O for 0, I and L for 1. Undefined where it can be none. */
export function findVerificationCode(typed: string): string | undefined {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  const match = /^(\d{6})([0-9A-HJKMNP-TV-Z]{4})([0-9A-HJKMNP-TV-Z]{4})([0-9A-HJKMNP-TV-Z]{4})$/.exec(plain)
  return match ? match.slice(1).join('-') : undefined
}
