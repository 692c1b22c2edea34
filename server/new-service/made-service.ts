import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { addDays, addMonths, BadInput, parseInput, schemaDate } from '../../ground/door.ts'
import { getRegion } from '../../law/door.ts'

const words = z
  .string()
  .trim()
  .min(2)
  .max(40)
  .regex(/^[^'"`\\{}:#\n]+$/, { error: 'words without quotation marks, braces, colons or hashes' })

/** What the generator is told of a new service. */
export const newService = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/, {
    error: 'two or more words of small letters joined by hyphens, e.g. swim-grant',
  }),
  titleZh: words,
  titleEn: words,
  applicant: z.enum(['person', 'employer']),
  region: z.string().regex(/^\d{6}$/, { error: 'a region code of six digits (GB/T 2260)' }),
  clause: z.string().regex(/^[A-Z][A-Z0-9]*(\.\d{2}|-\w+)?$/, { error: 'a clause as cases cite it, e.g. C5.03' }),
  /** The document it stands on, as its own title says. */
  document: words,
  /** The first day of the rule. */
  from: schemaDate,
  /** Two or three capital letters in front of its case numbers. */
  prefix: z.string().regex(/^[A-Z]{2,3}$/, { error: 'two or three capital letters' }),
})

/** See `newService`. */
export type NewService = z.infer<typeof newService>

const templates = new URL('./template/', import.meta.url)

/**
 * Writes the folder of a new service that runs: rules, values, cases, words, flow and a test. Returns the paths written, below `servicesFolder`.
 * All of it or nothing: written beside and then renamed. `BadInput` with everything that is wrong with what was told, an id that is taken too.
 */
export function makeService(servicesFolder: URL, input: unknown): string[] {
  const spec = parseInput(newService, input)
  getRegion(spec.region)
  const folder = join(fileURLToPath(servicesFolder), spec.id)
  if (existsSync(folder)) {
    throw new BadInput([{ path: 'id', expected: 'an id that no service has', found: spec.id }])
  }
  const draft = `${folder}.draft`
  rmSync(draft, { recursive: true, force: true })
  const files = filesOf(spec)
  for (const [path, text] of files) {
    mkdirSync(dirname(join(draft, path)), { recursive: true })
    writeFileSync(join(draft, path), text)
  }
  renameSync(draft, folder)
  return files.map(([path]) => path)
}

/** The files of a service by their paths, filled in. */
export function filesOf(spec: NewService): Array<[path: string, text: string]> {
  const fillings = fillingsOf(spec)
  const fill = (text: string) =>
    text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const filling = fillings[name]
      if (filling === undefined) throw new Error(`the template asks for ${name}, which is not told`)
      return filling
    })
  return readdirSync(templates)
    .filter((name) => !/^benefit\.(person|employer)\./.test(name) || name.startsWith(`benefit.${spec.applicant}.`))
    .sort()
    .map((name) => [pathOf(name, spec), fill(readFileSync(new URL(name, templates), 'utf8'))])
}

function pathOf(template: string, { region, applicant }: NewService): string {
  const name = template.replace(/\.txt$/, '')
  if (name === 'values.region.yaml') return `regions/${region}/values.yaml`
  return name.replace(`benefit.${applicant}.`, 'benefit.')
}

function fillingsOf(spec: NewService): Record<string, string> {
  const { id, region, from } = spec
  return {
    ...spec,
    identifier: id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    account: id.replaceAll('-', '_'),
    regionName: getRegion(region).name.zh,
    itemCode: `TB-${region.slice(0, 2)}-${spec.prefix}`,
    dayBefore: addDays(from, -1),
    yearBefore: String(Number(from.slice(0, 4)) - 1),
    reviewBy: addMonths(from, 12),
  }
}
