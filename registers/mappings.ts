import { sql } from 'kysely'
import { z } from 'zod'
import {
  actorUserId,
  BadInput,
  type Id,
  type Instant,
  must,
  type PlainDate,
  type Problem,
  parseInput,
  Refusal,
  schemaDate,
  type Work,
} from '../ground/door.ts'
import type { RegionCode } from '../law/door.ts'
import { catalogueKind, catalogueSpans } from './catalogue.ts'
import { endRows, inForceOn } from './dated-rows.ts'
import { insertParts } from './insert-parts.ts'
import { dayBefore, endProblem, endsAfterStart, holdsOn, planSuccession } from './spans.ts'
import { type MappingState, tables } from './tables.ts'
import { lockRegister, requireWriter } from './writers.ts'

/** One hospital code and the entry of the region's catalogue that it stands for (三目对照); null: looked at and outside the catalogue (目录外). */
export const mappingRow = z
  .strictObject({
    hospitalCode: z.string().min(1),
    hospitalName: z.string().min(1),
    kind: catalogueKind,
    catalogueCode: z.string().min(1).nullable(),
    from: schemaDate,
    to: schemaDate.exactOptional(),
  })
  .refine(endsAfterStart, endProblem)

/** See `mappingRow`, its parser. */
export type MappingRow = z.infer<typeof mappingRow>

/** A mapping as it is kept. `decidedBy` approved or rejected it. */
export type CodeMapping = MappingRow & {
  id: Id
  institutionId: Id
  region: RegionCode
  state: MappingState
  proposedBy: Id
  proposedAt: Instant
  decidedBy?: Id
  decidedAt?: Instant
}

/** Whose codes: an institution, and the region whose catalogue it uses. */
export type MappingPlace = { institutionId: Id; region: RegionCode }

/**
 * Proposes mappings for an institution, all or nothing; by the institution's own officer or by one of the agency. Returns their ids. They count
 * once another officer approved them. Throws `BadInput` with every problem of every row (`rows[3].catalogueCode`): a code that the
 * catalogue does not have on the first day, a hospital code twice or already waiting; `Refusal` `register_writer_needed`,
 * `mapping_proposer_needed` (the node itself proposes nothing).
 */
export async function proposeMappings(work: Work, place: MappingPlace, input: unknown): Promise<Id[]> {
  const { institutionId, region } = place
  const own = work.actor.kind === 'institution' && work.actor.institutionId === institutionId
  if (!own) await requireWriter(work, 'mapping', region)
  const proposedBy = actorUserId(work.actor)
  if (proposedBy === null) throw new Refusal('mapping_proposer_needed')
  const rows = parseInput(z.array(mappingRow).min(1), input, 'rows')
  await lockRegister(work, 'mapping', institutionId)
  const problems = [...(await catalogueProblems(work, region, rows)), ...(await repeatProblems(work, place, rows))]
  if (problems.length > 0) throw new BadInput(problems)
  const values = rows.map((row) => ({
    id: work.newId(),
    institution_id: institutionId,
    region,
    hospital_code: row.hospitalCode,
    hospital_name: row.hospitalName,
    kind: row.kind,
    catalogue_code: row.catalogueCode,
    effective_from: row.from,
    effective_to: row.to ?? null,
    state: 'proposed' as const,
    proposed_by: proposedBy,
    proposed_at: work.now,
    decided_by: null,
    decided_at: null,
  }))
  for (const part of insertParts(values)) {
    await tables(work).insertInto('registers.code_mapping').values(part).execute()
  }
  return values.map(({ id }) => id)
}

async function catalogueProblems(work: Work, region: RegionCode, rows: readonly MappingRow[]): Promise<Problem[]> {
  const spansOf = await catalogueSpans(
    work,
    region,
    rows.flatMap((row) => row.catalogueCode ?? []),
  )
  return rows.flatMap(({ kind, catalogueCode, from }, index) => {
    const known = catalogueCode === null || spansOf(kind, catalogueCode).some((span) => holdsOn(span, from))
    const expected = `a code of the catalogue of ${region} (${kind}) on ${from}`
    return known ? [] : [{ path: `rows[${index}].catalogueCode`, expected, found: catalogueCode }]
  })
}

async function repeatProblems(work: Work, place: MappingPlace, rows: readonly MappingRow[]): Promise<Problem[]> {
  const waiting = await mappings(work, place.institutionId)
    .where('state', '=', 'proposed')
    .where(sql<boolean>`hospital_code = ANY(${rows.map((row) => row.hospitalCode)})`)
    .execute()
  const seen = new Set(waiting.map((row) => row.hospital_code))
  return rows.flatMap(({ hospitalCode }, index) => {
    if (!seen.has(hospitalCode)) {
      seen.add(hospitalCode)
      return []
    }
    const expected = 'a hospital code that is in the list once and is not waiting for approval already'
    return [{ path: `rows[${index}].hospitalCode`, expected, found: hospitalCode }]
  })
}

/**
 * Approves proposals, all or none. An approved mapping of the same hospital code that began before ends the day before. Throws `Refusal`
 * `mapping_not_found`, `mapping_already_decided`, `mapping_same_officer` (the database refuses it too), `mapping_dates_clash` (an approved
 * one begins on the same day or later), `register_writer_needed`.
 */
export async function approveMappings(work: Work, ids: readonly Id[]): Promise<void> {
  for (const mapping of await requireDecidable(work, ids)) {
    await endEarlier(work, mapping)
    await decide(work, mapping.id, 'approved')
  }
}

/** Rejects proposals, all or none. Throws as `approveMappings`. */
export async function rejectMappings(work: Work, ids: readonly Id[]): Promise<void> {
  for (const mapping of await requireDecidable(work, ids)) await decide(work, mapping.id, 'rejected')
}

async function requireDecidable(work: Work, ids: readonly Id[]): Promise<CodeMapping[]> {
  await lockRegister(work, 'mapping', 'decisions')
  const rows = await tables(work)
    .selectFrom('registers.code_mapping')
    .selectAll()
    .where(sql<boolean>`id = ANY(${[...ids]}::uuid[])`)
    .execute()
  const found = new Map(rows.map((row) => [row.id, readMapping(row)]))
  const chosen = ids.map((id) => {
    const mapping = found.get(id)
    if (mapping === undefined) throw new Refusal('mapping_not_found')
    return mapping
  })
  for (const region of new Set(chosen.map((mapping) => mapping.region))) await requireWriter(work, 'mapping', region)
  for (const { hospitalCode, state, proposedBy } of chosen) {
    const params = { hospitalCode }
    if (state !== 'proposed') throw new Refusal('mapping_already_decided', { params })
    if (proposedBy === actorUserId(work.actor)) throw new Refusal('mapping_same_officer', { params })
  }
  return chosen
}

async function endEarlier(work: Work, mapping: CodeMapping): Promise<void> {
  const approved = await mappings(work, mapping.institutionId)
    .where('state', '=', 'approved')
    .where('hospital_code', '=', mapping.hospitalCode)
    .execute()
  const succession = planSuccession(approved.map(readMapping), mapping)
  if (succession.clash) {
    const params = { hospitalCode: mapping.hospitalCode, beginsOn: succession.clash.from }
    throw new Refusal('mapping_dates_clash', { params })
  }
  await endRows(work, 'code_mapping', succession.ended, dayBefore(mapping))
}

async function decide(work: Work, id: Id, state: 'approved' | 'rejected'): Promise<void> {
  const decided_by = must(actorUserId(work.actor), 'the deciding user')
  const update = tables(work).updateTable('registers.code_mapping').set({ state, decided_by, decided_at: work.now })
  await update.where('id', '=', id).execute()
}

/** The approved mappings of these hospital codes that hold on a day, at most one for each; an unmapped code is simply not there. */
export async function findMappings(
  work: Work,
  { institutionId, codes, on }: { institutionId: Id; codes: readonly string[]; on: PlainDate },
): Promise<CodeMapping[]> {
  const rows = await mappings(work, institutionId)
    .where('state', '=', 'approved')
    .where(sql<boolean>`hospital_code = ANY(${[...codes]})`)
    .where(inForceOn(on))
    .orderBy('hospital_code')
    .execute()
  return rows.map(readMapping)
}

/** All mappings of an institution by hospital code and first day; of one state where asked. */
export async function listMappings(work: Work, institutionId: Id, state?: MappingState): Promise<CodeMapping[]> {
  let select = mappings(work, institutionId).orderBy('hospital_code').orderBy('effective_from').orderBy('proposed_at')
  if (state !== undefined) select = select.where('state', '=', state)
  return (await select.execute()).map(readMapping)
}

function mappings(work: Work, institutionId: Id) {
  return tables(work).selectFrom('registers.code_mapping').selectAll().where('institution_id', '=', institutionId)
}

type SelectedMapping = Awaited<ReturnType<ReturnType<typeof mappings>['execute']>>[number]

function readMapping(row: SelectedMapping): CodeMapping {
  return {
    id: row.id,
    institutionId: row.institution_id,
    region: row.region,
    hospitalCode: row.hospital_code,
    hospitalName: row.hospital_name,
    kind: row.kind,
    catalogueCode: row.catalogue_code,
    from: row.effective_from,
    state: row.state,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    ...(row.effective_to !== null && { to: row.effective_to }),
    ...(row.decided_by !== null && { decidedBy: row.decided_by }),
    ...(row.decided_at !== null && { decidedAt: row.decided_at }),
  }
}
