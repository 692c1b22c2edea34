import type { ValueUnit } from '../units.ts'
import type { ResolvedValue } from '../values.ts'
import type { SqlDialect } from './dialect.ts'
import { scalarLiteral, textLiteral } from './literals.ts'
import { type FactNames, nameIn, plain, quoted, type UnpackedNames } from './names.ts'
import type { SqlPlan, SqlTable } from './plan.ts'

/** The `WITH` query that the steps of a rule begin with: each case's facts beside the values that decide it. */
export const GIVEN = 'given'

/** The columns of `given`. */
export interface GivenNames {
  readonly facts: FactNames
  readonly values: ReadonlyMap<string, string>
  readonly unpacked: UnpackedNames
  /** By the table's own name. */
  readonly keys: ReadonlyMap<string, string>
  /** True when every required fact and the set of values are there. */
  readonly isComplete: string
}

/**
 * The values of law as a table, one row for each set, and `given`.
 * @throws RangeError for a table that is called as one of the query's own parts, or a plan that does not fit the table
 */
export function givenQueries(plan: SqlPlan, table: SqlTable, dialect: SqlDialect, names: GivenNames): string[] {
  const { body, sets } = plan
  const { setColumn } = table
  if (setColumn === undefined && Object.keys(sets).length !== 1) {
    throw new RangeError('several sets of values need a column that says which decides a case')
  }
  const rows = Object.entries(sets).map(([set, values]) => {
    const literals = Object.entries(body.values).map(([name, unit]) => valueLiteral(dialect, name, unit, values[name]))
    return `  (${[textLiteral(set), ...literals].join(', ')})`
  })
  const columns = ['value_set', ...names.values.values()]
  const join =
    setColumn === undefined
      ? 'CROSS JOIN "value_sets" AS v'
      : `LEFT JOIN "value_sets" AS v ON v.value_set = f.${quoted(setColumn)}`
  const unpackings = unpacking(plan, dialect, names)
  return [
    `"value_sets"(${columns.map(quoted).join(', ')}) AS (VALUES\n${rows.join(',\n')}\n)`,
    `"${GIVEN}" AS NOT MATERIALIZED (\n  SELECT\n    ${givenColumns(plan, names, unpackings).join(',\n    ')}\n` +
      `  FROM ${[`${tableName(table)} AS f`, join, ...unpackings.map((unpacking) => unpacking.join)].join('\n  ')}\n)`,
  ]
}

/** The join that unpacks each list of records, where the database needs it, with the columns that it gives. */
function unpacking({ body }: SqlPlan, { unpack }: SqlDialect, { facts, unpacked }: GivenNames): Unpacking[] {
  return [...unpacked].flatMap(([list, targets], index) => {
    const unit = body.facts[list]
    if (unpack === undefined || unit?.kind !== 'list' || unit.item.kind !== 'record') return []
    const column = `f.${plain(nameIn(facts.columns, list))}`
    const alias = `i${index + 1}`
    const packed = { column, fields: unit.item.fields, fieldNames: facts.fields.get(list) ?? new Map<string, string>() }
    return [
      {
        join: unpack(packed, alias, targets),
        columns: [...targets.values()].map((target) => `${alias}.${plain(target)}`),
      },
    ]
  })
}

interface Unpacking {
  readonly join: string
  readonly columns: readonly string[]
}

function givenColumns({ body }: SqlPlan, names: GivenNames, unpackings: readonly Unpacking[]): string[] {
  const { facts, values, unpacked, keys, isComplete } = names
  const columns = [...facts.columns].map(([name, column]) => ({ name, column: `f.${plain(column)}` }))
  const required = columns.filter(({ name }) => body.facts[name]?.kind !== 'optional')
  const complete = ['v.value_set', ...required.map(({ column }) => column)].map((column) => `${column} IS NOT NULL`)
  return [
    ...[...keys].map(([key, column]) => `f.${plain(key)} AS ${plain(column)}`),
    ...columns.filter(({ name }) => !unpacked.has(name)).map(({ column }) => column),
    ...unpackings.flatMap((unpacking) => unpacking.columns),
    ...[...values.values()].map((column) => `v.${plain(column)}`),
    `${complete.join(' AND ')} AS ${plain(isComplete)}`,
  ]
}

/** The table as a query names it. */
export function tableName({ table }: Pick<SqlTable, 'table'>): string {
  const parts = typeof table === 'string' ? [table] : table
  const [only, schema] = [parts.at(-1) ?? '', parts.at(-2)]
  if (schema === undefined && /^(value_sets|given|endings|counted|step_\d+)$/i.test(only)) {
    throw new RangeError(`a table called ${only} must be named after its schema`)
  }
  return parts.map(quoted).join('.')
}

/** Tables are lists in the order of their keys. */
function valueLiteral(dialect: SqlDialect, name: string, unit: ValueUnit, resolved: ResolvedValue | undefined): string {
  const value = resolved?.value
  if (unit.kind === 'keyed') {
    const table = new Map<string, unknown>(typeof value === 'object' ? Object.entries(value) : [])
    return dialect.listLiteral(
      unit.by.map((key) => scalarLiteral(unit.unit, table.get(key))),
      'bigint[]',
    )
  }
  if (unit.kind !== 'list') return scalarLiteral(unit, value)
  if (!Array.isArray(value)) throw new TypeError(`the value \`${name}\` is no list`)
  return dialect.listLiteral(
    value.map((word) => textLiteral(String(word))),
    'text[]',
  )
}
