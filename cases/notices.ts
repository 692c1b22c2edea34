import { type Id, type Instant, type MessageParams, Refusal, type Work } from '../ground/door.ts'
import type { CaseEvent } from './event.ts'
import type { NoticeDraft } from './flow.ts'
import { messageParamsSchema } from './message-params.ts'
import type { CasesTables } from './tables.ts'

/** A message to a person about a case. Its sentence is the service's message `code` with `params`. */
export type Notice = {
  id: Id
  caseId: Id
  /** The event that sent it. */
  seq: number
  personId: Id
  code: string
  params: MessageParams
  createdAt: Instant
  readAt: Instant | null
}

/** Keeps the notices that a step sends. */
export async function sendNotices(work: Work, event: CaseEvent, drafts: readonly NoticeDraft[]): Promise<void> {
  if (drafts.length === 0) return
  await work.db
    .withTables<CasesTables>()
    .insertInto('cases.notice')
    .values(
      drafts.map(({ personId, code, params = {} }) => ({
        id: work.newId(),
        case_id: event.caseId,
        seq: event.seq,
        person_id: personId,
        code,
        params: JSON.stringify(params),
        created_at: work.now,
      })),
    )
    .execute()
}

/** A person's notices, newest first, at most `limit` (50); `after` is the id of the last one of the page before. */
export async function noticesOf(
  work: Work,
  personId: Id,
  page: { limit?: number; after?: Id; unreadOnly?: boolean } = {},
): Promise<Notice[]> {
  const rows = await work.db
    .withTables<CasesTables>()
    .selectFrom('cases.notice')
    .selectAll()
    .where('person_id', '=', personId)
    .$if(page.after !== undefined, (query) => query.where('id', '<', page.after ?? ''))
    .$if(page.unreadOnly === true, (query) => query.where('read_at', 'is', null))
    .orderBy('id', 'desc')
    .limit(page.limit ?? 50)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    caseId: row.case_id,
    seq: row.seq,
    personId: row.person_id,
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
