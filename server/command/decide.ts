import { BadInput } from '../../ground/door.ts'
import type { RuleQuestion, Ruling } from '../../law/door.ts'
import {
  type Changes,
  endsOf,
  findChanges,
  type Goal,
  type OutcomeName,
  type PolicyIr,
  renderChanges,
  renderWhyNot,
  type WhyNot,
  whyNot,
} from '../../policy/door.ts'
import { openServiceRules, type ServiceRules } from '../services.ts'
import { decisionLines } from './decision-lines.ts'
import { type RuleOptions, readRuleQuestion, tellProblems } from './rule-input.ts'

/** The options of `tongban decide`, as typed. */
export type DecideOptions = RuleOptions & {
  explain?: boolean
  whyNot?: boolean
  /** A goal, or `true` for a grant. */
  change?: string | true
  json?: boolean
}

/**
 * Decides with the shipped values, without server or database, and prints the decision; with `--why-not` what stands in the way, with
 * `--change` what would change it. Exit code 0 for a decision of any outcome, 2 for facts, policy, region, date or goal that do not parse
 * (`{problems: [{path, expected, found}]}` on standard error), 1 for a failure.
 */
export async function decide(policy: string, options: DecideOptions): Promise<number> {
  const services = await openServiceRules()
  return tellProblems(options, () => {
    const { service, question } = readRuleQuestion(services, policy, options)
    const ruling = service.rulebook.decideAsShipped(question)
    const further = readFurther(service, question, options)
    console.log(options.json ? jsonOf(ruling, further, options) : linesOf(service, ruling, further, options).join('\n'))
    return 0
  })
}

/** What was asked beside the decision. */
type Further = { whyNot?: WhyNot; changes?: Changes }

function readFurther(
  { rulebook }: ServiceRules,
  question: RuleQuestion,
  { whyNot: asksWhy, change }: DecideOptions,
): Further {
  if (!asksWhy && change === undefined) return {}
  const { ir, values } = rulebook.ruleAsShipped(question)
  const { facts, on } = question
  return {
    ...(asksWhy && { whyNot: whyNot(ir, facts, values, on) }),
    ...(change !== undefined && {
      changes: changesFor(change, ir, (goal) => findChanges(ir, facts, values, on, goal)),
    }),
  }
}

function changesFor(change: string | true, ir: PolicyIr, find: (goal: Goal) => Changes): Changes {
  const goal = parseGoal(change)
  if (typeof goal === 'object' && 'outcome' in goal) requireReason(ir, goal)
  try {
    return find(goal)
  } catch (error) {
    if (error instanceof RangeError) throw badGoal(String(change))
    throw error
  }
}

/** `granted`, `refused` or `referred`, a reason after a colon; `more:<result>`, at least so much after another one. */
function parseGoal(text: string | true): Goal {
  if (text === true || text === 'granted') return 'granted'
  const [, outcome, reason] = /^(refused|referred)(?::(\w+))?$/.exec(text) ?? []
  if (outcome === 'refused' || outcome === 'referred') return { outcome, ...(reason && { reason }) }
  const [, result, least] = /^more:(\w+)(?::(\d+))?$/.exec(text) ?? []
  const atLeast = Number(least)
  if (!result || (least && !Number.isSafeInteger(atLeast))) throw badGoal(text)
  return { more: result, ...(least && { atLeast }) }
}

/** A misspelt reason is told, not searched for in vain. */
function requireReason({ bodies }: PolicyIr, { outcome, reason }: { outcome: OutcomeName; reason?: string }): void {
  const word = outcome === 'refused' ? 'refuse' : 'refer'
  const reasons = bodies.flatMap(endsOf).flatMap((end) => (end.do === word ? [end.reason] : []))
  if (reason === undefined || reasons.includes(reason)) return
  const expected = [outcome, ...new Set(reasons.map((each) => `${outcome}:${each}`))].join(' | ')
  throw new BadInput([{ path: 'change', expected, found: `${outcome}:${reason}` }])
}

function badGoal(found: string): BadInput {
  const expected = 'granted, refused[:reason], referred[:reason] or more:<result that is a quantity>[:at least]'
  return new BadInput([{ path: 'change', expected, found }])
}

function jsonOf({ decision, sentences }: Ruling, further: Further, { explain }: DecideOptions): string {
  return JSON.stringify({ ...decision, ...(explain && { explanation: sentences }), ...further }, null, 2)
}

const headings = {
  zh: { whyNot: '哪些条件不满足', changes: '怎样改变结果' },
  en: { whyNot: 'What stands in the way', changes: 'What would change it' },
}

function linesOf(service: ServiceRules, ruling: Ruling, further: Further, options: DecideOptions): string[] {
  const { lang } = options
  const labels = service.rulebook.messages[lang]
  const section = (title: string, lines: string[]) => ['', title, ...lines.map((line) => `  ${line}`)]
  return [
    ...decisionLines(service, ruling, options),
    ...(further.whyNot ? section(headings[lang].whyNot, renderWhyNot(further.whyNot, labels, lang)) : []),
    ...(further.changes ? section(headings[lang].changes, renderChanges(further.changes, labels, lang)) : []),
  ]
}
