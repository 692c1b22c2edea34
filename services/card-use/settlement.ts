import { z } from 'zod'
import { defineFlow, stepsOf } from '../../cases/door.ts'
import { asActor, type Id, Refusal, schemaFen, schemaId, systemActor, takeTurns, type Work } from '../../ground/door.ts'
import { balances } from '../../ledger/door.ts'
import type { ServiceTools } from '../contract.ts'
import { movePurse, owedToMerchantFen, purseBooks } from './books.ts'

/** The flow of daily settlements with merchants. */
export const settlementFlowId = 'card-settlement'

const line = z.strictObject({ merchantId: schemaId, amountFen: schemaFen })

const settlementState = z.strictObject({ lines: z.array(line), settled: z.array(line) })

type State = z.infer<typeof settlementState>
type Status = 'drawn_up' | 'settled' | 'rejected'

const step = stepsOf<State, Status>()

/**
 * The daily settlement: everything owed to merchants in one batch, drawn up by one officer and approved by another, which posts it. What was given
 * back to holders meanwhile is not paid out.
 */
export function settlementFlow({ cases }: ServiceTools) {
  const drawUp = step({
    title: { zh: '编制清算批次', en: 'Draw up the settlement' },
    opens: true,
    by: ['pay'],
    body: z.strictObject({}),
    record: z.strictObject({ lines: z.array(line) }),
    to: 'drawn_up',
    async take({ work }) {
      await takeTurns(work, 'card-settlement')
      const open = await asActor(work, systemActor, (system) =>
        cases().find(system, { flow: settlementFlowId, open: true, limit: 1 }),
      )
      const [other] = open
      if (other) throw new Refusal('settlement_open', { params: { number: other.number } })
      const lines = await owedLines(work)
      if (lines.length === 0) throw new Refusal('nothing_to_settle')
      return { record: { lines } }
    },
    fold: (state, { body }) => ({ ...state, lines: body.lines }),
  })

  const approve = step({
    title: { zh: '审批并清算', en: 'Approve and settle' },
    from: ['drawn_up'],
    by: ['approve'],
    notSameUserAs: ['drawUp'],
    body: z.strictObject({ outcome: z.enum(['approved', 'rejected']), opinion: z.string().trim().min(1).max(300) }),
    record: z.strictObject({ opinion: z.string(), settled: z.array(line) }),
    to: { approved: 'settled', rejected: 'rejected' },
    async take({ work, file, body: { outcome, opinion } }) {
      const settled = outcome === 'approved' ? await settle(work, file.id, file.state.lines) : []
      return { outcome, record: { opinion, settled } }
    },
    fold: (state, { body }) => ({ ...state, settled: body.settled }),
  })

  return defineFlow<State>({
    id: settlementFlowId,
    service: 'card-use',
    version: 1,
    title: { zh: '商户清算批次', en: 'Settlement with merchants' },
    numberPrefix: 'KQ',
    state: settlementState,
    initial: { lines: [], settled: [] },
    statuses: {
      drawn_up: { title: { zh: '待审批', en: 'To be approved' }, task: { role: 'approve' } },
      settled: { title: { zh: '已清算', en: 'Settled' }, final: true },
      rejected: { title: { zh: '已退回', en: 'Rejected' }, final: true },
    },
    steps: { drawUp, approve },
    summary: ({ state: { lines, settled } }) => ({
      merchants: lines.length,
      totalFen: sumOf(lines),
      settledFen: settled.length > 0 ? sumOf(settled) : null,
    }),
  })
}

function owedLines(work: Work): Promise<z.infer<typeof line>[]> {
  return asActor(work, systemActor, async (system) => {
    const { fund, agency } = purseBooks(system)
    const owed = await balances(system, { fund, agency, name: 'payable_to_merchant' })
    return owed.flatMap(({ party, balanceFen }) =>
      party !== null && balanceFen > 0 ? [{ merchantId: party, amountFen: balanceFen }] : [],
    )
  })
}

function settle(work: Work, caseId: Id, lines: State['lines']): Promise<State['lines']> {
  return asActor(work, systemActor, async (system) => {
    const settled: State['lines'] = []
    for (const { merchantId, amountFen: drawnFen } of lines) {
      const amountFen = Math.min(drawnFen, await owedToMerchantFen(system, merchantId))
      if (amountFen <= 0) continue
      await movePurse(system, {
        key: `settle:${caseId}:${merchantId}`,
        kind: 'merchant_settled',
        merchantId,
        caseId,
        amountFen,
      })
      settled.push({ merchantId, amountFen })
    }
    return settled
  })
}

function sumOf(lines: State['lines']): number {
  return lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
}
