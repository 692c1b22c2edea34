import { booksOf } from '../../benefits/door.ts'
import type { Work } from '../../ground/door.ts'
import { postTransfer } from '../../ledger/door.ts'
import { upsertControlRule } from '../../registers/door.ts'
import type { DemoWorld } from '../contract.ts'
import { chart, fund } from './fund-books.ts'

/** What the fund has received in Hebei and Ningxia, and Hebei's control rules of acceptance. */
export async function seed({ node, run }: DemoWorld): Promise<void> {
  if (node.region !== '130000' && node.region !== '640000') return
  await run(async (work) => {
    await openFund(work, 5_000_000_000)
    if (node.region !== '130000') return
    for (const rule of controlRules) await upsertControlRule(work, { ...rule, ...assumedFrom })
  })
}

const assumedFrom = { from: '2025-01-01', source: 'B3.09', assumed: true, service: 'unemployment-protection' }

const controlRules = [
  {
    code: 'ui_short_employment',
    level: 'medium',
    name: { zh: '最后一次就业时间很短', en: 'The last employment was very short' },
  },
  { code: 'ui_earlier_benefit', level: 'low', name: { zh: '以前领取过失业保险金', en: 'Drew the benefit before' } },
] as const

/** Contributions received so far: the fiscal special account cannot go below zero. */
export async function openFund(work: Work, amountFen: number): Promise<void> {
  await postTransfer(work, {
    key: 'unemployment-opening',
    kind: 'opening',
    on: '2026-01-01',
    books: booksOf(fund, work.node.region, chart),
    memo: { code: 'posting.opening', params: {} },
    entries: [
      { account: { name: 'fiscal_special_account' }, debitFen: amountFen },
      { account: { name: 'contribution_income' }, creditFen: amountFen },
    ],
  })
}
