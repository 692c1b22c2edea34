import { z } from 'zod'
import { type Id, type Instant, type PlainDate, parseInput, Refusal, type Work } from '../ground/door.ts'
import { getPublishedValue } from './published-values.ts'
import { requireOwnSign, signOf } from './signs.ts'
import { type Officer, requireOfficer, requireOwnRegion } from './value-officer.ts'
import { valueTables } from './value-tables.ts'

/** Why a publication is taken back. */
export const withdrawalReason = z.string().trim().min(1).max(500)

/** A withdrawal that waits for a second officer. */
export type PendingWithdrawal = {
  /** The value's name. */
  name: string
  withdrawalId: Id
  proposalId: Id
  reason: string
  proposedBy: Id
  proposedAt: Instant
}

/** A publication that was taken back: from `withdrawnOn` on it counts as never published. */
export type Withdrawal = {
  withdrawalId: Id
  proposalId: Id
  reason: string
  proposedBy: Id
  approvedBy: Id
  approvedAt: Instant
  withdrawnOn: PlainDate
}

/**
 * Proposes to take back a publication, by its proposal; returns the withdrawal's id. Refusals `value_not_published`, `value_already_withdrawn`,
 * `value_needs_officer`, `value_outside_agency`.
 */
export async function proposeWithdrawal(work: Work, proposalId: Id, reason: string): Promise<Id> {
  const officer = requireOfficer(work.actor)
  const parsed = parseInput(withdrawalReason, reason, 'reason')
  await requireOwnPublication(work, officer, proposalId)
  if ((await findWithdrawals(work, [proposalId])).length > 0) throw new Refusal('value_already_withdrawn')
  const id = work.newId()
  await valueTables(work)
    .insertInto('law.value_withdrawal')
    .values({ id, proposal_id: proposalId, reason: parsed, proposed_by: officer.userId, proposed_at: work.now })
    .execute()
  return id
}

/**
 * Approves a withdrawal: the publication no longer counts from today on. Refusals `value_withdrawal_not_found`, `value_already_withdrawn`,
 * `same_officer` (the database refuses it too), `value_needs_officer`, `value_outside_agency`.
 */
export async function approveWithdrawal(work: Work, withdrawalId: Id): Promise<Withdrawal> {
  const officer = requireOfficer(work.actor)
  const row = await valueTables(work)
    .selectFrom('law.value_withdrawal')
    .selectAll()
    .where('id', '=', withdrawalId)
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('value_withdrawal_not_found')
  await requireOwnPublication(work, officer, row.proposal_id)
  if (row.proposed_by === officer.userId) throw new Refusal('same_officer')
  const withdrawal: Withdrawal = {
    withdrawalId,
    proposalId: row.proposal_id,
    reason: row.reason,
    proposedBy: row.proposed_by,
    approvedBy: officer.userId,
    approvedAt: work.now,
    withdrawnOn: work.today,
  }
  const inserted = await valueTables(work)
    .insertInto('law.value_withdrawal_approval')
    .values({
      proposal_id: withdrawal.proposalId,
      withdrawal_id: withdrawalId,
      proposed_by: withdrawal.proposedBy,
      approved_by: withdrawal.approvedBy,
      approved_at: withdrawal.approvedAt,
      withdrawn_on: withdrawal.withdrawnOn,
      signature: signOf(work, withdrawal),
    })
    .onConflict((conflict) => conflict.column('proposal_id').doNothing())
    .returning('proposal_id')
    .executeTakeFirst()
  if (inserted === undefined) throw new Refusal('value_already_withdrawn')
  return withdrawal
}

/** Withdrawals of a service that nobody has approved yet, the oldest first. */
export function pendingWithdrawals(work: Work, service: string): Promise<PendingWithdrawal[]> {
  return valueTables(work)
    .selectFrom('law.value_withdrawal as withdrawal')
    .innerJoin('law.value_proposal as proposal', 'proposal.id', 'withdrawal.proposal_id')
    .leftJoin('law.value_withdrawal_approval as approval', 'approval.proposal_id', 'withdrawal.proposal_id')
    .select([
      'withdrawal.id as withdrawalId',
      'withdrawal.proposal_id as proposalId',
      'proposal.name',
      'withdrawal.reason',
      'withdrawal.proposed_by as proposedBy',
      'withdrawal.proposed_at as proposedAt',
    ])
    .where('proposal.service', '=', service)
    .where('approval.proposal_id', 'is', null)
    .orderBy('withdrawal.proposed_at')
    .orderBy('withdrawal.id')
    .execute()
}

/** The approved withdrawals of publications, by their proposals. A row without this node's signature is a `BrokenInvariant`. */
export async function findWithdrawals(work: Work, proposalIds: readonly Id[]): Promise<Withdrawal[]> {
  if (proposalIds.length === 0) return []
  const rows = await valueTables(work)
    .selectFrom('law.value_withdrawal_approval as approval')
    .innerJoin('law.value_withdrawal as withdrawal', 'withdrawal.id', 'approval.withdrawal_id')
    .selectAll('approval')
    .select('withdrawal.reason')
    .where('approval.proposal_id', 'in', [...proposalIds])
    .execute()
  return rows.map((row) => {
    const withdrawal: Withdrawal = {
      withdrawalId: row.withdrawal_id,
      proposalId: row.proposal_id,
      reason: row.reason,
      proposedBy: row.proposed_by,
      approvedBy: row.approved_by,
      approvedAt: row.approved_at,
      withdrawnOn: row.withdrawn_on,
    }
    requireOwnSign(work, withdrawal, row.signature, `withdrawal ${withdrawal.withdrawalId}`)
    return withdrawal
  })
}

async function requireOwnPublication(work: Work, officer: Officer, proposalId: Id): Promise<void> {
  const { region } = await getPublishedValue(work, proposalId)
  requireOwnRegion(officer.agency, region)
}
