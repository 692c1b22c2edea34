import type { Language, MessageParams, Messages, Problem } from '../../ground/door.ts'
import { findMessage, renderMessage } from '../../ground/door.ts'

/** One entry that is not right, as its reader is told: `label` names the field where a form or the registers have words for it, `sentence` says what to enter. */
export type WrongEntry = Problem & { label?: string; sentence: string }

type Meaning = { code: string; params?: MessageParams }

const day = String.raw`(\d{4}-\d\d-\d\d)`

/** What an expectation means, by how it is worded: that of a schema (`ground/parse.ts`) and what the rooms say themselves. The first that fits counts. */
const meanings: ReadonlyArray<[RegExp, (found: string[], isMoney: boolean) => Meaning]> = [
  [new RegExp(`^${day} or later$|^a day from ${day} on$`), ([one, other]) => from(one ?? other)],
  [new RegExp(`^${day} or earlier$`), ([last]) => ({ code: 'entry.day_to', params: { lastOn: last ?? '' } })],
  [
    new RegExp(`^(?:a day from )?${day} (?:\\.\\.|to) ${day}$`),
    ([firstOn = '', lastOn = '']) => between(firstOn, lastOn),
  ],
  [/^(\d+) \.\. (-?\d+)$/, ([first, last], isMoney) => ranged('entry.between', { first, last }, isMoney)],
  [/^at least (\d+) characters$/, ([first]) => ranged('entry.longer', { first })],
  [/^at most (\d+) characters$/, ([last]) => ranged('entry.shorter', { last })],
  [/^at least (\d+) (?:entries|rows)$/, ([first]) => ranged('entry.more', { first })],
  [/^at most (\d+) (?:entries|rows)$/, ([last]) => ranged('entry.fewer', { last })],
  [/^>= (-?\d+)$/, ([first], isMoney) => ranged('entry.at_least', { first }, isMoney)],
  [/^<= (-?\d+)$/, ([last], isMoney) => ranged('entry.at_most', { last }, isMoney)],
  [/^a month/, () => ({ code: 'entry.month' })],
  [/credit code/, () => ({ code: 'entry.credit_code' })],
  [/identity (number|card)/, () => ({ code: 'entry.identity' })],
  [/^a card number/, () => ({ code: 'entry.card' })],
  [/calendar date|^date$/, () => ({ code: 'entry.date' })],
  [/^an id \(UUID/, () => ({ code: 'entry.id' })],
  [/region code|^a region of GB/, () => ({ code: 'entry.region' })],
  [/^(int|number|bigint)$/, () => ({ code: 'entry.number' })],
  [/^string$/, () => ({ code: 'entry.text' })],
  [/^boolean$/, () => ({ code: 'entry.flag' })],
  [/^(array|object|record)$/, () => ({ code: 'entry.parts' })],
  [/^no .+$/, () => ({ code: 'entry.unknown' })],
  [/ \| /, () => ({ code: 'entry.choice' })],
]

function from(firstOn = ''): Meaning {
  return { code: 'entry.day_from', params: { firstOn } }
}

function between(firstOn: string, lastOn: string): Meaning {
  return { code: 'entry.days_between', params: { firstOn, lastOn } }
}

/** Bounds as numbers; those of an amount are shown in yuan. */
function ranged(code: string, bounds: Record<string, string | undefined>, isMoney = false): Meaning {
  const params = Object.entries(bounds).map(([name, bound]) => [isMoney ? `${name}Fen` : name, Number(bound)])
  return { code: isMoney ? `${code}_fen` : code, params: Object.fromEntries(params) }
}

/** What an expectation means, as the code of a sentence. */
export function meaningOf({ path, expected, found }: Problem): Meaning {
  if (found === 'nothing' || (found === '' && expected.startsWith('at least'))) return { code: 'entry.missing' }
  for (const [pattern, meaning] of meanings) {
    const match = pattern.exec(expected)
    if (match) return meaning(match.slice(1), path.endsWith('Fen'))
  }
  return { code: 'entry.other' }
}

/** Names of fields in both languages. */
export type FieldLabels = (language: Language, name: string) => string | undefined

/**
 * The names of fields as the message files of services have them (`form.<flow>.<name>`, `facts.<name>`, `summary.<name>`) and the house has its own
 * (`labels.<name>`). What two of them word differently is nobody's name, since nobody knows here of which service it is.
 */
export function fieldLabels(sets: readonly Messages[]): FieldLabels {
  const labels = { zh: labelsIn(sets, 'zh'), en: labelsIn(sets, 'en') }
  return (language, name) => labels[language].get(name)
}

function labelsIn(sets: readonly Messages[], language: Language): Map<string, string> {
  const found = new Map<string, Set<string>>()
  for (const messages of sets) {
    for (const [code, words] of messages[language]) {
      const name = /^(?:labels|facts|summary|form\.[\w-]+)\.([\w.]+)$/.exec(code)?.[1]
      if (name === undefined || name.endsWith('.help')) continue
      found.set(name, (found.get(name) ?? new Set()).add(words))
    }
  }
  const own = new Map(
    sets.flatMap((messages) => [...messages[language]].filter(([code]) => code.startsWith('labels.'))),
  )
  return new Map(
    [...found].flatMap(([name, words]) => {
      const [only = ''] = words
      const label = own.get(`labels.${name}`) ?? (words.size === 1 ? only : undefined)
      return label === undefined ? [] : [[name, label]]
    }),
  )
}

/** Tells what is wrong with one entry: of which field, in words, and what to enter instead. */
export function tellWrongEntry(
  problem: Problem,
  language: Language,
  messages: Messages,
  labels: FieldLabels,
): WrongEntry {
  const { code, params } = meaningOf(problem)
  const label = labelOf(problem.path, language, messages, labels)
  const expected = expectedIn(language, problem.expected)
  const isOther = code === 'entry.other' && expected !== undefined
  const told = renderMessage(messages, language, isOther ? 'entry.expected' : code, isOther ? { expected } : params)
  const isWorthShowing = code !== 'entry.missing' && !/^[[{]/.test(problem.found) && problem.found.length <= 40
  const found = isWorthShowing ? renderMessage(messages, language, 'entry.found', { found: problem.found }) : ''
  return { ...problem, ...(label !== undefined && { label }), sentence: `${told}${found}` }
}

/** An expectation that is worded in both languages (`日期 / a day`) in one of them; in English alone it is told to its readers only. */
function expectedIn(language: Language, expected: string): string | undefined {
  const [, zh, en] = /^(.*\p{Script=Han}.*?) \/ (.+)$/u.exec(expected) ?? []
  if (zh !== undefined) return language === 'zh' ? zh : en
  return language === 'en' ? expected : undefined
}

/** `answers.opinion.issuedOn`: the name of the whole, else of its end; of a row also which one. */
function labelOf(path: string, language: Language, messages: Messages, labels: FieldLabels): string | undefined {
  const names = path.replace(/\[\d+\]/g, '').split('.')
  const known = names.map((_, index) => labels(language, names.slice(index).join('.'))).find((label) => label)
  const row = /\[(\d+)\]/.exec(path)?.[1]
  if (row === undefined) return known
  const label = findMessage(messages, language, 'entry.row', { row: Number(row) + 1 }) ?? ''
  return known === undefined ? undefined : `${label}${known}`
}
