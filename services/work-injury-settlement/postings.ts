import { asActor, type Id, type PlainDate, systemActor, type Work } from '../../ground/door.ts'
import { provinceOf } from '../../law/door.ts'
import {
  type Books,
  correctTransfer,
  defineChart,
  type EntrySpec,
  findTransferByKey,
  type PostedTransfer,
  postTransfer,
} from '../../ledger/door.ts'

/**
 * The accounts of domain.md. `†` there: accrual sub-ledger; the statutory books are on a cash basis (收付实现制, 财会〔2017〕28号) and derived.
 */
export const chart = defineChart({
  fiscal_special_account: { kind: 'asset', book: 'cash', title: { zh: '财政专户', en: 'Fiscal special account' } },
  expenditure_account: { kind: 'asset', book: 'cash', title: { zh: '支出户', en: 'Expenditure account' } },
  contribution_income: { kind: 'income', title: { zh: '保险费收入', en: 'Contribution income' } },
  benefit_expense: { kind: 'expense', title: { zh: '工伤保险待遇支出', en: 'Benefit expense' } },
  advances_paid: {
    kind: 'asset',
    book: 'statutory',
    perParty: true,
    title: { zh: '暂付款（预付金）', en: 'Advances paid (prepaid fund)' },
  },
  advances_received: {
    kind: 'liability',
    book: 'statutory',
    perParty: true,
    title: { zh: '暂收款（预付金）', en: 'Advances received (prepaid fund)' },
  },
  payable_to_region: {
    kind: 'liability',
    perParty: true,
    cashItem: 'benefit_expense',
    title: { zh: '应付就医地', en: 'Payable to the treatment region' },
  },
  receivable_from_region: {
    kind: 'asset',
    perParty: true,
    title: { zh: '应收参保地', en: 'Receivable from the insured region' },
  },
  payable_to_hospital: {
    kind: 'liability',
    perParty: true,
    title: { zh: '应付医疗机构', en: 'Payable to the hospital' },
  },
  receivable_from_hospital: {
    kind: 'asset',
    perParty: true,
    title: { zh: '应收医疗机构（待抵扣）', en: 'Receivable from the hospital (to be offset)' },
  },
  payable_to_person: {
    kind: 'liability',
    perParty: true,
    cashItem: 'benefit_expense',
    title: { zh: '应付个人', en: 'Payable to the person' },
  },
})

/** The work-injury fund's books of a region: kept by the province, whose fiscal special account pays and receives. */
export function fundBooks(region: string): Books {
  return { fund: 'work_injury', agency: provinceOf(region).code, chart }
}

type AccountName = keyof typeof chart

/** An entry by account name, `name:party` where the account is kept per party. */
type AccountSpec = AccountName | `${AccountName}:${string}`

function entry(account: AccountSpec, side: 'debitFen' | 'creditFen', amountFen: number): EntrySpec {
  const [name = '', party] = account.split(':')
  const ref = party === undefined ? { name } : { name, party }
  return side === 'debitFen' ? { account: ref, debitFen: amountFen } : { account: ref, creditFen: amountFen }
}

/** One movement between two accounts of this node's fund. `key` makes it idempotent; a `corrects` names the transfer it undoes in part. */
export type Movement = {
  key: string
  kind: string
  on: PlainDate
  from: AccountSpec
  to: AccountSpec
  amountFen: number
  caseId?: Id
  reference?: string
}

/** Posts a debit of `to` and a credit of `from`. The memo code is `posting.<kind>`. */
export function move(work: Work, movement: Movement): Promise<PostedTransfer> {
  const { key, kind, on, from, to, amountFen, caseId, reference } = movement
  return postTransfer(work, {
    key,
    kind,
    on,
    books: fundBooks(work.node.region),
    ...(caseId && { caseId }),
    ...(reference && { reference }),
    memo: { code: `posting.${kind}`, params: reference ? { reference } : {} },
    entries: [entry(to, 'debitFen', amountFen), entry(from, 'creditFen', amountFen)],
  })
}

/** What takes a transfer back, wholly or in part; kind, key and reference are its own. */
type TakingBack = { key: string; kind: string; reference: string; amountFen: number }

/**
 * Takes back what it can of a movement, at most `amountFen`, by a transfer that names it. Returns how much that was: nothing where the movement
 * was never made or is taken back already.
 */
export async function takeBack(
  work: Work,
  originalKey: string,
  { key, kind, reference, amountFen }: TakingBack,
): Promise<number> {
  // A hospital does not see the books, yet its undoing stands in them.
  const original = await asActor(work, systemActor, (system) => findTransferByKey(system, originalKey))
  const takenFen = original ? Math.min(amountFen, original.totalFen - original.correctedFen) : 0
  if (!original || takenFen === 0) return 0
  await correctTransfer(work, {
    transferId: original.id,
    key,
    kind,
    on: work.today,
    memo: { code: `posting.${kind}`, params: { reference } },
    reference,
    takeBack: original.entries.map(({ no }) => ({ no, amountFen: takenFen })),
  })
  return takenFen
}

/** Takes back all that is left of a movement; nothing where it was never made (an amount of zero). */
export async function mirror(work: Work, originalKey: string, reference: string): Promise<void> {
  const all = Number.MAX_SAFE_INTEGER
  await takeBack(work, originalKey, { key: `undo-${originalKey}`, kind: 'undoing', reference, amountFen: all })
}
