import { sql } from 'kysely'
import { z } from 'zod'
import { actorUserId, BadInput, type Problem, parseInput, type Work } from '../ground/door.ts'
import { getRegion, nationCode, type RegionCode, regionPath } from '../law/door.ts'
import { tables } from './tables.ts'
import { lockRegister, requireWriter } from './writers.ts'

/** An occupation; `assumed` where code or name is not from the national classification. */
export const occupationFields = z.strictObject({
  code: z.string().regex(/^[0-9A-Z-]{3,40}$/, { error: 'an occupation code of digits, capitals and hyphens' }),
  nameZh: z.string().min(1),
  nameEn: z.string().min(1),
  source: z.string().min(1),
  assumed: z.boolean(),
})

/** See `occupationFields`, its parser. */
export type Occupation = z.infer<typeof occupationFields>

/**
 * Adds occupations, all or nothing; those that stand there with the same names are left alone. Throws `BadInput` for a code that stands for
 * something else (`rows[3].nameZh`), `Refusal` `register_writer_needed`.
 */
export async function importOccupations(work: Work, input: unknown): Promise<{ added: number; unchanged: number }> {
  await requireWriter(work, 'occupation', null)
  const rows = parseInput(z.array(occupationFields).min(1), input, 'rows')
  await lockRegister(work, 'occupation', 'all')
  const known = await occupationsByCode(
    work,
    rows.map(({ code }) => code),
  )
  const added: Occupation[] = []
  const problems: Problem[] = []
  for (const [index, row] of rows.entries()) {
    const standing = known.get(row.code)
    if (!standing) {
      added.push(row)
      known.set(row.code, row)
    } else if (standing.nameZh !== row.nameZh) {
      const expected = `${standing.nameZh}, for which ${row.code} stands`
      problems.push({ path: `rows[${index}].nameZh`, expected, found: row.nameZh })
    }
  }
  if (problems.length > 0) throw new BadInput(problems)
  await insertOccupations(work, added)
  return { added: added.length, unchanged: rows.length - added.length }
}

/** Occupations by a part of the name or the beginning of the code, in order of code; `limit` at most. */
export async function findOccupations(work: Work, query: { text: string; limit: number }): Promise<Occupation[]> {
  const part = query.text.trim().replace(/[\\%_]/g, '\\$&')
  const rows = await occupations(work)
    .where(sql<boolean>`(name_zh ILIKE ${`%${part}%`} OR name_en ILIKE ${`%${part}%`} OR code ILIKE ${`${part}%`})`)
    .orderBy('code')
    .limit(query.limit)
    .execute()
  return rows.map(readOccupation)
}

/** What an import of urgently needed occupations takes: a region's list for a year, one row for each occupation. */
export const urgentListFields = z.strictObject({
  region: z.string(),
  year: z.int().min(2000).max(2099),
  source: z.string().min(1),
  assumed: z.boolean(),
  rows: z.array(z.strictObject({ code: z.string().min(1), name: z.string().min(1) })).min(1),
})

/** The occupations that a region needs urgently in a year (急需紧缺职业（工种）, C3.08); `version` counts the imports of that year from 1. */
export type UrgentList = Omit<z.infer<typeof urgentListFields>, 'rows'> & {
  version: number
  occupations: { code: string; name: string }[]
}

/**
 * Imports the list of a region for a year, all or nothing, as a new version beside the earlier ones. Throws `BadInput` with every problem of
 * every row (`rows[3].code`: unknown, or there twice; `rows[3].name`: not what the code stands for), `Refusal` `register_writer_needed`.
 */
export async function importUrgentOccupations(work: Work, input: unknown): Promise<{ version: number; count: number }> {
  const { rows, ...list } = parseInput(urgentListFields, input)
  getRegion(list.region)
  await requireWriter(work, 'urgent_occupation', list.region)
  const codes = rows.map(({ code }) => code)
  const known = await occupationsByCode(work, codes)
  const problems = rows.flatMap((row, index) => problemOfRow(row, index, known, codes.indexOf(row.code)))
  if (problems.length > 0) throw new BadInput(problems)
  await lockRegister(work, 'urgent_occupation', `${list.region} ${list.year}`)
  const version = ((await lastVersion(work, [list.region], list.year))?.version ?? 0) + 1
  const listId = work.newId()
  await tables(work)
    .insertInto('registers.urgent_list')
    .values({ id: listId, ...list, version, recorded_by: actorUserId(work.actor), recorded_at: work.now })
    .execute()
  await tables(work)
    .insertInto('registers.urgent_occupation')
    .values(codes.map((occupation) => ({ list_id: listId, occupation })))
    .execute()
  return { version, count: codes.length }
}

function problemOfRow(
  row: { code: string; name: string },
  index: number,
  known: ReadonlyMap<string, Occupation>,
  firstIndex: number,
): Problem[] {
  const occupation = known.get(row.code)
  if (!occupation) return [{ path: `rows[${index}].code`, expected: 'a code of a known occupation', found: row.code }]
  if (firstIndex !== index) {
    return [{ path: `rows[${index}].code`, expected: `each code once, unlike rows[${firstIndex}]`, found: row.code }]
  }
  if (occupation.nameZh === row.name) return []
  return [{ path: `rows[${index}].name`, expected: occupation.nameZh, found: row.name }]
}

/** The last version of the list of a region for a year, else of the nearest region above it that has one; undefined where none has. */
export async function findUrgentList(
  work: Work,
  { region, year }: { region: RegionCode; year: number },
): Promise<UrgentList | undefined> {
  const list = await lastVersion(work, [...regionPath(region).map(({ code }) => code), nationCode], year)
  if (!list) return undefined
  const rows = await tables(work)
    .selectFrom('registers.urgent_occupation as urgent')
    .innerJoin('registers.occupation as occupation', 'occupation.code', 'urgent.occupation')
    .select(['occupation.code', 'occupation.name_zh as name'])
    .where('urgent.list_id', '=', list.id)
    .orderBy('occupation.code')
    .execute()
  const { region: listRegion, version, source, assumed } = list
  return { region: listRegion, year, version, source, assumed, occupations: rows }
}

function lastVersion(work: Work, regions: readonly RegionCode[], year: number) {
  return tables(work)
    .selectFrom('registers.urgent_list')
    .selectAll()
    .where('region', 'in', regions)
    .where('year', '=', year)
    .orderBy(sql`array_position(${[...regions]}::text[], region)`)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The occupations with these codes, by code; an unknown one is simply not there. */
export async function occupationsByCode(work: Work, codes: readonly string[]): Promise<Map<string, Occupation>> {
  const rows = await occupations(work)
    .where(sql<boolean>`code = ANY(${[...codes]})`)
    .execute()
  return new Map(rows.map((row) => [row.code, readOccupation(row)]))
}

async function insertOccupations(work: Work, added: readonly Occupation[]): Promise<void> {
  if (added.length === 0) return
  await sql`
    INSERT INTO registers.occupation (code, name_zh, name_en, source, assumed, recorded_by, recorded_at)
    SELECT code, "nameZh", "nameEn", source, assumed, ${actorUserId(work.actor)}::uuid, ${work.now}
    FROM jsonb_to_recordset(${JSON.stringify(added)}::jsonb) AS row(
      code text, "nameZh" text, "nameEn" text, source text, assumed boolean)`.execute(work.db)
}

function occupations(work: Work) {
  return tables(work).selectFrom('registers.occupation').selectAll()
}

type SelectedOccupation = Awaited<ReturnType<ReturnType<typeof occupations>['execute']>>[number]

function readOccupation(row: SelectedOccupation): Occupation {
  return {
    code: row.code,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    source: row.source,
    assumed: row.assumed,
  }
}
