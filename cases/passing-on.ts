import { asActor, type Id, systemActor, type Work } from '../ground/door.ts'
import { findCases } from './case-lists.ts'
import { type FlowBook, getStep } from './flow-book.ts'
import { openCase } from './opening.ts'
import { takeStep } from './taking.ts'

/** A matter of somebody that one case passes on to the flow that decides it. */
export type PassOnRequest = {
  /** The matter's name, by which some flow says that it takes it in (`CaseFlow.takesIn`). */
  matter: string
  personId: Id
  agency: string
  /** The case that passes it on; one case passes a matter on once. */
  from: { id: Id; number: string }
}

/** The case in which a matter that was passed on is decided. */
export type PassedOn = { caseId: Id; number: string }

/**
 * Opens the case that a matter belongs to, as the node, in the transaction of the one who passes it on; where the person has an open case of that flow already,
 * it is that. A matter that belongs to a case which the person has goes on with it. Undefined where no flow of this node takes the matter in, or there is no
 * case that it could go on with; refused as the flow's own step refuses.
 */
export async function passOn(book: FlowBook, work: Work, request: PassOnRequest): Promise<PassedOn | undefined> {
  const { personId, agency, from, matter } = request
  const taker = book.findTaker(matter)
  if (!taker) return undefined
  const { flow, step } = taker
  return asActor(work, systemActor, async (node) => {
    const [open] = await findCases(book, node, { flow: flow.id, personId, open: true, limit: 1 })
    const body = { personId, from: from.number }
    const idempotencyKey = `passed-on:${matter}:${from.id}`
    const { opens, from: statuses = [] } = getStep(flow, step)
    if (open && !opens) {
      if (!statuses.includes(open.status)) return undefined
      await takeStep(book, node, { caseId: open.caseId, step, body, expectedSeq: open.seq, idempotencyKey })
    }
    if (open) return { caseId: open.caseId, number: open.number }
    if (!opens) return undefined
    const { caseId, number } = await openCase(book, node, {
      ...{ flow: flow.id, step, body, agency, idempotencyKey, subject: { personId } },
    })
    return { caseId, number }
  })
}
