import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  BadInput,
  type BothLanguages,
  type Messages,
  must,
  type PlainDate,
  readMessages,
  type Work,
} from '../ground/door.ts'
import {
  type Decision,
  type Explanation,
  explain,
  FactProblems,
  type PolicyBody,
  type PolicyIr,
  readPolicies,
  renderExplanation,
} from '../policy/door.ts'
import { keepRule } from './kept-rules.ts'
import { bookWithPublications } from './published-book.ts'
import { nationCode, type RegionCode, regionPath } from './regions.ts'
import { loadValues, type ValueFile } from './value-files.ts'
import { type ResolvedValue, type ResolvedValues, resolveValues, type ValueBook } from './values.ts'

/** A policy of one region: the nation's, or the one a province or city put in its place. */
export type RegionalPolicy = { region: RegionCode; ir: PolicyIr }

/** What is asked of a rulebook. Regions not named are the insured one. */
export type RuleQuestion = {
  policy: string
  on: PlainDate
  insuredRegion: RegionCode
  treatmentRegion?: RegionCode
  /** All that is known; the policy takes what it declares. A fact it declares that is missing is a problem. */
  facts: Readonly<Record<string, unknown>>
  /** A fact the policy does not declare is then a problem too: for callers outside. */
  strict?: boolean
}

/** The rule that answers a question, and the values it reads, resolved for the day and the regions; none when no body is law on the day. */
export type RuleInForce = { region: RegionCode; ir: PolicyIr; values: ResolvedValues }

/** A decision with all that is needed to show it and to make it again: facts, day, the region whose rule it was, and the sentences. */
export type Ruling = {
  decision: Decision
  facts: Record<string, unknown>
  on: PlainDate
  ruleOf: RegionCode
  title: BothLanguages
  /** Each step in words, in both languages, as they were when it was decided. */
  sentences: { zh: string[]; en: string[] }
  /** For a refusal or a referral: what it means and what the person can do. */
  meaning: BothLanguages | null
  advice: BothLanguages | null
}

/** The policies and dated values of one service. Read once from its folder; never changed. */
export type Rulebook = {
  readonly service: string
  readonly policies: readonly RegionalPolicy[]
  readonly values: ValueBook
  readonly messages: Messages
  /** Decides with the values published on the node as well, and keeps the rule and the values by their hashes for ever. */
  decide(work: Work, question: RuleQuestion): Promise<Ruling>
  /** Decides the same policy for many sets of facts (bill lines) with one reading of the values. In the order of `factsList`. */
  decideEach(
    work: Work,
    question: Omit<RuleQuestion, 'facts'>,
    factsList: ReadonlyArray<RuleQuestion['facts']>,
  ): Promise<Ruling[]>
  /** Decides with the shipped values alone, without a database. */
  decideAsShipped(question: RuleQuestion): Ruling
  /** The rule and the shipped values alone by which a question would be decided, for readings other than a decision. */
  ruleAsShipped(question: Omit<RuleQuestion, 'facts' | 'strict'>): RuleInForce
  /** The rule by which a question would be decided, with the values published on the node: for readings of a whole population. */
  ruleInForce(work: Work, question: Omit<RuleQuestion, 'facts' | 'strict'>): Promise<RuleInForce>
  /** A dated value for use outside a policy (a term, a threshold of an alert). */
  valueOf(work: Work, name: string, question: Omit<RuleQuestion, 'policy' | 'facts'>): Promise<ResolvedValue>
}

/** Reads `policy.ts`, `values.yaml`, `regions/<code>/` and the messages of a service's folder. Throws every problem it finds at once. */
export function openRulebook(service: string, folder: URL): Rulebook {
  const regions = regionFolders(folder)
  const policies = regions.flatMap(({ region, folder: place }) =>
    readPolicyFile(new URL('policy.ts', place)).map((ir) => ({ region, ir })),
  )
  const files = regions.flatMap(({ region, folder: place }) => readValuesFile(region, new URL('values.yaml', place)))
  const shipped = loadValues(files)
  const messages = readMessages(folder)
  const rule = (question: RuleQuestion, values: ValueBook) => ruleOn({ policies, messages, values }, question)
  const decideEach: Rulebook['decideEach'] = async (work, question, factsList) => {
    const book = await bookWithPublications(work, service, shipped)
    const ruled = factsList.map((facts) => rule({ ...question, facts }, book))
    for (const { ruling, ir, values } of ruled.slice(0, 1)) await keepRule(work, ruling.decision, ir, values)
    return ruled.map(({ ruling }) => ruling)
  }
  return {
    service,
    policies,
    values: shipped,
    messages,
    decideAsShipped: (question) => rule(question, shipped).ruling,
    ruleAsShipped: (question) => ruleInForce(policies, shipped, question),
    decideEach,
    async decide(work, { facts, ...question }) {
      return must((await decideEach(work, question, [facts]))[0], 'a ruling')
    },
    ruleInForce: async (work, question) =>
      ruleInForce(policies, await bookWithPublications(work, service, shipped), question),
    async valueOf(work, name, question) {
      const book = await bookWithPublications(work, service, shipped)
      const value = resolveValues(book, { names: [name], ...question })[name]
      if (!value) throw new BadInput([{ path: 'name', expected: 'a value of the service', found: name }])
      return value
    },
  }
}

function regionFolders(folder: URL): Array<{ region: RegionCode; folder: URL }> {
  const regionsFolder = new URL('regions/', folder)
  const codes = existsSync(regionsFolder) ? readdirSync(regionsFolder).sort() : []
  return [
    { region: nationCode, folder },
    ...codes.map((code) => ({ region: code, folder: new URL(`${code}/`, regionsFolder) })),
  ]
}

function readPolicyFile(file: URL): PolicyIr[] {
  return existsSync(file) ? readPolicies(readFileSync(file, 'utf8'), shortName(file)) : []
}

function readValuesFile(region: RegionCode, file: URL): ValueFile[] {
  return existsSync(file) ? [{ region, path: shortName(file), text: readFileSync(file, 'utf8') }] : []
}

function shortName(file: URL): string {
  const path = fileURLToPath(file)
  const start = path.lastIndexOf('/services/')
  return start < 0 ? basename(path) : path.slice(start + 1)
}

type Rules = { policies: readonly RegionalPolicy[]; messages: Messages; values: ValueBook }

function ruleOn(rules: Rules, question: RuleQuestion): { ruling: Ruling; ir: PolicyIr; values: ResolvedValues } {
  const { region, ir, values } = ruleInForce(rules.policies, rules.values, question)
  const body = bodyOn(ir, question.on)
  const facts = body && !question.strict ? declaredFacts(body, question.facts) : { ...question.facts }
  const explanation = explained(ir, facts, values, question.on)
  return { ruling: rulingOf(rules.messages, region, ir, facts, question.on, explanation), ir, values }
}

function ruleInForce(
  policies: readonly RegionalPolicy[],
  book: ValueBook,
  question: Omit<RuleQuestion, 'facts' | 'strict'>,
): RuleInForce {
  const { region, ir } = policyFor(policies, question)
  const body = bodyOn(ir, question.on)
  return { region, ir, values: body ? resolveValues(book, { names: Object.keys(body.values), ...question }) : {} }
}

function bodyOn({ bodies }: PolicyIr, on: PlainDate): PolicyBody | undefined {
  return bodies.find((candidate) => covers(candidate, on))
}

/** The nearest region on the insured person's path whose policy has a body for the day; the nation's where none has. */
function policyFor(
  policies: readonly RegionalPolicy[],
  { policy, insuredRegion, on }: Omit<RuleQuestion, 'facts' | 'strict'>,
): RegionalPolicy {
  const named = policies.filter(({ ir }) => ir.id === policy)
  const national = named.find(({ region }) => region === nationCode) ?? named[0]
  if (!national) {
    const known = [...new Set(policies.map(({ ir }) => ir.id))].join(' | ')
    throw new BadInput([{ path: 'policy', expected: known, found: policy }])
  }
  for (const { code } of regionPath(insuredRegion)) {
    const regional = named.find(({ region, ir }) => region === code && ir.bodies.some((body) => covers(body, on)))
    if (regional) return regional
  }
  return national
}

function covers(body: PolicyBody, on: PlainDate): boolean {
  return body.from <= on && (body.to === undefined || on <= body.to)
}

function declaredFacts(body: PolicyBody, known: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(body.facts).map((name) => [name, known[name]]))
}

function explained(ir: PolicyIr, facts: unknown, values: ResolvedValues, on: PlainDate): Explanation {
  try {
    return explain(ir, facts, values, on)
  } catch (error) {
    if (error instanceof FactProblems) {
      throw new BadInput(error.problems.map((problem) => ({ ...problem, path: `facts.${problem.path}` })))
    }
    throw error
  }
}

function rulingOf(
  messages: Messages,
  ruleOf: RegionCode,
  ir: PolicyIr,
  facts: Record<string, unknown>,
  on: PlainDate,
  explanation: Explanation,
): Ruling {
  const { decision } = explanation
  const body = bodyOn(ir, on) ?? ir.bodies[0]
  let told: Ruling['sentences'] | undefined
  return {
    decision,
    facts,
    on,
    ruleOf,
    title: body?.title ?? { zh: ir.id, en: ir.id },
    // Told when somebody reads them: most rulings are only followed.
    get sentences() {
      told ??= {
        zh: renderExplanation(explanation, messages.zh, 'zh'),
        en: renderExplanation(explanation, messages.en, 'en'),
      }
      return told
    },
    meaning: sentencePair(messages, 'reasons', decision.reason),
    advice: sentencePair(messages, 'advice', decision.reason),
  }
}

function sentencePair(messages: Messages, group: string, code: string | null): BothLanguages | null {
  if (code === null) return null
  const key = `${group}.${code}`
  return { zh: messages.zh.get(key) ?? code, en: messages.en.get(key) ?? code }
}
