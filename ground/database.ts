import {
  CompiledQuery,
  type Kysely,
  Kysely as KyselyClient,
  PostgresDialect,
  type PostgresPool,
  type Transaction,
} from 'kysely'
import { Pool, types } from 'pg'
import { BrokenInvariant } from './errors.ts'
import { preparedPool } from './prepared-pool.ts'
import { aheadText, settingsText, sparingPool } from './sparing-pool.ts'

/** A connection pool and query builder over one node's database, as the application role (or, for migrations, its owner). */
export type Database = {
  readonly query: Kysely<NoTables>
  readonly url: string
  /** How many connections have broken so far. */
  brokenConnections(): number
  close(): Promise<void>
}

/** A room adds its own tables with `work.db.withTables<PeopleTables>()`, whose keys are `schema.table`. */
// biome-ignore lint/complexity/noBannedTypes: kysely's empty database is spelled so
export type NoTables = {}

/** A transaction on a node's database, or one of its parts that go on side by side. */
export type DatabaseTransaction = Transaction<NoTables>

const int8 = 20
const date = 1082
const timestamptz = 1184

/**
 * Opens a small lazy pool. bigint comes back as a safe-integer number (beyond it is a broken invariant; sums are read as text), date as
 * `YYYY-MM-DD`, timestamptz as an ISO instant, numeric as text. `through` stands between the pool and its users: the simulator schedules and
 * crashes there.
 */
export function openDatabase(
  url: string,
  options: { connections?: number; through?: (pool: Pool) => PostgresPool } = {},
): Database {
  const pool = new Pool({
    connectionString: url,
    max: options.connections ?? 5,
    idleTimeoutMillis: 10_000,
    // A page by an index costs about what any page costs, as on all disks of today: with PostgreSQL's default, which is of turning disks, small tables
    // were read whole for one row, and much was planned anew each time.
    options: '-c timezone=UTC -c random_page_cost=1.1',
    // Statements that are sent at once do not wait for each other's answers.
    pipeline: true,
    types: { getTypeParser: (oid, format) => readers[oid] ?? types.getTypeParser(oid, format) },
  })
  let broken = 0
  const noteBroken = () => {
    broken += 1
  }
  // An idle connection that the server closes (restart, drop) is replaced by the pool; without a listener it would end the process.
  pool.on('error', noteBroken)
  // So is one that is closed within a transaction, between two queries: the next query fails, and tells.
  pool.on('connect', (client) => client.on('error', noteBroken))
  const used = sparingPool(options.through?.(pool) ?? preparedPool(pool))
  const query = new KyselyClient<NoTables>({ dialect: new PostgresDialect({ pool: used }) })
  return { query, url, brokenConnections: () => broken, close: () => query.destroy() }
}

const readers: Record<number, (text: string) => unknown> = {
  [int8]: readInt8,
  [date]: (text: string) => text,
  [timestamptz]: readInstant,
}

function readInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new BrokenInvariant(`bigint beyond safe integers: ${text}`)
  return value
}

function readInstant(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text)
  if (!match) throw new BrokenInvariant(`timestamptz not in UTC: ${text}`)
  return `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(3, '0').slice(0, 3)}Z`
}

/** Sets transaction-local settings, which are sent with the next statement. */
export async function setLocal(transaction: DatabaseTransaction, settings: Record<string, string>): Promise<void> {
  const entries = Object.entries(settings)
  await transaction.executeQuery(CompiledQuery.raw(settingsText(entries.length), entries.flat()))
}

/**
 * Sends a statement whose answer nobody needs, and goes on at once. Should it fail, the transaction's next statement or its commit fails with the
 * same error; so it is not for what the caller would answer to.
 */
export async function sendAhead(
  transaction: DatabaseTransaction,
  statement: CompiledQuery | { compile(transaction: DatabaseTransaction): CompiledQuery },
): Promise<void> {
  const { sql: text, parameters } = 'compile' in statement ? statement.compile(transaction) : statement
  await transaction.executeQuery(CompiledQuery.raw(aheadText(text), [...parameters]))
}
