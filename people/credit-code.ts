import { z } from 'zod'

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** A unified social credit code of GB 32100-2015: 17 characters of an alphabet without I, O, S, V and Z, and a check character. */
export const schemaCreditCode = z.string().trim().toUpperCase().refine(isCreditCode, {
  error: 'a unified social credit code of 18 characters with a right check character (GB 32100)',
})

/** True for 18 characters with the right check character. */
export function isCreditCode(text: string): boolean {
  return /^[0-9A-HJ-NP-RTUWXY]{18}$/.test(text) && text[17] === checkCharacter(text.slice(0, 17))
}

/** A code with a right check character for bodies that do not exist: tests and the demo world. `serial` below a thousand million. */
export function makeSyntheticCreditCode(body: { region: string; serial: number }): string {
  const front = `91${body.region}${String(body.serial).padStart(9, '0')}`
  return front + checkCharacter(front)
}

/** The complement to 31 of the sum of the characters weighted with powers of 3. A remainder of nothing is the character 0. */
function checkCharacter(front: string): string {
  let sum = 0
  let weight = 1
  for (const character of front) {
    sum += alphabet.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return alphabet.charAt((31 - (sum % 31)) % 31)
}
