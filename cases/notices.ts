import { sql } from 'kysely'
import { type Id, type Instant, type MessageParams, Refusal, sendAhead, type Work } from '../ground/door.ts'
import type { CaseEvent } from './event.ts'
import type { NoticeDraft, Subject } from './flow.ts'
import { messageParamsSchema } from './message-params.ts'
import type { CasesTables } from './tables.ts'

/** A message to a person or an employer about a case. Its sentence is the service's message `code` with `params`. */
export type Notice = {
  id: Id
  caseId: Id
  /** The event that sent it. */
  seq: number
  personId: Id | null
  employerId: Id | null
  code: string
  params: MessageParams
  createdAt: Instant
  readAt: Instant | null
}

/** Keeps the notices that a step sends. */
export async function sendNotices(work: Work, event: CaseEvent, drafts: readonly NoticeDraft[]): Promise<void> {
  if (drafts.length === 0) return
  const sent = work.db
    .withTables<CasesTables>()
    .insertInto('cases.notice')
    .values(
      drafts.map((draft) => ({
        id: work.newId(),
        case_id: event.caseId,
        seq: event.seq,
        person_id: 'personId' in draft ? draft.personId : null,
        employer_id: 'employerId' in draft ? draft.employerId : null,
        code: draft.code,
        params: JSON.stringify(draft.params ?? {}),
        created_at: work.now,
      })),
    )
  await sendAhead(work.db, sent)
}

/** One notice to whomever a case is about: its person, else its employer; none where it is about neither. */
export function noticesToSubject(
  { personId, employerId }: Pick<Subject, 'personId' | 'employerId'>,
  code: string,
  params: MessageParams = {},
): NoticeDraft[] {
  if (personId !== null) return [{ personId, code, params }]
  return employerId === null ? [] : [{ employerId, code, params }]
}

/** The notices of a person or an employer, newest first (of one instant, those of a case in the order of its steps), at most `limit` (50); `after` is the id of the last one of the page before. */
export async function noticesOf(
  work: Work,
  reader: { personId: Id } | { employerId: Id },
  page: { limit?: number; after?: Id; unreadOnly?: boolean } = {},
): Promise<Notice[]> {
  const rows = await work.db
    .withTables<CasesTables>()
    .selectFrom('cases.notice')
    .selectAll()
    .where(({ eb }) =>
      'personId' in reader ? eb('person_id', '=', reader.personId) : eb('employer_id', '=', reader.employerId),
    )
    .$if(page.after !== undefined, (query) =>
      query.where(
        sql<boolean>`(created_at, seq, id) < (SELECT last.created_at, last.seq, last.id FROM cases.notice AS last WHERE last.id = ${page.after})`,
      ),
    )
    .$if(page.unreadOnly === true, (query) => query.where('read_at', 'is', null))
    .orderBy('created_at', 'desc')
    .orderBy('seq', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit ?? 50)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    caseId: row.case_id,
    seq: row.seq,
    personId: row.person_id,
    employerId: row.employer_id,
    code: row.code,
    params: messageParamsSchema.parse(row.params),
    createdAt: row.created_at,
    readAt: row.read_at,
  }))
}

/** Marks a notice as read; the first reading counts. Refusal `notice_not_found`. */
export async function markNoticeRead(work: Work, noticeId: Id): Promise<void> {
  const { numUpdatedRows } = await work.db
    .withTables<CasesTables>()
    .updateTable('cases.notice')
    .set((eb) => ({ read_at: eb.fn.coalesce('read_at', eb.val(work.now)) }))
    .where('id', '=', noticeId)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new Refusal('notice_not_found')
}
