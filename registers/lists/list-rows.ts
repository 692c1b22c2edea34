import { isDeepStrictEqual } from 'node:util'
import {
  actorUserId,
  BadInput,
  type Id,
  type Instant,
  must,
  type Problem,
  Refusal,
  type Work,
} from '../../ground/door.ts'
import { nationCode, type RegionCode, regionPath } from '../../law/door.ts'
import { insertParts } from '../insert-parts.ts'
import { tables } from '../tables.ts'
import { lockRegister, requireWriter } from '../writers.ts'
import type { List, ListedRow } from './list.ts'
import type { FileRow } from './list-trees.ts'
import { problemsOfRow } from './row-problems.ts'

/** A row as it stands: which version, and when it was recorded. */
export type KeptRow<Row extends ListedRow> = { row: Row; version: number; recordedAt: Instant; recordedBy: Id | null }

/** What an import did; a row that says what it said before is left alone. */
export type ListImport = { added: number; changed: number; unchanged: number }

/**
 * Takes rows into a list, all or nothing; a row that says something else than the last version of its id becomes the next version. Throws `BadInput`
 * with every problem of every row (`row 4 · numbers.1.value`), also where an officer writes what another one has to do (approve, release, submit);
 * `Refusal` `register_writer_needed`.
 */
export async function importListRows<Row extends ListedRow>(
  work: Work,
  list: List<Row>,
  fileRows: readonly FileRow[],
): Promise<ListImport> {
  const rows = parseRows(list, fileRows)
  for (const region of new Set(rows.map((row) => row.region))) await requireWriter(work, list.id, region)
  await lockRegister(work, list.id, 'all')
  const standing = new Map(
    (await currentListRows(work, list, { withWithdrawn: true })).map((kept) => [kept.row.id, kept]),
  )
  const problems = [
    ...rows.flatMap((row, index) => moved(row, index, standing.get(row.id)?.row)),
    ...rows.flatMap((row, index) => claimed(work, list, row, index, standing.get(row.id)?.row)),
    ...((await list.problemsOf?.(work, rows)) ?? []),
  ]
  if (problems.length > 0) {
    throw new BadInput(problems.map((each) => ({ ...each, path: placed(fileRows, each.index, each.path) })))
  }
  const news = rows.filter((row) => !isDeepStrictEqual(standing.get(row.id)?.row, row))
  await insertRows(
    work,
    list,
    news.map((row) => ({ row, version: (standing.get(row.id)?.version ?? 0) + 1 })),
  )
  const added = news.filter(({ id }) => !standing.has(id)).length
  return { added, changed: news.length - added, unchanged: rows.length - news.length }
}

function parseRows<Row extends ListedRow>(list: List<Row>, fileRows: readonly FileRow[]): Row[] {
  const problems: Problem[] = []
  const rows: Row[] = []
  for (const [index, { tree }] of fileRows.entries()) {
    const parsed = list.schema.safeParse(tree, { reportInput: true })
    if (parsed.success) rows.push(parsed.data)
    else {
      problems.push(
        ...problemsOfRow(parsed.error).map((each) => ({ ...each, path: placed(fileRows, index, each.path) })),
      )
    }
  }
  if (problems.length > 0) throw new BadInput(problems)
  const ids = rows.map(({ id }) => id)
  const twice = ids.flatMap((id, index) => (ids.indexOf(id) === index ? [] : [{ id, index }]))
  if (twice.length > 0) {
    const expected = '每个编号只出现一次 / each id once'
    throw new BadInput(twice.map(({ id, index }) => ({ path: placed(fileRows, index, 'id'), expected, found: id })))
  }
  return rows
}

function placed(fileRows: readonly FileRow[], index: number, path: string): string {
  return `${must(fileRows[index], 'a row').place} · ${path}`
}

function moved(row: ListedRow, index: number, before: ListedRow | undefined) {
  if (!before || before.region === row.region) return []
  const expected = `${before.region}：一行不换地区 / ${before.region}: a row stays with its region`
  return [{ index, path: 'region', expected, found: row.region }]
}

/** Nobody writes into a file what another officer has to do: a row that was approved keeps that only as it was approved. */
function claimed<Row extends ListedRow>({ actor }: Work, { step }: List<Row>, row: Row, index: number, before?: Row) {
  if (!step || actor.kind === 'system' || !Object.hasOwn(row, step.mark)) return []
  if (before && isDeepStrictEqual({ ...before, withdrawn: undefined }, { ...row, withdrawn: undefined })) return []
  const { zh, en } = step.title
  const expected = `不填，由另一名工作人员“${zh}” / none: another officer does it (${en})`
  return [{ index, path: step.mark, expected, found: row.id }]
}

async function insertRows(
  work: Work,
  list: List,
  rows: ReadonlyArray<{ row: ListedRow; version: number }>,
): Promise<void> {
  for (const part of insertParts(rows)) {
    const values = part.map(({ row, version }) => ({
      id: work.newId(),
      list: list.id,
      code: row.id,
      version,
      region: row.region,
      content: JSON.stringify(row),
      recorded_by: actorUserId(work.actor),
      recorded_at: work.now,
    }))
    await tables(work).insertInto('registers.list_row').values(values).execute()
  }
}

/** Which rows: of a region with all below it and what is said of the nation; of a requirement or of its whole system (`C7`). */
export type ListQuery = { region?: RegionCode; requirement?: string; withWithdrawn?: boolean }

/** The last version of every row, in order of id; without those that were withdrawn. */
export async function currentListRows<Row extends ListedRow>(
  work: Work,
  list: List<Row>,
  { region, requirement, withWithdrawn = false }: ListQuery = {},
): Promise<KeptRow<Row>[]> {
  const rows = await tables(work)
    .selectFrom('registers.current_list_row')
    .select(['content', 'version', 'recorded_at', 'recorded_by'])
    .where('list', '=', list.id)
    .orderBy('code')
    .execute()
  return rows
    .map((each) => readRow(list, each))
    .filter(({ row }) => withWithdrawn || row.withdrawn === undefined)
    .filter(({ row }) => region === undefined || region === nationCode || concerns(row.region, region))
    .filter(({ row }) => requirement === undefined || isPartOf(row.requirement, requirement))
}

/** Every version of a row, the last one first. Throws `Refusal` `list_row_not_found`. */
export async function listRowVersions<Row extends ListedRow>(
  work: Work,
  list: List<Row>,
  id: string,
): Promise<KeptRow<Row>[]> {
  const rows = await tables(work)
    .selectFrom('registers.list_row')
    .select(['content', 'version', 'recorded_at', 'recorded_by'])
    .where('list', '=', list.id)
    .where('code', '=', id)
    .orderBy('version', 'desc')
    .execute()
  if (rows.length === 0) throw new Refusal('list_row_not_found', { params: { id } })
  return rows.map((each) => readRow(list, each))
}

/**
 * Takes a row the step that its list has for another officer (approve, release, submit); the row after it is its next version. Throws `Refusal`
 * `list_row_not_found`, `list_step_not_next`, `list_step_same_officer` (whoever wrote the last version), `register_writer_needed`, and those of
 * the list.
 */
export async function advanceListRow<Row extends ListedRow>(work: Work, list: List<Row>, id: string): Promise<Row> {
  await lockRegister(work, list.id, 'all')
  const [last] = await listRowVersions(work, list, id)
  const { row, version, recordedBy } = must(last, 'a version')
  if (!list.step || row.withdrawn !== undefined || !list.step.isNext(row)) throw new Refusal('list_step_not_next')
  await requireWriter(work, `${list.id}.advance`, row.region)
  const officer = actorUserId(work.actor)
  if (officer !== null && officer === recordedBy) throw new Refusal('list_step_same_officer')
  const next = list.step.taken(row, work.today)
  await insertRows(work, list, [{ row: next, version: version + 1 }])
  return next
}

function readRow<Row extends ListedRow>(
  list: List<Row>,
  row: { content: unknown; version: number; recorded_at: Instant; recorded_by: Id | null },
): KeptRow<Row> {
  const { content, version, recorded_at: recordedAt, recorded_by: recordedBy } = row
  return { row: list.schema.parse(content), version, recordedAt, recordedBy }
}

function concerns(rowRegion: RegionCode, region: RegionCode): boolean {
  if (rowRegion === nationCode) return true
  return (
    regionPath(rowRegion).some(({ code }) => code === region) ||
    regionPath(region).some(({ code }) => code === rowRegion)
  )
}

function isPartOf(requirement: string | undefined, asked: string): boolean {
  return requirement === asked || (requirement?.startsWith(`${asked}.`) ?? false)
}
