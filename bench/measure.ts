import { z } from 'zod'
import { ruleIds } from './rules.ts'

/** The middle one, or the mean of the two in the middle. Throws where there is none. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const above = sorted[Math.floor(sorted.length / 2)]
  const below = sorted[Math.ceil(sorted.length / 2) - 1]
  if (above === undefined || below === undefined) throw new RangeError('no measurement to take the median of')
  return (below + above) / 2
}

/** Milliseconds of each of `runs` calls, after one that does not count. */
export async function timesOf(runs: number, work: () => unknown): Promise<number[]> {
  await work()
  const milliseconds: number[] = []
  for (let run = 0; run < runs; run++) {
    const began = performance.now()
    await work()
    milliseconds.push(performance.now() - began)
  }
  return milliseconds
}

/** What an engine says of a population: the times of its runs, rows by outcome (`granted` or a reason's code), and sums of results in fen. */
export const populationRun = z.object({
  milliseconds: z.array(z.number()),
  ends: z.record(z.string(), z.coerce.bigint()),
  sums: z.record(z.string(), z.coerce.bigint()),
  /** Most memory the process ever held, where it looked. */
  peakBytes: z.number().optional(),
})
export type PopulationRun = z.infer<typeof populationRun>

/** What an engine is asked to run: a population in a folder (see population.ts), so often, with so many threads. */
export const populationJob = z.strictObject({
  rule: z.enum(ruleIds),
  folder: z.string(),
  rows: z.int(),
  threads: z.int(),
  runs: z.int(),
  /** Store every outcome instead of totals alone. */
  stored: z.boolean().exactOptional(),
  /** A folder for what was stored: `ends.bin`, a byte a row by the place among `ends`, and `<result>.bin` in doubles. */
  keepIn: z.string().exactOptional(),
})
export type PopulationJob = z.infer<typeof populationJob>
