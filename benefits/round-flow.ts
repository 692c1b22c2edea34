import { z } from 'zod'
import { defineFlow, stepsOf } from '../cases/door.ts'
import { type Id, schemaDate, type Work } from '../ground/door.ts'
import { subjectOf } from './application-state.ts'
import type { Benefit, BenefitTools } from './benefit.ts'
import { addCounts, carryOutLines } from './carrying-out.ts'
import { findLines, keepRoundResult, type RoundLine, roundLines } from './round-lines.ts'

const count = z.int().min(0)

const roundState = z.strictObject({
  on: schemaDate.nullable(),
  parties: count,
  granted: count,
  totalFen: count,
  alreadyApplied: count,
  notGranted: z.record(z.string(), count),
  opened: count,
  skipped: z.record(z.string(), count),
  carryingSince: schemaDate.nullable(),
})

type State = z.infer<typeof roundState>
type Status = 'found' | 'carrying' | 'done' | 'withdrawn' | 'nothing_found'

const step = stepsOf<State, Status>()

/**
 * A round (免申即享): everybody whom the rule grants a benefit is found in the registers, an officer looks at the list, another approves it, and
 * for each line a case is opened and its payment ordered. What has changed since the list was made is skipped and told, not paid.
 */
export function roundFlow(tools: BenefitTools, benefit: Benefit) {
  const find = step({
    title: { zh: '筛查应享未享对象', en: 'Find who is owed it' },
    opens: true,
    by: ['review', 'system'],
    body: z.strictObject({}),
    record: roundState.omit({ opened: true, skipped: true, carryingSince: true }).extend({ on: schemaDate }),
    to: { found: 'found', nothing: 'nothing_found' },
    async take({ work, file, effectiveOn }) {
      const agency = work.actor.kind === 'staff' ? work.actor.agency : work.node.region
      const counted = await findLines(work, tools, benefit, { roundId: file.id, agency, on: effectiveOn })
      return {
        outcome: counted.granted > 0 ? 'found' : 'nothing',
        record: { on: effectiveOn, ...counted },
        subject: { agency },
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const approve = step({
    title: { zh: '审批名单', en: 'Approve the list' },
    from: ['found'],
    by: ['approve'],
    notSameUserAs: ['find'],
    body: z.strictObject({ outcome: z.enum(['approved', 'withdrawn']), opinion: z.string().trim().min(1).max(300) }),
    record: z.strictObject({ outcome: z.enum(['approved', 'withdrawn']), opinion: z.string(), on: schemaDate }),
    to: { approved: 'carrying', withdrawn: 'withdrawn' },
    take: async ({ work, body }) => ({ outcome: body.outcome, record: { ...body, on: work.today } }),
    fold: (state, { body }) => ({ ...state, carryingSince: body.on }),
  })

  const carryOut = step({
    title: { zh: '逐户核发', en: 'Open a case for each' },
    from: ['carrying'],
    by: ['system', 'approve'],
    body: z.strictObject({}),
    record: z.strictObject({ opened: count, skipped: z.record(z.string(), count) }),
    to: { more: 'stay', all: 'done' },
    async take({ work, file }) {
      const { done, notDone, more } = await carryOutLines(work, file.id, {
        lines: roundLines,
        carryOut: (part, line) => openCaseFor(part, file, line),
        keep: keepRoundResult,
        point: 'benefits.round.line',
      })
      return { outcome: more ? 'more' : 'all', record: { opened: done, skipped: notDone } }
    },
    fold: (state, { body }) => ({
      ...state,
      opened: state.opened + body.opened,
      skipped: addCounts(state.skipped, body.skipped),
    }),
  })

  async function openCaseFor(
    work: Work,
    { number, agency, state }: { number: string; agency: string; state: State },
    { no, party, amountFen }: RoundLine,
  ): Promise<Id> {
    const { caseId } = await tools.cases().open(work, {
      flow: benefit.id,
      step: 'offer',
      body: { party, round: number, amountFen },
      subject: subjectOf(party),
      agency,
      idempotencyKey: `round:${number}:${no}`,
      ...(state.on !== null && { effectiveOn: state.on }),
    })
    return caseId
  }

  return defineFlow<State>({
    id: roundFlowId(benefit.id),
    service: benefit.service,
    version: 1,
    title: { zh: `${benefit.title.zh}免申即享`, en: `Without an application: ${benefit.title.en}` },
    numberPrefix: `${benefit.numberPrefix}R`,
    state: roundState,
    initial: {
      on: null,
      parties: 0,
      granted: 0,
      totalFen: 0,
      alreadyApplied: 0,
      notGranted: {},
      opened: 0,
      skipped: {},
      carryingSince: null,
    },
    statuses: {
      found: { title: { zh: '名单待审批', en: 'List to be approved' }, task: { role: 'approve' } },
      carrying: {
        title: { zh: '核发中', en: 'Being carried out' },
        waitsFor: 'system',
        automatic: { step: 'carryOut', on: ({ carryingSince }) => carryingSince },
      },
      done: { title: { zh: '已完成', en: 'Done' }, final: true },
      withdrawn: { title: { zh: '已退回', en: 'Withdrawn' }, final: true },
      nothing_found: { title: { zh: '没有对象', en: 'Nobody found' }, final: true },
    },
    steps: { find, approve, carryOut },
    summary: ({ state }) => ({ on: state.on, granted: state.granted, totalFen: state.totalFen, opened: state.opened }),
  })
}

/** The flow of the rounds of a benefit. */
export function roundFlowId(flow: string): string {
  return `${flow}-round`
}
