import * as z from 'zod/mini'
import { type CaseView, defineWords } from '../../kit/door.ts'

const batchLine = z.object({
  orderId: z.string(),
  caseId: z.string(),
  caseNumber: z.string(),
  purpose: z.string(),
  amountFen: z.number(),
  offsetFen: z.number(),
  accountMasked: z.string(),
  result: z.enum(['waiting', 'paid', 'returned', 'withdrawn']),
  reason: z.nullable(z.string()),
})

const batchState = z.object({
  lines: z.array(batchLine),
  totalFen: z.number(),
  offsetFen: z.number(),
  withoutAccount: z.array(z.string()),
})

/** A payment of a batch. */
export type BatchLine = z.infer<typeof batchLine>

/** What a bank batch keeps. */
export function batchStateOf({ file }: CaseView): z.infer<typeof batchState> {
  return z.parse(batchState, file.state)
}

/** What the bank said of a payment, in words and in the colours that repeat it. */
export const resultWords = defineWords({
  waiting: { zh: '待回盘', en: 'waiting' },
  paid: { zh: '已付', en: 'paid' },
  returned: { zh: '退票', en: 'returned' },
  withdrawn: { zh: '已退回', en: 'withdrawn' },
})

/** See `resultWords`. */
export const resultColours = { waiting: 'default', paid: 'success', returned: 'error', withdrawn: 'default' } as const
