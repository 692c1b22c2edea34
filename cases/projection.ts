import type { Work } from '../ground/door.ts'
import type { CaseFlow } from './flow.ts'
import { type FoldedCase, projectionOf } from './fold.ts'
import type { CasesTables } from './tables.ts'

/** Writes what the fold of a case says into `cases.case_file`: a new row after the opening step, else its changing columns. */
export async function writeProjection(work: Work, flow: CaseFlow, { file }: FoldedCase): Promise<void> {
  const db = work.db.withTables<CasesTables>()
  const row = projectionOf(flow, file)
  if (file.seq === 1) await db.insertInto('cases.case_file').values(row).execute()
  else await rewriteProjection(work, flow, { file })
}

/** Writes the columns of an existing row again. */
export async function rewriteProjection(work: Work, flow: CaseFlow, { file }: Pick<FoldedCase, 'file'>): Promise<void> {
  const { id, number, service, flow: flowId, flow_version, opened_at, ...changing } = projectionOf(flow, file)
  await work.db.withTables<CasesTables>().updateTable('cases.case_file').set(changing).where('id', '=', id).execute()
}
