import { type BothLanguages, defineWords } from '../../kit/door.ts'
import type { Field } from '../../kit/staff/door.ts'

const words = defineWords({
  value: { zh: '值', en: 'Value' },
  percent: { zh: '百分数，最多四位小数，例如 5.5', en: 'in percent, at most four decimals, e.g. 5.5' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
})

const unitWords: Readonly<Record<string, BothLanguages>> = {
  month: { zh: '单位：个月', en: 'in months' },
  day: { zh: '单位：天', en: 'in days' },
  working_day: { zh: '单位：个工作日', en: 'in working days' },
  year: { zh: '单位：年', en: 'in years' },
  person: { zh: '单位：人', en: 'in persons' },
}

/** What a dated value holds. */
export type ValueContent = number | string | boolean | Record<string, number> | string[]

/** The fields for a value as people say it: yuan, percent, yes or no, a day, a number; one for each entry of a table. */
export function valueFields(unit: string, sample: ValueContent | undefined, labelOf: (key: string) => string): Field[] {
  if (Array.isArray(sample)) return [{ name: 'value', kind: 'texts', label: words.value, required: true }]
  if (typeof sample === 'object') {
    return Object.keys(sample).map((key) => fieldOf(unit, `value.${key}`, { zh: labelOf(key), en: labelOf(key) }))
  }
  return [fieldOf(unit, 'value', words.value)]
}

function fieldOf(unit: string, name: string, label: BothLanguages): Field {
  const field = { name, label, required: true }
  switch (unit) {
    case 'fen':
      return { ...field, kind: 'money' }
    case 'ppm':
      return {
        ...field,
        kind: 'text',
        label: { zh: `${label.zh}（%）`, en: `${label.en} (%)` },
        help: words.percent,
      }
    case 'flag':
      return {
        ...field,
        kind: 'choice',
        options: [
          { value: 'true', label: words.yes },
          { value: 'false', label: words.no },
        ],
      }
    case 'date':
      return { ...field, kind: 'date' }
    case 'choice':
      return { ...field, kind: 'text' }
    default: {
      const help = unitWords[unit]
      return { ...field, kind: 'count', ...(help && { help }) }
    }
  }
}

/** A value as the fields begin with it: by field name, rates as percent, yes or no by their words. */
export function valueInitial(unit: string, content: ValueContent | undefined): Record<string, unknown> {
  if (content === undefined) return {}
  if (typeof content !== 'object' || Array.isArray(content)) return { value: shownOf(unit, content) }
  return Object.fromEntries(Object.entries(content).map(([key, entry]) => [`value.${key}`, shownOf(unit, entry)]))
}

function shownOf(unit: string, content: number | string | boolean | string[]): unknown {
  if (unit === 'ppm' && typeof content === 'number') return String(content / 10_000)
  return typeof content === 'boolean' ? String(content) : content
}

/** What was typed, as the rulebook keeps it; undefined where a rate is no percentage. */
export function valueTyped(unit: string, typed: unknown): ValueContent | undefined {
  if (Array.isArray(typed)) return typed.map(String)
  if (typeof typed === 'object' && typed !== null) {
    const entries = Object.entries(typed).map(([key, entry]) => [key, oneTyped(unit, entry)] as const)
    const numbers = entries.flatMap(([key, entry]) => (typeof entry === 'number' ? [[key, entry] as const] : []))
    return numbers.length === entries.length ? Object.fromEntries(numbers) : undefined
  }
  return oneTyped(unit, typed)
}

function oneTyped(unit: string, typed: unknown): number | string | boolean | undefined {
  if (unit === 'ppm') return parsePercent(String(typed))
  if (unit === 'flag') return typed === 'true' || typed === true
  if (typeof typed === 'number') return typed
  return typeof typed === 'string' ? typed.trim() : undefined
}

/** Percent as people type it, full-width too, in whole parts per million; undefined for anything else. */
export function parsePercent(text: string): number | undefined {
  const [, whole, part = ''] = /^(\d{1,7})(?:\.(\d{1,4}))?%?$/.exec(text.normalize('NFKC').trim()) ?? []
  return whole === undefined ? undefined : Number(`${whole}${part.padEnd(4, '0')}`)
}

/** A value handed over in an address (`set=name=600000`, `set=name.key=…`) in the place of what is law; undefined where nothing is handed over. */
export function handedOver(
  sets: readonly string[],
  name: string,
  law: ValueContent | undefined,
): ValueContent | undefined {
  let content: ValueContent | undefined
  for (const text of sets) {
    const [, path, key, value = ''] = /^([A-Za-z]\w*)(?:\.([^=.]+))?=(.+)$/.exec(text) ?? []
    if (path !== name) continue
    if (key === undefined) content = wordOrNumber(value)
    else if (typeof law === 'object' && !Array.isArray(law)) {
      const before: Record<string, number> = typeof content === 'object' && !Array.isArray(content) ? content : law
      content = { ...before, [key]: Number(value) }
    }
  }
  return content
}

function wordOrNumber(text: string): number | string | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^\d+$/.test(text) ? Number(text) : text
}

/** The same the other way: what an address says of a value. */
export function setTexts(name: string, content: ValueContent): string[] {
  if (Array.isArray(content)) return []
  if (typeof content !== 'object') return [`${name}=${content}`]
  return Object.entries(content).map(([key, entry]) => `${name}.${key}=${entry}`)
}
