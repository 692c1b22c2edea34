import {
  BIGINT,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  INTEGER,
  USMALLINT,
  UTINYINT,
} from '@duckdb/node-api'
import { createTableSql } from '../../../policy/door.ts'
import type { Table } from '../../../policy/kernel/columns.ts'
import { type Column, type ColumnKind, factColumns } from '../../../policy/kernel/columns.ts'
import { factNames, nameIn } from '../../../policy/sql/names.ts'
import { columnsOf } from '../../population.ts'
import type { MeasuredRule } from '../../rules.ts'

/** Column that names the region of a row in both tables, where a rule has several. */
export const SET = 'region'

/** Rows of a vector of DuckDB. */
const CHUNK_ROWS = 2_048

const TYPES: Readonly<Record<ColumnKind, DuckDBType>> = { u8: UTINYINT, u16: USMALLINT, i32: INTEGER, f64: BIGINT }

/** Who wrote a query: the library's generator, or a person who wanted it fast. */
export type QueryAuthor = 'generator' | 'hand'

/**
 * Loads a population into memory: for a person as `facts`, whose columns have the narrowest types (words as `ENUM`), with the regions'
 * values in `law`; for the generator as `cases`, the table that its queries are written for.
 */
export async function load(
  connection: DuckDBConnection,
  rule: MeasuredRule,
  table: Table,
  author: QueryAuthor,
): Promise<void> {
  const perRow = columnsOf(rule).filter(({ per, code }) => per === 'row' && code.is !== 'offsets')
  await append(connection, 'rows_as_numbers', perRow, table.columns, table.rows)
  const names = factNames(rule.body)
  const lists = Object.keys(table.columns)
    .filter((name) => name.endsWith('#'))
    .map((name) => name.slice(0, -1))
  for (const list of lists) await loadItems(connection, rule, table, list)
  const columns = [
    ...(rule.sets.length > 1 ? [`"@set" AS ${SET}`] : []),
    ...Object.entries(rule.body.facts).map(([name, { kind }]) => {
      const term = kind === 'list' ? `COALESCE(${name}.items, [])` : termOf(perRow, name)
      return `${term} AS ${nameIn(names.columns, name)}`
    }),
  ]
  const joins = lists.map((name) => `LEFT JOIN ${name} ON ${name}.row = rows_as_numbers.row`)
  await connection.run(
    `CREATE TABLE facts AS SELECT ${columns.join(', ')} FROM rows_as_numbers ${joins.join(' ')} ORDER BY rows_as_numbers.row`,
  )
  await connection.run('DROP TABLE rows_as_numbers')
  if (author === 'hand') return loadLaw(connection, rule)
  const setColumn = rule.sets.length > 1 ? { setColumn: SET } : {}
  await connection.run(createTableSql(rule.body, { dialect: 'duckdb', table: 'cases', ...setColumn }))
  await connection.run('INSERT INTO cases SELECT * FROM facts')
  await connection.run('DROP TABLE facts')
}

/** `law`: a row for each region with the values that are figures. */
async function loadLaw(connection: DuckDBConnection, { sets, body }: MeasuredRule): Promise<void> {
  const names = Object.keys(body.values).filter((name) => sets.every((set) => typeof set[name]?.value === 'number'))
  const columns = names.map((name) => `${snakeCase(name)} INTEGER`)
  await connection.run(`CREATE TABLE law (${SET} UTINYINT, ${columns.join(', ')})`)
  const rows = sets.map((set, place) => `(${[place, ...names.map((name) => Number(set[name]?.value))].join(', ')})`)
  await connection.run(`INSERT INTO law VALUES ${rows.join(', ')}`)
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

async function loadItems(connection: DuckDBConnection, rule: MeasuredRule, table: Table, list: string): Promise<void> {
  const fields = factColumns(rule.body).filter((column) => column.per === 'item' && column.list === list)
  const offsets = table.columns[`${list}#`] ?? []
  const items = offsets[table.rows] ?? 0
  const rows = new Float64Array(items)
  for (let row = 0; row < table.rows; row++) rows.fill(row, offsets[row], offsets[row + 1])
  const owner: Column = { name: 'owner', kind: 'f64', code: { is: 'set' }, per: 'item', list }
  await append(connection, `${list}_as_numbers`, [owner, ...fields], { ...table.columns, owner: rows }, items)
  const names = factNames(rule.body).fields.get(list) ?? new Map<string, string>()
  const record = [...names].map(([field, name]) => `'${name}': ${termOf(fields, `${list}.${field}`)}`).join(', ')
  await connection.run(
    `CREATE TEMPORARY TABLE ${list} AS SELECT owner AS row, list({${record}} ORDER BY row) AS items FROM ${list}_as_numbers GROUP BY owner`,
  )
  await connection.run(`DROP TABLE ${list}_as_numbers`)
}

async function append(
  connection: DuckDBConnection,
  name: string,
  columns: readonly Column[],
  arrays: Table['columns'],
  rows: number,
): Promise<void> {
  const declared = columns.map((column) => `"${column.name}" ${String(TYPES[column.kind])}`)
  await connection.run(`CREATE TABLE ${name} (row BIGINT, ${declared.join(', ')})`)
  const appender = await connection.createAppender(name)
  const types = [BIGINT, ...columns.map(({ kind }) => TYPES[kind])]
  for (let from = 0; from < rows; from += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, rows - from)
    const chunk = DuckDBDataChunk.create(types, count)
    const numbers = Array.from({ length: count }, (_, index) => BigInt(from + index))
    const cells = columns.map(({ name: column, kind }) => {
      const part = [...(arrays[column]?.subarray(from, from + count) ?? [])]
      return kind === 'f64' ? part.map(BigInt) : part
    })
    chunk.setColumns([numbers, ...cells])
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

/** What a column's number stands for. */
function termOf(columns: readonly Column[], name: string): string {
  const code = columns.find((column) => column.name === name)?.code
  const isOptional = columns.some((column) => column.name === `${name}?`)
  const term = code === undefined ? 'NULL' : meaningOf(code, `"${name}"`)
  return isOptional ? `CASE WHEN "${name}?" = 1 THEN ${term} END` : term
}

function meaningOf(code: Column['code'], number: string): string {
  switch (code.is) {
    case 'flag':
      return `${number} = 1`
    case 'choice': {
      const words = code.options.map((option) => `'${option}'`).join(', ')
      return `([${words}])[${number} + 1]::ENUM(${words})`
    }
    case 'date':
      return `DATE '1970-01-01' + ${number}::INTEGER`
    case 'text':
      return `${number}::VARCHAR`
    default:
      return number
  }
}
