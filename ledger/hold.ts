import { sql } from 'kysely'
import {
  actorUserId,
  builtOnce,
  type Given,
  type Id,
  type Instant,
  millisecondsBetween,
  must,
  Refusal,
  type Work,
} from '../ground/door.ts'
import { openAccount } from './account.ts'
import { requireAmount } from './amount.ts'
import { type AccountKind, type AccountRef, type Books, growsBy } from './chart.ts'
import { refusingOverdraft } from './overdraft.ts'
import { asLedger, type HoldOutcome, type LedgerTables, ledgerTables } from './tables.ts'
import { postTransfer, type TransferSpec } from './transfer.ts'
import type { PostedTransfer } from './transfer-record.ts'

/** An amount to keep back on an account until it is posted, released or expires. `key` makes placing it idempotent. */
export type HoldSpec = {
  key: string
  books: Books
  account: AccountRef
  amountFen: number
  expiresAt: Instant
  caseId?: Id
}

/** What became of placing a hold. `existing`: the same hold was there already. */
export type PlacedHold = { holdId: Id; existing: boolean }

/**
 * A hold as recorded. `ended` is null while it keeps its amount back: until it is posted or released, or the clockwork ends it after
 * `expiresAt` (`expireHolds`).
 */
export type Hold = {
  id: Id
  key: string
  account: string
  party: string | null
  kind: AccountKind
  accountId: Id
  agency: string
  amountFen: number
  expiresAt: Instant
  caseId: Id | null
  ended: HoldOutcome | null
  transferKey: string | null
}

/**
 * Keeps an amount back. Throws `Refusal` `overdraft_refused` where the account refuses overdraft and has less available, and
 * `hold_key_reused` for the same key with another account, amount or expiry.
 */
export async function placeHold(work: Work, spec: HoldSpec): Promise<PlacedHold> {
  requireAmount(spec.amountFen)
  const userId = actorUserId(work.actor)
  return asLedger(work, async (part) => {
    const account = await openAccount(part, spec.books, spec.account)
    const insert = ledgerTables(part)
      .insertInto('ledger.hold')
      .values({
        id: part.newId(),
        key: spec.key,
        account_id: account.id,
        fund: account.fund,
        agency: account.agency,
        amount_fen: spec.amountFen,
        placed_at: part.now,
        expires_at: spec.expiresAt,
        case_id: spec.caseId ?? null,
        user_id: userId,
      })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returning('id')
    const placed = await refusingOverdraft(insert.executeTakeFirst())
    if (placed) return { holdId: placed.id, existing: false }
    const hold = await getHold(part, spec.key)
    const sameTerm = millisecondsBetween(hold.expiresAt, spec.expiresAt) === 0
    const same = sameTerm && hold.accountId === account.id && hold.amountFen === spec.amountFen
    if (!same) throw new Refusal('hold_key_reused', { params: { key: spec.key } })
    return { holdId: hold.id, existing: true }
  })
}

/**
 * Ends a hold and posts the transfer it was placed for, in one. Throws `Refusal` `hold_ended` where it was released or posted by another
 * transfer, `hold_expired` after its expiry, `hold_exceeded` where the transfer takes more from the account than was held.
 */
export async function postHold(work: Work, spec: { key: string; transfer: TransferSpec }): Promise<PostedTransfer> {
  await endHold(work, spec.key, 'posted', spec.transfer)
  return postTransfer(work, spec.transfer)
}

/** Ends a hold without posting anything. Again, or after it expired, is no harm; throws `Refusal` `hold_ended` where it was posted. */
export function releaseHold(work: Work, spec: { key: string }): Promise<void> {
  return endHold(work, spec.key, 'released')
}

/**
 * Ends the holds whose term is over, each once, and returns how many. For the clockwork: until it has run, an amount is kept back although
 * its term is over, so that no reading at another hour changes what is available.
 */
export function expireHolds(work: Work): Promise<number> {
  return asLedger(work, async (part) => {
    const insert = ledgerTables(part)
      .insertInto('ledger.hold_end')
      .columns(['hold_id', 'agency', 'outcome', 'ended_at'])
      .expression((expression) =>
        expression
          .selectFrom('ledger.open_hold')
          .select(['hold_id', 'agency', sql.lit<HoldOutcome>('expired').as('outcome')])
          .select(sql<Instant>`${part.now}::timestamptz`.as('ended_at'))
          .where('expires_at', '<=', part.now)
          .orderBy('hold_id'),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning('hold_id')
    return (await insert.execute()).length
  })
}

/** The hold placed under this key, or undefined where there is none that the actor may see. */
export async function findHold(work: Work, key: string): Promise<Hold | undefined> {
  return (await work.db.executeQuery(holdOfKey({ key }))).rows[0]
}

const holdOfKey = builtOnce((query, given: Given<{ key: string }>) =>
  query
    .withTables<LedgerTables>()
    .selectFrom('ledger.hold as hold')
    .innerJoin('ledger.account as account', 'account.id', 'hold.account_id')
    .leftJoin('ledger.hold_end as end', 'end.hold_id', 'hold.id')
    .select([
      'hold.id',
      'hold.key',
      'account.name as account',
      'account.party',
      'account.kind',
      'account.id as accountId',
      'hold.agency',
      'hold.amount_fen as amountFen',
      'hold.expires_at as expiresAt',
      'hold.case_id as caseId',
      'end.outcome as ended',
      'end.transfer_key as transferKey',
    ])
    .where('hold.key', '=', given('key')),
)

async function getHold(work: Work, key: string): Promise<Hold> {
  return must(await findHold(work, key), `hold ${key}`)
}

async function endHold(
  work: Work,
  key: string,
  outcome: Exclude<HoldOutcome, 'expired'>,
  transfer?: TransferSpec,
): Promise<void> {
  const userId = actorUserId(work.actor)
  await asLedger(work, async (part) => {
    const hold = await getHold(part, key)
    if (transfer) requirePostable(hold, transfer, part.now)
    const transferKey = transfer?.key ?? null
    const insert = ledgerTables(part)
      .insertInto('ledger.hold_end')
      .values({
        hold_id: hold.id,
        agency: hold.agency,
        outcome,
        transfer_key: transferKey,
        ended_at: part.now,
        user_id: userId,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('hold_id')
    if (await insert.executeTakeFirst()) return part.reach('ledger.hold-ended')
    const { ended, transferKey: endedBy } = await getHold(part, key)
    if (outcome === 'released' && ended === 'expired') return
    if (ended !== outcome || endedBy !== transferKey) throw new Refusal('hold_ended', { params: { key, ended } })
  })
}

function requirePostable(hold: Hold, transfer: TransferSpec, now: Instant): void {
  // One that has ended is judged by how it ended.
  if (hold.ended !== null && hold.ended !== 'expired') return
  if (hold.expiresAt <= now) throw new Refusal('hold_expired', { params: { key: hold.key, expiresAt: hold.expiresAt } })
  const takenFen = takenFrom(hold, transfer)
  if (takenFen > hold.amountFen) {
    throw new Refusal('hold_exceeded', { params: { key: hold.key, heldFen: hold.amountFen, takenFen } })
  }
}

/** By how many fen a transfer lowers the account that a hold stands on. */
function takenFrom(hold: Hold, transfer: TransferSpec): number {
  const own = transfer.entries.filter(
    ({ account }) => account.name === hold.account && (account.party ?? null) === hold.party,
  )
  const debitFen = own.reduce((sum, entry) => ('debitFen' in entry ? sum + entry.debitFen : sum - entry.creditFen), 0)
  return growsBy(hold.kind) === 'debit' ? -debitFen : debitFen
}
