import { sendAhead, type Work } from '../ground/door.ts'
import type { CaseFile, CaseFlow } from './flow.ts'
import { projectionOf } from './fold.ts'
import type { CasesTables } from './tables.ts'

/** Writes the first row of a case that was just opened into `cases.case_file`. */
export async function insertProjection(work: Work, flow: CaseFlow, file: CaseFile): Promise<void> {
  const row = projectionOf(flow, file)
  await sendAhead(work.db, work.db.withTables<CasesTables>().insertInto('cases.case_file').values(row))
}

/** Writes what the fold of a case says into its row: the columns that change as it runs. */
export async function updateProjection(work: Work, flow: CaseFlow, file: CaseFile): Promise<void> {
  const { id, number, service, flow: flowId, flow_version, opened_at, ...changing } = projectionOf(flow, file)
  const changed = work.db.withTables<CasesTables>().updateTable('cases.case_file').set(changing)
  await sendAhead(work.db, changed.where('id', '=', id))
}
