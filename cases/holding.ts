import { z } from 'zod'
import { actorRole, actorUserId, type Id, must, parseInput, Refusal, schemaId, type Work } from '../ground/door.ts'
import { type CaseRow, findTasks, type TaskFilter } from './case-lists.ts'
import { type FlowBook, getStep } from './flow-book.ts'
import { getStatus } from './fold.ts'
import { type LoadedCase, loadCase } from './loading.ts'
import { findExclusion } from './step-permission.ts'
import type { CasesTables, HoldingTable } from './tables.ts'

/** A case of which nothing was changed, and why. */
export type TaskRefused = { caseId: Id; number: string | null; refusal: Refusal }

/** How many tasks changed hands, and those that did not. */
export type TasksHandled = { handled: number; refused: TaskRefused[] }

const note = z.string().trim().min(1).max(300)
const schemaCaseIds = z.array(schemaId).min(1).max(100)

/** Taking tasks up; with a note also from a colleague who has them in hand. */
export const schemaTakingUp = z.strictObject({ caseIds: schemaCaseIds, note: note.exactOptional() })

/** Putting tasks back on the desk. */
export const schemaPuttingBack = z.strictObject({ caseIds: schemaCaseIds })

/** Handing tasks over to a colleague of the same desk. */
export const schemaHandingOver = z.strictObject({ caseIds: schemaCaseIds, toUserId: schemaId, note })

/** See `schemaTakingUp`. */
export type TakingUp = z.input<typeof schemaTakingUp>
/** See `schemaPuttingBack`. */
export type PuttingBack = z.input<typeof schemaPuttingBack>
/** See `schemaHandingOver`. */
export type HandingOver = z.input<typeof schemaHandingOver>

type Taking = { kind: HoldingTable['kind']; holderId: Id | null; note: string | null }

/**
 * Takes tasks up, so that nobody else of the desk works on them (B3.11). With a note they are also taken over from whoever has them, which the case keeps.
 * Each by itself: refused are `case_not_found`, `task_not_on_your_desk`, `same_officer_excluded`, `task_held_by_other`.
 */
export function takeUpTasks(book: FlowBook, work: Work, input: TakingUp): Promise<TasksHandled> {
  const { caseIds, note } = parseInput(schemaTakingUp, input)
  const holderId = getUserId(work)
  return handleEach(book, work, caseIds, (loaded) => {
    if (loaded.holder?.userId === holderId) return undefined
    const excluded = findDeskExclusion(work, loaded, holderId)
    if (excluded) return excluded
    if (loaded.holder === null) return { kind: 'taken_up', holderId, note: note ?? null }
    if (note === undefined) return heldByOther()
    return { kind: 'taken_over', holderId, note }
  })
}

/** Puts tasks back on the desk, which whoever has them may; what nobody has stays. Refused as in `takeUpTasks`. */
export function putBackTasks(book: FlowBook, work: Work, input: PuttingBack): Promise<TasksHandled> {
  const { caseIds } = parseInput(schemaPuttingBack, input)
  const userId = getUserId(work)
  return handleEach(book, work, caseIds, (loaded) => {
    if (loaded.holder === null) return undefined
    return loaded.holder.userId === userId ? { kind: 'put_back', holderId: null, note: null } : heldByOther()
  })
}

/**
 * Hands tasks over to a colleague of the same desk, with what they should know. Whether somebody is one, the caller has asked (`colleaguesOf` of
 * `people`). Refused as in `takeUpTasks`, and `colleague_excluded` where the colleague took a step that excludes them.
 */
export function handOverTasks(book: FlowBook, work: Work, input: HandingOver): Promise<TasksHandled> {
  const { caseIds, toUserId, note } = parseInput(schemaHandingOver, input)
  const userId = getUserId(work)
  return handleEach(book, work, caseIds, (loaded) => {
    if (loaded.holder !== null && loaded.holder.userId !== userId) return heldByOther()
    const excluded = findDeskExclusion(work, loaded, toUserId)
    if (excluded) return new Refusal('colleague_excluded', { clause: 'B3.11', params: excluded.params })
    return { kind: 'handed_over', holderId: toUserId, note }
  })
}

/** Takes up the first task of a filter that the actor may do and that nobody else has in hand; undefined where there is none. */
export async function takeUpNext(book: FlowBook, work: Work, filter: TaskFilter): Promise<CaseRow | undefined> {
  const [next] = await findTasks(book, work, { ...filter, mine: true, limit: 1, offset: 0 }, { takes: true })
  if (!next) return undefined
  const { refused } = await takeUpTasks(book, work, { caseIds: [next.caseId] })
  if (refused[0]) throw refused[0].refusal
  return next
}

/**
 * Why somebody may not take a step on a case that a colleague of the desk has in hand; undefined for everybody else, and for a step after which the case lies
 * where it lay: votes and notes are of several.
 */
export function findHolding(work: Work, loaded: LoadedCase, step: string): Refusal | undefined {
  const { holder, flow } = loaded
  if (getStep(flow, step).to === 'stay') return undefined
  if (holder === null || holder.userId === actorUserId(work.actor)) return undefined
  return isOnDeskOf(work, loaded) ? heldByOther() : undefined
}

async function handleEach(
  book: FlowBook,
  work: Work,
  caseIds: readonly Id[],
  decide: (loaded: LoadedCase) => Taking | Refusal | undefined,
): Promise<TasksHandled> {
  const handled: TasksHandled = { handled: 0, refused: [] }
  // In one order, so that two who take several up at once do not wait for each other.
  for (const caseId of [...new Set(caseIds)].sort()) {
    const found = await findOnDesk(book, work, caseId)
    const taking = found instanceof Refusal ? found : decide(found)
    if (taking instanceof Refusal) {
      const number = found instanceof Refusal ? null : found.folded.file.number
      handled.refused.push({ caseId, number, refusal: taking })
      continue
    }
    if (taking && !(found instanceof Refusal)) await keep(work, found, taking)
    handled.handled += 1
  }
  return handled
}

async function findOnDesk(book: FlowBook, work: Work, caseId: Id): Promise<LoadedCase | Refusal> {
  try {
    const loaded = await loadCase(book, work, caseId, { lock: true })
    return isOnDeskOf(work, loaded) ? loaded : new Refusal('task_not_on_your_desk')
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

async function keep(work: Work, { holder, flow, folded: { file } }: LoadedCase, taking: Taking): Promise<void> {
  const tables = work.db.withTables<CasesTables>()
  await tables
    .insertInto('cases.holding')
    .values({
      case_id: file.id,
      seq: file.seq,
      task_role: must(getStatus(flow, file.status).task?.role, 'desk of a task'),
      kind: taking.kind,
      holder_id: taking.holderId,
      before_id: holder?.userId ?? null,
      by_user_id: getUserId(work),
      note: taking.note,
      at: work.now,
    })
    .execute()
  await tables
    .updateTable('cases.case_file')
    .set({ held_by: taking.holderId, held_since: taking.holderId && work.now })
    .where('id', '=', file.id)
    .execute()
}

function isOnDeskOf(work: Work, { flow, folded: { file } }: LoadedCase): boolean {
  return getStatus(flow, file.status).task?.role === actorRole(work.actor)
}

/** Set where somebody is excluded from every step that the desk may take: one that is left can be taken. */
function findDeskExclusion(work: Work, { flow, folded, history }: LoadedCase, userId: Id): Refusal | undefined {
  const role = actorRole(work.actor)
  const exclusions = Object.entries(flow.steps)
    .filter(([, step]) => step.from?.includes(folded.file.status) && step.by.includes(role))
    .map(([name]) => findExclusion(flow, history, name, userId))
  return exclusions.every((exclusion) => exclusion !== undefined) ? exclusions[0] : undefined
}

function heldByOther(): Refusal {
  return new Refusal('task_held_by_other')
}

function getUserId(work: Work): Id {
  const userId = actorUserId(work.actor)
  if (userId === null) throw new Refusal('task_not_on_your_desk')
  return userId
}
