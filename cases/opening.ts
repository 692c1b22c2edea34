import { sql } from 'kysely'
import {
  actorRole,
  actorUserId,
  builtOnce,
  type Given,
  type Id,
  Refusal,
  remembering,
  sendAhead,
  type Work,
} from '../ground/door.ts'
import { eventFromRow } from './event.ts'
import type { CaseFlow } from './flow.ts'
import { type FlowBook, getStep, openingStep } from './flow-book.ts'
import { type FoldedCase, unopenedCase } from './fold.ts'
import { newCaseNumber } from './numbers.ts'
import { recordStep } from './recording.ts'
import { answerAgain, type OpenRequest, type StepTaken } from './requests.ts'
import { findOpeningObstacle } from './step-permission.ts'
import type { CasesTables } from './tables.ts'

/**
 * Opens a case on the newest version of a flow. Refusals: `not_your_step`, `not_yours_to_open`, `idempotency_key_reused`, and the step's own;
 * `BadInput` for an unknown flow or step and for a body that does not parse.
 */
export async function openCase(book: FlowBook, work: Work, request: OpenRequest): Promise<StepTaken> {
  const flow = book.getNewest(request.flow)
  const step = openingStep(flow, request.step)
  await lockOpeningKey(work, flow, request.idempotencyKey)
  const stored = await findStoredOpening(book, work, flow, request.idempotencyKey)
  if (stored) return answerAgain(work, stored.flow, stored.number, [stored.event], { ...request, step, seq: 1 })

  const role = actorRole(work.actor)
  if (!getStep(flow, step).by.includes(role)) throw new Refusal('not_your_step', { params: { step, role } })
  const start = placedCase(work, flow, await newCaseNumber(work, flow.numberPrefix), request)
  const obstacle = findOpeningObstacle(work.actor, start.file.subject, request.agency)
  if (obstacle) throw obstacle
  await declareFlow(work, flow)
  return recordStep(work, flow, start, [], { ...request, step })
}

/** The case that an opening request would open, before its opening step. */
export function placedCase(
  work: Work,
  flow: CaseFlow,
  number: string,
  { subject, agency }: Pick<OpenRequest, 'subject' | 'agency'>,
): FoldedCase {
  const { file, path } = unopenedCase(flow, work.newId(), number)
  return {
    file: { ...file, openedAt: work.now, agency, subject: { ...file.subject, ...subject } },
    path,
  }
}

/** Two openings with one key come one after the other, so that the second finds what the first stored. */
async function lockOpeningKey(work: Work, flow: CaseFlow, key: string): Promise<void> {
  const name = `cases.open:${flow.id}:${actorUserId(work.actor)}:${key}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(work.db)
}

/** Who has opened what no user opened, in the index `event_opening_key`, which is asked as it stands there. */
const nobody = '00000000-0000-0000-0000-000000000000'

async function findStoredOpening(book: FlowBook, work: Work, { id }: CaseFlow, key: string) {
  const userId = actorUserId(work.actor) ?? nobody
  const [row] = (await work.db.executeQuery(storedOpening({ flow: id, userId, key }))).rows
  if (!row) return undefined
  const file = work.db
    .withTables<CasesTables>()
    .selectFrom('cases.case_file')
    .select('number')
    .where('id', '=', row.case_id)
  const { number } = await file.executeTakeFirstOrThrow()
  const flow = book.getVersion(row.flow, row.flow_version)
  return { flow, number, event: eventFromRow(flow, row) }
}

const storedOpening = builtOnce((query, given: Given<{ flow: string; userId: Id; key: string }>) =>
  query
    .withTables<CasesTables>()
    .selectFrom('cases.event')
    .selectAll()
    .where('seq', '=', sql.lit(1))
    .where('flow', '=', given('flow'))
    .where(sql<boolean>`coalesce(user_id, ${sql.lit(nobody)}::uuid) = ${given('userId')}`)
    .where('idempotency_key', '=', given('key')),
)

/** Flows that are written down. */
const declared = remembering<true>(5000)

/** Writes down the flow and its exclusive steps, by which the database refuses an excluded officer on its own. */
async function declareFlow(work: Work, flow: CaseFlow): Promise<void> {
  const name = `${flow.id} ${flow.version}`
  if (declared.find(work, name)) return
  declared.keep(work, name, true)
  const db = work.db.withTables<CasesTables>()
  const row = db.insertInto('cases.flow').values({ id: flow.id, version: flow.version, service: flow.service })
  await sendAhead(
    work.db,
    row.onConflict((conflict) => conflict.doNothing()),
  )
  const pairs = Object.entries(flow.steps).flatMap(([step, { notSameUserAs = [] }]) =>
    notSameUserAs.map((other) => ({ flow: flow.id, flow_version: flow.version, step, excluded_by: other })),
  )
  if (pairs.length === 0) return
  const excluded = db.insertInto('cases.exclusive_step').values(pairs)
  await sendAhead(
    work.db,
    excluded.onConflict((conflict) => conflict.doNothing()),
  )
}
