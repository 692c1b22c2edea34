import { applicantOf, type Benefit, type BenefitField, lawDayOf } from '../benefits/door.ts'
import { BadInput, type BothLanguages, Refusal, type Work } from '../ground/door.ts'
import type { Rulebook } from '../law/door.ts'
import { type Asked, ask, FactProblems, type ResultRange } from '../policy/door.ts'
import { findBody } from './regional-policy.ts'

/** What a person answered about one benefit so far, by the names of its fields; left out where they do not know. */
export type GivenAnswers = Readonly<Record<string, unknown>>

/** A benefit with its rule. */
export type AskedBenefit = { benefit: Benefit; rulebook: Rulebook }

/** From the least to the most that may be granted, in fen; alike where it is certain. */
export type AmountRange = { minFen: number; maxFen: number }

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
  refusal: Refusal | null
  /** The question after whose answer the fewest others must be expected; null where there is none, or no question would help. */
  question: BenefitField | null
}

/**
 * What the rule of a benefit says of the caller with the registers and some answers: certain, or what to ask next. Nothing is kept but the access
 * log. Throws `BadInput` for an answer that cannot be one.
 */
export async function entitlementOf(
  work: Work,
  { benefit, rulebook }: AskedBenefit,
  answers: GivenAnswers,
): Promise<Entitlement> {
  try {
    const { party, agency } = await applicantOf(work, benefit, { on: work.today })
    const found = await benefit.gather(work, party, { on: work.today, agency, answers })
    const on = lawDayOf(benefit, answers, work.today)
    const rule = await rulebook.ruleInForce(work, { policy: benefit.policy, on, insuredRegion: agency })
    const known = definedOf({ ...found.facts, ...factsSaid(benefit, answers) })
    const asked = askOf(benefit, () => ask(rule.ir, known, rule.values, on))
    const total = findBody(rule.ir, on)?.total
    return told({ benefit, rulebook }, asked, { answers, known, total })
  } catch (error) {
    if (error instanceof Refusal) return { ...unsaid(benefit), state: 'closed', refusal: error }
    throw error
  }
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

type Situation = { answers: GivenAnswers; known: Readonly<Record<string, unknown>>; total: string | undefined }

function told({ benefit, rulebook }: AskedBenefit, asked: Asked, situation: Situation): Entitlement {
  if (asked.is === 'open') return toldOpen(benefit, asked, situation)
  const { outcome, reason, because, results } = asked.verdict
  const amount = situation.total === undefined ? undefined : results[situation.total]?.value
  const sentence = (group: string): BothLanguages | null => {
    const { zh, en } = rulebook.messages
    const key = `${group}.${reason}`
    return reason === null ? null : { zh: zh.get(key) ?? reason, en: en.get(key) ?? reason }
  }
  return {
    ...unsaid(benefit),
    ...{ state: outcome, because, meaning: sentence('reasons'), advice: sentence('advice') },
    amount: outcome === 'granted' && typeof amount === 'number' ? { minFen: amount, maxFen: amount } : null,
  }
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
    ...unsaid(benefit),
    state: isGranted ? 'granted' : 'open',
    because: isGranted ? (outcomes[0]?.because ?? null) : null,
    amount: total === undefined ? null : rangeOf(results[total]),
    question: useful.find(({ name }) => name === next.fact) ?? useful[0] ?? null,
  }
}

function rangeOf(range: ResultRange | undefined): AmountRange | null {
  if (typeof range?.min !== 'number' || typeof range.max !== 'number') return null
  return { minFen: range.min, maxFen: range.max }
}

function unsaid({ id }: Benefit): Entitlement {
  return {
    ...{ flow: id, state: 'open', amount: null, because: null },
    ...{ meaning: null, advice: null, refusal: null, question: null },
  }
}
