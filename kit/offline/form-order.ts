import { ApiProblem } from '../api.ts'
import type { StoredForm } from './store.ts'

/** Who sends: a form goes out as whoever filled it in, in the same post. */
export type Sender = { userId: string; assignmentId: string | null }

/**
 * The next form to send: the earliest that waits, of this user in this post. One about something whose earlier form waits for another post or
 * was refused is left until that is settled.
 */
export function nextForm(forms: readonly StoredForm[], sender: Sender): StoredForm | undefined {
  const finished = forms
    .filter(({ state, userId }) => userId === sender.userId && (state === 'waiting' || state === 'refused'))
    .toSorted((one, other) => one.order - other.order)
  const held = new Set<string>()
  for (const form of finished) {
    if (form.state === 'waiting' && form.assignmentId === sender.assignmentId && !held.has(form.about)) return form
    held.add(form.about)
  }
  return undefined
}

/** The place behind all forms that were finished before. */
export function nextOrder(forms: readonly StoredForm[]): number {
  return Math.max(0, ...forms.map(({ order }) => order)) + 1
}

/**
 * What the answer to a form means. `again`: there was none, or none about the form itself (no connection, nobody signed in, too many requests): the
 * same form with the same key is sent later. `refused`: shown to whoever filled it in.
 */
export function meaningOf(error: unknown): 'again' | 'refused' {
  if (!(error instanceof ApiProblem) || error.isPassing) return 'again'
  const { status, code } = error.problem
  return [401, 408, 425, 429].includes(status) || code === 'csrf_token_wrong' ? 'again' : 'refused'
}

/**
 * Whether what was refused may be changed and sent as something new. Not where the node failed: whether it was done is known only from the same
 * form with the same key.
 */
export function mayChange({ status }: { status: number }): boolean {
  return status < 500
}
