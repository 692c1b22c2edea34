import { z } from 'zod'
import { must, Refusal, schemaDate, schemaFen } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { requireNotAtBank } from './payment-lines.ts'
import {
  postSettlement,
  postUndoing,
  publishSettlement,
  requireDischargeDay,
  revised,
  settlementOf,
} from './stay-books.ts'
import { onceSettled, type Settlement, settlement, step } from './stay-state.ts'

const settleForm = z.strictObject({
  dischargedOn: schemaDate,
  /** What the person was shown and signed for; a preview made since is refused. */
  expectedPersonFen: schemaFen,
  slipSigned: z.literal(true, { error: 'true: the person has signed the slip' }),
  consentSigned: z.boolean(),
  declaredTravelFen: schemaFen,
  declaredLodgingFen: schemaFen,
})

const homeReceipt = z.strictObject({
  revision: z.int(),
  home: z.enum(['booked', 'disputed']),
  homeCode: z.string().nullable(),
  claimNumber: z.string().nullable(),
})

/** Settlement at discharge, what home says of it, and its undoing. */
export function settlementSteps(tools: ServiceTools) {
  const settle = step({
    title: { zh: '出院结算', en: 'Settle at discharge' },
    from: ['previewed'],
    by: ['hospital_office'],
    body: settleForm,
    record: settlement,
    to: 'settled',
    async take({ work, file, body }) {
      const shown = must(file.state.preview, 'preview')
      const { admittedOn } = must(file.state.admission, 'admission')
      requireDischargeDay(admittedOn, body.dischargedOn, work.today)
      if (body.expectedPersonFen !== shown.personFen) {
        throw new Refusal('slip_out_of_date', { params: { shownFen: body.expectedPersonFen, nowFen: shown.personFen } })
      }
      if (!body.consentSigned && shown.outsideCatalogueFen + shown.overLimitFen > 0) {
        throw new Refusal('consent_missing', {
          clause: 'A1.14',
          params: { amountFen: shown.outsideCatalogueFen + shown.overLimitFen },
        })
      }
      const settled: Settlement = {
        number: `${file.number}-${file.state.settlements + 1}`,
        revision: 1,
        dischargedOn: body.dischargedOn,
        settledOn: work.today,
        totalFen: shown.totalFen,
        fundFen: shown.fundFen,
        personFen: shown.personFen,
        deductedFen: 0,
        declaredTravelFen: body.declaredTravelFen,
        declaredLodgingFen: body.declaredLodgingFen,
        auditedOn: null,
        undoneOn: null,
        home: 'waiting',
        homeCode: null,
        claimNumber: null,
      }
      await work.reach('stay.settle.checked')
      await postSettlement(work, file, settled)
      await work.reach('stay.settle.posted')
      await publishSettlement(work, file, settled)
      await work.reach('stay.settle.told')
      return { record: settled }
    },
    fold: (state, { body }) => ({ ...state, settlement: body, settlements: state.settlements + 1 }),
  })

  const noteHome = step({
    title: { zh: '参保地入账回执', en: 'Receipt of the insured place' },
    from: onceSettled,
    by: ['system'],
    body: homeReceipt,
    record: homeReceipt,
    to: 'stay',
    take: async ({ body }) => ({ record: body }),
    fold: (state, { body }) => {
      const settled = state.settlement
      if (!settled || body.revision < settled.revision) return state
      return {
        ...state,
        settlement: {
          ...settled,
          home: body.home,
          homeCode: body.homeCode,
          claimNumber: body.claimNumber ?? settled.claimNumber,
        },
      }
    },
  })

  const undo = step({
    title: { zh: '撤销结算', en: 'Undo the settlement' },
    from: ['settled', 'reconciled', 'audited', 'paid', 'cleared'],
    by: ['hospital_office', 'audit'],
    body: z.strictObject({ reason: z.string().trim().min(2).max(300) }),
    record: z.strictObject({ reason: z.string(), after: z.string(), settlement }),
    to: 'undone',
    async take({ work, file, body }) {
      // Once the agency has it in its books of the month, only the agency undoes.
      if (file.status !== 'settled' && work.actor.kind === 'institution') throw new Refusal('undoing_needs_agency')
      const undone = revised(settlementOf(file), { undoneOn: work.today, home: 'waiting' })
      await requireNotAtBank(work, tools, undone.number)
      await postUndoing(work, file, undone)
      await work.reach('stay.undo.posted')
      await publishSettlement(work, file, undone)
      await work.reach('stay.undo.told')
      return { record: { reason: body.reason, after: file.status, settlement: undone } }
    },
    fold: (state, { body }) => ({ ...state, settlement: body.settlement, preview: null }),
  })

  return { settle, noteHome, undo }
}
