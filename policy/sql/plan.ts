import type { PolicyBody } from '../ir.ts'
import type { ResolvedValues } from '../values.ts'
import type { SqlDialect } from './dialect.ts'
import { duckdb } from './duckdb.ts'
import { postgresql } from './postgresql.ts'

/** The databases for which queries are written: PostgreSQL from version 15 on, DuckDB from version 1.3 on. */
export type SqlDialectName = 'postgresql' | 'duckdb'

/** What a query decides by: one body, and sets of values that have been checked against it. */
export interface SqlPlan {
  readonly body: PolicyBody
  /** By the word that stands in the table's set column, for example a region's code. At least one. */
  readonly sets: Readonly<Record<string, ResolvedValues>>
}

/** Where the cases stand. */
export interface SqlTable {
  readonly dialect: SqlDialectName
  /** The table or view, after its schema where it has one: `['registers', 'employers']`. */
  readonly table: string | readonly string[]
  /** The column that names a case's set of values. Without it the plan has one set, which decides every case. */
  readonly setColumn?: string
  /** Further columns of the table that the query carries over, so that its rows can be told apart. */
  readonly keys?: readonly string[]
}

const DIALECTS: Readonly<Record<SqlDialectName, SqlDialect>> = { postgresql, duckdb }

/** How the queries of a database are written. */
export function dialectOf(name: SqlDialectName): SqlDialect {
  return DIALECTS[name]
}
