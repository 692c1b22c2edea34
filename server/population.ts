import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { parseInput, schemaDate, schemaRegion } from '../ground/door.ts'
import type { Spread } from '../policy/door.ts'

const edge = z.union([z.int(), z.string()])
/** How a column of facts is spread. */
export const schemaSpread: z.ZodType<Spread, Spread> = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('even'), min: edge.exactOptional(), max: edge.exactOptional() }),
  z.strictObject({ is: z.literal('skewed'), median: z.number().positive(), spread: z.number().positive() }),
  z.strictObject({ is: z.literal('weighted'), weights: z.record(z.string(), z.number().nonnegative()) }),
  z.strictObject({ is: z.literal('edges'), at: z.array(edge) }),
])
const population = z.strictObject({
  /** The day whose law the people live under, where it is not today's: a tax year that is settled afterwards, for example. */
  on: schemaDate.exactOptional(),
  /** The regions whose people are made up, each as often as any other; all provinces unless given. */
  regions: z.array(schemaRegion).min(1).exactOptional(),
  /** By column of the facts. A column that is not named is spread evenly over its unit. */
  columns: z.record(z.string(), schemaSpread),
})

/** How a service's synthetic people are made, for trying out a change: `population.yaml`, by policy. */
export type SyntheticPopulation = z.infer<typeof population>

/**
 * The synthetic population of a policy; one in which everything is spread evenly where the service has none for it.
 * @throws BadInput when `population.yaml` cannot be read
 */
export function populationOf(folder: URL, policy: string): SyntheticPopulation {
  const file = new URL('population.yaml', folder)
  if (!existsSync(file)) return { columns: {} }
  const byPolicy = parseInput(z.record(z.string(), population), parse(readFileSync(file, 'utf8')), 'population.yaml')
  return byPolicy[policy] ?? { columns: {} }
}
