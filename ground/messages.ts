import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { BrokenInvariant, type MessageParams } from './errors.ts'
import { formatPlainDate, formatRatePpm, formatYuan } from './formats.ts'

/** The two languages of every sentence. */
export type Language = 'zh' | 'en'

/** A sentence in both languages. */
export type BothLanguages = { zh: string; en: string }

/** Sentences by code, in both languages. Nested YAML keys are joined by dots. */
export type Messages = { readonly zh: ReadonlyMap<string, string>; readonly en: ReadonlyMap<string, string> }

/** Reads `messages.zh.yaml` and `messages.en.yaml` beside a room's or service's files. A folder without them has no messages. */
export function readMessages(folder: URL): Messages {
  return { zh: readLanguage(folder, 'zh'), en: readLanguage(folder, 'en') }
}

function readLanguage(folder: URL, language: Language): ReadonlyMap<string, string> {
  const file = new URL(`messages.${language}.yaml`, folder)
  const sentences = new Map<string, string>()
  if (existsSync(file)) collect(parse(readFileSync(file, 'utf8')), '', sentences)
  for (const [key, sentence] of [...sentences]) {
    const code = refusalKey(key)
    if (code !== undefined && !sentences.has(code)) sentences.set(code, sentence)
  }
  return sentences
}

/** A reason of a policy may also be thrown as a refusal: what `reasons.<code>` and `advice.<code>` say serves for `<code>` and `<code>.advice`. */
function refusalKey(key: string): string | undefined {
  if (key.startsWith('reasons.')) return key.slice('reasons.'.length)
  return key.startsWith('advice.') ? `${key.slice('advice.'.length)}.advice` : undefined
}

function collect(node: unknown, path: string, into: Map<string, string>): void {
  if (typeof node === 'object' && node !== null) {
    for (const [key, child] of Object.entries(node)) collect(child, path ? `${path}.${key}` : key, into)
  } else into.set(path, String(node))
}

/** Sentences under the name by which a conflict is told. */
export type NamedMessages = { name: string; messages: Messages }

/** Codes that one set words otherwise than a set before it, one line each. */
export function wordingConflicts(sets: readonly NamedMessages[]): string[] {
  return (['zh', 'en'] as const).flatMap((language) => {
    const first = new Map<string, { name: string; sentence: string }>()
    return sets.flatMap(({ name, messages }) =>
      [...messages[language]].flatMap(([code, sentence]) => {
        const known = first.get(code)
        if (known === undefined) first.set(code, { name, sentence })
        if (known === undefined || known.sentence === sentence) return []
        return [`${name}: messages.${language}.yaml words ${code} otherwise than ${known.name}: ${known.sentence}`]
      }),
    )
  })
}

/** Several sets as one. A code that two of them word differently is a broken invariant, which tells all of them. */
export function joinMessages(sets: readonly NamedMessages[]): Messages {
  const conflicts = wordingConflicts(sets)
  if (conflicts.length > 0) throw new BrokenInvariant(conflicts.join('\n'))
  const joined = (language: Language) => new Map(sets.flatMap(({ messages }) => [...messages[language]]))
  return { zh: joined('zh'), en: joined('en') }
}

/** The sentence of a code, or undefined where none is written. `{name}` is replaced by the parameter in the form its unit suffix says. */
export function findMessage(
  messages: Messages,
  language: Language,
  code: string,
  params: MessageParams = {},
): string | undefined {
  const sentence = messages[language].get(code)
  return sentence?.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = params[name]
    return value === undefined ? placeholder : showParam(name, value, language)
  })
}

/** The sentence of a code; the code itself where none is written, so that nothing is silently empty. */
export function renderMessage(
  messages: Messages,
  language: Language,
  code: string,
  params: MessageParams = {},
): string {
  return findMessage(messages, language, code, params) ?? code
}

function showParam(name: string, value: string | number | boolean | null, language: Language): string {
  if (value === null) return '—'
  if (typeof value === 'number' && name.endsWith('Fen')) return formatYuan(value, language)
  if (typeof value === 'number' && name.endsWith('Ppm')) return formatRatePpm(value)
  if (typeof value === 'string' && (name.endsWith('On') || name.endsWith('Date')))
    return formatPlainDate(value, language)
  return String(value)
}
