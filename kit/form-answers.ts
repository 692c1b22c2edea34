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

/** The last day that a date may be, as a question asks for it; undefined where it may lie ahead. */
export function lastDayOf({ kind, ahead }: FormField, today: string): string | undefined {
  return kind === 'date' && ahead !== true ? today : undefined
}

/** What keeps an answer from being sent: none is given, or it is a day that has not come where one is asked that has. */
export function findProblem(field: FormField, answer: string, today: string): 'missing' | 'ahead' | undefined {
  if (!isAnswered(field, answer)) return 'missing'
  const last = lastDayOf(field, today)
  return last !== undefined && answer > last ? 'ahead' : undefined
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
