import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { BadInput } from '../../ground/door.ts'
import type { Tree } from './list.ts'

/** A row of a file and where it stands there. */
export type FileRow = { place: string; tree: Tree }

/** A file of rows: of which list, where it says so. */
export type ListFile = { list?: string; rows: FileRow[] }

const schemaTree: z.ZodType<Tree> = z.lazy(() =>
  z.union([z.string(), z.array(schemaTree), z.record(z.string(), schemaTree)]),
)
const schemaRows = z.record(z.string(), schemaTree)
const schemaFile = z.strictObject({
  list: z.string().exactOptional(),
  /** What holds for every row that does not say otherwise. */
  each: schemaRows.exactOptional(),
  rows: z.array(schemaRows),
})

/** Reads a YAML file `{ list, each, rows }`; every scalar is taken as the text that stands there. Throws `BadInput` `list_file_unreadable`. */
export function readListYaml(content: string): ListFile {
  const read = schemaFile.safeParse(parsedYaml(content))
  if (!read.success) throw unreadable('list, each, rows', z.prettifyError(read.error).slice(0, 200))
  const { list, each = {}, rows } = read.data
  return {
    ...(list !== undefined && { list }),
    rows: rows.map((row, index) => ({ place: `row ${index + 1}`, tree: { ...each, ...row } })),
  }
}

function parsedYaml(content: string): unknown {
  try {
    // Only texts, lists and mappings: 0.10 stays 0.10, and 2024-04-01 is no instant.
    return parseYaml(content, { schema: 'failsafe' })
  } catch (error) {
    throw unreadable('YAML', error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'other content')
  }
}

function unreadable(expected: string, found: string): BadInput {
  return new BadInput([{ path: 'file', expected, found }], 'list_file_unreadable')
}

/** The rows of a table whose columns are named by paths (`metric.zh`, `numbers.1.value`); an empty cell is not there. */
export function treesOfTable(table: { columns: readonly string[]; rows: readonly (readonly string[])[] }): FileRow[] {
  return table.rows.map((cells, index) => {
    const filled = table.columns.flatMap((column, nth) => {
      const cell = cells[nth] ?? ''
      return cell === '' ? [] : [{ path: column.split('.'), cell }]
    })
    // The first line of the file names the columns.
    return { place: `row ${index + 2}`, tree: treeOf(filled) }
  })
}

type Leaf = { path: string[]; cell: string }

function treeOf(leaves: readonly Leaf[]): Tree {
  const [only] = leaves
  if (only && leaves.length === 1 && only.path.length === 0) return only.cell
  const groups = Map.groupBy(leaves, ({ path }) => path[0] ?? '')
  const branches = [...groups].map(([name, inside]) => {
    const below = inside.map(({ path, cell }) => ({ path: path.slice(1), cell }))
    return [name, treeOf(below)] as const
  })
  const isList = branches.length > 0 && branches.every(([name]) => /^\d+$/.test(name))
  if (!isList) return Object.fromEntries(branches)
  return branches.toSorted(([one], [other]) => Number(one) - Number(other)).map(([, branch]) => branch)
}

/** A table of rows, as `treesOfTable` reads it again: every path that some row has is a column. */
export function tableOfTrees(trees: readonly Tree[]): { columns: string[]; rows: string[][] } {
  const rows = trees.map((tree) => new Map(leavesOf(tree).map(({ path, cell }) => [path.join('.'), cell])))
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))]
  return { columns, rows: rows.map((row) => columns.map((column) => row.get(column) ?? '')) }
}

function leavesOf(tree: Tree): Leaf[] {
  if (typeof tree === 'string') return [{ path: [], cell: tree }]
  const branches = Array.isArray(tree)
    ? tree.map((branch, index) => [String(index + 1), branch] as const)
    : Object.entries(tree)
  return branches.flatMap(([name, branch]) =>
    leavesOf(branch).map(({ path, cell }) => ({ path: [name, ...path], cell })),
  )
}

/** A table as CSV (RFC 4180, with a byte order mark, so that office programs read Chinese). */
export function csvOf({ columns, rows }: { columns: readonly string[]; rows: readonly (readonly string[])[] }): string {
  const lines = [columns, ...rows].map((cells) => cells.map(quoted).join(','))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
