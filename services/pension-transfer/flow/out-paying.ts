import { z } from 'zod'
import { orderPayment, releaseOrders } from '../../../benefits/door.ts'
import {
  asActor,
  must,
  Refusal,
  schemaDate,
  schemaFen,
  schemaId,
  systemActor,
  type Work,
} from '../../../ground/door.ts'
import { handOverMonths } from '../../../people/door.ts'
import { bookMovement, chart, fund } from '../fund-books.ts'
import { formOf } from './out-preparing.ts'
import {
  outStep,
  requestOf,
  sendAnswer,
  type TransferOutFile,
  type TransferOutState,
  type TransferOutStatus,
  transferOutState,
} from './out-state.ts'

const once = ['paid', 'restored'] as const satisfies readonly TransferOutStatus[]

/** The money goes to the new region, the months are handed over, and what was paid twice is paid back to the person by the bank. */
export function payingSteps() {
  const pay = outStep({
    title: { zh: '支付转移资金', en: 'Pay the new region' },
    from: ['to_pay'],
    by: ['pay'],
    notSameUserAs: ['prepare', 'approve'],
    body: z.strictObject({}),
    record: transferOutState.pick({ answerRevision: true, refunds: true }).extend({ paidOn: schemaDate }),
    to: 'paid',
    async take({ work, file }) {
      const request = requestOf(file)
      const { months, overlapping, amountFen, refundFen } = formOf(file)
      const personId = must(file.state.personId, 'person of a transfer')
      await bookMovement(work, 'out_paid', { ...request, amountFen, caseId: file.id })
      const ofMonths = [...months.map(({ month }) => month), ...overlapping]
      const moving = { personId, insurance: 'pension', region: request.partner } as const
      const handed = await asActor(work, systemActor, (system) => handOverMonths(system, moving, ofMonths))
      if (handed < ofMonths.length) throw new Refusal('months_moved_on', { params: { number: file.number } })
      await work.reach('pension-transfer.months-handed-over')
      const refunds = refundFen === 0 ? [] : [await orderRefund(work, file, personId, refundFen)]
      const paidOn = work.today
      const answerRevision = await sendAnswer(work, file, { state: 'paid', paidOn })
      return {
        record: { answerRevision, refunds, paidOn },
        deadlines: [{ meet: 'handle' }],
        notices: [{ personId, code: 'notice.transfer_paid', params: { months: months.length, amountFen } }],
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const notePaid = outStep({
    title: { zh: '退还个人部分已支付', en: 'The refund is paid' },
    from: once,
    by: ['system'],
    body: z.strictObject({ orderId: schemaId, paidOn: schemaDate, offsetFen: schemaFen }),
    record: z.strictObject({ orderId: schemaId, paidOn: schemaDate, offsetFen: schemaFen }),
    to: 'stay',
    take: async ({ file, body }) => ({ record: body, notices: [noticeOf(file, 'notice.overlap_refunded')] }),
    fold: (state, { body }) => withRefunds(state, 'paid', body.orderId),
  })

  const noteReturned = outStep({
    title: { zh: '退票', en: 'Returned by the bank' },
    from: once,
    by: ['system'],
    body: z.strictObject({ orderId: schemaId, reason: z.string().nullable() }),
    record: z.strictObject({ orderId: schemaId, reason: z.string().nullable() }),
    to: 'stay',
    take: async ({ file, body }) => ({ record: body, notices: [noticeOf(file, 'notice.refund_returned')] }),
    fold: (state, { body }) => withRefunds(state, 'returned', body.orderId),
  })

  const reissue = outStep({
    title: { zh: '账户更正后重新支付', en: 'Issue again, the account mended' },
    from: once,
    by: ['pay', 'accept'],
    body: z.strictObject({ note: z.string().trim().min(1).max(300) }),
    record: z.strictObject({ note: z.string() }),
    to: 'stay',
    async take({ work, file, body }) {
      if ((await releaseOrders(work, file.id)) === 0) throw new Refusal('nothing_returned')
      return { record: body }
    },
    fold: (state) => withRefunds(state, 'ordered'),
  })

  return { pay, notePaid, noteReturned, reissue }
}

async function orderRefund(work: Work, file: TransferOutFile, personId: string, amountFen: number) {
  const { orderId } = await orderPayment(work, {
    key: `${file.number}:overlap`,
    service: 'pension-transfer',
    fund,
    chart,
    agency: file.agency,
    caseId: file.id,
    caseNumber: file.number,
    payee: { kind: 'person', id: personId },
    expense: 'overlap_refund',
    purpose: 'overlap_refund',
    amountFen,
    on: work.today,
  })
  return { orderId, amountFen, state: 'ordered' as const, takenBackFen: 0 }
}

function noticeOf({ state: { personId, form } }: TransferOutFile, code: string) {
  return { personId: must(personId, 'person of a transfer'), code, params: { amountFen: form?.refundFen ?? 0 } }
}

/** One refund, or what the bank had returned, as it now stands. */
function withRefunds(state: TransferOutState, to: 'ordered' | 'paid' | 'returned', orderId?: string): TransferOutState {
  const refunds = state.refunds.map((refund) =>
    (orderId === undefined ? refund.state === 'returned' : refund.orderId === orderId)
      ? { ...refund, state: to }
      : refund,
  )
  return { ...state, refunds }
}
