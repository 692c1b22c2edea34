import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { PolicyIr } from '../ir.ts'
import { readPolicies } from '../reader/read.ts'
import { checkPolicy } from './check.ts'
import type { CheckContext } from './context.ts'
import type { Finding } from './finding.ts'

/**
 * `defects/originals` has policies without an error, each with the values, cases and days (after `//=`) under which it is checked. Each file
 * of `defects` takes one of them, replaces some lines (`-`) by others (`+`), and says after `>` what the check must find, and nothing else of
 * level error. The files end in `.txt`: they are meant to be wrong. Everything in them is made up.
 */
const folder = new URL('defects/', import.meta.url)
/** The names of the originals and of the defects. */
export const originals = readdirSync(new URL('originals/', folder)).toSorted()
export const defects = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .toSorted()

const schemaContext = z.object({
  today: z.string().optional(),
  on: z.string().optional(),
  regions: z.array(z.string()),
  paths: z.record(z.string(), z.array(z.string())).default({}),
  readElsewhere: z.array(z.string()).default([]),
  values: z.array(
    z
      .object({
        name: z.string(),
        value: z.union([z.number(), z.string(), z.boolean(), z.record(z.string(), z.number()), z.array(z.string())]),
        unit: z.string(),
        from: z.string().default('2024-01-01'),
        to: z.string().exactOptional(),
        source: z.string().default('S90'),
        region: z.string().default('club'),
        regionOf: z.literal('treatment').exactOptional(),
        assumed: z.literal(true).exactOptional(),
        reviewBy: z.string().exactOptional(),
      })
      .strict(),
  ),
  base: z.record(z.string(), z.unknown()),
  cases: z.array(z.object({ facts: z.record(z.string(), z.unknown()) })),
})

/** The text of an original, with what it is checked under. */
export function readOriginal(name: string): string {
  return readFileSync(new URL(`originals/${name}`, folder), 'utf8')
}

/** A policy with what it was checked under and what was found. */
export interface Checked {
  readonly ir: PolicyIr
  readonly context: CheckContext
  readonly findings: readonly Finding[]
}

/** Reads and checks the text of an original or a defect. */
export function checked(text: string, file: string): Checked {
  const lines = text.split('\n')
  const source = lines.filter((line) => !line.startsWith('//=')).join('\n')
  const json = lines.flatMap((line) => (line.startsWith('//=') ? [line.slice(3)] : [])).join('\n')
  const { base, cases, paths, today, on, ...rest } = schemaContext.parse(JSON.parse(json))
  const [ir] = readPolicies(source, file)
  if (ir === undefined) throw new Error(`${file} has no policy`)
  const context: CheckContext = {
    ...rest,
    ...(today === undefined ? {} : { today }),
    ...(on === undefined ? {} : { on }),
    pathOf: (region) => paths[region] ?? [region],
    cases: cases.map(({ facts }) => ({ facts: { ...base, ...facts }, on: '2024-06-01' })),
  }
  return { ir, context, findings: checkPolicy(ir, context) }
}

/** An original with some lines changed, and what must be found in it. */
export interface Defect {
  readonly original: string
  readonly text: string
  readonly expected: readonly string[]
}

/** The original with the lines of a defect in place of its own. */
export function readDefect(name: string): Defect {
  const lines = readFileSync(new URL(name, folder), 'utf8').trimEnd().split('\n')
  const original = lines.find((line) => line.startsWith('of '))?.slice(3) ?? ''
  const text = hunksOf(lines).reduce((before, { old, now }) => {
    if (before.split(old).length !== 2) throw new Error(`${name} must replace what stands once in ${original}: ${old}`)
    return before.replace(old, () => now)
  }, readOriginal(original))
  return { original, text, expected: lines.flatMap((line) => (line.startsWith('> ') ? [line.slice(2)] : [])) }
}

/** Lines that go, each run of them with the lines that come in their place. */
function hunksOf(lines: readonly string[]): { old: string; now: string }[] {
  return lines
    .join('\n')
    .split(/^(?=- )/m)
    .filter((hunk) => hunk.startsWith('- '))
    .map((hunk) => ({ old: linesWith('- ', hunk), now: linesWith('+ ', hunk) }))
}

function linesWith(mark: string, hunk: string): string {
  return hunk
    .split('\n')
    .flatMap((line) => (line.startsWith(mark) ? [line.slice(mark.length)] : []))
    .join('\n')
}

/** What is found in a defect and not in its original: every error, and the notes that are new. */
export function newFindings({ original, text }: Pick<Defect, 'original' | 'text'>): Finding[] {
  const subject = ({ code, params }: Finding) => `${code} ${params.name ?? params.condition ?? params.on}`
  const before = new Set(checked(readOriginal(original), original).findings.map(subject))
  return checked(text, original).findings.filter((each) => each.level === 'error' || !before.has(subject(each)))
}
