import { findBody } from '../decide.ts'
import type { PolicyBody, PolicyIr } from '../ir.ts'
import { fill } from '../phrases.ts'
import { type Labels, MissingLabels, withoutGaps } from '../sentences.ts'
import type { CountUnit, ListUnit, Unit } from '../units.ts'
import type { ResolvedValue, ResolvedValues } from '../values.ts'
import { findCountWords, type Language } from '../words.ts'
import { ruleLines } from './rule.ts'
import { Telling } from './telling.ts'

/** One line: its number where it has one (`2.1`), how far it is indented, and what it says. */
export interface DescribedLine {
  readonly number?: string
  readonly depth: number
  readonly text: string
}

/** What a policy says between two days, under headings: what it needs, goes by, gives, the rule in the order of the text, and promises. */
export interface BodyDescription {
  readonly title: string
  readonly inForce: string
  readonly sections: readonly { readonly heading: string; readonly lines: readonly DescribedLine[] }[]
}

/** Of which day and with which figures a policy is described. */
export interface DescribeOptions {
  /** The body of this day alone. */
  readonly on?: string
  /** Filled in where the rule goes by them, and marked where they are assumed. */
  readonly values?: ResolvedValues
}

/**
 * What a policy says, in sentences for somebody who answers for it and reads no code.
 * @returns one description for each body, the earliest first; none for a day that no body covers
 * @throws MissingLabels with every key that the labels lack
 */
export function describePolicy(
  ir: PolicyIr,
  labels: Labels,
  language: Language,
  { on, values = {} }: DescribeOptions = {},
): BodyDescription[] {
  const asked = on === undefined ? ir.bodies : [findBody(ir.bodies, on)].flatMap((body) => body ?? [])
  const missing = new Set<string>()
  const descriptions = asked.map((body) => {
    const telling = new Telling(labels, language, values)
    const description = describeBody(body, telling, language, values)
    for (const key of telling.phrases.missing) missing.add(key)
    return description
  })
  if (missing.size > 0) throw new MissingLabels([...missing], language)
  return descriptions
}

/** A description as lines of plain text. */
export function descriptionLines({ title, inForce, sections }: BodyDescription): string[] {
  return [
    title,
    inForce,
    ...sections.flatMap(({ heading, lines }) => [
      '',
      heading,
      ...lines.map(
        ({ number, depth, text }) => `${'  '.repeat(depth + 1)}${number === undefined ? '' : `${number} `}${text}`,
      ),
    ]),
  ]
}

function describeBody(body: PolicyBody, telling: Telling, language: Language, values: ResolvedValues): BodyDescription {
  const { headings } = telling.words
  const sections = [
    { heading: headings.needs, lines: factLines(telling, body) },
    { heading: headings.values, lines: valueLines(telling, body, values) },
    { heading: headings.gives, lines: resultLines(telling, body) },
    { heading: headings.rule, lines: ruleLines(telling, body) },
    { heading: headings.promises, lines: promiseLines(telling, body) },
  ]
  const tidy = (text: string) => (language === 'zh' ? closedUp(withoutGaps(text)) : capitalised(text))
  return {
    title: tidy(fill(telling.words.title, { a: body.title[language] })),
    inForce: tidy(inForce(telling, body)),
    sections: sections
      .filter(({ lines }) => lines.length > 0)
      .map(({ heading, lines }) => ({ heading, lines: lines.map((line) => ({ ...line, text: tidy(line.text) })) })),
  }
}

/** Chinese words stand without spaces; figures among them keep theirs. */
function closedUp(text: string): string {
  return text.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function inForce({ words, phrases }: Telling, { from, to, clause }: PolicyBody): string {
  const since = { a: phrases.date(from), b: phrases.label(`clauses.${clause}`) }
  return to === undefined ? fill(words.inForce, since) : fill(words.inForceUntil, { ...since, c: phrases.date(to) })
}

function plain(text: string, depth = 0): DescribedLine {
  return { depth, text }
}

function factLines(telling: Telling, { facts }: PolicyBody): DescribedLine[] {
  const { words, phrases } = telling
  return Object.entries(facts).flatMap(([name, unit]) => {
    const told = plain(fill(words.declared, { a: phrases.label(`facts.${name}`), b: kindOf(telling, unit) }))
    if (unit.kind !== 'list' || unit.item.kind !== 'record') return [told]
    const fields = Object.entries(unit.item.fields).map(([field, fieldUnit]) => {
      const label = phrases.label(`facts.${name}.${field}`)
      return plain(fill(words.declared, { a: label, b: kindOf(telling, fieldUnit) }), 1)
    })
    return [told, ...fields]
  })
}

function resultLines(telling: Telling, { results, items }: PolicyBody): DescribedLine[] {
  const { words, phrases } = telling
  const told = (group: 'results' | 'items', units: PolicyBody['results'], depth: number) =>
    Object.entries(units).map(([name, unit]) =>
      plain(fill(words.declared, { a: phrases.label(`${group}.${name}`), b: kindOf(telling, unit) }), depth),
    )
  if (items === undefined) return told('results', results, 0)
  const heading = plain(fill(words.eachOf, { a: phrases.label(`facts.${items.list}`) }))
  return [...told('results', results, 0), heading, ...told('items', items.results, 1)]
}

/** What may be filled in: an amount, a date, one of some words. */
function kindOf(telling: Telling, unit: Unit): string {
  const { words } = telling
  switch (unit.kind) {
    case 'optional':
      return fill(words.mayBeAbsent, { a: kindOf(telling, unit.unit) })
    case 'choice':
      return fill(words.wordKind, { a: telling.choices(unit.options) })
    case 'count':
      return fill(words.countKind, { a: countedIn(telling, unit) })
    case 'list':
      return listKind(telling, unit)
    case 'keyed':
      return kindOf(telling, unit.unit)
    case 'record':
      return ''
    default:
      return words.kinds[unit.kind]
  }
}

function listKind(telling: Telling, { item, max, of }: ListUnit): string {
  const { words, phrases } = telling
  const a = phrases.value(max, of)
  if (item.kind !== 'record') return fill(words.listOfKind, { a, b: kindOf(telling, item) })
  const fields = Object.keys(item.fields).length
  return fill(fields === 0 ? words.listKind : words.fieldsKind, { a, b: '' }).trimEnd()
}

/** The words of a count without its number: `months`. */
function countedIn({ phrases }: Telling, { of }: CountUnit): string {
  const pattern = findCountWords(of, phrases.language) ?? phrases.label(`units.${of}`)
  return (pattern.split('|').at(-1) ?? '').replace('{n}', '').trim()
}

function valueLines(telling: Telling, { values: units }: PolicyBody, values: ResolvedValues): DescribedLine[] {
  const { phrases } = telling
  return Object.entries(units).flatMap(([name, unit]) => {
    const label = phrases.label(`values.${name}`)
    const resolved = values[name]
    if (resolved === undefined) return [plain(label)]
    const { value } = resolved
    if (typeof value !== 'object')
      return [plain(sourced(telling, label, phrases.value(value, resolved.unit), resolved))]
    const words: readonly unknown[] | undefined = Array.isArray(value) ? value : undefined
    if (words !== undefined) return [plain(sourced(telling, label, telling.choices(words.map(String)), resolved))]
    const rows = Object.entries(value).map(([key, content]) => {
      const isNumber = unit.kind === 'keyed' && unit.count !== undefined
      const a = isNumber ? phrases.value(Number(key), unit.count.of) : phrases.value(key, 'choice')
      return plain(fill(telling.words.row, { a, b: phrases.value(content, resolved.unit) }), 1)
    })
    return [plain(sourced(telling, label, undefined, resolved)), ...rows]
  })
}

/** A figure with where it comes from, since when, and whether it is assumed. */
function sourced(
  telling: Telling,
  label: string,
  content: string | undefined,
  { source, from, to, assumed }: ResolvedValue,
): string {
  const { words, phrases } = telling
  const shared = phrases.words
  const since = { a: telling.findLabel(`clauses.${source}`) ?? source, b: phrases.date(from) }
  const dated =
    to === undefined ? fill(shared.since, since) : fill(shared.sinceUntil, { ...since, c: phrases.date(to) })
  const told = assumed ? fill(shared.assumed, { a: dated }) : dated
  const figure = content === undefined ? label : fill(words.declared, { a: label, b: content })
  return fill(shared.sourced, { a: figure, b: told })
}

function promiseLines({ words, phrases }: Telling, { promises = [], facts }: PolicyBody): DescribedLine[] {
  return promises.map(({ says, result, with: name }) => {
    const kind = facts[name]?.kind
    const more = words.more[kind === 'date' || kind === 'flag' ? kind : 'quantity']
    const a = fill(more, { a: phrases.label(`facts.${name}`) })
    return plain(fill(words[says], { a, b: phrases.label(`results.${result}`) }))
  })
}
