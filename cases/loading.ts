import type { Kysely, RawBuilder } from 'kysely'
import { builtOnce, type Given, type Id, type Instant, Refusal, remembering, type Work } from '../ground/door.ts'
import { type CaseEvent, type EventRow, eventFromRow, findEventRows } from './event.ts'
import type { CaseFile, CaseFlow } from './flow.ts'
import type { FlowBook } from './flow-book.ts'
import { type FoldedCase, foldEvent, unopenedCase } from './fold.ts'
import type { CasesTables } from './tables.ts'

/** Who of a desk has a case in hand, a user, and since when. */
export type Holder = { userId: Id; since: Instant }

/** A case with its log, the flow version it was opened on, and who of the desk has it in hand. */
export type LoadedCase = {
  flow: CaseFlow
  history: readonly CaseEvent[]
  folded: FoldedCase
  holder: Holder | null
}

/**
 * Loads a case from its log. `lock`: nobody else takes a step on it until the transaction ends. Refusal `case_not_found`, also when the
 * actor may not see it.
 */
export async function loadCase(
  book: FlowBook,
  work: Work,
  caseId: Id,
  options: { lock?: boolean } = {},
): Promise<LoadedCase> {
  const query = options.lock ? lockedRow({ caseId }) : rowOf({ caseId })
  const known = logs.find(work, caseId)
  // Asked at once, and answered one after the other: what is locked is read after that.
  const [{ rows }, added] = await Promise.all([
    work.db.executeQuery(query),
    findEventRows(work, caseId, known?.history.length),
  ])
  const [row] = rows
  if (!row) throw new Refusal('case_not_found')
  const flow = book.getVersion(row.flow, row.flow_version)
  const log = await readLog(work, flow, { id: caseId, ...row }, known, added)
  const { held_by: userId, held_since: since } = row
  return { ...log, holder: userId !== null && since !== null ? { userId, since } : null }
}

const rowOf = builtOnce((query, given: Given<{ caseId: Id }>) =>
  selectRow(query.withTables<CasesTables>(), given('caseId')),
)
const lockedRow = builtOnce((query, given: Given<{ caseId: Id }>) =>
  selectRow(query.withTables<CasesTables>(), given('caseId')).forUpdate(),
)

function selectRow(query: Kysely<CasesTables>, caseId: RawBuilder<Id>) {
  return query
    .selectFrom('cases.case_file')
    .select(['number', 'seq', 'flow', 'flow_version', 'held_by', 'held_since'])
    .where('id', '=', caseId)
}

type Log = Pick<LoadedCase, 'flow' | 'history' | 'folded'>

/** The logs that were read last: a log only grows. */
const logs = remembering<Log>(2000)

/** A log that was read before, and what was added since. `seq`: its last event, by the row of the case, which the actor may see. */
async function readLog(
  work: Work,
  flow: CaseFlow,
  { id, number, seq }: { id: Id; number: string; seq: number },
  found: Log | undefined,
  sinceFound: readonly EventRow[],
): Promise<Log> {
  const isOutdated = found !== undefined && (found.flow !== flow || found.history.length > seq)
  const known = found && !isOutdated ? found : emptyLog(flow, id, number)
  const rows = isOutdated ? await findEventRows(work, id) : sinceFound
  if (rows.length === 0) return known
  const added = rows.map((row) => eventFromRow(flow, row))
  const log = {
    flow,
    history: [...known.history, ...added],
    folded: added.reduce((folded, event) => foldEvent(flow, folded, event), known.folded),
  }
  logs.keep(work, id, log)
  return log
}

function emptyLog(flow: CaseFlow, id: Id, number: string): Log {
  return { flow, history: [], folded: unopenedCase(flow, id, number) }
}

/** A case of one flow, its state typed by it: what a service reads of its own cases. Refusal `case_not_found` for a case of another flow. */
export async function loadCaseOf<State>(
  book: FlowBook,
  work: Work,
  flow: CaseFlow<State>,
  caseId: Id,
): Promise<CaseFile<State>> {
  return fileOf(flow, await loadCase(book, work, caseId))
}

/** What a loaded case of a flow is, its state typed by it. Refusal `case_not_found` for a case of another flow. */
export function fileOf<State>(flow: CaseFlow<State>, { folded }: LoadedCase): CaseFile<State> {
  if (folded.file.flow !== flow.id) throw new Refusal('case_not_found')
  return { ...folded.file, state: flow.state.parse(folded.file.state) }
}
