import { booksOf, fundChart } from '../../benefits/door.ts'
import type { Id, PlainDate, Work } from '../../ground/door.ts'
import { postTransfer } from '../../ledger/door.ts'

/** The fund that pays; the basic pension is the treasury's, and comes into the same fiscal special account. */
export const fund = 'resident_pension'

/** The accounts of the residents' pension fund. */
export const chart = fundChart({
  resident_pension_expense: { title: { zh: '城乡居民养老金支出', en: 'Resident pensions' } },
})

/** Money that has come into the fund: contributions for earlier years, or what it begins with. `existing`: it was booked before. */
export async function bookIncome(
  work: Work,
  income: {
    key: string
    kind: 'opening' | 'back_payment'
    on: PlainDate
    amountFen: number
    caseId?: Id
    reference?: string
  },
): Promise<{ existing: boolean }> {
  const { key, kind, on, amountFen, caseId, reference } = income
  return postTransfer(work, {
    key,
    kind,
    on,
    books: booksOf(fund, work.node.region, chart),
    memo: { code: `posting.${kind}`, params: reference === undefined ? {} : { reference } },
    ...(caseId && { caseId }),
    ...(reference && { reference }),
    entries: [
      { account: { name: 'fiscal_special_account' }, debitFen: amountFen },
      { account: { name: 'contribution_income' }, creditFen: amountFen },
    ],
  })
}
