import { z } from 'zod'
import { applicationState, type BenefitTools } from '../../benefits/door.ts'
import { correctionStep, defineFlow, objectionSteps, stepsOf } from '../../cases/door.ts'
import {
  asActor,
  type Id,
  Refusal,
  schemaDate,
  schemaFen,
  schemaId,
  systemActor,
  takeTurns,
  type Work,
} from '../../ground/door.ts'

/** What a refund may be declared as spent on; the first five are permitted (C2.08). */
export const refundUses = [
  'living_allowance',
  'social_insurance',
  'job_transfer_training',
  'skill_upgrade_training',
  'operating_cost',
  'executive_dividend',
  'other',
] as const

const declaration = z.strictObject({
  /** The refund's case number. */
  refundNumber: z.string().trim().min(1),
  use: z.enum(refundUses),
  spentFen: schemaFen.min(1),
  spentOn: schemaDate,
  note: z.string().trim().max(300).default(''),
})

const useState = z.strictObject({
  declared: declaration.nullable(),
  refundId: schemaId.nullable(),
  acceptedFen: schemaFen,
})

type State = z.infer<typeof useState>
type Status = 'flagged' | 'accepted' | 'not_accepted' | 'under_objection' | 'withdrawn'

const step = stepsOf<State, Status>()

const opinion = z.string().trim().min(1).max(500)

/**
 * How an employer spent its refund (C2.08): each spending is declared and checked against the list of uses by the rule. What is not on the list
 * is flagged and looked at by people (C2-t6); what is more than is left is refused on the spot.
 */
export function refundUseFlow({ rulebook, cases }: BenefitTools) {
  const declare = step({
    title: { zh: '申报资金使用', en: 'Declare how it was spent' },
    opens: true,
    by: ['employer_officer'],
    body: declaration,
    record: z.strictObject({ declared: declaration, refundId: schemaId, acceptedFen: schemaFen }),
    to: { granted: 'accepted', referred: 'flagged' },
    async take({ work, body, effectiveOn }) {
      if (work.actor.kind !== 'employer') throw new Refusal('not_your_step', { params: { step: 'declare', role: '' } })
      const { employerId } = work.actor
      const refund = await paidRefund(work, employerId, body.refundNumber)
      await takeTurns(work, `refund-use:${refund.caseId}`)
      const unspentFen = refund.paidFen - (await spentBefore(work, employerId, body.refundNumber))
      const ruling = await rulebook.decide(work, {
        policy: 'refund-use',
        on: effectiveOn,
        insuredRegion: refund.agency,
        facts: { use: body.use, spentFen: body.spentFen, unspentFen },
      })
      const { outcome, reason, because } = ruling.decision
      if (outcome === 'refused') throw new Refusal(reason ?? 'refused', { clause: because })
      const acceptedFen = outcome === 'granted' ? body.spentFen : 0
      return {
        outcome: outcome === 'granted' ? ('granted' as const) : ('referred' as const),
        record: { declared: body, refundId: refund.caseId, acceptedFen },
        decision: ruling,
        subject: { employerId, agency: refund.agency },
      }
    },
    fold: (_, { body }) => body,
  })

  const check = step({
    title: { zh: '核查用途', en: 'Look into the use' },
    from: ['flagged'],
    by: ['review'],
    body: z.strictObject({ outcome: z.enum(['accepted', 'not_accepted']), opinion }),
    record: z.strictObject({
      outcome: z.enum(['accepted', 'not_accepted']),
      opinion: z.string(),
      acceptedFen: schemaFen,
    }),
    to: { accepted: 'accepted', not_accepted: 'not_accepted' },
    async take({ file, body }) {
      const { employerId } = file.subject
      const acceptedFen = body.outcome === 'accepted' ? (file.state.declared?.spentFen ?? 0) : 0
      const code = `notice.use_${body.outcome}`
      return {
        outcome: body.outcome,
        record: { ...body, acceptedFen },
        decision: { outcome: body.outcome, because: 'C2.08', opinion: body.opinion },
        notices: employerId === null ? [] : [{ employerId, code, params: { number: file.number } }],
      }
    },
    fold: (state, { body }) => ({ ...state, acceptedFen: body.acceptedFen }),
  })

  const withdraw = step({
    title: { zh: '撤回申报', en: 'Withdraw the declaration' },
    from: ['flagged', 'accepted'],
    by: ['employer_officer'],
    body: z.strictObject({ reason: z.string().trim().min(1).max(300) }),
    record: z.strictObject({ reason: z.string() }),
    to: 'withdrawn',
    take: async ({ body }) => ({ record: body }),
    fold: (state) => ({ ...state, acceptedFen: 0 }),
  })

  /** The refund of that number, paid to this employer. */
  function paidRefund(work: Work, employerId: Id, number: string) {
    return asActor(work, systemActor, async (system) => {
      const rows = await cases().find(system, { flow: 'stability-refund', employerId, text: number, limit: 5 })
      const row = rows.find((each) => each.number === number)
      if (row?.status !== 'paid') throw new Refusal('refund_not_paid', { clause: 'C2.08', params: { number } })
      const { file } = await cases().get(system, row.caseId)
      const { orders } = applicationState.parse(file.state)
      const paidFen = orders
        .filter(({ state }) => state === 'paid')
        .reduce((sum, { amountFen, takenBackFen }) => sum + amountFen - takenBackFen, 0)
      return { caseId: row.caseId, agency: row.agency, paidFen }
    })
  }

  /** What was declared before and is not rejected; what is being looked into counts. */
  function spentBefore(work: Work, employerId: Id, number: string): Promise<number> {
    return asActor(work, systemActor, async (system) => {
      const rows = await cases().find(system, { flow: 'refund-use', employerId, text: number, limit: 1_000 })
      return rows
        .filter(
          ({ status, summary }) => summary.refundNumber === number && !['not_accepted', 'withdrawn'].includes(status),
        )
        .reduce((sum, { summary }) => sum + Number(summary.spentFen), 0)
    })
  }

  return defineFlow<State>({
    id: 'refund-use',
    service: 'stability-refund',
    version: 1,
    title: { zh: '稳岗返还资金使用申报', en: 'Declared use of the refund' },
    numberPrefix: 'WGU',
    state: useState,
    initial: { declared: null, refundId: null, acceptedFen: 0 },
    statuses: {
      flagged: { title: { zh: '用途待核查', en: 'Flagged: to be looked into' }, task: { role: 'review' } },
      accepted: { title: { zh: '已认可', en: 'Accepted' }, final: true },
      not_accepted: { title: { zh: '不予认可', en: 'Not accepted' }, final: true },
      under_objection: { title: { zh: '复议中', en: 'Under reconsideration' }, task: { role: 'approve' } },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
    },
    steps: {
      declare,
      check,
      withdraw,
      ...correctionStep<State, Status, { note: string }>({
        from: ['accepted', 'flagged'],
        by: ['review'],
        changes: z.strictObject({ note: z.string().trim().min(1).max(300) }),
        fold: (state, { note }) => ({ ...state, declared: state.declared && { ...state.declared, note } }),
      }),
      ...objectionSteps<State, Status>({
        from: ['not_accepted'],
        pending: 'under_objection',
        decidedBy: 'approve',
        notSameUserAs: ['check'],
        by: ['employer_officer'],
        setAsideTo: 'flagged',
      }),
    },
    summary: ({ state: { declared, acceptedFen } }) => ({
      refundNumber: declared?.refundNumber ?? null,
      use: declared?.use ?? null,
      spentFen: declared?.spentFen ?? null,
      acceptedFen,
    }),
  })
}
