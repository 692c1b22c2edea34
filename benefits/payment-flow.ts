import { z } from 'zod'
import { defineFlow, stepsOf } from '../cases/door.ts'
import { BadInput, type BothLanguages, schemaDate, schemaFen, schemaId } from '../ground/door.ts'
import type { BenefitTools } from './benefit.ts'
import { type BatchLine, type BatchOf, drawLines, drawMoney, settleLine } from './payment-batch.ts'
import { tellCases } from './payment-telling.ts'
import { payeeKinds } from './tables.ts'

const batchLine = z.strictObject({
  orderId: schemaId,
  caseId: schemaId,
  caseNumber: z.string(),
  purpose: z.string(),
  payee: z.strictObject({ kind: z.enum(payeeKinds), id: z.string() }),
  amountFen: schemaFen,
  offsetFen: schemaFen,
  accountMasked: z.string(),
  result: z.enum(['waiting', 'paid', 'returned', 'withdrawn']),
  reason: z.string().nullable(),
}) satisfies z.ZodType<BatchLine>

/** Parses the state of a batch. */
export const batchState = z.strictObject({
  lines: z.array(batchLine),
  totalFen: schemaFen,
  offsetFen: schemaFen,
  withoutAccount: z.array(z.string()),
  closedOn: schemaDate.nullable(),
})

/** The state of a batch. */
export type BatchState = z.infer<typeof batchState>
type Status = 'drawn_up' | 'sent' | 'closed' | 'withdrawn'

const step = stepsOf<BatchState, Status>()

/**
 * What a batch of payments is of: a flow id, its service and its fund. Its cases take `notePaid`, `noteReturned` and
 * `noteOffset` as the system, and tell what is owed as `owedFen`, in the state and in the summary.
 */
export type PaymentFlowSpec = BatchOf & { id: string; title: BothLanguages; numberPrefix: string }

/** A bank batch: drawn up, approved by another officer, answered line by line. A returned payment waits for a mended account and a later batch. */
export function paymentFlow(tools: Pick<BenefitTools, 'cases'>, spec: PaymentFlowSpec) {
  const open = step({
    title: { zh: '编制支付批次', en: 'Draw up the batch' },
    opens: true,
    by: ['pay'],
    body: z.strictObject({}),
    record: batchState.omit({ closedOn: true }),
    to: 'drawn_up',
    async take({ work, file }) {
      const agency = work.actor.kind === 'staff' ? work.actor.agency : work.node.region
      const { lines, withoutAccount } = await drawLines(work, spec, { batchId: file.id, agency })
      const totalFen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
      const offsetFen = lines.reduce((sum, line) => sum + line.offsetFen, 0)
      return { record: { lines, totalFen, offsetFen, withoutAccount }, subject: { agency } }
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
      const batch = { id: file.id, number: file.number, agency: file.agency }
      if (body.outcome === 'approved') await drawMoney(work, spec, { ...batch, totalFen: file.state.totalFen })
      else
        for (const line of file.state.lines)
          await settleLine(work, spec, { batch, line, result: 'withdrawn' }, body.opinion)
      await work.reach('benefits.batch.approved')
      return { outcome: body.outcome, record: body }
    },
  })

  const recordResult = step({
    title: { zh: '登记银行回盘', en: "Record the bank's results" },
    from: ['sent'],
    by: ['pay'],
    notSameUserAs: ['approve'],
    body: z.strictObject({
      /** What the bank says of single lines. */
      lines: z
        .array(
          z.strictObject({
            orderId: schemaId,
            result: z.enum(['paid', 'returned']),
            reason: z.string().trim().max(200).optional(),
          }),
        )
        .max(2_000),
      /** All lines that are not named were paid. Those that were wholly offset need no bank and are, with the first answer. */
      othersPaid: z.boolean().default(false),
    }),
    record: batchState.pick({ lines: true, closedOn: true }),
    to: { some: 'sent', all: 'closed' },
    async take({ work, file, body }) {
      for (const [index, { orderId }] of body.lines.entries()) requireWaiting(file.state.lines, orderId, index)
      const answers = new Map(body.lines.map((line) => [line.orderId, line]))
      const batch = { id: file.id, number: file.number, agency: file.agency }
      const lines: BatchLine[] = []
      for (const line of file.state.lines) {
        const { result, reason = null } = answers.get(line.orderId) ?? {
          result: body.othersPaid || line.amountFen === 0 ? 'paid' : undefined,
        }
        if (line.result !== 'waiting' || result === undefined) {
          lines.push(line)
          continue
        }
        await settleLine(work, spec, { batch, line, result }, reason)
        await tellCases(work, tools, { batch, line, result }, reason)
        lines.push({ ...line, result, reason })
      }
      const isOpen = lines.some(({ result }) => result === 'waiting')
      return { outcome: isOpen ? 'some' : 'all', record: { lines, closedOn: isOpen ? null : work.today } }
    },
    fold: (state, { body }) => ({ ...state, lines: body.lines, closedOn: body.closedOn }),
  })

  return defineFlow<BatchState>({
    id: spec.id,
    service: spec.service,
    version: 1,
    title: spec.title,
    numberPrefix: spec.numberPrefix,
    state: batchState,
    initial: { lines: [], totalFen: 0, offsetFen: 0, withoutAccount: [], closedOn: null },
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

function requireWaiting(lines: readonly BatchLine[], orderId: string, index: number): void {
  if (lines.some((line) => line.orderId === orderId && line.result === 'waiting')) return
  throw new BadInput([{ path: `lines.${index}.orderId`, expected: 'a line that waits for its result', found: orderId }])
}
