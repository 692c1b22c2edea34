import { z } from 'zod'
import { type CaseFile, defineFlow, stepsOf } from '../../../cases/door.ts'
import { sendMessage } from '../../../exchange/door.ts'
import { asActor, must, Refusal, schemaDate, systemActor, type Work } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { bookClearing, type ClearingStatement, disputedItems, noteCleared, withoutItems } from '../clearing.ts'
import { clearingPaidMessage, clearingStatementMessage, messageKinds } from '../messages-between.ts'

const clearingState = z.strictObject({
  statement: clearingStatementMessage.nullable(),
  side: z.enum(['creditor', 'debtor']),
  doneOn: schemaDate.nullable(),
  /** Items that stood in an open dispute when it was paid: not cleared by this statement. */
  frozen: z.array(z.string()).default([]),
})

const carriedOut = z.strictObject({ paidOn: schemaDate, frozen: z.array(z.string()).default([]) })

type State = z.infer<typeof clearingState>
type Status = 'to_pay' | 'to_receive' | 'paid' | 'received'

const step = stepsOf<State, Status>()

/** A statement of the hub as one of its two regions carries it out: the one that owes pays, the other books what it receives. */
export function clearingFlow({ cases }: ServiceTools) {
  const open = step({
    title: { zh: '收到清算通知', en: 'A statement came' },
    opens: true,
    by: ['system'],
    body: clearingStatementMessage,
    record: z.strictObject({ statement: clearingStatementMessage, side: z.enum(['creditor', 'debtor']) }),
    to: { to_pay: 'to_pay', to_receive: 'to_receive' },
    async take({ work, body }) {
      const side = body.treatmentRegion === work.node.region ? ('creditor' as const) : ('debtor' as const)
      // A negative sum is owed back by the treatment region.
      const pays = (side === 'debtor') === body.owedFen >= 0
      return {
        outcome: pays ? 'to_pay' : 'to_receive',
        record: { statement: body, side },
        subject: { agency: work.node.region },
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const pay = step({
    title: { zh: '支付清算款', en: 'Pay the statement' },
    from: ['to_pay'],
    by: ['pay'],
    body: z.strictObject({}),
    record: carriedOut,
    to: 'paid',
    async take({ work, file }) {
      const { statement, side } = file.state
      const stated = must(statement, 'statement of a clearing')
      const frozen = await disputedItems(work, stated, side)
      const due = withoutItems(stated, frozen)
      if (due.owedFen !== 0 && Math.sign(due.owedFen) !== Math.sign(stated.owedFen)) {
        throw new Refusal('dispute_before_payment', { params: { statementNumber: stated.statementNumber } })
      }
      await carryOut(work, due, side, file.id)
      await sendMessage(work, {
        to: side === 'debtor' ? stated.treatmentRegion : stated.insuredRegion,
        kind: messageKinds.clearingPaid,
        version: 1,
        about: stated.statementNumber,
        body: {
          statementNumber: stated.statementNumber,
          paidFen: Math.abs(due.owedFen),
          paidOn: work.today,
          frozen,
        },
      })
      await work.reach('clearing.pay.told')
      return { record: { paidOn: work.today, frozen } }
    },
    fold: (state, { body }) => ({ ...state, doneOn: body.paidOn, frozen: body.frozen }),
  })

  const recoverPayment = step({
    title: { zh: '恢复后补记支付', en: 'Payment recovered after a restore' },
    from: ['to_pay'],
    by: ['system'],
    body: clearingPaidMessage.omit({ statementNumber: true }),
    record: carriedOut,
    to: 'paid',
    take: ({ work, file, body }) => bookAsTold(work, file, body),
    fold: (state, { body }) => ({ ...state, doneOn: body.paidOn, frozen: body.frozen }),
  })

  const receive = step({
    title: { zh: '收到清算款', en: 'Receive the payment' },
    from: ['to_receive'],
    by: ['system'],
    body: clearingPaidMessage.omit({ statementNumber: true }),
    record: carriedOut,
    to: 'received',
    take: ({ work, file, body }) => bookAsTold(work, file, body),
    fold: (state, { body }) => ({ ...state, doneOn: body.paidOn, frozen: body.frozen }),
  })

  /** Books a payment as it was told: only where its amount is that of the statement without the items that it names as frozen. */
  async function bookAsTold(
    work: Work,
    file: CaseFile<State>,
    { paidFen, paidOn, frozen }: Omit<z.infer<typeof clearingPaidMessage>, 'statementNumber'>,
  ) {
    const due = withoutItems(must(file.state.statement, 'statement of a clearing'), frozen)
    if (Math.abs(due.owedFen) !== paidFen) {
      throw new Refusal('clearing_amount_differs', { params: { statementNumber: due.statementNumber, paidFen } })
    }
    await carryOut(work, due, file.state.side, file.id)
    return { record: { paidOn, frozen } }
  }

  /** Books the money and notes on every item that it is cleared; the stay or visit of each says so in its log. */
  async function carryOut(
    work: Work,
    statement: ClearingStatement,
    side: State['side'],
    caseId: string,
  ): Promise<void> {
    await bookClearing(work, statement, side, caseId)
    await work.reach('clearing.booked')
    await asActor(work, systemActor, async (system) => {
      const rows = await noteCleared(system, statement, side === 'creditor' ? 'host' : 'home')
      for (const row of rows) {
        const item = must(
          statement.items.find(({ settlementNumber }) => settlementNumber === row.number),
          'an item',
        )
        const { file } = await cases().get(system, row.case_id)
        await cases().take(system, {
          caseId: row.case_id,
          step: side === 'creditor' ? 'clear' : 'noteClearing',
          expectedSeq: file.seq,
          idempotencyKey: `clear:${statement.statementNumber}:${row.number}`,
          body: { statement: statement.statementNumber, settlementNumber: row.number, clearedFen: item.owedFen },
        })
      }
    })
    await work.reach('clearing.noted')
  }

  return defineFlow<State>({
    id: 'clearing',
    service: 'work-injury-settlement',
    version: 1,
    title: { zh: '区域间清算', en: 'Clearing between regions' },
    numberPrefix: 'QK',
    state: clearingState,
    initial: { statement: null, side: 'debtor', doneOn: null, frozen: [] },
    statuses: {
      to_pay: { title: { zh: '待支付', en: 'To be paid' }, task: { role: 'pay' } },
      to_receive: { title: { zh: '待对方支付', en: 'To be received' }, waitsFor: 'partner' },
      paid: { title: { zh: '已支付', en: 'Paid' }, final: true },
      received: { title: { zh: '已收款', en: 'Received' }, final: true },
    },
    steps: { open, pay, recoverPayment, receive },
    summary: ({ state }) => ({
      statementNumber: state.statement?.statementNumber ?? null,
      quarter: state.statement?.quarter ?? null,
      treatmentRegion: state.statement?.treatmentRegion ?? null,
      insuredRegion: state.statement?.insuredRegion ?? null,
      owedFen: state.statement?.owedFen ?? null,
    }),
  })
}
