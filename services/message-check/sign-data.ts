import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { parseInput } from '../../ground/door.ts'

const pattern = z.string().transform((source) => new RegExp(source, 'gu'))

const signsFile = z.strictObject({
  version: z.iso.date(),
  negations: z.array(z.string()),
  signs: z.array(
    z.strictObject({
      id: z.string(),
      /** Only in a message that speaks of this. */
      about: pattern.optional(),
      /** One is enough. */
      patterns: z.array(pattern).default([]),
      /** One of each is needed. */
      groups: z.array(z.array(pattern)).default([]),
    }),
  ),
  window: z.strictObject({ about: pattern, notThis: pattern }),
  notices: z.array(z.strictObject({ published: z.int(), series: z.string(), number: z.int() })),
  authorities: z.strictObject({
    named: pattern,
    sites: z.array(z.string()),
    strangerLink: pattern,
    strangerAbout: pattern,
  }),
})

/** What messages are searched for: the patterns of each sign, and what is right about windows, notices and sites. */
export type SignData = z.infer<typeof signsFile>

/** Reads `signs.yaml`. @throws BadInput where it cannot be read */
export function readSignData(): SignData {
  const text = readFileSync(new URL('./signs.yaml', import.meta.url), 'utf8')
  return parseInput(signsFile, parse(text), 'signs.yaml')
}
