import { findBody } from '../decide.ts'
import { NOT_IN_FORCE } from '../decision.ts'
import { Telling } from '../describe/telling.ts'
import type { PolicyIr } from '../ir.ts'
import { fill, type Phrases } from '../phrases.ts'
import { type Labels, MissingLabels, withoutGaps } from '../sentences.ts'
import type { ResolvedValues } from '../values.ts'
import { expressionsIn, itemStatementsOf, ownStatementsOf } from '../walk.ts'
import type { Language } from '../words.ts'
import type { Asked, CertainAnswer, OpenQuestion, PossibleOutcome, ResultRange } from './ask.ts'

const WORDS = {
  zh: {
    certain: '结论已经确定：{a}。',
    outcomes: { granted: '予以通过（{a}）', refused: '不予通过：{b}（{a}）', referred: '转人工处理：{b}（{a}）' },
    result: '{a}：{b}',
    next: '下一个要问的：{a}。',
    condition: '因为要看是不是：{a}。',
    results: '因为以下结果取决于它：{a}。',
    settles: '　{a} → {b}',
    holds: '成立时',
    fails: '不成立时',
    needless: '不必再问：{a}。',
    range: '{a}：{b} 至 {c}',
    possible: '可能的结论：{a}。',
    separator: '、',
  },
  en: {
    certain: 'This is certain: {a}.',
    outcomes: { granted: 'granted ({a})', refused: 'refused: {b} ({a})', referred: 'referred to a person: {b} ({a})' },
    result: '{a}: {b}',
    next: 'To be asked next: {a}.',
    condition: 'Because it must be known whether {a}.',
    results: 'Because these results depend on it: {a}.',
    settles: '  {a} → {b}',
    holds: 'if true',
    fails: 'if not',
    needless: 'No longer to be asked: {a}.',
    range: '{a}: {b} to {c}',
    possible: 'Possible outcomes: {a}.',
    separator: ', ',
  },
}

/** The rule that was asked, and the values by which. */
export interface AskedRule {
  readonly ir: PolicyIr
  readonly values: ResolvedValues
  readonly on: string
}

/**
 * What is certain, or what to ask next, why, and how far the answer is known, in sentences.
 * @throws MissingLabels with every key that the labels lack
 */
export function renderAsked(asked: Asked, rule: AskedRule, labels: Labels, language: Language): string[] {
  const telling = tellingOf(rule, labels, language)
  const { phrases } = telling
  const told = asked.is === 'certain' ? certainLines(phrases, asked) : openLines(telling, rule, asked)
  const words = WORDS[language]
  const names = asked.needless.map((name) => phrases.label(`facts.${name}`)).join(words.separator)
  const sentences = names === '' ? told : [...told, fill(words.needless, { a: names })]
  if (phrases.missing.size > 0) throw new MissingLabels([...phrases.missing], language)
  return language === 'zh' ? sentences.map(withoutGaps) : sentences
}

/** Knows what each `const` of the rule is, so that a condition on one can be told. */
function tellingOf({ ir, values, on }: AskedRule, labels: Labels, language: Language): Telling {
  const telling = new Telling(labels, language, values)
  const block = findBody(ir.bodies, on)?.block ?? []
  for (const statement of ownStatementsOf(block)) if (statement.do === 'const') telling.remember(statement, 'results')
  for (const statement of itemStatementsOf(block)) if (statement.do === 'const') telling.remember(statement, 'items')
  return telling
}

function certainLines(phrases: Phrases, { verdict }: CertainAnswer): string[] {
  const words = WORDS[phrases.language]
  const results = Object.entries(verdict.results).map(([name, { value, unit }]) =>
    fill(words.result, { a: phrases.label(`results.${name}`), b: phrases.value(value, unit) }),
  )
  return [fill(words.certain, { a: outcomeText(phrases, verdict) }), ...results]
}

function outcomeText(phrases: Phrases, { outcome, reason, because }: PossibleOutcome): string {
  const words = WORDS[phrases.language]
  const b =
    reason === NOT_IN_FORCE ? phrases.words.notInForceReason : reason === null ? '' : phrases.label(`reasons.${reason}`)
  return fill(words.outcomes[outcome], { a: phrases.label(`clauses.${because}`), b })
}

function openLines(telling: Telling, rule: AskedRule, { next, outcomes, results }: OpenQuestion): string[] {
  const { phrases } = telling
  const words = WORDS[phrases.language]
  return [
    fill(words.next, { a: phrases.label(`facts.${next.fact}`) }),
    ...whyLines(telling, rule, next.why),
    fill(words.possible, { a: outcomes.map((each) => outcomeText(phrases, each)).join(words.separator) }),
    ...Object.entries(results).flatMap(([name, range]) => rangeLines(phrases, name, range)),
  ]
}

function whyLines(telling: Telling, { ir, on }: AskedRule, why: OpenQuestion['next']['why']): string[] {
  const { phrases } = telling
  const words = WORDS[phrases.language]
  if (why.waits === 'results') {
    const names = why.names.map((name) => phrases.label(`${why.of}.${name}`)).join(words.separator)
    return [fill(words.results, { a: names })]
  }
  const settles = why.settles.map(({ when, ...outcome }) => {
    const flag = when === true ? words.holds : words.fails
    const a = typeof when === 'boolean' ? flag : when.map((word) => phrases.value(word, 'choice')).join(words.separator)
    return fill(words.settles, { a, b: outcomeText(phrases, outcome) })
  })
  const condition = expressionsIn(findBody(ir.bodies, on)?.block ?? []).find(({ slot }) => slot === why.slot)
  const a = condition === undefined ? why.source : telling.condition(condition, true)
  return [fill(words.condition, { a }), ...settles]
}

function rangeLines(phrases: Phrases, name: string, { unit, min, max, options }: ResultRange): string[] {
  const words = WORDS[phrases.language]
  const a = phrases.label(`results.${name}`)
  if (options !== undefined) {
    return [fill(words.result, { a, b: options.map((option) => phrases.value(option, unit)).join(words.separator) })]
  }
  if (min === undefined || max === undefined) return []
  if (min === max) return [fill(words.result, { a, b: phrases.value(min, unit) })]
  return [fill(words.range, { a, b: phrases.value(min, unit), c: phrases.value(max, unit) })]
}
