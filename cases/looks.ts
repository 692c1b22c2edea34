import { actorAssignmentId, actorRole, actorUserId, type Id, type Instant, type Work } from '../ground/door.ts'
import type { CasesTables } from './tables.ts'

/** One line of who opened a case. */
export type CaseLook = {
  at: Instant
  role: string
  userId: Id | null
  agency: string | null
  institutionId: Id | null
}

/** Records, in the same transaction, that the acting party opened a case about whose person the node keeps no record. */
export async function noteLook(work: Work, caseId: Id): Promise<void> {
  const { actor } = work
  await work.db
    .withTables<CasesTables>()
    .insertInto('cases.look')
    .values({
      case_id: caseId,
      at: work.now,
      actor_kind: actor.kind,
      role: actorRole(actor),
      user_id: actorUserId(actor),
      assignment_id: actorAssignmentId(actor),
      agency: actor.kind === 'staff' ? actor.agency : null,
      institution_id: actor.kind === 'institution' ? actor.institutionId : null,
    })
    .execute()
}

/** Who opened a case, newest first, `limit` lines at most: for those who audit, supervise or control where it lies. Others get nothing. */
export async function looksAt(work: Work, caseId: Id, limit = 200): Promise<CaseLook[]> {
  return work.db
    .withTables<CasesTables>()
    .selectFrom('cases.look')
    .select(['at', 'role', 'user_id as userId', 'agency', 'institution_id as institutionId'])
    .where('case_id', '=', caseId)
    .orderBy('no', 'desc')
    .limit(limit)
    .execute()
}
