import type { FormField } from './api-types.ts'
import { parseYuan } from './formats.ts'

/** Answers as typed or chosen, by the names of their fields. */
export type Answers = Readonly<Record<string, string>>

/** The fields that are asked after what was answered so far. */
export function askedFields(fields: readonly FormField[], answers: Answers): FormField[] {
  return fields.filter(({ askedWhen }) => !askedWhen || askedWhen.is.includes(answers[askedWhen.field] ?? ''))
}

/** True when a field has an answer that can be sent. */
export function isAnswered({ kind, required, options }: FormField, answer: string): boolean {
  if (answer === '') return required !== true
  if (kind === 'choice') return options?.includes(answer) ?? false
  if (kind === 'date') return /^\d{4}-\d\d-\d\d$/.test(answer)
  if (kind === 'region') return /^\d{6}$/.test(answer)
  if (kind === 'count') return /^\d{1,6}$/.test(answer)
  if (kind === 'money') return parseYuan(answer) !== undefined
  return true
}

/** The body to send: only what is asked, numbers as numbers, amounts in fen, `opinion.issuedOn` inside `opinion`. */
export function bodyOfAnswers(fields: readonly FormField[], answers: Answers): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const field of askedFields(fields, answers)) {
    const answer = answers[field.name] ?? ''
    if (answer !== '') setAt(body, field.name.split('.'), answerToSend(field, answer))
  }
  return body
}

/** The answer of `opinion.issuedOn` in a body that was sent. */
export function answerIn(body: Readonly<Record<string, unknown>>, name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>(
      (part, key) => (typeof part === 'object' && part !== null ? new Map(Object.entries(part)).get(key) : undefined),
      body,
    )
}

/** A typed or chosen answer as it is sent: `''` where it was left empty. */
export function answerToSend({ kind }: FormField, answer: string): unknown {
  if (answer === '') return answer
  if (kind === 'count') return Number(answer)
  if (kind === 'money') return parseYuan(answer)
  return kind === 'flag' ? answer === 'true' : answer
}

function setAt(body: Record<string, unknown>, [name = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    body[name] = value
    return
  }
  const inner: Record<string, unknown> = { ...(typeof body[name] === 'object' ? body[name] : {}) }
  setAt(inner, rest, value)
  body[name] = inner
}
