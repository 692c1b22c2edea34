import type { PostgresPool } from 'kysely'
import type { Pool } from 'pg'
import { inject } from 'vitest'
import { type MovableClock, standingClock } from './clock.ts'
import { openDatabase } from './database.ts'
import { groundMigrations, type MigrationSet, migrate } from './migrations.ts'
import { provisionDatabase } from './provision.ts'
import { type Random, seededRandom, systemRandom } from './random.ts'
import { makeNodeKeys, sm3 } from './sm.ts'
import type { Faults, Node } from './work.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the test run's PostgreSQL as administrator: the embedded one, or `DATABASE_URL`. */
    adminUrl: string
  }
}

/** A node on a fresh database of its own, with its owner's URL for tests of the database's own guards. */
export type TestNode = Node & { clock: MovableClock; ownerUrl: string; adminUrl: string; close(): Promise<void> }

const passwords = { owner: 'test-owner', application: 'test-app' }

/**
 * A node for tests: real PostgreSQL, a standing clock (2026-05-11 09:00 in Shanghai, a Monday), seeded randomness. Databases are copied
 * from a template that is migrated once per set of migrations.
 */
export async function testNode(options: {
  region?: string
  migrations: MigrationSet[]
  now?: string
  seed?: string
  faults?: Faults
  /** A server of the test's own instead of the one of the test run. */
  adminUrl?: string
}): Promise<TestNode> {
  const adminUrl = options.adminUrl ?? inject('adminUrl')
  const template = await migratedTemplate(adminUrl, [await groundMigrations(), ...options.migrations])
  const name = `t_${Buffer.from(systemRandom.bytes(6)).toString('hex')}`
  const place = await provisionDatabase(adminUrl, name, passwords, template)
  const database = openDatabase(place.applicationUrl, { connections: 8 })
  const random: Random = seededRandom(options.seed ?? name)
  return {
    region: options.region ?? '320000',
    database,
    clock: standingClock(options.now ?? '2026-05-11T01:00:00.000Z'),
    random,
    keys: makeNodeKeys(random),
    faults: options.faults ?? (() => {}),
    ownerUrl: place.ownerUrl,
    adminUrl,
    close: () => database.close(),
  }
}

async function migratedTemplate(adminUrl: string, sets: MigrationSet[]): Promise<string> {
  const name = `tmpl_${sm3(JSON.stringify(sets)).slice(0, 16)}`
  const { Client } = await import('pg')
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    // Test files run side by side: one makes the template, the others wait.
    await admin.query('SELECT pg_advisory_lock(7460203)')
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [`${name}`])
    if (!rowCount) {
      const draft = await provisionDatabase(adminUrl, `${name}_new`, passwords)
      await migrate(draft.ownerUrl, sets)
      await admin.query(`ALTER DATABASE ${name}_new RENAME TO ${name}`)
    }
    return name
  } finally {
    await admin.end()
  }
}

/** A pool that tells `note` of each statement before it goes out; `hears` may hold its answer back. */
export function recordingPool(
  pool: Pool,
  note: (text: string) => void,
  hears: (text: string, answer: Promise<unknown>) => Promise<unknown> = async (_, answer) => answer,
): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect()
      const query = async (text: string, values: unknown[]) => {
        note(text)
        const answer = client.query(text, values)
        await hears(text, answer)
        return answer
      }
      return new Proxy(client, { get: (target, name) => (name === 'query' ? query : Reflect.get(target, name)) })
    },
  }
}
