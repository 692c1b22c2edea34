import { z } from 'zod'
import { defineFlow, requireResponsible, stepsOf } from '../cases/door.ts'
import { schemaDate, schemaId, schemaRegion, type Work } from '../ground/door.ts'
import type { BenefitTools } from './benefit.ts'
import { addCounts, carryOutLines } from './carrying-out.ts'
import {
  findRevisionLines,
  keepRevisionResult,
  type Revisable,
  type RevisionLine,
  revisionLines,
} from './revision-lines.ts'

const count = z.int().min(0)

/** What made a revision necessary: a value published or taken back, which one, for whom and since when. */
export const revisionCause = z.strictObject({
  kind: z.enum(['published', 'withdrawn']),
  /** The proposal of the value. */
  proposalId: schemaId,
  value: z.string().min(1),
  region: schemaRegion,
  from: schemaDate,
  to: schemaDate.nullable(),
  source: z.string(),
})

/** See `revisionCause`. */
export type RevisionCause = z.infer<typeof revisionCause>

const found = z.strictObject({
  looked: count,
  changed: count,
  more: count,
  less: count,
  beforeFen: count,
  afterFen: count,
  notDecided: z.record(z.string(), count),
})

const revisionState = z.strictObject({
  cause: revisionCause.nullable(),
  found: found.nullable(),
  carriedOut: count,
  failed: z.record(z.string(), count),
  carryingSince: schemaDate.nullable(),
})

type State = z.infer<typeof revisionState>
type Status = 'found' | 'carrying' | 'done' | 'partly_done' | 'left' | 'nothing_changes'

const step = stepsOf<State, Status>()

/**
 * A change of a value carried to the end: the decisions that it concerns are found and decided again on paper (the report before and after), an
 * officer who did not start it approves, and each case is decided again: differences are ordered or claimed back, people are told and can object.
 * A withdrawn publication is carried out the same way. What stood against it (a payment is with the bank) is found again by another revision of the
 * same cause, which an officer opens for a region that their agency is responsible for.
 */
export function revisionFlow({ cases }: Pick<BenefitTools, 'cases'>, revisable: Revisable) {
  const find = step({
    title: { zh: '查找受影响的决定', en: 'Find the decisions concerned' },
    opens: true,
    by: ['system', 'review'],
    body: revisionCause,
    record: z.strictObject({ cause: revisionCause, found }),
    to: { found: 'found', nothing: 'nothing_changes' },
    async take({ work, file, body }) {
      requireResponsible(work, body.region)
      const counted = await findRevisionLines(work, { cases }, revisable, file.id, body)
      return {
        outcome: counted.changed > 0 ? 'found' : 'nothing',
        record: { cause: body, found: counted },
        subject: { agency: work.actor.kind === 'staff' ? work.actor.agency : work.node.region },
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const approve = step({
    title: { zh: '审批重算', en: 'Approve' },
    from: ['found'],
    by: ['approve'],
    notSameUserAs: ['find'],
    body: z.strictObject({ outcome: z.enum(['approved', 'left']), opinion: z.string().trim().min(1).max(300) }),
    record: z.strictObject({ outcome: z.enum(['approved', 'left']), opinion: z.string(), on: schemaDate }),
    to: { approved: 'carrying', left: 'left' },
    take: async ({ work, body }) => ({ outcome: body.outcome, record: { ...body, on: work.today } }),
    fold: (state, { body }) => ({ ...state, carryingSince: body.on }),
  })

  const carryOut = step({
    title: { zh: '逐件重算', en: 'Decide each again' },
    from: ['carrying'],
    by: ['system', 'approve'],
    body: z.strictObject({}),
    record: z.strictObject({ carriedOut: count, failed: z.record(z.string(), count) }),
    to: { more: 'stay', all: 'done', some: 'partly_done' },
    async take({ work, file }) {
      const { done, notDone, more } = await carryOutLines(work, file.id, {
        lines: revisionLines,
        carryOut: (part, line) => decideAgain(part, file.number, file.state, line),
        keep: keepRevisionResult,
        point: 'benefits.revision.line',
      })
      const isWhole = Object.keys({ ...file.state.failed, ...notDone }).length === 0
      const outcome = more ? ('more' as const) : isWhole ? ('all' as const) : ('some' as const)
      return { outcome, record: { carriedOut: done, failed: notDone } }
    },
    fold: (state, { body }) => ({
      ...state,
      carriedOut: state.carriedOut + body.carriedOut,
      failed: addCounts(state.failed, body.failed),
    }),
  })

  async function decideAgain(
    work: Work,
    number: string,
    { cause }: State,
    { no, caseId }: RevisionLine,
  ): Promise<string> {
    const { file } = await cases().get(work, caseId)
    const { status } = await cases().take(work, {
      caseId,
      step: 'recalculate',
      body: { because: 'value', cause: `${number} ${cause?.value ?? ''}`.trim() },
      expectedSeq: file.seq,
      idempotencyKey: `revision:${number}:${no}`,
    })
    return status
  }

  return defineFlow<State>({
    id: revisionFlowId(revisable.flow),
    service: revisable.service,
    version: 1,
    title: { zh: `${revisable.title.zh}政策变动重算`, en: `Changed value: ${revisable.title.en}` },
    numberPrefix: `${revisable.numberPrefix}V`,
    state: revisionState,
    initial: { cause: null, found: null, carriedOut: 0, failed: {}, carryingSince: null },
    statuses: {
      found: { title: { zh: '重算待审批', en: 'To be approved' }, task: { role: 'approve' } },
      carrying: {
        title: { zh: '重算中', en: 'Being carried out' },
        waitsFor: 'system',
        automatic: { step: 'carryOut', on: ({ carryingSince }) => carryingSince },
      },
      done: { title: { zh: '已完成', en: 'Done' }, final: true },
      partly_done: { title: { zh: '部分未完成', en: 'Not all could be done' }, final: true },
      left: { title: { zh: '不予重算', en: 'Left as it is' }, final: true },
      nothing_changes: { title: { zh: '没有决定受影响', en: 'No decision changes' }, final: true },
    },
    steps: { find, approve, carryOut },
    summary: ({ state: { cause, found: counted, carriedOut } }) => ({
      value: cause?.value ?? null,
      from: cause?.from ?? null,
      changed: counted?.changed ?? null,
      differenceFen: counted ? counted.afterFen - counted.beforeFen : null,
      carriedOut,
    }),
  })
}

/** The flow of the revisions of a flow. */
export function revisionFlowId(flow: string): string {
  return `${flow}-revision`
}
