import { BadInput, type PlainDate, type Problem } from '../ground/door.ts'
import type { RegionCode } from '../law/door.ts'
import {
  type Comparison,
  checkValues,
  compileJavaScript,
  type Facts,
  factsOfRow,
  isQuantity,
  type PolicyBody,
  type PolicyIr,
  populate,
  type ResolvedValue,
  type ResolvedValues,
  simulate,
  ValueProblems,
} from '../policy/door.ts'
import { getBody } from './regional-policy.ts'
import { ruleToTry } from './rule-to-try.ts'
import type { ServiceRules } from './services.ts'

/** Another content for a value, or for one entry of a table. */
export type ValueChange = { name: string; key?: string; value: number | string | boolean }

/** What is tried out: the shipped rule of a day against the same rule with other values, or against another rule. */
export type SimulationQuestion = {
  policy: string
  on: PlainDate
  /** Whose people are made up; those of `population.yaml`, else every province whose values are known, unless given. */
  regions?: RegionCode[]
  people: number
  seed: number
  changes: ValueChange[]
  /** Another reading of the policy, instead of the shipped one, for the second version. */
  rule?: PolicyIr
  /** The result that is compared; the policy's total unless given, and null for the outcomes alone. */
  amount?: string | null
}

/** What came out, with all that is needed to show it. */
export type SimulationAnswer = {
  comparison: Comparison
  regions: RegionCode[]
  before: PolicyBody
  after: PolicyBody
  /** What was changed, from what. Values by region may differ: that of the first region stands for all. */
  changed: { name: string; key?: string; from: ResolvedValue['value'] | undefined; to: ValueChange['value'] }[]
  /** The synthetic person who gains most and the one who loses most. */
  gains?: { facts: Facts; by: number }
  loses?: { facts: Facts; by: number }
}

/** How a long run tells how far it is, and is stopped. */
export type SimulationControl = { onProgress?: (done: number) => void; signal?: AbortSignal }

/** Most people that are made up at once: their columns and outcomes take a few hundred bytes each in memory. */
const PEOPLE_MAX = 20_000_000

/**
 * Makes synthetic people and decides each of them twice. Throws `BadInput` for a policy without a body on the day, a value that the policy does
 * not have or cannot take, an amount that is no quantity of both versions, and more people than fit; a `Refusal` for a value that nobody has set.
 */
export async function simulatePolicy(
  service: ServiceRules,
  question: SimulationQuestion,
  { onProgress, signal }: SimulationControl = {},
): Promise<SimulationAnswer> {
  const { policy, on, people, seed, changes, amount } = question
  requirePeople(people)
  const other = question.rule && getBody(question.rule, on)
  const {
    body: before,
    regions,
    sets: shipped,
    spreads,
  } = ruleToTry(service, policy, on, {
    ...(question.regions && { regions: question.regions }),
    ...(other && { others: [other] }),
  })
  const after = other ?? before
  requireAmount(before, after, amount)
  const changed = shipped.map((values) => withChanges(values, after, on, changes))
  const population = populate(
    { facts: { ...before.facts, ...after.facts } },
    { rows: people, seed, sets: regions.length, spreads },
  )
  const comparison = await simulate({
    before: { body: before, sets: shipped },
    after: { body: after, sets: changed },
    population,
    bind: (plan, facts, outcomes) => compileJavaScript(plan).bind(facts, outcomes),
    ...(amount === undefined ? {} : { amount }),
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  })
  const { largestGain, largestLoss } = comparison
  const person = ({ row, by }: { row: number; by: number }) => ({ facts: factsOfRow(before, population, row), by })
  return {
    ...{ comparison, regions, before, after },
    changed: changes.map(({ name, key, value }) => ({
      ...{ name, ...(key === undefined ? {} : { key }), to: value },
      from: entryOf(shipped[0]?.[name]?.value, key),
    })),
    ...(largestGain && { gains: person(largestGain) }),
    ...(largestLoss && { loses: person(largestLoss) }),
  }
}

function requirePeople(people: number): void {
  if (Number.isSafeInteger(people) && people >= 1 && people <= PEOPLE_MAX) return
  throw new BadInput([{ path: 'people', expected: `a whole number from 1 to ${PEOPLE_MAX}`, found: String(people) }])
}

/** What is compared is a quantity that both versions give. */
function requireAmount(before: PolicyBody, after: PolicyBody, amount: string | null = before.total ?? ''): void {
  if (amount === null) return
  const quantities = quantitiesOf(before).filter((name) => quantitiesOf(after).includes(name))
  if (quantities.includes(amount)) return
  throw new BadInput([{ path: 'amount', expected: quantities.join(' | '), found: amount || 'no amount, and no total' }])
}

function quantitiesOf({ results }: PolicyBody): string[] {
  return Object.entries(results).flatMap(([name, unit]) => (isQuantity(unit) ? [name] : []))
}

function withChanges(
  values: ResolvedValues,
  body: PolicyBody,
  on: PlainDate,
  changes: readonly ValueChange[],
): ResolvedValues {
  const changed: Record<string, ResolvedValue> = { ...values }
  for (const change of changes) {
    const known = changed[change.name]
    if (known === undefined) throw new BadInput([problemOf(change, Object.keys(body.values).join(' | '))])
    changed[change.name] = { ...known, value: withEntry(known.value, change) }
  }
  try {
    checkValues(body.values, changed, on)
    return changed
  } catch (error) {
    if (!(error instanceof ValueProblems)) throw error
    throw new BadInput(error.problems.map(({ name, ...problem }) => ({ path: `set.${name}`, ...problem })))
  }
}

function withEntry(content: ResolvedValue['value'], change: ValueChange): ResolvedValue['value'] {
  const { key, value } = change
  const isTable = typeof content === 'object' && !Array.isArray(content)
  if (key === undefined) {
    if (isTable) throw new BadInput([problemOf(change, `${change.name}.<${Object.keys(content).join('|')}>=...`)])
    return value
  }
  if (!isTable || !Object.hasOwn(content, key) || typeof value !== 'number') {
    const expected = isTable ? `a number under ${Object.keys(content).join(' | ')}` : 'a value that is a table'
    throw new BadInput([problemOf(change, expected)])
  }
  return { ...content, [key]: value }
}

function problemOf({ name, key, value }: ValueChange, expected: string): Problem {
  return { path: 'set', expected, found: `${name}${key === undefined ? '' : `.${key}`}=${String(value)}` }
}

function entryOf(
  content: ResolvedValue['value'] | undefined,
  key: string | undefined,
): ResolvedValue['value'] | undefined {
  if (key === undefined || typeof content !== 'object' || Array.isArray(content)) return content
  return Object.entries(content).find(([name]) => name === key)?.[1]
}
