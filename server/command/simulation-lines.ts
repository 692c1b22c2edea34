import type { Language } from '../../ground/door.ts'
import { getRegion } from '../../law/door.ts'
import { endsOf, type GroupComparison, type PolicyBody, type ResolvedValue, unitCode } from '../../policy/door.ts'
import type { ServiceRules } from '../services.ts'
import type { SimulationAnswer, SimulationQuestion } from '../simulation.ts'
import { contentText } from './decision-lines.ts'
import { aligned, count, sumText } from './text-table.ts'

const words = {
  zh: {
    people: '合成人数',
    synthetic: '合成人群试算，不是统计',
    change: '改动',
    rule: '规则',
    otherRule: '另一版规则',
    all: '合计',
    region: '地区',
    costBefore: '现行支出',
    costAfter: '改后支出',
    difference: '增减',
    winners: '金额增加',
    losers: '金额减少',
    unchanged: '不变',
    outcomes: '去向（现行 → 改后，人数）',
    gains: '增加最多的人',
    loses: '减少最多的人',
    granted: '准予',
    yuan: '元',
    colon: '：',
  },
  en: {
    people: 'Synthetic people',
    synthetic: 'tried on made-up people, no statistics',
    change: 'Change',
    rule: 'Rule',
    otherRule: 'another version',
    all: 'All',
    region: 'Region',
    costBefore: 'Cost now',
    costAfter: 'Cost then',
    difference: 'Difference',
    winners: 'More',
    losers: 'Less',
    unchanged: 'Unchanged',
    outcomes: 'Where people go (now → then, people)',
    gains: 'Largest increase',
    loses: 'Largest decrease',
    granted: 'granted',
    yuan: 'yuan',
    colon: ': ',
  },
}

/** A simulation for reading in a terminal: what was changed, a table by region, where people go, and the two who are moved most. */
export function simulationLines(
  { rulebook }: ServiceRules,
  question: SimulationQuestion,
  answer: SimulationAnswer,
  language: Language,
): string[] {
  const word = words[language]
  const label = (key: string, other: string) => rulebook.messages[language].get(key) ?? other
  const line = (name: string, text: string) => `${name}${word.colon}${text}`
  const { comparison, before, after } = answer
  const amount = comparison.amount ?? ''
  const unit = unitCode(before.results[amount] ?? { kind: 'money', min: 0, max: 0 })
  const compared = label(`results.${amount}`, amount)
  const quantity = (content: ResolvedValue['value'] | undefined, code: string) =>
    contentText(content ?? null, code, rulebook.messages[language], language)
  const changes = answer.changed.map(({ name, key, from, to }) => {
    const code = unitCode(after.values[name] ?? { kind: 'flag' })
    const of = key === undefined ? '' : ` (${label(`choices.${key}`, key)})`
    return line(word.change, `${label(`values.${name}`, name)}${of} ${quantity(from, code)} → ${quantity(to, code)}`)
  })
  return [
    `${before.title[language]} (${question.policy}, ${question.on}): ${compared} (${unit === 'fen' ? word.yuan : unit})`,
    line(word.people, `${count(comparison.all.rows, language)} (${word.synthetic})`),
    ...changes,
    ...(question.rule ? [line(word.rule, word.otherRule)] : []),
    '',
    ...costTable(answer, unit, language),
    '',
    word.outcomes,
    ...flowLines(answer, label, language),
    ...person(word.gains, answer.gains, unit, language),
    ...person(word.loses, answer.loses, unit, language),
  ]
}

/** The same for programs; sums as decimal text, since they may be larger than a number of JSON can be trusted with. */
export function simulationJson(question: SimulationQuestion, answer: SimulationAnswer): string {
  const { comparison, regions, changed, gains, loses } = answer
  const { rule: _, ...asked } = question
  const shown = {
    question: asked,
    ...{ regions, changed, comparison, gains, loses },
    ends: { before: endsTold(answer.before), after: endsTold(answer.after) },
  }
  return JSON.stringify(shown, (_key, value) => (typeof value === 'bigint' ? String(value) : value), 2)
}

function endsTold(body: PolicyBody) {
  return endsOf(body).map((end) => ({
    outcome: end.do,
    reason: end.do === 'grant' ? null : end.reason,
    clause: end.clause,
  }))
}

function costTable({ comparison, regions }: SimulationAnswer, unit: string, language: Language): string[] {
  const word = words[language]
  const nameOf = (region = '') => getRegion(region).name[language]
  const heads = ['region', 'costBefore', 'costAfter', 'difference', 'winners', 'losers', 'unchanged'] as const
  const row = (name: string, { before, after, winners, losers, unchanged }: GroupComparison) => [
    name,
    ...[before.cost, after.cost, after.cost - before.cost].map((sum) => sumText(sum, unit, language)),
    ...[winners.rows, losers.rows, unchanged].map((rows) => count(rows, language)),
  ]
  return aligned([
    heads.map((head) => word[head]),
    ...comparison.groups.map((group, index) => row(nameOf(regions[index]), group)),
    row(regions.length === 1 ? nameOf(regions[0]) : word.all, comparison.all),
  ])
}

function flowLines(
  { comparison, before, after }: SimulationAnswer,
  label: (key: string, other: string) => string,
  language: Language,
): string[] {
  const told = (body: PolicyBody) =>
    endsOf(body).map((end) =>
      end.do === 'grant'
        ? `${words[language].granted} ${end.clause}`
        : `${label(`reasons.${end.reason}`, end.reason)} ${end.clause}`,
    )
  const [from, to] = [told(before), told(after)]
  const flows = comparison.flows.flatMap((targets, start) =>
    targets.flatMap((rows, end) => (rows === 0 ? [] : [{ rows, from: from[start] ?? '', to: to[end] ?? '' }])),
  )
  return flows
    .toSorted((one, other) => other.rows - one.rows)
    .map(
      ({ rows, from: start, to: end }) => `  ${start === end ? start : `${start} → ${end}`}  ${count(rows, language)}`,
    )
}

function person(
  title: string,
  moved: { facts: Readonly<Record<string, unknown>>; by: number } | undefined,
  unit: string,
  language: Language,
): string[] {
  if (moved === undefined) return []
  return ['', `${title} (${sumText(BigInt(moved.by), unit, language)})`, `  ${JSON.stringify(moved.facts)}`]
}
