import { booksOf, fundChart } from '../../benefits/door.ts'
import type { PlainDate, Work } from '../../ground/door.ts'
import { asActor, systemActor } from '../../ground/door.ts'
import { postTransfer } from '../../ledger/door.ts'
import type { LineKind } from './claim-state.ts'

/** The fund that pays. */
export const fund = 'unemployment'

/** The accounts of the unemployment fund; the funds that receive premiums keep theirs by the same chart. */
export const chart = fundChart({
  unemployment_benefit_expense: { title: { zh: '失业保险金支出', en: 'Unemployment benefit' } },
  medical_premium_expense: { title: { zh: '代缴医疗保险（含生育保险）费支出', en: 'Medical premiums paid on behalf' } },
  price_subsidy_expense: { title: { zh: '价格临时补贴支出', en: 'Price subsidies' } },
  pension_premium_expense: { title: { zh: '代缴养老保险费支出', en: 'Pension premiums paid on behalf' } },
})

/** The account under which a line is booked. */
export const expenseOf: Readonly<Record<LineKind, string>> = {
  unemployment_benefit: 'unemployment_benefit_expense',
  medical_premium: 'medical_premium_expense',
  price_subsidy: 'price_subsidy_expense',
  pension_premium: 'pension_premium_expense',
}

/** The insurance whose fund receives a line; undefined for what goes to the person. */
export const insuranceOf: Readonly<Record<LineKind, 'medical' | 'pension' | undefined>> = {
  unemployment_benefit: undefined,
  medical_premium: 'medical',
  price_subsidy: undefined,
  pension_premium: 'pension',
}

/** A premium that the receiving fund has got: which one, of which agency's province, how much, and the payment order it came by. */
export type ReceivedPremium = {
  insurance: 'medical' | 'pension'
  agency: string
  amountFen: number
  orderId: string
  caseNumber: string
  on: PlainDate
}

/** Books a premium with the fund that receives it, once for each order. */
export async function bookReceivedPremium(work: Work, premium: ReceivedPremium): Promise<void> {
  const { insurance, agency, amountFen, orderId, caseNumber: reference, on } = premium
  await asActor(work, systemActor, (node) =>
    postTransfer(node, {
      key: `premium:${orderId}`,
      kind: 'premium_received',
      on,
      books: booksOf(insurance, agency, chart),
      memo: { code: 'posting.premium_received', params: { reference } },
      reference,
      entries: [
        { account: { name: 'fiscal_special_account' }, debitFen: amountFen },
        { account: { name: 'contribution_income' }, creditFen: amountFen },
      ],
    }),
  )
}
