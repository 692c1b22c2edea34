import type { Id, PlainDate, Work } from '../ground/door.ts'
import type { AccountBook, AccountKind, Books, Side } from './chart.ts'
import { ledgerTables, type Memo } from './tables.ts'

/**
 * What an item of the cash-basis book is: `cash` money itself, `advance` an advance paid or received, `income` and `expenditure` what the
 * money was for.
 */
export type CashBookClass = 'cash' | 'advance' | 'income' | 'expenditure'

/** One entry as it stands in the cash-basis book. Amount in whole fen. */
export type CashBookLine = {
  transferId: Id
  on: PlainDate
  kind: string
  memo: Memo
  caseId: Id | null
  class: CashBookClass
  /** The account's name, or for what was settled by money the income or expenditure that its chart names. */
  item: string
  party: string | null
  side: Side
  amountFen: number
}

/** The turnover of one item of the cash-basis book, in whole fen. */
export type CashBookItem = { class: CashBookClass; item: string; debitFen: bigint; creditFen: bigint }

/** The cash-basis book (收付实现制) of one set of books: debits and credits of all items are equal. */
export type CashBook = { lines: CashBookLine[]; items: CashBookItem[] }

/**
 * The cash-basis book between two business dates (both included), derived from the accrual sub-ledger: the transfers that touch cash or
 * another statutory account, whose accrual entries stand as the income or expenditure that was settled (财会〔2017〕28号). Pure accruals
 * do not appear.
 */
export async function cashBook(
  work: Work,
  spec: { books: Pick<Books, 'fund' | 'agency'>; from: PlainDate; to: PlainDate },
): Promise<CashBook> {
  const entries = await readEntries(work, spec)
  const lines = entries.map(({ book, accountKind, ...line }) => ({ ...line, class: classOf(book, accountKind) }))
  return { lines, items: itemsOf(lines) }
}

function readEntries(
  work: Work,
  { books, from, to }: { books: Pick<Books, 'fund' | 'agency'>; from: PlainDate; to: PlainDate },
) {
  return ledgerTables(work)
    .selectFrom('ledger.transfer as transfer')
    .innerJoin('ledger.entry as entry', 'entry.transfer_id', 'transfer.id')
    .innerJoin('ledger.account as account', 'account.id', 'entry.account_id')
    .select([
      'transfer.id as transferId',
      'transfer.booked_on as on',
      'transfer.kind',
      'transfer.memo',
      'transfer.case_id as caseId',
      'account.book',
      'account.kind as accountKind',
      'account.cash_item as item',
      'account.party',
      'entry.side',
      'entry.amount_fen as amountFen',
    ])
    .where('transfer.fund', '=', books.fund)
    .where('transfer.agency', '=', books.agency)
    .where('transfer.booked_on', '>=', from)
    .where('transfer.booked_on', '<=', to)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('ledger.entry as touched')
          .innerJoin('ledger.account as statutory', 'statutory.id', 'touched.account_id')
          .select('touched.no')
          .whereRef('touched.transfer_id', '=', 'transfer.id')
          .where('statutory.book', '!=', 'accrual'),
      ),
    )
    .orderBy('transfer.booked_on')
    .orderBy('transfer.seq')
    .orderBy('entry.no')
    .execute()
}

function classOf(book: AccountBook, kind: AccountKind): CashBookClass {
  if (book === 'cash') return 'cash'
  if (book === 'statutory' && (kind === 'asset' || kind === 'liability')) return 'advance'
  return kind === 'expense' || kind === 'liability' ? 'expenditure' : 'income'
}

function itemsOf(lines: readonly CashBookLine[]): CashBookItem[] {
  const items = new Map<string, CashBookItem>()
  for (const line of lines) {
    const key = `${line.class} ${line.item}`
    const item = items.get(key) ?? { class: line.class, item: line.item, debitFen: 0n, creditFen: 0n }
    if (line.side === 'debit') item.debitFen += BigInt(line.amountFen)
    else item.creditFen += BigInt(line.amountFen)
    items.set(key, item)
  }
  return [...items.values()].sort((a, b) => (`${a.class} ${a.item}` < `${b.class} ${b.item}` ? -1 : 1))
}
