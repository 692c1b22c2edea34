import type { NoticeDraft } from '../cases/door.ts'
import type { MessageParams } from '../ground/door.ts'
import type { Finding } from './application-state.ts'
import { subjectOf } from './application-state.ts'
import type { Party } from './benefit.ts'

/** One notice to the party of a case, with what was found. */
export function noticeTo(
  party: Party,
  code: string,
  { amountFen, reason }: Pick<Finding, 'amountFen' | 'reason'>,
): NoticeDraft[] {
  return [noticeWith(party, code, { amountFen, reason: reason ?? '' })]
}

/** A notice to the party of a case. */
export function noticeWith(party: Party, code: string, params: MessageParams): NoticeDraft {
  return { ...subjectOf(party), code, params }
}
