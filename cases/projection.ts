import { sendAhead, type Work } from '../ground/door.ts'
import type { CaseFile, CaseFlow } from './flow.ts'
import { projectionOf } from './fold.ts'
import type { CasesTables } from './tables.ts'

/** Writes the first row of a case that was just opened into `cases.case_file`. */
export async function insertProjection(work: Work, flow: CaseFlow, file: CaseFile): Promise<void> {
  const row = projectionOf(flow, file)
  await sendAhead(work.db, work.db.withTables<CasesTables>().insertInto('cases.case_file').values(row))
}

/**
 * Writes what the fold of a case says into its row: the columns that change as it runs. `before`: where it stood; whoever had it in hand has done their
 * part once it stands elsewhere.
 */
export async function updateProjection(work: Work, flow: CaseFlow, file: CaseFile, before: CaseFile): Promise<void> {
  const { id, number, service, flow: flowId, flow_version, opened_at, ...changing } = projectionOf(flow, file)
  const isElsewhere = file.status !== before.status || file.agency !== before.agency
  const changed = work.db
    .withTables<CasesTables>()
    .updateTable('cases.case_file')
    .set({ ...changing, ...(isElsewhere && { held_by: null, held_since: null }) })
  await sendAhead(work.db, changed.where('id', '=', id))
}
