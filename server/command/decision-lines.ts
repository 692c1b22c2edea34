import { formatPlainDate, type Language, type Messages } from '../../ground/door.ts'
import type { Ruling } from '../../law/door.ts'
import { type ItemVerdict, type Labels, quantityText, type ResolvedValue } from '../../policy/door.ts'
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
  const show = (value: ResolvedValue['value'] | null, unit: string) =>
    contentText(value, unit, rulebook.messages[lang], lang)
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

/** A value, a result or a table of them in the words of the sentences of explanations. */
export function contentText(
  content: ResolvedValue['value'] | null,
  unit: string,
  labels: Labels,
  language: Language,
): string {
  if (typeof content !== 'object' || content === null || isList(content)) {
    return quantityText(content, unit, labels, language)
  }
  const entryText = ([key, entry]: [string, number]) =>
    `${labels.get(`choices.${key}`) ?? key} ${quantityText(entry, unit, labels, language)}`
  return Object.entries(content).map(entryText).join(', ')
}

function isList(content: object): content is readonly string[] {
  return Array.isArray(content)
}
