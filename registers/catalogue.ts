import { sql } from 'kysely'
import { z } from 'zod'
import {
  actorUserId,
  BadInput,
  type Id,
  must,
  type PlainDate,
  type Problem,
  parseInput,
  schemaFen,
  type Work,
} from '../ground/door.ts'
import { getRegion, nationCode, type RegionCode, regionPath } from '../law/door.ts'
import { endRows, inForceOn } from './dated-rows.ts'
import { insertParts } from './insert-parts.ts'
import { datedFields, dayBefore, endProblem, endsAfterStart, planSuccession, type Span } from './spans.ts'
import { type CatalogueKind, tables } from './tables.ts'
import { lockRegister, requireWriter } from './writers.ts'

/** The kinds of a catalogue, for schemas. */
export const catalogueKind = z.enum(['item', 'drug', 'rehab_item', 'device', 'service_standard'])

/**
 * One row of a catalogue as it is imported. `unit` is what one of it is (盒, 次, 日). `priceLimitFen`: the most a fund pays for one, in fen;
 * absent: no limit. `quantityLimit`: the most units a fund pays for in one stay; absent: no limit.
 */
export const catalogueRow = z
  .strictObject({
    kind: catalogueKind,
    code: z.string().min(1),
    nameZh: z.string().min(1),
    nameEn: z.string().min(1).exactOptional(),
    unit: z.string().min(1),
    priceLimitFen: schemaFen.exactOptional(),
    quantityLimit: z.int().positive().exactOptional(),
    ...datedFields,
  })
  .refine(endsAfterStart, endProblem)

/** See `catalogueRow`, its parser. */
export type CatalogueRow = z.infer<typeof catalogueRow>

/** An entry as it is kept for a region. */
export type CatalogueEntry = CatalogueRow & { id: Id; region: RegionCode }

/** What an import did: entries added, earlier ones ended by them, rows that stood there already. */
export type CatalogueImport = { added: number; ended: number; unchanged: number }

/**
 * Imports rows into the catalogue of a region, all or nothing. A row takes the place of the entry of the same kind and code that began
 * before it; a row that is already there word for word is left alone, so that a file can be imported again. Throws `BadInput` with every
 * problem of every row (`rows[3].code`), `Refusal` `register_writer_needed`.
 */
export async function importCatalogue(work: Work, region: RegionCode, input: unknown): Promise<CatalogueImport> {
  getRegion(region)
  await requireWriter(work, 'catalogue', region)
  const rows = parseInput(z.array(catalogueRow).min(1), input, 'rows')
  await lockRegister(work, 'catalogue', region)
  const plan = planImport(rows, await entriesByKey(work, region, rows), (row) => ({ ...row, id: work.newId(), region }))
  if (plan.problems.length > 0) throw new BadInput(plan.problems)
  for (const [on, entries] of Map.groupBy(plan.ended, (entry) => must(entry.to, 'the last day of an ended entry'))) {
    await endRows(work, 'catalogue_entry', entries, on)
  }
  await insertEntries(work, plan.added)
  return { added: plan.added.length, ended: plan.ended.length, unchanged: rows.length - plan.added.length }
}

type ImportPlan = { added: CatalogueEntry[]; ended: CatalogueEntry[]; problems: Problem[] }

/** Goes through the rows in their order; `entries` (by key) are those kept so far, and change as rows take their place. */
function planImport(
  rows: readonly CatalogueRow[],
  entries: Map<string, CatalogueEntry[]>,
  makeEntry: (row: CatalogueRow) => CatalogueEntry,
): ImportPlan {
  const added = new Set<CatalogueEntry>()
  const ended = new Set<CatalogueEntry>()
  const problems: Problem[] = []
  for (const [index, row] of rows.entries()) {
    const kept = entries.get(keyOf(row)) ?? []
    if (kept.some((entry) => isSameRow(entry, row))) continue
    const succession = planSuccession(kept, row)
    if (succession.clash) {
      const expected = `a day after ${succession.clash.from}, on which an entry of ${row.code} begins`
      problems.push({ path: `rows[${index}].from`, expected, found: row.from })
      continue
    }
    for (const entry of succession.ended) {
      entry.to = dayBefore(row)
      if (!added.has(entry)) ended.add(entry)
    }
    const entry = makeEntry(row)
    added.add(entry)
    entries.set(keyOf(row), [...kept, entry])
  }
  return { added: [...added], ended: [...ended], problems }
}

type CatalogueKey = Pick<CatalogueRow, 'kind' | 'code'>

function keyOf({ kind, code }: CatalogueKey): string {
  return `${kind} ${code}`
}

/** Also true for an entry that a later one has ended since it was imported without an end. */
function isSameRow(entry: CatalogueEntry, row: CatalogueRow): boolean {
  const fields = ['from', 'nameZh', 'nameEn', 'unit', 'priceLimitFen', 'quantityLimit', 'source'] as const
  return fields.every((field) => entry[field] === row[field]) && (row.to === undefined || row.to === entry.to)
}

async function entriesByKey(
  work: Work,
  region: RegionCode,
  rows: readonly CatalogueKey[],
): Promise<Map<string, CatalogueEntry[]>> {
  const found = await tables(work)
    .selectFrom('registers.catalogue_entry')
    .selectAll()
    .where('region', '=', region)
    .where(sql<boolean>`code = ANY(${rows.map((row) => row.code)})`)
    .execute()
  return Map.groupBy(found.map(readEntry), keyOf)
}

async function insertEntries(work: Work, entries: readonly CatalogueEntry[]): Promise<void> {
  for (const part of insertParts(entries)) {
    const values = part.map((entry) => ({
      id: entry.id,
      region: entry.region,
      kind: entry.kind,
      code: entry.code,
      name_zh: entry.nameZh,
      name_en: entry.nameEn ?? null,
      unit: entry.unit,
      price_limit_fen: entry.priceLimitFen ?? null,
      quantity_limit: entry.quantityLimit ?? null,
      effective_from: entry.from,
      effective_to: entry.to ?? null,
      source: entry.source,
      recorded_by: actorUserId(work.actor),
      recorded_at: work.now,
    }))
    await tables(work).insertInto('registers.catalogue_entry').values(values).execute()
  }
}

/**
 * The entries of these codes that hold for a region on a day: its own, else those of the nearest region above it. A code that is not in
 * the catalogue on that day is simply not there; one code may be in several kinds.
 */
export async function findCatalogueEntries(
  work: Work,
  { region, codes, on }: { region: RegionCode; codes: readonly string[]; on: PlainDate },
): Promise<CatalogueEntry[]> {
  const rows = await entriesInForce(work, region, on)
    .where(sql<boolean>`code = ANY(${[...codes]})`)
    .execute()
  return rows.map(readEntry)
}

/** Looks up when the codes of a region's catalogue, or of one above it, hold. */
export async function catalogueSpans(
  work: Work,
  region: RegionCode,
  codes: readonly string[],
): Promise<(kind: CatalogueKind, code: string) => Span[]> {
  const rows = await tables(work)
    .selectFrom('registers.catalogue_entry')
    .selectAll()
    .where('region', 'in', catalogueRegions(region))
    .where(sql<boolean>`code = ANY(${[...codes]})`)
    .execute()
  const spans = Map.groupBy(rows.map(readEntry), keyOf)
  return (kind, code) => spans.get(keyOf({ kind, code })) ?? []
}

/** The regions whose catalogues hold for a region, the nearest first. */
function catalogueRegions(region: RegionCode): RegionCode[] {
  return [...regionPath(region).map(({ code }) => code), nationCode]
}

function entriesInForce(work: Work, region: RegionCode, on: PlainDate) {
  const path = catalogueRegions(region)
  return tables(work)
    .selectFrom('registers.catalogue_entry')
    .distinctOn(['kind', 'code'])
    .selectAll()
    .where('region', 'in', path)
    .where(inForceOn(on))
    .orderBy('kind')
    .orderBy('code')
    .orderBy(sql`array_position(${path}::text[], region)`)
}

/** Which part of a catalogue to list. `text`: a part of the name, or the beginning of the code. */
export type CatalogueQuery = {
  region: RegionCode
  on: PlainDate
  kind?: CatalogueKind
  text?: string
  /** Entries on a page. */
  limit: number
  /** Where the page before ended. */
  after?: CatalogueKey
}

/** A page of entries by kind and code; `next` is null on the last. */
export type CataloguePage = { entries: CatalogueEntry[]; next: CatalogueKey | null }

/** A page of what holds for a region on a day. */
export async function listCatalogueEntries(work: Work, query: CatalogueQuery): Promise<CataloguePage> {
  const { region, on, kind, text, limit, after } = query
  let select = tables(work)
    .selectFrom(entriesInForce(work, region, on).as('entry'))
    .selectAll()
    .orderBy('kind')
    .orderBy('code')
    .limit(limit + 1)
  if (kind !== undefined) select = select.where('kind', '=', kind)
  if (text !== undefined) {
    const part = text.replace(/[\\%_]/g, '\\$&')
    select = select.where(
      sql<boolean>`(name_zh ILIKE ${`%${part}%`} OR name_en ILIKE ${`%${part}%`} OR code ILIKE ${`${part}%`})`,
    )
  }
  if (after !== undefined) select = select.where(sql<boolean>`(kind, code) > (${after.kind}, ${after.code})`)
  const found = (await select.execute()).map(readEntry)
  const entries = found.slice(0, limit)
  const last = found.length > limit ? entries.at(-1) : undefined
  return { entries, next: last ? { kind: last.kind, code: last.code } : null }
}

type SelectedEntry = Awaited<ReturnType<ReturnType<typeof entriesInForce>['execute']>>[number]

function readEntry(row: SelectedEntry): CatalogueEntry {
  return {
    id: row.id,
    region: row.region,
    kind: row.kind,
    code: row.code,
    nameZh: row.name_zh,
    unit: row.unit,
    from: row.effective_from,
    source: row.source,
    ...(row.name_en !== null && { nameEn: row.name_en }),
    ...(row.price_limit_fen !== null && { priceLimitFen: row.price_limit_fen }),
    ...(row.quantity_limit !== null && { quantityLimit: row.quantity_limit }),
    ...(row.effective_to !== null && { to: row.effective_to }),
  }
}
