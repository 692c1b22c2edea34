import { readFileSync } from 'node:fs'
import { type PolicyIr, readPolicies } from '../door.ts'

/** The files that hold the example policies. */
export const EXAMPLE_FILES = ['club-membership.ts', 'court-booking.ts', 'training-grant.ts'] as const

/** The IR of an example, read from its source. */
export function exampleIr(file: (typeof EXAMPLE_FILES)[number]): PolicyIr {
  const [ir] = readPolicies(readFileSync(new URL(file, import.meta.url), 'utf8'), `examples/${file}`)
  if (ir === undefined) throw new Error(`examples/${file} has no policy`)
  return ir
}
