/** For tests: the same queries on both real databases. */
import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import type { Facts } from '../facts.ts'
import type { SqlDialectName, SqlPlan, SqlTable } from './plan.ts'
import { sqlOf, totalsSqlOf } from './query.ts'
import { type CaseRow, createTableSql, insertRowsSql } from './table.ts'
import { decodeRow, type SqlRow, type SqlVerdict } from './verdicts.ts'

/** A database that runs statements. */
export interface TestDatabase {
  readonly dialect: SqlDialectName
  run(sql: string): Promise<readonly SqlRow[]>
  close(): Promise<void>
}

/** An empty schema called `schema` on the test run's PostgreSQL; it is dropped on closing. */
export async function openPostgres(adminUrl: string, schema: string): Promise<TestDatabase> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE; CREATE SCHEMA ${schema}; SET search_path TO ${schema}`)
  const dates = { getTypeParser: (oid: number) => (oid === DATE_OID ? String : pg.types.getTypeParser(oid)) }
  return {
    dialect: 'postgresql',
    run: async (text) => (await client.query<SqlRow>({ text, types: dates })).rows,
    async close() {
      await client.query(`DROP SCHEMA ${schema} CASCADE`)
      await client.end()
    },
  }
}

const DATE_OID = 1082

/** A DuckDB in memory. */
export async function openDuckDb(): Promise<TestDatabase> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  return {
    dialect: 'duckdb',
    run: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson(),
    async close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** Rows of facts in a table of their own, numbered by the key `case`; each decided by the set that it names. */
export interface DecidedTable {
  readonly verdicts: readonly (SqlVerdict | undefined)[]
  readonly totals: readonly SqlRow[]
}

const ROWS_PER_INSERT = 500

/** Makes a table, fills it, and decides every row. */
export async function decideRows(
  database: TestDatabase,
  plan: SqlPlan,
  rows: readonly { readonly facts: Facts; readonly set: string }[],
): Promise<DecidedTable> {
  const table: SqlTable = { dialect: database.dialect, table: 'facts', setColumn: 'region', keys: ['case'] }
  await database.run('DROP TABLE IF EXISTS facts')
  await database.run(createTableSql(plan.body, table))
  for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
    const cases: CaseRow[] = rows
      .slice(from, from + ROWS_PER_INSERT)
      .map(({ facts, set }, index) => ({ facts, set, keys: [String(from + index)] }))
    await database.run(insertRowsSql(plan.body, table, cases))
  }
  const decided = await database.run(sqlOf(plan, table))
  const verdicts = new Array<SqlVerdict | undefined>(rows.length)
  for (const row of decided) verdicts[Number(row.case)] = decodeRow(plan.body, row)
  const { keys: _, ...byRegion } = table
  return { verdicts, totals: await database.run(totalsSqlOf(plan, { ...byRegion, keys: ['region'] })) }
}
