import { sql } from 'kysely'
import { builtOnce, type Given, rowsTogether, sendAhead, type Work } from '../ground/door.ts'
import type { CaseFile, CaseFlow } from './flow.ts'
import { projectionOf, summaryOf } from './fold.ts'

/** Writes the first row of a case that was just opened into `cases.case_file`. */
export async function insertProjection(work: Work, flow: CaseFlow, file: CaseFile): Promise<void> {
  await sendAhead(work.db, inserted({ rows: JSON.stringify([rowOf(flow, file)]) }))
}

function rowOf(flow: CaseFlow, file: CaseFile) {
  return { ...projectionOf(flow, file), summary: summaryOf(flow, file) }
}

/** What `projectionOf` and the summary say. */
const columns =
  sql.raw(`id, number, service, flow, flow_version, status, seq, agency, person_id, institution_id, employer_id, opened_at,
  closed_at, risk_level, task_role, task_deadline, wakes_on, summary`)

const inserted = builtOnce(
  (_, given: Given<{ rows: string }>) => sql`${rowsTogether}
    INSERT INTO cases.case_file (${columns})
    SELECT ${columns} FROM json_populate_recordset(NULL::cases.case_file, ${given('rows')}::json)`,
)

/**
 * Writes what the fold of a case says into its row: the columns that change as it runs. Whoever had it in hand has done their part once it stands
 * elsewhere.
 */
export async function updateProjection(work: Work, flow: CaseFlow, file: CaseFile): Promise<void> {
  await sendAhead(work.db, changed({ rows: JSON.stringify([rowOf(flow, file)]) }))
}

const changed = builtOnce(
  (_, given: Given<{ rows: string }>) => sql`${rowsTogether}
    UPDATE cases.case_file AS file SET status = changed.status, seq = changed.seq, agency = changed.agency, person_id = changed.person_id,
      institution_id = changed.institution_id, employer_id = changed.employer_id, closed_at = changed.closed_at,
      risk_level = changed.risk_level, task_role = changed.task_role, task_deadline = changed.task_deadline, wakes_on = changed.wakes_on,
      summary = changed.summary,
      held_by = CASE WHEN (file.status, file.agency) = (changed.status, changed.agency) THEN file.held_by END,
      held_since = CASE WHEN (file.status, file.agency) = (changed.status, changed.agency) THEN file.held_since END
    FROM json_populate_recordset(NULL::cases.case_file, ${given('rows')}::json) AS changed
    -- Every case has had a step; said of a list, it lets PostgreSQL expect one row, look each up by its key, and never read all cases.
    WHERE file.id = changed.id AND changed.seq BETWEEN 1 AND 2147483647`,
)
