import type { ExplainedNode } from './explain.ts'
import { fill, Phrases } from './phrases.ts'
import { type Labels, MissingLabels, withoutGaps } from './sentences.ts'
import type { Need, Obstacle, WhyNot } from './why-not.ts'
import type { Language } from './words.ts'

const WORDS = {
  zh: {
    nothing: '没有不予通过的条件。',
    outcome: '{a}。原因：{b}。依据：{c}。',
    outcomes: { granted: '予以通过', refused: '不予通过', referred: '转人工处理' },
    further: '此外，{a}',
    amount: '若不是这样，{a}为 {b}：',
    needed: '{a}（须成立）',
    unwanted: '{a}（须不是这样）',
    mustBe: '{a}（须为：{b}）',
    any: '以下满足一项即可：',
    cap: '{a}（取了较小的一项）',
    indent: '　',
    hopeless: '没有能够由事实改变的条件。',
    open: '其余条件要看以上条件怎样满足。',
  },
  en: {
    nothing: 'No condition stands in the way.',
    outcome: '{a}. Reason: {b}. Basis: {c}.',
    outcomes: { granted: 'Granted', refused: 'Refused', referred: 'Referred to a person' },
    further: 'Besides: {a}',
    amount: 'If this were otherwise, {a} would be {b}:',
    needed: '{a} (would have to be true)',
    unwanted: '{a} (would have to be otherwise)',
    mustBe: '{a} (would have to be: {b})',
    any: 'one of these is enough:',
    cap: '{a} (the lesser of the two counts)',
    indent: '  ',
    hopeless: 'No condition on the facts leads to a grant here.',
    open: 'What else is needed depends on how these are met.',
  },
}

/**
 * What stands in the way, in sentences: each obstacle with its clause, and under it, indented, what it would have needed.
 * @throws MissingLabels with every key that the labels lack
 */
export function renderWhyNot(why: WhyNot, labels: Labels, language: Language): string[] {
  const phrases = new Phrases(labels, language)
  const words = WORDS[language]
  const { obstacles, consts, isAll, item } = why
  for (const step of consts) phrases.remember(step, item === undefined ? 'results' : 'items')
  const told = obstacles.flatMap((obstacle, index) => [
    opening(phrases, obstacle, index > 0, item === undefined ? 'results' : 'items'),
    ...needLines(phrases, obstacle.need).map((line) => words.indent + line),
  ])
  const none = isAll ? words.nothing : words.hopeless
  const sentences = obstacles.length === 0 ? [none] : [...told, ...(isAll ? [] : [words.open])]
  if (phrases.missing.size > 0) throw new MissingLabels([...phrases.missing], language)
  return language === 'zh' ? sentences.map(withoutGaps) : sentences
}

function opening(phrases: Phrases, obstacle: Obstacle, isFurther: boolean, results: 'results' | 'items'): string {
  const words = WORDS[phrases.language]
  if (obstacle.stands === 'amount') {
    const a = phrases.label(`${results}.${obstacle.result}`)
    return fill(words.amount, { a, b: phrases.value(obstacle.gives, obstacle.unit) })
  }
  const told = fill(words.outcome, {
    a: words.outcomes[obstacle.outcome],
    b: phrases.label(`reasons.${obstacle.reason}`),
    c: phrases.label(`clauses.${obstacle.because}`),
  })
  return isFurther ? fill(words.further, { a: told }) : told
}

function needLines(phrases: Phrases, need: Need): string[] {
  const words = WORDS[phrases.language]
  switch (need.needs) {
    case 'all':
      return need.of.flatMap((each) => needLines(phrases, each))
    case 'any':
      return [words.any, ...need.of.flatMap((each) => needLines(phrases, each)).map((line) => words.indent + line)]
    case 'word': {
      const options = need.options.map((word) => phrases.value(word, need.is.unit)).join(phrases.words.listSeparator)
      return [fill(words.mustBe, { a: phrases.quantity(need.is), b: options })]
    }
    case 'cap':
      return [fill(words.cap, { a: phrases.equation(need.is) })]
    case 'condition':
      return [conditionLine(phrases, need.is, need.holds)]
  }
}

/** A comparison by size is told the way in which it would have to hold, a flag by what it would have to be, anything else as it is. */
function conditionLine(phrases: Phrases, node: ExplainedNode, holds: boolean): string {
  const words = WORDS[phrases.language]
  const opposite = OPPOSITES.get(node.op)
  if (opposite !== undefined) {
    const wanted: ExplainedNode = holds ? node : { ...node, op: opposite, value: false }
    return fill(words.needed, { a: phrases.evidence(wanted) })
  }
  const evidence = { a: phrases.evidence(node) }
  const isFlag = node.op === 'fact' || node.op === 'item'
  return isFlag
    ? fill(words.mustBe, { ...evidence, b: phrases.value(holds, 'flag') })
    : fill(holds && !SAID_AS_IT_IS.has(node.op) ? words.needed : words.unwanted, evidence)
}

/** What is told as what is the case, whether it holds or not. */
const SAID_AS_IT_IS: ReadonlySet<ExplainedNode['op']> = new Set(['===', '!==', 'includes'])

/** Comparisons by size, and what holds when they fail. */
const OPPOSITES: ReadonlyMap<ExplainedNode['op'], ExplainedNode['op']> = new Map([
  ['<', '>='],
  ['<=', '>'],
  ['>', '<='],
  ['>=', '<'],
])
