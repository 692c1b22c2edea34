import { applicantOf, type Benefit, type BenefitField, claimOccasion, lawDayOf, type Party } from '../benefits/door.ts'
import type { Cases } from '../cases/door.ts'
import {
  actorPersonId,
  BadInput,
  type BothLanguages,
  must,
  type PlainDate,
  Refusal,
  type Work,
} from '../ground/door.ts'
import type { Rulebook, RuleInForce } from '../law/door.ts'
import { type Asked, ask, explain, FactProblems, type ResultRange, renderExplanation } from '../policy/door.ts'
import type { EntitlementRule } from '../services/contract.ts'
import { findBody } from './regional-policy.ts'

/** What a person answered about one benefit so far, by the names of its fields; left out where they do not know. */
export type GivenAnswers = Readonly<Record<string, unknown>>

/** A benefit with its rule. */
export type AskedBenefit = { benefit: Benefit; rulebook: Rulebook; cases: Cases }

/** From the least to the most that may be granted, in fen, once or each month; alike where it is certain. */
export type AmountRange = { minFen: number; maxFen: number; per: 'once' | 'month' }

/** What can be said of one benefit for one person with what is known so far. */
export type Entitlement = {
  flow: string
  /**
   * What every answer still to come leads to, or `open`. `closed`: there is nothing to ask, because nobody here is responsible or the registers
   * say so (`refusal`).
   */
  state: 'granted' | 'refused' | 'referred' | 'open' | 'closed'
  /** What is granted if something is; null where that is not known or no money. */
  amount: AmountRange | null
  /** The clause on which the outcome stands; null while it is open. */
  because: string | null
  meaning: BothLanguages | null
  advice: BothLanguages | null
  /** Why, step by step, where the outcome is certain and every fact is known. */
  steps: BothLanguages[]
  refusal: Refusal | null
  /** The question after whose answer the fewest others must be expected; null where there is none, or no question would help. */
  question: BenefitField | null
}

const concerns: BenefitField = { name: 'concerns', kind: 'flag', required: true }

/**
 * What the rule of a benefit says of the caller with the registers and some answers: certain, or what to ask next. Nothing is kept but the access
 * log. What was applied for already is `closed`. Throws `BadInput` for an answer that cannot be one.
 */
export async function entitlementOf(work: Work, asked: AskedBenefit, given: GivenAnswers): Promise<Entitlement> {
  const { benefit } = asked
  const { concerns: isConcerned, ...answers } = given
  const said = await refusalsSaid(benefit.id, async () => {
    if (benefit.asksConcern && isConcerned !== undefined) requireConcerned(benefit, isConcerned)
    return saidOf(work, asked, benefit.asksConcern ? answers : given)
  })
  const isToAsk =
    benefit.asksConcern && isConcerned === undefined && said.state !== 'refused' && said.state !== 'closed'
  return isToAsk ? { ...unsaid(benefit.id), amount: said.amount, question: concerns } : said
}

/** The same of something that is no benefit, by the service's own rule; open where only its page can ask. */
export function entitlementByRule(work: Work, rule: EntitlementRule, answers: GivenAnswers): Promise<Entitlement> {
  const personId = must(actorPersonId(work.actor), 'a person who acts')
  return refusalsSaid(rule.id, async () => {
    const said = await rule.decide?.(work, { personId, answers })
    if (said === undefined) return unsaid(rule.id)
    const { ruling, pays, asks } = said
    const { outcome, because } = ruling.decision
    const [minFen, maxFen] = [asks === undefined ? pays?.amountFen : 0, pays?.amountFen]
    const amount =
      outcome === 'granted' && pays && minFen !== undefined && maxFen !== undefined
        ? { minFen, maxFen, per: pays.per }
        : null
    if (outcome === 'granted' && asks !== undefined) return { ...unsaid(rule.id), amount, question: asks }
    const { meaning, advice, sentences } = ruling
    const steps = outcome === 'granted' ? pairs(sentences.zh, sentences.en) : []
    return { ...unsaid(rule.id), ...{ state: outcome, amount, because, meaning, advice, steps } }
  })
}

async function refusalsSaid(id: string, asking: () => Promise<Entitlement>): Promise<Entitlement> {
  try {
    return await asking()
  } catch (error) {
    if (error instanceof Refusal) return { ...unsaid(id), state: 'closed', refusal: error }
    throw error
  }
}

function requireConcerned({ id }: Benefit, answer: unknown): void {
  if (answer === false) throw new Refusal('does_not_concern')
  if (answer === true) return
  throw new BadInput([{ path: `answers.${id}.concerns`, expected: 'true or false', found: String(answer) }])
}

async function saidOf(work: Work, asking: AskedBenefit, answers: GivenAnswers): Promise<Entitlement> {
  const { benefit, rulebook } = asking
  const { party, agency } = await applicantOf(work, benefit, { on: work.today })
  await requireNotApplied(work, asking, party, answers)
  const found = await benefit.gather(work, party, { on: work.today, agency, answers })
  const on = lawDayOf(benefit, answers, work.today)
  const rule = await rulebook.ruleInForce(work, { policy: benefit.policy, on, insuredRegion: agency })
  const known = definedOf({ ...found.facts, ...factsSaid(benefit, answers) })
  const asked = askOf(benefit, () => ask(rule.ir, known, rule.values, on))
  const total = findBody(rule.ir, on)?.total
  return told(asking, asked, { answers, known, total, rule, on })
}

/** Refusal `already_applied`, as far as it can be told for what occasion an application would be. */
async function requireNotApplied(
  work: Work,
  { benefit, rulebook, cases }: AskedBenefit,
  party: Party,
  answers: GivenAnswers,
): Promise<void> {
  const whole = benefit.answers.safeParse(answers)
  if (benefit.occasionOf !== undefined && !whole.success) return
  const tools = { rulebook, cases: () => cases }
  await claimOccasion(work, tools, benefit, party, { answers: whole.data ?? answers, on: work.today })
}

/** The facts that the answers so far say. Where a benefit makes facts of all its answers together, none before all are there. */
function factsSaid(benefit: Benefit, answers: GivenAnswers): Readonly<Record<string, unknown>> {
  if (benefit.factsOf === undefined) return { ...absentFacts(benefit, answers), ...answers }
  const whole = benefit.answers.safeParse(answers)
  return whole.success ? benefit.factsOf(whole.data) : {}
}

/** What is not asked because of an earlier answer is absent. */
function absentFacts({ fields }: Benefit, answers: GivenAnswers): Record<string, null> {
  const absent = fields.filter(({ askedWhen }) => {
    const earlier = askedWhen && answers[askedWhen.field]
    return askedWhen !== undefined && earlier !== undefined && !askedWhen.is.includes(String(earlier))
  })
  return Object.fromEntries(absent.map(({ name }) => [name, null]))
}

function definedOf(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}

function askOf({ id }: Benefit, asking: () => Asked): Asked {
  try {
    return asking()
  } catch (error) {
    if (!(error instanceof FactProblems)) throw error
    throw new BadInput(error.problems.map((problem) => ({ ...problem, path: `answers.${id}.${problem.path}` })))
  }
}

type Situation = {
  answers: GivenAnswers
  known: Readonly<Record<string, unknown>>
  total: string | undefined
  rule: RuleInForce
  on: PlainDate
}

function told({ benefit, rulebook }: AskedBenefit, asked: Asked, situation: Situation): Entitlement {
  if (asked.is === 'open') return toldOpen(benefit, asked, situation)
  const { outcome, reason, because, results } = asked.verdict
  const amount = situation.total === undefined ? undefined : results[situation.total]?.value
  const sentence = (group: string): BothLanguages | null => {
    const { zh, en } = rulebook.messages
    const key = `${group}.${reason}`
    return reason === null ? null : { zh: zh.get(key) ?? reason, en: en.get(key) ?? reason }
  }
  const isGranted = outcome === 'granted'
  return {
    ...unsaid(benefit.id),
    ...{ state: outcome, because, meaning: sentence('reasons'), advice: sentence('advice') },
    amount: isGranted && typeof amount === 'number' ? { minFen: amount, maxFen: amount, per: 'once' } : null,
    steps: isGranted ? stepsOf(rulebook, situation) : [],
  }
}

/** The steps of the rule in words; none where a fact that does not matter is not known. */
function stepsOf({ messages }: Rulebook, { rule: { ir, values }, known, on }: Situation): BothLanguages[] {
  const declared = findBody(ir, on)?.facts ?? {}
  const facts = Object.fromEntries(Object.entries(known).filter(([name]) => name in declared))
  try {
    const explanation = explain(ir, facts, values, on)
    return pairs(renderExplanation(explanation, messages.zh, 'zh'), renderExplanation(explanation, messages.en, 'en'))
  } catch (error) {
    if (error instanceof FactProblems) return []
    throw error
  }
}

function pairs(chinese: readonly string[], english: readonly string[]): BothLanguages[] {
  return chinese.map((zh, index) => ({ zh, en: english[index] ?? zh }))
}

/** Still open: granted already where only the amount is, and asked on unless no question of the form would help. */
function toldOpen(
  benefit: Benefit,
  { next, open, outcomes, results }: Extract<Asked, { is: 'open' }>,
  { answers, known, total }: Situation,
): Entitlement {
  const isGranted = outcomes.length > 0 && outcomes.every(({ outcome }) => outcome === 'granted')
  const isOpenField = ({ name, askedWhen }: BenefitField) =>
    known[name] === undefined &&
    answers[name] === undefined &&
    (askedWhen === undefined || askedWhen.is.includes(String(answers[askedWhen.field])))
  const fields = benefit.fields.filter(isOpenField)
  const useful = benefit.factsOf === undefined ? fields.filter(({ name }) => open.includes(name)) : fields
  return {
    ...unsaid(benefit.id),
    state: isGranted ? 'granted' : 'open',
    because: isGranted ? (outcomes[0]?.because ?? null) : null,
    amount: total === undefined ? null : rangeOf(results[total]),
    question: useful.find(({ name }) => name === next.fact) ?? useful[0] ?? null,
  }
}

function rangeOf(range: ResultRange | undefined): AmountRange | null {
  if (typeof range?.min !== 'number' || typeof range.max !== 'number') return null
  return { minFen: range.min, maxFen: range.max, per: 'once' }
}

function unsaid(flow: string): Entitlement {
  return {
    ...{ flow, state: 'open', amount: null, because: null },
    ...{ meaning: null, advice: null, steps: [], refusal: null, question: null },
  }
}
