import { sql } from 'kysely'
import { type Id, inTransaction, type Node, OperatingFailure, Refusal, systemActor, type Work } from '../ground/door.ts'
import type { FlowBook } from './flow-book.ts'
import { takeStep } from './taking.ts'

/** What a round of automatic steps did. A case whose step was refused or failed stays as it was and is tried again next time. */
export type AutomaticRound = {
  taken: Array<{ caseId: Id; step: string }>
  failed: Array<{ caseId: Id; step: string; code: string }>
}

type DueStep = { caseId: Id; step: string; seq: number }

/**
 * Takes every automatic step that is due today (a term has passed, a filing expires), each in a transaction of its own as the system.
 * Running it twice, or on two processes at once, takes each step once.
 */
export async function runDueSteps(book: FlowBook, node: Node): Promise<AutomaticRound> {
  const due = await inTransaction(node, systemActor, (work) => findDueSteps(book, work), 'cases.due')
  const round: AutomaticRound = { taken: [], failed: [] }
  for (const { caseId, step, seq } of due) {
    const request = { caseId, step, body: {}, expectedSeq: seq, idempotencyKey: `automatic:${step}:${seq}` }
    try {
      await inTransaction(node, systemActor, (work) => takeStep(book, work, request), 'cases.automatic')
      round.taken.push({ caseId, step })
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof OperatingFailure)) throw error
      round.failed.push({ caseId, step, code: error.code })
    }
  }
  return round
}

/** Cases in a status whose automatic step is due: its date has come, or its deadline has passed. */
async function findDueSteps(book: FlowBook, work: Work): Promise<DueStep[]> {
  const automatic = book.flows.flatMap((flow) =>
    Object.entries(flow.statuses).flatMap(([status, { automatic: step }]) =>
      step
        ? [
            {
              flow: flow.id,
              version: flow.version,
              status,
              step: step.step,
              deadline: 'afterDeadline' in step ? step.afterDeadline : null,
            },
          ]
        : [],
    ),
  )
  const { rows } = await sql<DueStep>`
    select file.id as "caseId", automatic.step, file.seq
    from cases.case_file file
    join jsonb_to_recordset(${JSON.stringify(automatic)}::jsonb)
      as automatic (flow text, version integer, status text, step text, deadline text)
      on automatic.flow = file.flow and automatic.version = file.flow_version and automatic.status = file.status
    left join cases.deadline due on due.case_id = file.id and due.name = automatic.deadline and due.state = 'running'
    where file.wakes_on <= ${work.today}::date or due.due_on < ${work.today}::date
    order by file.id`.execute(work.db)
  return rows
}
