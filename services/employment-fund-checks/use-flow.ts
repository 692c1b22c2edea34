import { z } from 'zod'
import {
  type CaseFile,
  correctionStep,
  defineFlow,
  noticesToSubject,
  objectionSteps,
  stepsOf,
} from '../../cases/door.ts'
import { BadInput, must, Refusal, schemaDate, schemaFen, schemaId, takeTurns, type Work } from '../../ground/door.ts'
import type { ServiceTools } from '../contract.ts'
import { payeeOf, paymentsTo, useFlowId } from './payments.ts'

// The value `permittedUses` says which of them are permitted.
const fundUses = [
  'startup_services',
  'rent_and_fees',
  'equipment_and_materials',
  'training',
  'wages_and_insurance',
  'buildings_and_vehicles',
  'dividends_and_investments',
  'other',
] as const

const answers = z.strictObject({
  /** The application whose payment was spent. */
  paidCaseId: schemaId,
  use: z.enum(fundUses),
  spentFen: schemaFen.min(1),
  spentOn: schemaDate,
  note: z.string().trim().max(300).default(''),
})
const useState = z.strictObject({
  answers: answers.nullable(),
  paidNumber: z.string().nullable(),
  acceptedFen: schemaFen,
})

type State = z.infer<typeof useState>
type Status = 'flagged' | 'accepted' | 'not_accepted' | 'under_objection' | 'withdrawn'

const step = stepsOf<State, Status>()
const opinion = z.string().trim().min(1).max(500)

/**
 * How money of the employment special fund was spent (C5.09): whoever was paid declares each spending, the rule checks it against the uses of the
 * fund; what is not among them is looked into by auditors, what is more than is left is refused on the spot.
 */
export function fundUseFlow(tools: ServiceTools) {
  return defineFlow<State>({
    id: useFlowId,
    service: 'employment-fund-checks',
    version: 1,
    title: { zh: '就业资金使用申报', en: 'Declared use of employment funds' },
    numberPrefix: 'ZJU',
    state: useState,
    initial: { answers: null, paidNumber: null, acceptedFen: 0 },
    statuses: {
      flagged: { title: { zh: '用途待核查', en: 'Flagged: to be looked into' }, task: { role: 'audit' } },
      accepted: { title: { zh: '已认可', en: 'Accepted' }, final: true },
      not_accepted: { title: { zh: '不予认可', en: 'Not accepted' }, final: true },
      under_objection: { title: { zh: '复议中', en: 'Under reconsideration' }, task: { role: 'approve' } },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
    },
    steps: {
      declare: declareStep(tools),
      ...checkingSteps(tools),
      ...correctionStep<State, Status, { note: string }>({
        from: ['accepted', 'flagged'],
        by: ['audit'],
        changes: z.strictObject({ note: z.string().trim().min(1).max(300) }),
        fold: (state, { note }) => ({ ...state, answers: state.answers && { ...state.answers, note } }),
      }),
      ...objectionSteps<State, Status>({
        from: ['not_accepted'],
        pending: 'under_objection',
        decidedBy: 'approve',
        notSameUserAs: ['check'],
        setAsideTo: 'flagged',
      }),
    },
    summary: ({ state: { answers: told, paidNumber, acceptedFen } }) => ({
      paidNumber,
      use: told?.use ?? null,
      spentFen: told?.spentFen ?? null,
      acceptedFen,
    }),
  })
}

function declareStep(tools: ServiceTools) {
  return step({
    title: { zh: '申报资金使用', en: 'Declare how it was spent' },
    opens: true,
    by: ['person', 'employer_officer'],
    body: z.strictObject({ answers }),
    record: z.strictObject({ answers, paidNumber: z.string(), acceptedFen: schemaFen }),
    to: { granted: 'accepted', referred: 'flagged' },
    async take({ work, body: { answers: told }, effectiveOn }) {
      if (told.spentOn > work.today) {
        throw new BadInput([{ path: 'answers.spentOn', expected: `${work.today} or earlier`, found: told.spentOn }])
      }
      await takeTurns(work, `fund-use:${told.paidCaseId}`)
      const payee = payeeOf(work)
      const payments = await paymentsTo(work, tools, payee)
      const paid = payments.find(({ caseId }) => caseId === told.paidCaseId)
      if (!paid) throw new Refusal('payment_not_yours', { clause: 'C5.09' })
      const ruling = await tools.rulebook.decide(work, {
        policy: 'fund-use',
        on: effectiveOn,
        insuredRegion: paid.agency,
        facts: { use: told.use, spentFen: told.spentFen, unspentFen: paid.unspentFen },
      })
      const { outcome, reason, because } = ruling.decision
      if (outcome === 'refused') throw new Refusal(reason ?? 'not_in_force', { clause: because })
      const isAccepted = outcome === 'granted'
      return {
        outcome: isAccepted ? ('granted' as const) : ('referred' as const),
        record: { answers: told, paidNumber: paid.caseNumber, acceptedFen: isAccepted ? told.spentFen : 0 },
        decision: ruling,
        subject: {
          ...(payee.kind === 'person' ? { personId: payee.id } : { employerId: payee.id }),
          agency: paid.agency,
        },
      }
    },
    fold: (_, { body }) => body,
  })
}

function checkingSteps(tools: ServiceTools) {
  const outcome = z.enum(['accepted', 'not_accepted'])
  const check = step({
    title: { zh: '核查用途', en: 'Look into the use' },
    from: ['flagged'],
    by: ['audit'],
    body: z.strictObject({ outcome, opinion }),
    record: z.strictObject({ outcome, opinion: z.string(), acceptedFen: schemaFen }),
    to: { accepted: 'accepted', not_accepted: 'not_accepted' },
    async take({ work, file, body }) {
      if (body.outcome === 'accepted') await requireWithinPayment(work, tools, file)
      const acceptedFen = body.outcome === 'accepted' ? (file.state.answers?.spentFen ?? 0) : 0
      return {
        outcome: body.outcome,
        record: { ...body, acceptedFen },
        decision: { outcome: body.outcome, because: 'C5.09', opinion: body.opinion },
        notices: noticesToSubject(file.subject, `notice.use_${body.outcome}`, { number: file.number }),
      }
    },
    fold: (state, { body }) => ({ ...state, acceptedFen: body.acceptedFen }),
  })
  const withdraw = step({
    title: { zh: '撤回申报', en: 'Withdraw the declaration' },
    from: ['flagged', 'accepted'],
    by: ['person', 'employer_officer'],
    body: z.strictObject({ reason: z.string().trim().min(1).max(300) }),
    record: z.strictObject({ reason: z.string() }),
    to: 'withdrawn',
    take: async ({ body }) => ({ record: body }),
    fold: (state) => ({ ...state, acceptedFen: 0 }),
  })
  return { check, withdraw }
}

/** A use that was not accepted and is looked into again counts again: meanwhile its money may have been declared as spent otherwise. */
async function requireWithinPayment(
  work: Work,
  tools: ServiceTools,
  { state, subject }: CaseFile<State>,
): Promise<void> {
  const { paidCaseId } = must(state.answers, 'declared use')
  await takeTurns(work, `fund-use:${paidCaseId}`)
  const id = must(subject.personId ?? subject.employerId, 'who declares')
  const payments = await paymentsTo(work, tools, { kind: subject.personId ? 'person' : 'employer', id })
  const paid = must(
    payments.find(({ caseId }) => caseId === paidCaseId),
    'payment of a declared use',
  )
  if (paid.spentFen > paid.paidFen) throw new Refusal('spent_more_than_paid', { clause: 'C5.09' })
}
