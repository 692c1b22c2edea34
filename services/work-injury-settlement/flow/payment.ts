import { z } from 'zod'
import { defineFlow, stepsOf } from '../../../cases/door.ts'
import { asActor, BadInput, Refusal, schemaDate, schemaFen, systemActor, type Work } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { move } from '../postings.ts'
import { getStayCase } from '../stay-places.ts'
import { dueLines, type PaymentLine, paymentLine, paymentState } from './payment-lines.ts'

type State = z.infer<typeof paymentState>
type Status = 'drawn_up' | 'sent' | 'closed' | 'withdrawn'

const step = stepsOf<State, Status>()

/** A bank batch to hospitals: drawn up, approved by another, with a result per line; a returned payment is issued again in a later batch. */
export function paymentFlow(tools: ServiceTools) {
  const { cases } = tools

  const open = step({
    title: { zh: '编制拨付批次', en: 'Draw up the batch' },
    opens: true,
    by: ['pay'],
    body: z.strictObject({}),
    record: z.strictObject({ lines: z.array(paymentLine), totalFen: schemaFen }),
    to: 'drawn_up',
    async take({ work }) {
      const lines = await dueLines(work, tools)
      if (lines.length === 0) throw new Refusal('nothing_to_pay')
      return {
        record: { lines, totalFen: total(lines) },
        subject: { agency: work.actor.kind === 'staff' ? work.actor.agency : work.node.region },
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const approve = step({
    title: { zh: '审批', en: 'Approve' },
    from: ['drawn_up'],
    by: ['approve'],
    notSameUserAs: ['open'],
    body: z.strictObject({ outcome: z.enum(['approved', 'withdrawn']), opinion: z.string().trim().min(1).max(300) }),
    record: z.strictObject({ outcome: z.enum(['approved', 'withdrawn']), opinion: z.string() }),
    to: { approved: 'sent', withdrawn: 'withdrawn' },
    async take({ work, file, body }) {
      // A batch that only offsets needs no money.
      if (body.outcome === 'approved' && file.state.totalFen > 0) {
        await move(work, {
          key: `batch:${file.number}`,
          kind: 'expenditure_funded',
          on: work.today,
          from: 'fiscal_special_account',
          to: 'expenditure_account',
          amountFen: file.state.totalFen,
          caseId: file.id,
          reference: file.number,
        })
        await work.reach('payment.approve.funded')
      }
      return { outcome: body.outcome, record: body }
    },
  })

  const recordResult = step({
    title: { zh: '登记银行回盘', en: "Record the bank's results" },
    from: ['sent'],
    by: ['pay'],
    body: z.strictObject({
      lines: z
        .array(
          z.strictObject({
            settlementNumber: z.string(),
            result: z.enum(['paid', 'returned']),
            reason: z.string().trim().max(200).optional(),
          }),
        )
        .min(1),
    }),
    record: z.strictObject({ lines: z.array(paymentLine), paidOn: schemaDate }),
    to: { some: 'sent', all: 'closed' },
    async take({ work, file, body }) {
      const results = new Map(body.lines.map((line) => [line.settlementNumber, line]))
      for (const { settlementNumber, result } of body.lines) requireWaiting(file.state.lines, settlementNumber, result)
      const lines: PaymentLine[] = []
      for (const line of file.state.lines) {
        const result = results.get(line.settlementNumber)
        if (result) await settleLine(work, file, line, result.result)
        lines.push(result ? { ...line, result: result.result, reason: result.reason ?? null } : line)
      }
      const open = lines.some(({ result }) => result === 'waiting')
      return { outcome: open ? 'some' : 'all', record: { lines, paidOn: work.today } }
    },
    fold: (state, { body }) => ({ ...state, lines: body.lines, paidOn: body.paidOn }),
  })

  /**
   * Paid: the hospital's claim is met, by money and by what it owed. Returned: the money goes back to the special account and the settlement
   * waits for the next batch.
   */
  async function settleLine(
    work: Work,
    file: { id: string; number: string },
    line: PaymentLine,
    result: 'paid' | 'returned',
  ): Promise<void> {
    const { settlementNumber, institutionId, amountFen, offsetFen } = line
    const common = { on: work.today, caseId: file.id, reference: settlementNumber }
    if (result === 'returned') {
      await move(work, {
        ...common,
        key: `return:${file.number}:${settlementNumber}`,
        kind: 'payment_returned',
        from: 'expenditure_account',
        to: 'fiscal_special_account',
        amountFen,
      })
      return
    }
    if (amountFen > 0) {
      await move(work, {
        ...common,
        key: `pay:${file.number}:${settlementNumber}`,
        kind: 'hospital_paid',
        from: 'expenditure_account',
        to: `payable_to_hospital:${institutionId}`,
        amountFen,
      })
    }
    if (offsetFen > 0) {
      await move(work, {
        ...common,
        key: `offset:${file.number}:${settlementNumber}`,
        kind: 'offset',
        from: `receivable_from_hospital:${institutionId}`,
        to: `payable_to_hospital:${institutionId}`,
        amountFen: offsetFen,
      })
    }
    await work.reach('payment.line.posted')
    await asActor(work, systemActor, async (system) => {
      const caseId = await getStayCase(system, line.settlementNumber)
      const stay = await cases().get(system, caseId)
      await cases().take(system, {
        caseId,
        step: 'pay',
        expectedSeq: stay.file.seq,
        idempotencyKey: `pay:${file.number}:${line.settlementNumber}`,
        body: { batch: file.number, paidOn: work.today },
      })
    })
  }

  return defineFlow<State>({
    id: 'payment',
    service: 'work-injury-settlement',
    version: 1,
    title: { zh: '医疗机构拨付批次', en: 'Payment batch to hospitals' },
    numberPrefix: 'BF',
    state: paymentState,
    initial: { lines: [], totalFen: 0, paidOn: null },
    statuses: {
      drawn_up: { title: { zh: '待审批', en: 'To be approved' }, task: { role: 'approve' } },
      sent: { title: { zh: '已送银行', en: 'With the bank' }, task: { role: 'pay' } },
      closed: { title: { zh: '已完成', en: 'Closed' }, final: true },
      withdrawn: { title: { zh: '已退回', en: 'Withdrawn' }, final: true },
    },
    steps: { open, approve, recordResult },
    summary: ({ state }) => ({ lines: state.lines.length, totalFen: state.totalFen }),
  })
}

function requireWaiting(lines: readonly PaymentLine[], number: string, result: 'paid' | 'returned'): void {
  const line = lines.find(({ settlementNumber }) => settlementNumber === number)
  const problem = (path: string, expected: string, found: string) => new BadInput([{ path, expected, found }])
  if (line?.result !== 'waiting') {
    throw problem('lines.settlementNumber', 'a line that waits for its result', number)
  }
  if (result === 'returned' && line.amountFen === 0) {
    throw problem('lines.result', 'paid: a line that is offset in full has no money to return', result)
  }
}

function total(lines: readonly PaymentLine[]): number {
  return lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
}
