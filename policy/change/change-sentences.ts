import { fill, Phrases } from '../phrases.ts'
import { type Labels, MissingLabels, withoutGaps } from '../sentences.ts'
import type { Language } from '../words.ts'
import type { Change, Changes, FactChange } from './changes.ts'

const WORDS = {
  zh: {
    isMet: '已经如此。',
    single: '以下任何一项改变即可：',
    pairs: '单独一项改变不够；以下两项一起改变即可：',
    none: '没有找到这样的改变。',
    partly: '只查找了一部分，可能还有其他改变。',
    change: '{a} → {b}',
    and: '；并且',
    set: '{a}：{b}，而不是 {c}',
    more: '{a}：{b}，而不是 {c}（多 {d}）',
    less: '{a}：{b}，而不是 {c}（少 {d}）',
    later: '{a}：{b}，而不是 {c}（晚 {d}）',
    earlier: '{a}：{b}，而不是 {c}（早 {d}）',
    add: '{a}：增加一项（{b}）',
    remove: '{a}：去掉第 {n} 项',
    ofItem: '{a}第 {n} 项',
    ofField: '{a}第 {n} 项的{b}',
    outcomes: { granted: '予以通过', refused: '不予通过（{a}）', referred: '转人工处理（{a}）' },
    result: '{a}，{b} {c}',
    indent: '　',
  },
  en: {
    isMet: 'It is so already.',
    single: 'Any one of these changes would do:',
    pairs: 'No single change would do; these two together would:',
    none: 'No such change was found.',
    partly: 'Only a part was looked through; there may be other changes.',
    change: '{a} → {b}',
    and: '; and ',
    set: '{a}: {b} instead of {c}',
    more: '{a}: {b} instead of {c} ({d} more)',
    less: '{a}: {b} instead of {c} ({d} less)',
    later: '{a}: {b} instead of {c} ({d} later)',
    earlier: '{a}: {b} instead of {c} ({d} earlier)',
    add: '{a}: one more ({b})',
    remove: '{a}: without no. {n}',
    ofItem: '{a} no. {n}',
    ofField: '{a} no. {n}, {b}',
    outcomes: { granted: 'granted', refused: 'refused ({a})', referred: 'referred to a person ({a})' },
    result: '{a}, {b} {c}',
    indent: '  ',
  },
}

/**
 * What would change a decision, in sentences: each change with what would then be decided.
 * @throws MissingLabels with every key that the labels lack
 */
export function renderChanges(changes: Changes, labels: Labels, language: Language): string[] {
  const phrases = new Phrases(labels, language)
  const words = WORDS[language]
  const found = changes.changes.length > 0 ? changes.changes : changes.pairs
  const lines = found.map((change) => words.indent + changeLine(phrases, change))
  const sentences = [heading(changes, language), ...lines, ...(changes.isAll ? [] : [words.partly])]
  if (phrases.missing.size > 0) throw new MissingLabels([...phrases.missing], language)
  return language === 'zh' ? sentences.map(withoutGaps) : sentences
}

function heading({ isMet, changes, pairs }: Changes, language: Language): string {
  const words = WORDS[language]
  if (isMet) return words.isMet
  if (changes.length > 0) return words.single
  return pairs.length > 0 ? words.pairs : words.none
}

function changeLine(phrases: Phrases, { of, decision }: Change): string {
  const words = WORDS[phrases.language]
  const told = of.map((each) => factLine(phrases, each)).join(words.and)
  const reason = decision.reason === null ? '' : phrases.label(`reasons.${decision.reason}`)
  const outcome = fill(words.outcomes[decision.outcome], { a: reason })
  const quantities = Object.entries(decision.results).filter(([, { value }]) => typeof value === 'number')
  const b = quantities.reduce((sentence, [name, { value, unit }]) => {
    return fill(words.result, { a: sentence, b: phrases.label(`results.${name}`), c: phrases.value(value, unit) })
  }, outcome)
  return fill(words.change, { a: told, b })
}

function factLine(phrases: Phrases, change: FactChange): string {
  const words = WORDS[phrases.language]
  switch (change.change) {
    case 'remove': {
      const [fact = '', item = ''] = change.path.split('.')
      return fill(words.remove, { a: phrases.label(`facts.${fact}`), n: String(Number(item) + 1) })
    }
    case 'add':
      return fill(words.add, { a: placeName(phrases, change.path), b: itemText(phrases, change) })
    case 'set':
      return settingLine(phrases, change)
  }
}

function settingLine(phrases: Phrases, { path, unit, from, to, by }: Extract<FactChange, { change: 'set' }>): string {
  const words = WORDS[phrases.language]
  const parts = { a: placeName(phrases, path), b: phrases.value(to, unit), c: phrases.value(from, unit) }
  if (by === undefined || RANKS.has(unit)) return fill(words.set, parts)
  const d = phrases.value(Math.abs(by), unit === 'date' ? 'day' : unit)
  const [more, less] = unit === 'date' ? [words.later, words.earlier] : [words.more, words.less]
  return fill(by > 0 ? more : less, { ...parts, d })
}

/** Counts that name a rank: a difference of them is not told. */
const RANKS: ReadonlySet<string> = new Set(['level', 'grade'])

function placeName(phrases: Phrases, path: string): string {
  const words = WORDS[phrases.language]
  const [fact = '', item, field] = path.split('.')
  const a = phrases.label(`facts.${fact}`)
  if (item === undefined) return a
  const n = String(Number(item) + 1)
  return field === undefined
    ? fill(words.ofItem, { a, n })
    : fill(words.ofField, { a, n, b: phrases.label(`facts.${fact}.${field}`) })
}

function itemText(phrases: Phrases, { path, item, units }: Extract<FactChange, { change: 'add' }>): string {
  if (typeof item !== 'object') return phrases.value(item, units[''] ?? '')
  const told = Object.entries(item).map(([field, value]) => {
    const a = phrases.label(`facts.${path}.${field}`)
    return fill(phrases.words.flag, { a, b: phrases.value(value, units[field] ?? '') })
  })
  return told.join(phrases.words.listSeparator)
}
