import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { sm3, type Work } from '../ground/door.ts'
import { ledgerTables } from './tables.ts'

/** Transfers with everything that is sealed of them: their own columns, their entries, and the nature of the accounts these stand on. */
export function selectSealable(work: Work) {
  return ledgerTables(work)
    .selectFrom('ledger.transfer as transfer')
    .select(['transfer.id', 'transfer.seq', 'transfer.key', 'transfer.kind', 'transfer.fund', 'transfer.agency'])
    .select(['transfer.booked_on', 'transfer.occurred_on', 'transfer.case_id', 'transfer.reference'])
    .select(['transfer.corrects', 'transfer.link_id', 'transfer.link_no', 'transfer.user_id', 'transfer.content_sm3'])
    .select(['transfer.entry_count', 'transfer.total_fen'])
    .select([
      // To the microsecond as stored, and in PostgreSQL's own order of keys, so that nothing is lost on the way.
      sql<string>`to_char(transfer.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`.as('recordedAt'),
      sql<string>`transfer.memo::text`.as('memo'),
    ])
    .select((outer) =>
      jsonArrayFrom(
        outer
          .selectFrom('ledger.entry as entry')
          .innerJoin('ledger.account as account', 'account.id', 'entry.account_id')
          .select(['entry.no', 'entry.account_id', 'entry.fund', 'entry.agency', 'entry.side', 'entry.amount_fen'])
          .select(['account.name', 'account.party', 'account.kind', 'account.book', 'account.cash_item'])
          .select('account.overdraft')
          .whereRef('entry.transfer_id', '=', 'transfer.id')
          .orderBy('entry.no'),
      ).as('entries'),
    )
}

/** A transfer as it is sealed. */
export type SealableTransfer = Awaited<ReturnType<ReturnType<typeof selectSealable>['execute']>>[number]

/** The digest (SM3) of all that is sealed of a transfer, in format 1: the columns in the order written here. */
export function transferDigest(transfer: SealableTransfer): string {
  const { id, seq, key, kind, fund, agency, booked_on, occurred_on, recordedAt, case_id, reference } = transfer
  const { corrects, link_id, link_no, user_id, memo, content_sm3, entry_count, total_fen } = transfer
  const entries = transfer.entries.map((entry) => {
    const { no, account_id, side, amount_fen, name, party, book, cash_item, overdraft } = entry
    return [
      no,
      account_id,
      entry.fund,
      entry.agency,
      side,
      amount_fen,
      name,
      party,
      entry.kind,
      book,
      cash_item,
      overdraft,
    ]
  })
  const head = [id, seq, key, kind, fund, agency, booked_on, occurred_on, recordedAt, case_id, reference]
  const tail = [corrects, link_id, link_no, user_id, memo, content_sm3, entry_count, total_fen]
  return sm3(JSON.stringify([...head, ...tail, entries]))
}
