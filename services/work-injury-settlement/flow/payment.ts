import { z } from 'zod'
import { defineFlow, stepsOf } from '../../../cases/door.ts'
import {
  asActor,
  BadInput,
  must,
  Refusal,
  schemaDate,
  schemaFen,
  schemaId,
  systemActor,
  type Work,
} from '../../../ground/door.ts'
import { bankAccountOf } from '../../../people/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { stayByNumber } from '../host-handlers.ts'
import { move } from '../postings.ts'
import { listSettlements, owedFen } from '../settlements.ts'

const paymentLine = z.strictObject({
  settlementNumber: z.string(),
  institutionId: schemaId,
  amountFen: schemaFen,
  accountMasked: z.string(),
  result: z.enum(['waiting', 'paid', 'returned']),
  reason: z.string().nullable(),
})

const paymentState = z.strictObject({
  lines: z.array(paymentLine),
  totalFen: schemaFen,
  paidOn: schemaDate.nullable(),
})

type State = z.infer<typeof paymentState>
type Line = z.infer<typeof paymentLine>
type Status = 'drawn_up' | 'sent' | 'closed' | 'withdrawn'

const step = stepsOf<State, Status>()

/** A bank batch to hospitals: drawn up, approved by another, with a result per line; a returned payment is issued again in a later batch. */
export function paymentFlow({ cases }: ServiceTools) {
  const open = step({
    title: { zh: '编制拨付批次', en: 'Draw up the batch' },
    opens: true,
    by: ['pay'],
    body: z.strictObject({}),
    record: z.strictObject({ lines: z.array(paymentLine), totalFen: schemaFen }),
    to: 'drawn_up',
    async take({ work }) {
      const lines = await dueLines(work)
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
      if (body.outcome === 'approved') {
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
      for (const number of results.keys()) requireWaiting(file.state.lines, number)
      const lines: Line[] = []
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

  /** Paid: the hospital's claim is met. Returned: the money goes back to the special account and the settlement waits for the next batch. */
  async function settleLine(
    work: Work,
    file: { id: string; number: string },
    line: Line,
    result: 'paid' | 'returned',
  ): Promise<void> {
    const common = { on: work.today, amountFen: line.amountFen, caseId: file.id, reference: line.settlementNumber }
    if (result === 'returned') {
      await move(work, {
        ...common,
        key: `return:${file.number}:${line.settlementNumber}`,
        kind: 'payment_returned',
        from: 'expenditure_account',
        to: 'fiscal_special_account',
      })
      return
    }
    await move(work, {
      ...common,
      key: `pay:${file.number}:${line.settlementNumber}`,
      kind: 'hospital_paid',
      from: 'expenditure_account',
      to: `payable_to_hospital:${line.institutionId}`,
    })
    await work.reach('payment.line.posted')
    await asActor(work, systemActor, async (system) => {
      const { caseId } = await stayByNumber(system, { cases }, line.settlementNumber)
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

  /** Audited settlements that no open batch holds, with the hospital's account of today. */
  async function dueLines(work: Work): Promise<Line[]> {
    const rows = await listSettlements(work, { side: 'host' })
    const held = await heldNumbers(work)
    const due = rows.filter(
      (row) => row.state === 'settled' && row.audited_on && !row.paid_on && !held.has(row.number) && owedFen(row) > 0,
    )
    const lines: Line[] = []
    for (const row of due) {
      const institutionId = must(row.institution_id, 'institution of a settlement')
      const account = await bankAccountOf(work, institutionId, work.today)
      if (!account) throw new Refusal('bank_account_missing', { params: { settlementNumber: row.number } })
      lines.push({
        settlementNumber: row.number,
        institutionId,
        amountFen: owedFen(row),
        accountMasked: `****${account.accountNumber.slice(-4)}`,
        result: 'waiting',
        reason: null,
      })
    }
    return lines
  }

  async function heldNumbers(work: Work): Promise<Set<string>> {
    const rows = await cases().find(work, { flow: 'payment', open: true, limit: 200 })
    const held = new Set<string>()
    for (const { caseId } of rows) {
      const { file } = await cases().get(work, caseId)
      for (const line of paymentState.parse(file.state).lines)
        if (line.result === 'waiting') held.add(line.settlementNumber)
    }
    return held
  }
}

function requireWaiting(lines: readonly Line[], number: string): void {
  if (!lines.some(({ settlementNumber, result }) => settlementNumber === number && result === 'waiting')) {
    throw new BadInput([
      { path: 'lines.settlementNumber', expected: 'a line that waits for its result', found: number },
    ])
  }
}

function total(lines: readonly Line[]): number {
  return lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
}
