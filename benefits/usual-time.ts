import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { type PlainDate, parseInput, schemaDate } from '../ground/door.ts'

const schemaUsualTimes = z.array(
  z.strictObject({
    workingDays: z.int().positive(),
    from: schemaDate,
    source: z.string(),
    assumed: z.boolean(),
    note: z.string(),
    reviewBy: schemaDate,
  }),
)

/** How long an application usually takes, in working days, where nothing sets a term. */
export type UsualTime = z.infer<typeof schemaUsualTimes>[number]

const usualTimes = parseInput(
  schemaUsualTimes,
  parse(readFileSync(new URL('usual-time.yaml', import.meta.url), 'utf8')),
)

/** What holds on a day; undefined before the first. */
export function findUsualTime(on: PlainDate): UsualTime | undefined {
  return usualTimes.findLast(({ from }) => from <= on)
}
