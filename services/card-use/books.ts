import type { Id, Work } from '../../ground/door.ts'
import { type Books, balanceOf, defineChart, postTransfer } from '../../ledger/door.ts'

/** The accounts of the small purses: the bank's settlement account, what each holder has in the purse, what is owed to each merchant. */
export const chart = defineChart({
  bank_settlement: {
    kind: 'asset',
    book: 'cash',
    title: { zh: '卡钱包备付金账户', en: 'Settlement account of the purses' },
  },
  purse: { kind: 'liability', perParty: true, overdraft: 'refused', title: { zh: '卡钱包', en: 'Purse' } },
  payable_to_merchant: { kind: 'liability', perParty: true, title: { zh: '应付商户', en: 'Payable to merchants' } },
})

const fund = 'card_purse'

/** The books of a node's purses. */
export function purseBooks(work: Work): Books {
  return { fund, agency: work.node.region, chart }
}

/** What a holder has in the purse, in fen. */
export async function purseFen(work: Work, personId: Id): Promise<number> {
  const account = { name: 'purse', party: personId }
  return (await balanceOf(work, { account, books: purseBooks(work) })).balanceFen
}

/** What is owed to a merchant and not settled yet, in fen; below zero where more was refunded since. */
export async function owedToMerchantFen(work: Work, merchantId: Id): Promise<number> {
  const account = { name: 'payable_to_merchant', party: merchantId }
  return (await balanceOf(work, { account, books: purseBooks(work) })).balanceFen
}

/** A movement of the purses; `key` posts once. */
export type PurseMove = { key: string; amountFen: number } & (
  | { kind: 'purse_loaded' | 'purse_unloaded'; personId: Id; reference?: string }
  | { kind: 'purse_paid' | 'purse_refunded'; personId: Id; merchantId: Id }
  | { kind: 'merchant_settled'; merchantId: Id; caseId: Id }
)

/** Posts a movement. Refused: `overdraft_refused` where a purse would go below nothing. */
export async function movePurse(work: Work, move: PurseMove): Promise<void> {
  const [from, to] = accountsOf(move)
  await postTransfer(work, {
    key: `card-use:${move.key}`,
    kind: move.kind,
    on: work.today,
    books: purseBooks(work),
    ...('caseId' in move && { caseId: move.caseId }),
    ...('reference' in move && move.reference !== undefined && { reference: move.reference }),
    memo: { code: `posting.${move.kind}`, params: {} },
    entries: [
      { account: from, debitFen: move.amountFen },
      { account: to, creditFen: move.amountFen },
    ],
  })
}

type Account = { name: string; party?: string }

/** The account debited and the one credited. */
function accountsOf(move: PurseMove): [Account, Account] {
  const bank = { name: 'bank_settlement' }
  switch (move.kind) {
    case 'purse_loaded':
      return [bank, purse(move.personId)]
    case 'purse_unloaded':
      return [purse(move.personId), bank]
    case 'purse_paid':
      return [purse(move.personId), merchant(move.merchantId)]
    case 'purse_refunded':
      return [merchant(move.merchantId), purse(move.personId)]
    case 'merchant_settled':
      return [merchant(move.merchantId), bank]
  }
}

function purse(party: Id): Account {
  return { name: 'purse', party }
}

function merchant(party: Id): Account {
  return { name: 'payable_to_merchant', party }
}
