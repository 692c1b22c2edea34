import { booksOf, fundChart } from '../../benefits/door.ts'
import { asActor, type Id, systemActor, type Work } from '../../ground/door.ts'
import { defineChart, type EntrySpec, findTransferByKey, postTransfer, reverseTransfer } from '../../ledger/door.ts'

/** The fund between whose books the money moves. */
export const fund = 'pension'

/** The accounts of the pension fund that a transfer moves; the provinces' fiscal special accounts pay and receive. */
export const chart = defineChart({
  ...fundChart({
    relation_moved_out: { title: { zh: '转移支出', en: 'Relations moved out' } },
    overlap_refund: { title: { zh: '重复缴费个人部分退还', en: 'Refunds of months paid twice' } },
  }),
  relation_moved_in: { kind: 'income', title: { zh: '转移收入', en: 'Relations moved in' } },
  receivable_from_old_region: {
    kind: 'asset',
    perParty: true,
    title: { zh: '应收原参保地', en: 'Receivable from the old region' },
  },
  payable_to_new_region: {
    kind: 'liability',
    perParty: true,
    cashItem: 'relation_moved_out',
    title: { zh: '应付新参保地', en: 'Payable to the new region' },
  },
})

type AccountName =
  | 'fiscal_special_account'
  | 'contribution_income'
  | 'relation_moved_out'
  | 'relation_moved_in'
  | 'receivable_from_old_region'
  | 'payable_to_new_region'

/** A movement of a transfer: what is owed, or what is paid of it. */
export type TransferMovement = { transferNumber: string; partner: string; amountFen: number; caseId: Id }

const movements = {
  in_owed: { debit: 'receivable_from_old_region', credit: 'relation_moved_in' },
  in_received: { debit: 'fiscal_special_account', credit: 'receivable_from_old_region' },
  out_owed: { debit: 'relation_moved_out', credit: 'payable_to_new_region' },
  out_paid: { debit: 'payable_to_new_region', credit: 'fiscal_special_account' },
} as const satisfies Record<string, { debit: AccountName; credit: AccountName }>

/** See `movements`. */
export type MovementKind = keyof typeof movements

const keyOf = (kind: MovementKind, { partner, transferNumber }: Pick<TransferMovement, 'partner' | 'transferNumber'>) =>
  `pension-transfer:${kind}:${partner}:${transferNumber}`

/** Books a movement once, however often it is asked for; an amount of zero moves nothing. */
export async function bookMovement(work: Work, kind: MovementKind, movement: TransferMovement): Promise<void> {
  const { transferNumber, partner, amountFen, caseId } = movement
  if (amountFen === 0) return
  const accountOf = (name: AccountName): EntrySpec['account'] =>
    name.endsWith('_region') ? { name, party: partner } : { name }
  await postTransfer(work, {
    key: keyOf(kind, movement),
    kind: `pension_transfer_${kind}`,
    on: work.today,
    books: booksOf(fund, work.node.region, chart),
    caseId,
    reference: transferNumber,
    memo: { code: `posting.pension_transfer_${kind}`, params: { reference: transferNumber } },
    entries: [
      { account: accountOf(movements[kind].debit), debitFen: amountFen },
      { account: accountOf(movements[kind].credit), creditFen: amountFen },
    ],
  })
}

/** Takes a movement back whole, once; nothing where it was never made or is taken back already. */
export async function takeMovementBack(
  work: Work,
  kind: MovementKind,
  movement: Omit<TransferMovement, 'amountFen' | 'caseId'>,
): Promise<void> {
  const key = keyOf(kind, movement)
  // Officers of cities do not see the province's books, yet their steps move them.
  const original = await asActor(work, systemActor, (system) => findTransferByKey(system, key))
  if (!original || original.correctedFen === original.totalFen) return
  const { transferNumber: reference } = movement
  await reverseTransfer(work, {
    transferId: original.id,
    key: `undo:${key}`,
    kind: `pension_transfer_${kind}_undone`,
    on: work.today,
    memo: { code: `posting.pension_transfer_${kind}_undone`, params: { reference } },
    reference,
  })
}

/** Contributions received so far: the fiscal special account cannot go below zero. */
export async function openFund(work: Work, amountFen: number): Promise<void> {
  await postTransfer(work, {
    key: 'pension-transfer-opening',
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
