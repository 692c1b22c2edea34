import { readFileSync } from 'node:fs'
import { type PolicyIr, readPolicies } from '../door.ts'

/** The IR of an example, read from its source. */
export function exampleIr(file: 'club-membership.ts' | 'court-booking.ts'): PolicyIr {
  const [ir] = readPolicies(readFileSync(new URL(file, import.meta.url), 'utf8'), `examples/${file}`)
  if (ir === undefined) throw new Error(`examples/${file} has no policy`)
  return ir
}
