import { Client } from 'pg'
import { inTransaction, type Node, systemActor } from '../../ground/door.ts'
import type { ServerTables } from '../tables.ts'

/** True when the seed of a demo world began on some node and never finished there: its process was killed meanwhile. */
export async function isHalfMade(nodes: readonly Node[]): Promise<boolean> {
  const states = await Promise.all(nodes.map(seedState))
  return states.includes('started') || (states.includes('finished') && states.includes('missing'))
}

/** How far the seed of the demo world came on a node. */
export async function seedState(node: Node): Promise<'missing' | 'started' | 'finished'> {
  const row = await inTransaction(node, systemActor, ({ db }) =>
    db.withTables<ServerTables>().selectFrom('server.demo_seed').select('state').executeTakeFirst(),
  )
  return row?.state ?? 'missing'
}

/** Removes databases with everything in them, connections included. For half-made demo worlds only. */
export async function dropDatabases(adminUrl: string, names: string[]): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    for (const name of names)
      await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`)
  } finally {
    await client.end()
  }
}
