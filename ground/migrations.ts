import { readdir, readFile } from 'node:fs/promises'
import { Client } from 'pg'
import { BrokenInvariant } from './errors.ts'
import { sm3 } from './sm.ts'

/** The migrations of one room or service: forward-only SQL files in name order, run in the schema that carries the room's name. */
export type MigrationSet = { schema: string; files: Array<{ name: string; sql: string }> }

/** Reads `*.sql` of a folder in name order. `schema` is the room's own (`people`, `cases`, `svc_...`). */
export async function readMigrations(schema: string, folder: URL): Promise<MigrationSet> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  const files = await Promise.all(
    names.map(async (name) => ({ name, sql: await readFile(new URL(name, folder), 'utf8') })),
  )
  return { schema, files }
}

/** The floor's own migrations: actor settings and append-only triggers that other rooms' SQL uses. */
export function groundMigrations(): Promise<MigrationSet> {
  return readMigrations('ground', new URL('./migrations/', import.meta.url))
}

const lockNumber = 7_460_202

/**
 * Brings a database up to date as its owner: every file once, in order, each in a transaction, one runner at a time. A file that was
 * changed after it ran is a broken invariant: migrations are forward-only.
 */
export async function migrate(ownerUrl: string, sets: MigrationSet[]): Promise<string[]> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockNumber])
    await refuseOtherEncodings(client)
    await client.query(`CREATE SCHEMA IF NOT EXISTS ground;
      CREATE TABLE IF NOT EXISTS ground.migration (schema text, name text, sm3 text NOT NULL, run_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (schema, name))`)
    const done: string[] = []
    for (const set of sets) done.push(...(await migrateSet(client, set)))
    return done
  } finally {
    await client.end()
  }
}

async function migrateSet(client: Client, set: MigrationSet): Promise<string[]> {
  const known = await client.query<{ name: string; sm3: string }>(
    'SELECT name, sm3 FROM ground.migration WHERE schema = $1',
    [set.schema],
  )
  const hashes = new Map(known.rows.map((row) => [row.name, row.sm3]))
  const done: string[] = []
  for (const file of set.files) {
    const hash = sm3(file.sql)
    const ran = hashes.get(file.name)
    if (ran === hash) continue
    if (ran !== undefined) throw new BrokenInvariant(`migration ${set.schema}/${file.name} was changed after it ran`)
    await runFile(client, set.schema, file, hash)
    done.push(`${set.schema}/${file.name}`)
  }
  return done
}

async function runFile(
  client: Client,
  schema: string,
  file: { name: string; sql: string },
  hash: string,
): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${client.escapeIdentifier(schema)};
      GRANT USAGE ON SCHEMA ${client.escapeIdentifier(schema)} TO tongban_app`)
    await client.query(file.sql)
    await client.query('INSERT INTO ground.migration (schema, name, sm3) VALUES ($1, $2, $3)', [
      schema,
      file.name,
      hash,
    ])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw new Error(`migration ${schema}/${file.name} failed: ${String(error)}`, { cause: error })
  }
}

async function refuseOtherEncodings(client: Client): Promise<void> {
  const { rows } = await client.query<{ encoding: string }>(
    'SELECT pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = current_database()',
  )
  if (rows[0]?.encoding !== 'UTF8') throw new BrokenInvariant(`database encoding is ${rows[0]?.encoding}, must be UTF8`)
}
