import { z } from 'zod'
import { must, Refusal, schemaDate, schemaFen } from '../../../ground/door.ts'
import { postSettlement, requireDischargeDay } from './stay-books.ts'
import { onceSettled, type Settlement, settlement, step } from './stay-state.ts'
import { nextSettlementNumber, publishSettlement } from './stay-telling.ts'

/** The number that a hospital's own system gives a transaction (交易流水号). */
export const transactionNumber = z.string().trim().min(6).max(64)

const settleForm = z.strictObject({
  dischargedOn: schemaDate,
  /** What the person was shown and signed for; a preview made since is refused. */
  expectedPersonFen: schemaFen,
  slipSigned: z.literal(true, { error: 'true: the person has signed the slip' }),
  consentSigned: z.boolean(),
  declaredTravelFen: schemaFen,
  declaredLodgingFen: schemaFen,
  transactionNumber: transactionNumber.optional(),
})

const homeReceipt = z.strictObject({
  revision: z.int(),
  home: z.enum(['booked', 'disputed']),
  homeCode: z.string().nullable(),
  claimNumber: z.string().nullable(),
})

/** Settlement at discharge and what home says of it. */
export function settlementSteps() {
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
      requireNotReversed(file.state.reversed, body.transactionNumber)
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
        number: nextSettlementNumber(file),
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
        previewNumber: shown.number,
        transactionNumber: body.transactionNumber ?? null,
        home: 'waiting',
        homeCode: null,
        claimNumber: null,
      }
      await work.reach('stay.settle.checked')
      await publishSettlement(work, file, settled)
      await work.reach('stay.settle.told')
      // Last, since from here to the commit others may wait for the same part of a balance.
      await postSettlement(work, file, settled)
      await work.reach('stay.settle.posted')
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

  return { settle, noteHome }
}

/** A transaction that was reversed does not settle any more, however late it comes. */
function requireNotReversed(reversed: readonly string[], number: string | undefined): void {
  if (number !== undefined && reversed.includes(number)) {
    throw new Refusal('transaction_reversed', { params: { transactionNumber: number } })
  }
}
