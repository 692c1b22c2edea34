import type { Kysely } from 'kysely'
import { z } from 'zod'
import {
  BadInput,
  builtOnce,
  type Given,
  type Id,
  type Instant,
  type MigrationSet,
  type PlainDate,
  parseInput,
  Refusal,
  readMigrations,
  schemaDate,
  type Work,
} from '../ground/door.ts'
import { insurance } from './insurance.ts'
import { requireOwnSign, signOf } from './signs.ts'
import { findUnificationAgainst } from './unified-provinces.ts'
import { valueContent } from './value-files.ts'
import { requireOfficer, requireOwnRegion } from './value-officer.ts'
import { type ApprovalRow, type ProposalRow, type ValueTables, valueTables } from './value-tables.ts'
import { findMisfit } from './value-units.ts'
import type { ValueBook } from './values.ts'

/** The tables of `law`. */
export function lawMigrations(): Promise<MigrationSet> {
  return readMigrations('law', new URL('./migrations/', import.meta.url))
}

/** What an officer proposes to publish: a value of a service for a region, `from` the first to `to` the last day, with its document. */
export const valueProposal = z.strictObject({
  service: z.string().min(1),
  name: z.string().min(1),
  /** The insurance it belongs to; not said: it is held to the unification of every insurance. */
  insurance: insurance.exactOptional(),
  region: z.string(),
  value: valueContent,
  from: schemaDate,
  to: schemaDate.exactOptional(),
  source: z.string().min(1),
  note: z.string().exactOptional(),
})

/** See `valueProposal`, its parser. */
export type ValueProposal = z.infer<typeof valueProposal>

/** A proposal as it is kept. */
export type KeptProposal = ValueProposal & { id: Id; unit: string; proposedBy: Id; proposedAt: Instant }

/** A value that was approved, and so published, on `publishedOn`. */
export type PublishedValue = KeptProposal & { approvedBy: Id; approvedAt: Instant; publishedOn: PlainDate }

/**
 * Proposes a value of the service whose `book` is given; returns the proposal's id. It holds for nobody until another officer approves it.
 * Throws `BadInput` for a name the book does not have, a value that does not fit it, an end before the start or an unknown region, and
 * `Refusal` `value_needs_officer`, `value_outside_agency`, `city_value_in_unified_province` (A2.03; the database refuses it too).
 */
export async function proposeValue(work: Work, book: ValueBook, input: unknown): Promise<Id> {
  const officer = requireOfficer(work.actor)
  const proposal = parseInput(valueProposal, input)
  requireOwnRegion(officer.agency, proposal.region)
  requireNotUnified(proposal)
  const unit = requireFit(book, proposal)
  const id = work.newId()
  await valueTables(work)
    .insertInto('law.value_proposal')
    .values({
      id,
      service: proposal.service,
      name: proposal.name,
      insurance: proposal.insurance ?? null,
      region: proposal.region,
      unit,
      value: JSON.stringify(proposal.value),
      effective_from: proposal.from,
      effective_to: proposal.to ?? null,
      source: proposal.source,
      note: proposal.note ?? null,
      proposed_by: officer.userId,
      proposed_at: work.now,
    })
    .execute()
  return id
}

/**
 * Approves a proposal and so publishes it today, signed by the node. Throws `Refusal` `value_proposal_not_found`,
 * `value_proposal_already_approved`, `same_officer` (the database refuses it too), `value_needs_officer`, `value_outside_agency`.
 */
export async function approveValue(work: Work, id: Id): Promise<PublishedValue> {
  const officer = requireOfficer(work.actor)
  const row = await valueTables(work)
    .selectFrom('law.value_proposal')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('value_proposal_not_found')
  const proposal = readProposal(row)
  requireOwnRegion(officer.agency, proposal.region)
  if (proposal.proposedBy === officer.userId) throw new Refusal('same_officer')
  const published: PublishedValue = {
    ...proposal,
    approvedBy: officer.userId,
    approvedAt: work.now,
    publishedOn: work.today,
  }
  const inserted = await valueTables(work)
    .insertInto('law.value_approval')
    .values({
      proposal_id: id,
      proposed_by: published.proposedBy,
      approved_by: published.approvedBy,
      approved_at: published.approvedAt,
      published_on: published.publishedOn,
      signature: signOf(work, published),
    })
    .onConflict((conflict) => conflict.column('proposal_id').doNothing())
    .returning('proposal_id')
    .executeTakeFirst()
  if (inserted === undefined) throw new Refusal('value_proposal_already_approved')
  return published
}

/** Proposals of a service that nobody has approved yet, the oldest first. */
export async function pendingValueProposals(work: Work, service: string): Promise<KeptProposal[]> {
  const rows = await valueTables(work)
    .selectFrom('law.value_proposal as proposal')
    .leftJoin('law.value_approval as approval', 'approval.proposal_id', 'proposal.id')
    .selectAll('proposal')
    .where('proposal.service', '=', service)
    .where('approval.proposal_id', 'is', null)
    .orderBy('proposal.proposed_at')
    .orderBy('proposal.id')
    .execute()
  return rows.map(readProposal)
}

/**
 * What was published for a service through `knownOn`, in the order of approval. A row whose signature is not this node's is a
 * `BrokenInvariant`: somebody wrote it around the platform.
 */
export async function publishedValues(work: Work, service: string, knownOn: PlainDate): Promise<PublishedValue[]> {
  const { rows } = await work.db.executeQuery(publishedThrough({ service, knownOn }))
  return rows.map((row) => readPublication(work, row))
}

const publishedThrough = builtOnce((query, given: Given<{ service: string; knownOn: PlainDate }>) =>
  publications(query.withTables<ValueTables>())
    .where('proposal.service', '=', given('service'))
    .where('approval.published_on', '<=', given('knownOn'))
    .orderBy('approval.approved_at')
    .orderBy('proposal.id'),
)

/** A publication by its proposal. Refusal `value_not_published`. */
export async function getPublishedValue(work: Work, proposalId: Id): Promise<PublishedValue> {
  const row = await publications(valueTables(work)).where('proposal.id', '=', proposalId).executeTakeFirst()
  if (row === undefined) throw new Refusal('value_not_published')
  return readPublication(work, row)
}

function publications(query: Kysely<ValueTables>) {
  return query
    .selectFrom('law.value_proposal as proposal')
    .innerJoin('law.value_approval as approval', 'approval.proposal_id', 'proposal.id')
    .selectAll('proposal')
    .select(['approval.approved_by', 'approval.approved_at', 'approval.published_on', 'approval.signature'])
}

type PublicationRow = Omit<ProposalRow, 'value'> & { value: unknown } & Omit<ApprovalRow, 'proposal_id' | 'proposed_by'>

function readPublication(work: Work, row: PublicationRow): PublishedValue {
  const published: PublishedValue = {
    ...readProposal(row),
    approvedBy: row.approved_by,
    approvedAt: row.approved_at,
    publishedOn: row.published_on,
  }
  requireOwnSign(work, published, row.signature, `published value ${published.id}`)
  return published
}

function readProposal(row: Omit<ProposalRow, 'value'> & { value: unknown }): KeptProposal {
  return {
    id: row.id,
    service: row.service,
    name: row.name,
    region: row.region,
    unit: row.unit,
    value: valueContent.parse(row.value),
    from: row.effective_from,
    source: row.source,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    ...(row.insurance !== null && { insurance: insurance.parse(row.insurance) }),
    ...(row.effective_to !== null && { to: row.effective_to }),
    ...(row.note !== null && { note: row.note }),
  }
}

function requireNotUnified({ region, insurance: kind }: ValueProposal): void {
  const unified = findUnificationAgainst(region, kind)
  if (unified === undefined) return
  throw new Refusal('city_value_in_unified_province', {
    clause: 'A2.03',
    params: { region, province: unified.province },
  })
}

/** Returns the unit that the book gives the value. */
function requireFit(book: ValueBook, { name, value, from, to }: ValueProposal): string {
  const definition = book.get(name)?.definition
  if (definition === undefined) {
    throw new BadInput([{ path: 'name', expected: [...book.keys()].join(' | '), found: name }])
  }
  const misfit = findMisfit(definition, value)
  if (misfit !== undefined) throw new BadInput([{ path: 'value', expected: misfit, found: JSON.stringify(value) }])
  if (to !== undefined && to < from) throw new BadInput([{ path: 'to', expected: `${from} or later`, found: to }])
  return definition.unit
}
