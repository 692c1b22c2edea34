import { NOT_IN_FORCE } from './decision.ts'
import type { ExplainedItem, ExplainedNode, Explanation, ExplanationStep, OutcomeStep } from './explain.ts'
import { fill, isLeaf, Phrases } from './phrases.ts'
import type { Language } from './words.ts'

/**
 * What a policy is about, in one language, by key: `facts.<name>` (`facts.<list>.<field>` for a field of an item), `values.<name>`,
 * `results.<name>`, `items.<name>` (a result of an item), `reasons.<code>`, `choices.<word>`, `clauses.<id>`, and `units.<label>`
 * (`{n} visit|{n} visits`) for counts that the library has no words for. `locals.<name>` is optional: a `const` with neither that nor a result
 * of its name is told where it is used.
 */
export type Labels = ReadonlyMap<string, string>

/** An explanation that cannot be told because the policy's labels do not say how. */
export class MissingLabels extends Error {
  override readonly name = 'MissingLabels'
  readonly keys: readonly string[]

  constructor(keys: readonly string[], language: Language) {
    super(`no label in '${language}' for ${keys.join(', ')}`)
    this.keys = keys
  }
}

/**
 * An explanation in sentences for the person it is about: by which rule and on which day, each step, the outcome, each result, and what was
 * assumed.
 * @throws MissingLabels with every key that the labels lack
 */
export function renderExplanation(explanation: Explanation, labels: Labels, language: Language): string[] {
  const phrases = new Phrases(labels, language)
  const sentences = [
    opening(phrases, explanation),
    ...explanation.steps.flatMap((step) => stepSentences(phrases, step, 'results')),
    ...assumptionSentences(phrases, explanation),
  ]
  if (phrases.missing.size > 0) throw new MissingLabels([...phrases.missing], language)
  return language === 'zh' ? sentences.map(withoutGaps) : sentences
}

function opening(phrases: Phrases, { title, on, inForce }: Explanation): string {
  const { words, language } = phrases
  const day = { a: title[language], c: phrases.date(on) }
  if (inForce === undefined) return fill(words.notInForce, day)
  const since = { ...day, b: phrases.date(inForce.from) }
  return inForce.to === undefined
    ? fill(words.opening, since)
    : fill(words.openingUntil, { ...since, d: phrases.date(inForce.to) })
}

/** Which labels name the results of an outcome: of the decision, or of one item. */
type ResultLabels = 'results' | 'items'

function stepSentences(phrases: Phrases, step: ExplanationStep, resultLabels: ResultLabels): string[] {
  const { words } = phrases
  switch (step.step) {
    case 'const': {
      const label = phrases.remember(step, resultLabels)
      return label === undefined ? [] : [named(phrases, label, step.is)]
    }
    case 'condition': {
      const next = step.leadsTo === undefined ? words.goesOn : words.outcomes[step.leadsTo]
      return [fill(words.leadsTo, { a: phrases.evidence(step.condition), b: next })]
    }
    case 'choice':
      return [phrases.quantity(step.on)]
    case 'outcome':
      return [...outcomeSentences(phrases, step, resultLabels), ...eachSentences(phrases, step)]
  }
}

function outcomeSentences(
  phrases: Phrases,
  { outcome, reason, because, results }: OutcomeStep,
  resultLabels: ResultLabels,
): string[] {
  const { words } = phrases
  const said = { a: words.outcomes[outcome], b: phrases.label(`clauses.${because}`) }
  if (reason === null) {
    const told = Object.entries(results).map(([name, node]) =>
      named(phrases, phrases.label(`${resultLabels}.${name}`), node),
    )
    return [fill(words.granted, said), ...told]
  }
  return [
    fill(words.decided, {
      ...said,
      c: reason === NOT_IN_FORCE ? words.notInForceReason : phrases.label(`reasons.${reason}`),
    }),
  ]
}

/** How each item came to its outcome, every sentence with the number of the item. */
function eachSentences(phrases: Phrases, { each }: OutcomeStep): string[] {
  if (each === undefined) return []
  const { list, items } = each
  const heading = { a: phrases.label(`facts.${list}`), n: String(items.length) }
  return [fill(phrases.words.eachOf, heading), ...items.flatMap((item) => itemSentences(phrases, item))]
}

function itemSentences(phrases: Phrases, { number, steps }: ExplainedItem): string[] {
  const told = steps.flatMap((step) => stepSentences(phrases, step, 'items'))
  return told.map((sentence) => fill(phrases.words.ofItem, { n: String(number), a: sentence }))
}

/** `label: value` for what is read as it stands, `label = computation = value` for what is computed. */
function named(phrases: Phrases, label: string, node: ExplainedNode): string {
  const { words } = phrases
  const opened = phrases.opened(node)
  const isToldAlready = opened.origin?.from === 'local' || opened.op === 'literal'
  if (isToldAlready) return fill(words.flag, { a: label, b: phrases.came(opened) })
  if (opened.unit === 'flag') {
    const value = phrases.value(opened.value, opened.unit)
    return fill(words.flag, { a: label, b: fill(words.because, { a: phrases.evidence(opened), b: value }) })
  }
  const isRead = isLeaf(opened) || (opened.op === '?:' && opened.operands.slice(1).every(isLeaf))
  return fill(isRead ? words.flag : words.computed, { a: label, b: phrases.equation(opened) })
}

function assumptionSentences(phrases: Phrases, { decision }: Explanation): string[] {
  const { words } = phrases
  return decision.assumptions.map(({ name, value, unit }) => {
    const told = typeof value === 'object' ? words.severalValues : phrases.value(value, unit)
    return fill(words.assumption, { a: phrases.label(`values.${name}`), b: told })
  })
}

/** Chinese punctuation brings its own space. */
export function withoutGaps(sentence: string): string {
  return sentence.replace(/ ?([（）〔〕“”《》，；：。]) ?(?!→)/g, '$1').replace(/(?<! )→/g, ' →')
}
