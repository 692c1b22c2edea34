import { booksOf } from '../../benefits/door.ts'
import type { Work } from '../../ground/door.ts'
import { postTransfer } from '../../ledger/door.ts'
import { chart, fund } from './fund-books.ts'

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
