import type { FormField } from './api-types.ts'

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
  if (kind === 'money') return /^\d+(\.\d{1,2})?$/.test(answer)
  return true
}

/** The body to send: only what is asked, numbers as numbers, `opinion.issuedOn` inside `opinion`. */
export function bodyOfAnswers(fields: readonly FormField[], answers: Answers): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const field of askedFields(fields, answers)) {
    const answer = answers[field.name] ?? ''
    if (answer !== '') setAt(body, field.name.split('.'), valueToSend(field, answer))
  }
  return body
}

function valueToSend({ kind }: FormField, answer: string): unknown {
  if (kind === 'count') return Number(answer)
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
