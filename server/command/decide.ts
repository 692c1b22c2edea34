import { readFileSync } from 'node:fs'
import { z } from 'zod'
import {
  BadInput,
  businessDate,
  isPlainDate,
  type Language,
  type Problem,
  parseInput,
  Refusal,
  renderMessage,
  systemClock,
} from '../../ground/door.ts'
import { nationCode, type Ruling } from '../../law/door.ts'
import { houseMessages } from '../house-messages.ts'
import { getServiceOfPolicy } from '../policy-list.ts'
import { openServiceRules, type ServiceRules } from '../services.ts'
import { decisionLines } from './decision-lines.ts'

/** The options of `tongban decide`, as typed. */
export type DecideOptions = {
  facts: string
  region?: string
  treatmentRegion?: string
  on?: string
  explain?: boolean
  json?: boolean
  lang: Language
}

/**
 * Decides with the shipped values, without server or database, and prints the decision. Exit code 0 for a decision of any outcome, 2 for
 * facts, policy, region or date that do not parse (`{problems: [{path, expected, found}]}` on standard error), 1 for a failure.
 */
export async function decide(policy: string, options: DecideOptions): Promise<number> {
  const services = await openServiceRules()
  try {
    const { service, ruling } = rule(services, policy, options)
    const text = options.json ? jsonOf(ruling, options) : decisionLines(service, ruling, options).join('\n')
    console.log(text)
    return 0
  } catch (error) {
    const problems = problemsOf(error, options)
    if (!problems) throw error
    console.error(JSON.stringify({ problems }, null, 2))
    return 2
  }
}

function rule(services: ServiceRules[], policy: string, options: DecideOptions) {
  const facts = readFacts(options.facts)
  const on = options.on ?? businessDate(systemClock.now())
  if (!isPlainDate(on)) throw new BadInput([{ path: 'on', expected: 'a calendar date YYYY-MM-DD', found: on }])
  const service = getServiceOfPolicy(services, policy)
  const ruling = service.rulebook.decideAsShipped({
    policy,
    facts,
    on,
    strict: true,
    insuredRegion: options.region ?? defaultRegion(service, policy),
    ...(options.treatmentRegion !== undefined && { treatmentRegion: options.treatmentRegion }),
  })
  return { service, ruling }
}

/** The nation, except for a policy that only one region has. */
function defaultRegion({ rulebook }: ServiceRules, policy: string): string {
  const regions = rulebook.policies.filter(({ ir }) => ir.id === policy).map(({ region }) => region)
  return regions.includes(nationCode) ? nationCode : (regions[0] ?? nationCode)
}

function readFacts(given: string): Record<string, unknown> {
  const text = given === '-' ? readFileSync(0, 'utf8') : given.startsWith('@') ? readFile(given.slice(1)) : given
  return parseInput(z.record(z.string(), z.unknown()), parseJson(text), 'facts')
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new BadInput([{ path: 'facts', expected: 'a file that can be read', found: path }])
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new BadInput([
      { path: 'facts', expected: 'JSON', found: error instanceof Error ? error.message : 'other text' },
    ])
  }
}

function jsonOf(ruling: Ruling, options: DecideOptions): string {
  const explanation = options.explain ? { explanation: ruling.sentences } : {}
  return JSON.stringify({ ...ruling.decision, ...explanation }, null, 2)
}

/** Bad input, and values that nobody has set for that day and region, are the caller's to mend. */
function problemsOf(error: unknown, { on, lang }: DecideOptions): Problem[] | undefined {
  if (error instanceof BadInput) return error.problems
  if (!(error instanceof Refusal)) return undefined
  return [
    { path: 'on', expected: renderMessage(houseMessages(), lang, error.code, error.params), found: on ?? 'today' },
  ]
}
