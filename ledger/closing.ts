import { sql } from 'kysely'
import {
  type Actor,
  addDays,
  BadInput,
  type Id,
  type Instant,
  monthRange,
  type PlainDate,
  quarterRange,
  Refusal,
  type Work,
} from '../ground/door.ts'
import { chainState } from './block.ts'
import type { Books } from './chart.ts'
import { balanceOfTerm, signDocument } from './closing-document.ts'
import { sealWithin } from './seal.ts'
import { ledgerTables } from './tables.ts'

/** The closing of a period: proposed by an officer of payment, and in force once one of audit or internal control has confirmed it. */
export type Closing = {
  id: Id
  fund: string
  agency: string
  /** `YYYY-MM` or `YYYY-Qn`. */
  period: string
  from: PlainDate
  to: PlainDate
  /** The digest of the trial balance as it stood then. */
  balanceDigest: string
  closedBy: Id
  closedAt: Instant
  /** All null until it is confirmed. `document` is the signed trial balance, `signer` the public key (PEM) that verifies it. */
  confirmedBy: Id | null
  confirmedAt: Instant | null
  headNumber: number | null
  headHash: string | null
  document: string | null
  signature: string | null
  signer: string | null
}

/**
 * Closes a month or quarter of the officer's own agency: keeps the trial balance as it stands now, for another officer to confirm. Throws
 * `Refusal` `closing_role` (not an officer of payment there), `period_not_over`, `period_closed` (reopening is not possible), `period_not_next`.
 */
export async function closePeriod(
  work: Work,
  { books, period }: { books: Pick<Books, 'fund' | 'agency'>; period: string },
): Promise<Id> {
  const { fund, agency } = books
  const { userId } = requireOfficer(work.actor, agency, ['pay'])
  const { from, to } = periodRange(period)
  if (to >= work.today) throw new Refusal('period_not_over', { params: { period, toOn: to } })
  requireNext({ period, from }, await closedTo(work, books))
  const { digest } = await balanceOfTerm(work, { fund, agency, from, to })
  const id = work.newId()
  const row = {
    id,
    fund,
    agency,
    period,
    from_on: from,
    to_on: to,
    balance_sm3: digest,
    closed_by: userId,
    closed_at: work.now,
  }
  await ledgerTables(work).insertInto('ledger.closing').values(row).execute()
  return id
}

/**
 * Confirms a closing: from now on nothing is booked under its days. Waits for what is being posted in these books, seals all, and keeps the trial
 * balance with the chain's head, signed by the node. Again is no harm. Throws `Refusal` `closing_unknown`, `closing_role` (not an officer of
 * audit or control there), `closing_same_officer`, `period_closed`, `period_not_next`, `closing_outdated` (booked meanwhile: close it anew).
 */
export async function confirmClosing(work: Work, closingId: Id): Promise<Closing> {
  const proposed = await getClosing(work, closingId)
  const { userId } = requireOfficer(work.actor, proposed.agency, ['audit', 'control'])
  if (userId === proposed.closedBy) throw new Refusal('closing_same_officer', { params: { period: proposed.period } })
  await sql`select ledger.lock_books(${proposed.fund}, ${proposed.agency})`.execute(work.db)
  await work.reach('ledger.books-locked')
  const closing = await getClosing(work, closingId)
  if (closing.confirmedAt !== null) return closing
  requireNext(closing, await closedTo(work, closing))
  const { text, digest } = await balanceOfTerm(work, closing)
  if (digest !== closing.balanceDigest) throw new Refusal('closing_outdated', { params: { period: closing.period } })
  await sealWithin(work)
  const { head } = await chainState(work)
  const { fund, agency, period, from, to, closedBy, closedAt } = closing
  const terms = { format: 1, region: work.node.region, fund, agency, period, from, to, closedBy, closedAt }
  const confirmed = {
    confirmedBy: userId,
    confirmedAt: work.now,
    head: head && { number: head.number, hash: head.hash },
  }
  const signed = signDocument(work, JSON.stringify({ ...terms, ...confirmed, balance: { digest, ...text } }))
  await ledgerTables(work)
    .insertInto('ledger.closing_confirmation')
    .values({
      ...{ closing_id: closingId, fund, agency, from_on: from, to_on: to, closed_by: closedBy },
      ...{ confirmed_by: userId, confirmed_at: work.now },
      ...{ head_number: head?.number ?? null, head_hash: head?.hash ?? null, ...signed },
    })
    .execute()
  await work.reach('ledger.closing-confirmed')
  return getClosing(work, closingId)
}

/** The closings of the agencies and funds that the actor may see, the newest first. */
export function closings(work: Work, filter: { fund?: string; agency?: string } = {}): Promise<Closing[]> {
  let query = selectClosings(work)
  if (filter.fund !== undefined) query = query.where('closing.fund', '=', filter.fund)
  if (filter.agency !== undefined) query = query.where('closing.agency', '=', filter.agency)
  return query.orderBy('closing.closed_at', 'desc').orderBy('closing.id', 'desc').execute()
}

async function getClosing(work: Work, closingId: Id): Promise<Closing> {
  const closing = await selectClosings(work).where('closing.id', '=', closingId).executeTakeFirst()
  if (!closing) throw new Refusal('closing_unknown')
  return closing
}

function selectClosings(work: Work) {
  return ledgerTables(work)
    .selectFrom('ledger.closing as closing')
    .leftJoin('ledger.closing_confirmation as confirmation', 'confirmation.closing_id', 'closing.id')
    .select(['closing.id', 'closing.fund', 'closing.agency', 'closing.period'])
    .select(['closing.from_on as from', 'closing.to_on as to'])
    .select('closing.balance_sm3 as balanceDigest')
    .select(['closing.closed_by as closedBy', 'closing.closed_at as closedAt'])
    .select(['confirmation.confirmed_by as confirmedBy', 'confirmation.confirmed_at as confirmedAt'])
    .select(['confirmation.head_number as headNumber', 'confirmation.head_hash as headHash'])
    .select(['confirmation.document', 'confirmation.signature', 'confirmation.signer'])
}

/** An officer of the agency itself in one of these roles; the same stands in the row-level security of the two tables. */
function requireOfficer(actor: Actor, agency: string, roles: readonly string[]): Extract<Actor, { kind: 'staff' }> {
  if (actor.kind === 'staff' && actor.agency === agency && roles.includes(actor.role)) return actor
  throw new Refusal('closing_role', { params: { agency, roles: roles.join(' / ') } })
}

function periodRange(period: string): { from: PlainDate; to: PlainDate } {
  if (/^\d{4}-Q[1-4]$/.test(period)) return quarterRange(period)
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) return monthRange(period)
  throw new BadInput([{ path: 'period', expected: 'a month YYYY-MM or a quarter YYYY-Qn', found: period }])
}

/** The last closed day of books; none is added before this work ends. */
async function closedTo(work: Work, { fund, agency }: Pick<Books, 'fund' | 'agency'>): Promise<PlainDate | null> {
  const query = sql<{ to: PlainDate | null }>`select ledger.closed_to(${fund}, ${agency}) as "to"`
  return (await query.execute(work.db)).rows[0]?.to ?? null
}

/** Periods are closed one after the other; what is closed stays so, and what is wrong in it is corrected in an open period. */
function requireNext({ period, from }: { period: string; from: PlainDate }, closed: PlainDate | null): void {
  if (closed === null) return
  const params = { period, closedToOn: closed }
  if (from <= closed) throw new Refusal('period_closed', { params })
  if (from !== addDays(closed, 1)) throw new Refusal('period_not_next', { params })
}
