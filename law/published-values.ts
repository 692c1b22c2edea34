import type { ColumnType } from 'kysely'
import { z } from 'zod'
import {
  BadInput,
  BrokenInvariant,
  type Id,
  type Instant,
  type MigrationSet,
  type PlainDate,
  parseInput,
  Refusal,
  readMigrations,
  schemaDate,
  sm2Sign,
  sm2Verify,
  type Work,
} from '../ground/door.ts'
import { insurance } from './insurance.ts'
import type { RegionCode } from './regions.ts'
import { findUnificationAgainst } from './unified-provinces.ts'
import { valueContent } from './value-files.ts'
import { requireOfficer, requireOwnRegion } from './value-officer.ts'
import { findMisfit } from './value-units.ts'
import type { DatedValue, ValueBook, ValueContent } from './values.ts'
import { findWithdrawals } from './withdrawn-values.ts'

/** The tables of `law`. */
export function lawMigrations(): Promise<MigrationSet> {
  return readMigrations('law', new URL('./migrations/', import.meta.url))
}

type ProposalRow = {
  id: Id
  service: string
  name: string
  insurance: string | null
  region: RegionCode
  unit: string
  value: ColumnType<unknown, string, never>
  effective_from: PlainDate
  effective_to: PlainDate | null
  source: string
  note: string | null
  proposed_by: Id
  proposed_at: Instant
}

type ApprovalRow = {
  proposal_id: Id
  proposed_by: Id
  approved_by: Id
  approved_at: Instant
  published_on: PlainDate
  signature: string
}

type LawTables = { 'law.value_proposal': ProposalRow; 'law.value_approval': ApprovalRow }

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
  await tables(work)
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
  const row = await tables(work).selectFrom('law.value_proposal').selectAll().where('id', '=', id).executeTakeFirst()
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
  const { signingPrivateKey, signingPublicKey } = work.node.keys
  const inserted = await tables(work)
    .insertInto('law.value_approval')
    .values({
      proposal_id: id,
      proposed_by: published.proposedBy,
      approved_by: published.approvedBy,
      approved_at: published.approvedAt,
      published_on: published.publishedOn,
      signature: sm2Sign(signingPrivateKey, signingPublicKey, signedBytes(published)),
    })
    .onConflict((conflict) => conflict.column('proposal_id').doNothing())
    .returning('proposal_id')
    .executeTakeFirst()
  if (inserted === undefined) throw new Refusal('value_proposal_already_approved')
  return published
}

/** Proposals of a service that nobody has approved yet, the oldest first. */
export async function pendingValueProposals(work: Work, service: string): Promise<KeptProposal[]> {
  const rows = await tables(work)
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
  const rows = await publications(work)
    .where('proposal.service', '=', service)
    .where('approval.published_on', '<=', knownOn)
    .orderBy('approval.approved_at')
    .orderBy('proposal.id')
    .execute()
  return rows.map((row) => readPublication(work, row))
}

/** A publication by its proposal. Refusal `value_not_published`. */
export async function getPublishedValue(work: Work, proposalId: Id): Promise<PublishedValue> {
  const row = await publications(work).where('proposal.id', '=', proposalId).executeTakeFirst()
  if (row === undefined) throw new Refusal('value_not_published')
  return readPublication(work, row)
}

function publications(work: Work) {
  return tables(work)
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
  if (!sm2Verify(work.node.keys.signingPublicKey, signedBytes(published), row.signature)) {
    throw new BrokenInvariant(`published value ${published.id} does not carry this node's signature`)
  }
  return published
}

/**
 * A service's shipped book with what was published on this node through `knownOn` and not taken back by then. A publication of a name that the
 * book no longer has is left out, since no rule asks for it; one whose unit is no longer that of the book is a `BrokenInvariant`.
 */
export async function bookWithPublications(
  work: Work,
  service: string,
  shipped: ValueBook,
  knownOn: PlainDate = work.today,
): Promise<ValueBook> {
  const book = new Map(shipped)
  const published = await publishedValues(work, service, knownOn)
  const withdrawals = await findWithdrawals(
    work,
    published.map(({ id }) => id),
  )
  const withdrawn = new Set(
    withdrawals.filter(({ withdrawnOn }) => withdrawnOn <= knownOn).map((each) => each.proposalId),
  )
  for (const { id, name, unit, ...publication } of published) {
    if (withdrawn.has(id)) continue
    const entry = book.get(name)
    if (entry === undefined) continue
    if (entry.definition.unit !== unit) {
      throw new BrokenInvariant(`published value ${id} is in ${unit}, the book has ${entry.definition.unit}`)
    }
    book.set(name, { ...entry, dated: [...entry.dated, datedOf(publication)] })
  }
  return book
}

function datedOf(publication: Omit<PublishedValue, 'id' | 'name' | 'unit'>): DatedValue {
  const { region, value, from, to, source, note, publishedOn } = publication
  return {
    region,
    value,
    from,
    source,
    publishedOn,
    ...(to !== undefined && { to }),
    ...(note !== undefined && { note }),
  }
}

function tables(work: Work) {
  return work.db.withTables<LawTables>()
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

/** What is signed: every field under its name, in the order of the names. */
function signedBytes(published: PublishedValue): Uint8Array {
  const fields = Object.entries(published).sort(([one], [other]) => (one < other ? -1 : 1))
  return Buffer.from(JSON.stringify(fields.map(([name, value]) => [name, canonical(value)])))
}

/** PostgreSQL keeps a table's keys in an order of its own, so they are sorted before signing. */
function canonical(value: ValueContent | undefined): unknown {
  if (typeof value !== 'object' || Array.isArray(value)) return value
  return Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
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
