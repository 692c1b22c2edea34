import { formatPlainDate, formatRatePpm, formatYuan, type Language, type Messages } from '../../ground/door.ts'
import type { Ruling } from '../../law/door.ts'
import type { ItemVerdict } from '../../policy/door.ts'
import type { ServiceRules } from '../services.ts'

const words = {
  zh: {
    granted: '准予',
    refused: '不予通过',
    referred: '转其他途径办理',
    because: '依据',
    means: '说明',
    advice: '可以怎样做',
    results: '结果',
    items: '逐项结果',
    steps: '理由',
    assumed: '假定的数值（法规原文未定）',
    colon: '：',
    yes: '是',
    no: '否',
  },
  en: {
    granted: 'Granted',
    refused: 'Refused',
    referred: 'Referred to another way',
    because: 'Stands on',
    means: 'Meaning',
    advice: 'What can be done',
    results: 'Results',
    items: 'Item by item',
    steps: 'Reasons',
    assumed: 'Assumed values (left open by the text)',
    colon: ': ',
    yes: 'yes',
    no: 'no',
  },
}

/** A decision for reading in a terminal: outcome, what it stands on, results, advice, assumptions and, with `explain`, every step. */
export function decisionLines(
  { rulebook }: ServiceRules,
  ruling: Ruling,
  { lang, explain = false }: { lang: Language; explain?: boolean },
): string[] {
  const { decision } = ruling
  const word = words[lang]
  const label = (group: string, name: string) => labelOf(rulebook.messages, lang, group, name)
  const show = (value: unknown, unit: string) => quantityText(value, unit, lang, label)
  const line = (name: string, text: string) => `${name}${word.colon}${text}`
  const resultLines = (group: string, results: ItemVerdict['results']) =>
    Object.entries(results).map(([name, { value, unit }]) => line(label(group, name), show(value, unit)))
  const itemLine = ({ outcome, reason, results }: ItemVerdict, index: number) => {
    const said = reason === null ? resultLines('items', results) : [label('reasons', reason)]
    return line(`${index + 1}. ${word[outcome]}`, said.join(lang === 'zh' ? '；' : '; '))
  }
  return [
    `${ruling.title[lang]} (${decision.policy.id}, ${formatPlainDate(ruling.on, lang)}, ${ruling.ruleOf})`,
    line(word[decision.outcome], ruling.meaning?.[lang] ?? decision.because),
    line(word.because, `${label('clauses', decision.because)} (${decision.because})`),
    ...(ruling.advice ? [line(word.advice, ruling.advice[lang])] : []),
    ...section(word.results, resultLines('results', decision.results)),
    ...section(word.items, (decision.items?.outcomes ?? []).map(itemLine)),
    ...section(
      word.assumed,
      decision.assumptions.map(({ name, value, unit, source }) =>
        line(label('values', name), `${show(value, unit)} (${source})`),
      ),
    ),
    ...(explain ? section(word.steps, ruling.sentences[lang]) : []),
  ]
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]
}

function labelOf(messages: Messages, language: Language, group: string, name: string): string {
  return messages[language].get(`${group}.${name}`) ?? name
}

function quantityText(
  value: unknown,
  unit: string,
  language: Language,
  label: (group: string, name: string) => string,
): string {
  if (typeof value === 'boolean') return value ? words[language].yes : words[language].no
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(([key, part]) => [
      label('choices', key),
      quantityText(part, unit, language, label),
    ])
    return parts.map((part) => part.join(' ')).join(', ')
  }
  if (typeof value === 'number' && unit === 'fen') return formatYuan(value, language)
  if (typeof value === 'number' && unit === 'ppm') return formatRatePpm(value)
  if (typeof value === 'string' && unit === 'date') return formatPlainDate(value, language)
  if (unit === 'choice') return label('choices', String(value))
  return unit === 'text' ? String(value) : countText(String(value), label('units', unit))
}

/** A count in the words of its label, `{n} visit|{n} visits`; after the number where the label is a bare word. */
function countText(count: string, pattern: string): string {
  const [one = pattern, several = one] = pattern.split('|')
  if (!one.includes('{n}')) return `${count} ${one}`
  return (count === '1' ? one : several).replace('{n}', count)
}
