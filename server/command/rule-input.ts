import { readFileSync } from 'node:fs'
import { z } from 'zod'
import {
  BadInput,
  businessDate,
  isPlainDate,
  type Language,
  type PlainDate,
  type Problem,
  Refusal,
  renderMessage,
  systemClock,
} from '../../ground/door.ts'
import { nationCode, type RuleQuestion } from '../../law/door.ts'
import { FactProblems } from '../../policy/door.ts'
import { houseMessages } from '../house-messages.ts'
import { getServiceOfPolicy } from '../policy-list.ts'
import type { ServiceRules } from '../services.ts'

/** The options of every command that puts a case to a policy, as typed. */
export type RuleOptions = {
  facts: string
  region?: string
  treatmentRegion?: string
  on?: string
  lang: Language
}

/** The service whose policy is asked, and what is asked of it. Throws `BadInput` with what does not parse. */
export function readRuleQuestion(
  services: ServiceRules[],
  policy: string,
  options: RuleOptions,
): { service: ServiceRules; question: RuleQuestion } {
  const facts = readFacts(options.facts)
  const on = readDay(options.on)
  const service = getServiceOfPolicy(services, policy)
  const question = {
    ...{ policy, facts, on, strict: true },
    insuredRegion: options.region ?? defaultRegion(service, policy),
    ...(options.treatmentRegion !== undefined && { treatmentRegion: options.treatmentRegion }),
  }
  return { service, question }
}

/** The day that is asked about, today unless given. Throws `BadInput` naming `on` when it is none. */
export function readDay(on: string = businessDate(systemClock.now())): PlainDate {
  if (isPlainDate(on)) return on
  throw new BadInput([{ path: 'on', expected: 'a calendar date YYYY-MM-DD', found: on }])
}

/** The nation, except for a policy that only one region has. */
function defaultRegion({ rulebook }: ServiceRules, policy: string): string {
  const regions = rulebook.policies.filter(({ ir }) => ir.id === policy).map(({ region }) => region)
  return regions.includes(nationCode) ? nationCode : (regions[0] ?? nationCode)
}

function readFacts(given: string): Record<string, unknown> {
  const text =
    given === '-' ? readFileSync(0, 'utf8') : given.startsWith('@') ? readText('facts', given.slice(1)) : given
  const facts = z.record(z.string(), z.unknown()).safeParse(parseJson('facts', text))
  if (facts.success) return facts.data
  throw new BadInput([{ path: 'facts', expected: 'a JSON object, a fact under each name', found: text.trim() }])
}

/** The text of a file. Throws `BadInput` naming `path` when it cannot be read. */
export function readText(path: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new BadInput([{ path, expected: 'a file that can be read', found: file }])
  }
}

/** What a text is in JSON. Throws `BadInput` naming `path` when it is none. */
export function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new BadInput([{ path, expected: 'JSON', found: error instanceof Error ? error.message : 'other text' }])
  }
}

/**
 * Runs a command; what does not parse, and values that nobody has set for that day and region, are the caller's to mend: they are told as
 * `{problems: [{path, expected, found}]}` on standard error, and the exit code is 2.
 */
export async function tellProblems({ lang }: { lang: Language }, run: () => Promise<number> | number): Promise<number> {
  try {
    return await run()
  } catch (error) {
    const problems = findProblems(error, lang)
    if (!problems) throw error
    console.error(JSON.stringify({ problems }, null, 2))
    return 2
  }
}

function findProblems(error: unknown, lang: Language): Problem[] | undefined {
  if (error instanceof BadInput) return error.problems
  if (error instanceof FactProblems) return error.problems.map((each) => ({ ...each, path: `facts.${each.path}` }))
  if (!(error instanceof Refusal)) return undefined
  const found = renderMessage(houseMessages(), lang, error.code, error.params)
  return [{ path: 'region', expected: 'a region and a day for which every value is set', found }]
}
