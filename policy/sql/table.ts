import type { Facts, FactValue, ItemValue } from '../facts.ts'
import type { PolicyBody } from '../ir.ts'
import { type FactUnit, isQuantity, type ListUnit } from '../units.ts'
import type { RecordField, SqlDialect } from './dialect.ts'
import { tableName } from './given.ts'
import { scalarLiteral, textLiteral } from './literals.ts'
import { factNames, nameIn, quoted } from './names.ts'
import { dialectOf, type SqlTable } from './plan.ts'

/** One case to be written into a table of facts. */
export interface CaseRow {
  readonly facts: Facts
  /** The word in the table's set column, where it has one. */
  readonly set?: string
  /** What stands in the table's columns `keys`, in their order. */
  readonly keys?: readonly string[]
}

/**
 * A table for the facts of a body, with the declared bounds as checks: the keys and the set column as text, then a column for each fact.
 * Quantities are `bigint`; choices and text are text; an optional fact may be `NULL`. A list of records is `jsonb` in PostgreSQL (an array
 * of objects) and a list of `STRUCT` in DuckDB, a list of plain things an array or list of them. Nothing says that a key is unique.
 */
export function createTableSql(body: Pick<PolicyBody, 'facts'>, table: SqlTable): string {
  const dialect = dialectOf(table.dialect)
  const names = factNames(body)
  const texts = [...(table.keys ?? []), ...(table.setColumn === undefined ? [] : [table.setColumn])]
  const columns = Object.entries(body.facts).map(([name, unit]) => {
    const column = quoted(nameIn(names.columns, name))
    return [
      `${column} ${dialect.typeOf(unit, names.fields.get(name) ?? new Map())}`,
      ...(unit.kind === 'optional' ? [] : ['NOT NULL']),
      ...checkOf(dialect, column, unit).map((check) => `CHECK (${check})`),
    ].join(' ')
  })
  const lines = [...texts.map((name) => `${quoted(name)} text NOT NULL`), ...columns]
  return `CREATE TABLE ${tableName(table)} (\n  ${lines.join(',\n  ')}\n)`
}

/**
 * Inserts cases, whose facts `parseFacts` has read, into a table that `createTableSql` made.
 * @throws RangeError for no rows at all, and for the character 0 in a text
 */
export function insertRowsSql(body: Pick<PolicyBody, 'facts'>, table: SqlTable, rows: readonly CaseRow[]): string {
  if (rows.length === 0) throw new RangeError('no rows to insert')
  const lines = rows.map((row) => `(${rowLiterals(body, table, row).join(', ')})`)
  return `INSERT INTO ${tableName(table)} VALUES\n${lines.join(',\n')}`
}

/** The columns of a row as literals, in the order of the table. */
function rowLiterals(body: Pick<PolicyBody, 'facts'>, table: SqlTable, { facts, set, keys = [] }: CaseRow): string[] {
  const dialect = dialectOf(table.dialect)
  const names = factNames(body)
  const literals = Object.entries(body.facts).map(([name, unit]) => {
    const fieldNames = names.fields.get(name) ?? new Map<string, string>()
    return factLiteral(dialect, unit, fieldNames, facts[name])
  })
  return [...keys.map(textLiteral), ...(table.setColumn === undefined ? [] : [textLiteral(set ?? '')]), ...literals]
}

function checkOf(dialect: SqlDialect, column: string, unit: FactUnit): string[] {
  if (unit.kind === 'optional') return checkOf(dialect, column, unit.unit)
  if (unit.kind === 'list') return [dialect.lengthCheck(column, unit.item, unit.max)]
  if (isQuantity(unit)) return [`${column} BETWEEN ${unit.min} AND ${unit.max}`]
  if (unit.kind === 'date') return [`${column} BETWEEN DATE '1900-01-01' AND DATE '2199-12-31'`]
  return unit.kind === 'choice' ? [`${column} IN (${unit.options.map(textLiteral).join(', ')})`] : []
}

function factLiteral(
  dialect: SqlDialect,
  unit: FactUnit,
  fieldNames: ReadonlyMap<string, string>,
  value: FactValue | undefined,
): string {
  if (unit.kind === 'list') return listLiteral(dialect, unit, fieldNames, Array.isArray(value) ? value : [])
  if (unit.kind !== 'optional') return scalarLiteral(unit, value)
  return value === null || value === undefined
    ? `NULL::${dialect.typeOf(unit, fieldNames)}`
    : scalarLiteral(unit.unit, value)
}

function listLiteral(
  dialect: SqlDialect,
  unit: ListUnit,
  fieldNames: ReadonlyMap<string, string>,
  items: readonly ItemValue[],
): string {
  const type = dialect.typeOf(unit, fieldNames)
  const { item } = unit
  if (item.kind !== 'record')
    return dialect.listLiteral(
      items.map((each) => scalarLiteral(item, each)),
      type,
    )
  const records = items.map((each) => {
    const fields = typeof each === 'object' ? each : {}
    return new Map<string, RecordField>(
      Object.entries(item.fields).map(([field, fieldUnit]) => {
        const value = fields[field] ?? null
        return [nameIn(fieldNames, field), { sql: factLiteral(dialect, fieldUnit, fieldNames, value), json: value }]
      }),
    )
  })
  return dialect.recordsLiteral(records, type)
}
